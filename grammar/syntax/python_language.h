/* tree-sitter-python's language with a parse table that is looked up, not searched.
 *
 * The generated parser keeps 185 of its 2,786 states as rows of a table and the others as lists of symbols, which the
 * runtime searches from the front for every token and every reduction: half of the time of a parse. Here every state is
 * a row (1.5 MB, of which a program touches little). The language is otherwise the generated one, and it accepts the
 * same texts with the same trees: `tests/unit/grammar/python_language_test.cc` compares all entries.
 */
#ifndef OVERT_GRAMMAR_SYNTAX_PYTHON_LANGUAGE_H_
#define OVERT_GRAMMAR_SYNTAX_PYTHON_LANGUAGE_H_

#ifdef __cplusplus
extern "C" {
#endif

typedef struct TSLanguage TSLanguage;

/* Makes a copy with a full table; null if memory is short. It is never freed: one serves the whole program. */
const TSLanguage* overt_make_python_language(void);

#ifdef __cplusplus
}
#endif

#endif  // OVERT_GRAMMAR_SYNTAX_PYTHON_LANGUAGE_H_
