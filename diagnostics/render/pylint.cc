// The line that pylint's `parseable` form and flake8's `pylint` form have, for the many programs that read it.
//
//   src/a.py:4: [override-without-base] `A.rows` is marked …
#include "absl/strings/str_cat.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"

namespace overt {
namespace {

class PylintRenderer final : public Renderer {
 public:
  void Begin(std::string&) override {}

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    const SourceView source = sources(diagnostic.primary.span.file);
    const LineColumn at = PositionOf(source, diagnostic.primary.span.range.begin, ColumnUnit::kCodePoint);
    absl::StrAppend(&out, EscapePathAtLineStart(source.path), ":", at.line + 1, ": [", NameOf(diagnostic.rule), "] ",
                    EscapeForTerminal(diagnostic.title), "\n");
  }

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      absl::StrAppend(&out, EscapePathAtLineStart(one.path), ":1: [omitted] ", OmittedText(one.findings), "\n");
    }
  }
};

}  // namespace

std::unique_ptr<Renderer> MakePylintRenderer(const RenderOptions&) { return std::make_unique<PylintRenderer>(); }

}  // namespace overt
