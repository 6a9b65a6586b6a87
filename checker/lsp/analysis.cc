#include "checker/lsp/analysis.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/baseline_file.h"
#include "checker/driver/config_file.h"
#include "checker/driver/file_finder.h"
#include "checker/driver/terminal.h"
#include "checker/driver/version.h"
#include "checker/lsp/uri.h"
#include "grammar/source/source_file.h"

namespace overt::lsp {
namespace {

constexpr absl::Duration kRefreshPause = absl::Milliseconds(200);
constexpr absl::Duration kBetweenLooks = absl::Seconds(2);

// Equal for equal problems, whatever the file holds by now.
std::string StateOf(const std::vector<driver::ConfigProblem>& problems) {
  std::string state;
  for (const driver::ConfigProblem& one : problems) {
    absl::StrAppend(&state, one.line, ":", one.column, " ", one.message, "\n");
  }
  return state;
}

bool LetsThrough(EditorSettings::Notifications wanted, LogLevel level) {
  using Notifications = EditorSettings::Notifications;
  switch (wanted) {
    case Notifications::kOff: return false;
    case Notifications::kOnError: return level == LogLevel::kError;
    case Notifications::kOnWarning: return level <= LogLevel::kWarning;
    case Notifications::kAlways: return true;
  }
  return true;
}

}  // namespace

std::map<std::string, std::shared_ptr<const Root>> View::all_roots() const {
  std::map<std::string, std::shared_ptr<const Root>> all;
  for (const std::shared_ptr<const Root>& one : roots) all[one->folder()] = one;
  for (const auto& [path, one] : root_of) all[one->folder()] = one;
  return all;
}

Document::Kind KindIn(const std::map<std::string, std::shared_ptr<const Root>>& roots, const Document& document) {
  if (document.kind() != Document::Kind::kOther) return document.kind();
  const bool is_configuration = std::any_of(
      roots.begin(), roots.end(), [&](const auto& entry) { return entry.second->IsConfiguredBy(document.path()); });
  return is_configuration ? Document::Kind::kConfiguration : Document::Kind::kOther;
}

EditorSettings Analysis::SettingsOf(const std::string& folder) const {
  for (const std::string& scope : {folder, std::string()}) {
    if (const auto found = settings_.find(scope); found != settings_.end()) return found->second;
  }
  return defaults_;
}

std::shared_ptr<const Root> Analysis::MakeRoot(const std::string& folder) {
  auto root = std::make_shared<const Root>(folder, SettingsOf(folder), surroundings_);
  for (const auto& [path, document] : *open_) {
    if (document->kind() == Document::Kind::kPython) root->session()->SetOverlay(path, document->text());
  }
  if (!root->configuration_file().empty()) AskToWatch(root->configuration_file());
  return root;
}

bool Analysis::IsInWorkspace(const std::string& path) const {
  return std::any_of(folders_.begin(), folders_.end(), [&](const Folder& one) {
    return one.path == "/" || absl::StartsWith(path, absl::StrCat(one.path, "/"));
  });
}

// Whether the client tells of this file, if it is asked. What it does not tell of is looked at.
bool Analysis::CanWatch(const std::string& configuration) const {
  if (client_.registers_watchers) return client_.watches_elsewhere || IsInWorkspace(configuration);
  return client_watches_ && IsInWorkspace(configuration) && driver::IsConfigFile(NameOfFile(configuration));
}

// A configuration file of another name or place than those that are watched anyway.
void Analysis::AskToWatch(const std::string& path) {
  const std::string name(NameOfFile(path));
  if (!client_.registers_watchers || !CanWatch(path)) return;
  if (driver::IsConfigFile(name) && IsInWorkspace(path)) return;
  if (!client_is_ready_ || !asked_to_watch_.insert(path).second) return;
  Json pattern = absl::StrCat("**/", name);
  if (client_.watches_elsewhere) pattern = {{"baseUri", UriOfPath(FolderOfFile(path))}, {"pattern", name}};
  connection_.Ask("client/registerCapability",
                  {{"registrations",
                    {{{"id", absl::StrCat("overt-file:", path)},
                      {"method", "workspace/didChangeWatchedFiles"},
                      {"registerOptions", {{"watchers", {{{"globPattern", std::move(pattern)}}}}}}}}}},
                  nullptr);
}

// Which files those are is known when they were read.
void Analysis::AskToWatchConfigurations() {
  if (!client_.registers_watchers) return;
  for (const auto& [folder, root] : roots_) {
    for (const std::string& path : root->ConfigurationFiles()) AskToWatch(path);
  }
}

void Analysis::ClientIsReady() {
  client_is_ready_ = true;
  AskToWatchConfigurations();
}

void Analysis::ClientWatches() {
  if (client_watches_) return;
  client_watches_ = true;
  watch_ = DiskWatch(started_);
  is_looking_ = false;
}

// The innermost folder of the workspace, or the file's own.
std::shared_ptr<const Root> Analysis::RootOf(const std::string& path) {
  std::string folder;
  for (const Folder& one : folders_) {
    const bool holds = one.path == "/" || absl::StartsWith(path, absl::StrCat(one.path, "/"));
    if (holds && one.path.size() > folder.size()) folder = one.path;
  }
  if (folder.empty()) folder = FolderOfFile(path);
  std::shared_ptr<const Root>& root = roots_[folder];
  if (root == nullptr) root = MakeRoot(folder);
  return root;
}

void Analysis::SetSettings(const std::string& folder, std::optional<EditorSettings> settings) {
  if (settings) {
    settings_[folder] = *std::move(settings);
  } else {
    settings_.erase(folder);
  }
  FollowLog();
  std::vector<std::string> changed;
  for (const auto& [name, root] : roots_) {
    if (!(root->settings() == SettingsOf(name))) changed.push_back(name);
  }
  Reload(changed);
}

void Analysis::SetFolders(std::vector<Folder> folders) {
  if (told_status_.is_null()) TellExtension("loading");
  folders_ = std::move(folders);
  FollowLog();
  for (const Folder& folder : folders_) {
    std::shared_ptr<const Root>& root = roots_[folder.path];
    if (root != nullptr) continue;
    root = MakeRoot(folder.path);
    connection_.Log(LogLevel::kInfo, absl::StrCat("overt ", driver::kVersion, " looks after ", folder.path));
  }
  WarnOfWideFolders();
  // Folders that are gone end with their last document.
  std::set<std::string> used;
  for (const Folder& folder : folders_) used.insert(folder.path);
  for (const auto& [path, document] : *open_) used.insert(RootOf(path)->folder());
  std::erase_if(roots_, [&](const auto& entry) { return !used.contains(entry.first); });
  environment_is_old_ = true;
  others_are_pulled_ = false;
  is_all_new_ = true;
  CheckAll();
}

void Analysis::WarnOfWideFolders() {
  for (const Folder& folder : folders_) {
    if (!roots_[folder.path]->is_too_wide() || !warned_of_.insert(folder.path).second) continue;
    const std::string text =
        absl::StrCat(folder.path, " is too wide a folder to be looked through: only open files are checked");
    connection_.Log(LogLevel::kWarning, text);
    Show(LogLevel::kWarning, text);
  }
}

// What people should see without looking for it, unless they would rather not.
void Analysis::Show(LogLevel level, const std::string& text) {
  if (!LetsThrough(SettingsOf("").notifications, level)) return;
  connection_.Notify("window/showMessage", {{"type", static_cast<int>(level)}, {"message", text}});
}

// The log that the settings ask for.
void Analysis::FollowLog() {
  const EditorSettings settings = SettingsOf("");
  const std::string around = folders_.empty() ? surroundings_.global.config.current_folder : folders_.front().path;
  const std::string path = settings.log_file ? PathFromSetting(*settings.log_file, around) : "";
  if (log_path_ != path || log_file_ == nullptr) log_file_ = std::make_shared<const LogFile>(path);
  connection_.FollowLog(settings.log_level, log_file_);
  if (log_path_ != path && !path.empty() && !log_file_->is_open()) {
    connection_.Log(LogLevel::kWarning, absl::StrCat("`overt.logFile`: this file cannot be written: ", path));
  }
  log_path_ = path;
}

void Analysis::ChangeFolders(const std::vector<Folder>& removed, std::vector<Folder> added) {
  std::vector<Folder> folders = folders_;
  RemoveFolders(folders, removed);
  AddFolders(folders, std::move(added));
  SetFolders(std::move(folders));
}

void Analysis::Change(std::shared_ptr<const Document> document) {
  auto next = std::make_shared<OpenDocuments>(*open_);
  const std::string path = document->path();
  if (const auto before = next->find(path); before == next->end()) {
    LookAtDiskSoon();
    pulled_.erase(document->uri());
  } else if (before->second->is_notebook()) {
    for (const Document::Pointer& cell : before->second->cells()) {
      const bool is_there =
          absl::c_any_of(document->cells(), [&](const auto& one) { return one->uri() == cell->uri(); });
      if (!is_there) SayNothingOf(*cell);
    }
  }
  // Of a notebook one cell was edited, and others may have other findings since.
  if (!document->is_notebook()) edited_.insert(path);
  (*next)[path] = std::move(document);
  open_ = std::move(next);
  dirty_.insert(path);
  CheckFirst(path);
}

// It is not shown any more.
void Analysis::SayNothingOf(const Document& document) {
  pulled_.erase(document.uri());
  if (said_.erase(document.uri()) == 0 || client_.pulls_diagnostics) return;
  connection_.Notify("textDocument/publishDiagnostics", {{"uri", document.uri()}, {"diagnostics", Json::array()}},
                     document.uri());
}

void Analysis::Close(const Document& closed, std::shared_ptr<const Document> heir) {
  const std::string& path = closed.path();
  SayNothingOf(closed);
  for (const Document::Pointer& cell : closed.cells()) SayNothingOf(*cell);
  const auto found = open_->find(path);
  if (found == open_->end() || (found->second->uri() != closed.uri() && heir != nullptr)) return;
  if (heir != nullptr) return Change(std::move(heir));
  auto next = std::make_shared<OpenDocuments>(*open_);
  next->erase(path);
  open_ = std::move(next);
  dirty_.erase(path);
  edited_.erase(path);
  interfaces_.erase(path);
  std::erase(to_check_, path);
  LookAtDiskSoon();
  if (closed.kind() == Document::Kind::kPython) {
    PutText(path, nullptr);
    // From here on the disk's text counts.
    const absl::StatusOr<std::string> saved = grammar::ReadFileBytes(path, size_t{10} << 20);
    if (!saved.ok() || *saved != *closed.text()) RefreshAfterPause();
  }
  CheckFirst("");
}

void Analysis::DiskChanged(const std::vector<DiskChange>& changes) {
  std::set<std::string> reloaded;
  std::vector<std::string> moved, modified;
  for (const DiskChange& change : changes) {
    watch_.Note(change.path);
    bool is_configuration = false;
    for (const auto& [name, root] : roots_) {
      if (!root->IsConfiguredBy(change.path)) continue;
      is_configuration = true;
      reloaded.insert(name);
    }
    if (NameOfFile(change.path) == driver::kBaselineName) continue;  // read anew when findings are
    if (driver::IsConfigFile(NameOfFile(change.path))) {
      // It holds for everything below its folder.
      const std::string folder = FolderOfFile(change.path);
      for (const auto& [name, root] : roots_) {
        if (root->Holds(folder) || absl::StartsWith(name, absl::StrCat(folder, "/"))) reloaded.insert(name);
      }
    } else if (is_configuration) {
      continue;
    } else if (ShapesImports(change)) {
      moved.push_back(change.path);
    } else {
      modified.push_back(change.path);
    }
  }
  Reload({reloaded.begin(), reloaded.end()});
  for (const auto& [name, root] : roots_) {
    if (reloaded.contains(name)) continue;
    if (!moved.empty()) {
      root->session()->FilesChanged(moved);
      root->families()->Forget();
    }
    if (!modified.empty()) root->session()->FilesModified(modified);
  }
  is_all_new_ = true;
  CheckAll();
  Refresh();
}

void Analysis::Reload(const std::vector<std::string>& folders) {
  if (folders.empty()) return;
  for (const std::string& folder : folders) {
    connection_.Log(LogLevel::kInfo, absl::StrCat(folder, ": settings or configuration are read anew"));
    std::shared_ptr<const Root>& root = roots_[folder];
    const std::shared_ptr<const Root> old = root;
    root = MakeRoot(folder);
    // A configuration file is read when a file below it is checked. Those that were wrong are read now: their problems
    // stand on the screen, though no such file may be open.
    for (const driver::ConfigProblem& problem : old->config()->problems()) {
      const std::string path = driver::AbsolutePath(problem.file, folder);
      root->config()->SettingsFor(absl::StrCat(FolderOfFile(path), "/overt.py"));
    }
  }
  is_all_new_ = true;
  CheckAll();
  Refresh();
}

// Whether anybody is told by itself what open documents' findings are, or that they are others now.
bool Analysis::ChecksByItself() const {
  return !client_.pulls_diagnostics || client_.refreshes_diagnostics || client_.refreshes_words() ||
         client_.knows_overt;
}

// `path` before the others, whose findings may be other ones now: those of other folders too, which may import it.
void Analysis::CheckFirst(const std::string& path) {
  if (!ChecksByItself()) return;
  others_are_pulled_ &= !path.empty() && client_.related_documents;
  std::deque<std::string> rest;
  std::swap(rest, to_check_);
  if (!path.empty()) to_check_.push_back(path);
  std::set<std::string> queued = {path};
  for (std::string& one : rest) {
    if (queued.insert(one).second) to_check_.push_back(std::move(one));
  }
  CheckAll();
}

void Analysis::CheckAll() {
  if (!ChecksByItself()) return;
  const std::set<std::string> queued(to_check_.begin(), to_check_.end());
  std::set<std::string> others;  // in one order, whatever the table's is
  for (const auto& [name, document] : *open_) {
    if (!queued.contains(name)) others.insert(name);
  }
  to_check_.insert(to_check_.end(), others.begin(), others.end());
}

// What the status item and the margin of our own extension show.
void Analysis::TellExtension(const char* phase) {
  if (!client_.knows_overt) return;
  if (environment_is_old_ || StringAt(told_status_, {"phase"}) != phase) {
    environment_is_old_ = false;
    Json status = {{"phase", phase}, {"environment", EnvironmentName()}};
    if (status != told_status_) connection_.Notify("overt/status", status, "overt/status");
    told_status_ = std::move(status);
  }
  if (!marks_are_old_ || !to_check_.empty()) return;
  marks_are_old_ = false;
  connection_.Notify("overt/gutterChanged", Json::object(), "overt/gutterChanged");
}

// "Python 3.13, environment /p/.venv": of the first folder. The version is the one that is checked for, which need not
// be the environment's.
std::string Analysis::EnvironmentName() {
  if (folders_.empty()) return "";
  const Root& root = *roots_[folders_.front().path];
  const driver::Snapshot snapshot = root.session()->SnapshotFor(absl::StrCat(root.folder(), "/overt.py"));
  const resolve::Environment& environment = snapshot.program->resolver().environment();
  return absl::StrCat("Python ", grammar::ToString(environment.version), ", ",
                      environment.prefix.empty() ? "no environment" : "environment ", environment.prefix);
}

// What the client has was found out from other files or settings than hold now.
void Analysis::Refresh() {
  marks_are_old_ = environment_is_old_ = findings_are_old_ = lenses_are_old_ = true;
  refresh_at_ = absl::InfinitePast();
}

// The same after an edit: lenses and hints, when typing pauses.
void Analysis::RefreshAfterPause() {
  lenses_are_old_ = true;
  refresh_at_ = absl::Now() + kRefreshPause;
}

absl::Duration Analysis::SendRefreshes() {
  findings_are_old_ &= client_.pulls_diagnostics && client_.refreshes_diagnostics;
  lenses_are_old_ &= client_.refreshes_words();
  if (!findings_are_old_ && !lenses_are_old_) return absl::InfiniteDuration();
  const absl::Duration left = refresh_at_ - absl::Now();
  if (left > absl::ZeroDuration()) return left;
  if (lenses_are_old_ && client_.refreshes_code_lenses) {
    connection_.Ask("workspace/codeLens/refresh", nullptr, nullptr);
  }
  if (lenses_are_old_ && client_.refreshes_inlay_hints) {
    connection_.Ask("workspace/inlayHint/refresh", nullptr, nullptr);
  }
  if (findings_are_old_) connection_.Ask("workspace/diagnostic/refresh", nullptr, nullptr);
  lenses_are_old_ = findings_are_old_ = false;
  return absl::InfiniteDuration();
}

// Edits reach the sessions here, so that of many only the last one costs anything.
void Analysis::Flush() {
  std::set<std::string> dirty;
  std::swap(dirty, dirty_);
  for (const std::string& path : dirty) {
    const auto document = open_->find(path);
    if (document == open_->end() || document->second->kind() != Document::Kind::kPython) continue;
    RootOf(path);
    PutText(path, document->second->text());
  }
}

// A document's text, or null for the disk's. Every session gets it: a class of one folder may derive from another's.
void Analysis::PutText(const std::string& path, const std::shared_ptr<const std::string>& text) {
  for (const auto& [name, root] : roots_) {
    driver::Session& session = *root->session();
    const bool may_lead_elsewhere = text != nullptr ? session.SetOverlay(path, text) : session.RemoveOverlay(path);
    if (may_lead_elsewhere) root->families()->Forget();
  }
  marks_are_old_ = true;
}

View Analysis::ViewFor(const std::string& path, const std::string& uri) {
  Flush();
  View view;
  view.open = open_;
  for (const Folder& folder : folders_) view.roots.push_back(roots_[folder.path]);
  for (const auto& [name, document] : *open_) view.root_of[name] = RootOf(name);
  if (path.empty()) return view;
  view.root = RootOf(path);
  bool is_python = driver::IsPythonFile(path);
  if (const auto found = open_->find(path); found != open_->end()) {
    view.document = found->second;
    is_python = found->second->kind() == Document::Kind::kPython;
    for (const Document::Pointer& cell : found->second->cells()) {
      if (cell->uri() == uri) view.document = cell;
    }
  }
  if (is_python) view.snapshot = view.root->session()->SnapshotFor(path);
  return view;
}

absl::Duration Analysis::Step() {
  Flush();
  if (!to_check_.empty()) {
    TellExtension("checking");
    BeginProgress();
    const std::string path = std::move(to_check_.front());
    to_check_.pop_front();
    StepFor(path);
    ++checked_;
    if (progress_) progress_->Reached(checked_, checked_ + to_check_.size());
  }
  if (!to_check_.empty()) return absl::ZeroDuration();
  EndProgress();
  others_are_pulled_ = true;
  if (client_.pulls_diagnostics) {
    CompareConfigProblems();
  } else {
    PublishConfigProblems();
  }
  TellEditorMistakes();
  AskToWatchConfigurations();
  TellExtension("ready");
  return std::min(SendRefreshes(), LookAtDisk());
}

// A client that pulls tells of its own work. After an edit little is looked at: nobody wants to hear of that.
void Analysis::BeginProgress() {
  if (!is_all_new_ || progress_ || client_.pulls_diagnostics || !client_.work_done_progress) return;
  checked_ = 0;
  progress_.emplace(connection_, client_, "overt: checking");
  run_aside_(progress_->Watch());
}

void Analysis::EndProgress() {
  if (!progress_) return;
  progress_.reset();
  is_all_new_ = false;
}

void Analysis::StepFor(const std::string& path) {
  const auto found = open_->find(path);
  if (found == open_->end()) return;
  const std::shared_ptr<const Document> document = found->second;
  const std::shared_ptr<const Root> root = RootOf(path);
  if (root->is_off()) {
    for (const Document::Pointer& shown : ShownOf(document)) Say(*shown, Json::array());
    return;
  }
  switch (KindIn(roots_, *document)) {
    case Document::Kind::kPython: {
      driver::CheckResult result = root->session()->Check({path}, {});
      if (result.files.empty()) return;
      const driver::FileReport report = root->Judged(std::move(result.files.front()));
      for (const Document::Pointer& shown : ShownOf(document)) {
        Say(*shown, WriteFindings(report, client_, *open_, shown->extent()));
      }
      return NoteInterface(*document, *root);
    }
    case Document::Kind::kConfiguration: {
      const std::vector<driver::ConfigProblem> problems = driver::CheckConfigText({path, path}, *document->text());
      return Say(*document, WriteConfigProblems(problems, *document->text(), client_));
    }
    case Document::Kind::kOther:
      // It may have been a configuration before.
      if (said_.contains(document->uri())) Say(*document, Json::array());
      return;
  }
}

// Pushes the findings of a document: an answer for each version, since a client may wait for it; the same findings of
// another document are not said again. A client that pulls is told to ask again, unless it does so by itself.
void Analysis::Say(const Document& document, Json items) {
  const bool asks_itself = edited_.erase(document.path()) > 0 || others_are_pulled_;
  std::string state = ResultId(items);
  if (!client_.pulls_diagnostics) absl::StrAppend(&state, " ", document.version());
  std::string& said = said_[document.uri()];
  if (said == state) return;
  said = std::move(state);
  if (!client_.pulls_diagnostics) {
    connection_.Notify("textDocument/publishDiagnostics",
                       {{"uri", document.uri()}, {"version", document.version()}, {"diagnostics", std::move(items)}},
                       document.uri());
  } else if (!asks_itself) {
    ComparePulled(document.uri());
  }
}

void Analysis::Pulled(const std::string& uri, const std::string& result_id) {
  if (result_id.empty()) return;
  pulled_[uri] = result_id;
  const bool is_waiting = std::any_of(to_check_.begin(), to_check_.end(), [&](const std::string& path) {
    const auto open = open_->find(path);
    return open != open_->end() &&
           absl::c_any_of(ShownOf(open->second), [&](const auto& shown) { return shown->uri() == uri; });
  });
  if (!is_waiting) ComparePulled(uri);
}

// Whether the client has other findings of a document than were found last: then it is asked to pull again.
void Analysis::ComparePulled(const std::string& uri) {
  const auto pulled = pulled_.find(uri);
  const auto said = said_.find(uri);
  if (pulled == pulled_.end() || said == said_.end() || pulled->second == said->second) return;
  findings_are_old_ = true;
  refresh_at_ = std::max(refresh_at_, absl::Now() + kRefreshPause);
}

// Lenses of other documents may count other classes and members than before.
void Analysis::NoteInterface(const Document& document, const Root& root) {
  if (!client_.refreshes_words()) return;
  const driver::Snapshot snapshot = root.session()->SnapshotFor(document.path());
  const FileId file = snapshot.program->FindFile(document.path());
  const bind::ModuleIndex* index = file.present() ? snapshot.program->IndexIfLoaded(file) : nullptr;
  const uint64_t hash = index == nullptr ? 0 : index->interface_hash();
  const auto [known, is_new] = interfaces_.try_emplace(document.path(), hash);
  if (known->second == hash) return;
  known->second = hash;
  if (open_->size() > 1) RefreshAfterPause();
}

// Problems of configuration files that are not open themselves, by path.
std::map<std::string, std::vector<driver::ConfigProblem>> Analysis::ConfigProblemsOfTheClosed() {
  std::map<std::string, std::vector<driver::ConfigProblem>> by_path;
  for (const auto& [folder, root] : roots_) {
    if (!root->is_off()) by_path.merge(root->ConfigProblems());
  }
  std::erase_if(by_path, [&](const auto& entry) { return open_->contains(entry.first); });
  return by_path;
}

// They are said where they are others than those that were said.
void Analysis::PublishConfigProblems() {
  const std::map<std::string, std::vector<driver::ConfigProblem>> by_path = ConfigProblemsOfTheClosed();
  std::map<std::string, std::string> said;
  std::swap(said, said_config_);
  for (const auto& [path, problems] : by_path) {
    const std::string uri = UriOfPath(path);
    std::string& state = said_config_[uri] = StateOf(problems);
    if (const auto before = said.find(uri); before != said.end() && before->second == state) continue;
    const std::string text = grammar::ReadFileBytes(path, size_t{10} << 20).value_or("");
    connection_.Notify("textDocument/publishDiagnostics",
                       {{"uri", uri}, {"diagnostics", WriteConfigProblems(problems, text, client_)}}, uri);
  }
  for (const auto& [uri, state] : said) {
    if (said_config_.contains(uri) || open_->contains(PathOfUri(uri).value_or(""))) continue;
    connection_.Notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", Json::array()}}, uri);
  }
}

// A client that pulls is given them with the workspace's findings, and asked to fetch those again. Not every one ever
// asks for the workspace: the log has them as well.
void Analysis::CompareConfigProblems() {
  std::set<std::string> problems;
  for (const auto& [path, some] : ConfigProblemsOfTheClosed()) {
    for (const driver::ConfigProblem& one : some) {
      const std::string place = one.line == 0 ? "" : absl::StrCat(":", one.line, ":", one.column);
      problems.insert(absl::StrCat(one.file, place, ": ", one.message));
    }
  }
  if (problems == pulled_config_) return;
  for (const std::string& one : problems) {
    if (!pulled_config_.contains(one)) connection_.Log(LogLevel::kWarning, one);
  }
  pulled_config_ = std::move(problems);
  findings_are_old_ = true;
  refresh_at_ = std::max(refresh_at_, absl::Now() + kRefreshPause);
}

// Mistakes in the configuration that the editor's settings hold, each when it is made; several folders may have it. One
// message for all of them is enough.
void Analysis::TellEditorMistakes() {
  std::set<std::string> mistakes;
  for (const auto& [folder, root] : roots_) {
    if (root->is_off()) continue;
    for (std::string& one : root->EditorMistakes()) mistakes.insert(std::move(one));
  }
  std::vector<std::string> news;
  absl::c_set_difference(mistakes, editor_mistakes_, std::back_inserter(news));
  editor_mistakes_ = std::move(mistakes);
  if (news.empty()) return;
  for (const std::string& one : news) connection_.Log(LogLevel::kError, one);
  const std::string others = news.size() == 1 ? "" : absl::StrCat(" (and ", news.size() - 1, " more, in the log)");
  Show(LogLevel::kError, absl::StrCat(news.front(), others));
}

// What the sessions read, and what their next answers may depend on: as far as the client does not tell.
void Analysis::Follow() {
  for (const auto& [folder, root] : roots_) {
    for (const std::string& path : root->ConfigurationFiles()) {
      if (!CanWatch(path)) watch_.FollowFile(path);
    }
  }
  if (client_.registers_watchers || client_watches_) return;
  for (const Folder& folder : folders_) {
    if (!roots_[folder.path]->is_too_wide()) watch_.FollowTree(folder.path);
  }
  std::set<const program::Program*> done;
  for (const auto& [path, document] : *open_) {
    if (document->kind() != Document::Kind::kPython) continue;
    const driver::Snapshot snapshot = RootOf(path)->session()->SnapshotFor(path);
    if (!done.insert(snapshot.program.get()).second) continue;
    for (uint32_t number = 0; number < snapshot.program->file_count(); ++number) {
      const program::FileInfo& info = snapshot.program->file(FileId(number));
      if (!info.is_bundled && snapshot.program->IsLoaded(FileId(number))) watch_.FollowFolder(FolderOfFile(info.path));
    }
    const resolve::Environment& environment = snapshot.program->resolver().environment();
    if (!environment.prefix.empty()) watch_.FollowFolder(environment.prefix);
    for (const resolve::SearchPath& one : environment.paths) watch_.FollowFolder(one.folder);
  }
}

// For clients that watch no files, or not all: at the disk now and then, a few folders at a time.
absl::Duration Analysis::LookAtDisk() {
  const absl::Duration left = look_at_ - absl::Now();
  if (left > absl::ZeroDuration()) return left;
  if (!is_looking_) Follow();
  if (!watch_.follows_anything()) return absl::InfiniteDuration();
  is_looking_ = !watch_.Look(&seen_);
  if (is_looking_) return absl::ZeroDuration();
  look_at_ = absl::Now() + kBetweenLooks;
  if (seen_.empty()) return kBetweenLooks;
  std::vector<DiskChange> changes;
  std::swap(changes, seen_);
  DiskChanged(changes);
  return absl::ZeroDuration();
}

}  // namespace overt::lsp
