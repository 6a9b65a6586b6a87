#include "checker/lsp/analysis.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/config_file.h"
#include "checker/driver/file_finder.h"
#include "checker/driver/terminal.h"
#include "checker/lsp/uri.h"
#include "grammar/source/source_file.h"

namespace overt::lsp {
namespace {

std::string FolderOfFile(const std::string& path) { return path.substr(0, std::max<size_t>(path.rfind('/'), 1)); }

absl::string_view NameOfFile(absl::string_view path) { return path.substr(path.rfind('/') + 1); }

// What may decide where imports lead, apart from which modules there are.
bool ShapesImports(absl::string_view path) {
  return !driver::IsPythonFile(path) || absl::StartsWith(NameOfFile(path), "__init__.");
}

}  // namespace

EditorSettings Analysis::SettingsOf(const std::string& folder) const {
  for (const std::string& scope : {folder, std::string()}) {
    if (const auto found = settings_.find(scope); found != settings_.end()) return found->second;
  }
  return defaults_;
}

std::shared_ptr<const Root> Analysis::MakeRoot(const std::string& folder) const {
  return std::make_shared<const Root>(folder, SettingsOf(folder), surroundings_);
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

void Analysis::SetSettings(const std::string& folder, EditorSettings settings) {
  std::vector<std::string> changed;
  settings_[folder] = std::move(settings);
  for (const auto& [name, root] : roots_) {
    if (!(root->settings() == SettingsOf(name))) changed.push_back(name);
  }
  Reload(changed);
}

void Analysis::SetFolders(std::vector<Folder> folders) {
  folders_ = std::move(folders);
  for (const Folder& folder : folders_) {
    std::shared_ptr<const Root>& root = roots_[folder.path];
    if (root == nullptr) root = MakeRoot(folder.path);
    if (!root->is_too_wide()) continue;
    connection_.Log(LogLevel::kWarning, absl::StrCat(folder.path, " is too wide a folder to be looked through: only ",
                                                     "open files are checked"));
  }
  // Documents may belong elsewhere now; folders that are gone end with their last document.
  for (const auto& [path, document] : *open_) {
    const auto placed = placed_.find(path);
    if (placed == placed_.end() || placed->second == RootOf(path)) continue;
    placed->second->session()->RemoveOverlay(path);
    placed_.erase(placed);
    dirty_[path] = true;
  }
  std::set<std::string> used;
  for (const Folder& folder : folders_) used.insert(folder.path);
  for (const auto& [path, document] : *open_) used.insert(RootOf(path)->folder());
  std::erase_if(roots_, [&](const auto& entry) { return !used.contains(entry.first); });
  CheckAll();
}

void Analysis::ChangeFolders(const std::vector<Folder>& removed, std::vector<Folder> added) {
  std::vector<Folder> folders = folders_;
  std::erase_if(folders, [&](const Folder& folder) {
    return std::any_of(removed.begin(), removed.end(), [&](const Folder& gone) { return gone.path == folder.path; });
  });
  for (Folder& folder : added) folders.push_back(std::move(folder));
  SetFolders(std::move(folders));
}

void Analysis::Put(std::shared_ptr<const Document> document) {
  auto next = std::make_shared<OpenDocuments>(*open_);
  const std::string path = document->path();
  (*next)[path] = std::move(document);
  open_ = std::move(next);
  dirty_[path] = true;
  CheckFirst(path, *RootOf(path));
}

void Analysis::Open(std::shared_ptr<const Document> document) { Put(std::move(document)); }
void Analysis::Change(std::shared_ptr<const Document> document) { Put(std::move(document)); }

void Analysis::Close(const std::string& path) {
  const auto found = open_->find(path);
  if (found == open_->end()) return;
  const std::shared_ptr<const Document> document = found->second;
  auto next = std::make_shared<OpenDocuments>(*open_);
  next->erase(path);
  open_ = std::move(next);
  dirty_.erase(path);
  std::erase(to_check_, path);
  const std::shared_ptr<const Root> root = RootOf(path);
  if (const auto placed = placed_.find(path); placed != placed_.end()) {
    placed->second->session()->RemoveOverlay(path);
    placed_.erase(placed);
  }
  if (!client_.pulls_diagnostics && published_.erase(document->uri()) > 0) {
    connection_.Notify("textDocument/publishDiagnostics", {{"uri", document->uri()}, {"diagnostics", Json::array()}},
                       document->uri());
  }
  if (document->kind() == Document::Kind::kConfiguration) config_uris_.erase(root->folder());
  CheckFirst("", *root);
}

void Analysis::DiskChanged(const std::vector<DiskChange>& changes) {
  std::set<std::string> reloaded;
  std::vector<std::string> moved, modified;
  for (const DiskChange& change : changes) {
    if (driver::IsConfigFile(NameOfFile(change.path))) {
      // Governs everything below its folder.
      const std::string folder = FolderOfFile(change.path);
      for (const auto& [name, root] : roots_) {
        if (root->Governs(folder) || absl::StartsWith(name, absl::StrCat(folder, "/"))) reloaded.insert(name);
      }
    } else if (change.kind != DiskChange::Kind::kModified || ShapesImports(change.path)) {
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
  CheckAll();
  Refresh();
}

void Analysis::Reload(const std::vector<std::string>& folders) {
  if (folders.empty()) return;
  for (const std::string& folder : folders) roots_[folder] = MakeRoot(folder);
  for (auto placed = placed_.begin(); placed != placed_.end();) {
    if (placed->second == RootOf(placed->first)) {
      ++placed;
    } else {
      dirty_[placed->first] = true;
      placed = placed_.erase(placed);
    }
  }
  CheckAll();
  Refresh();
}

// `path` before the others of its folder, whose findings may be other ones now.
void Analysis::CheckFirst(const std::string& path, const Root& root) {
  if (client_.pulls_diagnostics) return;
  std::deque<std::string> rest;
  std::swap(rest, to_check_);
  if (!path.empty()) to_check_.push_back(path);
  std::set<std::string> queued = {path};
  for (std::string& one : rest) {
    if (queued.insert(one).second) to_check_.push_back(std::move(one));
  }
  std::set<std::string> others;  // in one order, whatever the table's is
  for (const auto& [name, document] : *open_) {
    if (!queued.contains(name) && RootOf(name).get() == &root) others.insert(name);
  }
  to_check_.insert(to_check_.end(), others.begin(), others.end());
}

void Analysis::CheckAll() {
  if (client_.pulls_diagnostics) return;
  const std::set<std::string> queued(to_check_.begin(), to_check_.end());
  std::set<std::string> others;
  for (const auto& [name, document] : *open_) {
    if (!queued.contains(name)) others.insert(name);
  }
  to_check_.insert(to_check_.end(), others.begin(), others.end());
}

// What the status item and the margin of our own extension show.
void Analysis::TellExtension(const char* phase) {
  if (!client_.knows_overt) return;
  if (told_phase_ != phase) {
    told_phase_ = phase;
    connection_.Notify("overt/status", {{"phase", phase}, {"environment", EnvironmentName()}}, "overt/status");
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

void Analysis::Refresh() {
  marks_are_old_ = true;
  if (client_.refreshes_code_lenses) connection_.Ask("workspace/codeLens/refresh", nullptr, nullptr);
  if (client_.pulls_diagnostics && client_.refreshes_diagnostics) {
    connection_.Ask("workspace/diagnostic/refresh", nullptr, nullptr);
  }
}

// Edits reach the session here, so that of many only the last one costs anything.
void Analysis::Flush() {
  std::map<std::string, bool> dirty;
  std::swap(dirty, dirty_);
  for (const auto& [path, is_dirty] : dirty) {
    const auto document = open_->find(path);
    if (document == open_->end() || document->second->kind() != Document::Kind::kPython) continue;
    const std::shared_ptr<const Root> root = RootOf(path);
    root->session()->SetOverlay(path, document->second->text());
    marks_are_old_ = true;
    placed_[path] = root;
  }
}

View Analysis::ViewFor(const std::string& path) {
  Flush();
  View view;
  view.open = open_;
  for (const Folder& folder : folders_) view.roots.push_back(roots_[folder.path]);
  if (path.empty()) return view;
  view.root = RootOf(path);
  if (const auto found = open_->find(path); found != open_->end()) {
    view.document = found->second;
    if (found->second->kind() == Document::Kind::kPython) view.snapshot = view.root->session()->SnapshotFor(path);
  }
  return view;
}

bool Analysis::Step() {
  Flush();
  if (!to_check_.empty()) {
    TellExtension("checking");
    const std::string path = std::move(to_check_.front());
    to_check_.pop_front();
    StepFor(path);
  }
  if (!to_check_.empty()) return true;
  TellExtension("ready");
  return false;
}

void Analysis::StepFor(const std::string& path) {
  const auto found = open_->find(path);
  if (found == open_->end()) return;
  const std::shared_ptr<const Document> document = found->second;
  const std::shared_ptr<const Root> root = RootOf(path);
  if (!root->settings().enable || root->settings().mode == EditorSettings::Mode::kOff) {
    return Publish(*document, Json::array());
  }
  switch (document->kind()) {
    case Document::Kind::kPython: {
      const driver::CheckResult result = root->session()->Check({path}, {});
      if (result.files.empty()) return;
      Publish(*document, WriteFindings(result.files.front(), client_, *open_));
      return PublishConfigProblems(*root);
    }
    case Document::Kind::kConfiguration: {
      const std::vector<driver::ConfigProblem> problems = driver::CheckConfigText({path, path}, *document->text());
      return Publish(*document, WriteConfigProblems(problems, *document->text(), client_));
    }
    case Document::Kind::kOther: return;
  }
}

// An answer for each version, since a client may wait for it; the same findings of another document are not said again.
void Analysis::Publish(const Document& document, Json items) {
  const std::string state = absl::StrCat(ResultId(items), " ", document.version());
  std::string& published = published_[document.uri()];
  if (published == state) return;
  published = state;
  connection_.Notify("textDocument/publishDiagnostics",
                     {{"uri", document.uri()}, {"version", document.version()}, {"diagnostics", std::move(items)}},
                     document.uri());
}

// Problems of configuration files that are not open themselves.
void Analysis::PublishConfigProblems(const Root& root) {
  std::map<std::string, std::vector<driver::ConfigProblem>> by_path;
  for (const driver::ConfigProblem& problem : root.config()->problems()) {
    if (!problem.file.empty()) by_path[driver::AbsolutePath(problem.file, root.folder())].push_back(problem);
  }
  std::vector<std::string>& uris = config_uris_[root.folder()];
  std::vector<std::string> now;
  for (const auto& [path, problems] : by_path) {
    if (open_->contains(path)) continue;
    now.push_back(UriOfPath(path));
    if (std::find(uris.begin(), uris.end(), now.back()) != uris.end()) continue;
    const std::string text = grammar::ReadFileBytes(path, size_t{10} << 20).value_or("");
    connection_.Notify("textDocument/publishDiagnostics",
                       {{"uri", now.back()}, {"diagnostics", WriteConfigProblems(problems, text, client_)}},
                       now.back());
  }
  for (const std::string& uri : uris) {
    if (std::find(now.begin(), now.end(), uri) != now.end()) continue;
    const std::optional<std::string> path = PathOfUri(uri);
    if (path && open_->contains(*path)) continue;
    connection_.Notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", Json::array()}}, uri);
  }
  uris = std::move(now);
}

}  // namespace overt::lsp
