/* The text around a lexer's position, for scanners that know what they look for: a run of plain characters is passed in
 * one step in place of a call for each.
 *
 * Works on the lexer of `lexer.c`, whose texts lie in memory in one piece. Not for scanners in general: a move counts
 * bytes, rows and columns, and leaves the count of characters in the line to be made again when asked for.
 */
#ifndef OVERT_GRAMMAR_SYNTAX_LEXER_TEXT_H_
#define OVERT_GRAMMAR_SYNTAX_LEXER_TEXT_H_

#include <stdint.h>

/* tree-sitter's private header of the lexer. */
#include "lexer.h"

/* The text from the lexer's position to its end, at `*end`; both null at the end. Valid until the lexer moves. */
const char* overt_lexer_text(const TSLexer* lexer, const char** end);

/* Moves on by `bytes`, at most to the end of the text, and between characters only. */
void overt_lexer_move(TSLexer* lexer, uint32_t bytes);

#endif  // OVERT_GRAMMAR_SYNTAX_LEXER_TEXT_H_
