/* tree-sitter's character reader, for texts that lie in memory in one piece as UTF-8.
 *
 * Takes the place of the runtime's own `lexer.c`, behind the same header. That one asks on every character which of
 * several ranges, chunks and encodings it belongs to; the parser has one range, one chunk, one encoding. What is asked
 * of it is otherwise answered alike; the tree oracle (`tests/oracle/trees`) would see a token that is not.
 *
 * Positions are written as `tree_lengths.h` says.
 */
#include "lexer.h"

#include <string.h>

#include "grammar/syntax/lexer_text.h"
#include "length.h"
#include "unicode.h"

static const TSRange kWholeText = {{0, 0}, {UINT32_MAX, UINT32_MAX}, 0, UINT32_MAX};
static const int32_t kByteOrderMark = 0xFEFF;

static bool is_at_end(const TSLexer *lexer) {
  const Lexer *self = (const Lexer *)lexer;
  return self->current_included_range_index == self->included_range_count;
}

/* The text from here on. None: the end. */
static void fetch(Lexer *self) {
  self->chunk_start = self->current_position.bytes;
  self->chunk = self->input.read(self->input.payload, self->chunk_start, self->current_position.extent, &self->chunk_size);
  if (self->chunk_size == 0) {
    self->current_included_range_index = self->included_range_count;
    self->chunk = NULL;
  }
}

static void look_ahead(Lexer *self) {
  const uint32_t offset = self->current_position.bytes - self->chunk_start;
  if (offset >= self->chunk_size) {
    self->lookahead_size = 1;
    self->data.lookahead = 0;
    return;
  }
  const uint8_t *next = (const uint8_t *)self->chunk + offset;
  if (*next < 0x80) {
    self->lookahead_size = 1;
    self->data.lookahead = *next;
    return;
  }
  self->lookahead_size = ts_decode_utf8(next, self->chunk_size - offset, &self->data.lookahead);
  if (self->data.lookahead == TS_DECODE_ERROR) self->lookahead_size = 1;
}

static void step(Lexer *self, bool skip) {
  const uint32_t size = self->lookahead_size;
  const bool is_line_end = size != 0 && self->data.lookahead == '\n';
  const uint64_t before = overt_bytes_and_row(&self->current_position);
  const Length position = overt_length(before + size + ((uint64_t)is_line_end << 32),
                                       is_line_end ? 0 : self->current_position.extent.column + size);
  if (size != 0 && self->column_data.valid) {
    const bool is_mark = self->current_position.bytes == 0 && self->data.lookahead == kByteOrderMark;
    self->column_data.value = is_line_end ? 0 : self->column_data.value + !is_mark;
  } else if (is_line_end) {
    self->column_data.valid = true;
    self->column_data.value = 0;
  }
  self->current_position = position;
  if (skip) self->token_start_position = position;
  if (position.bytes - self->chunk_start >= self->chunk_size) fetch(self);
  look_ahead(self);
}

static void advance(TSLexer *lexer, bool skip) {
  Lexer *self = (Lexer *)lexer;
  if (self->chunk) step(self, skip);
}

static void mark_end(TSLexer *lexer) {
  Lexer *self = (Lexer *)lexer;
  self->token_end_position = self->current_position;
}

static void go_to(Lexer *self, Length position) {
  if (position.bytes != self->current_position.bytes) self->column_data.valid = false;
  self->current_position = position;
  self->current_included_range_index = 0;
  /* Unsigned: a position before the chunk is far behind its end, too. */
  if (self->chunk && position.bytes - self->chunk_start >= self->chunk_size) {
    self->chunk = NULL;
    self->chunk_size = 0;
    self->chunk_start = 0;
  }
  self->lookahead_size = 0;
  self->data.lookahead = 0;
}

static uint32_t column(TSLexer *lexer) {
  Lexer *self = (Lexer *)lexer;
  self->did_get_column = true;
  if (!self->column_data.valid) {
    const uint32_t goal = self->current_position.bytes;
    const Length line = {goal - self->current_position.extent.column, {self->current_position.extent.row, 0}};
    go_to(self, line);
    self->column_data.valid = true;
    self->column_data.value = 0;
    fetch(self);
    if (!is_at_end(lexer)) look_ahead(self);
    while (self->current_position.bytes < goal && self->chunk) step(self, false);
  }
  return self->column_data.value;
}

