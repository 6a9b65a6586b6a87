// Any text becomes a sound tree: parse, lower, CPython's verdict, and the bytes of the tree read back.
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"
#include "grammar/verdict/verdict.h"
#include "tests/fuzz/canary.h"

namespace overt::fuzz {
namespace {

using grammar::Ast;
using grammar::NodeId;
using grammar::NodeKind;

void CheckRanges(const Ast& ast, size_t text_size) {
  for (uint32_t raw = 0; raw < ast.node_count(); ++raw) {
    const TextRange range = ast.range(NodeId(raw));
    Require(range.begin <= range.end && range.end <= text_size, "a node outside the text");
    ast.ForEachChild(NodeId(raw), [&](NodeId child) { Require(child.raw < raw, "a child after its parent"); });
  }
  for (const grammar::SyntaxProblem& problem : ast.problems()) {
    Require(problem.begin <= problem.end && problem.end <= text_size, "a problem outside the text");
  }
}

void CheckVerdict(const Ast& ast, absl::string_view text, grammar::FileKind kind) {
  for (const grammar::Doubt doubt : {grammar::Doubt::None(), grammar::Doubt::AllOfIt()}) {
    for (const grammar::VerdictProblem& problem : grammar::Judge(ast, text, kind, doubt)) {
      Require(problem.range.begin <= problem.range.end && problem.range.end <= text.size(),
              "a verdict outside the text");
    }
  }
}

void CheckParsing(absl::string_view bytes) {
  const grammar::SourceFile source = grammar::SourceFile::Decode(bytes);
  const auto kind = bytes.size() % 2 == 0 ? grammar::FileKind::kSource : grammar::FileKind::kStub;
  const Ast ast = grammar::ParseSource(source, kind);
  CheckRanges(ast, source.text().size());
  CheckVerdict(ast, source.text(), kind);
  const auto again = Ast::Open(ast.bytes(), nullptr, Ast::Trust::kNothing);
  Require(again.ok(), "the tree's own bytes are refused");
  bool has_class = false, has_match = false;
  for (uint32_t raw = 0; raw < ast.node_count(); ++raw) {
    has_class = has_class || ast.kind(NodeId(raw)) == NodeKind::kClassDef;
    has_match = has_match || ast.kind(NodeId(raw)) == NodeKind::kMatch;
  }
  SpringCanary(has_class && has_match);
}

}  // namespace
}  // namespace overt::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  overt::fuzz::CheckParsing({reinterpret_cast<const char*>(data), size});
  return 0;
}
