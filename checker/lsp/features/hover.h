// What overt says of the place under the pointer, beside what the user's main server says.
//
//   class CsvReader(Reader):
//       def open(self): ...     # at `open`: "overrides `Reader.open`, overridden in `CachedReader`", and a docstring
#ifndef OVERT_CHECKER_LSP_FEATURES_HOVER_H_
#define OVERT_CHECKER_LSP_FEATURES_HOVER_H_

#include <optional>
#include <string>
#include <vector>

#include "checker/lsp/features/relations.h"

namespace overt::lsp {

struct Hover {
  TextRange range;
  std::string headline;          // one line; names between backticks, nothing else of Markdown
  std::string docstring;         // of the base member: plain text, the first paragraphs; may be empty
  std::vector<Rule> rules = {};  // that the headline explains, in its order: their pages say more
};

// None where overt has nothing to say. `family` may be null: then nothing is said of what stands below.
std::optional<Hover> HoverAt(const driver::Snapshot& snapshot, const classes::FamilyIndex* family, FileId file,
                             uint32_t offset);

// What is said of a rule's name, or of one that stands for several, wherever it is written. None of other names.
std::optional<Hover> HoverOnRule(TextRange range, absl::string_view name);

// For the two kinds of content that clients take. Neither holds a link.
std::string ToMarkdown(const Hover& hover);
std::string ToPlainText(const Hover& hover);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_HOVER_H_
