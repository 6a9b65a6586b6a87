// CPython's verdict on a file: what the parser, the compiler's symbol table and the code generator would refuse.
//
//   def f(a, a): ...       # duplicate argument `a` in function definition
//   return 1               # `return` outside a function
//
// tree-sitter is more generous than CPython; this closes the gap, for all Python versions 3.8 to 3.15 at once: a
// problem carries the versions it applies to. Reads the lowered tree and the text, never tree-sitter's nodes. The
// messages are ours: what was seen, then what Python wants.
//
// Ordinary files pay for one walk over the tree and one scan of the text. Where those, or whoever made the tree, are in
// doubt, the recogniser reads the text as CPython does and decides.
// Source: the language reference and CPython's observable behaviour (`compile()`), which the tests hold it against.
#ifndef OVERT_GRAMMAR_VERDICT_VERDICT_H_
#define OVERT_GRAMMAR_VERDICT_VERDICT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "grammar/ast/ast.h"
#include "grammar/lower/lower.h"

namespace overt::grammar {

struct VerdictProblem {
  TextRange range;
  std::string message;
  uint8_t first_minor = 0;  // 3.x, both included
  uint8_t last_minor = 255;
};

// Where the tree may hold less than the text: the parser had to guess, or saw what only it accepts.
class Doubt {
 public:
  static Doubt None() { return Doubt(UINT32_MAX); }
  static Doubt AllOfIt() { return Doubt(0); }
  // Nothing before this byte, where a statement of the module begins on a line of its own.
  static Doubt From(uint32_t begin) { return Doubt(begin); }

  bool is_there() const { return begin_ != UINT32_MAX; }
  uint32_t begin() const { return begin_; }

 private:
  explicit Doubt(uint32_t begin) : begin_(begin) {}
  uint32_t begin_;
};

// `text` is the decoded source that `ast` was made from. Sorted by position.
std::vector<VerdictProblem> Judge(const Ast& ast, absl::string_view text, FileKind kind, Doubt doubt);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_VERDICT_VERDICT_H_
