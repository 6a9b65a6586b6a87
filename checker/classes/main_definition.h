// Where people look for a member that several definitions make.
//
//   @property
//   def size(self): ...      # here
//   @size.setter
//   def size(self, n): ...   # not here, though it is what the name is bound to
//
// The class table's own `Member::name_range` is the last definition's, which is what findings are about.
#ifndef OVERT_CHECKER_CLASSES_MAIN_DEFINITION_H_
#define OVERT_CHECKER_CLASSES_MAIN_DEFINITION_H_

#include "checker/classes/class_table.h"

namespace overt::classes {

// The FunctionDef of a member: the implementation of overloads, the getter of a property. None if no `def` makes it.
NodeId MainFunction(const ClassTable& classes, const Member& member);

// The member's name there; of what no `def` makes, where it was bound last.
TextRange MainNameRange(const ClassTable& classes, const Member& member);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_MAIN_DEFINITION_H_
