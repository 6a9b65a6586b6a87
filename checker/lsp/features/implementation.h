// Downwards: from a method to all that override it, from a class to all that derive from it.
#ifndef OVERT_CHECKER_LSP_FEATURES_IMPLEMENTATION_H_
#define OVERT_CHECKER_LSP_FEATURES_IMPLEMENTATION_H_

#include <vector>

#include "checker/lsp/features/relations.h"

namespace overt::lsp {

// By path, then position.
std::vector<Target> ImplementationsAt(const driver::Snapshot& snapshot, const classes::FamilyIndex& family, FileId file,
                                      uint32_t offset);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_IMPLEMENTATION_H_
