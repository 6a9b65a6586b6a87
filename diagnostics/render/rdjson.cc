// reviewdog's diagnostic format: one JSON document. Columns count bytes of UTF-8. Source: reviewdog's `rdf.proto`.
#include "absl/strings/str_cat.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"
#include "diagnostics/render/json_value.h"

namespace overt {
namespace {

std::string RdjsonSeverity(Severity severity) {
  switch (severity) {
    case Severity::kError: return "ERROR";
    case Severity::kWarning: return "WARNING";
    case Severity::kInfo:
    case Severity::kIgnore: return "INFO";
  }
  return "INFO";
}

Json RangeJson(const SourceView& source, TextRange range) {
  return {{"start", LineColumnJson(source, range.begin, ColumnUnit::kByte)},
          {"end", LineColumnJson(source, range.end, ColumnUnit::kByte)}};
}

Json Place(Span span, SourceLookup sources) {
  const SourceView source = sources(span.file);
  return {{"path", ValidUtf8(source.path)}, {"range", RangeJson(source, span.range)}};
}

// Each suggestion stands for itself and is one replacement: a fix of several edits has no form here.
Json SuggestionsJson(const Diagnostic& diagnostic, SourceLookup sources) {
  Json suggestions = Json::array();
  for (const Fix& fix : diagnostic.fixes) {
    if (fix.applicability != Fix::Applicability::kSafe || fix.edits.size() != 1) continue;
    const Edit& edit = fix.edits.front();
    suggestions.push_back({{"range", RangeJson(sources(diagnostic.primary.span.file), edit.range)},
                           {"text", ValidUtf8(edit.replacement)}});
  }
  return suggestions;
}

class RdjsonRenderer final : public Renderer {
 public:
  void Begin(std::string& out) override { out += "{\"source\": {\"name\": \"overt\"}, \"diagnostics\": ["; }

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    Json related = Json::array();
    for (const Label& label : diagnostic.secondary) {
      related.push_back({{"message", ValidUtf8(label.text)}, {"location", Place(label.span, sources)}});
    }
    Json item = {{"message", ValidUtf8(TitleAndNotes(diagnostic))},
                 {"location", Place(diagnostic.primary.span, sources)},
                 {"severity", RdjsonSeverity(diagnostic.severity)},
                 {"code", {{"value", std::string(NameOf(diagnostic.rule))}}},
                 {"related_locations", std::move(related)}};
    Json suggestions = SuggestionsJson(diagnostic, sources);
    if (!suggestions.empty()) item["suggestions"] = std::move(suggestions);
    items_.Append(item, out);
  }

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      items_.Append(
          {{"message", OmittedText(one.findings)}, {"location", {{"path", ValidUtf8(one.path)}}}, {"severity", "INFO"}},
          out);
    }
    for (const std::string& error : summary.internal_errors) {
      const std::string text = ValidUtf8(error);
      items_.Append({{"message", absl::StrCat("internal error in ", text)},
                     {"location", {{"path", text.substr(0, text.find(": "))}}},
                     {"severity", "ERROR"}},
                    out);
    }
    out += items_.is_empty() ? "]}\n" : "\n]}\n";
  }

 private:
  JsonItems items_{"  "};
};

}  // namespace

std::unique_ptr<Renderer> MakeRdjsonRenderer(const RenderOptions&) { return std::make_unique<RdjsonRenderer>(); }

}  // namespace overt
