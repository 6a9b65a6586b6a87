// The statements of a module after an edit: those that it touched read again, the others taken from the tree before.
//
//   import os            kept
//   class A:             kept
//       x = 1
//   class B:             read again: somebody is typing here
//       def f(sel
//   class C: ...         kept, some bytes further on
//
// A statement may be kept if it begins in the first column of a line, and so does the one behind it: then nothing that
// stands before or behind has a say in how it parses. Where that cannot be told the answer is none, and the whole text
// is to be read. Private to `grammar/lower`.
#ifndef OVERT_GRAMMAR_LOWER_EDITED_STATEMENTS_H_
#define OVERT_GRAMMAR_LOWER_EDITED_STATEMENTS_H_

#include <cstddef>
#include <optional>

#include "diagnostics/span.h"
#include "grammar/ast/ast_builder.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"
#include "grammar/syntax/parser.h"
#include "grammar/verdict/verdict.h"

namespace overt::grammar {

struct EditedStatements {
  AstBuilder builder;                 // with the module as its last node; reads from the text of the source
  std::optional<TextRange> doubtful;  // see `ParsedSource`
  Doubt doubt;                        // for the verdict
  size_t kept = 0;                    // statements
};

// `before` may be null. `source` must outlive the builder.
std::optional<EditedStatements> ReadEdited(const SourceFile& source, const ParsedSource* before, SyntaxReader& reader);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_LOWER_EDITED_STATEMENTS_H_
