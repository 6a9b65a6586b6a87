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
#include "absl/synchronization/mutex.h"
#include "checker/driver/crash_guard.h"
#include "checker/driver/file_finder.h"
#include "checker/driver/ignore_rules.h"
#include "checker/driver/parallel.h"
#include "checker/program/file_at_work.h"
#include "checker/rules/run_rules.h"

namespace overt::driver {
namespace {

using program::Program;

// Everything that one configuration governs, kept from check to check.
struct Project {
  std::shared_ptr<const Settings> settings;
  std::shared_ptr<const resolve::Resolver> resolver;
  std::shared_ptr<const Program> program;
  std::shared_ptr<const classes::ClassTable> classes;
  std::string environment_error;
  std::map<std::string, FileReport> kept;  // by path: findings that still hold
};

resolve::EnvironmentRequest RequestFor(const Settings& settings) {
  resolve::EnvironmentRequest request;
  request.project = settings.project;
  request.roots = settings.environment.roots;
  request.extra_paths = settings.environment.extra_paths;
  request.python = settings.environment.python;
  request.version = settings.environment.version;
  request.version_source = settings.environment.version_source;
  request.platform = settings.environment.platform;
  return request;
}

const RuleSelection& SelectionFor(const Settings& settings, const std::string& path) {
  const RuleSelection* selection = &settings.rules;
  for (const OverrideSettings& one : settings.overrides) {
    if (AppliesTo(one, settings.project, path)) selection = &one.rules;
  }
  return *selection;
}

FileReport UnreadableReport(FileReport report, const Project& project) {
  const RuleSelection& rules = SelectionFor(*project.settings, report.path);
  if (!rules.enabled(Rule::kSyntaxError)) return report;
  Diagnostic problem;
  problem.rule = Rule::kSyntaxError;
  problem.severity = rules.of(Rule::kSyntaxError).severity;
  problem.title = absl::StrCat("this file cannot be read: ", project.program->ReadError(report.file));
  problem.primary.span = {report.file, {0, 0}};
  report.diagnostics.push_back(std::move(problem));
  return report;
}

FileReport CheckOne(const Project& project, const std::string& path) {
  FileReport report;
  report.path = path;
  report.program = project.program;
  report.file = project.program->AddFile(path);
  report.display = project.program->file(report.file).display;
  const std::map<std::string, std::string>& unusable = project.program->options().unusable;
  if (const auto it = unusable.find(path); it != unusable.end()) {
    report.internal_error = it->second;
    return report;
  }
  UseCrashStack();
  const program::FileAtWork at_work(path);
  try {
    const bind::ModuleIndex* index = project.program->Index(report.file);
    if (index == nullptr) return UnreadableReport(std::move(report), project);
    rules::FileFindings findings = rules::CheckFile(
        *project.classes, report.file, SelectionFor(*project.settings, path), project.settings->rule_options);
    report.diagnostics = std::move(findings.diagnostics);
    report.lines = index->ast().line_starts().size();
    report.classes = findings.facts.classes;
    report.methods = findings.facts.methods;
    report.override_pairs = findings.facts.override_pairs;
  } catch (const std::exception& problem) {
    report.internal_error = problem.what();
  }
  return report;
}

void Count(const FileReport& report, CheckResult& result) {
  result.internal_errors += report.internal_error.empty() ? 0 : 1;
  for (const Diagnostic& diagnostic : report.diagnostics) {
    switch (diagnostic.severity) {
      case Severity::kError: ++result.errors; break;
      case Severity::kWarning: ++result.warnings; break;
      case Severity::kInfo: ++result.infos; break;
      case Severity::kIgnore: break;
    }
  }
}

}  // namespace

void CountFindings(CheckResult& result) {
  result.errors = result.warnings = result.infos = 0;
  result.internal_errors = result.crashed_elsewhere.size();
  for (const FileReport& report : result.files) Count(report, result);
}

struct Session::Impl {
  SessionOptions options;
  absl::flat_hash_map<const Settings*, std::unique_ptr<Project>> projects;
  std::shared_ptr<const Program::Overlays> overlays = std::make_shared<const Program::Overlays>();
  size_t last_rechecked = 0;
  std::set<std::string> missing;  // changed paths that were not on disk when we last looked
  resolve::DiskChanges disk_changes;

