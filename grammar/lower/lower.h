// From tree-sitter's tree to ours: every statement and expression, with exact ranges and CPython's verdict.
//
//   print "hello"           # tree-sitter accepts it; lowering records a SyntaxProblem and an ErrorStatement
//   class Box[T = int]: ... # tree-sitter stumbles over the default (PEP 696); lowering repairs it
//
// Works for all Python versions at once: what only some refuse is recorded with the versions it applies to, so the tree
// depends on the bytes alone. Never recurses on the depth of the input. Damaged parts become ErrorStatement and
// ErrorExpression nodes that keep every class and function that could be saved.
#ifndef OVERT_GRAMMAR_LOWER_LOWER_H_
#define OVERT_GRAMMAR_LOWER_LOWER_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "diagnostics/span.h"
#include "grammar/ast/ast.h"
#include "grammar/source/source_file.h"
#include "grammar/syntax/parser.h"

namespace overt::grammar {

// Stub files (`.pyi`) are checked by the same grammar, but not for what only the compiler would refuse.
enum class FileKind : uint8_t { kSource, kStub };

// `tree` is that of the source's text.
Ast Lower(const SourceFile& source, const SyntaxTree& tree, FileKind kind);

// Parse and lower in one step. Each thread keeps one `SyntaxReader`, whose memory the next file uses again.
Ast ParseSource(const SourceFile& source, FileKind kind);

// A text with its tree, and what there is to know for parsing the text again after an edit.
struct ParsedSource {
  SourceFile source;
  Ast ast;
  std::optional<TextRange> doubtful;  // where it was repaired or odd; its other statements parse on their own
  size_t statements_kept = 0;         // of the module's, how many came from the tree before
};

// What `ParseSource` makes of `source`, faster where it differs from `before` in one place: the statements of the
// module that the edit did not touch are taken from there. `before` may be null, and any text of the same kind.
ParsedSource ParseEdited(SourceFile source, FileKind kind, const ParsedSource* before);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_LOWER_LOWER_H_
