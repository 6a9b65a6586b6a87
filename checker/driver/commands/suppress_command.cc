// `overt suppress add|remove-unused|list`, and what `check --add-ignore` does: comments that silence findings, in bulk.
//
// Adding and removing are runs of `check` that write something else than its fixes do; `list` only looks.
#include <unistd.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/finding_list.h"
#include "checker/driver/workspace.h"
#include "diagnostics/suppression_text.h"

namespace overt::driver {
namespace {

LineColumn PlaceOf(const Diagnostic& finding, const fixes::FixContext& context) {
  const bind::ModuleIndex& index = *context.classes.program().Index(context.file);
  const SourceView source{"", context.text, index.ast().line_starts()};
  return PositionOf(source, finding.primary.span.range.begin, ColumnUnit::kCodePoint);
}

// Plans comments file by file, and remembers what has no room for one.
class IgnorePlanner {
 public:
  IgnorePlanner(fixes::IgnoreStyle style, std::shared_ptr<const FindingList> only)
      : style_(std::move(style)), only_(std::move(only)) {}

  fixes::FilePlan Plan(const std::string& path, absl::Span<const Diagnostic> findings,
                       const fixes::FixContext& context) {
    std::vector<Diagnostic> meant;
    for (const Diagnostic& finding : findings) {
      if (!only_ || only_->Holds(path, finding.rule, PlaceOf(finding, context))) meant.push_back(finding);
    }
    met_ += meant.size();
    fixes::FilePlan plan = fixes::PlanIgnores(meant, context, style_);
    for (size_t i = 0; i < meant.size(); ++i) {
      if (absl::c_binary_search(plan.fixed, i)) continue;
      const LineColumn at = PlaceOf(meant[i], context);
      const std::string& shown = context.classes.program().file(context.file).display;
      const bool is_unused = meant[i].rule == Rule::kUnusedSuppression;
      left_.push_back(absl::StrCat("overt: ", EscapeForTerminal(shown), ":", at.line + 1, ":", at.column + 1,
                                   ": no comment can silence `", NameOf(meant[i].rule), "` here",
                                   is_unused ? "; `overt suppress remove-unused` removes what is unused\n" : "\n"));
    }
    return plan;
  }

  std::vector<std::string> Remarks() const {
    std::vector<std::string> remarks = left_;
    if (only_ && met_ < only_->size()) {
      remarks.push_back(absl::StrCat("overt: ", Counted(only_->size() - met_, "finding"),
                                     " of the report cannot be found any more\n"));
    }
    return remarks;
  }

