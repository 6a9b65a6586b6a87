#include "grammar/verdict/judge_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/types/span.h"
#include "grammar/source/codec.h"
#include "grammar/verdict/tokenizer.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace overt::grammar {
namespace {

// Control characters but for the line ends, and the backslash that may continue a line in odd ways.
bool IsOddAscii(unsigned char c) { return (c < 0x20 && c != '\n' && c != '\r') || c == 0x7F; }

// The first byte at or after `at` that is not ordinary ASCII; the size if there is none.
size_t FindUnusual(absl::string_view text, size_t at) {
#if defined(__SSE2__)
  const __m128i newline = _mm_set1_epi8('\n');
  const __m128i carriage_return = _mm_set1_epi8('\r');
  const __m128i space = _mm_set1_epi8(0x20);
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    // Signed: bytes above 0x7F are below 0x20 as well.
    const __m128i low = _mm_cmplt_epi8(block, space);
    const __m128i line_end = _mm_or_si128(_mm_cmpeq_epi8(block, newline), _mm_cmpeq_epi8(block, carriage_return));
    if (_mm_movemask_epi8(_mm_andnot_si128(line_end, low)) != 0) break;
  }
#endif
  while (at < text.size() && !IsOddAscii(static_cast<unsigned char>(text[at])) &&
         static_cast<unsigned char>(text[at]) < 0x80) {
    ++at;
  }
  return at;
}

// What tree-sitter skips as a blank, and CPython does not.
bool IsFalseBlank(uint32_t code_point) {
  return code_point == 0x85 || code_point == 0xA0 || code_point == 0x1680 ||
         (code_point >= 0x2000 && code_point <= 0x200F) || (code_point >= 0x2028 && code_point <= 0x202F) ||
         (code_point >= 0x205F && code_point <= 0x2064) || code_point == 0x3000 || code_point == 0xFEFF;
}

bool IsInIndentation(absl::string_view text, size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\f')) --at;
  return at == 0 || text[at - 1] == '\n';
}

// The last line ends in a backslash: nothing is there for it to continue with.
bool EndsInBackslash(absl::string_view text) {
  size_t end = text.size();
  while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
  return end > 0 && text[end - 1] == '\\';
}

// A line of blanks and a backslash counts for the indentation of the next in its own way.
bool HasBackslashAlone(absl::string_view text) {
  for (size_t at = text.find("\\\n"); at != absl::string_view::npos; at = text.find("\\\n", at + 1)) {
    if (IsInIndentation(text, at)) return true;
  }
  for (size_t at = text.find("\\\r\n"); at != absl::string_view::npos; at = text.find("\\\r\n", at + 1)) {
    if (IsInIndentation(text, at)) return true;
  }
  return false;
}

// tree-sitter reads on behind a line end where CPython does not: behind `=` and a name, and in front of `:` and `(`.
// Where the line that ends at `end` is one of those, whatever it is part of.
bool MayBeReadOn(absl::string_view text, size_t end) {
  size_t next = end + 1;
  while (next < text.size() && text[next] == ' ') ++next;
  if (next < text.size() && text[next] == ':') return true;
  size_t before = end;
  while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '\r')) --before;
  if (before > 0 && text[before - 1] == '@' && IsInIndentation(text, before - 1)) return true;
  if (before < 2) return false;
  const char last = text[before - 1];
  if (last == '=' && text[before - 2] != '=') return true;
  const absl::string_view line = text.substr(0, before);
  if (last == text[before - 2] && (last == '<' || last == '>') && (before < 3 || text[before - 3] != last)) return true;
  if (last == 't' && absl::EndsWith(line, " import")) return true;
  if (last == 't' && absl::EndsWith(line, "except") && IsInIndentation(text, before - 6)) return true;
  if (next >= text.size() || text[next] != '(') return false;
  const bool is_word = absl::ascii_isalnum(static_cast<unsigned char>(last)) || last == '_';
  return is_word || absl::StrContains(line.substr(line.rfind('\n') + 1), '#');
}

// Bytes that neither open nor close anything, nor end a line.
constexpr std::array<bool, 256> kIsDull = [] {
  std::array<bool, 256> is_dull{};
  is_dull.fill(true);
  for (const char c : absl::string_view("([{)]}\\#\"'\n")) is_dull[static_cast<unsigned char>(c)] = false;
  return is_dull;
}();

