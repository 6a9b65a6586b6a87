// Downwards: from a method to all that override it, from a class to all that derive from it; from a protocol also to
// what fits it without naming it.
//
//   class Closer(Protocol):
//       def close(self): ...          # at `close`: `File.close`; at `Closer`: `File`
//   class File:
//       def close(self): ...
//   class Log(File):
//       def close(self):
//           super().close()           # at this `close`: `Log.close`, and all others that override `File.close`
#ifndef OVERT_CHECKER_LSP_FEATURES_IMPLEMENTATION_H_
#define OVERT_CHECKER_LSP_FEATURES_IMPLEMENTATION_H_

#include <vector>

#include "checker/lsp/features/relations.h"

namespace overt::lsp {

// By path, then position: first those that derive, then those that fit. At `@override` and `super().m` what the method
// itself answers, or the one that would be called.
std::vector<Target> ImplementationsAt(const driver::Snapshot& snapshot, const classes::FamilyIndex& family, FileId file,
                                      uint32_t offset);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_IMPLEMENTATION_H_
