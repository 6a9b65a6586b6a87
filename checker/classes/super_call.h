// Calls of `super()` as Python reads them: in which class one stands, and after which class the search begins.
//
//   class Csv(Reader):
//       def rows(self): return super().rows()                # {around Csv, start Csv}
//       def close(self): return super(Reader, self).close()  # {around Csv, start Reader}
//
// Only says where the search begins: what it finds depends on the class of the object, and `ClassTable` knows the rest.
#ifndef OVERT_CHECKER_CLASSES_SUPER_CALL_H_
#define OVERT_CHECKER_CLASSES_SUPER_CALL_H_

#include <optional>
#include <vector>

#include "checker/classes/class_table.h"

namespace overt::classes {

// The nodes around a place, from the root in: `grammar::PathTo`.
using NodePath = std::vector<NodeId>;

// What an expression on the path stands for, as its statement begins.
EntitySet ValueOnPath(const ClassTable& classes, FileId file, const NodePath& path, NodeId expression);

// The class in a method of which the place is; none outside of methods.
ClassRef ClassAroundMethod(const program::Program& program, FileId file, const NodePath& path);

// Whether a node on the path is a call of Python's own `super`.
bool IsSuperCall(const ClassTable& classes, FileId file, const NodePath& path, NodeId node);

struct SuperCall {
  ClassRef around;  // the class in a method of which the call stands
  ClassRef start;   // the class after which Python searches: the first argument, if there is one
};
// Of what `IsSuperCall`. None outside of methods, and where nobody knows what class the first argument is.
std::optional<SuperCall> ReadSuperCall(const ClassTable& classes, FileId file, const NodePath& path, NodeId call);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_SUPER_CALL_H_
