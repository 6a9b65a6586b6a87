// Members that an ancestor may have though its member table does not list them.
//
//   class Registered:
//       def __init_subclass__(cls):
//           for name in cls.__annotations__: setattr(cls, "get_" + name, …)    # every class below has more than it
//           says
//
// Before somebody is told that no base has a name: what hooks and helpers set, what the source of the standard library
// has and its stub leaves out, what Python itself puts into classes. Reads bodies and files that nothing else reads, so
// it is asked about findings alone.
#ifndef OVERT_CHECKER_CLASSES_HIDDEN_MEMBERS_H_
#define OVERT_CHECKER_CLASSES_HIDDEN_MEMBERS_H_

#include "checker/classes/members.h"

namespace overt::classes {

// For a name that no member table of the ancestors of `ref` has.
bool MayBeHidden(Engine& engine, ClassRef ref, Atom name);

// Whether the library's source gives a class of a bundled stub that attribute, as far as is known without the source.
bool IsLibraryAttribute(Engine& engine, ClassRef ref, absl::string_view name);
// The class of the standard library's source that a bundled stub describes, if the environment has the source; else
// none.
ClassRef LibrarySource(Engine& engine, ClassRef ref);
// Whether CPython's compiler, `type`, `ABCMeta` or `Generic` puts that name into classes below `object`.
bool IsPutIntoClasses(absl::string_view name, const grammar::PythonVersion& version);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_HIDDEN_MEMBERS_H_
