#include "checker/driver/commands/watch.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "checker/driver/baseline_run.h"
#include "checker/driver/commands/check_once.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/config_file.h"
#include "checker/driver/disk_watch.h"
#include "checker/driver/file_finder.h"
#include "checker/driver/file_watcher.h"
#include "checker/driver/run_cache.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/shown_path.h"
#include "diagnostics/render/renderer.h"
#include "grammar/source/disk_log.h"

namespace overt::driver {
namespace {

// Whoever saves several files saves the next one within this time.
constexpr absl::Duration kQuiet = absl::Milliseconds(75);
// And where somebody writes without end, a report is due all the same.
constexpr absl::Duration kLongestBurst = absl::Seconds(2);
constexpr absl::Duration kBetweenLooks = absl::Seconds(1);  // of a watcher that is blind

// While nothing is under way that an interrupt would have to wait for. Async-signal-safe.
void EndAtOnce(int) {
  constexpr char kText[] = "overt: interrupted\n";
  static_cast<void>(!write(STDERR_FILENO, kText, sizeof(kText) - 1));
  _exit(static_cast<int>(ExitCode::kInterrupted));
}

void LetInterruptsEndAtOnce() {
  signal(SIGINT, EndAtOnce);
  signal(SIGTERM, EndAtOnce);
}

void AddWithFoldersAbove(std::string path, std::set<std::string>& folders) {
  for (; path != "/"; path = resolve::Parent(path)) folders.insert(path);
  folders.insert(path);
}

bool HoldsConfigFile(const std::string& folder) {
  return absl::c_any_of(grammar::AskFolder(folder).entries, [](const auto& entry) { return IsConfigFile(entry.name); });
}

class WatchRun {
 public:
  WatchRun(const GlobalOptions& global, const CheckOptions& options)
      : global_(global), options_(options), named_(AbsolutePaths(options.paths, global.config)) {}

  ExitCode Run();

 private:
  // Before a check: all that may be read is watched, and the session knows of all that happened.
  absl::Status Prepare();
  void FindAndWatch();
  void NoteFound(const std::vector<std::string>& folders_before);
  bool WatchFolders();
  bool TellSession();

  CheckEnd Report(RunClock::time_point start);
  void BeginReport();
  std::string WhatChanged();

  // After it: what was read on the way is watched too.
  void WatchWhatWasRead();
  void NoteRead(const Snapshot& project);

  bool WaitForNews();
  void WaitForQuiet();
  enum class Woken : uint8_t { kByEvent, kByTime, kByReader };
  Woken Sleep(absl::Duration limit) const;
  bool Gather();
  bool IsNews(const std::string& path) const;
  bool IsConfiguration(const std::string& path) const {
    return configurations_.contains(path) || IsConfigFile(resolve::BaseName(path));
  }
  void AddUnseen(const FileWatcher::Event& event, std::vector<DiskChange>& changes) const;
  void LookAtDisk(std::vector<DiskChange>& changes) {
    while (!disk_.Look(&changes)) {
    }
  }

  void SayOnceIfBlind();
  void Say(const std::string& text) const {
    if (global_.verbosity >= 0) WriteAll(STDERR_FILENO, text);
  }

  GlobalOptions global_;
  const CheckOptions& options_;
  const std::vector<std::string> named_;  // absolute
  std::unique_ptr<Workspace> work_;       // null: to be made anew
  bool is_work_old_ = false;
  FoundFiles found_;
  std::map<const Settings*, std::string> projects_;  // of what was found; one file of each

  FileWatcher watcher_;             // when to look
  DiskWatch disk_{absl::Now()};     // what changed
  std::set<std::string> imported_;  // folders of this project's own that imports led to, or might
  std::set<std::string> sources_;   // all folders in which a module that comes, changes or goes is news
  std::set<std::string> configurations_, baselines_;  // files

