// The inside of judge_tree: one object for one tree, its checks spread over judge_*.cc.
//
// The nodes are read from the last to the first, so that parents come before their children. Whatever opens a scope, a
// loop or a block that matters leaves a frame on a stack until its nodes are behind us; what needs its surroundings
// (`return`, `await`, `:=`, `break`, …) looks at the frames. All else is checked where it stands.
#ifndef OVERT_GRAMMAR_VERDICT_TREE_JUDGE_H_
#define OVERT_GRAMMAR_VERDICT_TREE_JUDGE_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "grammar/ast/ast.h"
#include "grammar/verdict/judge_tree.h"

namespace overt::grammar {

class TreeJudge {
 public:
  TreeJudge(const Ast& ast, absl::string_view text) : ast_(ast), text_(text) {}
  TreeVerdict Run();

 private:
  // What surrounds a node.
  struct Frame {
    enum class Kind : uint8_t { kFunction, kLambda, kClass, kComprehension, kLoop, kExceptStar, kBlock };
    Kind kind = Kind::kBlock;
    bool is_async = false;
    bool is_generator_expression = false;
    bool has_yield = false;
    bool has_type_parameters = false;
    uint16_t blocks = 0;  // statically nested blocks up to here, this one included
    NodeId node;
    TextRange range;
    TextRange inner;          // where its rule holds: the body
    TextRange hole;           // a part of `inner` that belongs outside: the first iterable of a comprehension
    TextRange header;         // functions and classes: what the type parameters' scope encloses
    TextRange valued_return;  // functions: one of their `return value`
  };

  // --- judge_tree.cc ---
  void CheckNames();
  void Visit(NodeId id, const Node& node);
  bool VisitLeaf(NodeId id, const Node& node);
  void VisitStatement(NodeId id, const Node& node);
  void VisitExpression(NodeId id, const Node& node);
  void VisitPart(NodeId id, const Node& node);
  void LeaveFramesBefore(const Node& node);
  void Leave(const Frame& frame);
  void Doubt() { verdict_.doubtful_from = std::min(verdict_.doubtful_from, at_); }
  void Refuse(TextRange range, std::string message, uint8_t first_minor = 0, uint8_t last_minor = 255);
  void Needs(uint8_t minor, TextRange range, absl::string_view what);
  NodeKind KindOf(NodeId id) const { return ast_.kind(id); }
  bool IsParenthesised(NodeId id) const { return (ast_.node(id).flags & NodeFlags::kParenthesized) != 0; }
  bool Is(NodeId id, NodeKind kind) const { return id.present() && ast_.kind(id) == kind; }
  std::string NameOf(NameId id) const { return std::string(ast_.name(id)); }
  // The last character before `at` that is no blank, on the same line; a line end if there is none.
  char CharacterBefore(uint32_t at) const;
  char CharacterAfter(uint32_t at) const;

  // --- judge_scopes.cc: what needs its surroundings ---
  Frame& Push(Frame::Kind kind, NodeId id, TextRange inner);
  void EnterFunction(NodeId id);
  void EnterClass(NodeId id);
  void EnterLambda(NodeId id);
  void EnterComprehension(NodeId id, NodeList generators);
  void EnterFor(NodeId id);
  void EnterWhile(NodeId id);
  void EnterWith(NodeId id);
  void EnterTry(NodeId id);
  void EnterBlock(NodeId id, TextRange inner, uint16_t weight);
  static bool Holds(const Frame& frame, uint32_t at);
  static bool IsScope(const Frame& frame);
  Frame* ScopeAt(uint32_t at);
  bool InsideExceptStar(uint32_t at) const;
  void CheckReturn(NodeId id);
  void CheckYield(NodeId id);
  void CheckAwait(NodeId id);
  void CheckAsyncStatement(const Node& node, absl::string_view what);
  void RequireAsync(uint32_t at, TextRange range);
  void CheckJump(const Node& node, absl::string_view word);
  void CheckNamedExpr(NodeId id);
  void Defer(NodeId part, const char* what, uint8_t first_minor);
  bool CheckDeferred(TextRange range, absl::string_view what);
  NodeList GeneratorsOf(NodeId comprehension) const;
  bool RefuseInComprehension(NodeId comprehension, TextRange range, NameId name);

