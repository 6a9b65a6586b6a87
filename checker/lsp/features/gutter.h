// The marks in the margin: what a method has above and below it.
//
//   ↑↓  def open(self): ...      # kOverrides "overrides Reader.open", kOverridden "overridden in CachedReader"
//   !   def close(self, x): ...  # kBroken, with the finding's title; kImplements where a base only declares the method
#ifndef OVERT_CHECKER_LSP_FEATURES_GUTTER_H_
#define OVERT_CHECKER_LSP_FEATURES_GUTTER_H_

#include <string>
#include <vector>

#include "checker/lsp/features/relations.h"

namespace overt::lsp {

struct GutterMark {
  enum class Kind : uint8_t { kOverrides, kImplements, kOverridden, kBroken };
  Kind kind;
  TextRange name;    // of the method; its first line carries the mark
  std::string text;  // plain: "overrides Reader.open", or the finding's title
};
// "overrides", "implements", "overridden", "broken": the words of the protocol.
absl::string_view GutterKindName(GutterMark::Kind kind);

// In source order. A method has at most one mark upwards, where "broken" comes first, and one downwards. `family` may
// be null, `findings` empty: then marks that need them are missing.
std::vector<GutterMark> GutterMarks(const driver::Snapshot& snapshot, const classes::FamilyIndex* family, FileId file,
                                    const FindingsOf& findings);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_GUTTER_H_
