#include "checker/driver/session.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "checker/driver/crash_guard.h"
#include "checker/driver/file_finder.h"
#include "checker/driver/ignore_rules.h"
#include "checker/driver/parallel.h"
#include "checker/program/file_at_work.h"
#include "checker/rules/dotted_names.h"
#include "checker/rules/run_rules.h"

namespace overt::driver {
namespace {

using program::Program;

// Everything that one configuration governs, kept from check to check.
struct Project {
  std::shared_ptr<const Settings> settings;
  std::shared_ptr<const resolve::Resolver> resolver;
  std::shared_ptr<const Program> program;
  std::shared_ptr<const classes::ClassTable> classes;  // null: not made yet for this program
  std::string environment_error;

  // Findings by path that hold in `kept_program`, and in the current one as far as `changed` lets them.
  std::map<std::string, FileReport> kept;
  std::shared_ptr<const Program> kept_program;
  std::set<std::string> changed;  // since `kept_program`
};

resolve::EnvironmentRequest RequestFor(const Settings& settings) {
  resolve::EnvironmentRequest request;
  request.project = settings.project;
  request.roots = settings.environment.roots;
  request.extra_paths = settings.environment.extra_paths;
  request.python = settings.environment.python;
  request.version = settings.environment.version;
  request.version_source = settings.environment.version_source;
  const std::vector<std::string>& platforms = settings.environment.platforms;
  if (!platforms.empty()) request.platform = platforms.front();
  request.platform_source =
      platforms.size() > 1 ? absl::StrCat("configured: ", absl::StrJoin(platforms, ", ")) : "configured";
  return request;
}

FileReport UnreadableReport(FileReport report, const Snapshot& snapshot) {
  const rules::ScopedLevels levels = LevelsFor(snapshot, report.path);
  const Chosen& level = levels.OfFile().of(Rule::kSyntaxError);
  if (level.severity == Severity::kIgnore) return report;
  Diagnostic problem;
  problem.rule = Rule::kSyntaxError;
  problem.severity = level.severity;
  problem.origin = level.source;
  problem.title = absl::StrCat("this file cannot be read: ", snapshot.program->ReadError(report.file));
  problem.primary.span = {report.file, {0, 0}};
  report.diagnostics.push_back(std::move(problem));
  return report;
}

void Count(const FileReport& report, CheckResult& result) {
  result.internal_errors += report.internal_error.empty() ? 0 : 1;
  result.suppressed += report.suppressed.size();
  result.accepted += report.accepted.size();
  for (const Diagnostic& diagnostic : report.diagnostics) {
    const bool is_accepted = diagnostic.standing == Standing::kAccepted;
    result.accepted += is_accepted ? 1 : 0;
    result.accepted_warnings += is_accepted && diagnostic.severity == Severity::kWarning ? 1 : 0;
    switch (diagnostic.severity) {
      case Severity::kError: ++result.errors; break;
      case Severity::kWarning: ++result.warnings; break;
      case Severity::kInfo: ++result.infos; break;
      case Severity::kIgnore: break;
    }
  }
}

}  // namespace

rules::ScopedLevels LevelsFor(const Snapshot& snapshot, const std::string& path) {
  const Settings& settings = *snapshot.settings;
  std::vector<rules::ScopedChanges> tables;
  for (const OverrideSettings& one : settings.overrides) {
    if (!AppliesTo(one, settings.project, path)) continue;
    const bool is_of_module =
        one.modules.empty() ||
        rules::MatchesAnyDotted(one.modules, snapshot.program->file(snapshot.program->AddFile(path)).module);
    if (is_of_module) tables.push_back({&one.scope, &one.levels});
  }
  return {*snapshot.classes, settings.rules, std::move(tables)};
}

FileReport CheckOne(const Snapshot& snapshot, const std::string& path, const RuleSelection* rules) {
  FileReport report;
  report.path = path;
  report.program = snapshot.program;
  report.file = snapshot.program->AddFile(path);
  report.display = snapshot.program->file(report.file).display;
  const std::map<std::string, std::string>& unusable = snapshot.program->options().unusable;
  if (const auto it = unusable.find(path); it != unusable.end()) {
    report.internal_error = it->second;
    return report;
  }
  UseCrashStack();
  const program::FileAtWork at_work(path);
  try {
    const bind::ModuleIndex* index = snapshot.program->Index(report.file);
    if (index == nullptr) return UnreadableReport(std::move(report), snapshot);
    rules::ScopedLevels levels =
        rules != nullptr ? rules::ScopedLevels(*snapshot.classes, *rules, {}) : LevelsFor(snapshot, path);
    rules::FileFindings findings =
        rules::CheckFile(*snapshot.classes, report.file, levels, snapshot.settings->rule_options);
    report.diagnostics = std::move(findings.diagnostics);
    report.suppressed = std::move(findings.suppressed);
    report.lines = index->ast().line_starts().size();
    report.classes = findings.facts.classes;
    report.methods = findings.facts.methods;
    report.override_pairs = findings.facts.override_pairs;
  } catch (const std::exception& problem) {
    report.internal_error = problem.what();
  }
  return report;
}

void CountFindings(CheckResult& result) {
  result.errors = result.warnings = result.infos = result.suppressed = 0;
  result.accepted = result.accepted_warnings = 0;
  result.internal_errors = result.crashed_elsewhere.size();
  for (const FileReport& report : result.files) Count(report, result);
}

struct Session::Impl {
  SessionOptions options;
  mutable absl::Mutex mutex;
  absl::flat_hash_map<const Settings*, std::unique_ptr<Project>> projects ABSL_GUARDED_BY(mutex);
  std::shared_ptr<const Program::Overlays> overlays ABSL_GUARDED_BY(mutex) =
      std::make_shared<const Program::Overlays>();
  resolve::DiskChanges disk_changes ABSL_GUARDED_BY(mutex);
  std::set<std::string> missing ABSL_GUARDED_BY(mutex);  // changed paths that were not on disk when we last looked
  std::set<std::string> unsaved ABSL_GUARDED_BY(mutex);  // overlays without a file on disk: they are there all the same
  uint64_t generation ABSL_GUARDED_BY(mutex) = 0;        // of texts and disk
  size_t last_rechecked ABSL_GUARDED_BY(mutex) = 0;

