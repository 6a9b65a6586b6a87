// Which files a run is about, and which of their findings: all, those of some files, or those of a change.
//
//   overt check --staged                          # what the next commit breaks, also in files that it leaves alone
//   overt check --changed=v1.2 --scope files      # the files that differ from v1.2, and nothing else
//   overt check --scope affected src/base.py      # also the subclass in src/child.py that the edit breaks
//
// Decides what is looked at; what a change reaches is the business of `family.h`. With `--staged` the session sees the
// index of git instead of the disk. PATHs say where findings are wanted, never what has changed, except for `affected`
// without git, where they are the change. A configuration file is no part of a change: what a new rule finds, a whole
// run finds.
#ifndef OVERT_CHECKER_DRIVER_SCOPE_H_
#define OVERT_CHECKER_DRIVER_SCOPE_H_

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "checker/driver/git.h"
#include "checker/driver/session.h"
#include "checker/driver/workspace.h"

namespace overt::driver {

enum class Scope : uint8_t {
  kProject,   // everything at or below the paths
  kFiles,     // with a change: its files, as far as they are below the paths; else the same as kProject
  kAffected,  // the classes of the change (or of the paths) and all that derive from them, below the paths (or in
              // their projects)
};

struct ScopeRequest {
  std::optional<Scope> scope;           // nothing: kAffected with `staged` or `changed`, else kProject
  bool staged = false;                  // `--staged`
  bool changed = false;                 // `--changed`, at most one of the two
  std::optional<std::string> revision;  // `--changed=REVISION`
};

struct Focus {
  Scope scope = Scope::kProject;
  FoundFiles found;                  // candidates: what may have to be checked
  std::vector<std::string> touched;  // kAffected: absolute, sorted, deleted ones included
  // The touched files as they were, on top of what the session sees. Nothing where that is unknown (no git).
  std::optional<FileView> before;
  bool files_came_or_went = false;  // some touched file is new or gone
  bool is_change = false;           // git was asked
  FileView seen;                    // what the session sees otherwise than the disk has it
  // The same files, in bytes.
  program::Program::Overlays bytes;
  bool nothing_changed = false;  // there is a change, without any Python file in it
  std::string remark;            // what the user should know of the comparison, a line; mostly empty
  // With `--staged`: files whose text in the index is not that on the disk. A fix made for the one must not be written
  // into the other: whoever writes fixes refuses these.
  std::vector<std::string> partly_staged;
};

// What git says of the next commit, asked once.
struct StagedChange {
  Git git;
  std::vector<GitChange> changes;  // of Python files
  GitIndex index;
};

// For `--staged`, before the configuration is read: asks git, and from here on this process sees the configuration
// files and `.gitignore`s that git tracks as the next commit has them. Errors as of `FindFocus`.
absl::StatusOr<StagedChange> SeeStaged(const std::string& current_folder, const std::atomic<bool>* cancel);

// `paths` as the user wrote them; `staged` with `--staged`. Sets the session's view. Errors are one line for people
// (exit 2); cancelled: the user interrupted a git that was running.
absl::StatusOr<Focus> FindFocus(Workspace& workspace, const std::vector<std::string>& paths,
                                const ScopeRequest& request, std::optional<StagedChange> staged,
                                const std::atomic<bool>* cancel);

// `overt check -`: the one file that came from standard input. `path` (absolute) need not be there.
Focus FocusOfInput(Workspace& workspace, const std::string& path, std::string bytes);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_SCOPE_H_
