// The Python of a notebook's cell: what only the notebook understands is blanked out, byte for byte, so that every
// place of the rest stays where it is.
//
//   %matplotlib inline          →  (blanks)
//   rows = !ls data             →  rows = 0
//   Reader?                     →  (blanks)
//   rows = await read()         →  rows = -     read()
//   class Csv(Reader): ...      →  class Csv(Reader): ...
//
// A notebook may wait anywhere, a module nowhere; what a sign is put to has no less of a type than what is waited for.
// Lines count that begin with `%`, `!` or `?`, or end with `?`, outside of brackets and strings. Source: the manual of
// IPython, "Built-in magic commands" and "IPython reference".
#ifndef OVERT_CHECKER_LSP_NOTEBOOK_CELL_H_
#define OVERT_CHECKER_LSP_NOTEBOOK_CELL_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace overt::lsp {

// Whether the document of that URI is a cell.
bool IsNotebookCell(absl::string_view uri);

std::string PythonOfCell(std::string text);

// Makes spaces of a part of a text, place for place. Line ends stay.
void BlankOut(std::string& text, size_t begin, size_t end);

// Where code may be written first: below a magic of the whole cell, `%%time`, which must be its first line.
uint32_t BeginOfCode(absl::string_view text);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_NOTEBOOK_CELL_H_
