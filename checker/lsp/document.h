// A text that is open in an editor, at one version. Never changes: an edit makes the next one.
//
//   auto next = document->Edited(changes, PositionEncoding::kUtf16, 8, &notes);    // `didChange`
//   next->map(encoding).ToOffset({12, 4})
//
// Knows the protocol's words and nothing of Python.
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
  enum class Kind : uint8_t { kPython, kConfiguration, kOther };

  // `path`: absolute; of a document that lies nowhere a made-up one in a folder whose project should govern it.
  Document(std::string uri, std::string path, Kind kind, int64_t version, std::string text);

  // `changes` is the protocol's list. What has no sense is bent (a reversed range) or left out, and `notes` says so.
  std::shared_ptr<const Document> Edited(const Json& changes, PositionEncoding encoding, int64_t version,
                                         std::vector<std::string>* notes) const;

  const std::string& uri() const { return uri_; }
  const std::string& path() const { return path_; }
  Kind kind() const { return kind_; }
  int64_t version() const { return version_; }
  // What overt reads: the text as it is, of a notebook's cell its Python (`notebook_cell.h`), place for place.
  const std::shared_ptr<const std::string>& text() const { return read_; }
  const std::vector<uint32_t>& line_starts() const { return line_starts_; }
  PositionMap map(PositionEncoding encoding) const { return {*text_, line_starts_, encoding}; }
  // Bytes before the text that overt reads, whose offsets begin behind a byte-order mark.
  uint32_t mark_bytes() const { return mark_bytes_; }

 private:
  std::string uri_, path_;
  Kind kind_;
  int64_t version_;
  std::shared_ptr<const std::string> text_;  // as it stands in the editor
  std::shared_ptr<const std::string> read_;
  std::vector<uint32_t> line_starts_;
  uint32_t mark_bytes_ = 0;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_DOCUMENT_H_
