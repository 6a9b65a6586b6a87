// Which members an enumeration certainly has: with one of them Python lets nobody derive from it.
//
//   class Colour(Enum):
//       RED = 1                  # a member, and so is `_hidden = 2`
//       label: str               # none
//       shade = find_shade()     # perhaps a descriptor, which is none: says nothing
//
// Source: `EnumDict.__setitem__` and `_is_descriptor` in CPython's Lib/enum.py. spec: enums ("Defining Members").
#ifndef OVERT_CHECKER_RULES_ENUM_MEMBERS_H_
#define OVERT_CHECKER_RULES_ENUM_MEMBERS_H_

#include "checker/rules/rule_context.h"

namespace overt::rules {

// A member that `info` certainly has, if it is an enumeration; null otherwise.
const classes::Member* FirstEnumMember(const classes::ClassInfo& info, const RuleContext& context);

}  // namespace overt::rules

#endif  // OVERT_CHECKER_RULES_ENUM_MEMBERS_H_
