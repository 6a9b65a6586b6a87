// Classes of the standard library that are not at run time what their stubs say.
//
//   class list(MutableSequence[_T]): ...     # typeshed; at run time `list.__bases__` is `(object,)`
//
// typeshed writes down abstract base classes that such classes are only registered with. For the MRO and the metaclass
// what CPython says counts; members that only the stub's bases have still exist for checkers.
#ifndef OVERT_CHECKER_CLASSES_RUNTIME_BASES_H_
#define OVERT_CHECKER_CLASSES_RUNTIME_BASES_H_

#include <optional>
#include <vector>

#include "checker/classes/class_info.h"
#include "checker/program/program.h"

namespace overt::classes {

struct RuntimeBases {
  // The names of the bases, to be looked up in the class's own module and in builtins; none where the stub is right.
  static std::optional<std::vector<absl::string_view>> Of(const program::Program& program, const ClassInfo& info);
  // Whether the class fixes the layout of instances although its stub does not say so for that version.
  static bool FixesLayout(const program::Program& program, const ClassInfo& info, grammar::PythonVersion version);
};

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_RUNTIME_BASES_H_
