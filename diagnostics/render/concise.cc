// One line for each diagnostic: `path:line:col: severity[rule] message`.
#include "absl/strings/str_cat.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"

namespace overt {
namespace {

class ConciseRenderer final : public Renderer {
 public:
  explicit ConciseRenderer(const RenderOptions& options) : color_(options.color) {}

  void Begin(std::string&) override {}

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      absl::StrAppend(&out, EscapePathAtLineStart(one.path), ": ", OmittedText(one.findings), "\n");
    }
  }

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    const SourceView source = sources(diagnostic.primary.span.file);
    const LineColumn at = PositionOf(source, diagnostic.primary.span.range.begin, ColumnUnit::kCodePoint);
    absl::StrAppend(&out, EscapePathAtLineStart(source.path), ":", at.line + 1, ":", at.column + 1, ": ");
    const std::string head = absl::StrCat(SeverityName(diagnostic.severity), "[", NameOf(diagnostic.rule), "]");
    if (color_ == Color::kAnsi) {
      absl::StrAppend(&out, diagnostic.severity == Severity::kError ? "\x1b[1;31m" : "\x1b[1;33m", head, "\x1b[0m");
    } else {
      absl::StrAppend(&out, head);
    }
    absl::StrAppend(&out, " ", EscapeForTerminal(diagnostic.title), "\n");
  }

 private:
  Color color_;
};

}  // namespace

std::unique_ptr<Renderer> MakeConciseRenderer(const RenderOptions& options) {
  return std::make_unique<ConciseRenderer>(options);
}

}  // namespace overt
