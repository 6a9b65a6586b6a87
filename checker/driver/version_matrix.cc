#include "checker/driver/version_matrix.h"

#include <algorithm>
#include <optional>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"

namespace overt::driver {
namespace {

using grammar::PythonVersion;

std::vector<PythonVersion> VersionsOf(const EnvironmentSettings& environment) {
  if (!environment.version) return {};
  std::vector<PythonVersion> versions = {*environment.version};
  while (environment.newest_version && versions.back() < *environment.newest_version) {
    versions.push_back({versions.back().major, static_cast<uint8_t>(versions.back().minor + 1)});
  }
  return versions;
}

// The same file as another version's program has it. Nothing: a bundled stub that this version has no use for.
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

// "3.9", "3.9 and 3.10", "3.9, 3.10 and 3.11", "3.9 to 3.12".
std::string Listed(const std::vector<PythonVersion>& versions) {
  constexpr size_t kMostNamed = 3;
  const bool is_row = versions.back().minor - versions.front().minor + 1u == versions.size();
  if (is_row && versions.size() > kMostNamed) {
    return absl::StrCat(grammar::ToString(versions.front()), " to ", grammar::ToString(versions.back()));
  }
  std::string out;
  for (size_t i = 0; i < versions.size(); ++i) {
    absl::StrAppend(&out, i == 0 ? "" : i + 1 == versions.size() ? " and " : ", ", grammar::ToString(versions[i]));
  }
  return out;
}

}  // namespace

void VersionMatrix::Note(PythonVersion version, Diagnostic diagnostic, FoundByKey& known) {
  const std::tuple key(diagnostic.primary.span.range, diagnostic.rule, diagnostic.title);
  Found& found = known.try_emplace(key, Found{std::move(diagnostic), {}}).first->second;
  if (found.versions.empty() || found.versions.back() != version) found.versions.push_back(version);
}

VersionMatrix::VersionMatrix(const ConfigLoader& config, const CheckResult& oldest) {
  for (const FileReport& report : oldest.files) {
    std::vector<PythonVersion> versions = VersionsOf(config.SettingsFor(report.path)->environment);
    if (versions.size() < 2) continue;
    InFile& file = by_path_[report.path];
    for (const Diagnostic& one : report.diagnostics) Note(versions.front(), one, file.diagnostics);
    for (const Diagnostic& one : report.suppressed) Note(versions.front(), one, file.suppressed);
    file.program = report.program;
    file.versions = std::move(versions);
  }
}

std::vector<PythonVersion> VersionMatrix::others() const {
  std::set<PythonVersion> others;
  for (const auto& [path, file] : by_path_) others.insert(file.versions.begin() + 1, file.versions.end());
  return {others.begin(), others.end()};
}

std::vector<std::string> VersionMatrix::FilesFor(PythonVersion version) const {
  std::vector<std::string> files;
  for (const auto& [path, file] : by_path_) {
    if (file.versions.front() != version && absl::c_binary_search(file.versions, version)) files.push_back(path);
  }
  return files;
}

void VersionMatrix::Add(PythonVersion version, const CheckResult& found) {
  for (const FileReport& report : found.files) {
    const auto known = by_path_.find(report.path);
    if (known == by_path_.end()) continue;
    InFile& file = known->second;
    const auto note = [&](const std::vector<Diagnostic>& from, FoundByKey& to) {
      for (const Diagnostic& one : from) Note(version, DiagnosticIn(*file.program, *report.program, one), to);
    };
    note(report.diagnostics, file.diagnostics);
    note(report.suppressed, file.suppressed);
    if (file.internal_error.empty()) file.internal_error = report.internal_error;
  }
}

void VersionMatrix::MergeInto(CheckResult& oldest) const {
  for (FileReport& report : oldest.files) {
    const auto found = by_path_.find(report.path);
    if (found == by_path_.end()) continue;
    const InFile& file = found->second;
    report.diagnostics.clear();
    report.suppressed.clear();
    for (const auto& [key, one] : file.diagnostics) {
      const bool is_of_all = one.versions.size() == file.versions.size();
      if (one.diagnostic.rule == Rule::kUnusedSuppression && !is_of_all) continue;
      report.diagnostics.push_back(one.diagnostic);
      if (is_of_all) continue;
      report.diagnostics.back().is_of_some_versions = true;
      absl::StrAppend(&report.diagnostics.back().title, " (Python ", Listed(one.versions), ")");
    }
    for (const auto& [key, one] : file.suppressed) report.suppressed.push_back(one.diagnostic);
    std::sort(report.diagnostics.begin(), report.diagnostics.end(), ComesBefore);
    if (report.internal_error.empty()) report.internal_error = file.internal_error;
  }
  CountFindings(oldest);
}

void VersionMatrix::ForEachOfSome(
    const std::function<void(const std::string& path, const Diagnostic& finding)>& tell) const {
  for (const auto& [path, file] : by_path_) {
    for (const auto& [key, one] : file.diagnostics) {
      if (one.versions.size() < file.versions.size()) tell(path, one.diagnostic);
    }
  }
}

}  // namespace overt::driver
