// What a class body says of `__slots__`, as far as it can be read.
//
//   class Row(Base):
//       __slots__ = Base.__slots__ + ("size", *EXTRA)     # `size`; complete if `EXTRA` is a display of strings
//
// Names only: what they do to the layout of instances is `layout.h`'s business. Source: the language reference,
// "__slots__". Internal to checker/classes.
#ifndef OVERT_CHECKER_CLASSES_SLOTS_H_
#define OVERT_CHECKER_CLASSES_SLOTS_H_

#include <vector>

#include "checker/classes/literal_strings.h"

namespace overt::classes {

struct SlotName {
  LiteralString name;
  DefId definition;  // of `__slots__`
};

struct Slots {
  std::vector<SlotName> names;
  bool is_complete = true;  // false: there may be others
};

Slots ReadSlots(const bind::ModuleIndex& index, NodeId class_def);

// Whether the body does more to them than bind the name: `__slots__.append("size")`, `__slots__[:] = names`.
bool ChangesSlots(const bind::ModuleIndex& index, NodeId class_def);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_SLOTS_H_
