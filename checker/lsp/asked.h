// What a request is about: a file of a snapshot that can be read, and a place in it.
//
//   const std::optional<Asked> asked = AskedPlace(context);
//   if (!asked) return Answered(nullptr);
//   HoverAt(context.view.snapshot, …, asked->file, asked->offset)
#ifndef OVERT_CHECKER_LSP_ASKED_H_
#define OVERT_CHECKER_LSP_ASKED_H_

#include <map>
#include <optional>
#include <vector>

#include "checker/classes/family.h"
#include "checker/lsp/features/completion.h"
#include "checker/lsp/features/relations.h"
#include "checker/lsp/place_json.h"
#include "checker/lsp/requests.h"

namespace overt::lsp {

struct Asked {
  FileId file;
  uint32_t offset = 0;  // bytes of the decoded text
};

// Nothing where overt has nothing to say: the document is not open, is no Python, cannot be read or is switched off.
std::optional<Asked> AskedFile(const RequestContext& context);
// The same with `params.position`.
std::optional<Asked> AskedPlace(const RequestContext& context);

PlaceWriter PlacesOf(const RequestContext& context);

// Who derives from whom around the document. Takes as long as reading the folder does, the first time.
classes::FamilyIndex::Pointer FamilyOf(const RequestContext& context);

// The texts of all open Python files, as the session has them.
CompletionBuffers BuffersOf(const RequestContext& context);

// A list of `Location`, of the targets' names.
Json WriteLocations(const std::vector<Target>& targets, PlaceWriter& places);

// The findings of a snapshot's files, each file looked at when it is first asked for. Nobody's findings are those of
// libraries.
class SnapshotFindings {
 public:
  explicit SnapshotFindings(const driver::Snapshot& snapshot) : snapshot_(snapshot) {}
  const std::vector<Diagnostic>* Of(FileId file);
  FindingsOf AsFunction() {
    return [this](FileId file) { return Of(file); };
  }

 private:
  const driver::Snapshot& snapshot_;
  std::map<FileId, driver::FileReport> reports_;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_ASKED_H_
