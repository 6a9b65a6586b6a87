#include "grammar/syntax/python_language.h"

#include <stdlib.h>

#include "grammar/syntax/kept_scanner.h"

extern const TSLanguage *tree_sitter_python(void);

/* One state's list: groups of (value, count, symbols …). */
static void fill_row(uint16_t *row, const uint16_t *list) {
  uint16_t groups = *list++;
  for (uint16_t group = 0; group < groups; ++group) {
    uint16_t value = *list++;
    uint16_t symbols = *list++;
    for (uint16_t i = 0; i < symbols; ++i) {
      uint16_t symbol = *list++;
      /* The search would have found the first one. */
      if (row[symbol] == 0) row[symbol] = value;
    }
  }
}

const TSLanguage *overt_make_python_language(void) {
  const TSLanguage *generated = tree_sitter_python();
  const size_t width = generated->symbol_count;
  const size_t large = generated->large_state_count;
  uint16_t *table = calloc(generated->state_count * width, sizeof(uint16_t));
  TSLanguage *language = malloc(sizeof(TSLanguage));
  if (!table || !language) return NULL;
  for (size_t i = 0; i < large * width; ++i) table[i] = generated->parse_table[i];
  for (size_t state = large; state < generated->state_count; ++state) {
    fill_row(table + state * width, generated->small_parse_table + generated->small_parse_table_map[state - large]);
  }
  *language = *generated;
  language->large_state_count = generated->state_count;
  language->parse_table = table;
  overt_keep_scanner_state(language);
  return language;
}
