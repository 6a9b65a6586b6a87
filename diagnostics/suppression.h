// Comments that silence findings: what they cover, which were used, which name rules that do not exist.
//
//   x = legacy()          # overt: ignore[override-without-base] -- the base is generated
//   # overt: file-ignore[missing-override]
//   def run(self): ...    # type: ignore[overt:override-of-final, misc]
//
// Knows comments and line ranges only, no Python: whoever builds the table hands both in. A trailing comment
// covers the findings of the statement header it ends on (its first line, its closing line or its own line);
// a comment on a line of its own covers the header of the next statement, and on a class its whole body.
#ifndef OVERT_DIAGNOSTICS_SUPPRESSION_H_
#define OVERT_DIAGNOSTICS_SUPPRESSION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/rule.h"
#include "diagnostics/span.h"

namespace overt {

enum class SuppressionStyle : uint8_t { kOvertIgnore, kOvertFileIgnore, kTypeIgnore };

// One name in the brackets of a comment, or the whole comment when it has no brackets.
struct SuppressionEntry {
  TextRange range;          // of the name; of the whole comment for a blanket one
  std::string name;         // as written, without `overt:`; empty for a blanket comment
  std::vector<Rule> rules;  // what it covers; empty if the name is unknown or another tool's
  bool unknown = false;     // an overt comment names a rule that does not exist
  bool used = false;
};

struct Suppression {
  SuppressionStyle style = SuppressionStyle::kOvertIgnore;
  TextRange comment;       // from `#` to the end of the comment
  TextRange covers;        // findings whose primary place begins in here; the whole file for file-ignore
  bool misplaced = false;  // a file-ignore after the first statement: covers nothing
  std::vector<SuppressionEntry> entries;
};

// A comment that may be a suppression, with the text from `#` on.
struct CommentText {
  TextRange range;
  absl::string_view text;
};

// A statement's header (decorators to colon; a simple statement as a whole) and, for a class, its whole body.
struct StatementLines {
  TextRange header;
  TextRange body;  // empty unless the statement is a class
};

struct SuppressionInput {
  absl::Span<const CommentText> comments;       // in source order
  absl::Span<const StatementLines> statements;  // in source order of their headers
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

  // From here on `# type: ignore` comments are nobody's: they neither silence nor count as unused.
  void DropTypeIgnores();

  absl::Span<const Suppression> all() const { return suppressions_; }

 private:
  std::vector<Suppression> suppressions_;
};

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_SUPPRESSION_H_
