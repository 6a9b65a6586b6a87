// A notebook as an editor has it: cells in an order, each with a text; those that hold Python are one module.
//
//   cell 1    class Reader: ...                the module:   class Reader: ...
//   cell 2    # Results  (Markdown)                          class Csv(Reader): ...
//   cell 3    class Csv(Reader): ...           `Csv` at line 1 of the third cell is at line 2 of it
//
// `Module` is the document that overt reads. It keeps its cells, each with the bytes that are its own, and that is all
// that anybody else knows of notebooks: positions become offsets, and offsets positions of a cell, in place_json.h. A
// cell stands in the module byte for byte, magics blanked out (notebook_cell.h); one without any Python (`%%bash`) is
// no part of it. Never changes: an edit makes the next one.
// Source: Language Server Protocol 3.17, "Notebook Document Synchronization".
#ifndef OVERT_CHECKER_LSP_NOTEBOOK_H_
#define OVERT_CHECKER_LSP_NOTEBOOK_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "checker/lsp/document.h"

namespace overt::lsp {

class Notebook {
 public:
  using Pointer = std::shared_ptr<const Notebook>;

  // Of the parameters of `notebookDocument/didOpen`; null if they name no notebook. `path` is where its module lies.
  static Pointer Opened(const Json& params, std::string path, std::vector<std::string>* notes);
  // After the changes of `notebookDocument/didChange`. What has no sense is left out, and `notes` says so.
  Pointer Changed(const Json& params, PositionEncoding encoding, std::vector<std::string>* notes) const;

  const std::string& uri() const { return uri_; }
  const std::string& path() const { return module_->path(); }
  // A document with cells: one of kind kPython, at the notebook's URI.
  const Document::Pointer& Module() const { return module_; }

 private:
  struct Cell {
    std::string uri;
    bool is_code = true;
  };
  struct Text {
    bool is_python = true;
    Document::Pointer document;  // as if it were alone
  };

  void Open(const Json* texts, std::vector<std::string>* notes);
  void ChangeStructure(const Json& structure, std::vector<std::string>* notes);
  void ChangeText(const Json& change, PositionEncoding encoding, std::vector<std::string>* notes);
  static std::vector<Cell> ReadCells(const Json* list);
  void Join(const std::string& path);

  std::string uri_;
  int64_t version_ = 0;
  std::vector<Cell> cells_;
  std::map<std::string, Text> texts_;  // by URI; a cell without one is none of ours
  Document::Pointer module_;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_NOTEBOOK_H_
