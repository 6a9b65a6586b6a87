// Places of a snapshot in the protocol's words.
//
//   PlaceWriter places(*snapshot.program, client, *view.open);
//   places.Range({file, range})        // {"start": {"line": 3, "character": 8}, "end": …}
//   places.Location(file, range)       // of a bundled stub: in a copy that an editor can open (`bundled_files.h`)
//
// Texts are read at most once, and are those of the snapshot, whatever was typed since. A place of a notebook becomes
// one of the cell that shows it: nobody who asks need know that there are such things.
#ifndef OVERT_CHECKER_LSP_PLACE_JSON_H_
#define OVERT_CHECKER_LSP_PLACE_JSON_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "checker/lsp/client.h"
#include "checker/lsp/document.h"
#include "checker/lsp/json.h"
#include "checker/program/program.h"
#include "diagnostics/diagnostic.h"

namespace overt::lsp {

using OpenDocuments = absl::flat_hash_map<std::string, std::shared_ptr<const Document>>;  // by path

class PlaceWriter {
 public:
  // All are borrowed. `open` gives URIs as the client spells them.
  PlaceWriter(const program::Program& program, const Client& client, const OpenDocuments& open)
      : program_(program), client_(client), open_(open) {}

  Json Range(const Span& span);
  std::string Uri(FileId file, uint32_t offset) const;  // of a file on disk, or of the cell that shows the offset
  // Nothing where a bundled stub cannot be copied.
  std::optional<Json> Location(FileId file, TextRange range);
  // "base.py:4" as shown to people.
  std::string PathAndLine(const Span& span);
  const program::FileText& TextOf(FileId file);

  // A list of `TextEdit` for the document that shows them; edits of another cell than that are left out.
  Json TextEdits(FileId file, const Document& document, const std::vector<Edit>& edits);
  // A `WorkspaceEdit` for files with their edits, with versions where the client takes them.
  Json WorkspaceEdit(const std::vector<std::pair<FileId, std::vector<Edit>>>& files);

 private:
  const Document* DocumentOf(FileId file) const;
  const Document* CellAt(const Span& span) const;  // null where the file is no notebook
  Json WriteEdits(FileId file, const std::vector<Edit>& edits);

  const program::Program& program_;
  const Client& client_;
  const OpenDocuments& open_;
  absl::flat_hash_map<FileId, std::unique_ptr<program::FileText>> texts_;
};

// The byte of the decoded text at which a request points, in a cell that of the whole notebook's; nothing if its
// position has no sense.
std::optional<uint32_t> OffsetIn(const Document& document, const Json* position, const Client& client);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_PLACE_JSON_H_
