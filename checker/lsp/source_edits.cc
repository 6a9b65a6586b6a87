#include "checker/lsp/source_edits.h"

#include <string>

#include "absl/algorithm/container.h"
#include "checker/fixes/fixes.h"

namespace overt::lsp {

using driver::Snapshot;

namespace {

std::vector<Edit> EditsFor(const Snapshot& snapshot, FileId file, const RuleSelection* rules,
                           absl::Span<const Rule> only, const fixes::FixOptions& options) {
  driver::FileReport report = driver::CheckOne(snapshot, snapshot.program->file(file).path, rules);
  if (!only.empty()) {
    std::erase_if(report.diagnostics, [&](const Diagnostic& one) { return !absl::c_linear_search(only, one.rule); });
  }
  if (report.diagnostics.empty()) return {};
  const std::string text = snapshot.program->Text(file).text;
  return fixes::PlanFile(report.diagnostics, {*snapshot.classes, file, text, options}, Fix::Applicability::kSafe).edits;
}

}  // namespace

std::vector<Edit> SafeFixes(const Snapshot& snapshot, FileId file, absl::Span<const Rule> only) {
  return EditsFor(snapshot, file, nullptr, only, snapshot.settings->fix.options);
}

std::vector<Edit> OverrideMarks(const Snapshot& snapshot, FileId file) {
  RuleSelection rules;
  const SettingSource source{SettingSource::Kind::kEditor, "", 0};
  for (const RuleInfo& rule : AllRules()) rules.Choose(rule.rule, Severity::kIgnore, source);
  rules.Choose(Rule::kMissingOverride, Severity::kWarning, source);
  fixes::FixOptions options = snapshot.settings->fix.options;
  options.fixable = RuleSet::All();  // whoever asks for this alone means it
  return EditsFor(snapshot, file, &rules, {}, options);
}

}  // namespace overt::lsp
