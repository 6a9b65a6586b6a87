#include "grammar/syntax/quick_parse.h"

#include <stdlib.h>
#include <string.h>

/* tree-sitter's private headers. */
#include "language.h"
#include "lexer.h"

/* --- What is kept ---------------------------------------------------------------------------------------------------- */

enum { kStartState = 1, kMostReadings = 32, kMostChoices = 4096 };

/* What a byte that stands behind blanks says about the token there. kWord: of ASCII letters, digits and `_`, unless more
 * than ASCII comes. kPlain: none that the scanner finds. kOpen: whatever scanner and lexer say. */
typedef enum { kOpen, kWord, kPlain } FirstByte;

/* Bytes that are a token by themselves: the first eight always, the others unless one of those others or a digit comes
 * behind. */
static const char kMarks[] = "()[]{},;:.=+-*/%&|^~<>@";
enum { kMarkCount = sizeof(kMarks) - 1, kLoneMarks = 8 };

/* The scanner's tokens, by their places in the grammar's list of externals. */
enum { kNewline = 0, kStringContent = 4, kEscapeInterpolation = 5 };

enum { kKeywordSlots = 256, kMostKeywordBytes = 16 };

typedef struct {
  TSSymbol symbol; /* 0: nothing is here */
  uint8_t length;
  char bytes[kMostKeywordBytes];
} Keyword;

/* Where the answer of the scanner and of the lexer can be known beforehand: found out from both, once for a parser. */
typedef struct {
  uint8_t first_bytes[256]; /* FirstByte */
  bool *is_quiet;           /* by external lex state: the scanner finds nothing in front of kWord and kPlain */
  bool *takes_words;        /* by lex state: a word is lexed as a name, and blanks in front of it are skipped */
  uint8_t mark_of[256];     /* by byte: its place in `kMarks`, from 1 on */
  TSSymbol *marks;          /* by lex state and place in `kMarks`: its token, behind blanks or not; 0: none */
  Keyword keywords[kKeywordSlots];
} Foresight;

/* What a step came to. kGone: the text, or this reading of it, leads nowhere. kGiveUp: too many readings to follow. */
enum { kGone = 0, kDone = 1, kGiveUp = 2, kNoMemory = -1 };

typedef struct {
  TSSymbol symbol;
  bool is_keyword;
  bool is_external; /* found by the scanner, whose state it may have changed */
  Length begin, end;
} Token;

/* What was shifted or reduced: a piece of the listing that belongs together. */
typedef struct {
  TSStateId state; /* after it */
  bool is_visible;
  uint32_t begin, end; /* bytes */
  uint32_t first;      /* where its nodes begin in the listing */
  uint32_t emitted;    /* nodes of the listing that will be children of the next visible parent */
  uint32_t extras;     /* nodes in front of `first` that are extras: line continuations */
} Entry;

typedef struct {
  unsigned length;
  char bytes[TREE_SITTER_SERIALIZATION_BUFFER_SIZE];
} ScannerState;

/* A node that a reading made: of so many children, which are what lay on top of its stack. */
typedef struct {
  TSSymbol symbol;
  uint16_t child_count;
} Made;

/* One of several ways to read on from a choice. */
typedef struct {
  TSStateId *states;
  uint32_t depth, capacity;
  Length position;
  Token token;
  bool has_token;  /* `token` is lexed and not shifted */
  bool is_handed_on; /* `token` was lexed by another reading */
  bool is_at_end;
  int32_t precedence;
  uint8_t *choices; /* which action was taken at each choice so far */
  uint32_t choice_count, choice_capacity;
  Made *made; /* all nodes since the choice, in post-order */
  uint32_t made_count, made_capacity;
  ScannerState scanner;
} Reading;

struct OvertQuickParser {
  const TSLanguage *language;
  Lexer lexer;
  void *scanner;
  Foresight foresight;
  const char *text;
  uint32_t size;
  uint16_t comment_symbol;
  Entry *stack;
  uint32_t depth, capacity;
  uint32_t trailing_extras; /* nodes at the end of the listing that no entry has in front of it yet */
  Reading *readings[kMostReadings];
  uint32_t reading_count;
  uint8_t *choices; /* known answers for the next choices */
  uint32_t choice_count, choice_capacity, next_choice;
  ScannerState scanner_at_choice;
  TSSymbol newline;
  uint32_t read_until;
  uint32_t sound_until; /* where the last line of statements ends that was read whole */
  OvertFlatTree *out;
};

static bool grow(void **buffer, uint32_t *capacity, uint32_t needed, size_t item) {
  if (needed <= *capacity) return true;
  uint32_t larger = *capacity ? *capacity : 64;
  while (larger < needed) larger *= 2;
  void *grown = realloc(*buffer, larger * item);
  if (!grown) return false;
  *buffer = grown;
  *capacity = larger;
  return true;
}

static const char *read_text(void *payload, uint32_t byte, TSPoint position, uint32_t *length) {
  const OvertQuickParser *self = payload;
  (void)position;
  *length = byte < self->size ? self->size - byte : 0;
  return byte < self->size ? self->text + byte : "";
}

static void begin_lexing(OvertQuickParser *self, const char *text, uint32_t size) {
  self->text = text;
  self->size = size;
  ts_lexer_reset(&self->lexer, (Length){0, {0, 0}});
  ts_lexer_set_input(&self->lexer, (TSInput){self, read_text, TSInputEncodingUTF8, NULL});
}

