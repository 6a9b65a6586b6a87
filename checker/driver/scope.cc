#include "checker/driver/scope.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/file_finder.h"
#include "checker/driver/git.h"
#include "checker/driver/terminal.h"
#include "checker/resolve/disk.h"
#include "grammar/source/source_file.h"

namespace overt::driver {
namespace {

using Change = GitChange;
using resolve::IsInside;

bool IsOnDisk(const std::string& path) {
  struct stat status{};
  return lstat(path.c_str(), &status) == 0;
}

void KeepOnly(const std::vector<std::string>& wanted /* sorted */, std::vector<std::string>& files) {
  std::erase_if(files, [&](const std::string& file) { return !absl::c_binary_search(wanted, file); });
}

// Asks git what changed, and shows the session what git has.
class ChangeFinder {
 public:
  ChangeFinder(Git git, Session& session, const ScopeRequest& request)
      : git_(std::move(git)), session_(session), request_(request) {}

  absl::StatusOr<Focus> Find(const std::vector<std::string>& paths) && {
    focus_.is_change = true;
    focus_.scope = request_.scope.value_or(Scope::kAffected);
    if (absl::Status found = FindChanges(); !found.ok()) return found;
    focus_.nothing_changed = changes_.empty() && focus_.scope != Scope::kProject;
    if (focus_.nothing_changed) return std::move(focus_);
    if (request_.staged) {
      if (absl::Status found = FindIndex(); !found.ok()) return found;
    }
    if (absl::Status found = FindTexts(); !found.ok()) return found;
    for (const Change& change : changes_) {
      focus_.touched.push_back(change.path);
      focus_.files_came_or_went |= change.kind != Change::Kind::kModified;
    }
    absl::c_sort(focus_.touched);
    focus_.found = session_.FindFiles(paths);
    if (request_.staged) KeepOnly(index_.files, focus_.found.files);
    if (focus_.scope == Scope::kFiles) KeepOnly(focus_.touched, focus_.found.files);
    focus_.nothing_changed = focus_.touched.empty() && focus_.scope != Scope::kProject;
    return std::move(focus_);
  }

 private:
  absl::Status FindChanges() {
    std::optional<std::string> since = request_.revision;
    if (request_.changed && !since && git_.has_commits()) {
      absl::StatusOr<std::string> base = git_.DefaultBase();
      if (!base.ok()) return base.status();
      if (base->empty()) {
        focus_.remark =
            "git knows no commit in common with a default branch (origin/HEAD, main, master): compared with the last "
            "one";
      } else {
        since = *std::move(base);
      }
    }
    absl::StatusOr<std::vector<Change>> changes = request_.staged ? git_.Staged() : git_.ChangedSince(since);
    if (!changes.ok()) return changes.status();
    changes_ = *std::move(changes);
    std::erase_if(changes_, [](const Change& change) { return !IsPythonFile(change.path); });
    return absl::OkStatus();
  }

  absl::Status FindIndex() {
    absl::StatusOr<GitIndex> index = git_.Index();
    if (!index.ok()) return index.status();
    index_ = *std::move(index);
    if (!index_.conflicted.empty()) {
      const size_t more = index_.conflicted.size() - 1;
      return absl::FailedPreconditionError(
          absl::StrCat("the index has conflicts that are not resolved: ", index_.conflicted.front(),
                       more == 0 ? "" : absl::StrCat(" and ", more, " more"), "; resolve them and `git add` them"));
    }
    std::erase_if(index_.unstaged, [](const GitIndex::Unstaged& one) { return !IsPythonFile(one.path); });
    return absl::OkStatus();
  }

