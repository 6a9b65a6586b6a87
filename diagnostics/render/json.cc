// One JSON document: `schema_version`, `diagnostics`, `summary`, `internal_errors`. No schema is published yet.
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"

namespace overt {
namespace {

using Json = nlohmann::ordered_json;

std::string Utf8(absl::string_view text) { return ValidUtf8(text); }

Json Position(const SourceView& source, uint32_t offset) {
  const LineColumn at = PositionOf(source, offset, ColumnUnit::kCodePoint);
  return {{"line", at.line + 1}, {"column", at.column + 1}, {"offset", offset}};
}

Json Location(Span span, SourceLookup sources) {
  const SourceView source = sources(span.file);
  return {{"path", Utf8(source.path)},
          {"start", Position(source, span.range.begin)},
          {"end", Position(source, span.range.end)}};
}

absl::string_view ApplicabilityName(Fix::Applicability applicability) {
  switch (applicability) {
    case Fix::Applicability::kSafe: return "safe";
    case Fix::Applicability::kUnsafe: return "unsafe";
    case Fix::Applicability::kDisplayOnly: return "display-only";
  }
  return "";
}

Json FixToJson(const Fix& fix, FileId file, SourceLookup sources) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits) {
    edits.push_back({{"location", Location({file, edit.range}, sources)}, {"replacement", Utf8(edit.replacement)}});
  }
  return {{"title", Utf8(fix.title)},
          {"applicability", std::string(ApplicabilityName(fix.applicability))},
          {"edits", std::move(edits)}};
}

Json ToJson(const Diagnostic& diagnostic, SourceLookup sources) {
  Json related = Json::array();
  for (const Label& label : diagnostic.secondary) {
    Json one = Location(label.span, sources);
    one["message"] = Utf8(label.text);
    related.push_back(std::move(one));
  }
  Json notes = Json::array();
  for (const Note& note : diagnostic.notes) {
    notes.push_back({{"kind", note.kind == Note::Kind::kHelp ? "help" : "note"}, {"message", Utf8(note.text)}});
  }
  Json fixes = Json::array();
  for (const Fix& fix : diagnostic.fixes) fixes.push_back(FixToJson(fix, diagnostic.primary.span.file, sources));
  Json json = {{"rule", std::string(NameOf(diagnostic.rule))},
               {"severity", std::string(SeverityName(diagnostic.severity))},
               {"message", Utf8(diagnostic.title)},
               {"location", Location(diagnostic.primary.span, sources)}};
  json["related"] = std::move(related);
  json["notes"] = std::move(notes);
  json["fixes"] = std::move(fixes);
  return json;
}

class JsonRenderer final : public Renderer {
 public:
  void Begin(std::string& out) override { out += "{\n  \"schema_version\": 1,\n  \"diagnostics\": ["; }

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    out += is_first_ ? "\n    " : ",\n    ";
    is_first_ = false;
    out += ToJson(diagnostic, sources).dump();
  }

  void End(const RenderSummary& summary, std::string& out) override {
    Json internal = Json::array();
    for (const std::string& error : summary.internal_errors) internal.push_back(Utf8(error));
    const Json totals = {{"errors", summary.errors},   {"warnings", summary.warnings},
                         {"infos", summary.infos},     {"files", summary.files},
                         {"classes", summary.classes}, {"override_pairs", summary.override_pairs}};
    absl::StrAppend(&out, is_first_ ? "],\n" : "\n  ],\n", "  \"summary\": ", totals.dump(), ",\n",
                    "  \"internal_errors\": ", internal.dump(), "\n}\n");
  }

 private:
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<Renderer> MakeJsonRenderer(const RenderOptions&) { return std::make_unique<JsonRenderer>(); }

}  // namespace overt