// Whether each of these line ends, in order, is within brackets, a literal or a comment. Quotes within quotes can lead
// astray: where brackets do not come out even at the end of the text, the answer is no.
bool AreEnclosed(absl::string_view text, absl::Span<const size_t> ends) {
  size_t depth = 0;
  size_t comment_end = 0;
  // What a comment ends with says nothing of the code in front of it.
  const auto is_read_on = [&](size_t end) {
    if (depth > 0) return false;
    if (end != comment_end) return true;
    const size_t next = text.find_first_not_of(' ', end + 1);
    return next < text.size() && (text[next] == ':' || text[next] == '(');
  };
  for (size_t at = 0; at < text.size();) {
    if (kIsDull[static_cast<unsigned char>(text[at])]) {
      ++at;
      continue;
    }
    const size_t begin = at;
    switch (text[at]) {
      case '(':
      case '[':
      case '{': ++depth; break;
      case ')':
      case ']':
      case '}':
        if (depth-- == 0) return false;
        break;
      case '\\': ++at; break;
      case '#':
        comment_end = std::min(text.find('\n', at), text.size());
        at = comment_end - 1;
        break;
      case '"':
      case '\'': {
        at = BehindString(text, at) - 1;
        const bool is_triple = at - begin >= 5 && text[begin + 1] == text[begin] && text[begin + 2] == text[begin];
        const absl::string_view literal = text.substr(begin, at - begin);
        if (!is_triple && literal.find('\n') != absl::string_view::npos) return false;
        break;
      }
      default: break;
    }
    ++at;
    while (!ends.empty() && ends.front() < at) {
      if (ends.front() == begin && is_read_on(begin)) return false;
      ends.remove_prefix(1);
    }
  }
  return depth == 0;
}

bool HasReadOnLineEnd(absl::string_view text) {
  std::vector<size_t> ends;
  for (size_t end = text.find('\n'); end != absl::string_view::npos; end = text.find('\n', end + 1)) {
    if (MayBeReadOn(text, end)) ends.push_back(end);
  }
  return !ends.empty() && !AreEnclosed(text, ends);
}

// More brackets may be open at once than CPython's tokenizer takes. Brackets in strings and comments count as well,
// which at worst asks for a closer look in vain; a closing one in a string within 200 open ones is not thought of.
bool MayNestTooDeeply(absl::string_view text) {
  constexpr int kMaxOpen = 200;
  int open = 0;
  size_t at = 0;
#if defined(__SSE2__)
  const auto count = [](__m128i block, char a, char b, char c) {
    const __m128i hits =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8(a)), _mm_cmpeq_epi8(block, _mm_set1_epi8(b))),
                     _mm_cmpeq_epi8(block, _mm_set1_epi8(c)));
    return std::popcount(static_cast<uint32_t>(_mm_movemask_epi8(hits)));
  };
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    open += count(block, '(', '[', '{');
    if (open > kMaxOpen) return true;
    open = std::max(0, open - count(block, ')', ']', '}'));
  }
#endif
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '(' || c == '[' || c == '{') ++open;
    if (open > kMaxOpen) return true;
    if (c == ')' || c == ']' || c == '}') open = std::max(0, open - 1);
  }
  return false;
}

}  // namespace

bool TextIsOdd(absl::string_view text) {
  for (size_t at = FindUnusual(text, 0); at < text.size(); at = FindUnusual(text, at)) {
    const unsigned char c = static_cast<unsigned char>(text[at]);
    if (c >= 0x80) {
      size_t length = 0;
      if (IsFalseBlank(CodePointAt(text, at, &length))) return true;
      at += length;
    } else if (c != '\t' && c != '\f') {
      return true;
    } else if (IsInIndentation(text, at)) {
      return true;
    } else {
      ++at;
    }
  }
  return EndsInBackslash(text) || HasBackslashAlone(text) || HasReadOnLineEnd(text) ||
         text.find("(,") != absl::string_view::npos || MayNestTooDeeply(text);
}

size_t BehindString(absl::string_view text, size_t at) {
  const char quote = text[at];
  const bool is_triple = at + 2 < text.size() && text[at + 1] == quote && text[at + 2] == quote;
  const size_t begin = at + (is_triple ? 3 : 1);
  for (size_t i = text.find(quote, begin); i != absl::string_view::npos; i = text.find(quote, i + 1)) {
    size_t first = i;  // of the backslashes in front of the quote
    while (first > begin && text[first - 1] == '\\') --first;
    const bool is_escaped = (i - first) % 2 == 1;
    if (is_escaped) continue;
    if (!is_triple) return i + 1;
    if (i + 2 < text.size() && text[i + 1] == quote && text[i + 2] == quote) return i + 3;
  }
  return text.size();
}

}  // namespace overt::grammar
