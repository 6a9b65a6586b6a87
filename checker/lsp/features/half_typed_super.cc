#include "checker/lsp/features/half_typed_super.h"

#include "absl/strings/ascii.h"
#include "grammar/base/identifier.h"

namespace overt::lsp {
namespace {

// The identifier that touches `offset` on either side; may be empty.
TextRange WordAt(absl::string_view text, uint32_t offset) {
  TextRange word{offset, offset};
  while (word.begin > 0 && grammar::IsIdentifierByte(text[word.begin - 1])) --word.begin;
  while (word.end < text.size() && grammar::IsIdentifierByte(text[word.end])) ++word.end;
  return word;
}

bool IsSuperWord(absl::string_view text, TextRange word) {
  return text.substr(word.begin, word.size()) == "super" && (word.begin == 0 || text[word.begin - 1] != '.');
}

// The bracket that the one before `end` closes; none if it is not there.
std::optional<uint32_t> OpeningBefore(absl::string_view text, uint32_t begin, uint32_t end) {
  uint32_t depth = 0;
  for (uint32_t at = end; at > begin; --at) {
    const char c = text[at - 1];
    if (c == '"' || c == '\'' || c == '#') return std::nullopt;
    if (c == ')') ++depth;
    if (c == '(' && --depth == 0) return at - 1;
  }
  return std::nullopt;
}

// Of the text behind `super(`.
absl::string_view FirstArgument(absl::string_view behind) {
  return absl::StripAsciiWhitespace(behind.substr(0, behind.find_first_of("(),\n")));
}

}  // namespace

std::optional<HalfTypedSuper> ReadHalfTypedSuper(absl::string_view text, TextRange statement, uint32_t offset) {
  if (statement.end > text.size()) return std::nullopt;
  const TextRange word = WordAt(text, offset);
  if (IsSuperWord(text, word)) {
    if (word.end == text.size() || text[word.end] != '(') return std::nullopt;
    return HalfTypedSuper{word, FirstArgument(text.substr(word.end + 1)), ""};
  }
  const bool is_attribute =
      word.size() > 0 && word.begin > statement.begin + 1 && text[word.begin - 1] == '.' && text[word.begin - 2] == ')';
  if (!is_attribute) return std::nullopt;
  const std::optional<uint32_t> opening = OpeningBefore(text, statement.begin, word.begin - 1);
  if (!opening || !IsSuperWord(text, WordAt(text, *opening))) return std::nullopt;
  return HalfTypedSuper{word, FirstArgument(text.substr(*opening + 1)), text.substr(word.begin, word.size())};
}

}  // namespace overt::lsp
