// One JSON object a line, as soon as it is known: a finding as in `json`, {"omitted": {"path": …, "findings": …}}
// or {"internal_error": "…"}. The schema is `line` in `docs/schemas/overt-findings.schema.json`.
#include "absl/strings/str_cat.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"
#include "diagnostics/render/json_value.h"

namespace overt {
namespace {

class JsonLinesRenderer final : public Renderer {
 public:
  explicit JsonLinesRenderer(const RenderOptions& options) : options_(options) {}

  void Begin(std::string&) override {}

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    absl::StrAppend(&out, DiagnosticJson(diagnostic, options_, sources).dump(), "\n");
  }

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      const Json omitted = {{"path", ValidUtf8(one.path)}, {"findings", one.findings}};
      absl::StrAppend(&out, Json{{"omitted", omitted}}.dump(), "\n");
    }
    for (const std::string& error : summary.internal_errors) {
      absl::StrAppend(&out, Json{{"internal_error", ValidUtf8(error)}}.dump(), "\n");
    }
  }

 private:
  RenderOptions options_;
};

}  // namespace

std::unique_ptr<Renderer> MakeJsonLinesRenderer(const RenderOptions& options) {
  return std::make_unique<JsonLinesRenderer>(options);
}

}  // namespace overt
