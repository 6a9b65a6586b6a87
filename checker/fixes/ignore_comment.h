// The edits that silence findings with comments: where they are, or at the base whose overrides they are about.
//
//   def read(self): ...                                 # overt: ignore[missing-override] -- the base is generated
//   # overt: file-ignore[missing-override]              a line of its own, before the first statement
//   def read(self): ...                                 # overt: open[missing-override], in the base
//
// A comment that silences another rule on that line gets the new name in its brackets, and keeps its reason. One
// implementation for the editor, which silences one finding, and for `overt suppress add`, which silences many. What is
// said of comments, and of text that is no Python, has no comment: the comment or the text is to be changed.
#ifndef OVERT_CHECKER_FIXES_IGNORE_COMMENT_H_
#define OVERT_CHECKER_FIXES_IGNORE_COMMENT_H_

#include <optional>
#include <string>

#include "absl/types/span.h"
#include "checker/fixes/fixes.h"
#include "diagnostics/diagnostic.h"

namespace overt::fixes {

struct IgnoreStyle {
  enum class Location : uint8_t {
    kLine,   // at the end of the finding's line
    kAbove,  // on a line of its own above the statement: covers its whole header
  };
  Location location = Location::kLine;
  std::string reason;  // written after `--`; empty: nothing is
};

// Why this text cannot be the reason of a comment; empty if it can.
std::string WhyNoReason(absl::string_view reason);

// On the line of the finding, or where that goes on in a string or behind a backslash, on the last line of the
// statement's header. None where neither has room, or where a comment would silence nothing.
std::optional<Edit> IgnoreOnLine(const FixContext& context, const Diagnostic& finding);
std::optional<Edit> IgnoreInFile(const FixContext& context, const Diagnostic& finding);

// Opens the base's member whose name begins at `member` to what the rule says of its overrides. `base_file` is about
// the file that defines it. None for a rule that is not about overrides, or where the line has no room.
std::optional<Edit> OpenMember(const FixContext& base_file, uint32_t member, Rule rule);

// Comments for all the findings at once, those of one place in one comment. A finding without room where the style
// wants the comment gets it in the other place. `fixed` are those that got one.
FilePlan PlanIgnores(absl::Span<const Diagnostic> findings, const FixContext& context, const IgnoreStyle& style);

}  // namespace overt::fixes

#endif  // OVERT_CHECKER_FIXES_IGNORE_COMMENT_H_
