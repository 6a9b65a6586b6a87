/* Whether a character belongs to a set of ranges, with a short way for ASCII.
 *
 * The generated lexer asks it for every character of every identifier: a binary search in hundreds of ranges of
 * Unicode, which for the letters of nearly all programs ends in the first four. The answers are the same.
 *
 * The generated lexer is compiled with this header in front, under its own name. Not for any other code.
 */
#ifndef OVERT_GRAMMAR_SYNTAX_CHARACTER_SETS_H_
#define OVERT_GRAMMAR_SYNTAX_CHARACTER_SETS_H_

#include "tree_sitter/parser.h"

/* The ranges stand in ascending order. */
static inline bool overt_set_contains(const TSCharacterRange* ranges, uint32_t count, int32_t character) {
  if (character >= 0x80) return set_contains(ranges, count, character);
  for (uint32_t i = 0; i < count && ranges[i].start <= character; ++i) {
    if (character <= ranges[i].end) return true;
  }
  return false;
}

#define set_contains overt_set_contains

#endif  // OVERT_GRAMMAR_SYNTAX_CHARACTER_SETS_H_