 private:
  fixes::IgnoreStyle style_;
  std::shared_ptr<const FindingList> only_;
  size_t met_ = 0;  // of `only_`
  std::vector<std::string> left_;
};

OtherFixes RemoveUnused() {
  OtherFixes other;
  other.plan = [](const std::string&, absl::Span<const Diagnostic> findings, const fixes::FixContext& context) {
    fixes::FixContext asked = context;
    asked.options.fixable = RuleSet::All();  // whoever asks for this alone means it
    return fixes::PlanFile(findings, asked, Fix::Applicability::kSafe);
  };
  other.most_rounds = 10;  // a comment that silenced what was said of another is unused when that is gone
  other.done = "removed";
  other.would = "would remove";
  other.nothing = "no unused suppressions";
  other.what = "unused suppression";
  other.remarks = [] { return std::vector<std::string>(); };
  return other;
}

}  // namespace

OtherFixes AddIgnores(fixes::IgnoreStyle style, std::shared_ptr<const FindingList> only) {
  OtherFixes other;
  other.leaves_accepted = true;
  other.lacks_reason = style.reason.empty();
  const auto planner = std::make_shared<IgnorePlanner>(std::move(style), std::move(only));
  other.plan = [planner](const std::string& path, absl::Span<const Diagnostic> findings,
                         const fixes::FixContext& context) { return planner->Plan(path, findings, context); };
  other.done = "silenced";
  other.would = "would silence";
  other.nothing = "nothing to silence";
  other.what = "finding";
  other.remarks = [planner] { return planner->Remarks(); };
  return other;
}

namespace {

// One comment of a file, for the list.
struct ListedComment {
  std::string path;  // as shown to people
  LineColumn at;
  SuppressionStyle style = SuppressionStyle::kOvertIgnore;
  std::vector<std::string> names;  // as written; none: every rule
  std::string reason;
  size_t findings = 0;
  bool is_open = false;  // about overrides, wherever they are: silences nothing itself
};

std::string EffectOf(const ListedComment& comment) {
  if (comment.is_open) return "is for overrides";
  return absl::StrCat("silences ", comment.findings == 0 ? "nothing" : Counted(comment.findings, "finding"));
}

absl::string_view StyleName(SuppressionStyle style) {
  switch (style) {
    case SuppressionStyle::kOvertIgnore: return "ignore";
    case SuppressionStyle::kOvertFileIgnore: return "file-ignore";
    case SuppressionStyle::kOvertOpen: return "open";
    case SuppressionStyle::kTypeIgnore: return "type: ignore";
    case SuppressionStyle::kUnreadable: break;
  }
  return "";
}

// Names other checkers' rules only, or none and silences nothing: nothing of overt's.
bool IsOfAnotherTool(const Suppression& suppression, size_t findings) {
  const auto is_ours = [](const SuppressionEntry& entry) { return !entry.name.empty() && !entry.rules.empty(); };
  return suppression.style == SuppressionStyle::kTypeIgnore && findings == 0 &&
         absl::c_none_of(suppression.entries, is_ours);
}

bool IsAbout(const Suppression& suppression, const std::vector<Rule>& rules) {
  return rules.empty() || absl::c_any_of(suppression.entries, [&](const SuppressionEntry& entry) {
           return absl::c_any_of(entry.rules, [&](Rule rule) { return absl::c_linear_search(rules, rule); });
         });
}

// What a check found out about the comments of one file.
void ListFile(const FileReport& report, const rules::RuleOptions& options, const std::vector<Rule>& rules,
              std::vector<ListedComment>& list) {
  const bind::ModuleIndex* index = report.program->Index(report.file);
  if (index == nullptr || !report.internal_error.empty()) return;
  SuppressionTable table = index->MakeSuppressions();
  if (!options.honour_type_ignore) table.DropTypeIgnores();
  if (table.all().empty()) return;
  const program::FileText text = report.program->Text(report.file);
  const SourceView source{report.display, text.text, text.line_starts};
  for (const Suppression& one : table.all()) {
    if (one.style == SuppressionStyle::kUnreadable || !IsAbout(one, rules)) continue;
    const auto findings = static_cast<size_t>(absl::c_count_if(report.suppressed, [&](const Diagnostic& finding) {
      return Silences(one, finding.rule, finding.primary.span.range);
    }));
    if (IsOfAnotherTool(one, findings)) continue;
    const absl::string_view comment = absl::string_view(text.text).substr(one.comment.begin, one.comment.size());
    ListedComment& listed = list.emplace_back();
    listed.path = report.display;
    listed.at = PositionOf(source, one.comment.begin, ColumnUnit::kCodePoint);
    listed.style = one.style;
    for (const SuppressionEntry& entry : one.entries) {
      if (!entry.name.empty()) listed.names.push_back(entry.name);
    }
    listed.reason = std::string(ReasonIn(comment, one));
    listed.findings = findings;
    listed.is_open = one.style == SuppressionStyle::kOvertOpen && !one.misplaced;
  }
}

std::string ListAsJson(const std::vector<ListedComment>& list) {
  nlohmann::ordered_json comments = nlohmann::ordered_json::array();
  for (const ListedComment& one : list) {
    comments.push_back({{"path", one.path},
                        {"line", one.at.line + 1},
                        {"column", one.at.column + 1},
                        {"kind", std::string(StyleName(one.style))},
                        {"rules", one.names},
                        {"reason", one.reason.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(one.reason)},
                        {"findings", one.findings}});
  }
  const nlohmann::ordered_json json = {{"schema_version", 1}, {"suppressions", std::move(comments)}};
  return JsonDocument(json);
}

std::string ListAsText(const std::vector<ListedComment>& list) {
  std::string out;
  for (const ListedComment& one : list) {
    const std::string names = one.names.empty() ? "" : absl::StrCat("[", absl::StrJoin(one.names, ", "), "]");
    absl::StrAppend(&out, EscapePathAtLineStart(one.path), ":", one.at.line + 1, ":", one.at.column + 1, ": ",
                    EscapeForTerminal(absl::StrCat(StyleName(one.style), names)), " ", EffectOf(one),
                    one.reason.empty() ? "" : absl::StrCat(" -- ", EscapeForTerminal(one.reason)), "\n");
  }
  return out;
}

ExitCode ListSuppressions(const GlobalOptions& global, const CheckOptions& check, const std::string& format) {
  absl::StatusOr<Workspace*> workspace = Workspace::Open(global);
  if (!workspace.ok()) return RefuseDamaged(workspace.status());
  Session& session = (*workspace)->session();
  const FoundFiles found = session.FindFiles((*workspace)->Absolute(check.paths));
  for (const std::string& file : found.files) (*workspace)->config().SettingsFor(file);
  if ((*workspace)->ReportConfigProblems()) return ExitCode::kUsage;
  ExitCode code = ExitCode::kClean;
  for (const FoundFiles::Skipped& one : found.skipped) {
    if (one.is_error) code = Refuse(absl::StrCat(one.path, ": ", one.reason));
  }
  const std::vector<Rule> rules = RulesSelected(global);
  const CheckResult result = session.Check(found.files, {});
  std::vector<ListedComment> list;
  for (const FileReport& report : result.files) {
    ListFile(report, session.SnapshotFor(report.path).settings->rule_options, rules, list);
  }
  WriteAll(STDOUT_FILENO, format == "json" ? ListAsJson(list) : ListAsText(list));
  if (global.verbosity >= 0) {
    const auto idle = static_cast<size_t>(
        absl::c_count_if(list, [](const ListedComment& one) { return one.findings == 0 && !one.is_open; }));
    const std::string of_them =
        idle == 0 ? "" : absl::StrCat(", ", idle, idle == 1 ? " silences" : " silence", " nothing");
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", Counted(list.size(), "comment"), " in ",
                                         Counted(found.files.size(), "file"), of_them, "\n"));
  }
  return code;
}

}  // namespace

ExitCode RunSuppress(const GlobalOptions& global, CheckOptions check, const SuppressOptions& options) {
  if (options.action == "list") return ListSuppressions(global, check, options.output_format);
  check.fix_only = true;
  if (options.action == "remove-unused") {
    GlobalOptions unused = global;
    unused.config.selected = {std::string(NameOf(Rule::kUnusedSuppression))};
    unused.config.report_unused = true;
    check.other = RemoveUnused();
    return RunCheck(unused, check);
  }
  std::shared_ptr<const FindingList> only;
  if (!options.from.empty()) {
    const std::string& folder = global.config.current_folder;
    absl::StatusOr<FindingList> list = FindingList::Read(AbsolutePath(options.from, folder), folder);
    if (!list.ok()) return Refuse(absl::StrCat(options.from, ": ", list.status().message()));
    if (list->size() == 0) return Refuse(absl::StrCat(options.from, ": it has no findings"));
    only = std::make_shared<const FindingList>(*std::move(list));
    if (check.paths.empty()) check.paths = only->files();
  }
  check.other = AddIgnores(options.style, std::move(only));
  return RunCheck(global, check);
}

}  // namespace overt::driver
