// What of a file the bases of other files' classes can depend on: everything but methods that nobody asks for by name.
//
//   class Outer:
//       class Inner: ...
//       def run(self): ...         # a new parameter, or a new method, changes no base of any class …
//   # … unless something somewhere evaluates `x.run`, as `class Child(Outer.Inner): ...` evaluates `Outer.Inner`
//
// So that typing in a class, which changes what importers see of it, does not cost a look at the whole project.
// Internal to the family index.
#ifndef OVERT_CHECKER_CLASSES_FAMILY_SHAPE_H_
#define OVERT_CHECKER_CLASSES_FAMILY_SHAPE_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "checker/bind/module_index.h"
#include "grammar/base/interner.h"

namespace overt::classes {

struct FamilyShape {
  uint64_t rest = 0;  // of everything that is no method, and of what reaches the module from within methods
  absl::flat_hash_map<grammar::Atom, uint64_t> methods;  // by name: all of that name, with their places among the rest
  std::vector<grammar::Atom> asked;  // names that expressions of the file may take from a class; sorted
};

FamilyShape ShapeOf(const bind::ModuleIndex& index, grammar::Interner& interner);

// Whether bases in other files may mean something else now. `is_asked` says whether any file asks for that name.
bool MayMoveBases(const FamilyShape& before, const FamilyShape& now,
                  const std::function<bool(grammar::Atom)>& is_asked);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_FAMILY_SHAPE_H_
