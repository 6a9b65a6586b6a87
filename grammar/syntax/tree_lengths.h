/* tree-sitter's sums of positions, in a form that processors can forward from store to load.
 *
 * A position is bytes, row, column: 12 bytes, which compilers pass and copy as 8 + 4. tree-sitter computes and stores
 * the three fields one by one, so that nearly every copy reads 8 bytes of which the halves were just written
 * separately; the processor cannot forward those and waits until both stores are done. A quarter of a parse was spent
 * so. Here the first two fields are computed as one number. The results are the same.
 *
 * tree-sitter's runtime is compiled with this header in front, under its own names. Not for any other code.
 */
#ifndef OVERT_GRAMMAR_SYNTAX_TREE_LENGTHS_H_
#define OVERT_GRAMMAR_SYNTAX_TREE_LENGTHS_H_

#define length_add generated_length_add
#define length_sub generated_length_sub
#include "length.h"
#undef length_add
#undef length_sub

#include <stdint.h>
#include <string.h>

/* Bytes in the lower half, row in the upper. */
static inline uint64_t overt_bytes_and_row(const Length* length) {
  return length->bytes | (uint64_t)length->extent.row << 32;
}

static inline Length overt_length(uint64_t bytes_and_row, uint32_t column) {
  Length result;
  memcpy(&result, &bytes_and_row, sizeof(bytes_and_row));
  result.extent.column = column;
  return result;
}

static inline Length overt_length_add(Length a, Length b) {
  const uint64_t left = overt_bytes_and_row(&a);
  const uint64_t right = overt_bytes_and_row(&b);
  /* Texts are shorter than 4 GB: the bytes never carry into the row. */
  return overt_length(left + right, right >> 32 ? b.extent.column : a.extent.column + b.extent.column);
}

static inline Length overt_length_sub(Length a, Length b) {
  const uint64_t bytes = a.bytes >= b.bytes ? a.bytes - b.bytes : 0;
  if (a.extent.row > b.extent.row) {
    return overt_length(bytes | (uint64_t)(a.extent.row - b.extent.row) << 32, a.extent.column);
  }
  return overt_length(bytes, a.extent.column >= b.extent.column ? a.extent.column - b.extent.column : 0);
}

#define length_add overt_length_add
#define length_sub overt_length_sub

#endif  // OVERT_GRAMMAR_SYNTAX_TREE_LENGTHS_H_
