#include "checker/driver/scope.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/config_file.h"
#include "checker/driver/file_finder.h"
#include "checker/driver/terminal.h"
#include "checker/resolve/disk.h"
#include "grammar/source/disk_view.h"
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

// As an overlay is wanted: in UTF-8. What is damaged stays as it is, so that the check finds the damage.
std::shared_ptr<const std::string> OverlayOf(const std::string& bytes) {
  const grammar::SourceFile source = grammar::SourceFile::Decode(bytes);
  const bool is_other = source.encoding() != "utf-8" && source.problems().empty();
  return std::make_shared<const std::string>(is_other ? std::string(source.text()) : bytes);
}

// A path that the user wrote, and where it leads.
struct NamedPath {
  std::string word;
  std::string path;  // absolute, links resolved: git knows files by their real folders only
};

std::string WithRealFolders(const std::string& path) {
  if (resolve::IsFolder(path)) return resolve::RealPath(path);
  const std::string parent = resolve::Parent(path);
  if (parent == path) return path;
  return resolve::CleanPath("/", absl::StrCat(WithRealFolders(parent), "/", resolve::BaseName(path)));
}

// Asks git what changed, and shows the session what git has.
class ChangeFinder {
 public:
  ChangeFinder(const Git& git, Session& session, const ScopeRequest& request)
      : git_(git), session_(session), request_(request), base_(git.head()) {}

  absl::StatusOr<Focus> Find(const std::vector<NamedPath>& named, std::optional<StagedChange> staged) && {
    focus_.is_change = true;
    focus_.scope = request_.scope.value_or(Scope::kAffected);
    absl::Status found;
    if (staged) {
      TakeStaged(*std::move(staged));
    } else {
      found = FindChanges();
    }
    if (found.ok()) found = CheckNames(named);
    if (!found.ok()) return found;
    focus_.nothing_changed = changes_.empty() && focus_.scope != Scope::kProject;
    if (focus_.nothing_changed) return std::move(focus_);
    if (found = CheckConflicts(); !found.ok()) return found;
    if (found = FindTexts(); !found.ok()) return found;
    for (const Change& change : changes_) {
      focus_.touched.push_back(change.path);
      focus_.files_came_or_went |= change.kind != Change::Kind::kModified;
    }
    absl::c_sort(focus_.touched);
    FindFiles(named);
    focus_.nothing_changed = focus_.touched.empty() && focus_.scope != Scope::kProject;
    return std::move(focus_);
  }

