// Fixes over many files: round after round in memory, until nothing is left to fix, then to the disk.
//
//   FixRun run(session, files, {.most = Fix::Applicability::kSafe});
//   CheckResult left = run.Fix(session.Check(files, hooks), hooks);
//   run.Write()                    // "a.py: it is read-only"
//
// Between two rounds everything is checked again: one fix may make another possible, in this file or in another one. A
// file that Python would refuse after a round gets its old text back. Writes only files that it was given.
#ifndef OVERT_CHECKER_DRIVER_FIX_RUN_H_
#define OVERT_CHECKER_DRIVER_FIX_RUN_H_

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "checker/driver/edited_file.h"
#include "checker/driver/patch.h"
#include "checker/driver/session.h"
#include "checker/driver/write_bounds.h"
#include "checker/fixes/fixes.h"

namespace overt::driver {

// What is done about the findings of one file (absolute path).
using FixPlanner = std::function<fixes::FilePlan(const std::string& path, absl::Span<const Diagnostic> findings,
                                                 const fixes::FixContext& context)>;

struct FixRequest {
  Fix::Applicability most = Fix::Applicability::kSafe;
  std::vector<Rule> only;                   // empty: every rule that is on
  std::optional<WriteBounds> bounds;        // what lies outside is not fixed; nothing: no bounds
  program::Program::Overlays bytes;         // of files that the session sees otherwise than the disk has them
  FixPlanner plan;                          // optional: instead of the fixes that rules have
  std::function<void(CheckResult&)> judge;  // optional: says before each round what is accepted, and so left
  bool notes_fixes = false;                 // `FixRun::Noted` is wanted, which costs something
  int most_rounds = 10;  // two or three are enough; this only bounds fixes that would undo one another
};

// One fix that was made.
struct NotedFix {
  std::string shown;  // path
  uint32_t line = 0;  // from 1: where the finding stood in the file as it was, or the text that it was about came in
  Rule rule = Rule::kSyntaxError;
  std::string title;  // "add `@override`"
};

class FixRun {
 public:
  // Borrows the session, whose overlays it uses.
  FixRun(Session& session, std::vector<std::string> files, FixRequest request);

  // From what a check of the files found to what is left after the fixes, nothing written yet.
  CheckResult Fix(CheckResult found, const CheckHooks& hooks);

  // The new texts of the files that changed, by path.
  std::vector<std::pair<std::string, std::string>> Texts() const;

  // By shown path, with the reason.
  using Failures = std::vector<std::pair<std::string, std::string>>;

  // Everything that changed as one patch of the files' bytes, in the order of the paths, at the end of `out`. What
  // cannot be shown so counts as not fixed.
  Failures Diff(const PatchStyle& style, std::string& out);

  // What a file's bytes become, changed or not.
  absl::StatusOr<std::string> NewBytes(const std::string& path, size_t max_bytes) const;

  // Writes the changed files. What could not be written counts as not fixed, and the session sees the disk again.
  Failures Write();

  // Instead of writing: the session sees the texts that it saw before.
  void TakeBack();

  // Files that changed, by shown path, with the number of their fixes.
  std::vector<std::pair<std::string, size_t>> Counts() const;
  // Each fix by itself, by path and line. None where `FixRequest::notes_fixes` was not set.
  std::vector<NotedFix> Noted() const;
  size_t fix_count() const;
  size_t file_count() const;
  // Files that a fix would have broken: by shown path. A mistake of overt.
  const std::vector<std::string>& broken() const { return broken_; }

 private:
  struct Changed {
    EditedFile file;
    std::string display;
    size_t fixes = 0;
    size_t max_bytes = 0;
    bool is_given_up = false;
    std::vector<NotedFix> noted;  // in the order in which they were made: as many as `fixes`, if any
  };
  using TextList = std::vector<std::pair<std::string, std::string>>;

  bool IsSecondName(const std::string& path);
  bool IsOutOfBounds(const FileReport& report, const std::string& project);
  // Plans one round; the texts that it leads to.
  TextList PlanRound(const CheckResult& found, std::map<std::string, std::pair<EditedFile, size_t>>& before);
  static void Note(Changed& changed, absl::Span<const Diagnostic> findings, const fixes::FixContext& context,
                   const std::vector<size_t>& fixed);
  absl::StatusOr<std::string> BytesOf(const std::string& path, size_t max_bytes) const;
  absl::StatusOr<std::string> PatchOf(const std::string& path, const Changed& changed, const PatchStyle& style) const;
  void TakeBackBroken(const std::map<std::string, std::pair<EditedFile, size_t>>& before);

  Session& session_;
  std::vector<std::string> files_;
  FixRequest request_;
  std::map<std::string, Changed> changed_;          // by path
  std::map<std::string, std::string> first_names_;  // of real files: links may lead to one of them twice
  std::vector<std::string> broken_;
  std::map<std::string, std::string> refused_;  // out of bounds: by shown path, with the reason
};

// Puts the fix of each finding into it; how many can be made safely.
size_t AttachFixes(Session& session, CheckResult& result);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_FIX_RUN_H_
