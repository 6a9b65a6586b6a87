// The one reason that a class statement is refused for: the first that CPython meets.
//
//   class X(int, str, int): ...      # kLayout: it looks at layouts before it looks for duplicates
//
// The order: brackets of the bases, bases that are no classes, metaclasses, what a metaclass checks itself (named
// tuples, typed dictionaries, enumerations, protocols from Python 3.12 on), layouts, duplicates, the merge, and last
// what `__init_subclass__` checks. A rule reports the reasons that are its own; so one mistake is one finding. Source:
// `__build_class__` and `type.__new__` of CPython; Lib/typing.py, Lib/enum.py.
#ifndef OVERT_CHECKER_RULES_REFUSAL_H_
#define OVERT_CHECKER_RULES_REFUSAL_H_

#include "checker/rules/rule_context.h"

namespace overt::rules {

Refusal FirstRefusal(const classes::ClassInfo& info, const classes::MroInfo& mro, const RuleContext& context);

// --- What the reasons rest on ---

// What the base is, if it certainly is no class; empty otherwise.
absl::string_view WhyNoClass(const classes::Base& base, const RuleContext& context);
// What the base is, if it is a class or form that refuses the classes derived from it; empty otherwise.
absl::string_view WhyRefusing(const classes::Base& base, const RuleContext& context);
// A number, text, `None`, `True`, `...`, or a display: written out, and an object of a built-in class.
bool IsConstantOrDisplay(grammar::NodeKind kind);

}  // namespace overt::rules

#endif  // OVERT_CHECKER_RULES_REFUSAL_H_
