// Inspections of TeamCity: service messages, one for each rule when it is first met, and one for each finding.
//
//   ##teamcity[inspectionType id='duplicate-base' name='duplicate-base' description='…' category='overt']
//   ##teamcity[inspection typeId='duplicate-base' message='…' file='src/a.py' line='4' SEVERITY='ERROR']
//
// Source: JetBrains' documentation, "Service Messages". Everything within quotes is escaped as it is described there.
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"

namespace overt {
namespace {

std::string TeamcityValue(absl::string_view text) {
  return absl::StrReplaceAll(ValidUtf8(text), {{"|", "||"},
                                               {"'", "|'"},
                                               {"\n", "|n"},
                                               {"\r", "|r"},
                                               {"[", "|["},
                                               {"]", "|]"},
                                               {"\xC2\x85", "|0x0085"},
                                               {"\xE2\x80\xA8", "|0x2028"},
                                               {"\xE2\x80\xA9", "|0x2029"}});
}

absl::string_view TeamcitySeverity(Severity severity) {
  switch (severity) {
    case Severity::kError: return "ERROR";
    case Severity::kWarning: return "WARNING";
    case Severity::kInfo:
    case Severity::kIgnore: return "INFO";
  }
  return "INFO";
}

class TeamcityRenderer final : public Renderer {
 public:
  void Begin(std::string&) override {}

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    const SourceView source = sources(diagnostic.primary.span.file);
    const LineColumn at = PositionOf(source, diagnostic.primary.span.range.begin, ColumnUnit::kCodePoint);
    const absl::string_view rule = NameOf(diagnostic.rule);
    if (met_.insert(diagnostic.rule).second) {
      AddType(rule, InfoOf(diagnostic.rule).summary, out);
    }
    absl::StrAppend(&out, "##teamcity[inspection typeId='", rule, "' message='",
                    TeamcityValue(EscapeForTerminal(diagnostic.title)), "' file='",
                    TeamcityValue(EscapeForTerminal(source.path)), "' line='", at.line + 1, "' SEVERITY='",
                    TeamcitySeverity(diagnostic.severity), "']\n");
  }

  void End(const RenderSummary& summary, std::string& out) override {
    if (!summary.omitted.empty()) AddType("omitted", "findings that are not shown", out);
    for (const Omitted& one : summary.omitted) {
      absl::StrAppend(&out, "##teamcity[inspection typeId='omitted' message='",
                      TeamcityValue(OmittedText(one.findings)), "' file='", TeamcityValue(EscapeForTerminal(one.path)),
                      "' line='1' SEVERITY='INFO']\n");
    }
    for (const std::string& error : summary.internal_errors) {
      absl::StrAppend(&out, "##teamcity[message text='overt: internal error: ", TeamcityValue(EscapeForTerminal(error)),
                      "' status='ERROR']\n");
    }
  }

 private:
  static void AddType(absl::string_view rule, absl::string_view summary, std::string& out) {
    absl::StrAppend(&out, "##teamcity[inspectionType id='", rule, "' name='", rule, "' description='",
                    TeamcityValue(summary), "' category='overt']\n");
  }

  std::set<Rule> met_;
};

}  // namespace

std::unique_ptr<Renderer> MakeTeamcityRenderer(const RenderOptions&) { return std::make_unique<TeamcityRenderer>(); }

}  // namespace overt
