// The marks in the margin: this method overrides ↑, is overridden ↓, implements what a base only declares, or is
// broken.
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