const char *overt_lexer_text(const TSLexer *lexer, const char **end) {
  const Lexer *self = (const Lexer *)lexer;
  *end = self->chunk ? self->chunk + self->chunk_size : NULL;
  return self->chunk ? self->chunk + (self->current_position.bytes - self->chunk_start) : NULL;
}

void overt_lexer_move(TSLexer *lexer, uint32_t bytes) {
  if (bytes == 0) return;
  Lexer *self = (Lexer *)lexer;
  const char *at = self->chunk + (self->current_position.bytes - self->chunk_start);
  const char *end = at + bytes;
  Length position = self->current_position;
  position.bytes += bytes;
  for (const char *line_end; (line_end = memchr(at, '\n', (size_t)(end - at))) != NULL; at = line_end + 1) {
    ++position.extent.row;
    position.extent.column = 0;
  }
  position.extent.column += (uint32_t)(end - at);
  self->current_position = position;
  self->column_data.valid = false;
  if (position.bytes - self->chunk_start >= self->chunk_size) fetch(self);
  look_ahead(self);
}

static bool is_at_range_start(const TSLexer *lexer) {
  return !is_at_end(lexer) && ((const Lexer *)lexer)->current_position.bytes == 0;
}

static void log_nothing(const TSLexer *lexer, const char *format, ...) {
  (void)lexer;
  (void)format;
}

void ts_lexer_init(Lexer *self) {
  memset(self, 0, sizeof(*self));
  self->data.advance = advance;
  self->data.mark_end = mark_end;
  self->data.get_column = column;
  self->data.is_at_included_range_start = is_at_range_start;
  self->data.eof = is_at_end;
  self->data.log = log_nothing;
  ts_lexer_set_included_ranges(self, NULL, 0);
}

void ts_lexer_delete(Lexer *self) { ts_free(self->included_ranges); }

void ts_lexer_set_input(Lexer *self, TSInput input) {
  self->input = input;
  self->chunk = NULL;
  self->chunk_size = 0;
  self->chunk_start = 0;
  go_to(self, self->current_position);
}

void ts_lexer_reset(Lexer *self, Length position) {
  if (position.bytes != self->current_position.bytes) go_to(self, position);
}

void ts_lexer_start(Lexer *self) {
  self->token_start_position = self->current_position;
  self->token_end_position = LENGTH_UNDEFINED;
  self->data.result_symbol = 0;
  self->did_get_column = false;
  if (is_at_end(&self->data)) return;
  if (self->chunk_size == 0) fetch(self);
  if (self->lookahead_size == 0) look_ahead(self);
  if (self->current_position.bytes == 0) {
    if (self->data.lookahead == kByteOrderMark) advance(&self->data, true);
    self->column_data.valid = true;
    self->column_data.value = 0;
  }
}

void ts_lexer_finish(Lexer *self, uint32_t *lookahead_end_byte) {
  if (length_is_undefined(self->token_end_position)) mark_end(&self->data);
  /* A scanner may have marked an end and skipped beyond it. */
  if (self->token_end_position.bytes < self->token_start_position.bytes) {
    self->token_start_position = self->token_end_position;
  }
  /* An invalid character was told from a valid one by up to four bytes behind it. */
  const uint32_t seen = self->current_position.bytes + (self->data.lookahead == TS_DECODE_ERROR ? 5 : 1);
  if (seen > *lookahead_end_byte) *lookahead_end_byte = seen;
}

void ts_lexer_mark_end(Lexer *self) { mark_end(&self->data); }

/* Only the whole text: parts of texts are never parsed. */
bool ts_lexer_set_included_ranges(Lexer *self, const TSRange *ranges, uint32_t count) {
  if (count != 0 && ranges) return false;
  self->included_ranges = ts_realloc(self->included_ranges, sizeof(TSRange));
  self->included_ranges[0] = kWholeText;
  self->included_range_count = 1;
  go_to(self, self->current_position);
  return true;
}

TSRange *ts_lexer_included_ranges(const Lexer *self, uint32_t *count) {
  *count = self->included_range_count;
  return self->included_ranges;
}
