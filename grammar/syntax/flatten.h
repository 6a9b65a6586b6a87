/* A tree-sitter tree as one array: its visible nodes in post-order, each with the number of its visible children.
 *
 * Written against tree-sitter's own headers (pinned by third_party/package-lock.json), because its public cursor costs
 * a quarter of a parse. Hidden nodes vanish, aliases are applied, comments go to an array of their own. Iterative: the
 * depth of the tree does not matter. Plain C, as those headers are. */
#ifndef OVERT_GRAMMAR_SYNTAX_FLATTEN_H_
#define OVERT_GRAMMAR_SYNTAX_FLATTEN_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct TSTree TSTree;

/* NOLINTBEGIN(readability-identifier-naming): a name in C needs its project */
enum {
  OVERT_FLAT_MISSING = 1, /* a token that the parser had to invent; it is empty */
  OVERT_FLAT_EXTRA = 2,   /* stands outside the grammar: an ERROR among proper children, a line continuation */
};
/* NOLINTEND(readability-identifier-naming) */

#define OVERT_ERROR_SYMBOL 0xFFFF

typedef struct {
  uint16_t symbol; /* public symbol of the language, or OVERT_ERROR_SYMBOL */
  uint16_t flags;
  uint32_t begin; /* bytes */
  uint32_t end;
  uint32_t child_count; /* visible ones: the nodes just before this one that nobody else has claimed */
} OvertFlatNode;

typedef struct {
  OvertFlatNode* nodes;
  uint32_t node_count, node_capacity;
  OvertFlatNode* comments;
  uint32_t comment_count, comment_capacity;
  void* stack; /* frames of the walk, kept for the next tree */
  uint32_t stack_capacity;
  int has_error; /* some part did not parse */
} OvertFlatTree;

/* Fills `out`, whose buffers are reused. Returns 0 when memory runs out. `comment_symbol` is the grammar's. */
int overt_flatten(const TSTree* tree, uint16_t comment_symbol, OvertFlatTree* out);
void overt_flat_tree_free(OvertFlatTree* tree);

#ifdef __cplusplus
}
#endif

#endif /* OVERT_GRAMMAR_SYNTAX_FLATTEN_H_ */
