#include "grammar/syntax/tree_memory.h"

#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>

_Thread_local OvertTreeBlock overt_tree_block;

/* Chunks double, so that few are made; under AddressSanitizer every block is a chunk, so that it sees their ends. */
#if defined(__SANITIZE_ADDRESS__)
#define OVERT_CHUNK_PER_BLOCK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OVERT_CHUNK_PER_BLOCK 1
#endif
#endif

enum { kLargePage = 2 << 20, kFirstChunk = kLargePage - 64, kLargestKept = 8 << 20 };

typedef struct Chunk {
  struct Chunk *previous;
  size_t size;  /* of the bytes behind this */
} Chunk;

struct OvertTreeArena {
  Chunk *chunks;  /* the newest first */
};

/* The arena of this thread, for new chunks. */
static _Thread_local OvertTreeArena *current_arena;

/* A chunk is filled from end to end, so large ones ask for large pages: nearly all their cost is faulting pages in. */
static Chunk *allocate_chunk(size_t size) {
#if defined(MADV_HUGEPAGE) && !defined(OVERT_CHUNK_PER_BLOCK)
  if (size >= kLargePage) {
    const size_t whole = (size + kLargePage - 1) / kLargePage * kLargePage;
    Chunk *chunk = aligned_alloc(kLargePage, whole);
    if (chunk) madvise(chunk, whole, MADV_HUGEPAGE);  /* a wish: without it all works alike */
    return chunk;
  }
#endif
  return malloc(size);
}

static Chunk *new_chunk(Chunk *previous, size_t size) {
  Chunk *chunk = allocate_chunk(sizeof(Chunk) + size);
  if (!chunk) {
    fprintf(stderr, "overt: out of memory: %zu bytes for a syntax tree\n", size);
    abort();
  }
  chunk->previous = previous;
  chunk->size = size;
  return chunk;
}

static void use(Chunk *chunk) {
  overt_tree_block.next = (char *)(chunk + 1);
  overt_tree_block.end = overt_tree_block.next + chunk->size;
}

OvertTreeArena *overt_tree_arena_new(void) { return calloc(1, sizeof(OvertTreeArena)); }

static void drop_chunks(OvertTreeArena *arena) {
  while (arena->chunks) {
    Chunk *previous = arena->chunks->previous;
    free(arena->chunks);
    arena->chunks = previous;
  }
}

void overt_tree_arena_delete(OvertTreeArena *arena) {
  if (!arena) return;
  drop_chunks(arena);
  free(arena);
}

void overt_tree_arena_enter(OvertTreeArena *arena) {
#ifdef OVERT_CHUNK_PER_BLOCK
  const int is_kept = 0;
#else
  const int is_kept = arena->chunks && arena->chunks->size <= kLargestKept;
#endif
  if (is_kept) {
    /* The newest is the largest: the next file probably fits into it. */
    Chunk *kept = arena->chunks;
    arena->chunks = kept->previous;
    drop_chunks(arena);
    kept->previous = NULL;
    arena->chunks = kept;
  } else {
    drop_chunks(arena);
    arena->chunks = new_chunk(NULL, kFirstChunk);
  }
  current_arena = arena;
  use(arena->chunks);
#ifdef OVERT_CHUNK_PER_BLOCK
  overt_tree_block.end = overt_tree_block.next;
#endif
}

void overt_tree_arena_leave(OvertTreeArena *arena) {
  (void)arena;
  current_arena = NULL;
  overt_tree_block.next = overt_tree_block.end = NULL;
}

void *overt_tree_grow(size_t size) {
  OvertTreeArena *arena = current_arena;
  const size_t wanted = size + kOvertTreeHeader;
#ifdef OVERT_CHUNK_PER_BLOCK
  arena->chunks = new_chunk(arena->chunks, wanted);
  use(arena->chunks);
#else
  const size_t doubled = arena->chunks->size * 2;
  arena->chunks = new_chunk(arena->chunks, doubled > wanted ? doubled : wanted);
  use(arena->chunks);
#endif
  char *block = overt_tree_block.next + kOvertTreeHeader;
  overt_tree_block.next = block + size;
  *overt_tree_size(block) = size;
  return block;
}

static void *checked(void *block, size_t size) {
  if (block || size == 0) return block;
  fprintf(stderr, "overt: out of memory: %zu bytes for a syntax tree\n", size);
  abort();
}

void *overt_heap_allocate(size_t size) { return checked(malloc(size), size); }
void *overt_heap_reallocate(void *block, size_t size) { return checked(realloc(block, size), size); }
