// What `mypy --output json` prints: one object a line. Lines count from 1, columns from 0 in code points, and the end
// is where the text ends. The notes of a finding are its `hint`. Source: mypy's documentation, "The mypy command line".
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"
#include "diagnostics/render/json_value.h"
#include "diagnostics/render/mypy_message.h"

namespace overt {
namespace {

void AppendObject(const MypyMessage& message, std::string& out) {
  const Json json = {{"file", ValidUtf8(message.path)},
                     {"line", message.begin.line + 1},
                     {"column", message.begin.column},
                     {"end_line", message.end.line + 1},
                     {"end_column", message.end.column},
                     {"message", ValidUtf8(message.text)},
                     {"hint", message.notes.empty() ? Json() : Json(ValidUtf8(absl::StrJoin(message.notes, "\n")))},
                     {"code", message.code.empty() ? Json() : Json(std::string(message.code))},
                     {"severity", std::string(message.severity)}};
  absl::StrAppend(&out, json.dump(), "\n");
}

class MypyJsonRenderer final : public Renderer {
 public:
  void Begin(std::string&) override {}

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    for (const MypyMessage& message : MypyMessagesOf(diagnostic, sources)) AppendObject(message, out);
  }

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) AppendObject(MypyMessageOf(one), out);
    for (const std::string& error : summary.internal_errors) {
      MypyMessage message;
      message.path = error.substr(0, error.find(": "));
      message.severity = "error";
      message.text = absl::StrCat("internal error in ", error);
      AppendObject(message, out);
    }
  }
};

}  // namespace

std::unique_ptr<Renderer> MakeMypyJsonRenderer(const RenderOptions&) { return std::make_unique<MypyJsonRenderer>(); }

}  // namespace overt
