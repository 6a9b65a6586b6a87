// What git knows of a working tree: the only program that overt ever starts, and only for `--changed`, `--staged`
// and `overt diff`.
//
//   auto git = Git::Find(folder, path, nullptr);
//   git->Staged()    -> {"/p/src/base.py" modified, "/p/src/old.py" deleted, …}
//   git->Index()     -> the files that the next commit has, and where the working tree differs from it
//
// Plumbing commands only, with everything switched off by which a repository could start another program: hooks,
// fsmonitor, external diff and text conversion, clean and smudge filters, pagers, fetching of missing objects. git's
// own rules stay in force (`safe.directory`). The program is taken from PATH by its absolute path, never one that lies
// in the working tree. Paths are bytes; nothing here looks at contents. Submodules are files of other repositories.
#ifndef OVERT_CHECKER_DRIVER_GIT_H_
#define OVERT_CHECKER_DRIVER_GIT_H_

#include <atomic>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace overt::driver {

struct GitChange {
  enum class Kind : uint8_t { kAdded, kModified, kDeleted };  // a rename is a deletion and an addition
  Kind kind = Kind::kModified;
  std::string path;         // absolute
  std::string blob_before;  // the object that held its contents; empty if it was no file before
};

// What the next commit has.
struct GitIndex {
  std::vector<std::string> files;  // absolute, sorted
  // Files whose working tree side is another, or is not there; `blob` is what the commit will hold.
  struct Unstaged {
    std::string path;
    std::string blob;
    bool is_deleted = false;
  };
  std::vector<Unstaged> unstaged;       // sorted by path
  std::vector<std::string> conflicted;  // during a merge: absolute, sorted
};

class Git {
 public:
  // The repository whose working tree holds `folder`. `path_variable` is PATH. Errors are for people: no git, no
  // working tree, git's own message. `cancel` (optional) stops a git that is running, then and later.
  static absl::StatusOr<Git> Find(const std::string& folder, absl::string_view path_variable,
                                  const std::atomic<bool>* cancel);

  const std::string& root() const { return root_; }  // absolute, links resolved
  bool has_commits() const { return !head_.empty(); }
  const std::string& head() const { return head_; }  // empty before the first commit

  // The commit at which HEAD left the default branch (`origin/HEAD`, `main`, `master`); empty if none of them is known,
  // as in the shallow clones of CI systems.
  absl::StatusOr<std::string> DefaultBase() const;
  // The working tree against a revision (HEAD if none is given), files that git does not know and does not ignore
  // included.
  absl::StatusOr<std::vector<GitChange>> ChangedSince(const std::optional<std::string>& revision) const;
  // The index against HEAD.
  absl::StatusOr<std::vector<GitChange>> Staged() const;
  absl::StatusOr<GitIndex> Index() const;
  // The commit that a revision names; an error where there is none.
  absl::StatusOr<std::string> CommitOf(const std::string& revision) const;
  // Whether a file of the index, or of the commit (may be empty), has this path or lies below it.
  absl::StatusOr<bool> Knows(const std::string& path, const std::string& commit) const;
  // The contents of blobs, in order, with one process for all.
  absl::StatusOr<std::vector<std::string>> Contents(const std::vector<std::string>& blobs) const;

 private:
  Git() = default;
  absl::StatusOr<std::string> Run(std::vector<std::string> words, std::string input = "") const;
  absl::Status FindRoot(const std::string& folder);
  absl::Status FindFilters();
  absl::StatusOr<std::vector<GitChange>> DiffIndex(std::vector<std::string> words) const;

  std::string program_;                    // absolute path of git
  std::vector<std::string> environment_;   // for every call
  std::vector<std::string> switched_off_;  // `-c` options for the filters that the configuration defines
  const std::atomic<bool>* cancel_ = nullptr;
  std::string folder_;  // where it runs: at first the one asked about, then the root
  std::string root_;
  std::string head_;  // the commit; empty before the first one
};

// The environment that git gets of ours (`environ`), seen from `folder`: without what would make it start programs or
// print otherwise. Where the repository and its index are stays: `git commit` says that to hooks.
std::vector<std::string> EnvironmentForGit(const std::vector<std::string>& ours, const std::string& folder);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_GIT_H_
