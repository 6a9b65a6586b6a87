// What the analysis thread knows: folders with their sessions, the documents that are open, what is still to be checked
// and what the client was told last.
//
//   analysis.Change(document);      // an edit
//   while (analysis.Step() == absl::ZeroDuration()) {}      // pushes: first of the edited document, then of others
//
// All functions belong to one thread. Requests get a `View`, which no later edit changes.
#ifndef OVERT_CHECKER_LSP_ANALYSIS_H_
#define OVERT_CHECKER_LSP_ANALYSIS_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "checker/driver/disk_watch.h"
#include "checker/lsp/client.h"
#include "checker/lsp/connection.h"
#include "checker/lsp/diagnostics_json.h"
#include "checker/lsp/document.h"
#include "checker/lsp/root.h"
#include "checker/lsp/work_progress.h"

namespace overt::lsp {

using driver::DiskChange;
using driver::DiskWatch;

// The workspace at one moment.
struct View {
  std::shared_ptr<const OpenDocuments> open;
  // That the request names, or the cell of a notebook, whose path is then the notebook's. Null if it names none or one
  // that is not open.
  std::shared_ptr<const Document> document;
  std::shared_ptr<const Root> root;  // the document's, or of the file that is named
  driver::Snapshot snapshot;         // of the project of the document or file; empty where that is no Python
  Roots roots;                       // the folders of the workspace
  absl::flat_hash_map<std::string, std::shared_ptr<const Root>> root_of;  // of each open document, by path

  // Those of the workspace and of open documents, each once, by folder.
  std::map<std::string, std::shared_ptr<const Root>> all_roots() const;
};

// What a document is for these roots: a file of any name is a configuration if one is made of it.
Document::Kind KindIn(const std::map<std::string, std::shared_ptr<const Root>>& roots, const Document& document);

class Analysis {
 public:
  using RunAside = std::function<void(std::function<void()> job)>;  // on a thread that may wait

  // All are borrowed. `client` is final before the first call.
  Analysis(Connection& connection, const Client& client, const Surroundings& surroundings, RunAside run_aside)
      : connection_(connection), client_(client), surroundings_(surroundings), run_aside_(std::move(run_aside)) {}

  void SetDefaults(EditorSettings settings) { defaults_ = std::move(settings); }
  // What `workspace/configuration` said for a folder, or for all without one (an empty path); nothing: what holds for
  // all, or the defaults.
  void SetSettings(const std::string& folder, std::optional<EditorSettings> settings);
  void SetFolders(std::vector<Folder> folders);
  void ChangeFolders(const std::vector<Folder>& removed, std::vector<Folder> added);

  // A document that was opened or edited.
  void Change(std::shared_ptr<const Document> document);
  // `heir`: the document of another URI that stands for the same file and goes on; may be null.
  void Close(const Document& closed, std::shared_ptr<const Document> heir);
  void DiskChanged(const std::vector<DiskChange>& changes);
  // A client that does not watch files gets a look at the disk now and then; this one comes soon.
  void LookAtDiskSoon() { look_at_ = absl::InfinitePast(); }
  // It tells of changes: of these files, which it was not asked to watch.
  void ClientWatches();
  // It has said that it is initialized: from here on it may be asked to watch files.
  void ClientIsReady();

  // The client was given these findings of a document when it asked.
  void Pulled(const std::string& uri, const std::string& result_id);

  // `uri`: of the document there, or of the cell that is meant.
  View ViewFor(const std::string& path, const std::string& uri);
  // Does a little of what is left to do. After which time there is more; forever if something must happen first.
  absl::Duration Step();

 private:
  std::shared_ptr<const Root> RootOf(const std::string& path);
  std::shared_ptr<const Root> MakeRoot(const std::string& folder);
  EditorSettings SettingsOf(const std::string& folder) const;
  void Flush();
  void PutText(const std::string& path, const std::shared_ptr<const std::string>& text);
  bool IsInWorkspace(const std::string& path) const;
  bool CanWatch(const std::string& configuration) const;
  void AskToWatch(const std::string& path);
  void AskToWatchConfigurations();
  void WarnOfWideFolders();
  void Reload(const std::vector<std::string>& folders);
  bool ChecksByItself() const;
  void CheckFirst(const std::string& path);
  void CheckAll();
  void Refresh();
  void RefreshAfterPause();
  absl::Duration SendRefreshes();
  void Follow();
  absl::Duration LookAtDisk();
  void TellExtension(const char* phase);
  std::string EnvironmentName();
  void StepFor(const std::string& path);
  void BeginProgress();
  void EndProgress();
  void Say(const Document& document, Json items);
  void SayNothingOf(const Document& document);
  void ComparePulled(const std::string& uri);
  void NoteInterface(const Document& document, const Root& root);
  std::map<std::string, std::vector<driver::ConfigProblem>> ConfigProblemsOfTheClosed();
  void PublishConfigProblems();
  void CompareConfigProblems();
  void TellEditorMistakes();
  void Show(LogLevel level, const std::string& text);
  void FollowLog();

  Connection& connection_;
  const Client& client_;
  const Surroundings& surroundings_;
  const RunAside run_aside_;
  EditorSettings defaults_;
  std::map<std::string, EditorSettings> settings_;  // by folder
  std::string log_path_;                            // of `log_file_`; empty: none is asked for
  std::shared_ptr<const LogFile> log_file_;
  std::vector<Folder> folders_;
  std::map<std::string, std::shared_ptr<const Root>> roots_;  // by folder; those of loose files too
  std::shared_ptr<OpenDocuments> open_ = std::make_shared<OpenDocuments>();
  std::set<std::string> dirty_;                     // documents whose text the sessions do not have yet
  std::deque<std::string> to_check_;                // paths
  std::map<std::string, std::string> said_;         // by URI: what `Say` said last
  std::map<std::string, std::string> said_config_;  // by URI of a configuration that is not open: its problems, if any
  std::set<std::string> pulled_config_;             // all of these problems, when a client that pulls was asked last
  std::set<std::string> editor_mistakes_;           // in the configuration that the settings hold, as told last
  std::set<std::string> warned_of_;                 // folders that are too wide
  std::set<std::string> asked_to_watch_;            // configuration files of unusual names and places
  Json told_status_;                                // of `overt/status`
  bool environment_is_old_ = true;                  // the status may name another one since
  bool marks_are_old_ = false;                      // what the margin shows may be other marks since

  // Of a check of everything: after hello, after other settings, after changes on disk.
  bool is_all_new_ = true;
  std::optional<WorkProgress> progress_;
  size_t checked_ = 0;

  // What a client that pulls would find changed if it asked again.
  std::map<std::string, std::string> pulled_;  // by URI of an open document: `ResultId` of what it was given last
  std::set<std::string> edited_;   // documents that it asks for by itself, since it was there that they changed
  bool others_are_pulled_ = true;  // whatever was edited since brings the others' findings along
  std::map<std::string, uint64_t> interfaces_;              // of open documents, by path: what others may see of them
  bool findings_are_old_ = false, lenses_are_old_ = false;  // hints are as old as lenses
  absl::Time refresh_at_ = absl::InfinitePast();

  const absl::Time started_ = absl::Now();  // before anything was read
  DiskWatch watch_{started_};
  bool client_watches_ = false;
  bool client_is_ready_ = false;
  bool is_looking_ = false;  // in the middle of a round
  absl::Time look_at_ = absl::InfinitePast();
  std::vector<DiskChange> seen_;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_ANALYSIS_H_