  Project& ProjectFor(const std::string& path) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    std::shared_ptr<const Settings> settings = options.settings_for(path);
    std::unique_ptr<Project>& project = projects[settings.get()];
    if (project == nullptr) project = MakeProject(std::move(settings));
    return *project;
  }

  std::shared_ptr<const resolve::Resolver> MakeResolver(Project& project) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    resolve::EnvironmentRequest request = RequestFor(*project.settings);
    if (options.complete_environment) options.complete_environment(request);
    resolve::EnvironmentResult found = resolve::DiscoverEnvironment(request);
    project.environment_error = std::move(found.error);
    return std::make_shared<const resolve::Resolver>(std::move(found.environment), StubsFor(project), DiskAsSeen());
  }

  // The bundled stubs, or the folder that the project's configuration names in their place.
  std::shared_ptr<const stubs::StubIndex> StubsFor(Project& project) const {
    const std::optional<std::string>& folder = project.settings->environment.typeshed;
    if (!folder) return options.stubs->index();
    absl::StatusOr<std::shared_ptr<const stubs::StubIndex>> index = stubs::StubIndex::FromFolder(*folder);
    if (index.ok()) return *std::move(index);
    project.environment_error = std::string(index.status().message());
    return options.stubs->index();
  }

  std::unique_ptr<Project> MakeProject(std::shared_ptr<const Settings> settings) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    auto project = std::make_unique<Project>();
    project->settings = std::move(settings);
    project->resolver = MakeResolver(*project);
    const resolve::Environment& environment = project->resolver->environment();
    Program::Options program_options;
    program_options.target = {environment.version, environment.platform};
    program_options.max_file_bytes = project->settings->source.max_file_bytes;
    program_options.current_folder = options.current_folder;
    program_options.unusable = options.crashed;
    program_options.trees = options.trees;
    program_options.stubs = options.stubs;
    project->program = std::make_shared<const Program>(project->resolver, std::move(program_options), overlays);
    project->kept_program = project->program;
    return project;
  }

  static std::shared_ptr<const classes::ClassTable> ClassesOf(const Settings& settings,
                                                              std::shared_ptr<const Program> program) {
    classes::ClassTableOptions table;
    table.treat_as_override = settings.rule_options.treat_as_override;
    return std::make_shared<const classes::ClassTable>(std::move(program), std::move(table));
  }

  static Snapshot SnapshotOf(Project& project) {
    if (project.classes == nullptr) project.classes = ClassesOf(*project.settings, project.program);
    return {project.settings, project.program, project.classes};
  }

  Snapshot With(Project& project, const FileView& view) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    auto texts = std::make_shared<Program::Overlays>(*overlays);
    resolve::DiskChanges disk = DiskAsSeen();
    std::vector<std::string> changed = view.hidden;
    for (const auto& [path, text] : view.texts) {
      (*texts)[path] = text;
      disk.present.push_back(path);
      changed.push_back(path);
    }
    for (const std::string& path : view.hidden) {
      texts->erase(path);
      std::erase(disk.present, path);
      disk.hidden.push_back(path);
    }
    auto resolver = std::make_shared<const resolve::Resolver>(project.resolver->environment(), StubsFor(project), disk);
    std::shared_ptr<const Program> program =
        project.program->WithChanges(changed, std::move(resolver), std::move(texts));
    std::shared_ptr<const classes::ClassTable> classes = ClassesOf(*project.settings, program);
    return {project.settings, std::move(program), std::move(classes)};
  }

  enum class Imports : uint8_t { kLeadWhereTheyLed, kMayLeadElsewhere };

  // After a change of text or disk: new programs. What was read of other files goes on to be good, and so does what was
  // found out about imports, unless files came or went; whether they did.
  bool Apply(const std::vector<std::string>& changed, Imports imports) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    ++generation;
    const bool forget_all = CameOrWent(changed);
    for (auto& [settings, project] : projects) {
      if (forget_all || imports == Imports::kMayLeadElsewhere) project->resolver = MakeResolver(*project);
      project->program = project->program->WithChanges(changed, project->resolver, overlays);
      project->classes = nullptr;
      project->changed.insert(changed.begin(), changed.end());
      if (forget_all || imports == Imports::kMayLeadElsewhere) ForgetAll(*project);
    }
    return forget_all || imports == Imports::kMayLeadElsewhere;
  }

  resolve::DiskChanges DiskAsSeen() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    resolve::DiskChanges disk = disk_changes;
    disk.present.insert(disk.present.end(), unsaved.begin(), unsaved.end());
    return disk;
  }

  // Whether one of these paths became an overlay without a file, or is none any more.
  bool NoteUnsaved(const std::vector<std::string>& paths) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    bool answer = false;
    for (const std::string& path : paths) {
      std::error_code ignored;
      const bool is_unsaved = overlays->contains(path) && !std::filesystem::exists(path, ignored);
      answer |= is_unsaved ? unsaved.insert(path).second : unsaved.erase(path) > 0;
    }
    return answer;
  }

  // Of files whose folder may have come or gone with them, too.
  bool NoteAllUnsaved() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    std::vector<std::string> paths;
    for (const auto& [path, text] : *overlays) paths.push_back(path);
    return NoteUnsaved(paths);
  }

  static void ForgetAll(Project& project) {
    project.kept.clear();
    project.kept_program = project.program;
    project.changed.clear();
  }

  // Forgets the findings of the changed files, and those of others that point into them: lines may have moved there.
  static void ForgetChanged(Project& project) {
    absl::flat_hash_set<FileId> files;
    for (const std::string& path : project.changed) files.insert(project.program->FindFile(path));
    const auto points_there = [&](const Label& label) { return files.contains(label.span.file); };
    const auto is_touched = [&](const FileReport& report) {
      return files.contains(report.file) || absl::c_any_of(report.diagnostics, [&](const Diagnostic& diagnostic) {
               return absl::c_any_of(diagnostic.secondary, points_there);
             });
    };
    for (auto kept = project.kept.begin(); kept != project.kept.end();) {
      kept = is_touched(kept->second) ? project.kept.erase(kept) : std::next(kept);
    }
    project.kept_program = project.program;
    project.changed.clear();
  }

  // Whether one of the files came to the disk or left it since the last time: then imports lead elsewhere, even where a
  // buffer with the same text outlives its file.
  bool CameOrWent(const std::vector<std::string>& paths) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    bool answer = false;
    for (const std::string& path : paths) {
      std::error_code ignored;
      const bool is_there = std::filesystem::exists(path, ignored);
      answer |= is_there ? missing.erase(path) > 0 : missing.insert(path).second;
    }
    return answer;
  }

  // New texts by path; null: as the disk has it.
  bool SetOverlays(const std::vector<std::pair<std::string, std::shared_ptr<const std::string>>>& texts) {
    absl::MutexLock lock(&mutex);
    auto next = std::make_shared<Program::Overlays>(*overlays);
    std::vector<std::string> changed;
    for (const auto& [path, text] : texts) {
      if (text != nullptr) {
        (*next)[path] = text;
      } else if (next->erase(path) == 0) {
        continue;
      }
      changed.push_back(path);
    }
    if (changed.empty()) return false;
    overlays = std::move(next);
    return Apply(changed, NoteUnsaved(changed) ? Imports::kMayLeadElsewhere : Imports::kLeadWhereTheyLed);
  }

  void SetView(FileView view) {
    absl::MutexLock lock(&mutex);
    std::vector<std::string> changed = disk_changes.hidden;
    for (const auto& [path, text] : *overlays) changed.push_back(path);
    disk_changes = {std::move(view.hidden), {}};
    unsaved.clear();
    for (const auto& [path, text] : view.texts) disk_changes.present.push_back(path);
    overlays = std::make_shared<const Program::Overlays>(std::move(view.texts));
    for (const std::vector<std::string>* paths : {&disk_changes.hidden, &disk_changes.present}) {
      changed.insert(changed.end(), paths->begin(), paths->end());
    }
    Apply(changed, Imports::kMayLeadElsewhere);
  }

  std::optional<uint64_t> SettleChanges(const std::set<Project*>& among);
};