/* The symbol of the token that one of the language's lexers finds in `text`, if it is [begin, its end); 0 otherwise. */
static TSSymbol symbol_lexed(OvertQuickParser *self, bool (*lex_fn)(TSLexer *, TSStateId), TSStateId state,
                             const char *text, uint32_t begin, uint32_t end) {
  uint32_t seen = 0;
  begin_lexing(self, text, (uint32_t)strlen(text));
  ts_lexer_start(&self->lexer);
  if (!lex_fn(&self->lexer.data, state)) return 0;
  ts_lexer_finish(&self->lexer, &seen);
  const bool is_there = self->lexer.token_start_position.bytes == begin && self->lexer.token_end_position.bytes == end;
  return is_there ? self->lexer.data.result_symbol : 0;
}

static Keyword *slot_of(Keyword *keywords, const char *word, uint32_t length) {
  uint32_t slot = (uint32_t)(uint8_t)word[0] * 7 + (uint32_t)(uint8_t)word[length - 1] * 31 + length * 3;
  for (;; ++slot) {
    Keyword *keyword = &keywords[slot % kKeywordSlots];
    if (keyword->symbol == 0) return keyword;
    if (keyword->length == length && memcmp(keyword->bytes, word, length) == 0) return keyword;
  }
}

static void learn_keyword(OvertQuickParser *self, TSSymbol symbol, const char *word) {
  const uint32_t length = (uint32_t)strlen(word);
  if (symbol_lexed(self, self->language->keyword_lex_fn, 0, word, 0, length) != symbol) return;
  Keyword *keyword = slot_of(self->foresight.keywords, word, length);
  keyword->symbol = symbol;
  keyword->length = (uint8_t)length;
  memcpy(keyword->bytes, word, length);
}

/* A keyword's symbol is called as it is written; where it has a node of its own, in lower case (`True` is `true`). */
static void learn_keywords(OvertQuickParser *self) {
  for (TSSymbol symbol = 1; symbol < self->language->token_count; ++symbol) {
    const char *name = self->language->symbol_names[symbol];
    char word[kMostKeywordBytes + 1] = {0};
    if (name[0] == '\0' || strlen(name) > kMostKeywordBytes) continue;
    memcpy(word, name, strlen(name));
    learn_keyword(self, symbol, word);
    if (word[0] >= 'a' && word[0] <= 'z') word[0] = (char)(word[0] - 'a' + 'A');
    learn_keyword(self, symbol, word);
  }
}

/* The scanner begins tokens at ends of lines, comments, continuations, quotes and the letters that may stand in front of
 * a quote (those are looked at with their word). Within strings everything is its own. */
static void learn_first_bytes(Foresight *foresight) {
  for (int byte = 0; byte < 128; ++byte) {
    const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
    const bool is_blank_or_control = byte <= ' ' || byte == 0x7f;
    const bool is_open = is_blank_or_control || strchr("#\\\"'`", byte) != NULL;
    foresight->first_bytes[byte] = is_letter ? kWord : is_open ? kOpen : kPlain;
  }
  for (uint32_t i = 0; i < kMarkCount; ++i) foresight->mark_of[(uint8_t)kMarks[i]] = (uint8_t)(i + 1);
}

static void learn_lex_state(OvertQuickParser *self, TSStateId state) {
  Foresight *foresight = &self->foresight;
  bool (*const lex_fn)(TSLexer *, TSStateId) = self->language->lex_fn;
  foresight->takes_words[state] =
      symbol_lexed(self, lex_fn, state, " z_9 ", 1, 4) == self->language->keyword_capture_token;
  char text[] = " ? ";
  for (uint32_t i = 0; i < kMarkCount; ++i) {
    text[1] = kMarks[i];
    foresight->marks[state * kMarkCount + i] = symbol_lexed(self, lex_fn, state, text, 1, 2);
  }
}

static void learn_external_state(OvertQuickParser *self, uint32_t state) {
  const TSLanguage *language = self->language;
  const bool *valid = language->external_scanner.states + (size_t)language->external_token_count * state;
  self->foresight.is_quiet[state] = state == 0 || (!valid[kStringContent] && !valid[kEscapeInterpolation]);
}

static bool learn_states(OvertQuickParser *self) {
  const TSLanguage *language = self->language;
  uint32_t lex_states = 0, external_states = 0;
  for (uint32_t state = 0; state < language->state_count; ++state) {
    const TSLexerMode mode = language->lex_modes[state];
    if (mode.lex_state != UINT16_MAX && mode.lex_state >= lex_states) lex_states = mode.lex_state + 1u;
    if (mode.external_lex_state >= external_states) external_states = mode.external_lex_state + 1u;
  }
  Foresight *foresight = &self->foresight;
  foresight->is_quiet = calloc(external_states, sizeof(bool));
  foresight->takes_words = calloc(lex_states, sizeof(bool));
  foresight->marks = calloc((size_t)lex_states * kMarkCount, sizeof(TSSymbol));
  /* Most of the lexer's states are steps within a token: no text is begun in them. */
  bool *is_known = calloc(lex_states, sizeof(bool));
  const bool has_memory = foresight->is_quiet && foresight->takes_words && foresight->marks && is_known;
  for (uint32_t state = 0; has_memory && state < language->state_count; ++state) {
    const TSStateId lex_state = language->lex_modes[state].lex_state;
    if (lex_state == UINT16_MAX || is_known[lex_state]) continue;
    is_known[lex_state] = true;
    learn_lex_state(self, lex_state);
  }
  for (uint32_t state = 0; has_memory && state < external_states; ++state) learn_external_state(self, state);
  free(is_known);
  return has_memory;
}

