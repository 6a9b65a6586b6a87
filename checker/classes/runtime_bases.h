// Built-in classes whose stubs list bases that they do not have at run time.
//
//   class list(MutableSequence[_T]): ...     # typeshed; at run time `list.__bases__` is `(object,)`
//
// typeshed writes down abstract base classes that such classes are only registered with. For the MRO and the metaclass
// what CPython says counts; members that only the stub's bases have still exist for checkers.
#ifndef OVERT_CHECKER_CLASSES_RUNTIME_BASES_H_
#define OVERT_CHECKER_CLASSES_RUNTIME_BASES_H_

#include "checker/classes/class_info.h"
#include "checker/program/program.h"

namespace overt::classes {

struct RuntimeBases {
  static bool HasOnlyObject(const program::Program& program, const ClassInfo& info);
};

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_RUNTIME_BASES_H_
