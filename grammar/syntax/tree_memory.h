/* Where tree-sitter's memory comes from: while a text is parsed that is read once, an arena; else the program's heap.
 *
 * A parse makes a heap block for every node and frees them one by one when its tree goes. A file that is checked needs
 * its tree only until it is lowered, so all blocks of one parse are taken from the front of an arena and forgotten
 * together: nothing is freed, no tree is walked to delete it, and the next file reuses memory that is still in the
 * cache. Trees that are kept, for incremental parsing, use the heap.
 *
 * tree-sitter's sources are compiled with this header in front: `ts_malloc` and the others are the names under which
 * its `alloc.h` lets programs replace its allocator. Not for any other code.
 */
#ifndef OVERT_GRAMMAR_SYNTAX_TREE_MEMORY_H_
#define OVERT_GRAMMAR_SYNTAX_TREE_MEMORY_H_

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct OvertTreeArena OvertTreeArena;

/* Null if memory is short. */
OvertTreeArena* overt_tree_arena_new(void);
void overt_tree_arena_delete(OvertTreeArena* arena);

/* From here to `leave`, this thread's tree-sitter blocks come from `arena`, which is emptied first. Only objects made
 * in between may be used in between. They live until the next `enter`. */
void overt_tree_arena_enter(OvertTreeArena* arena);
void overt_tree_arena_leave(OvertTreeArena* arena);

/* --- For tree-sitter --------------------------------------------------------------------------------------------- */

/* The free part of this thread's arena; both null outside of one. */
typedef struct {
  char* next;
  char* end;
} OvertTreeBlock;

#ifndef __cplusplus
extern _Thread_local OvertTreeBlock overt_tree_block;

/* Each block of the arena stands behind its size, because a reallocation is not told the old one. */
enum { kOvertTreeHeader = 8 };

void* overt_tree_grow(size_t size); /* a block from a new chunk; aborts if memory is short, as tree-sitter does */
void* overt_heap_allocate(size_t size);
void* overt_heap_reallocate(void* block, size_t size);

static inline size_t* overt_tree_size(void* block) { return (size_t*)((char*)block - kOvertTreeHeader); }

static inline void* overt_ts_malloc(size_t size) {
  OvertTreeBlock* free_part = &overt_tree_block;
  if (!free_part->next) return overt_heap_allocate(size);
  size = (size + 7) & ~(size_t)7;
  if ((size_t)(free_part->end - free_part->next) < size + kOvertTreeHeader) return overt_tree_grow(size);
  char* block = free_part->next + kOvertTreeHeader;
  free_part->next = block + size;
  *overt_tree_size(block) = size;
  return block;
}

static inline void* overt_ts_calloc(size_t count, size_t size) {
  void* block = overt_ts_malloc(count * size);
  return memset(block, 0, count * size);
}

static inline void* overt_ts_realloc(void* block, size_t size) {
  if (!overt_tree_block.next) return overt_heap_reallocate(block, size);
  if (!block) return overt_ts_malloc(size);
  size_t old_size = *overt_tree_size(block);
  if (size <= old_size) return block;
  return memcpy(overt_ts_malloc(size), block, old_size);
}

static inline void overt_ts_free(void* block) {
  if (!overt_tree_block.next) free(block);
}

#define ts_malloc overt_ts_malloc
#define ts_calloc overt_ts_calloc
#define ts_realloc overt_ts_realloc
#define ts_free overt_ts_free
#endif

#ifdef __cplusplus
}
#endif

#endif  // OVERT_GRAMMAR_SYNTAX_TREE_MEMORY_H_
