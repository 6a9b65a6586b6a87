// The functions that hooks.def names, one declaration each.
#ifndef OVERT_CHECKER_RULES_RULE_FUNCTIONS_H_
#define OVERT_CHECKER_RULES_RULE_FUNCTIONS_H_

#include "checker/rules/rule_context.h"

namespace overt::rules {

#define ON_CLASS(rule, function) void function(const ClassEvent& event, RuleContext& context);
#define ON_ANY_CLASS ON_CLASS
#define ON_MEMBER(rule, function) void function(const MemberEvent& event, RuleContext& context);
#define ON_MARKED(rule, function) void function(const MarkedEvent& event, RuleContext& context);
#define ON_FILE(rule, function) void function(RuleContext& context);
#define AT_END(rule, function) void function(const SuppressionTable& suppressions, RuleContext& context);
#include "checker/rules/hooks.def"

}  // namespace overt::rules

#endif  // OVERT_CHECKER_RULES_RULE_FUNCTIONS_H_
