// Baselines as one run sees them: read before the check, compared with what was found, written if they should change.
//
//   absl::StatusOr<BaselineRun> run = BaselineRun::Open(request, config, files);
//   run->Compare(session, result);      // each finding is new or accepted
//   run->HideAccepted(result);
//   run->files()[0].stale               // of each entry, how many of its findings are gone
//
// Each project has its own, beside the configuration that governs it. An entry is stale only where the run could have
// found it: its file was checked without a mistake of syntax, its rule is on, and what its class derives from is known.
// Whether all files were looked at is the caller's to know.
#ifndef OVERT_CHECKER_DRIVER_BASELINE_RUN_H_
#define OVERT_CHECKER_DRIVER_BASELINE_RUN_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "checker/driver/baseline.h"
#include "checker/driver/session.h"
#include "checker/driver/settings.h"

namespace overt::driver {

// What the command line says of baselines.
struct BaselineRequest {
  std::string start;                 // absolute: the folder whose project `file` is for; empty: the current one
  std::optional<std::string> file;   // `--baseline FILE`, as written; nothing: each project's own
  bool is_off = false;               // `--no-baseline`
  std::optional<BaselineMode> mode;  // `--baseline-mode`
  enum class Purpose : uint8_t {
    kReport,    // where there is none, nothing is compared
    kWrite,     // one that is not there yet has no entries
    kOverwrite  // nor has one that is there: it is not read
  };
  Purpose purpose = Purpose::kReport;
};

struct BaselineFile {
  std::string path;                 // absolute
  std::string shown;                // for people
  std::string folder;               // where its paths start: the project
  bool is_named = false;            // by the user: it may lie anywhere
  bool is_there = false;            // on the disk
  std::optional<std::string> text;  // as it was read
  BaselineMode mode = BaselineMode::kAuto;
  Severity level = Severity::kIgnore;
  std::vector<BaselineEntry> entries;

  // What `Compare` found.
  std::vector<BaselineEntry> findings;            // each by itself, in the order of the reports
  std::vector<std::pair<size_t, size_t>> places;  // of each: its report, and its place there
  BaselineMatch match;
  std::vector<size_t> stale;  // of each entry

  size_t stale_count() const;
  // The entries without the stale ones, with the names that findings have now.
  std::vector<BaselineEntry> Shrunk() const;
};

// The file that holds for a project. `named`: absolute, in place of its own.
BaselineFile BaselineFileOf(const Settings& settings, const std::optional<std::string>& named,
                            const std::string& current_folder);
// Fills in its text and entries, if it is there. Errors are one line for people.
absl::Status ReadBaseline(BaselineFile& file);
// Errors: it is another than was read, or cannot be written; one phrase for people.
absl::Status WriteBaseline(const BaselineFile& file, const std::vector<BaselineEntry>& entries);

// Compares one baseline with reports, which all belong to it, and says in each of their diagnostics what it is.
void CompareWithBaseline(const Session& session, const std::vector<FileReport*>& reports, BaselineFile& file);

// The same for one report alone, where nobody asks what is stale.
void MarkAccepted(const Session& session, const BaselineFile& file, FileReport& report);

// The baseline's text with a finding of a file (absolute path) more, or one less.
std::string TextWith(const BaselineFile& file, const Diagnostic& finding, const std::string& path);
// Empty if the finding has another name in there, which a whole run sets right.
std::string TextWithout(const BaselineFile& file, const Diagnostic& finding, const std::string& path);

class BaselineRun {
 public:
  using SettingsFor = std::function<std::shared_ptr<const Settings>(const std::string& path)>;

  // Those of all the `files` (absolute). Errors: a baseline cannot be read, or is none; one line for people.
  static absl::StatusOr<BaselineRun> Open(const BaselineRequest& request, const SettingsFor& settings_for,
                                          const std::vector<std::string>& files, const std::string& current_folder);

  void Compare(const Session& session, CheckResult& result);
  // Takes accepted findings out of the reports, or gives them the level that was chosen for them; counts again.
  void HideAccepted(CheckResult& result) const;

  // Whether the findings of a file (absolute) belong to that baseline of this run.
  bool IsOf(const std::string& path, const BaselineFile& file) const { return FileFor(path) == &file; }

  const std::vector<BaselineFile>& files() const { return files_; }

 private:
  const BaselineFile* FileFor(const std::string& path) const;

  SettingsFor settings_for_;
  BaselineRequest::Purpose purpose_ = BaselineRequest::Purpose::kReport;
  bool is_one_for_all_ = false;
  std::vector<BaselineFile> files_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_BASELINE_RUN_H_
