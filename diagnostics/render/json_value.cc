#include "diagnostics/render/json_value.h"

#include <xxhash.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "diagnostics/render/escape.h"

namespace overt {
namespace {

std::string Utf8(absl::string_view text) { return ValidUtf8(text); }

Json PositionJson(const SourceView& source, uint32_t offset) {
  const LineColumn at = PositionOf(source, offset, ColumnUnit::kCodePoint);
  return {{"line", at.line + 1}, {"column", at.column + 1}, {"offset", offset}};
}

Json SpanJson(Span span, SourceLookup sources) {
  const SourceView source = sources(span.file);
  return {{"path", Utf8(source.path)},
          {"start", PositionJson(source, span.range.begin)},
          {"end", PositionJson(source, span.range.end)}};
}

absl::string_view ApplicabilityName(Fix::Applicability applicability) {
  switch (applicability) {
    case Fix::Applicability::kSafe: return "safe";
    case Fix::Applicability::kUnsafe: return "unsafe";
  }
  return "";
}

Json FixToJson(const Fix& fix, FileId file, SourceLookup sources) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits) {
    edits.push_back({{"location", SpanJson({file, edit.range}, sources)}, {"replacement", Utf8(edit.replacement)}});
  }
  return {{"title", Utf8(fix.title)},
          {"applicability", std::string(ApplicabilityName(fix.applicability))},
          {"edits", std::move(edits)}};
}

}  // namespace

Json DiagnosticJson(const Diagnostic& diagnostic, const RenderOptions& options, SourceLookup sources) {
  Json related = Json::array();
  for (const Label& label : diagnostic.secondary) {
    Json one = SpanJson(label.span, sources);
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
               {"location", SpanJson(diagnostic.primary.span, sources)}};
  if (options.shows_origin) json["origin"] = Utf8(SourceText(diagnostic.origin));
  json["related"] = std::move(related);
  json["notes"] = std::move(notes);
  json["fixes"] = std::move(fixes);
  return json;
}

Json LineColumnJson(const SourceView& source, uint32_t offset, ColumnUnit unit) {
  const LineColumn at = PositionOf(source, offset, unit);
  return {{"line", at.line + 1}, {"column", at.column + 1}};
}

void JsonItems::Append(const Json& item, std::string& out) {
  absl::StrAppend(&out, is_empty_ ? "\n" : ",\n", indent_, item.dump());
  is_empty_ = false;
}

std::string Fingerprints::Of(const Diagnostic& diagnostic, absl::string_view path) {
  const std::string what = absl::StrCat(NameOf(diagnostic.rule), "\n", path, "\n", diagnostic.title);
  const std::string numbered = absl::StrCat(what, "\n", seen_[what]++);
  const XXH128_hash_t hash = XXH3_128bits(numbered.data(), numbered.size());
  return absl::StrFormat("%016x%016x", hash.high64, hash.low64);
}

}  // namespace overt
