/* Python text to the listing of its tree in one go, by tree-sitter's tables but without its runtime.
 *
 *   x, y = f(1)      the listing of flat_syntax.h, equal to what `overt_flatten` makes of tree-sitter's tree
 *
 * tree-sitter's runtime is made for editors: it keeps every node as an object that later parses can share, and a stack
 * that is a graph, so that several readings of a text can go on side by side and errors can be recovered from. A file
 * that is checked needs none of that nearly always. This parser is a plain LR one: one stack, one reading, nodes
 * written to the listing when they are complete. It uses the tables, the lexer and the scanner that were generated from
 * the grammar. Four fifths of the tokens are plain words and single marks (`x`, `(`, `=`): what lexer and scanner make
 * of those is asked once for a parser, in each state, and then known; that the answers are the same is a law of
 * tests/oracle/trees.
 *
 * Where the grammar leaves a choice (`a, b` may begin an assignment or be a tuple), the readings are followed on stacks
 * of states alone until one is left or two meet; of those that meet, the one of higher dynamic precedence wins. Then
 * the parser goes on from the choice, knowing the answer. Source: tree-sitter's documentation, "Conflicts" in "Creating
 * parsers"; M. Tomita, "Efficient Parsing for Natural Language" (1986), whose stacks these are without the sharing.
 *
 * Not for texts with errors, texts that have two readings of equal rank, and edited trees: it gives up on the first
 * two, and tree-sitter's runtime answers. Work is linear in the text, memory too.
 */
#ifndef OVERT_GRAMMAR_SYNTAX_QUICK_PARSE_H_
#define OVERT_GRAMMAR_SYNTAX_QUICK_PARSE_H_

#include <stdint.h>

#include "grammar/syntax/flatten.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct TSLanguage TSLanguage;
typedef struct OvertQuickParser OvertQuickParser;

/* `language` must have its whole parse table (python_language.h). Null if memory is short. */
OvertQuickParser* overt_quick_parser_new(const TSLanguage* language);
void overt_quick_parser_delete(OvertQuickParser* parser);

/* Fills `out`, whose buffers are reused, from `text` (UTF-8). 1: done. 0: not for this parser, `out` is to be filled
 * otherwise. -1: memory ran out. `comment_symbol` is the grammar's. */
int overt_quick_parse(OvertQuickParser* parser, const char* text, uint32_t size, uint16_t comment_symbol,
                      OvertFlatTree* out);

/* After an answer of 0: where the last line of statements ends that was read as a whole. Whatever comes after it, what
 * is before it has no error. In bytes. */
uint32_t overt_quick_parser_sound_until(const OvertQuickParser* parser);
/* Where the last token ends that fitted. */
uint32_t overt_quick_parser_read_until(const OvertQuickParser* parser);

#ifdef __cplusplus
}
#endif

#endif /* OVERT_GRAMMAR_SYNTAX_QUICK_PARSE_H_ */
