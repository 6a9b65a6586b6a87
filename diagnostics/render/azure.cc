// Issues of Azure Pipelines: a logging command for each finding, shown in the summary of the run.
//
//   ##vso[task.logissue type=error;sourcepath=src/a.py;linenumber=4;columnnumber=9;code=override-without-base;]`A.rows`
//   …
//
// Source: Microsoft's documentation, "Logging commands". What a project's text could break out with (line ends, and in
// properties `;` and `]`) is encoded as the agent decodes it.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"

namespace overt {
namespace {

std::string AzureData(absl::string_view text) {
  return absl::StrReplaceAll(EscapeForTerminal(text), {{"%", "%AZP25"}, {"\r", "%0D"}, {"\n", "%0A"}});
}

std::string AzureProperty(absl::string_view text) {
  return absl::StrReplaceAll(AzureData(text), {{";", "%3B"}, {"]", "%5D"}});
}

class AzureRenderer final : public Renderer {
 public:
  void Begin(std::string&) override {}

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    const SourceView source = sources(diagnostic.primary.span.file);
    const LineColumn at = PositionOf(source, diagnostic.primary.span.range.begin, ColumnUnit::kCodePoint);
    // There are errors and warnings only.
    absl::StrAppend(&out, "##vso[task.logissue type=", diagnostic.severity == Severity::kError ? "error" : "warning",
                    ";sourcepath=", AzureProperty(source.path), ";linenumber=", at.line + 1,
                    ";columnnumber=", at.column + 1, ";code=", NameOf(diagnostic.rule), ";]",
                    AzureData(diagnostic.title), "\n");
  }

  bool takes_upward_paths() const override { return false; }

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      absl::StrAppend(&out, "##vso[task.logissue type=warning;sourcepath=", AzureProperty(one.path), ";]",
                      OmittedText(one.findings), "\n");
    }
    for (const std::string& error : summary.internal_errors) {
      absl::StrAppend(&out, "##vso[task.logissue type=error;]overt: internal error: ", AzureData(error), "\n");
    }
  }
};

}  // namespace

std::unique_ptr<Renderer> MakeAzureRenderer(const RenderOptions&) { return std::make_unique<AzureRenderer>(); }

}  // namespace overt
