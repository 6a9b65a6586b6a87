#include "checker/driver/commands/check_targets.h"

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/target_matrix.h"
#include "checker/driver/workspace.h"

namespace overt::driver {

// A class and its member are the same after an edit; of what is about neither, all of one rule in the file is meant.
std::string SomeTargets::KeyOf(const std::string& path, const Diagnostic& finding) {
  return absl::StrCat(path, "\n", NameOf(finding.rule), "\n", finding.subject.class_name, "\n", finding.subject.member);
}

void SomeTargets::RemoveFrom(CheckResult& result) const {
  for (FileReport& report : result.files) {
    std::erase_if(report.diagnostics, [&](const Diagnostic& one) { return keys_.contains(KeyOf(report.path, one)); });
  }
}

absl::Status CheckOtherTargets(const GlobalOptions& global, const ConfigLoader& config, const FileView& seen,
                               const std::atomic<bool>* cancel, CheckResult& result, SomeTargets& some) {
  TargetMatrix matrix(config, result);
  for (const CheckTarget& target : matrix.others()) {
    GlobalOptions there = global;
    if (target.version) there.config.python_version = grammar::ToString(*target.version);
    if (!target.platform.empty()) there.config.python_platforms = {target.platform};
    const absl::StatusOr<std::unique_ptr<Workspace>> work = Workspace::Make(there, nullptr, nullptr);
    if (!work.ok()) return work.status();
    (*work)->session().SetView(seen);
    const CheckResult found = CheckWithProgress((*work)->session(), matrix.FilesFor(target), global, cancel);
    result.cancelled |= found.cancelled;
    if (result.cancelled) return absl::OkStatus();
    matrix.Add(target, found);
  }
  matrix.MergeInto(result);
  matrix.ForEachOfSome([&](const std::string& path, const Diagnostic& finding) { some.Add(path, finding); });
  return absl::OkStatus();
}

}  // namespace overt::driver
