// One text's way through the parser: once for nearly all, again with changes for those that did not parse.
//
//   FileLowering file(text, content_hash, reader);
//   file.Run().builder()        // the tree, before `grammar/verdict` has seen it
//
// Private to `grammar/lower`.
#ifndef OVERT_GRAMMAR_LOWER_FILE_LOWERING_H_
#define OVERT_GRAMMAR_LOWER_FILE_LOWERING_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "diagnostics/span.h"
#include "grammar/lower/edited_text.h"
#include "grammar/lower/lowering.h"
#include "grammar/lower/repair.h"
#include "grammar/syntax/flat_syntax.h"
#include "grammar/syntax/parser.h"

namespace overt::grammar {

class FileLowering {
 public:
  // `text` and `reader` are borrowed.
  FileLowering(absl::string_view text, uint64_t content_hash, SyntaxReader& reader)
      : text_(text), content_hash_(content_hash), reader_(reader) {}

  Lowering& Run();
  // `syntax` lists the text as it is.
  Lowering& Run(const FlatSyntax& syntax);
  // `reader` has just given the text up: it is not known to have no error.
  Lowering& RunDoubtful();

  // After a run:
  bool has_error() const { return has_error_; }
  bool is_recovered() const { return is_recovered_; }
  // From the first to the last thing that was changed or odd, in bytes: outside of it lowering noticed nothing. None if
  // there is no such thing.
  std::optional<TextRange> doubtful() const;

 private:
  Lowering& Finish();
  void ParseEdited();
  void LowerOnce();

  absl::string_view text_;
  uint64_t content_hash_;
  SyntaxReader& reader_;
  const FlatSyntax* syntax_ = nullptr;
  Repairs repairs_;
  std::optional<EditedText> edited_;
  std::optional<Lowering> lowering_;
  bool has_error_ = false;
  bool is_recovered_ = false;  // tree-sitter got over an error in what was lowered last
};

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_LOWER_FILE_LOWERING_H_
