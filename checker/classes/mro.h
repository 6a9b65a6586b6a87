// C3: from the linearisations of a class's bases to its own. On any ids; knows nothing of classes.
//
//   MergeC3({{b, d, o}, {c, d, o}}, {b, c})        # class A(B, C): the merge is b c d o
//
// Source: "The Python 2.3 Method Resolution Order"; `mro_implementation` of CPython's Objects/typeobject.c.
#ifndef OVERT_CHECKER_CLASSES_MRO_H_
#define OVERT_CHECKER_CLASSES_MRO_H_

#include <vector>

#include "absl/types/span.h"
#include "checker/classes/entity.h"

namespace overt::classes {

struct C3Result {
  bool consistent = true;
  std::vector<ClassRef> order;    // as far as it got
  std::vector<ClassRef> blocked;  // the heads that could not be merged, in the order of their lists, each once
};

// `lists` are the linearisations of the bases, `bases` the bases themselves in order (the last list of the merge).
// Costs the sum of the lengths times the logarithm of their number.
C3Result MergeC3(absl::Span<const absl::Span<const ClassRef>> lists, absl::Span<const ClassRef> bases);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_MRO_H_
