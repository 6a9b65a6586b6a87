// A text that is open in an editor, at one version. Never changes: an edit makes the next one.
//
//   auto next = document->Edited(changes, PositionEncoding::kUtf16, 8, &notes);    // `didChange`
//   next->map(encoding).ToOffset({12, 4})
//
// What overt reads is the document's text, or that of a whole notebook of which the document is a cell: `extent` says
// which bytes of it the document shows. Knows the protocol's words and nothing of Python.
#ifndef OVERT_CHECKER_LSP_DOCUMENT_H_
#define OVERT_CHECKER_LSP_DOCUMENT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "checker/lsp/json.h"
#include "checker/lsp/positions.h"
#include "diagnostics/span.h"

namespace overt::lsp {

class Document {
 public:
  using Pointer = std::shared_ptr<const Document>;
  enum class Kind : uint8_t { kPython, kConfiguration, kOther };

  // `path`: absolute; of a document that lies nowhere a made-up one in a folder whose project should govern it.
  Document(std::string uri, std::string path, Kind kind, int64_t version, std::string text);

  // `changes` is the protocol's list. What has no sense is bent (a reversed range) or left out, and `notes` says so.
  std::shared_ptr<const Document> Edited(const Json& changes, PositionEncoding encoding, int64_t version,
                                         std::vector<std::string>* notes) const;

  // The document as a cell of the file at `path`, in whose text it stands from `begin` on. `number`: counted from 1, as
  // people count cells.
  Pointer PlacedAt(std::string path, uint32_t begin, size_t number) const;
  // The document whose text these cells make together.
  Pointer WithCells(std::vector<Pointer> cells) const;

  const std::string& uri() const { return uri_; }
  const std::string& path() const { return path_; }
  Kind kind() const { return kind_; }
  int64_t version() const { return version_; }
  // What overt reads: the text as it is, of a notebook's cell its Python (`notebook_cell.h`), place for place.
  const std::shared_ptr<const std::string>& text() const { return read_; }
  const std::string& raw_text() const { return *text_; }  // as it stands in the editor
  const std::vector<uint32_t>& line_starts() const { return line_starts_; }
  PositionMap map(PositionEncoding encoding) const { return {*text_, line_starts_, encoding}; }
  // Bytes before the text that overt reads, whose offsets begin behind a byte-order mark.
  uint32_t mark_bytes() const { return mark_bytes_; }

  // Of what overt reads of the file at `path`; the end counts as well. All of it, but for a cell.
  TextRange extent() const { return extent_; }
  bool Shows(uint32_t offset) const { return extent_.begin <= offset && offset <= extent_.end; }
  bool is_cell() const { return number_ > 0; }
  size_t number() const { return number_; }  // of a cell
  bool is_notebook() const { return is_notebook_; }
  // Of a notebook: those that are part of its text, in order.
  const std::vector<Pointer>& cells() const { return cells_; }
  // The cell of a notebook that shows the offset, the nearest before it where none does; null without cells.
  const Document* CellAt(uint32_t offset) const;

 private:
  std::string uri_, path_;
  Kind kind_;
  int64_t version_;
  std::shared_ptr<const std::string> text_;  // as it stands in the editor
  std::shared_ptr<const std::string> read_;
  std::vector<uint32_t> line_starts_;
  uint32_t mark_bytes_ = 0;
  TextRange extent_{0, UINT32_MAX};
  size_t number_ = 0;
  bool is_notebook_ = false;
  std::vector<Pointer> cells_;
};

// The documents in which an editor shows what overt reads as one: a notebook's cells, else the document alone.
std::vector<Document::Pointer> ShownOf(const Document::Pointer& document);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_DOCUMENT_H_
