// What the analysis thread knows: folders with their sessions, the documents that are open, what is still to be checked
// and what the client was told last.
//
//   analysis.Change(document);      // an edit
//   while (analysis.Step()) {}      // pushes: first the document that was edited, then the others, as far as it
//   matters
//
// All functions belong to one thread. Requests get a `View`, which no later edit changes.
#ifndef OVERT_CHECKER_LSP_ANALYSIS_H_
#define OVERT_CHECKER_LSP_ANALYSIS_H_

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "checker/lsp/client.h"
#include "checker/lsp/connection.h"
#include "checker/lsp/diagnostics_json.h"
#include "checker/lsp/document.h"
#include "checker/lsp/root.h"

namespace overt::lsp {

struct DiskChange {
  enum class Kind : uint8_t { kCreated, kModified, kDeleted };
  std::string path;
  Kind kind = Kind::kModified;
};

// The workspace at one moment.
struct View {
  std::shared_ptr<const OpenDocuments> open;
  std::shared_ptr<const Document> document;  // that the request names; null if it names none or one that is not open
  std::shared_ptr<const Root> root;          // the document's, or of the file that is named
  driver::Snapshot snapshot;                 // of the document's project; empty without a Python document
  std::vector<std::shared_ptr<const Root>> roots;  // the folders of the workspace
};

class Analysis {
 public:
  // All are borrowed. `client` is final before the first call.
  Analysis(Connection& connection, const Client& client, const Surroundings& surroundings)
      : connection_(connection), client_(client), surroundings_(surroundings) {}

  void SetDefaults(EditorSettings settings) { defaults_ = std::move(settings); }
  // What `workspace/configuration` said for a folder, or for all without one (an empty path).
  void SetSettings(const std::string& folder, EditorSettings settings);
  void SetFolders(std::vector<Folder> folders);
  void ChangeFolders(const std::vector<Folder>& removed, std::vector<Folder> added);

  void Open(std::shared_ptr<const Document> document);
  void Change(std::shared_ptr<const Document> document);
  void Close(const std::string& path);
  void DiskChanged(const std::vector<DiskChange>& changes);

  View ViewFor(const std::string& path);
  // Does a little of what is left to do; whether there is more.
  bool Step();

 private:
  std::shared_ptr<const Root> RootOf(const std::string& path);
  std::shared_ptr<const Root> MakeRoot(const std::string& folder) const;
  EditorSettings SettingsOf(const std::string& folder) const;
  void Put(std::shared_ptr<const Document> document);
  void Flush();
  void Reload(const std::vector<std::string>& folders);
  void CheckFirst(const std::string& path, const Root& root);
  void CheckAll();
  void Refresh();
  void TellExtension(const char* phase);
  std::string EnvironmentName();
  void StepFor(const std::string& path);
  void Publish(const Document& document, Json items);
  void PublishConfigProblems(const Root& root);

  Connection& connection_;
  const Client& client_;
  const Surroundings& surroundings_;
  EditorSettings defaults_;
  std::map<std::string, EditorSettings> settings_;  // by folder
  std::vector<Folder> folders_;
  std::map<std::string, std::shared_ptr<const Root>> roots_;  // by folder; those of loose files too
  std::shared_ptr<OpenDocuments> open_ = std::make_shared<OpenDocuments>();
  // Roots of the documents whose text is in the session already.
  std::map<std::string, std::shared_ptr<const Root>> placed_;
  std::map<std::string, bool> dirty_;                            // documents whose text the session does not have yet
  std::deque<std::string> to_check_;                             // paths
  std::map<std::string, std::string> published_;                 // by URI: `ResultId`, absent for none
  std::string told_phase_;                                       // of `overt/status`
  bool marks_are_old_ = false;                                   // what the margin shows may be other marks since
  std::map<std::string, std::vector<std::string>> config_uris_;  // by folder: files with problems that were published
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_ANALYSIS_H_