OvertQuickParser *overt_quick_parser_new(const TSLanguage *language) {
  OvertQuickParser *self = calloc(1, sizeof(OvertQuickParser));
  if (!self) return NULL;
  self->language = language;
  ts_lexer_init(&self->lexer);
  self->newline = language->external_scanner.symbol_map[kNewline];
  self->scanner = language->external_scanner.create();
  learn_first_bytes(&self->foresight);
  learn_keywords(self);
  if (learn_states(self)) return self;
  overt_quick_parser_delete(self);
  return NULL;
}

void overt_quick_parser_delete(OvertQuickParser *self) {
  if (!self) return;
  for (int i = 0; i < kMostReadings; ++i) {
    if (!self->readings[i]) continue;
    free(self->readings[i]->states);
    free(self->readings[i]->choices);
    free(self->readings[i]->made);
    free(self->readings[i]);
  }
  self->language->external_scanner.destroy(self->scanner);
  ts_lexer_delete(&self->lexer);
  free(self->foresight.is_quiet);
  free(self->foresight.takes_words);
  free(self->foresight.marks);
  free(self->stack);
  free(self->choices);
  free(self);
}

/* --- The tables -------------------------------------------------------------------------------------------------------- */

static inline const TSParseActionEntry *actions_of(const TSLanguage *language, TSStateId state, TSSymbol symbol) {
  return &language->parse_actions[language->parse_table[(size_t)state * language->symbol_count + symbol]];
}

static inline TSStateId goto_of(const TSLanguage *language, TSStateId state, TSSymbol symbol) {
  return language->parse_table[(size_t)state * language->symbol_count + symbol];
}

/* A shift that only says how a list goes on, where the reduction beside it is what is done. */
static inline bool is_repetition(const TSParseAction *action) {
  return action->type == TSParseActionTypeShift && action->shift.repetition;
}

/* The actions to choose from, by their numbers in `numbers`. */
static uint32_t choices_of(const TSParseActionEntry *entry, uint8_t numbers[UINT8_MAX]) {
  uint32_t count = 0;
  for (uint8_t i = 0; i < entry->entry.count; ++i) {
    if (!is_repetition(&entry[1 + i].action)) numbers[count++] = i;
  }
  return count;
}

/* --- Tokens ------------------------------------------------------------------------------------------------------------ */

static bool scan_external(OvertQuickParser *self, TSStateId state, uint16_t external_state, Token *token) {
  const TSLanguage *language = self->language;
  Lexer *lexer = &self->lexer;
  const Length start = lexer->current_position;
  uint32_t seen = 0;
  ts_lexer_start(lexer);
  const bool *valid = language->external_scanner.states + (size_t)language->external_token_count * external_state;
  bool found = language->external_scanner.scan(self->scanner, &lexer->data, valid);
  if (found) {
    ts_lexer_finish(lexer, &seen);
    token->symbol = language->external_scanner.symbol_map[lexer->data.result_symbol];
    /* An empty token that leaves the state as it is would be found for ever. */
    const bool is_empty = lexer->token_end_position.bytes <= start.bytes;
    found = !is_empty || goto_of(language, state, token->symbol) != state;
  }
  if (!found) ts_lexer_reset(lexer, start);
  return found;
}

/* A word that is a keyword is one where `state` has a use for it, or it is reserved. */
static void use_keyword(OvertQuickParser *self, TSStateId state, TSSymbol keyword, Token *token) {
  if (ts_language_has_actions(self->language, state, keyword) ||
      ts_language_is_reserved_word(self->language, state, keyword)) {
    token->symbol = keyword;
  }
}

/* Whether the word just lexed, an identifier by its form, is a keyword that is of use in `state`, or reserved. */
static void look_for_keyword(OvertQuickParser *self, TSStateId state, Token *token) {
  Lexer *lexer = &self->lexer;
  uint32_t seen = 0;
  ts_lexer_reset(lexer, token->begin);
  ts_lexer_start(lexer);
  token->is_keyword = self->language->keyword_lex_fn(&lexer->data, 0);
  if (!token->is_keyword) return;
  ts_lexer_finish(lexer, &seen);
  if (lexer->token_end_position.bytes == token->end.bytes) use_keyword(self, state, lexer->data.result_symbol, token);
}

static inline bool is_word_byte(uint8_t byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_';
}

/* Where the blanks at `position` end. */
static inline uint32_t skip_blanks(const OvertQuickParser *self, uint32_t position) {
  while (position < self->size && (self->text[position] == ' ' || self->text[position] == '\t')) ++position;
  return position;
}

static inline Length behind_blanks(Length position, uint32_t byte) {
  return (Length){byte, {position.extent.row, position.extent.column + (byte - position.bytes)}};
}

