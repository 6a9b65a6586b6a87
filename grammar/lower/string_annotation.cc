#include "grammar/lower/string_annotation.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "grammar/ast/literal.h"
#include "grammar/lower/lowering.h"
#include "grammar/source/source_file.h"
#include "grammar/syntax/flat_syntax.h"
#include "grammar/syntax/parser.h"

namespace overt::grammar {
namespace {

// Quotes allow line ends and spaces that an expression of its own would not: it is parsed in brackets.
std::optional<QuotedAnnotation> ParseText(const std::string& text, std::vector<uint32_t> offsets) {
  if (absl::StripAsciiWhitespace(text).empty()) return std::nullopt;
  const auto size = static_cast<uint32_t>(text.size());
  const Edit edits[] = {{{0, 0}, "("}, {{size, size}, "\n)"}};
  const EditedText edited(text, edits);
  Parser parser;
  const SyntaxTree tree = parser.Parse(edited.text());
  FlatSyntax syntax;
  tree.ReadInto(syntax);
  if (syntax.has_error()) return std::nullopt;
  Lowering lowering(text, 0);
  const NodeId value = lowering.RunExpression(syntax, edited);
  if (!value.present()) return std::nullopt;
  lowering.builder().Leaf(NodeKind::kExpression, {0, size}, value.raw);
  QuotedAnnotation annotation;
  annotation.tree = std::move(lowering.builder()).Build(FindLineStarts(text));
  annotation.offsets = std::move(offsets);
  return annotation;
}

// Adds what one literal says; false for what cannot be an annotation.
bool AppendLiteral(const Ast& ast, NodeId literal, absl::string_view source, std::string& text,
                   std::vector<uint32_t>& offsets) {
  const Node& node = ast.node(literal);
  if (node.kind != NodeKind::kString || (node.flags & NodeFlags::kBytes) != 0 || node.end > source.size()) return false;
  uint32_t begin = node.begin;
  while (begin < node.end && source[begin] != '"' && source[begin] != '\'') ++begin;
  const uint32_t quotes = (node.flags & NodeFlags::kTripleQuoted) != 0 ? 3 : 1;
  if (node.end - begin < 2 * quotes) return false;
  const TextRange inside{begin + quotes, node.end - quotes};
  DecodeLiteralWithOffsets(source.substr(inside.begin, inside.size()), node.flags & NodeFlags::kRaw, inside.begin, text,
                           offsets);
  return true;
}

// Where the last byte of the text ends in the source: literals end with one quote or three.
uint32_t EndOfContents(const Ast& ast, NodeId literal) {
  const Node& node = ast.node(literal);
  return node.end - ((node.flags & NodeFlags::kTripleQuoted) != 0 ? 3 : 1);
}

}  // namespace

std::optional<QuotedAnnotation> ParseQuotedAnnotation(const Ast& ast, NodeId string, absl::string_view source) {
  std::string text;
  std::vector<uint32_t> offsets;
  NodeId last = string;
  if (ast.kind(string) == NodeKind::kConcatenatedString) {
    for (const NodeId part : ConcatenatedStringNode(ast, string).parts()) {
      if (!AppendLiteral(ast, part, source, text, offsets)) return std::nullopt;
      last = part;
    }
  } else if (!AppendLiteral(ast, string, source, text, offsets)) {
    return std::nullopt;
  }
  if (ast.kind(last) != NodeKind::kString) return std::nullopt;
  offsets.push_back(EndOfContents(ast, last));
  return ParseText(text, std::move(offsets));
}

std::optional<QuotedAnnotation> ParseTypeComment(const Comment& comment, absl::string_view source) {
  absl::string_view text = source.substr(comment.begin, comment.end - comment.begin);
  if (!absl::ConsumePrefix(&text, "#")) return std::nullopt;
  text = absl::StripLeadingAsciiWhitespace(text);
  if (!absl::ConsumePrefix(&text, "type:")) return std::nullopt;
  text = absl::StripLeadingAsciiWhitespace(text);
  const bool is_ignore =
      absl::StartsWith(text, "ignore") &&
      (text.size() == 6 || !(absl::ascii_isalnum(static_cast<unsigned char>(text[6])) || text[6] == '_'));
  if (is_ignore) return std::nullopt;
  const auto begin = static_cast<uint32_t>(comment.end - text.size());
  std::vector<uint32_t> offsets;
  for (uint32_t i = 0; i <= text.size(); ++i) offsets.push_back(begin + i);
  return ParseText(std::string(text), std::move(offsets));
}

}  // namespace overt::grammar
