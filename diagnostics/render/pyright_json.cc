// What `pyright --outputjson` prints: one document. Lines and characters count from 0, characters in UTF-16 units;
// files have their whole paths. Source: pyright's documentation, "Pyright Command-Line Options", "JSON Output".
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"
#include "diagnostics/render/json_value.h"

namespace overt {
namespace {

std::string PyrightSeverity(Severity severity) {
  switch (severity) {
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
    case Severity::kInfo:
    case Severity::kIgnore: return "information";
  }
  return "information";
}

Json PyrightPosition(LineColumn at) { return {{"line", at.line}, {"character", at.column}}; }

class PyrightJsonRenderer final : public Renderer {
 public:
  explicit PyrightJsonRenderer(const RenderOptions& options) : version_(options.version), folder_(options.folder) {}

  // The same findings are the same bytes: there is no clock in them.
  void Begin(std::string& out) override {
    absl::StrAppend(&out, "{\n  \"version\": ", Json(version_).dump(), ",\n  \"time\": \"0\",\n",
                    "  \"generalDiagnostics\": [");
  }

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    const TextRange range = diagnostic.primary.span.range;
    const SourceView source = sources(diagnostic.primary.span.file);
    Json item = ItemJson(source.path, PyrightSeverity(diagnostic.severity), TitleAndNotes(diagnostic),
                         PositionOf(source, range.begin, ColumnUnit::kUtf16),
                         PositionOf(source, range.end, ColumnUnit::kUtf16));
    item["rule"] = std::string(NameOf(diagnostic.rule));
    items_.Append(item, out);
  }

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      items_.Append(ItemJson(one.path, "information", OmittedText(one.findings), {}, {}), out);
    }
    for (const std::string& error : summary.internal_errors) {
      const std::string path = error.substr(0, error.find(": "));
      items_.Append(ItemJson(path, "error", absl::StrCat("internal error in ", error), {}, {}), out);
    }
    const Json totals = {{"filesAnalyzed", summary.files},
                         {"errorCount", summary.errors},
                         {"warningCount", summary.warnings},
                         {"informationCount", summary.infos},
                         {"timeInSec", 0}};
    absl::StrAppend(&out, items_.is_empty() ? "],\n" : "\n  ],\n", "  \"summary\": ", totals.dump(), "\n}\n");
  }

  bool takes_upward_paths() const override { return false; }

 private:
  Json ItemJson(absl::string_view path, const std::string& severity, const std::string& message, LineColumn begin,
                LineColumn end) const {
    return {{"file", ValidUtf8(WholePath(path))},
            {"severity", severity},
            {"message", ValidUtf8(message)},
            {"range", {{"start", PyrightPosition(begin)}, {"end", PyrightPosition(end)}}}};
  }

  std::string WholePath(absl::string_view path) const {
    if (folder_.empty() || absl::StartsWith(path, "/")) return std::string(path);
    return absl::StrCat(folder_, folder_ == "/" ? "" : "/", path);
  }

  std::string version_, folder_;
  JsonItems items_{"    "};
};

}  // namespace

std::unique_ptr<Renderer> MakePyrightJsonRenderer(const RenderOptions& options) {
  return std::make_unique<PyrightJsonRenderer>(options);
}

}  // namespace overt