/* Lexes the mark at `begin`, with nothing but blanks behind `position`. False: more than that may belong to it. */
static bool lex_mark(OvertQuickParser *self, TSStateId lex_state, Length position, uint32_t begin, Token *token) {
  const Foresight *foresight = &self->foresight;
  const uint8_t mark = foresight->mark_of[(uint8_t)self->text[begin]];
  if (mark == 0 || begin + 1 == self->size) return false;
  const uint8_t next = (uint8_t)self->text[begin + 1];
  const bool may_go_on = next >= 0x80 || (next >= '0' && next <= '9') || foresight->mark_of[next] > kLoneMarks;
  token->symbol = foresight->marks[lex_state * kMarkCount + mark - 1];
  if ((mark > kLoneMarks && may_go_on) || token->symbol == 0) return false;
  token->begin = behind_blanks(position, begin);
  token->end = behind_blanks(position, begin + 1);
  token->is_keyword = token->is_external = false;
  return true;
}

/* Lexes the word that begins at `begin` and nothing but blanks behind `position`. False: it is no word for itself. */
static bool lex_word(OvertQuickParser *self, TSStateId state, Length position, uint32_t begin, Token *token) {
  const char *text = self->text;
  uint32_t end = begin + 1;
  while (end < self->size && is_word_byte((uint8_t)text[end])) ++end;
  /* More letters than these may follow, or a string, of which the word is the prefix. */
  if (end < self->size && ((uint8_t)text[end] >= 0x80 || text[end] == '"' || text[end] == '\'' || text[end] == '`')) {
    return false;
  }
  token->begin = behind_blanks(position, begin);
  token->end = behind_blanks(position, end);
  token->symbol = self->language->keyword_capture_token;
  token->is_keyword = token->is_external = false;
  if (end - begin > kMostKeywordBytes) return true;
  const TSSymbol keyword = slot_of(self->foresight.keywords, text + begin, end - begin)->symbol;
  token->is_keyword = keyword != 0;
  if (keyword != 0) use_keyword(self, state, keyword, token);
  return true;
}

/* The token that begins at or behind `position`, as `state` lexes it. False: none, the text has an error here. */
static bool lex(OvertQuickParser *self, TSStateId state, Length position, Token *token) {
  const TSLexerMode mode = self->language->lex_modes[state];
  if (mode.lex_state == UINT16_MAX) return false;
  Lexer *lexer = &self->lexer;
  FirstByte first = kOpen;
  if (self->foresight.is_quiet[mode.external_lex_state]) {
    const uint32_t begin = skip_blanks(self, position.bytes);
    if (begin < self->size) first = (FirstByte)self->foresight.first_bytes[(uint8_t)self->text[begin]];
    if (first == kWord && self->foresight.takes_words[mode.lex_state] && lex_word(self, state, position, begin, token)) {
      return true;
    }
    if (first == kPlain && lex_mark(self, mode.lex_state, position, begin, token)) return true;
  }
  ts_lexer_reset(lexer, position);
  token->is_keyword = false;
  token->is_external = first != kPlain && mode.external_lex_state != 0 &&
                       scan_external(self, state, mode.external_lex_state, token);
  if (!token->is_external) {
    uint32_t seen = 0;
    ts_lexer_start(lexer);
    if (!self->language->lex_fn(&lexer->data, mode.lex_state)) return false;
    ts_lexer_finish(lexer, &seen);
    token->symbol = lexer->data.result_symbol;
  }
  token->begin = lexer->token_start_position;
  token->end = lexer->token_end_position;
  if (!token->is_external && token->symbol == self->language->keyword_capture_token) look_for_keyword(self, state, token);
  return true;
}

/* What to do at `token`, which is read as a name where the keyword that it is has no place. */
static const TSParseActionEntry *actions_at(const TSLanguage *language, TSStateId state, Token *token) {
  const TSParseActionEntry *entry = actions_of(language, state, token->symbol);
  if (entry->entry.count > 0 || !token->is_keyword || token->symbol == language->keyword_capture_token) return entry;
  if (ts_language_is_reserved_word(language, state, token->symbol)) return entry;
  const TSParseActionEntry *as_name = actions_of(language, state, language->keyword_capture_token);
  if (as_name->entry.count > 0) token->symbol = language->keyword_capture_token;
  return as_name;
}

static void save_scanner(OvertQuickParser *self, ScannerState *to) {
  to->length = self->language->external_scanner.serialize(self->scanner, to->bytes);
}

static void restore_scanner(OvertQuickParser *self, const ScannerState *from) {
  self->language->external_scanner.deserialize(self->scanner, from->bytes, from->length);
}

/* Of the kilobyte only what is used. */
static void copy_scanner(ScannerState *to, const ScannerState *from) {
  to->length = from->length;
  memcpy(to->bytes, from->bytes, from->length);
}

/* --- Readings ---------------------------------------------------------------------------------------------------------- */

static bool push_state(Reading *reading, TSStateId state) {
  if (!grow((void **)&reading->states, &reading->capacity, reading->depth + 1, sizeof(TSStateId))) return false;
  reading->states[reading->depth++] = state;
  return true;
}

static bool note_choice(Reading *reading, uint8_t choice) {
  if (!grow((void **)&reading->choices, &reading->choice_capacity, reading->choice_count + 1, 1)) return false;
  reading->choices[reading->choice_count++] = choice;
  return true;
}

