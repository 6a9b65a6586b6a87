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

Json Place(Span span, SourceLookup sources) {
  const SourceView source = sources(span.file);
  return {{"path", ValidUtf8(source.path)},
          {"range",
           {{"start", LineColumnJson(source, span.range.begin, ColumnUnit::kByte)},
            {"end", LineColumnJson(source, span.range.end, ColumnUnit::kByte)}}}};
}

class RdjsonRenderer final : public Renderer {
 public:
  void Begin(std::string& out) override { out += "{\"source\": {\"name\": \"overt\"}, \"diagnostics\": ["; }

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    Json related = Json::array();
    for (const Label& label : diagnostic.secondary) {
      related.push_back({{"message", ValidUtf8(label.text)}, {"location", Place(label.span, sources)}});
    }
    items_.Append({{"message", ValidUtf8(diagnostic.title)},
                   {"location", Place(diagnostic.primary.span, sources)},
                   {"severity", RdjsonSeverity(diagnostic.severity)},
                   {"code", {{"value", std::string(NameOf(diagnostic.rule))}}},
                   {"related_locations", std::move(related)}},
                  out);
  }

  void End(const RenderSummary& summary, std::string& out) override {
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
