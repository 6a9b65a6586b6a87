// SARIF 2.1.0, the format of code scanning. Source: OASIS, "Static Analysis Results Interchange Format (SARIF) 2.1.0".
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"
#include "diagnostics/render/json_value.h"

namespace overt {
namespace {

// A path as a relative reference (RFC 3986): bytes that may not stand there are written `%XX`, and so is a `:`, behind
// which a scheme would end.
std::string Uri(absl::string_view path) {
  constexpr absl::string_view kKept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@";
  std::string uri = absl::StartsWith(path, "/") ? "file://" : "";
  for (const char c : path) {
    if (kKept.find(c) != absl::string_view::npos) {
      uri += c;
    } else {
      absl::StrAppendFormat(&uri, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string LevelOf(Severity severity) {
  switch (severity) {
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
    case Severity::kInfo: return "note";
    case Severity::kIgnore: return "none";
  }
  return "none";
}

Json Region(const SourceView& source, TextRange range) {
  const LineColumn begin = PositionOf(source, range.begin, ColumnUnit::kCodePoint);
  const LineColumn end = PositionOf(source, range.end, ColumnUnit::kCodePoint);
  return {{"startLine", begin.line + 1},
          {"startColumn", begin.column + 1},
          {"endLine", end.line + 1},
          {"endColumn", end.column + 1}};
}

Json PhysicalLocation(Span span, SourceLookup sources) {
  const SourceView source = sources(span.file);
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", Uri(source.path)}}}, {"region", Region(source, span.range)}}}};
}

Json RuleJson(const RuleInfo& rule) {
  return {{"id", std::string(rule.name)},
          {"shortDescription", {{"text", std::string(rule.summary)}}},
          {"help", {{"text", std::string(rule.summary)}, {"markdown", std::string(DocumentationOf(rule.rule))}}},
          {"defaultConfiguration",
           {{"enabled", rule.default_severity != Severity::kIgnore}, {"level", LevelOf(rule.default_severity)}}},
          {"properties", {{"tags", {std::string(rule.group)}}}}};
}

Json FixJson(const Fix& fix, Span where, SourceLookup sources) {
  const SourceView source = sources(where.file);
  Json replacements = Json::array();
  for (const Edit& edit : fix.edits) {
    replacements.push_back(
        {{"deletedRegion", Region(source, edit.range)}, {"insertedContent", {{"text", ValidUtf8(edit.replacement)}}}});
  }
  return {{"description", {{"text", ValidUtf8(fix.title)}}},
          {"artifactChanges",
           {{{"artifactLocation", {{"uri", Uri(source.path)}}}, {"replacements", std::move(replacements)}}}}};
}

class SarifRenderer final : public Renderer {
 public:
  explicit SarifRenderer(const RenderOptions& options) : version_(options.version) {}

  void Begin(std::string& out) override {
    Json rules = Json::array();
    for (const RuleInfo& rule : AllRules()) rules.push_back(RuleJson(rule));
    const Json driver = {{"name", "overt"}, {"version", version_}, {"rules", std::move(rules)}};
    absl::StrAppend(&out,
                    "{\n  \"$schema\": \"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                    "sarif-schema-2.1.0.json\",\n  \"version\": \"2.1.0\",\n  \"runs\": [{\n    \"tool\": ",
                    Json{{"driver", driver}}.dump(),
                    ",\n    \"columnKind\": \"unicodeCodePoints\",\n    \"results\": [");
  }

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    const Span span = diagnostic.primary.span;
    Json result = {{"ruleId", std::string(NameOf(diagnostic.rule))},
                   {"ruleIndex", static_cast<size_t>(diagnostic.rule)},
                   {"level", LevelOf(diagnostic.severity)},
                   {"message", {{"text", ValidUtf8(TitleAndNotes(diagnostic))}}},
                   {"locations", {PhysicalLocation(span, sources)}},
                   {"partialFingerprints", {{"overt/v1", fingerprints_.Of(diagnostic, sources(span.file).path)}}}};
    if (diagnostic.standing != Standing::kUnjudged) {
      result["baselineState"] = diagnostic.standing == Standing::kAccepted ? "unchanged" : "new";
    }
    Json related = Json::array();
    for (const Label& label : diagnostic.secondary) {
      Json one = PhysicalLocation(label.span, sources);
      one["message"] = {{"text", ValidUtf8(label.text)}};
      related.push_back(std::move(one));
    }
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    Json fixes = Json::array();
    for (const Fix& fix : diagnostic.fixes) {
      if (!fix.edits.empty()) fixes.push_back(FixJson(fix, span, sources));
    }
    if (!fixes.empty()) result["fixes"] = std::move(fixes);
    items_.Append(result, out);
  }

  bool takes_accepted() const override { return true; }
  bool takes_upward_paths() const override { return false; }

  void End(const RenderSummary& summary, std::string& out) override {
    Json notifications = Json::array();
    for (const Omitted& one : summary.omitted) {
      const Json place = {{"physicalLocation", {{"artifactLocation", {{"uri", Uri(one.path)}}}}}};
      notifications.push_back({{"level", "warning"},
                               {"message", {{"text", OmittedText(one.findings)}}},
                               {"locations", Json::array({place})}});
    }
    for (const std::string& error : summary.internal_errors) {
      notifications.push_back({{"level", "error"}, {"message", {{"text", ValidUtf8(error)}}}});
    }
    const Json invocation = {{"executionSuccessful", summary.internal_errors.empty()},
                             {"toolExecutionNotifications", std::move(notifications)}};
    absl::StrAppend(&out, items_.is_empty() ? "],\n" : "\n    ],\n", "    \"invocations\": [", invocation.dump(),
                    "]\n  }]\n}\n");
  }

 private:
  std::string version_;
  JsonItems items_{"      "};
  Fingerprints fingerprints_;
};

}  // namespace

std::unique_ptr<Renderer> MakeSarifRenderer(const RenderOptions& options) {
  return std::make_unique<SarifRenderer>(options);
}

}  // namespace overt
