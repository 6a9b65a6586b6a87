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
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "checker/driver/edited_file.h"
#include "checker/driver/session.h"

namespace overt::driver {

struct FixRequest {
  Fix::Applicability most = Fix::Applicability::kSafe;
  std::vector<Rule> only;  // empty: every rule that is on
};

class FixRun {
 public:
  // Borrows the session, whose overlays it uses.
  FixRun(Session& session, std::vector<std::string> files, FixRequest request);

  // From what a check of the files found to what is left after the fixes, nothing written yet.
  CheckResult Fix(CheckResult found, const CheckHooks& hooks);

  // The new texts of the files that changed, by path.
  std::vector<std::pair<std::string, std::string>> Texts() const;

  // Everything that changed as one diff, in the order of the paths.
  std::string Diff() const;

  // Writes the changed files. What could not be written, by its shown path, with the reason; it counts as not fixed,
  // and the session sees the disk again.
  std::vector<std::pair<std::string, std::string>> Write();

  // Instead of writing: the session sees the texts that it saw before.
  void TakeBack();

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
  };
  using TextList = std::vector<std::pair<std::string, std::string>>;

  bool IsSecondName(const std::string& path);
  // Plans one round; the texts that it leads to.
  TextList PlanRound(const CheckResult& found, std::map<std::string, std::pair<EditedFile, size_t>>& before);
  void TakeBackBroken(const std::map<std::string, std::pair<EditedFile, size_t>>& before);

  Session& session_;
  std::vector<std::string> files_;
  FixRequest request_;
  std::map<std::string, Changed> changed_;          // by path
  std::map<std::string, std::string> first_names_;  // of real files: links may lead to one of them twice
  std::vector<std::string> broken_;
};

// Puts the fix of each finding into it; how many can be made safely.
size_t AttachFixes(Session& session, CheckResult& result);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_FIX_RUN_H_
