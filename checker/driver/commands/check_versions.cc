#include "checker/driver/commands/check_versions.h"

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/version_matrix.h"
#include "checker/driver/workspace.h"

namespace overt::driver {

// A class and its member are the same after an edit; of what is about neither, all of one rule in the file is meant.
std::string SomeVersions::KeyOf(const std::string& path, const Diagnostic& finding) {
  return absl::StrCat(path, "\n", NameOf(finding.rule), "\n", finding.subject.class_name, "\n", finding.subject.member);
}

void SomeVersions::RemoveFrom(CheckResult& result) const {
  for (FileReport& report : result.files) {
    std::erase_if(report.diagnostics, [&](const Diagnostic& one) { return keys_.contains(KeyOf(report.path, one)); });
  }
}

absl::Status CheckOtherVersions(const GlobalOptions& global, const ConfigLoader& config, const FileView& seen,
                                const std::atomic<bool>* cancel, CheckResult& result, SomeVersions& some) {
  VersionMatrix matrix(config, result);
  for (const grammar::PythonVersion version : matrix.others()) {
    GlobalOptions there = global;
    there.config.python_version = grammar::ToString(version);
    const absl::StatusOr<std::unique_ptr<Workspace>> work = Workspace::Make(there, nullptr, nullptr);
    if (!work.ok()) return work.status();
    (*work)->session().SetView(seen);
    const CheckResult found = CheckWithProgress((*work)->session(), matrix.FilesFor(version), global, cancel);
    result.cancelled |= found.cancelled;
    if (result.cancelled) return absl::OkStatus();
    matrix.Add(version, found);
  }
  matrix.MergeInto(result);
  matrix.ForEachOfSome([&](const std::string& path, const Diagnostic& finding) { some.Add(path, finding); });
  return absl::OkStatus();
}

}  // namespace overt::driver
