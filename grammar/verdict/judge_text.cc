#include "grammar/verdict/judge_text.h"

#include <cstdint>
#include <cstring>

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
  return EndsInBackslash(text) || HasBackslashAlone(text);
}

}  // namespace overt::grammar
