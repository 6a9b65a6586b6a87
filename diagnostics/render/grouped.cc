// By file, for people who go through one file after the other: its path once, then a line for each finding.
//
//   src/a.py
//     4:9 error[override-without-base] `A.rows` is marked …
#include "absl/strings/str_cat.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"

namespace overt {
namespace {

class GroupedRenderer final : public Renderer {
 public:
  explicit GroupedRenderer(const RenderOptions& options) : color_(options.color) {}

  void Begin(std::string&) override {}

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    const SourceView source = sources(diagnostic.primary.span.file);
    if (path_ != source.path || is_first_) {
      path_ = std::string(source.path);
      absl::StrAppend(&out, is_first_ ? "" : "\n", Styled(EscapePathAtLineStart(path_), "\x1b[1m"), "\n");
      is_first_ = false;
    }
    const LineColumn at = PositionOf(source, diagnostic.primary.span.range.begin, ColumnUnit::kCodePoint);
    const std::string head = absl::StrCat(SeverityName(diagnostic.severity), "[", NameOf(diagnostic.rule), "]");
    absl::StrAppend(&out, "  ", at.line + 1, ":", at.column + 1, " ",
                    Styled(head, diagnostic.severity == Severity::kError ? "\x1b[1;31m" : "\x1b[1;33m"), " ",
                    EscapeForTerminal(diagnostic.title), "\n");
  }

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      absl::StrAppend(&out, "\n", EscapePathAtLineStart(one.path), "\n  ", OmittedText(one.findings), "\n");
    }
  }

 private:
  std::string Styled(absl::string_view text, absl::string_view style) const {
    return color_ == Color::kAnsi ? absl::StrCat(style, text, "\x1b[0m") : std::string(text);
  }

  Color color_;
  std::string path_;  // of the group that is open
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<Renderer> MakeGroupedRenderer(const RenderOptions& options) {
  return std::make_unique<GroupedRenderer>(options);
}

}  // namespace overt
