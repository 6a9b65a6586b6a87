// Strings that an expression may be, as far as literals in the same file tell.
//
//   for op in ("add", "sub"):
//       setattr(Rows, f"__{op}__", …)      # `__add__` and `__sub__`
//
// Follows names to loops over displays and to assignments; never leaves the file and evaluates nothing else.
#ifndef OVERT_CHECKER_CLASSES_LITERAL_STRINGS_H_
#define OVERT_CHECKER_CLASSES_LITERAL_STRINGS_H_

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "checker/bind/module_index.h"
#include "checker/classes/entity.h"

namespace overt::classes {

struct LiteralString {
  std::string text;
  TextRange range;  // where it is written, or the expression that makes it
};

inline bool IsAmong(absl::string_view text, const std::vector<LiteralString>& strings) {
  return absl::c_any_of(strings, [&](const LiteralString& one) { return one.text == text; });
}

class LiteralStrings {
 public:
  LiteralStrings(const bind::ModuleIndex& index, bind::ScopeId scope, bind::FlowId flow)
      : index_(index), ast_(index.ast()), scope_(scope), flow_(flow) {}

  // False if the expression may also be something that cannot be read. `out` gets what can.
  bool Of(NodeId expression, std::vector<LiteralString>& out) { return Collect(expression, 0, out); }
  // The first items of the elements: of `["a", "b"]`, `[("a", int)]`, `{"a": 1}`, or a name for one of these.
  bool OfElements(NodeId expression, std::vector<LiteralString>& out) { return Elements(expression, 0, 0, out); }

 private:
  bool Collect(NodeId expression, int depth, std::vector<LiteralString>& out);
  bool Name(NodeId expression, int depth, std::vector<LiteralString>& out);
  bool Formatted(NodeId expression, int depth, std::vector<LiteralString>& out);
  bool LoopTarget(const bind::Definition& def, int depth, std::vector<LiteralString>& out);
  bool Elements(NodeId iterable, size_t position, int depth, std::vector<LiteralString>& out);
  bool ElementsOfDisplay(NodeId display, size_t position, int depth, std::vector<LiteralString>& out);
  bool ElementsOfArguments(const bind::Definition& parameter, size_t position, int depth,
                           std::vector<LiteralString>& out);
  bool ElementsOfName(NodeId name, size_t position, int depth, std::vector<LiteralString>& out);
  std::vector<DefId> DefinitionsOf(grammar::NameId name) const;

  static constexpr int kMaxDepth = 6;
  static constexpr size_t kMaxStrings = 512;

  const bind::ModuleIndex& index_;
  const grammar::Ast& ast_;
  bind::ScopeId scope_;
  bind::FlowId flow_;
};

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_LITERAL_STRINGS_H_
