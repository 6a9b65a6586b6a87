// A docstring as people read it, and as Markdown that does nothing: no links, no HTML, no images, no headings.
//
//   """Reads a row.
//
//       [Click me](command:evil) <b>now</b>
//   """                                          # -> "Reads a row.\n\n    [Click me](command:evil) <b>now</b>"
//
// The text comes from anybody's package: it is shown, never followed.
#ifndef OVERT_CHECKER_LSP_FEATURES_DOCSTRING_H_
#define OVERT_CHECKER_LSP_FEATURES_DOCSTRING_H_

#include <string>

#include "absl/strings/string_view.h"
#include "grammar/ast/ast.h"

namespace overt::lsp {

// The first paragraphs (at most three, and some 600 bytes) of the docstring of a FunctionDef or ClassDef, indentation
// removed as `inspect.cleandoc` does; ends with "…" where something was left out. Empty if there is none. `text` is
// the text that `ast` was made from.
std::string DocstringOf(const grammar::Ast& ast, absl::string_view text, grammar::NodeId definition);

// Markdown that shows `text` as it is, line for line. Control characters, and those that turn the direction of writing,
// are left out.
std::string InertMarkdown(absl::string_view text);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_DOCSTRING_H_
