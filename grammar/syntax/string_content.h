/* The characters of a string, up to its end or whatever else in it is a token of its own.
 *
 *   """see "a" and {b}"""     one token `see "a" and {b}`; in an f-string `see "a" and `, then the braces
 *
 * The generated scanner reads them one by one and ends a token at every quote of a triple-quoted string: a text of JSON
 * becomes a node for every word. How a string's content is cut shows nowhere in the tree but in the time it takes, so
 * here it is one token, found in memory. Raw strings and bytes are left to the generated scanner, whose tokens for
 * backslashes in them depend on how it came there.
 */
#ifndef OVERT_GRAMMAR_SYNTAX_STRING_CONTENT_H_
#define OVERT_GRAMMAR_SYNTAX_STRING_CONTENT_H_

#include <stdbool.h>

#include "lexer.h"

/* Reads content that begins at the lexer's position into a string that was opened with `delimiter`, the generated
 * scanner's flags. False, with the lexer where it was, if there is none or the generated scanner has to see it. */
bool overt_scan_string_content(TSLexer* lexer, unsigned char delimiter);

#endif  // OVERT_GRAMMAR_SYNTAX_STRING_CONTENT_H_
