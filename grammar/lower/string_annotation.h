// Annotations in quotes and in `# type:` comments: parsed on demand, with positions in the outer file.
//
//   def f(x: "list[Übung] | None"): ...       # the `None` in the small tree knows where it stands in this file
//
// Handles escapes, triple quotes and implicit concatenation. Source: the typing specification, "Annotations"
// (string annotations), and PEP 484 (type comments).
#ifndef OVERT_GRAMMAR_LOWER_STRING_ANNOTATION_H_
#define OVERT_GRAMMAR_LOWER_STRING_ANNOTATION_H_

#include <optional>
#include <string>
#include <vector>

#include "grammar/ast/ast.h"

namespace overt::grammar {

struct QuotedAnnotation {
  Ast tree;                       // root: Expression
  std::vector<uint32_t> offsets;  // outer byte offset for each byte of the inner text, and one past the end

  TextRange ToOuter(TextRange inner) const { return {offsets[inner.begin], offsets[inner.end]}; }
};

// `string` is a String or ConcatenatedString node of `ast`; `source` is the text of its file. Nothing for bytes,
// f-strings and t-strings, or when the contents are no expression.
std::optional<QuotedAnnotation> ParseQuotedAnnotation(const Ast& ast, NodeId string, absl::string_view source);

// The type in `# type: …`, parsed; nothing for `# type: ignore` and what is no expression.
std::optional<QuotedAnnotation> ParseTypeComment(const Comment& comment, absl::string_view source);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_LOWER_STRING_ANNOTATION_H_
