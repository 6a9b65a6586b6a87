// What holds for a class whichever of its possible bases it really has.
//
//   try: from fast import Base
//   except ImportError:
//       class Base:
//           @final
//           def run(self): ...
//   class Child(Base):
//       def run(self): ...           # `run` is final for one alternative of `Base` only: nothing is said
#ifndef OVERT_CHECKER_RULES_ALTERNATIVES_H_
#define OVERT_CHECKER_RULES_ALTERNATIVES_H_

#include <optional>

#include "absl/functional/function_ref.h"
#include "checker/rules/rule_context.h"

namespace overt::rules {

// Whether `holds` is true of the nearest ancestor that it decides about, on every path over alternatives; it answers
// nothing for classes to pass over. True at once for a class all of whose ancestors are certain.
bool HoldsForEveryAlternative(const ClassEvent& event, absl::FunctionRef<std::optional<bool>(classes::ClassRef)> holds,
                              const RuleContext& context);

}  // namespace overt::rules

#endif  // OVERT_CHECKER_RULES_ALTERNATIVES_H_
