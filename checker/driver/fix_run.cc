#include "checker/driver/fix_run.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/write_back.h"
#include "checker/fixes/fixes.h"
#include "grammar/source/source_file.h"

namespace overt::driver {
namespace {

bool IsRefused(const program::Program& program, FileId file) {
  const bind::ModuleIndex* index = program.Index(file);
  if (index == nullptr) return true;
  const uint8_t target = index->options().target.version.minor;
  return absl::c_any_of(index->ast().problems(),
                        [&](const grammar::SyntaxProblem& problem) { return problem.AppliesTo(target); });
}

}  // namespace

FixRun::FixRun(Session& session, std::vector<std::string> files, FixRequest request)
    : session_(session), files_(std::move(files)), request_(std::move(request)) {}

// Whether another of the files is the same file, reached by a link.
bool FixRun::IsSecondName(const std::string& path) {
  std::error_code error;
  const std::string real = std::filesystem::canonical(path, error).string();
  if (error) return false;
  return first_names_.try_emplace(real, path).first->second != path;
}

bool FixRun::IsOutOfBounds(const FileReport& report, const std::string& project) {
  std::string reason = request_.bounds ? request_.bounds->WhyNot(report.path, project) : "";
  if (reason.empty()) return false;
  refused_[report.display] = std::move(reason);
  return true;
}

FixRun::TextList FixRun::PlanRound(const CheckResult& found,
                                   std::map<std::string, std::pair<EditedFile, size_t>>& before) {
  TextList texts;
  for (const FileReport& report : found.files) {
    if (!report.internal_error.empty()) continue;
    std::vector<Diagnostic> wanted;
    for (const Diagnostic& diagnostic : report.diagnostics) {
      if (diagnostic.standing == Standing::kAccepted) continue;
      if (request_.only.empty() || absl::c_linear_search(request_.only, diagnostic.rule)) wanted.push_back(diagnostic);
    }
    if (wanted.empty() || IsSecondName(report.path)) continue;
    const auto known = changed_.find(report.path);
    if (known != changed_.end() && known->second.is_given_up) continue;
    const Snapshot snapshot = session_.SnapshotFor(report.path);
    if (snapshot.program->Index(report.file) == nullptr) continue;
    const std::string text = snapshot.program->Text(report.file).text;
    const fixes::FixContext context{*snapshot.classes, report.file, text, snapshot.settings->fix.options};
    const fixes::FilePlan plan =
        request_.plan ? request_.plan(report.path, wanted, context) : fixes::PlanFile(wanted, context, request_.most);
    if (plan.edits.empty() || IsOutOfBounds(report, snapshot.settings->project)) continue;
    auto [place, is_new] = changed_.try_emplace(
        report.path, Changed{EditedFile(text), report.display, 0, snapshot.settings->source.max_file_bytes, false, {}});
    Changed& changed = place->second;
    before.try_emplace(report.path, changed.file, changed.fixes);
    if (request_.notes_fixes) Note(changed, wanted, context, plan.fixed);
    changed.file.Apply(plan.edits);
    changed.fixes += plan.fixed.size();
    texts.emplace_back(report.path, changed.file.text());
  }
  return texts;
}

// Before the edits are applied: the findings stand in the text that the file has now.
void FixRun::Note(Changed& changed, absl::Span<const Diagnostic> findings, const fixes::FixContext& context,
                  const std::vector<size_t>& fixed) {
  const std::vector<uint32_t> lines = grammar::FindLineStarts(changed.file.original());
  const fixes::FileFixer fixer(context);
  for (const size_t i : fixed) {
    const std::optional<overt::Fix> fix = fixer.FixFor(findings[i]);
    const uint32_t at = changed.file.OriginalOffset(findings[i].primary.span.range.begin);
    changed.noted.push_back({changed.display, LineOf(lines, at) + 1, findings[i].rule, fix ? fix->title : ""});
  }
}

void FixRun::TakeBackBroken(const std::map<std::string, std::pair<EditedFile, size_t>>& before) {
  TextList texts;
  for (const auto& [path, old] : before) {
    const Snapshot snapshot = session_.SnapshotFor(path);
    if (!IsRefused(*snapshot.program, snapshot.program->FindFile(path))) continue;
    Changed& changed = changed_.at(path);
    changed.file = old.first;
    changed.fixes = old.second;
    if (!changed.noted.empty()) changed.noted.resize(changed.fixes);
    changed.is_given_up = true;
    broken_.push_back(changed.display);
    texts.emplace_back(path, changed.file.text());
  }
  session_.SetOverlays(std::move(texts));
}

CheckResult FixRun::Fix(CheckResult found, const CheckHooks& hooks) {
  for (int round = 0; round < request_.most_rounds && !found.cancelled; ++round) {
    std::map<std::string, std::pair<EditedFile, size_t>> before;
    if (request_.judge) request_.judge(found);
    TextList texts = PlanRound(found, before);
    if (texts.empty()) break;
    session_.SetOverlays(std::move(texts));
    TakeBackBroken(before);
    found = session_.Check(files_, hooks);
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> FixRun::Texts() const {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& [path, changed] : changed_) {
    if (!changed.file.edits().empty()) texts.emplace_back(path, changed.file.text());
  }
  return texts;
}

absl::StatusOr<std::string> FixRun::BytesOf(const std::string& path, size_t max_bytes) const {
  const auto seen = request_.bytes.find(path);
  if (seen != request_.bytes.end()) return *seen->second;
  return grammar::ReadFileBytes(path, max_bytes);
}

absl::StatusOr<std::string> FixRun::NewBytes(const std::string& path, size_t max_bytes) const {
  absl::StatusOr<std::string> bytes = BytesOf(path, max_bytes);
  const auto changed = changed_.find(path);
  if (!bytes.ok() || changed == changed_.end()) return bytes;
  return EditBytes(*bytes, changed->second.file.original(), changed->second.file.edits());
}

absl::StatusOr<std::string> FixRun::PatchOf(const std::string& path, const Changed& changed,
                                            const PatchStyle& style) const {
  const std::vector<Edit> edits = changed.file.edits();
  if (edits.empty()) return "";
  const absl::StatusOr<std::string> bytes = BytesOf(path, changed.max_bytes);
  if (!bytes.ok()) return bytes.status();
  const absl::StatusOr<std::vector<Edit>> of_bytes = ByteEdits(*bytes, changed.file.original(), edits);
  if (!of_bytes.ok()) return of_bytes.status();
  // No patch may lead out of the folder that it is applied in: `git apply` and `patch` refuse `..`.
  const bool is_outside = absl::StartsWith(changed.display, "../");
  return UnifiedDiff(is_outside ? path : changed.display, *bytes, *of_bytes, style);
}

FixRun::Failures FixRun::Diff(const PatchStyle& style, std::string& out) {
  Failures failures(refused_.begin(), refused_.end());
  std::erase_if(changed_, [&](const auto& one) {
    const absl::StatusOr<std::string> patch = PatchOf(one.first, one.second, style);
    if (!patch.ok()) failures.emplace_back(one.second.display, std::string(patch.status().message()));
    if (patch.ok()) out += *patch;
    return !patch.ok();
  });
  return failures;
}

FixRun::Failures FixRun::Write() {
  Failures failures(refused_.begin(), refused_.end());
  for (auto place = changed_.begin(); place != changed_.end();) {
    const auto& [path, changed] = *place;
    const absl::Status status = WriteBack(path, changed.file.original(), changed.file.edits(), changed.max_bytes);
    if (status.ok()) {
      ++place;
      continue;
    }
    failures.emplace_back(changed.display, std::string(status.message()));
    session_.RemoveOverlay(path);
    place = changed_.erase(place);
  }
  // Second names of files that were written: what was found there holds no longer.
  std::vector<std::string> second_names;
  for (const std::string& path : files_) {
    if (!changed_.contains(path) && IsSecondName(path)) second_names.push_back(path);
  }
  if (!second_names.empty()) session_.FilesChanged(second_names);
  return failures;
}

void FixRun::TakeBack() {
  TextList texts;
  for (const auto& [path, changed] : changed_) texts.emplace_back(path, changed.file.original());
  session_.SetOverlays(std::move(texts));
  changed_.clear();
}

std::vector<std::pair<std::string, size_t>> FixRun::Counts() const {
  std::vector<std::pair<std::string, size_t>> counts;
  for (const auto& [path, changed] : changed_) {
    if (changed.fixes > 0) counts.emplace_back(changed.display, changed.fixes);
  }
  return counts;
}

std::vector<NotedFix> FixRun::Noted() const {
  std::vector<NotedFix> all;
  for (const auto& [path, changed] : changed_) {
    const auto first = static_cast<std::ptrdiff_t>(all.size());
    all.insert(all.end(), changed.noted.begin(), changed.noted.end());
    std::stable_sort(all.begin() + first, all.end(),
                     [](const NotedFix& a, const NotedFix& b) { return a.line < b.line; });
  }
  return all;
}

size_t FixRun::fix_count() const {
  size_t count = 0;
  for (const auto& [path, changed] : changed_) count += changed.fixes;
  return count;
}

size_t FixRun::file_count() const {
  return static_cast<size_t>(absl::c_count_if(changed_, [](const auto& one) { return one.second.fixes > 0; }));
}

size_t AttachFixes(Session& session, CheckResult& result) {
  size_t safe = 0;
  for (FileReport& report : result.files) {
    if (report.diagnostics.empty() || !report.internal_error.empty()) continue;
    const Snapshot snapshot = session.SnapshotFor(report.path);
    if (snapshot.program->Index(report.file) == nullptr) continue;
    const std::string text = snapshot.program->Text(report.file).text;
    const fixes::FileFixer fixer({*snapshot.classes, report.file, text, snapshot.settings->fix.options});
    for (Diagnostic& diagnostic : report.diagnostics) {
      if (diagnostic.is_of_some_targets) continue;
      std::optional<Fix> fix = fixer.FixFor(diagnostic);
      if (!fix) continue;
      if (fix->applicability == Fix::Applicability::kSafe) ++safe;
      diagnostic.fixes.push_back(*std::move(fix));
    }
  }
  return safe;
}

}  // namespace overt::driver
