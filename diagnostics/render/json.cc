// One JSON document: `schema_version`, `diagnostics`, `summary`, `omitted`, `internal_errors`. Its schema is
// `docs/schemas/overt-findings.schema.json`.
#include "absl/strings/str_cat.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"
#include "diagnostics/render/json_value.h"

namespace overt {
namespace {

class JsonRenderer final : public Renderer {
 public:
  explicit JsonRenderer(const RenderOptions& options) : options_(options) {}

  void Begin(std::string& out) override { out += "{\n  \"schema_version\": 1,\n  \"diagnostics\": ["; }

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    items_.Append(DiagnosticJson(diagnostic, options_, sources), out);
  }

  void End(const RenderSummary& summary, std::string& out) override {
    Json internal = Json::array();
    for (const std::string& error : summary.internal_errors) internal.push_back(ValidUtf8(error));
    Json omitted = Json::array();
    for (const Omitted& one : summary.omitted) {
      omitted.push_back({{"path", ValidUtf8(one.path)}, {"findings", one.findings}});
    }
    const Json totals = {{"errors", summary.errors},     {"warnings", summary.warnings},
                         {"infos", summary.infos},       {"hidden", summary.hidden},
                         {"unlisted", summary.unlisted}, {"files", summary.files},
                         {"classes", summary.classes},   {"override_pairs", summary.override_pairs}};
    absl::StrAppend(&out, items_.is_empty() ? "],\n" : "\n  ],\n", "  \"summary\": ", totals.dump(), ",\n",
                    "  \"omitted\": ", omitted.dump(), ",\n  \"internal_errors\": ", internal.dump(), "\n}\n");
  }

 private:
  RenderOptions options_;
  JsonItems items_{"    "};
};

}  // namespace

std::unique_ptr<Renderer> MakeJsonRenderer(const RenderOptions& options) {
  return std::make_unique<JsonRenderer>(options);
}

}  // namespace overt