namespace {

// Whether no importer can tell the difference between two programs: every changed file that an answer may depend on was
// and is there, with an equal interface.
bool SameInterfaces(const Program& before, const Program& after, const std::set<std::string>& changed) {
  for (const std::string& path : changed) {
    const FileId file = before.FindFile(path);
    if (!file.present() || !before.IsLoaded(file)) continue;
    const bind::ModuleIndex* old_index = before.IndexIfLoaded(file);
    const bind::ModuleIndex* new_index = old_index != nullptr ? after.Index(file) : nullptr;
    if (old_index == nullptr || new_index == nullptr) return false;
    if (old_index->interface_hash() != new_index->interface_hash() || before.AreBodiesRead(file)) return false;
  }
  return true;
}

}  // namespace

// Forgets the findings that the changes so far may have reached. The changed files are read for that, without the lock.
// The generation for which that is done; nothing if meanwhile more changed.
std::optional<uint64_t> Session::Impl::SettleChanges(const std::set<Project*>& among) {
  struct Change {
    Project* project;
    std::shared_ptr<const Program> before, after;
    std::set<std::string> paths;
    bool is_hidden = false;
  };
  std::vector<Change> changes;
  uint64_t seen = 0;
  {
    absl::MutexLock lock(&mutex);
    seen = generation;
    for (Project* project : among) {
      if (project->changed.empty()) continue;
      changes.push_back({project, project->kept_program, project->program, project->changed, false});
    }
  }
  for (Change& change : changes) {
    change.is_hidden = change.project->kept.empty() || SameInterfaces(*change.before, *change.after, change.paths);
  }
  absl::MutexLock lock(&mutex);
  if (generation != seen) return std::nullopt;
  for (const Change& change : changes) {
    if (change.is_hidden) {
      ForgetChanged(*change.project);
    } else {
      ForgetAll(*change.project);
    }
  }
  return seen;
}