/* A place for one more reading; null: too many, or no memory. */
static Reading *add_reading(OvertQuickParser *self) {
  if (self->reading_count == kMostReadings) return NULL;
  Reading **place = &self->readings[self->reading_count];
  if (!*place) *place = calloc(1, sizeof(Reading));
  if (*place) ++self->reading_count;
  return *place;
}

static Reading *copy_reading(OvertQuickParser *self, const Reading *from) {
  Reading *copy = add_reading(self);
  if (!copy) return NULL;
  if (!grow((void **)&copy->states, &copy->capacity, from->depth + 1, sizeof(TSStateId)) ||
      !grow((void **)&copy->choices, &copy->choice_capacity, from->choice_count + 1, 1) ||
      !grow((void **)&copy->made, &copy->made_capacity, from->made_count + 1, sizeof(Made))) {
    return NULL;
  }
  memcpy(copy->states, from->states, from->depth * sizeof(TSStateId));
  if (from->choice_count > 0) memcpy(copy->choices, from->choices, from->choice_count);
  copy->depth = from->depth;
  if (from->made_count > 0) memcpy(copy->made, from->made, from->made_count * sizeof(Made));
  copy->choice_count = from->choice_count;
  copy->made_count = from->made_count;
  copy->position = from->position;
  copy->token = from->token;
  copy->has_token = from->has_token;
  copy->is_handed_on = true;
  copy->is_at_end = false;
  copy->precedence = from->precedence;
  copy_scanner(&copy->scanner, &from->scanner);
  return copy;
}

static bool note_made(Reading *reading, Made made) {
  if (!grow((void **)&reading->made, &reading->made_capacity, reading->made_count + 1, sizeof(Made))) return false;
  reading->made[reading->made_count++] = made;
  return true;
}

static bool shift_state(Reading *reading, TSStateId state) {
  return note_made(reading, (Made){reading->token.symbol, 0}) && push_state(reading, state);
}

static bool reduce_states(const TSLanguage *language, Reading *reading, const TSParseAction *action) {
  if (!note_made(reading, (Made){action->reduce.symbol, action->reduce.child_count})) return false;
  reading->depth -= action->reduce.child_count;
  reading->precedence += action->reduce.dynamic_precedence;
  return push_state(reading, goto_of(language, reading->states[reading->depth - 1], action->reduce.symbol));
}

/* One action; whether the reading is through with its token is in `has_token`. */
static int take(const TSLanguage *language, Reading *reading, const TSParseAction *action) {
  switch ((TSParseActionType)action->type) {
    case TSParseActionTypeShift:
      reading->position = reading->token.end;
      reading->has_token = false;
      if (action->shift.extra) return kDone;
      return shift_state(reading, action->shift.state) ? kDone : kGiveUp;
    case TSParseActionTypeReduce: return reduce_states(language, reading, action) ? kDone : kGiveUp;
    case TSParseActionTypeAccept:
      reading->is_at_end = true;
      reading->has_token = false;
      return kDone;
    case TSParseActionTypeRecover: return kGone;
  }
  return kGone;
}

static bool lex_for(OvertQuickParser *self, Reading *reading) {
  restore_scanner(self, &reading->scanner);
  if (!lex(self, reading->states[reading->depth - 1], reading->position, &reading->token)) return false;
  if (reading->token.is_external) save_scanner(self, &reading->scanner);
  reading->has_token = true;
  reading->is_handed_on = false;
  return true;
}

/* The actions at the reading's token; a token that another reading lexed may be another one here. */
static const TSParseActionEntry *actions_for(OvertQuickParser *self, Reading *reading) {
  const TSStateId state = reading->states[reading->depth - 1];
  const TSParseActionEntry *entry = actions_at(self->language, state, &reading->token);
  if (entry->entry.count > 0 || !reading->is_handed_on || reading->token.is_external) return entry;
  return lex_for(self, reading) ? actions_at(self->language, state, &reading->token) : entry;
}

/* Takes the reading over one token. New readings are added where there is a choice. kGone: it ends here. */
static int step(OvertQuickParser *self, Reading *reading) {
  if (!reading->has_token && !lex_for(self, reading)) return kGone;
  while (reading->has_token) {
    const TSParseActionEntry *entry = actions_for(self, reading);
    uint8_t numbers[UINT8_MAX];
    const uint32_t count = choices_of(entry, numbers);
    if (count == 0) return kGone;
    if (count > 1 && reading->choice_count == kMostChoices) return kGiveUp;
    for (uint32_t i = 0; i + 1 < count; ++i) {
      Reading *other = copy_reading(self, reading);
      if (!other) return kGiveUp;
      if (!note_choice(other, numbers[i])) return kGiveUp;
      if (take(self->language, other, &entry[1 + numbers[i]].action) != kDone) return kGiveUp;
    }
    const uint8_t last = numbers[count - 1];
    if (count > 1 && !note_choice(reading, last)) return kGiveUp;
    const int taken = take(self->language, reading, &entry[1 + last].action);
    if (taken != kDone) return taken;
  }
  return kDone;
}

