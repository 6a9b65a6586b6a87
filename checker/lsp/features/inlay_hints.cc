#include "checker/lsp/features/inlay_hints.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/fixes/text_places.h"

namespace overt::lsp {
namespace {

using classes::Inherited;
using driver::Snapshot;

// Of the line on which the colon of the header stands.
uint32_t EndOfHeaderLine(const grammar::Ast& ast, grammar::NodeId function, absl::string_view text) {
  const auto node = ast.Get<grammar::FunctionDefNode>(function);
  const uint32_t end = ast.range(node.returns().present() ? node.returns() : node.parameters()).end;
  uint32_t at = fixes::SkipBetweenTokens(text, end);
  // Brackets around an annotation are no part of it.
  while (at < text.size() && text[at] != ':') at = fixes::SkipBetweenTokens(text, at + 1);
  return fixes::EndOfLine(text, at);
}

std::vector<InlayHint::Part> PartsOf(const Snapshot& snapshot, const Method& method) {
  std::vector<InlayHint::Part> parts;
  for (const Inherited& base : NotableBaseMembers(*snapshot.classes, method.owner, method.member->name)) {
    parts.push_back(
        {absl::StrCat(parts.empty() ? "↑ " : ", ", LabelOf(*snapshot.classes, base.owner, base.member->name)),
         TargetOf(snapshot, *base.member)});
  }
  return parts;
}

}  // namespace

std::vector<InlayHint> InlayHints(const Snapshot& snapshot, FileId file, TextRange range) {
  std::vector<InlayHint> hints;
  const std::string text = snapshot.program->Text(file).text;
  const grammar::Ast& ast = snapshot.program->Index(file)->ast();
  for (const Method& method : MethodsIn(snapshot, file)) {
    const uint32_t offset = EndOfHeaderLine(ast, method.function, text);
    if (offset < range.begin || range.end < offset) continue;
    std::vector<InlayHint::Part> parts = PartsOf(snapshot, method);
    if (!parts.empty()) hints.push_back({offset, std::move(parts)});
  }
  absl::c_sort(hints, [](const InlayHint& a, const InlayHint& b) { return a.offset < b.offset; });
  return hints;
}

}  // namespace overt::lsp
