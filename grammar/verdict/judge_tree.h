// What the tree says about CPython's verdict: one walk over its nodes, with a stack of scopes.
//
//   def f():
//       x = 1
//       global x         # compiler: `x` is assigned before its `global` declaration
//   y = 0777             # grammar, in doubt: the recogniser says what is wrong
#ifndef OVERT_GRAMMAR_VERDICT_JUDGE_TREE_H_
#define OVERT_GRAMMAR_VERDICT_JUDGE_TREE_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "grammar/ast/ast.h"
#include "grammar/verdict/verdict.h"

namespace overt::grammar {

struct TreeVerdict {
  // Grammar of newer versions than some; the recogniser would say the same.
  std::vector<VerdictProblem> grammar;
  // What the parser takes and the compiler refuses.
  std::vector<VerdictProblem> compiler;
  // Where the parser that made the tree took the first thing that CPython may refuse.
  uint32_t doubtful_from = UINT32_MAX;
  // Parts of the tree are guesses.
  bool damaged = false;
};

TreeVerdict JudgeTree(const Ast& ast, absl::string_view text, FileKind kind);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_VERDICT_JUDGE_TREE_H_
