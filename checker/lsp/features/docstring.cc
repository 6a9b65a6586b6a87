#include "checker/lsp/features/docstring.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "grammar/ast/literal.h"

namespace overt::lsp {
namespace {

using grammar::Ast;
using grammar::NodeId;
using grammar::NodeKind;

constexpr size_t kMostRead = 8192;  // bytes of the literal
constexpr size_t kMostShown = 600;  // bytes of the result
constexpr size_t kMostParagraphs = 3;
constexpr absl::string_view kLeftOut = "…";

// At most `size` bytes, no code point cut in two.
absl::string_view Prefix(absl::string_view text, size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

// The literal that is the docstring; none if the body begins with something else.
NodeId DocstringNode(const Ast& ast, NodeId definition) {
  grammar::NodeList body;
  if (ast.kind(definition) == NodeKind::kFunctionDef) body = ast.Get<grammar::FunctionDefNode>(definition).body();
  if (ast.kind(definition) == NodeKind::kClassDef) body = ast.Get<grammar::ClassDefNode>(definition).body();
  if (body.empty() || !ast.Is<grammar::ExpressionStatementNode>(body.front())) return NodeId();
  const NodeId value = ast.Get<grammar::ExpressionStatementNode>(body.front()).value();
  const bool is_text = ast.Is<grammar::StringNode>(value) && (ast.node(value).flags & grammar::NodeFlags::kBytes) == 0;
  return is_text ? value : NodeId();
}

// What stands between the quotes, decoded.
std::string Decoded(const Ast& ast, absl::string_view text, NodeId literal, bool* cut) {
  const grammar::Node& node = ast.node(literal);
  if (node.end > text.size() || node.begin >= node.end) return "";
  absl::string_view inside = text.substr(node.begin, node.end - node.begin);
  inside.remove_prefix(std::min(inside.find_first_of("\"'"), inside.size()));
  const size_t quotes = (node.flags & grammar::NodeFlags::kTripleQuoted) != 0 ? 3 : 1;
  if (inside.size() < 2 * quotes) return "";
  inside = inside.substr(quotes, inside.size() - 2 * quotes);
  *cut = inside.size() > kMostRead;
  inside = Prefix(inside, kMostRead);
  // A backslash at the cut would escape what is no longer there.
  if (*cut) inside = absl::StripSuffix(inside, "\\");
  return grammar::DecodeLiteral(inside, node.flags & grammar::NodeFlags::kRaw);
}

size_t Indentation(absl::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

// As `inspect.cleandoc`: the first line for itself, the others by what all of them share.
std::vector<std::string> CleanLines(absl::string_view text) {
  std::vector<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    std::string spaced;
    for (const char c : line) absl::StrAppend(&spaced, c == '\t' ? "    " : std::string(1, c));
    absl::StripTrailingAsciiWhitespace(&spaced);
    lines.push_back(std::move(spaced));
  }
  size_t shared = std::string::npos;
  for (size_t i = 1; i < lines.size(); ++i) {
    if (!lines[i].empty()) shared = std::min(shared, Indentation(lines[i]));
  }
  for (size_t i = 0; i < lines.size(); ++i) {
    lines[i].erase(0, i == 0 ? Indentation(lines[i]) : std::min(shared, lines[i].size()));
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  lines.erase(lines.begin(), std::find_if(lines.begin(), lines.end(), [](const auto& line) { return !line.empty(); }));
  return lines;
}

}  // namespace

std::string DocstringOf(const Ast& ast, absl::string_view text, NodeId definition) {
  const NodeId literal = DocstringNode(ast, definition);
  if (!literal.present()) return "";
  bool cut = false;
  const std::vector<std::string> lines = CleanLines(Decoded(ast, text, literal, &cut));
  std::string shown;
  size_t paragraphs = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty() && i > 0 && !lines[i - 1].empty() && ++paragraphs == kMostParagraphs) {
      cut = true;
      break;
    }
    absl::StrAppend(&shown, i == 0 ? "" : "\n", lines[i]);
    if (shown.size() > kMostShown) {
      shown = std::string(Prefix(shown, kMostShown));
      cut = true;
      break;
    }
  }
  absl::StripTrailingAsciiWhitespace(&shown);
  if (cut) absl::StrAppend(&shown, paragraphs == kMostParagraphs ? "\n\n" : " ", kLeftOut);
  return shown;
}

namespace {

// Characters that would turn the direction of what follows, or hide it.
bool IsInvisible(absl::string_view character) {
  if (character.size() == 1) return absl::ascii_iscntrl(static_cast<unsigned char>(character[0]));
  for (const absl::string_view mark : {"\u200b", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e",
                                       "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff"}) {
    if (character == mark) return true;
  }
  return false;
}

bool IsWord(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || (c & 0x80) != 0; }

// Whether Markdown may read something into the character at `i`.
bool NeedsEscape(absl::string_view line, size_t i) {
  const bool at_start = line.substr(0, i).find_first_not_of(' ') == absl::string_view::npos;
  switch (line[i]) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '&':
    case '~':
    case '|':
    case '!': return true;
    // Within a word an underscore is an underscore.
    case '_': return i == 0 || i + 1 == line.size() || !IsWord(line[i - 1]) || !IsWord(line[i + 1]);
    case '#':
    case '>':
    case '+':
    case '-':
    case '=': return at_start;
    // `1.` and `1)` begin a list.
    case '.':
    case ')': {
      const absl::string_view before = absl::StripLeadingAsciiWhitespace(line.substr(0, i));
      return !before.empty() && std::all_of(before.begin(), before.end(), absl::ascii_isdigit);
    }
    // Some clients make a link of every address.
    case ':': return absl::StartsWith(line.substr(i), "://") || absl::EndsWith(line.substr(0, i), "command");
    default: return false;
  }
}

std::string InertLine(absl::string_view line) {
  const size_t indent = Indentation(line);
  std::string out;
  // Spaces at the start would make a code block, or vanish.
  for (size_t i = 0; i < indent; ++i) absl::StrAppend(&out, "\u00a0");
  for (size_t i = indent; i < line.size();) {
    size_t size = 1;
    while (i + size < line.size() && (static_cast<unsigned char>(line[i + size]) & 0xC0) == 0x80) ++size;
    const absl::string_view character = line.substr(i, size);
    if (!IsInvisible(character)) absl::StrAppend(&out, NeedsEscape(line, i) ? "\\" : "", character);
    i += size;
  }
  return out;
}

}  // namespace

std::string InertMarkdown(absl::string_view text) {
  std::string out;
  bool after_text = false;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::string inert = InertLine(line);
    // Two spaces at the end of a line keep its end.
    if (!out.empty()) absl::StrAppend(&out, after_text && !inert.empty() ? "  \n" : "\n");
    absl::StrAppend(&out, inert);
    after_text = !inert.empty();
  }
  return out;
}

}  // namespace overt::lsp