  // What the session shall see, and what was there before: all blobs with one question.
  absl::Status FindTexts() {
    std::vector<std::string> blobs;
    blobs.reserve(index_.unstaged.size() + changes_.size());
    for (const GitIndex::Unstaged& one : index_.unstaged) blobs.push_back(one.blob);
    for (const Change& change : changes_) {
      if (!change.blob_before.empty()) blobs.push_back(change.blob_before);
    }
    absl::StatusOr<std::vector<std::string>> contents = git_.Contents(blobs);
    if (!contents.ok()) return contents.status();
    auto next = contents->begin();
    FileView view;
    for (const GitIndex::Unstaged& one : index_.unstaged)
      view.texts[one.path] = std::make_shared<const std::string>(std::move(*next++));
    for (const GitIndex::Unstaged& one : index_.unstaged) focus_.partly_staged.push_back(one.path);
    focus_.before.emplace();
    std::erase_if(changes_, [&](const Change& change) {
      std::string* const text = change.blob_before.empty() ? nullptr : &*next++;
      return !NoteBefore(change, text);
    });
    if (!request_.staged) return absl::OkStatus();
    for (const Change& change : changes_) {
      const bool is_gone = change.kind == Change::Kind::kDeleted;
      if (is_gone && IsOnDisk(change.path)) view.hidden.push_back(change.path);
    }
    session_.SetView(std::move(view));
    return absl::OkStatus();
  }

  // Whether the file is another one now: git compares times of files before it compares texts.
  bool NoteBefore(const Change& change, std::string* text) {
    if (text == nullptr) {
      focus_.before->hidden.push_back(change.path);
      return true;
    }
    if (!request_.staged && change.kind == Change::Kind::kModified) {
      const absl::StatusOr<std::string> now = grammar::ReadFileBytes(change.path, text->size());
      if (now.ok() && *now == *text) return false;
    }
    focus_.before->texts[change.path] = std::make_shared<const std::string>(std::move(*text));
    return true;
  }

  const Git git_;
  Session& session_;
  const ScopeRequest& request_;
  Focus focus_;
  std::vector<Change> changes_;
  GitIndex index_;
};

absl::StatusOr<Focus> FocusOfChange(Workspace& workspace, std::vector<std::string> paths, const ScopeRequest& request,
                                    const std::atomic<bool>* cancel) {
  absl::StatusOr<Git> git = Git::Find(workspace.current_folder(), EnvironmentVariable("PATH").value_or(""), cancel);
  if (!git.ok()) return git.status();
  // git knows files by their real folders only.
  for (std::string& path : paths) {
    path = absl::StrCat(resolve::RealPath(resolve::Parent(path)), "/", resolve::BaseName(path));
    path = resolve::CleanPath("/", resolve::IsFolder(path) ? resolve::RealPath(path) : path);
    if (!IsInside(path, git->root())) {
      return absl::InvalidArgumentError(absl::StrCat(path, ": outside of the git repository ", git->root()));
    }
  }
  return ChangeFinder(*std::move(git), workspace.session(), request).Find(paths);
}

// Without git: the paths are the change, and their projects are where it may be felt.
Focus FocusOfPaths(Workspace& workspace, const std::vector<std::string>& paths, const ScopeRequest& request) {
  Focus focus;
  focus.scope = request.scope.value_or(Scope::kProject);
  focus.found = workspace.session().FindFiles(paths);
  if (focus.scope != Scope::kAffected) return focus;
  focus.touched = focus.found.files;
  std::vector<std::string> projects;
  for (const std::string& file : focus.touched) {
    const std::string& project = workspace.config().SettingsFor(file)->project;
    if (IsInside(file, project) && !absl::c_linear_search(projects, project)) projects.push_back(project);
  }
  FoundFiles around = workspace.session().FindFiles(projects);
  std::vector<std::string>& files = focus.found.files;
  files.insert(files.end(), around.files.begin(), around.files.end());
  absl::c_sort(files);
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return focus;
}

}  // namespace

absl::StatusOr<Focus> FindFocus(Workspace& workspace, const std::vector<std::string>& paths,
                                const ScopeRequest& request, const std::atomic<bool>* cancel) {
  if (request.staged && request.changed) {
    return absl::InvalidArgumentError("`--staged` and `--changed` exclude each other");
  }
  std::vector<std::string> absolute = workspace.Absolute(paths);
  if (request.staged || request.changed) return FocusOfChange(workspace, std::move(absolute), request, cancel);
  return FocusOfPaths(workspace, absolute, request);
}

}  // namespace overt::driver