  Project& ProjectFor(const std::string& path) {
    std::shared_ptr<const Settings> settings = options.settings_for(path);
    std::unique_ptr<Project>& project = projects[settings.get()];
    if (project == nullptr) project = MakeProject(std::move(settings));
    return *project;
  }

  std::shared_ptr<const resolve::Resolver> MakeResolver(Project& project) const {
    resolve::EnvironmentRequest request = RequestFor(*project.settings);
    if (options.complete_environment) options.complete_environment(request);
    resolve::EnvironmentResult found = resolve::DiscoverEnvironment(request);
    project.environment_error = std::move(found.error);
    return std::make_shared<const resolve::Resolver>(std::move(found.environment), StubsFor(project), disk_changes);
  }

  // The bundled stubs, or the folder that the project's configuration names in their place.
  std::shared_ptr<const stubs::StubIndex> StubsFor(Project& project) const {
    const std::optional<std::string>& folder = project.settings->environment.typeshed;
    if (!folder) return options.stubs;
    absl::StatusOr<std::shared_ptr<const stubs::StubIndex>> index = stubs::StubIndex::FromFolder(*folder);
    if (index.ok()) return *std::move(index);
    project.environment_error = std::string(index.status().message());
    return options.stubs;
  }

  std::unique_ptr<Project> MakeProject(std::shared_ptr<const Settings> settings) const {
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
    project->program = std::make_shared<const Program>(project->resolver, std::move(program_options), overlays);
    project->classes = ClassesOf(*project->settings, project->program);
    return project;
  }

  static std::shared_ptr<const classes::ClassTable> ClassesOf(const Settings& settings,
                                                              std::shared_ptr<const Program> program) {
    classes::ClassTableOptions table;
    table.treat_as_override = settings.rule_options.treat_as_override;
    return std::make_shared<const classes::ClassTable>(std::move(program), std::move(table));
  }

