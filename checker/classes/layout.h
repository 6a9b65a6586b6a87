// What the body of a class adds to the layout of its instances.
//
//   class Row:
//       __slots__ = {"size": "in bytes"}     # AddsSlots
//   @dataclass(slots=True)
//   class Column:
//       width: int                           # SlotFields: `width`
//
// Source: `type_new` in CPython's Objects/typeobject.c; `_add_slots` in Lib/dataclasses.py; `_ClassBuilder` of attrs.
// Internal to checker/classes.
#ifndef OVERT_CHECKER_CLASSES_LAYOUT_H_
#define OVERT_CHECKER_CLASSES_LAYOUT_H_

#include <vector>

#include "checker/classes/query.h"

namespace overt::classes {

// `__slots__` that hold more than what every instance may have; false where they cannot be read.
bool AddsSlots(const bind::ModuleIndex& index, NodeId class_def);

// The names that `@dataclass(slots=True)` or attrs certainly makes slots of, those of inherited fields among them;
// empty without such a decorator.
std::vector<grammar::NameId> SlotFields(Query& query, FileId file, NodeId class_def);

// Whether instances of that built-in class differ in size, so that no class below it may add slots.
bool HasVariableSize(absl::string_view builtin, grammar::PythonVersion version);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_LAYOUT_H_