 private:
  absl::Status FindChanges() {
    std::optional<std::string> since = request_.revision;
    if (!since && git_.has_commits()) {
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
    if (since) base_ = *since;
    absl::StatusOr<std::vector<Change>> changes = git_.ChangedSince(since);
    if (!changes.ok()) return changes.status();
    changes_ = *std::move(changes);
    std::erase_if(changes_, [](const Change& change) { return !IsPythonFile(change.path); });
    return absl::OkStatus();
  }

  void TakeStaged(StagedChange staged) {
    changes_ = std::move(staged.changes);
    index_ = std::move(staged.index);
    std::erase_if(index_.unstaged, [](const GitIndex::Unstaged& one) { return !IsPythonFile(one.path); });
  }

  absl::Status CheckConflicts() const {
    if (index_.conflicted.empty()) return absl::OkStatus();
    const size_t more = index_.conflicted.size() - 1;
    return absl::FailedPreconditionError(
        absl::StrCat("the index has conflicts that are not resolved: ", index_.conflicted.front(),
                     more == 0 ? "" : absl::StrCat(" and ", more, " more"), "; resolve them and `git add` them"));
  }

  // A path may be gone from the disk if git knows it: what was deleted there is part of the change. Any other is a
  // mistake, such as the revision behind `--changed ` instead of `--changed=`.
  absl::Status CheckNames(const std::vector<NamedPath>& named) {
    for (const NamedPath& one : named) {
      if (IsOnDisk(one.path)) continue;
      const absl::StatusOr<bool> is_known = git_.Knows(one.path, base_);
      if (!is_known.ok()) return is_known.status();
      gone_.push_back(one.path);
      if (*is_known) continue;
      const bool is_revision = git_.CommitOf(one.word).ok();
      return absl::NotFoundError(absl::StrCat(
          "no such file: ", one.word,
          is_revision ? absl::StrCat("; to compare with a revision write `--changed=", one.word, "`") : ""));
    }
    return absl::OkStatus();
  }

  void FindFiles(const std::vector<NamedPath>& named) {
    std::vector<std::string> paths;
    paths.reserve(named.size());
    for (const NamedPath& one : named) paths.push_back(one.path);
    focus_.found = session_.FindFiles(paths);
    std::erase_if(focus_.found.skipped,
                  [&](const FoundFiles::Skipped& one) { return absl::c_linear_search(gone_, one.path); });
    if (request_.staged) KeepOnly(index_.files, focus_.found.files);
    if (focus_.scope == Scope::kFiles) KeepOnly(focus_.touched, focus_.found.files);
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
    for (const GitIndex::Unstaged& one : index_.unstaged) {
      view.texts[one.path] = OverlayOf(*next);
      focus_.bytes[one.path] = std::make_shared<const std::string>(std::move(*next++));
      focus_.partly_staged.push_back(one.path);
    }
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
    focus_.seen = view;
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
    focus_.before->texts[change.path] = OverlayOf(*text);
    return true;
  }

  const Git& git_;
  Session& session_;
  const ScopeRequest& request_;
  std::string base_;  // what is compared with; empty before the first commit
  Focus focus_;
  std::vector<Change> changes_;
  std::vector<std::string> gone_;  // named, and not on the disk
  GitIndex index_;
};

absl::StatusOr<Git> FindGit(const std::string& folder, const std::atomic<bool>* cancel) {
  return Git::Find(folder, EnvironmentVariable("PATH").value_or(""), cancel);
}

absl::StatusOr<Focus> FocusOfChange(Workspace& workspace, const std::vector<std::string>& paths,
                                    const ScopeRequest& request, std::optional<StagedChange> staged,
                                    const std::atomic<bool>* cancel) {
  std::optional<Git> git;
  if (staged) {
    git = staged->git;
  } else {
    absl::StatusOr<Git> found = FindGit(workspace.start_folder(), cancel);
    if (!found.ok()) return found.status();
    git = *std::move(found);
  }
  std::vector<NamedPath> named;
  const std::vector<std::string> absolute = workspace.Absolute(paths);
  for (size_t i = 0; i < absolute.size(); ++i) {
    named.push_back({i < paths.size() ? paths[i] : "", WithRealFolders(absolute[i])});
    const std::string& path = named.back().path;
    if (!IsInside(path, git->root())) {
      return absl::InvalidArgumentError(absl::StrCat(path, ": outside of the git repository ", git->root()));
    }
  }
  return ChangeFinder(*git, workspace.session(), request).Find(named, std::move(staged));
}

// A file whose text decides what is checked, by which rules, and what is accepted. A baseline of another kind of name
// is not told from other data.
bool IsOfConfiguration(absl::string_view path) {
  const std::string name = resolve::BaseName(path);
  const bool is_baseline = absl::StrContains(name, "baseline") && absl::EndsWith(name, ".json");
  return IsConfigFile(name) || name == ".gitignore" || is_baseline;
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

absl::StatusOr<StagedChange> SeeStaged(const std::string& current_folder, const std::atomic<bool>* cancel) {
  absl::StatusOr<Git> git = FindGit(current_folder, cancel);
  if (!git.ok()) return git.status();
  absl::StatusOr<std::vector<Change>> changes = git->Staged();
  if (!changes.ok()) return changes.status();
  absl::StatusOr<GitIndex> index = git->Index();
  if (!index.ok()) return index.status();
  StagedChange staged{*std::move(git), *std::move(changes), *std::move(index)};
  std::erase_if(staged.changes, [](const Change& change) { return !IsPythonFile(change.path); });
  std::vector<std::string> paths, blobs;
  for (const GitIndex::Unstaged& one : staged.index.unstaged) {
    if (!IsOfConfiguration(one.path)) continue;
    paths.push_back(one.path);
    blobs.push_back(one.blob);
  }
  absl::StatusOr<std::vector<std::string>> contents = staged.git.Contents(blobs);
  if (!contents.ok()) return contents.status();
  absl::flat_hash_map<std::string, std::string> shown;
  for (size_t i = 0; i < paths.size(); ++i) shown[paths[i]] = std::move((*contents)[i]);
  grammar::DiskView::Show(std::move(shown));
  return staged;
}

absl::StatusOr<Focus> FindFocus(Workspace& workspace, const std::vector<std::string>& paths,
                                const ScopeRequest& request, std::optional<StagedChange> staged,
                                const std::atomic<bool>* cancel) {
  if (request.staged || request.changed) return FocusOfChange(workspace, paths, request, std::move(staged), cancel);
  return FocusOfPaths(workspace, workspace.Absolute(paths), request);
}

Focus FocusOfInput(Workspace& workspace, const std::string& path, std::string bytes) {
  Focus focus;
  FileView view;
  view.texts[path] = OverlayOf(bytes);
  focus.bytes[path] = std::make_shared<const std::string>(std::move(bytes));
  focus.seen = view;
  workspace.session().SetView(std::move(view));
  focus.found.files = {path};
  if (workspace.config().SettingsFor(path)->source.force_exclude) {
    focus.found.files = workspace.session().FindFiles({path}).files;
  }
  return focus;
}

}  // namespace overt::driver