  // --- judge_names.cc: global, nonlocal, imports ---
  struct Declaration {
    NameId name;
    TextRange range;
    bool is_nonlocal = false;
    NodeId scope;                   // none: the module
    std::vector<NodeId> enclosing;  // of a nonlocal: the functions around its scope, innermost first
  };
  void NoteDeclarations(NodeId id, NodeList names, const Node& node);
  void CheckDeclarations();
  void CheckUsesBefore(NodeId scope, const std::vector<const Declaration*>& declarations);
  TextRange InnerOf(NodeId scope) const;
  const absl::flat_hash_set<NameId>& BindingsOf(NodeId function);
  void CollectBindings(NodeId function, absl::flat_hash_set<NameId>& bound) const;
  void CollectTargets(NodeId target, absl::flat_hash_set<NameId>& bound) const;
  bool IsDocString(NodeId statement) const;
  void FindFutureImports();
  void CheckImport(NodeId id);
  void CheckImportFrom(NodeId id);
  void CheckLazy(const Node& node);
  void CheckDottedName(NameId name);
  bool IsFutureImport(NodeId id) const;
  void CheckDebugName();

  // --- judge_shapes.cc: what can be told from a node alone ---
  void CheckBody(NodeList body);
  void CheckClauseColumns(NodeId first, NodeId second);
  int64_t ColumnOf(uint32_t at) const;
  void CheckLineEnds(NodeId id, const Node& node);  // of a statement, or of a part that has a header
  bool HoldsSpecifications(NodeId field, int levels) const;
  void CheckInterpolation(NodeId id, const Node& node);
  void CheckNumber(const Node& node);
  void CheckString(NodeId id, const Node& node);
  void CheckFormattedString(const Node& node, NodeList parts, uint8_t first_minor);
  void CheckConcatenation(NodeList parts);
  enum class ArgumentOwner : uint8_t { kCall, kClass };
  void CheckArguments(NodeList arguments, ArgumentOwner owner);
  void CheckRepeatedKeywords(NodeList arguments);
  void CheckLooseNamed(NodeId value);
  void CheckParameters(NodeList parameters);
  bool IsOddlyOpened(NodeId parameter, NodeList parameters) const;
  void CheckDecorators(NodeList decorators, const Node& owner);
  void CheckTypeParameters(NodeList parameters);
  void CheckTypeParameterDefault(NodeId value);
  enum class TargetUse : uint8_t { kAssign, kDelete };
  void CheckTarget(NodeId target, TargetUse use);
  void CheckSingleTarget(NodeId target);
  bool MayStandBeforeStar(uint32_t at) const;
  void CheckPlainValue(NodeId value);
  void CheckSubscript(NodeId id);
  void CheckLooseOperand(NodeId id);
  void CheckTuple(const Node& tuple, NodeList elements);
  void CheckBraces(NodeList elements);
  void CheckComprehensionElement(NodeId element, const Node& node);
  void CheckWith(NodeId id);
  void CheckTry(NodeId id);
  void CheckIf(NodeId id);

  // --- judge_patterns.cc ---
  void CheckMatch(NodeId id);
  void CheckPattern(NodeId pattern);
  void CheckValuePattern(NodeId value);
  bool IsIrrefutable(NodeId pattern) const;
  void CollectCaptures(NodeId pattern, std::vector<NodeId>& names) const;
  void CheckAlternatives(NodeId pattern);
  void CheckMapping(NodeId pattern);

  const Ast& ast_;
  absl::string_view text_;
  TreeVerdict verdict_;
  uint32_t at_ = 0;  // where the node begins that is being read
  std::vector<Frame> frames_;
  std::vector<NodeId> scratch_;
  std::vector<Declaration> declarations_;
  absl::flat_hash_map<uint32_t, absl::flat_hash_set<NameId>> bindings_;
  // Parts of the source that newer versions evaluate in a scope of their own, as long as they may still hold nodes.
  struct Deferred {
    TextRange range;
    const char* what = nullptr;
    uint8_t first_minor = 0;
  };
  std::vector<Deferred> deferred_;
  TextRange formatted_;      // the outermost f-string that is being read
  NameId debug_;             // `__debug__`, if the file says it
  uint32_t future_end_ = 0;  // behind the last `from __future__` that stands where it may
  bool future_annotations_ = false;
};

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_VERDICT_TREE_JUDGE_H_
