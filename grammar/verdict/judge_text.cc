#include "grammar/verdict/judge_text.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
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
// Within brackets most of these are fine, but rare.
bool MayHaveLooseLineEnd(absl::string_view text) {
  for (size_t end = text.find('\n'); end != absl::string_view::npos; end = text.find('\n', end + 1)) {
    size_t next = end + 1;
    while (next < text.size() && text[next] == ' ') ++next;
    if (next < text.size() && text[next] == ':') return true;
    size_t before = end;
    while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '\r')) --before;
    if (before > 0 && text[before - 1] == '@' && IsInIndentation(text, before - 1)) return true;
    if (before < 2) continue;
    const char last = text[before - 1];
    if (last == '=' && text[before - 2] != '=') return true;
    const absl::string_view line = text.substr(0, before);
    if (last == text[before - 2] && (last == '<' || last == '>') && (before < 3 || text[before - 3] != last))
      return true;
    if (last == 't' && absl::EndsWith(line, " import")) return true;
    if (last == 't' && absl::EndsWith(line, "except") && IsInIndentation(text, before - 6)) return true;
    const bool is_word = absl::ascii_isalnum(static_cast<unsigned char>(last)) || last == '_';
    if (is_word && next < text.size() && text[next] == '(') return true;
  }
  return false;
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
  return EndsInBackslash(text) || HasBackslashAlone(text) || MayHaveLooseLineEnd(text) ||
         text.find("(,") != absl::string_view::npos || MayNestTooDeeply(text);
}

}  // namespace overt::grammar
