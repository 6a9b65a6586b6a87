// The lines of grey text above classes and methods: "overrides Reader.open", "overridden in 3 classes", "2 subclasses".
//
// `CodeLenses` counts; where a lens leads is asked for when an editor shows it, perhaps of a later snapshot. So a lens
// is known by its class and member, not by its place.
#ifndef OVERT_CHECKER_LSP_FEATURES_CODE_LENS_H_
#define OVERT_CHECKER_LSP_FEATURES_CODE_LENS_H_

#include <string>
#include <vector>

#include "checker/lsp/features/relations.h"

namespace overt::lsp {

struct CodeLens {
  enum class Kind : uint8_t { kOverrides, kOverridden, kSubclasses };
  Kind kind;
  TextRange name;          // the name of the method or class below the lens
  std::string title;       // plain text
  std::string class_name;  // see `ClassKeys`
  std::string member;      // empty: the class itself
};

// In source order. Without `family` (null: not made yet) only what stands above the file's own classes.
std::vector<CodeLens> CodeLenses(const driver::Snapshot& snapshot, const classes::FamilyIndex* family, FileId file);

// Where a lens of that file leads; empty if its class or member is there no more.
std::vector<Target> TargetsOfLens(const driver::Snapshot& snapshot, const classes::FamilyIndex& family, FileId file,
                                  const CodeLens& lens);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_CODE_LENS_H_
