// GitLab's code quality report: one JSON array. Source: GitLab's documentation, "Code Quality report format".
#include "absl/strings/str_cat.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"
#include "diagnostics/render/json_value.h"

namespace overt {
namespace {

std::string GitlabSeverity(Severity severity) {
  switch (severity) {
    case Severity::kError: return "major";
    case Severity::kWarning: return "minor";
    case Severity::kInfo:
    case Severity::kIgnore: return "info";
  }
  return "info";
}

class GitlabRenderer final : public Renderer {
 public:
  void Begin(std::string& out) override { out += "["; }

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    const Span span = diagnostic.primary.span;
    const SourceView source = sources(span.file);
    const std::string path = ValidUtf8(source.path);
    const Json positions = {{"begin", LineColumnJson(source, span.range.begin, ColumnUnit::kCodePoint)},
                            {"end", LineColumnJson(source, span.range.end, ColumnUnit::kCodePoint)}};
    items_.Append({{"description", ValidUtf8(diagnostic.title)},
                   {"check_name", std::string(NameOf(diagnostic.rule))},
                   {"fingerprint", fingerprints_.Of(diagnostic, path)},
                   {"severity", GitlabSeverity(diagnostic.severity)},
                   {"location", {{"path", path}, {"positions", positions}}}},
                  out);
  }

  // What is not shown and what failed inside overt are issues as well: the report has no other place for them.
  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      const std::string path = ValidUtf8(one.path);
      items_.Append({{"description", OmittedText(one.findings)},
                     {"check_name", "omitted"},
                     {"fingerprint", absl::StrCat("omitted ", path)},
                     {"severity", "info"},
                     {"location", {{"path", path}, {"lines", {{"begin", 1}}}}}},
                    out);
    }
    for (const std::string& error : summary.internal_errors) {
      const std::string text = ValidUtf8(error);
      items_.Append({{"description", absl::StrCat("internal error in ", text)},
                     {"check_name", "internal-error"},
                     {"fingerprint", absl::StrCat("internal-error ", text)},
                     {"severity", "critical"},
                     {"location", {{"path", text.substr(0, text.find(": "))}, {"lines", {{"begin", 1}}}}}},
                    out);
    }
    out += items_.is_empty() ? "]\n" : "\n]\n";
  }

 private:
  JsonItems items_{"  "};
  Fingerprints fingerprints_;
};

}  // namespace

std::unique_ptr<Renderer> MakeGitlabRenderer(const RenderOptions&) { return std::make_unique<GitlabRenderer>(); }

}  // namespace overt
