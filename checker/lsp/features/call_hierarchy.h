// Who calls a method, and what it calls, as far as the classes alone tell.
//
//   class Reader:
//       def open(self): self.reset()                 # incoming of `Csv.reset`: "self, through Reader"
//       def reset(self): ...
//   class Csv(Reader):
//       def reset(self): super().reset()             # outgoing: `Reader.reset`, "super()"
//   Csv.reset(csv)                                   # incoming: "Csv"
//
// The uses are those of `classes::ImpactOf`: by `super()`, `self`, and the names of classes. What other objects are
// would need types.
#ifndef OVERT_CHECKER_LSP_FEATURES_CALL_HIERARCHY_H_
#define OVERT_CHECKER_LSP_FEATURES_CALL_HIERARCHY_H_

#include <optional>
#include <vector>

#include "checker/lsp/features/type_hierarchy.h"

namespace overt::lsp {

// One end of some calls; the other one is the item that was asked about.
struct CallItem {
  HierarchyItem item;             // its detail says by what ways: "super(), self"
  std::vector<TextRange> ranges;  // of the called name, in the file of the caller
};

// At the name of a method, or at its `@override`.
std::optional<HierarchyItem> PrepareCallHierarchy(const driver::Snapshot& snapshot, FileId file, uint32_t offset);

// The methods, functions and modules in which the calls stand, by path and position. A call that is made on an object
// of a base, in a method of the base, is one too.
std::vector<CallItem> IncomingCalls(const driver::Snapshot& snapshot, const classes::FamilyIndex& family,
                                    const HierarchyItem& item);
// The methods that are called, in the order of the first call. For `super()` also what stands next in the order of a
// subclass.
std::vector<CallItem> OutgoingCalls(const driver::Snapshot& snapshot, const classes::FamilyIndex& family,
                                    const HierarchyItem& item);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_CALL_HIERARCHY_H_
