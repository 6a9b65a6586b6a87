// Comments that silence findings: what they cover, which were used, which name rules that do not exist.
//
//   x = legacy()          # overt: ignore[override-without-base] -- the base is generated
//   # overt: file-ignore[missing-override]
//   def run(self): ...    # type: ignore[overt:override-of-final, misc]
//   def visit(self): ...  # overt: open[missing-override]        in a base: its overrides need no mark
//
// Knows comments and line ranges only, no Python: whoever builds the table hands both in. A comment at the end of a
// line covers the headers that begin or end on its line, within a longer header its line alone; a comment on a line of
// its own covers the header that it stands above or within. One of overt's own that covers a class's header covers its
// body as well. `open` covers what `ignore` would, and silences nothing there: it speaks of what overrides those
// members, in whatever file. `# type: ignore` never does, and on a line of its own it means the whole file, above all
// code (PEP 484), or nothing. What begins with `overt:` and cannot be read silences nothing: `unknown-rule` reports it.
#ifndef OVERT_DIAGNOSTICS_SUPPRESSION_H_
#define OVERT_DIAGNOSTICS_SUPPRESSION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/rule.h"
#include "diagnostics/span.h"

namespace overt {

// kUnreadable: begins with `overt:` and says neither `ignore` nor `file-ignore` nor `open` in a way that can be read.
enum class SuppressionStyle : uint8_t { kOvertIgnore, kOvertFileIgnore, kOvertOpen, kTypeIgnore, kUnreadable };

// One name in the brackets of a comment, the whole comment when it has no brackets, or what cannot be read.
struct SuppressionEntry {
  TextRange range;          // of the name; of the whole comment for a blanket one
  std::string name;         // as written, without `overt:`; empty for a blanket comment
  std::vector<Rule> rules;  // what it covers; empty if the name is unknown, another tool's, or cannot be opened
  bool unknown = false;     // an overt comment names a rule that does not exist, or cannot be read
  bool used = false;
};

struct Suppression {
  SuppressionStyle style = SuppressionStyle::kOvertIgnore;
  TextRange comment;       // from `#` to the end of the comment
  TextRange covers;        // findings whose primary place begins in here; the whole file for file-ignore
  bool misplaced = false;  // a file-ignore after the first statement, an `open` where no member is: covers nothing
  std::vector<SuppressionEntry> entries;
};

// A comment that may be a suppression, with the text from `#` on.
struct CommentText {
  TextRange range;
  absl::string_view text;
  uint32_t line_begin = 0;  // of its line's first character that is no blank; that of the `#` on a line of its own
};

// A statement's header (a simple statement as a whole) and what stands behind its colon.
struct StatementLines {
  TextRange header;  // from its first decorator to its last expression: brackets and the colon may follow
  TextRange body;    // empty for a simple statement
  bool is_class = false;
};

struct SuppressionInput {
  absl::Span<const CommentText> comments;       // in source order
  absl::Span<const StatementLines> statements;  // in source order of their headers, without the file's docstring
  uint32_t code_begin = 0;                      // of the first statement, the docstring included
  absl::Span<const uint32_t> line_starts;
  uint32_t text_size = 0;
};

class SuppressionTable {
 public:
  SuppressionTable() = default;
  static SuppressionTable Parse(const SuppressionInput& input);
  // False when no comment of the file can be a suppression: the cheap test before `Parse`.
  static bool MayHold(absl::string_view comment_text);

  // Whether a finding at `place` is silenced; the entry that does so counts as used from then on.
  bool Suppress(Rule rule, TextRange place);

  // Whether an `open` is all right: a member of a class is defined in what it covers. The others become misplaced.
  void KeepOpen(absl::FunctionRef<bool(TextRange covers)> holds_member);

  // From here on `# type: ignore` comments are nobody's: they neither silence nor count as unused.
  void DropTypeIgnores();

  absl::Span<const Suppression> all() const { return suppressions_; }

 private:
  std::vector<Suppression> suppressions_;
};

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_SUPPRESSION_H_
