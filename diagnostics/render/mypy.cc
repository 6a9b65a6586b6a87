// The lines that mypy prints with `--show-column-numbers`, for the many programs that read them. Source: mypy's
// documentation, "The mypy command line".
//
//   src/a.py:4:9: error: `A.rows` is marked …  [override-without-base]
//   src/a.py:4:9: note: searched `A` and `object`
#include "absl/strings/str_cat.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"
#include "diagnostics/render/mypy_message.h"

namespace overt {
namespace {

void AppendLines(const MypyMessage& message, std::string& out) {
  const std::string place = absl::StrCat(EscapePathAtLineStart(message.path), ":", message.begin.line + 1, ":",
                                         message.begin.column + 1, ": ");
  absl::StrAppend(&out, place, message.severity, ": ", EscapeForTerminal(message.text));
  if (!message.code.empty()) absl::StrAppend(&out, "  [", message.code, "]");
  out += "\n";
  for (const std::string& note : message.notes) absl::StrAppend(&out, place, "note: ", EscapeForTerminal(note), "\n");
}

class MypyRenderer final : public Renderer {
 public:
  void Begin(std::string&) override {}

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    for (const MypyMessage& message : MypyMessagesOf(diagnostic, sources)) AppendLines(message, out);
  }

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) AppendLines(MypyMessageOf(one), out);
  }
};

}  // namespace

std::unique_ptr<Renderer> MakeMypyRenderer(const RenderOptions&) { return std::make_unique<MypyRenderer>(); }

}  // namespace overt
