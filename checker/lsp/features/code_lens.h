// The lines of grey text above classes and methods.
//
//   2 subclasses
//   class CsvReader(Reader):
//       overrides Reader.open | overridden in 1 class | 1 contract break
//       def open(self): ...
//
// `CodeLenses` counts; where a lens leads is asked for when an editor shows it, perhaps of a later snapshot. So a lens
// is known by its class and member, not by its place.
#ifndef OVERT_CHECKER_LSP_FEATURES_CODE_LENS_H_
#define OVERT_CHECKER_LSP_FEATURES_CODE_LENS_H_

#include <optional>
#include <string>
#include <vector>

#include "checker/lsp/features/relations.h"

namespace overt::lsp {

struct CodeLens {
  enum class Kind : uint8_t { kOverrides, kOverridden, kSubclasses, kBreaks };
  Kind kind;
  TextRange place;         // on the line below the lens: the first decorator's, or the name of the class or method
  std::string title;       // plain text
  std::string class_name;  // see `ClassKeys`
  std::string member;      // empty: the class itself
};

// In source order. Without `family` (null: not made yet) only what stands above the file's own classes. Those that
// count fewer classes than `least` are left out. With `findings` also how many overrides of a method, or of all methods
// of a class, break the contract; files are looked at for that, a few hundred at most.
std::vector<CodeLens> CodeLenses(const driver::Snapshot& snapshot, const classes::FamilyIndex* family, FileId file,
                                 size_t least = 1, const FindingsOf& findings = nullptr);

// Where a lens of that file leads, and from where.
struct FollowedLens {
  Target from;  // the class or method itself
  std::vector<Target> targets;
};
// Nothing if the lens's class or member is there no more. `findings`: for breaks alone.
std::optional<FollowedLens> FollowLens(const driver::Snapshot& snapshot, const classes::FamilyIndex& family,
                                       FileId file, const CodeLens& lens, const FindingsOf& findings = nullptr);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_CODE_LENS_H_
