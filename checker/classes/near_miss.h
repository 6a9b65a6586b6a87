// What a method may be meant to override that no ancestor has: a name spelt nearly so, and places where the name is
// bound but not inherited from.
//
//   class Reader:
//       def read_row(self): ...
//   class CsvReader(Reader):
//       @override
//       def reed_row(self): ...      # NearestInheritedNames: `read_row`
//
// Asked about findings alone: nothing here is computed for a member that is found.
#ifndef OVERT_CHECKER_CLASSES_NEAR_MISS_H_
#define OVERT_CHECKER_CLASSES_NEAR_MISS_H_

#include <vector>

#include "checker/classes/class_table.h"

namespace overt::classes {

// A dunder that Python or its library asks for: `__len__` is no misspelling of `__le__`.
bool IsLanguageName(absl::string_view name);

// The inherited names that look most like `name`, nearest ancestor first; several where they are as near, none where
// none is near or where the name is the language's own. Dunders are compared by what stands between the underscores.
std::vector<Atom> NearestInheritedNames(const ClassTable& table, ClassRef ref, Atom name);

enum class NearMissKind : uint8_t {
  kExcluded,       // an ancestor binds it below a version or platform check that the target does not pass
  kOnMetaclass,    // the metaclass has it
  kAttributeHook,  // an ancestor's `__getattr__` may answer for it; `owner` and the range are the hook's
};

struct NearMiss {
  NearMissKind kind = NearMissKind::kExcluded;
  ClassRef owner;
  FileId file;
  TextRange range;  // of the name there
};

// At most one of each kind, for a name that is certainly absent from the ancestors.
std::vector<NearMiss> NearMisses(const ClassTable& table, ClassRef ref, Atom name);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_NEAR_MISS_H_