Session::Session(SessionOptions options) : impl_(std::make_unique<Impl>()) { impl_->options = std::move(options); }
Session::~Session() = default;

FoundFiles Session::FindFiles(const std::vector<std::string>& paths) const {
  const SessionOptions& options = impl_->options;
  FoundFiles found = FindPythonFiles(paths, options.settings_for, options.without_config, options.threads);
  absl::MutexLock lock(&impl_->mutex);
  SeeOtherwise(impl_->DiskAsSeen(), paths, options.settings_for, found);
  return found;
}

bool Session::SetOverlay(const std::string& path, std::string text) {
  return impl_->SetOverlays({{path, std::make_shared<const std::string>(std::move(text))}});
}

bool Session::SetOverlay(const std::string& path, std::shared_ptr<const std::string> text) {
  return impl_->SetOverlays({{path, std::move(text)}});
}

void Session::SetOverlays(std::vector<std::pair<std::string, std::string>> texts) {
  std::vector<std::pair<std::string, std::shared_ptr<const std::string>>> shared;
  shared.reserve(texts.size());
  for (auto& [path, text] : texts) shared.emplace_back(path, std::make_shared<const std::string>(std::move(text)));
  impl_->SetOverlays(shared);
}

bool Session::RemoveOverlay(const std::string& path) { return impl_->SetOverlays({{path, nullptr}}); }