  Snapshot With(Project& project, const FileView& view) const {
    auto texts = std::make_shared<Program::Overlays>(*overlays);
    resolve::DiskChanges disk = disk_changes;
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

  // After a change of text or disk: new snapshots, and findings forgotten where the change may reach.
  void Apply(const std::vector<std::string>& changed) {
    const bool forget_all = CameOrWent(changed);
    for (auto& [settings, project] : projects) {
      ApplyTo(*project, changed);
      if (forget_all) project->kept.clear();
    }
  }

  void ApplyTo(Project& project, const std::vector<std::string>& changed) const {
    const std::shared_ptr<const Program> before = project.program;
    const std::shared_ptr<const resolve::Resolver> resolver = MakeResolver(project);
    project.program = before->WithChanges(changed, resolver, overlays);
    project.resolver = resolver;
    project.classes = ClassesOf(*project.settings, project.program);
    if (SameInterfaces(*before, *project.program, changed)) {
      ForgetChanged(project, changed);
    } else {
      project.kept.clear();
    }
  }

  // Forgets the findings of the changed files, and those of others that point into them: lines may have moved there.
  static void ForgetChanged(Project& project, const std::vector<std::string>& changed) {
    absl::flat_hash_set<FileId> files;
    for (const std::string& path : changed) files.insert(project.program->FindFile(path));
    const auto points_there = [&](const Label& label) { return files.contains(label.span.file); };
    const auto is_touched = [&](const FileReport& report) {
      return files.contains(report.file) || absl::c_any_of(report.diagnostics, [&](const Diagnostic& diagnostic) {
               return absl::c_any_of(diagnostic.secondary, points_there);
             });
    };
    for (auto kept = project.kept.begin(); kept != project.kept.end();) {
      kept = is_touched(kept->second) ? project.kept.erase(kept) : std::next(kept);
    }
  }

  // Whether no importer can tell the difference: every changed file was and is there, with an equal interface.
  static bool SameInterfaces(const Program& before, const Program& after, const std::vector<std::string>& changed) {
    for (const std::string& path : changed) {
      const FileId file = before.FindFile(path);
      const bind::ModuleIndex* old_index = file.present() ? before.IndexIfLoaded(file) : nullptr;
      const bind::ModuleIndex* new_index = file.present() ? after.Index(file) : nullptr;
      if (old_index == nullptr || new_index == nullptr) return false;
      if (old_index->interface_hash() != new_index->interface_hash()) return false;
    }
    return true;
  }

  // Whether one of the files came to the disk or left it since the last time: then imports lead elsewhere, even where a
  // buffer with the same text outlives its file.
  bool CameOrWent(const std::vector<std::string>& paths) {
    bool answer = false;
    for (const std::string& path : paths) {
      std::error_code ignored;
      const bool is_there = std::filesystem::exists(path, ignored);
      answer |= is_there ? missing.erase(path) > 0 : missing.insert(path).second;
    }
    return answer;
  }
};

Session::Session(SessionOptions options) : impl_(std::make_unique<Impl>()) { impl_->options = std::move(options); }
Session::~Session() = default;

FoundFiles Session::FindFiles(const std::vector<std::string>& paths) const {
  FoundFiles found = FindPythonFiles(paths, impl_->options.settings_for, impl_->options.without_config);
  SeeOtherwise(impl_->disk_changes, paths, impl_->options.settings_for, found);
  return found;
}

void Session::SetOverlay(const std::string& path, std::string text) { SetOverlays({{path, std::move(text)}}); }

void Session::SetOverlays(std::vector<std::pair<std::string, std::string>> texts) {
  if (texts.empty()) return;
  auto next = std::make_shared<Program::Overlays>(*impl_->overlays);
  std::vector<std::string> paths;
  for (auto& [path, text] : texts) {
    (*next)[path] = std::move(text);
    paths.push_back(path);
  }
  impl_->overlays = std::move(next);
  impl_->Apply(paths);
}

void Session::RemoveOverlay(const std::string& path) {
  auto next = std::make_shared<Program::Overlays>(*impl_->overlays);
  if (next->erase(path) == 0) return;
  impl_->overlays = std::move(next);
  impl_->Apply({path});
}

void Session::SetView(FileView view) {
  std::vector<std::string> changed = impl_->disk_changes.hidden;
  for (const auto& [path, text] : *impl_->overlays) changed.push_back(path);
  impl_->disk_changes = {std::move(view.hidden), {}};
  for (const auto& [path, text] : view.texts) impl_->disk_changes.present.push_back(path);
  impl_->overlays = std::make_shared<const Program::Overlays>(std::move(view.texts));
  for (const std::vector<std::string>* paths : {&impl_->disk_changes.hidden, &impl_->disk_changes.present}) {
    changed.insert(changed.end(), paths->begin(), paths->end());
  }
  for (auto& [settings, project] : impl_->projects) {
    impl_->ApplyTo(*project, changed);
    project->kept.clear();
  }
}

void Session::FilesChanged(const std::vector<std::string>& paths) { impl_->Apply(paths); }

Snapshot Session::SnapshotFor(const std::string& path) const {
  const Project& project = impl_->ProjectFor(path);
  return {project.settings, project.program, project.classes};
}

Snapshot Session::SnapshotWith(const std::string& path, const FileView& view) const {
  return impl_->With(impl_->ProjectFor(path), view);
}

std::string Session::EnvironmentError(const std::string& path) const {
  return impl_->ProjectFor(path).environment_error;
}

size_t Session::last_rechecked() const { return impl_->last_rechecked; }

namespace {

// One file to check, with the project that governs it and the place for its report.
struct Job {
  Project* project;
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
    job->report = CheckOne(*job->project, job->path);
    job->is_done = true;
    if (hooks.progress) hooks.progress(++done, jobs.size());
  };
  ParallelForEach(jobs, threads, run);
}

}  // namespace

CheckResult Session::Check(const std::vector<std::string>& files, const CheckHooks& hooks) {
  std::vector<Job> jobs;
  for (const std::string& path : files) jobs.push_back({&impl_->ProjectFor(path), path, {}, false});
  std::vector<Job*> open;
  for (Job& job : jobs) {
    const auto kept = job.project->kept.find(job.path);
    if (kept == job.project->kept.end()) {
      open.push_back(&job);
    } else {
      job.report = kept->second;
      job.is_done = true;
    }
  }
  RunJobs(open, impl_->options.threads, hooks);
  impl_->last_rechecked = open.size();

  CheckResult result;
  result.cancelled = IsCancelled(hooks);
  for (Job& job : jobs) {
    if (!job.is_done) continue;
    job.project->kept[job.path] = job.report;
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
