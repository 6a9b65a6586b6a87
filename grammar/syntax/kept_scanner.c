#include "grammar/syntax/kept_scanner.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tree_sitter/api.h>

#include "grammar/syntax/string_content.h"

void *tree_sitter_python_external_scanner_create(void);
void tree_sitter_python_external_scanner_destroy(void *payload);
bool tree_sitter_python_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols);
unsigned tree_sitter_python_external_scanner_serialize(void *payload, char *buffer);
void tree_sitter_python_external_scanner_deserialize(void *payload, const char *buffer, unsigned length);

typedef struct {
  void *scanner;
  /* What the scanner's state would be written as; meaningless while `is_known` is false. */
  bool is_known;
  unsigned length;
  char state[TREE_SITTER_SERIALIZATION_BUFFER_SIZE];
} Kept;

static void *kept_create(void) {
  Kept *kept = malloc(sizeof(Kept));
  if (!kept) abort();
  kept->scanner = tree_sitter_python_external_scanner_create();
  kept->is_known = false;
  return kept;
}

static void kept_destroy(void *payload) {
  Kept *kept = payload;
  tree_sitter_python_external_scanner_destroy(kept->scanner);
  free(kept);
}

/* The generated scanner's numbers of its tokens. */
enum { kIndent = 1, kDedent = 2, kStringStart = 3, kStringContent = 4, kStringEnd = 6 };

static void know_state(Kept *kept) {
  kept->length = tree_sitter_python_external_scanner_serialize(kept->scanner, kept->state);
  kept->is_known = true;
}

/* The flags of the innermost string that is open; 0: none, or the state does not say. */
static unsigned char open_string(Kept *kept) {
  if (!kept->is_known) know_state(kept);
  /* The state begins with a flag, the number of open strings in a byte, and their delimiters, outermost first. */
  if (kept->length < 2) return 0;
  const unsigned char open = (unsigned char)kept->state[1];
  return open == 0 || open == UINT8_MAX ? 0 : (unsigned char)kept->state[1 + open];
}

static bool kept_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  Kept *kept = payload;
  /* Where indentation may begin as well, everything is allowed: the parser looks for a way out of an error. */
  if (valid_symbols[kStringContent] && !valid_symbols[kIndent]) {
    const unsigned char delimiter = open_string(kept);
    if (delimiter != 0 && overt_scan_string_content(lexer, delimiter)) {
      lexer->result_symbol = kStringContent;
      return true;
    }
  }
  /* The scanner changes its stacks only when it finds a token, and only for these. */
  if (!tree_sitter_python_external_scanner_scan(kept->scanner, lexer, valid_symbols)) return false;
  const TSSymbol found = lexer->result_symbol;
  if (found == kIndent || found == kDedent || found == kStringStart || found == kStringEnd) kept->is_known = false;
  return true;
}

static unsigned kept_serialize(void *payload, char *buffer) {
  Kept *kept = payload;
  if (!kept->is_known) know_state(kept);
  memcpy(buffer, kept->state, kept->length);
  return kept->length;
}

static void kept_deserialize(void *payload, const char *buffer, unsigned length) {
  Kept *kept = payload;
  if (kept->is_known && kept->length == length && (length == 0 || memcmp(kept->state, buffer, length) == 0)) return;
  tree_sitter_python_external_scanner_deserialize(kept->scanner, buffer, length);
  kept->is_known = true;
  kept->length = length;
  if (length > 0) memcpy(kept->state, buffer, length);
}

void overt_keep_scanner_state(TSLanguage *language) {
  language->external_scanner.create = kept_create;
  language->external_scanner.destroy = kept_destroy;
  language->external_scanner.scan = kept_scan;
  language->external_scanner.serialize = kept_serialize;
  language->external_scanner.deserialize = kept_deserialize;
}
