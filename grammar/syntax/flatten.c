#include "grammar/syntax/flatten.h"

#include <stdlib.h>

/* tree-sitter's private headers. */
#include "language.h"
#include "subtree.h"
#include "tree.h"

typedef struct {
  Subtree subtree;
  const TSSymbol *aliases;  /* by structural child, or NULL */
  uint32_t child;           /* the next child to enter */
  uint32_t structural;      /* its number without extras */
  uint32_t position;        /* where it begins, white space before it included */
  uint32_t begin, end;
  uint32_t emitted;         /* visible children so far */
  uint16_t symbol;
  uint16_t flags;
  bool visible;
} Frame;

static int grow(void **buffer, uint32_t *capacity, uint32_t size, size_t item) {
  if (size < *capacity) return 1;
  uint32_t larger = *capacity ? *capacity * 2 : 1024;
  void *grown = realloc(*buffer, larger * item);
  if (!grown) return 0;
  *buffer = grown;
  *capacity = larger;
  return 1;
}

static uint16_t public_symbol(const TSLanguage *language, TSSymbol symbol) {
  /* The built-in symbols for errors stand above all that the language has. */
  if (symbol >= ts_builtin_sym_error_repeat) return OVERT_ERROR_SYMBOL;
  return language->public_symbol_map[symbol];
}

static int emit(OvertFlatTree *out, uint16_t comment_symbol, OvertFlatNode node, uint32_t *emitted) {
  if (node.symbol == comment_symbol) {
    if (!grow((void **)&out->comments, &out->comment_capacity, out->comment_count, sizeof(OvertFlatNode))) return 0;
    out->comments[out->comment_count++] = node;
    return 1;
  }
  if (!grow((void **)&out->nodes, &out->node_capacity, out->node_count, sizeof(OvertFlatNode))) return 0;
  out->nodes[out->node_count++] = node;
  ++*emitted;
  return 1;
}

/* What the walk needs to know of one node before it enters it. */
static Frame frame_of(const TSLanguage *language, Subtree subtree, TSSymbol alias, uint32_t position) {
  Frame frame;
  uint32_t padding = subtree.data.is_inline ? subtree.data.padding_bytes : subtree.ptr->padding.bytes;
  uint32_t size = subtree.data.is_inline ? subtree.data.size_bytes : subtree.ptr->size.bytes;
  frame.subtree = subtree;
  frame.child = 0;
  frame.structural = 0;
  frame.position = position;
  frame.begin = position + padding;
  frame.end = frame.begin + size;
  frame.emitted = 0;
  frame.symbol = public_symbol(language, alias ? alias : ts_subtree_symbol(subtree));
  frame.visible = alias != 0 || ts_subtree_visible(subtree);
  frame.flags = (uint16_t)((ts_subtree_missing(subtree) ? OVERT_FLAT_MISSING : 0) |
                           (ts_subtree_extra(subtree) ? OVERT_FLAT_EXTRA : 0));
  frame.aliases = ts_language_alias_sequence(language, ts_subtree_production_id(subtree));
  return frame;
}

static OvertFlatNode node_of(const Frame *frame) {
  OvertFlatNode node = {frame->symbol, frame->flags, frame->begin, frame->end, frame->emitted};
  return node;
}

int overt_flatten(const TSTree *tree, uint16_t comment_symbol, OvertFlatTree *out) {
  const TSLanguage *language = tree->language;
  uint32_t depth = 0;
  uint32_t root_emitted = 0;
  out->node_count = 0;
  out->comment_count = 0;
  out->has_error = ts_subtree_error_cost(tree->root) > 0;
  if (!grow(&out->stack, &out->stack_capacity, depth, sizeof(Frame))) return 0;
  ((Frame *)out->stack)[depth++] = frame_of(language, tree->root, 0, 0);
  while (depth > 0) {
    Frame *top = &((Frame *)out->stack)[depth - 1];
    if (top->child == ts_subtree_child_count(top->subtree)) {
      Frame done = *top;
      --depth;
      uint32_t *above = depth > 0 ? &((Frame *)out->stack)[depth - 1].emitted : &root_emitted;
      if (!done.visible) {
        *above += done.emitted;
      } else if (!emit(out, comment_symbol, node_of(&done), above)) {
        return 0;
      }
      continue;
    }
    Subtree child = ts_subtree_children(top->subtree)[top->child++];
    TSSymbol alias = 0;
    if (!ts_subtree_extra(child)) {
      if (top->aliases) alias = top->aliases[top->structural];
      ++top->structural;
    }
    uint32_t position = top->position;
    Frame frame = frame_of(language, child, alias, position);
    top->position = frame.end;
    if (ts_subtree_child_count(child) == 0) {
      if (frame.visible && !emit(out, comment_symbol, node_of(&frame), &top->emitted)) return 0;
      continue;
    }
    if (!grow(&out->stack, &out->stack_capacity, depth, sizeof(Frame))) return 0;
    ((Frame *)out->stack)[depth++] = frame;
  }
  return 1;
}

void overt_flat_tree_free(OvertFlatTree *tree) {
  free(tree->nodes);
  free(tree->comments);
  free(tree->stack);
  tree->nodes = tree->comments = NULL;
  tree->stack = NULL;
  tree->node_count = tree->node_capacity = tree->comment_count = tree->comment_capacity = tree->stack_capacity = 0;
}