/* Moves a reading behind the others and forgets it. */
static void drop_reading(OvertQuickParser *self, uint32_t i) {
  Reading *dropped = self->readings[i];
  --self->reading_count;
  for (uint32_t j = i; j < self->reading_count; ++j) self->readings[j] = self->readings[j + 1];
  self->readings[self->reading_count] = dropped;
}

static bool have_met(const Reading *a, const Reading *b) {
  return a->position.bytes == b->position.bytes && a->depth == b->depth && a->is_at_end == b->is_at_end &&
         memcmp(a->states, b->states, a->depth * sizeof(TSStateId)) == 0;
}

/* --- Which reading is the better one ------------------------------------------------------------------------------------ */

/* The trees that a reading made, and what its stack then holds. What lay on the stack before counts down from -1. */
typedef struct {
  uint32_t *first;   /* by node, its first in `children` */
  int32_t *children; /* of all nodes, one after the other */
  int32_t *stack;
  uint32_t depth;
} Forest;

static void free_forest(Forest *forest) {
  free(forest->first);
  free(forest->children);
  free(forest->stack);
}

static bool grow_forest(Forest *forest, const Reading *reading, uint32_t depth_before) {
  const size_t most = (size_t)depth_before + reading->made_count + 1;
  *forest = (Forest){malloc(most * sizeof(uint32_t)), malloc(most * sizeof(int32_t)), malloc(most * sizeof(int32_t)),
                     depth_before};
  if (!forest->first || !forest->children || !forest->stack) return false;
  for (uint32_t i = 0; i < depth_before; ++i) forest->stack[i] = -1 - (int32_t)i;
  uint32_t used = 0;
  for (uint32_t i = 0; i < reading->made_count; ++i) {
    const uint32_t count = reading->made[i].child_count;
    forest->first[i] = used;
    forest->depth -= count;
    memcpy(forest->children + used, forest->stack + forest->depth, count * sizeof(int32_t));
    used += count;
    forest->stack[forest->depth++] = (int32_t)i;
  }
  return true;
}

static int compare_nodes(const Reading *a, const Reading *b, int32_t in_a, int32_t in_b) {
  if (in_a < 0 || in_b < 0) return 0; /* from before the choice */
  const Made left = a->made[in_a], right = b->made[in_b];
  if (left.symbol != right.symbol) return left.symbol < right.symbol ? -1 : 1;
  if (left.child_count != right.child_count) return left.child_count < right.child_count ? -1 : 1;
  return 0;
}

/* Which of two rows of trees comes first: by their roots' symbols and numbers of children, then by the children, from the
 * left. 0: they are equal. */
static int compare_forests(const Reading *a, const Forest *of_a, const Reading *b, const Forest *of_b) {
  /* Pairs still to be compared, the next one last. Every node waits at most once. */
  int32_t(*waiting)[2] = malloc(((size_t)of_a->depth + a->made_count + 1) * sizeof(*waiting));
  if (!waiting) return 0;
  size_t count = 0;
  for (uint32_t i = of_a->depth; i > 0; --i) {
    waiting[count][0] = of_a->stack[i - 1];
    waiting[count++][1] = of_b->stack[i - 1];
  }
  int order = 0;
  while (count > 0 && order == 0) {
    --count;
    const int32_t in_a = waiting[count][0], in_b = waiting[count][1];
    order = compare_nodes(a, b, in_a, in_b);
    if (order != 0 || in_a < 0 || in_b < 0) continue;
    for (uint32_t i = a->made[in_a].child_count; i > 0; --i) {
      waiting[count][0] = of_a->children[of_a->first[in_a] + i - 1];
      waiting[count++][1] = of_b->children[of_b->first[in_b] + i - 1];
    }
  }
  free(waiting);
  return order;
}

/* Negative: `a` is the better one; positive: `b`; 0: they do not differ. */
static int compare_readings(const Reading *a, const Reading *b, uint32_t depth_before) {
  if (a->precedence != b->precedence) return a->precedence > b->precedence ? -1 : 1;
  Forest of_a = {0}, of_b = {0};
  int order = 0;
  if (grow_forest(&of_a, a, depth_before) && grow_forest(&of_b, b, depth_before)) {
    order = compare_forests(a, &of_a, b, &of_b);
  }
  free_forest(&of_a);
  free_forest(&of_b);
  return order;
}

/* Of readings that have met the better one stays. False: nobody knows which. */
static bool drop_met(OvertQuickParser *self) {
  for (uint32_t i = 0; i < self->reading_count; ++i) {
    for (uint32_t j = i + 1; j < self->reading_count;) {
      const Reading *a = self->readings[i], *b = self->readings[j];
      if (!have_met(a, b)) {
        ++j;
        continue;
      }
      const int order = compare_readings(a, b, self->depth);
      if (order == 0) return false;
      drop_reading(self, order < 0 ? j : i);
      if (order > 0) j = i + 1;
    }
  }
  return true;
}

/* --- Looking ahead ------------------------------------------------------------------------------------------------------ */

static bool begin_reading(OvertQuickParser *self, const Token *token) {
  self->reading_count = 0;
  Reading *reading = add_reading(self);
  if (!reading) return false;
  if (!grow((void **)&reading->states, &reading->capacity, self->depth, sizeof(TSStateId))) return false;
  for (uint32_t i = 0; i < self->depth; ++i) reading->states[i] = self->stack[i].state;
  reading->depth = self->depth;
  reading->token = *token;
  reading->has_token = true;
  reading->is_handed_on = false;
  reading->is_at_end = false;
  reading->precedence = 0;
  reading->choice_count = 0;
  reading->made_count = 0;
  copy_scanner(&reading->scanner, &self->scanner_at_choice);
  return true;
}

