#include "checker/driver/target_matrix.h"

#include <algorithm>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "diagnostics/wording.h"

namespace overt::driver {
namespace {

using grammar::PythonVersion;
using Versions = std::vector<std::optional<PythonVersion>>;

Versions VersionsOf(const EnvironmentSettings& environment) {
  Versions versions = {environment.version};
  while (environment.newest_version && *versions.back() < *environment.newest_version) {
    versions.emplace_back(PythonVersion{versions.back()->major, static_cast<uint8_t>(versions.back()->minor + 1)});
  }
  return versions;
}

// The first one is that of everything which looks at one alone.
std::vector<CheckTarget> TargetsOf(const EnvironmentSettings& environment) {
  std::vector<std::string> platforms = environment.platforms;
  if (platforms.empty()) platforms.emplace_back();
  std::vector<CheckTarget> targets;
  for (const std::string& platform : platforms) {
    for (const std::optional<PythonVersion>& version : VersionsOf(environment)) targets.push_back({platform, version});
  }
  return targets;
}

// The same file as another target's program has it. Nothing: a bundled stub that this target has no use for.
std::optional<Span> SpanIn(const program::Program& to, const program::Program& from, const Span& span) {
  const program::FileInfo& file = from.file(span.file);
  const FileId id = file.is_bundled ? to.FindFile(file.path) : to.AddFile(file.path);
  return id.present() ? std::optional<Span>({id, span.range}) : std::nullopt;
}

Diagnostic DiagnosticIn(const program::Program& to, const program::Program& from, Diagnostic diagnostic) {
  if (const std::optional<Span> span = SpanIn(to, from, diagnostic.primary.span)) diagnostic.primary.span = *span;
  std::erase_if(diagnostic.secondary, [&](Label& label) {
    const std::optional<Span> span = SpanIn(to, from, label.span);
    if (span) label.span = *span;
    return !span;
  });
  return diagnostic;
}

// "Python 3.9", "Python 3.9, 3.10 and 3.11", "Python 3.9 to 3.12".
std::string PythonsText(const Versions& versions) {
  constexpr size_t kMostNamed = 3;
  const bool is_row = versions.back()->minor - versions.front()->minor + 1u == versions.size();
  std::vector<std::string> words;
  for (const std::optional<PythonVersion>& version : versions) words.push_back(grammar::ToString(*version));
  if (is_row && words.size() > kMostNamed) return absl::StrCat("Python ", words.front(), " to ", words.back());
  return absl::StrCat("Python ", InWords(words));
}

// Platforms on which a finding holds for the same versions.
struct TargetGroup {
  std::vector<std::string> platforms;
  Versions versions;
};

std::vector<TargetGroup> GroupsOf(const std::vector<CheckTarget>& targets) {
  std::vector<TargetGroup> by_platform;
  for (const CheckTarget& target : targets) {
    if (by_platform.empty() || by_platform.back().platforms.front() != target.platform) {
      by_platform.push_back({{target.platform}, {}});
    }
    by_platform.back().versions.push_back(target.version);
  }
  std::vector<TargetGroup> groups;
  for (TargetGroup& one : by_platform) {
    const auto same = absl::c_find_if(groups, [&](const TargetGroup& it) { return it.versions == one.versions; });
    if (same == groups.end()) {
      groups.push_back(std::move(one));
    } else {
      same->platforms.push_back(one.platforms.front());
    }
  }
  return groups;
}

// For which of all its targets something holds: "Python 3.9 and 3.10", "on win32", "Python 3.9 on linux; on win32".
// `all` is a product of versions and platforms; `some` is not empty.
std::string TargetsText(const std::vector<CheckTarget>& all, std::vector<CheckTarget> some) {
  const auto place = [&](const CheckTarget& target) { return absl::c_find(all, target); };
  absl::c_sort(some, [&](const CheckTarget& a, const CheckTarget& b) { return place(a) < place(b); });
  const TargetGroup whole = GroupsOf(all).front();
  const std::vector<TargetGroup> groups = GroupsOf(some);
  return absl::StrJoin(groups, "; ", [&](std::string* out, const TargetGroup& group) {
    const bool is_everywhere = group.platforms.size() == whole.platforms.size();
    const bool is_of_all_versions = group.versions.size() == whole.versions.size();
    if (!is_of_all_versions) absl::StrAppend(out, PythonsText(group.versions), is_everywhere ? "" : " ");
    if (!is_everywhere) absl::StrAppend(out, "on ", InWords(group.platforms));
  });
}

}  // namespace

void TargetMatrix::Note(const CheckTarget& target, Diagnostic diagnostic, FoundByKey& known) {
  const std::tuple key(diagnostic.primary.span.range, diagnostic.rule, diagnostic.title);
  Found& found = known.try_emplace(key, Found{std::move(diagnostic), {}}).first->second;
  if (found.targets.empty() || found.targets.back() != target) found.targets.push_back(target);
}

TargetMatrix::TargetMatrix(const ConfigLoader& config, const CheckResult& first) {
  for (const FileReport& report : first.files) {
    std::vector<CheckTarget> targets = TargetsOf(config.SettingsFor(report.path)->environment);
    if (targets.size() < 2) continue;
    InFile& file = by_path_[report.path];
    for (const Diagnostic& one : report.diagnostics) Note(targets.front(), one, file.diagnostics);
    for (const Diagnostic& one : report.suppressed) Note(targets.front(), one, file.suppressed);
    file.program = report.program;
    file.targets = std::move(targets);
  }
}

std::vector<CheckTarget> TargetMatrix::others() const {
  std::set<CheckTarget> others;
  for (const auto& [path, file] : by_path_) others.insert(file.targets.begin() + 1, file.targets.end());
  return {others.begin(), others.end()};
}

std::vector<std::string> TargetMatrix::FilesFor(const CheckTarget& target) const {
  std::vector<std::string> files;
  for (const auto& [path, file] : by_path_) {
    if (file.targets.front() != target && absl::c_linear_search(file.targets, target)) files.push_back(path);
  }
  return files;
}

void TargetMatrix::Add(const CheckTarget& target, const CheckResult& found) {
  for (const FileReport& report : found.files) {
    const auto known = by_path_.find(report.path);
    if (known == by_path_.end()) continue;
    InFile& file = known->second;
    const auto note = [&](const std::vector<Diagnostic>& from, FoundByKey& to) {
      for (const Diagnostic& one : from) Note(target, DiagnosticIn(*file.program, *report.program, one), to);
    };
    note(report.diagnostics, file.diagnostics);
    note(report.suppressed, file.suppressed);
    if (file.internal_error.empty()) file.internal_error = report.internal_error;
  }
}

void TargetMatrix::MergeInto(CheckResult& first) const {
  for (FileReport& report : first.files) {
    const auto found = by_path_.find(report.path);
    if (found == by_path_.end()) continue;
    const InFile& file = found->second;
    report.diagnostics.clear();
    report.suppressed.clear();
    for (const auto& [key, one] : file.diagnostics) {
      const bool is_of_all = one.targets.size() == file.targets.size();
      if (one.diagnostic.rule == Rule::kUnusedSuppression && !is_of_all) continue;
      report.diagnostics.push_back(one.diagnostic);
      if (is_of_all) continue;
      report.diagnostics.back().is_of_some_targets = true;
      absl::StrAppend(&report.diagnostics.back().title, " (", TargetsText(file.targets, one.targets), ")");
    }
    for (const auto& [key, one] : file.suppressed) report.suppressed.push_back(one.diagnostic);
    std::sort(report.diagnostics.begin(), report.diagnostics.end(), ComesBefore);
    if (report.internal_error.empty()) report.internal_error = file.internal_error;
  }
  CountFindings(first);
}

void TargetMatrix::ForEachOfSome(
    const std::function<void(const std::string& path, const Diagnostic& finding)>& tell) const {
  for (const auto& [path, file] : by_path_) {
    for (const auto& [key, one] : file.diagnostics) {
      if (one.targets.size() < file.targets.size()) tell(path, one.diagnostic);
    }
  }
}

}  // namespace overt::driver
