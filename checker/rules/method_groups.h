// The live `def`s of one member, sorted into the groups in which Python sees them: plain definitions, overload groups
// with their implementation, properties with their accessors.
//
//   @overload
//   def read(self, n: int) -> bytes: ...      # overloads
//   @overload
//   def read(self, n: None) -> str: ...
//   @override
//   def read(self, n): ...                    # implementation
//
// Shared by the rules about `@override`; decides nothing itself.
#ifndef OVERT_CHECKER_RULES_METHOD_GROUPS_H_
#define OVERT_CHECKER_RULES_METHOD_GROUPS_H_

#include <vector>

#include "checker/rules/rule_context.h"

namespace overt::rules {

struct MethodDefinition {
  grammar::NodeId node;  // FunctionDef
  const classes::FunctionFacts* facts = nullptr;
};

// Definitions of one name that together make one member: one plain `def`, or overloads and their implementation, or a
// property's accessors.
struct MethodGroup {
  std::vector<MethodDefinition> definitions;  // in source order

  bool is_overloaded() const { return definitions.front().facts->is_overload; }
  bool is_property() const { return definitions.front().facts->accessor != classes::Accessor::kNone; }
  bool is_marked() const { return FirstMarked() != nullptr; }
  const MethodDefinition* FirstMarked() const;
  // The function after the overloads, if there is one.
  const MethodDefinition* Implementation() const;
  // Where people look for the method: the implementation, the first overload if there is none, a property's getter.
  const MethodDefinition& Main() const;
};

// In source order; empty for members that no live `def` makes, and for those under `@no_type_check`.
std::vector<MethodGroup> MethodGroupsOf(const classes::Member& member, const RuleContext& context);
// With those that a later statement of the class body replaces.
std::vector<MethodGroup> WrittenMethodGroupsOf(const classes::Member& member, const RuleContext& context);
// Whether the class body binds the name more than once.
bool IsBoundAgain(const classes::Member& member, const RuleContext& context);

}  // namespace overt::rules

#endif  // OVERT_CHECKER_RULES_METHOD_GROUPS_H_