void Session::SetView(FileView view) { impl_->SetView(std::move(view)); }

void Session::FilesChanged(const std::vector<std::string>& paths) {
  absl::MutexLock lock(&impl_->mutex);
  impl_->NoteAllUnsaved();
  impl_->Apply(paths, Impl::Imports::kMayLeadElsewhere);
}

void Session::FilesModified(const std::vector<std::string>& paths) {
  absl::MutexLock lock(&impl_->mutex);
  impl_->Apply(paths, Impl::Imports::kLeadWhereTheyLed);
}

Snapshot Session::SnapshotFor(const std::string& path) const {
  absl::MutexLock lock(&impl_->mutex);
  return Impl::SnapshotOf(impl_->ProjectFor(path));
}

Snapshot Session::SnapshotWith(const std::string& path, const FileView& view) const {
  absl::MutexLock lock(&impl_->mutex);
  return impl_->With(impl_->ProjectFor(path), view);
}

std::string Session::EnvironmentError(const std::string& path) const {
  absl::MutexLock lock(&impl_->mutex);
  return impl_->ProjectFor(path).environment_error;
}

size_t Session::last_rechecked() const {
  absl::MutexLock lock(&impl_->mutex);
  return impl_->last_rechecked;
}

namespace {

// One file to check, with the project that governs it and the place for its report.
struct Job {
  Project* project;
  Snapshot snapshot;
  std::string path;
  FileReport report;
  bool is_done = false;
};

bool IsCancelled(const CheckHooks& hooks) {
  return hooks.cancel != nullptr && hooks.cancel->load(std::memory_order_relaxed);
}

void RunJobs(std::vector<Job*>& jobs, unsigned threads, const CheckHooks& hooks) {
  std::atomic<size_t> done{0};
  const auto run = [&](Job* job) {
    if (IsCancelled(hooks)) return;
    job->report = CheckOne(job->snapshot, job->path, nullptr);
    job->is_done = true;
    if (hooks.progress) hooks.progress(++done, jobs.size());
  };
  ParallelForEach(jobs, threads, run);
}

}  // namespace

CheckResult Session::Check(const std::vector<std::string>& files, const CheckHooks& hooks) {
  CheckResult result;
  std::vector<Job> jobs;
  std::set<Project*> projects;
  {
    absl::MutexLock lock(&impl_->mutex);
    for (const std::string& path : files) {
      jobs.push_back({&impl_->ProjectFor(path), {}, path, {}, false});
      projects.insert(jobs.back().project);
    }
  }
  const std::optional<uint64_t> seen = impl_->SettleChanges(projects);

  std::vector<Job*> open;
  {
    absl::MutexLock lock(&impl_->mutex);
    result.cancelled = seen != impl_->generation;
    if (result.cancelled) return result;
    for (Job& job : jobs) {
      job.snapshot = Impl::SnapshotOf(*job.project);
      const auto kept = job.project->kept.find(job.path);
      if (kept == job.project->kept.end()) {
        open.push_back(&job);
      } else {
        job.report = kept->second;
        job.report.program = job.snapshot.program;
        job.is_done = true;
      }
    }
    impl_->last_rechecked = open.size();
  }
  RunJobs(open, impl_->options.threads, hooks);

  result.cancelled = IsCancelled(hooks);
  {
    absl::MutexLock lock(&impl_->mutex);
    for (const Job* job : open) {
      if (!job->is_done || impl_->generation != seen) continue;
      FileReport& kept = job->project->kept[job->path] = job->report;
      kept.program = nullptr;  // the current one, whichever that is when the findings are asked for
    }
  }
  for (Job& job : jobs) {
    if (!job.is_done) continue;
    result.files.push_back(std::move(job.report));
  }
  for (const auto& [path, reason] : impl_->options.crashed) {
    if (!absl::c_linear_search(files, path)) result.crashed_elsewhere[path] = reason;
  }
  CountFindings(result);
  absl::c_sort(result.files, [](const FileReport& a, const FileReport& b) { return a.path < b.path; });
  return result;
}

}  // namespace overt::driver