/* Follows all readings from the choice at `token` until one is left: `choices` are its answers. False: none or several
   are left, or there are too many to follow (memory included): the runtime shall read this text. */
static bool look_ahead(OvertQuickParser *self, const Token *token) {
  save_scanner(self, &self->scanner_at_choice);
  if (!begin_reading(self, token)) return false;
  do {
    for (uint32_t i = 0; i < self->reading_count;) {
      Reading *reading = self->readings[i];
      if (reading->is_at_end) return false; /* one that is through with the text, and another */
      const int stepped = step(self, reading);
      if (stepped == kGiveUp) return false;
      if (stepped == kDone) ++i;
      if (stepped == kGone) drop_reading(self, i);
    }
    if (self->reading_count == 0 || !drop_met(self)) return false;
  } while (self->reading_count > 1);
  const Reading *left = self->readings[0];
  if (!grow((void **)&self->choices, &self->choice_capacity, left->choice_count, 1)) return false;
  memcpy(self->choices, left->choices, left->choice_count);
  self->choice_count = left->choice_count;
  self->next_choice = 0;
  restore_scanner(self, &self->scanner_at_choice);
  return true;
}

/* --- The listing ------------------------------------------------------------------------------------------------------- */

static Entry *push_entry(OvertQuickParser *self) {
  if (!grow((void **)&self->stack, &self->capacity, self->depth + 1, sizeof(Entry))) return NULL;
  return &self->stack[self->depth++];
}

/* Makes room for one node at `at`. */
static OvertFlatNode *insert_node(OvertFlatTree *out, uint32_t at) {
  if (!grow((void **)&out->nodes, &out->node_capacity, out->node_count + 1, sizeof(OvertFlatNode))) return NULL;
  OvertFlatNode *place = out->nodes + at;
  if (at < out->node_count) memmove(place + 1, place, (out->node_count - at) * sizeof(OvertFlatNode));
  ++out->node_count;
  return place;
}

static bool list_extra(OvertQuickParser *self, const Token *token) {
  OvertFlatTree *out = self->out;
  const OvertFlatNode node = {self->language->public_symbol_map[token->symbol], OVERT_FLAT_EXTRA, token->begin.bytes,
                              token->end.bytes, 0};
  if (node.symbol == self->comment_symbol) {
    if (!grow((void **)&out->comments, &out->comment_capacity, out->comment_count + 1, sizeof(OvertFlatNode))) return false;
    out->comments[out->comment_count++] = node;
    return true;
  }
  OvertFlatNode *place = insert_node(out, out->node_count);
  if (!place) return false;
  *place = node;
  ++self->trailing_extras;
  return true;
}

static bool shift(OvertQuickParser *self, const Token *token, TSStateId state) {
  const TSLanguage *language = self->language;
  Entry *entry = push_entry(self);
  if (!entry) return false;
  entry->state = state;
  entry->is_visible = language->symbol_metadata[token->symbol].visible;
  entry->begin = token->begin.bytes;
  entry->end = token->end.bytes;
  entry->first = self->out->node_count;
  entry->emitted = 0;
  entry->extras = self->trailing_extras;
  self->trailing_extras = 0;
  if (!entry->is_visible) return true;
  entry->emitted = 1;
  OvertFlatNode *place = insert_node(self->out, entry->first);
  if (!place) return false;
  *place = (OvertFlatNode){language->public_symbol_map[token->symbol], 0, entry->begin, entry->end, 0};
  return true;
}

/* Gives a child the name that its parent has for it; a hidden one becomes visible by that. */
static bool name_child(OvertQuickParser *self, Entry *children, uint32_t count, uint32_t i, TSSymbol alias) {
  OvertFlatTree *out = self->out;
  Entry *child = &children[i];
  const uint32_t end = i + 1 < count ? children[i + 1].first - children[i + 1].extras
                                     : out->node_count - self->trailing_extras;
  const TSSymbol symbol = self->language->public_symbol_map[alias];
  if (child->is_visible) {
    out->nodes[end - 1].symbol = symbol;
    return true;
  }
  OvertFlatNode *place = insert_node(out, end);
  if (!place) return false;
  *place = (OvertFlatNode){symbol, 0, child->begin, child->end, child->emitted};
  child->is_visible = true;
  child->emitted = 1;
  for (uint32_t later = i + 1; later < count; ++later) ++children[later].first;
  return true;
}

static const TSSymbol *aliases_of(const TSLanguage *language, uint16_t production) {
  return production ? &language->alias_sequences[(size_t)production * language->max_alias_sequence_length] : NULL;
}