  std::vector<DiskChange> changes_;  // that the session has not heard of
  std::set<std::string> news_;       // paths that are the reason for the next report
  bool is_first_report_ = true, has_said_blind_ = false;
};

ExitCode WatchRun::Run() {
  while (true) {
    LetInterruptsEndAtOnce();
    const RunClock::time_point start = RunClock::now();
    if (const absl::Status ready = Prepare(); !ready.ok()) return RefuseDamaged(ready);
    const CheckEnd end = Report(start);
    if (end.code == ExitCode::kInterrupted) return end.code;
    if (WasInterrupted()) return SayInterrupted();
    if (OutputFailure() != 0) return end.code;
    const bool has_news = Gather();
    WatchWhatWasRead();
    Say(absl::StrCat("overt: watching ", Counted(found_.files.size(), "file"), "; Ctrl-C ends\n"));
    if (!has_news && !WaitForNews()) return end.code;
    WaitForQuiet();
  }
}

absl::Status WatchRun::Prepare() {
  do {
    if (work_ == nullptr) {
      absl::StatusOr<std::unique_ptr<Workspace>> made = Workspace::Make(global_, nullptr, nullptr);
      if (!made.ok()) return made.status();
      work_ = *std::move(made);
    }
    FindAndWatch();
    LookAtDisk(changes_);
  } while (!TellSession());
  return absl::OkStatus();
}

// Until nothing was found that was not watched before it was looked at.
void WatchRun::FindAndWatch() {
  do {
    const FoundFiles before = std::exchange(found_, work_->session().FindFiles(named_));
    NoteFound(before.folders);
  } while (WatchFolders());
  SayOnceIfBlind();
}

void WatchRun::NoteFound(const std::vector<std::string>& folders_before) {
  for (const std::string& folder : found_.folders) {
    // The configuration may remember another folder of this name, which had none.
    const bool has_come = !folders_before.empty() && !absl::c_binary_search(folders_before, folder);
    is_work_old_ |= has_come && HoldsConfigFile(folder);
  }
  projects_.clear();
  const std::string& current_folder = global_.config.current_folder;
  for (const std::string& file : found_.files) {
    const std::shared_ptr<const Settings> settings = work_->config().SettingsFor(file);
    if (!projects_.emplace(settings.get(), file).second) continue;
    baselines_.insert(BaselineFileOf(*settings, options_.baseline.file, current_folder).path);
  }
  for (const std::string& file : work_->config().files()) configurations_.insert(file);
}

// Whether one of them was not watched before.
bool WatchRun::WatchFolders() {
  sources_ = imported_;
  sources_.insert(found_.folders.begin(), found_.folders.end());
  for (const std::string& path : named_) {
    if (!absl::c_binary_search(found_.folders, path)) sources_.insert(resolve::Parent(path));
  }
  // Above them may come configurations and ignore files, or what was named itself.
  std::set<std::string> folders = sources_;
  for (const std::string& path : named_) AddWithFoldersAbove(path, folders);
  AddWithFoldersAbove(global_.config.start(), folders);
  for (const auto* files : {&configurations_, &baselines_}) {
    for (const std::string& file : *files) {
      folders.insert(resolve::Parent(file));
      disk_.FollowFile(file);
    }
  }
  for (const std::string& folder : folders) disk_.FollowFolder(folder);
  return watcher_.Watch(folders);
}

// False if another configuration holds by now: everything begins anew.
bool WatchRun::TellSession() {
  std::vector<std::string> moved, modified;
  for (const DiskChange& change : std::exchange(changes_, {})) {
    if (IsConfiguration(change.path) || global_.crashed.erase(change.path) > 0) {
      is_work_old_ = true;
    } else if (!baselines_.contains(change.path)) {
      (ShapesImports(change) ? moved : modified).push_back(change.path);
    }
  }
  // What was wrong, or odd, with a configuration that nothing is below any more.
  const ConfigLoader& config = work_->config();
  is_work_old_ |= !(moved.empty() && modified.empty()) && !config.problems().empty();
  is_work_old_ |= !moved.empty() && !config.remarks().empty();
  if (std::exchange(is_work_old_, false)) {
    work_ = nullptr;
    return false;
  }
  if (!moved.empty()) work_->session().FilesChanged(moved);
  if (!modified.empty()) work_->session().FilesModified(modified);
  return true;
}

CheckEnd WatchRun::Report(RunClock::time_point start) {
  BeginReport();
  LetInterruptsEndTheCheck();
  CheckEnd end = CheckOnce(*work_, global_, options_, std::nullopt, /*timings=*/nullptr);
  LetInterruptsEndAtOnce();
  if (!end.summary.empty()) WriteSummary(end.summary, start);
  return end;
}

void WatchRun::BeginReport() {
  const bool is_first = std::exchange(is_first_report_, false);
  const std::string what = WhatChanged();
  if (IsTerminal(STDOUT_FILENO) && EnvironmentVariable("TERM").value_or("dumb") != "dumb") {
    WriteAll(STDOUT_FILENO, "\x1b[H\x1b[2J");
  } else if (!is_first) {
    Say(absl::StrCat("\novert: ", EscapeForTerminal(what), "\n"));
  }
}

// "src/base.py and 2 more changed". What is below a folder that came or went is not counted by itself.
std::string WatchRun::WhatChanged() {
  const std::set<std::string> news = std::exchange(news_, {});
  std::vector<std::string> outermost;
  for (const std::string& path : news) {
    std::string above = path;
    do {
      above = resolve::Parent(above);
    } while (above != "/" && !news.contains(above));
    if (!news.contains(above)) outermost.push_back(path);
  }
  if (outermost.empty()) return "";
  return absl::StrCat(resolve::ShownPath(outermost.front(), global_.config.current_folder),
                      outermost.size() > 1 ? absl::StrCat(" and ", outermost.size() - 1, " more") : "", " changed");
}

void WatchRun::WatchWhatWasRead() {
  if (!work_->config().problems().empty()) return;
  for (const auto& [settings, file] : projects_) NoteRead(work_->session().SnapshotFor(file));
  WatchFolders();
  SayOnceIfBlind();
  LookAtDisk(changes_);  // what is seen for the first time is no news
}

// Modules outside of what was found: the project's own are watched, and of an environment it is enough to know, when
// there is a reason to check again, what has changed there.
void WatchRun::NoteRead(const Snapshot& project) {
  const program::Program& program = *project.program;
  const resolve::Environment& environment = program.resolver().environment();
  const auto note = [&](const std::string& folder, bool is_own) {
    if (is_own && (environment.prefix.empty() || !resolve::IsInside(folder, environment.prefix))) {
      imported_.insert(folder);
    } else {
      disk_.FollowFolder(folder);
    }
  };
  for (uint32_t number = 0; number < program.file_count(); ++number) {
    const program::FileInfo& info = program.file(FileId(number));
    if (info.is_bundled || !program.IsLoaded(FileId(number))) continue;
    note(resolve::Parent(info.path), info.family == resolve::ResolvedModule::Family::kFirstParty);
  }
  for (const resolve::SearchPath& one : environment.paths) {
    using Kind = resolve::SearchPath::Kind;
    note(one.folder, one.module.empty() && (one.kind == Kind::kFirstParty || one.kind == Kind::kExtra));
  }
  if (!environment.prefix.empty()) disk_.FollowFolder(environment.prefix);
  for (const resolve::TriedPlace& place : environment.tried) disk_.FollowFolder(place.path);
}

// False if nobody reads the reports any more.
bool WatchRun::WaitForNews() {
  while (true) {
    const Woken woken = Sleep(watcher_.is_blind() ? kBetweenLooks : absl::InfiniteDuration());
    if (woken == Woken::kByReader) return false;
    if (Gather()) return true;
  }
}

// Many files that are written one after the other are one reason to check again.
void WatchRun::WaitForQuiet() {
  const absl::Time latest = absl::Now() + kLongestBurst;
  absl::Time quiet = absl::Now() + kQuiet;
  while (absl::Now() < std::min(quiet, latest)) {
    if (Sleep(std::min(quiet, latest) - absl::Now()) == Woken::kByReader) return;
    if (Gather()) quiet = absl::Now() + kQuiet;
  }
}

WatchRun::Woken WatchRun::Sleep(absl::Duration limit) const {
  enum Place : uint8_t { kWatcher, kReader };
  std::array<pollfd, 2> waits{};
  waits[kWatcher] = {watcher_.descriptor(), POLLIN, 0};
  waits[kReader] = {STDOUT_FILENO, 0, 0};
  const int64_t most = absl::ToInt64Milliseconds(absl::Ceil(limit, absl::Milliseconds(1)));
  const int ready = poll(waits.data(), waits.size(), limit == absl::InfiniteDuration() ? -1 : static_cast<int>(most));
  if (ready <= 0) return Woken::kByTime;
  return waits[kReader].revents != 0 ? Woken::kByReader : Woken::kByEvent;
}

// Takes note of what happened. Whether something did that a report may depend on.
bool WatchRun::Gather() {
  const auto may_matter = [this](const FileWatcher::Event& event) {
    return (event.is_folder || disk_.Counts(event.path)) && IsNews(event.path);
  };
  const std::vector<FileWatcher::Event> events = watcher_.Take();
  SayOnceIfBlind();
  if (!watcher_.is_blind() && !absl::c_any_of(events, may_matter)) return false;
  std::vector<DiskChange> changes;
  LookAtDisk(changes);
  for (const FileWatcher::Event& event : events) AddUnseen(event, changes);
  bool has_news = false;
  for (DiskChange& change : changes) {
    const bool is_news = IsNews(change.path);
    has_news |= is_news;
    if (is_news) news_.insert(change.path);
    changes_.push_back(std::move(change));
  }
  return has_news;
}

// Other folders are looked at as well: what is above, for configurations, and environments.
bool WatchRun::IsNews(const std::string& path) const {
  const std::string name = resolve::BaseName(path);
  if (IsConfiguration(path) || baselines_.contains(path) || name == ".gitignore") return true;
  if (absl::c_any_of(named_, [&](const std::string& one) { return resolve::IsInside(one, path); })) return true;
  return sources_.contains(resolve::Parent(path)) && !IsNeverEntered(name);
}

// Two writes within the grain of the system's clock leave the same stamp, but not the same number of events.
void WatchRun::AddUnseen(const FileWatcher::Event& event, std::vector<DiskChange>& changes) const {
  const auto is_same = [&](const DiskChange& change) { return change.path == event.path; };
  if (event.is_folder || !disk_.Counts(event.path) || absl::c_any_of(changes, is_same)) return;
  const bool is_there = grammar::StampOf(event.path).mode != 0;
  const bool was_there = absl::c_binary_search(found_.files, event.path);
  changes.push_back({event.path, !is_there   ? DiskChange::Kind::kDeleted
                                 : was_there ? DiskChange::Kind::kModified
                                             : DiskChange::Kind::kCreated});
}

void WatchRun::SayOnceIfBlind() {
  if (!watcher_.is_blind() || std::exchange(has_said_blind_, true)) return;
  Say(absl::StrCat("overt: ", watcher_.why_blind(), ": every file is looked at once a second instead\n"));
}

}  // namespace

ExitCode RunWatch(const GlobalOptions& global, const CheckOptions& options) { return WatchRun(global, options).Run(); }

}  // namespace overt::driver
