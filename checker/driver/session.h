// The one engine for the command line, the hook, the tests and the language server: files in, snapshot out, edits in,
// next snapshot out.
//
//   Session session(options);
//   session.SetOverlay("/p/a.py", "class A: ...");            // an editor's buffer or a test's file
//   CheckResult result = session.Check(session.FindFiles({"/p"}).files, {});
//
// A snapshot never changes; a new one shares the index of every file that did not. Findings are the same bytes for any
// number of threads, any order of files and any history of edits. All functions may be called from any thread: an edit
// does not wait for a check that runs. Knows no terminal and no protocol.
#ifndef OVERT_CHECKER_DRIVER_SESSION_H_
#define OVERT_CHECKER_DRIVER_SESSION_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "checker/classes/class_table.h"
#include "checker/driver/crash_guard.h"
#include "checker/driver/exclusions.h"
#include "checker/driver/settings.h"
#include "checker/program/program.h"
#include "diagnostics/diagnostic.h"

namespace overt::driver {

// Everything that one configuration governs, at one moment.
struct Snapshot {
  std::shared_ptr<const Settings> settings;
  std::shared_ptr<const program::Program> program;
  std::shared_ptr<const classes::ClassTable> classes;
};

struct SessionOptions {
  std::string current_folder;  // absolute; paths are shown relative to it
  unsigned threads = 0;        // 0: one for each processor
  std::shared_ptr<program::BoundStubs> stubs;
  // The settings that govern a file (absolute path). Equal pointers mean one project with one environment.
  std::function<std::shared_ptr<const Settings>(const std::string& path)> settings_for;
  // Optional: hears of folders that were listed and hold no configuration file.
  std::function<void(const std::string& folder)> without_config;
  CrashedFiles crashed;                       // files that must not be touched again
  std::shared_ptr<program::TreeStore> trees;  // optional: keeps the trees of files on disk from run to run
  // Completes a request that the settings made with what the process knows (VIRTUAL_ENV, PATH, …).
  std::function<void(resolve::EnvironmentRequest&)> complete_environment;
};

struct FileReport {
  std::string path;                                 // absolute
  std::string display;                              // as shown to people
  std::shared_ptr<const program::Program> program;  // whose FileIds the diagnostics use
  FileId file;
  std::vector<Diagnostic> diagnostics;  // sorted
  std::vector<Diagnostic> suppressed;   // by comments: rule, level and place only
  std::vector<Diagnostic> accepted;     // by a baseline, and not shown: sorted; a session asks none
  std::string internal_error;           // not empty: checking this file failed inside overt
  size_t lines = 0, classes = 0, methods = 0, override_pairs = 0;
};

struct CheckResult {
  std::vector<FileReport> files;  // sorted by path
  size_t errors = 0, warnings = 0, infos = 0, suppressed = 0, internal_errors = 0;
  size_t accepted = 0;             // by a baseline, shown or not
  size_t accepted_warnings = 0;    // of the warnings, those among them
  size_t hidden = 0;               // taken out of the reports, because the user asked not to see them
  CrashedFiles crashed_elsewhere;  // read for these files' sake; counted among the internal errors
  bool cancelled = false;
};

// The levels that the settings choose for one file (absolute path) of a snapshot, which must outlive them.
rules::ScopedLevels LevelsFor(const Snapshot& snapshot, const std::string& path);

// The findings of one file (absolute path) of a snapshot, looked at now and kept nowhere. `rules`: instead of those
// that its settings choose; may be null.
FileReport CheckOne(const Snapshot& snapshot, const std::string& path, const RuleSelection* rules);

// Counts what `files` holds now: for whoever took something out.
void CountFindings(CheckResult& result);

struct CheckHooks {
  std::function<void(size_t done, size_t total)> progress;  // called from any thread
  const std::atomic<bool>* cancel = nullptr;
};

// A path that was found or named, and why it is not checked if it is not.
struct FoundFiles {
  std::vector<std::string> files;  // absolute, sorted, each once
  struct Skipped {
    std::string path;
    std::string reason;     // one phrase
    bool is_error = false;  // the user named it and it cannot be used: exit 2
  };
  std::vector<Skipped> skipped;
  // What patterns left out, by pattern. What lies in a folder that is left out is not counted.
  struct Excluded {
    Exclusion why;
    size_t files = 0, folders = 0;
  };
  std::vector<Excluded> excluded;
  std::vector<std::string> folders;  // absolute, sorted: that were looked through
};

// Files that are to be seen otherwise than the disk has them, by absolute path: as git's index has them, say.
struct FileView {
  program::Program::Overlays texts;  // there, with this text
  std::vector<std::string> hidden;   // not there
};

class Session {
 public:
  explicit Session(SessionOptions options);
  ~Session();

  // Python files at or below the paths (absolute), by the settings that govern each folder. A file that is named
  // itself is taken even if a pattern excludes it, unless `force_exclude` is set.
  FoundFiles FindFiles(const std::vector<std::string>& paths) const;

  // From here on `path` has this text (UTF-8), whatever the disk says, and is there if the disk has no such file. Reads
  // nothing: that is left to the next check. Whether a file came or went by it, so that imports may lead elsewhere.
  bool SetOverlay(const std::string& path, std::string text);
  bool SetOverlay(const std::string& path, std::shared_ptr<const std::string> text);
  // Many at once, which costs as much as one.
  void SetOverlays(std::vector<std::pair<std::string, std::string>> texts);
  bool RemoveOverlay(const std::string& path);
  // All overlays at once, instead of any set before. What exists only in `view` can be found and imported, and what it
  // hides cannot.
  void SetView(FileView view);
  // Files that changed, appeared or vanished on disk: imports may lead elsewhere from here on.
  void FilesChanged(const std::vector<std::string>& paths);
  // Files that were there, and are there with another text.
  void FilesModified(const std::vector<std::string>& paths);

  // The current snapshot of the project that governs `path`.
  Snapshot SnapshotFor(const std::string& path) const;
  // What it would be with `view` on top of what the session sees. Shares the index of every other file; not kept.
  Snapshot SnapshotWith(const std::string& path, const FileView& view) const;

  // What is wrong with the environment that the user named for this path's project; empty if nothing is.
  std::string EnvironmentError(const std::string& path) const;

  // Checks files (absolute paths) as they are when it begins. Remembers findings, and checks again only what an edit
  // may have changed. `cancelled` also if an edit came before the first file was looked at.
  CheckResult Check(const std::vector<std::string>& files, const CheckHooks& hooks);

  // How many files the last `Check` really looked at; the others' findings were kept.
  size_t last_rechecked() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_SESSION_H_
