// Annotations of GitHub Actions: a workflow command for each finding, which shows it beside the changed line.
//
//   ::error title=overt override-without-base,file=src/a.py,line=4,col=9,endLine=4,endColumn=13::`A.rows` is marked …
//
// Source: GitHub's documentation, "Workflow commands for GitHub Actions". What a project's text could break out with
// (line ends, and in properties `:` and `,`) is encoded as the runner decodes it.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"

namespace overt {
namespace {

std::string Data(absl::string_view text) {
  return absl::StrReplaceAll(EscapeForTerminal(text), {{"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"}});
}

std::string Property(absl::string_view text) { return absl::StrReplaceAll(Data(text), {{":", "%3A"}, {",", "%2C"}}); }

absl::string_view Command(Severity severity) {
  switch (severity) {
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
    case Severity::kInfo:
    case Severity::kIgnore: return "notice";
  }
  return "notice";
}

class GithubRenderer final : public Renderer {
 public:
  void Begin(std::string&) override {}

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    const SourceView source = sources(diagnostic.primary.span.file);
    const LineColumn begin = PositionOf(source, diagnostic.primary.span.range.begin, ColumnUnit::kCodePoint);
    const LineColumn end = PositionOf(source, diagnostic.primary.span.range.end, ColumnUnit::kCodePoint);
    absl::StrAppend(&out, "::", Command(diagnostic.severity), " title=overt ", NameOf(diagnostic.rule),
                    ",file=", Property(source.path), ",line=", begin.line + 1, ",endLine=", end.line + 1);
    // Columns are for annotations of one line only.
    if (begin.line == end.line) absl::StrAppend(&out, ",col=", begin.column + 1, ",endColumn=", end.column + 1);
    absl::StrAppend(&out, "::", Data(diagnostic.title));
    // A line end in an annotation is written `%0A`.
    for (const Note& note : diagnostic.notes) {
      absl::StrAppend(&out, note.kind == Note::Kind::kHelp ? "%0Ahelp: " : "%0Anote: ", Data(note.text));
    }
    out += '\n';
  }

  bool takes_upward_paths() const override { return false; }

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      absl::StrAppend(&out, "::notice title=overt,file=", Property(one.path), "::", OmittedText(one.findings), "\n");
    }
    for (const std::string& error : summary.internal_errors) {
      absl::StrAppend(&out, "::error title=overt internal error::", Data(error), "\n");
    }
  }
};

}  // namespace

std::unique_ptr<Renderer> MakeGithubRenderer(const RenderOptions&) { return std::make_unique<GithubRenderer>(); }

}  // namespace overt
