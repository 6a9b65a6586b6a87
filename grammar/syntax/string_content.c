#include "grammar/syntax/string_content.h"

#include <stddef.h>

#include "grammar/syntax/lexer_text.h"

/* The generated scanner's flags of a delimiter. */
enum { kSingleQuote = 1, kDoubleQuote = 2, kRaw = 8, kFormat = 16, kTriple = 32, kBytes = 64 };

/* What may end a run of plain characters. */
enum { kPlain, kQuote1, kQuote2, kBackslash, kBrace, kLineEnd, kNul };
static const unsigned char kKinds[256] = {
    ['\''] = kQuote1, ['"'] = kQuote2, ['\\'] = kBackslash, ['{'] = kBrace, ['}'] = kBrace, ['\n'] = kLineEnd, [0] = kNul};

/* The first character from `at` on that is not plain here, or `end`. */
static const char *skip_plain(const char *at, const char *end, unsigned char delimiter) {
  const unsigned char quote = delimiter & kSingleQuote ? kQuote1 : kQuote2;
  for (; at < end; ++at) {
    const unsigned char kind = kKinds[(unsigned char)*at];
    if (kind == kPlain) continue;
    if (kind == quote || kind == kBackslash || kind == kNul) return at;
    if (kind == kBrace && (delimiter & kFormat)) return at;
    if (kind == kLineEnd && !(delimiter & kTriple)) return at;
  }
  return end;
}

/* How many of the characters at `at` are `quote`, at most three. */
static int count_quotes(const char *at, const char *end, char quote) {
  int count = 0;
  while (count < 3 && at + count < end && at[count] == quote) ++count;
  return count;
}

/* Where the content that begins at `begin` ends; `*seen` is how far one had to look to know. Null: that is not for us. */
static const char *find_end(const char *begin, const char *end, unsigned char delimiter, const char **seen) {
  const char quote = delimiter & kSingleQuote ? '\'' : '"';
  const char *known = begin;  /* content for certain */
  for (;;) {
    const char *at = skip_plain(known, end, delimiter);
    *seen = at;
    if (at == end || *at == '\0' || *at == '\n') break;  /* a string without an end: what was found is all there is */
    if (*at != quote || !(delimiter & kTriple)) return at;
    const int quotes = count_quotes(at, end, quote);
    *seen = at + quotes;
    if (quotes == 3) return at;
    known = at + quotes;
  }
  *seen = known;
  return known;
}

bool overt_scan_string_content(TSLexer *lexer, unsigned char delimiter) {
  if (delimiter & (kRaw | kBytes) || !(delimiter & (kSingleQuote | kDoubleQuote))) return false;
  const char *text_end;
  const char *begin = overt_lexer_text(lexer, &text_end);
  if (!begin) return false;
  const char *seen;
  const char *end = find_end(begin, text_end, delimiter, &seen);
  if (end == begin) return false;
  overt_lexer_move(lexer, (uint32_t)(end - begin));
  lexer->mark_end(lexer);
  overt_lexer_move(lexer, (uint32_t)(seen - end));
  return true;
}
