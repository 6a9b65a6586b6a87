// The methods that a class has not overridden yet, and stubs of some of them behind its last statement.
//
//   class CsvReader(Reader):           # OverridableMethods: `close`, `read_row`
//       format = "csv"
//                                      # OverrideMethods(…, {"close"}): one edit here, one for the imports
//
// The stubs are those of completion.h: this types `def close` where a person would, and takes what is offered.
#ifndef OVERT_CHECKER_LSP_FEATURES_OVERRIDE_METHODS_H_
#define OVERT_CHECKER_LSP_FEATURES_OVERRIDE_METHODS_H_

#include <memory>
#include <string>
#include <vector>

#include "checker/lsp/features/completion.h"

namespace overt::lsp {

struct OverridableMethod {
  std::string name;
  std::string detail;  // "overrides Reader.close"
  bool is_abstract = false;
};

// Of the innermost class on whose lines the offset lies: what must be implemented first, names with two underscores on
// both sides last. `buffers` as in completion.h.
std::vector<OverridableMethod> OverridableMethods(const driver::Snapshot& snapshot, FileId file, uint32_t offset,
                                                  const CompletionBuffers& buffers);

// Sorted, not overlapping. Names that no stub can be made for are left out; none: no edits.
std::vector<Edit> OverrideMethods(const driver::Snapshot& snapshot, FileId file, uint32_t offset,
                                  const std::vector<std::string>& names, const CompletionBuffers& buffers);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_OVERRIDE_METHODS_H_