static bool reduce(OvertQuickParser *self, const TSParseAction *action) {
  const TSLanguage *language = self->language;
  const uint32_t count = action->reduce.child_count;
  if (count == 0 && !push_entry(self)) return false; /* its place */
  Entry *children = &self->stack[self->depth - (count ? count : 1)];
  const uint32_t below = (uint32_t)(children - self->stack) - 1;
  const TSSymbol symbol = action->reduce.symbol;
  if (count == 1 && action->reduce.production_id == 0 && !language->symbol_metadata[symbol].visible) {
    /* A hidden name for what is there. */
    children->is_visible = false;
    children->state = goto_of(language, self->stack[below].state, symbol);
    return true;
  }
  const TSSymbol *aliases = aliases_of(language, action->reduce.production_id);
  Entry whole;
  if (count == 0) {
    /* Only the root of a text without statements, whose place `accept` knows. */
    whole = (Entry){.first = self->out->node_count, .extras = self->trailing_extras};
    self->trailing_extras = 0;
  } else {
    whole = (Entry){0, false, children[0].begin, children[count - 1].end, children[0].first, 0, children[0].extras};
  }
  for (uint32_t i = 0; i < count; ++i) {
    if (aliases && aliases[i] && !name_child(self, children, count, i, aliases[i])) return false;
    whole.emitted += children[i].emitted + (i > 0 ? children[i].extras : 0);
  }
  if (language->symbol_metadata[symbol].visible) {
    OvertFlatNode *place = insert_node(self->out, self->out->node_count - self->trailing_extras);
    if (!place) return false;
    *place = (OvertFlatNode){language->public_symbol_map[symbol], 0, whole.begin, whole.end, whole.emitted};
    whole.emitted = 1;
    whole.is_visible = true;
  }
  whole.state = goto_of(language, self->stack[below].state, symbol);
  *children = whole;
  self->depth = below + 2;
  return true;
}

/* The root takes all that stands before and behind it, extras and white space. */
static void accept(OvertQuickParser *self, const Token *end, uint32_t begin) {
  OvertFlatTree *out = self->out;
  const Entry *root = &self->stack[self->depth - 1];
  OvertFlatNode node = out->nodes[out->node_count - self->trailing_extras - 1];
  memmove(out->nodes + out->node_count - self->trailing_extras - 1, out->nodes + out->node_count - self->trailing_extras,
          self->trailing_extras * sizeof(OvertFlatNode));
  node.begin = begin;
  node.end = end->end.bytes;
  node.child_count += root->extras + self->trailing_extras;
  out->nodes[out->node_count - 1] = node;
}

/* --- The parse --------------------------------------------------------------------------------------------------------- */

/* The action at a choice. Null: nobody knows. */
static const TSParseAction *choose(OvertQuickParser *self, const TSParseActionEntry *entry, const Token *token) {
  if (self->next_choice == self->choice_count && !look_ahead(self, token)) return NULL;
  return &entry[1 + self->choices[self->next_choice++]].action;
}

static const TSParseAction *action_at(OvertQuickParser *self, Token *token) {
  const TSParseActionEntry *entry = actions_at(self->language, self->stack[self->depth - 1].state, token);
  if (entry->entry.count == 1) return is_repetition(&entry[1].action) ? NULL : &entry[1].action;
  uint8_t numbers[UINT8_MAX];
  switch (choices_of(entry, numbers)) {
    case 0: return NULL;
    case 1: return &entry[1 + numbers[0]].action;
    default: return choose(self, entry, token);
  }
}

static bool begin_text(OvertQuickParser *self, const char *text, uint32_t size, OvertFlatTree *out) {
  self->out = out;
  out->node_count = 0;
  out->comment_count = 0;
  out->has_error = 0;
  self->trailing_extras = 0;
  self->choice_count = self->next_choice = 0;
  self->sound_until = 0;
  self->depth = 0;
  begin_lexing(self, text, size);
  /* No string is open and nothing is indented. */
  self->language->external_scanner.deserialize(self->scanner, "\0\0", 2);
  Entry *base = push_entry(self);
  if (base) *base = (Entry){.state = kStartState};
  return base != NULL;
}

int overt_quick_parse(OvertQuickParser *self, const char *text, uint32_t size, uint16_t comment_symbol, OvertFlatTree *out) {
  self->comment_symbol = comment_symbol;
  if (!begin_text(self, text, size, out)) return kNoMemory;
  Length position = {0, {0, 0}};
  uint32_t root_begin = UINT32_MAX;
  for (;;) {
    Token token;
    self->read_until = position.bytes;
    if (!lex(self, self->stack[self->depth - 1].state, position, &token)) return kGone;
    if (root_begin == UINT32_MAX) root_begin = token.begin.bytes;
    bool is_shifted = false;
    while (!is_shifted) {
      const TSParseAction *action = action_at(self, &token);
      if (!action) return kGone;
      switch ((TSParseActionType)action->type) {
        case TSParseActionTypeShift:
          if (!(action->shift.extra ? list_extra(self, &token) : shift(self, &token, action->shift.state))) return kNoMemory;
          if (token.is_external && token.symbol == self->newline) self->sound_until = token.end.bytes;
          is_shifted = true;
          break;
        case TSParseActionTypeReduce:
          if (!reduce(self, action)) return kNoMemory;
          break;
        case TSParseActionTypeAccept: accept(self, &token, root_begin); return kDone;
        case TSParseActionTypeRecover: return kGone;
      }
    }
    position = token.end;
  }
}

uint32_t overt_quick_parser_read_until(const OvertQuickParser *self) { return self->read_until; }
uint32_t overt_quick_parser_sound_until(const OvertQuickParser *self) { return self->sound_until; }
