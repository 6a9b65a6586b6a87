/* The generated language's scanner of indentation and strings, without its most frequent question, and with a quick way
 * through the content of strings.
 *
 * Before every token the runtime hands the scanner its state as bytes, and the scanner frees its two stacks and makes
 * them again. Nearly always these are the bytes that it was asked for last, and nothing happened in between: then this
 * wrapper says nothing. It decides no token itself but one: `string_content.h`.
 */
#ifndef OVERT_GRAMMAR_SYNTAX_KEPT_SCANNER_H_
#define OVERT_GRAMMAR_SYNTAX_KEPT_SCANNER_H_

/* tree-sitter's private header of the language's layout. */
#include "language.h"

/* Puts the wrapper before the scanner of `language`, which must be that of tree-sitter-python. */
void overt_keep_scanner_state(TSLanguage* language);

#endif  // OVERT_GRAMMAR_SYNTAX_KEPT_SCANNER_H_
