// The walk that lowers one file: a stack of what is done so far, and one small function for each kind of syntax node
// that takes its children off the stack and puts its own result there, as the actions of an LR parser do.
//
//   identifier `f`, argument_list [1 Number]   --Call-->   one Call node
//
// Results wait as `Item`s. Some become nodes only when their parent says what they are: an identifier may be a Name,
// the name of a function, an attribute; `[a, b]` may be a List or a pattern. Private to `grammar/lower`.
#ifndef OVERT_GRAMMAR_LOWER_LOWERING_H_
#define OVERT_GRAMMAR_LOWER_LOWERING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "grammar/ast/ast_builder.h"
#include "grammar/lower/edited_text.h"
#include "grammar/lower/repair.h"
#include "grammar/syntax/flat_syntax.h"

namespace overt::grammar {

// A syntax node that has been dealt with.
struct Item {
  SyntaxKind kind = SyntaxKind::kToken;
  bool is_missing = false;
  uint8_t binds = 0;  // NodeFlags::kBinds if anything within binds or opens a scope
  uint32_t begin = 0;
  uint32_t end = 0;
  NodeId node;              // none while it waits for its parent to say what it is
  uint32_t kept_first = 0;  // items that wait with it, in Lowering::kept_
  uint32_t kept_count = 0;
  uint32_t mark = 0;  // size of kept_ before anything of this item was kept

  TextRange range() const { return {begin, end}; }
};

using Items = absl::Span<Item>;

class Lowering {
 public:
  // `text` is the original: names and texts are read from there.
  Lowering(absl::string_view text, uint64_t content_hash) : text_(text), b_(text, content_hash) {}

  // The whole file; the last node added is its Module. `edited` is the text that was parsed if that is another one, and
  // `repairs` what was done to it.
  void Run(const FlatSyntax& syntax, const EditedText* edited, const Repairs& repairs);
  // The text that was parsed is one expression in brackets; none if it is something else.
  NodeId RunExpression(const FlatSyntax& syntax, const EditedText& edited);
  AstBuilder& builder() { return b_; }
  const AstBuilder& builder() const { return b_; }
  // What makes the parser see what it took for something else: to be lowered again with these edits.
  const std::vector<Edit>& misread() const { return misread_; }

 private:
  using Handler = void (Lowering::*)(Items in, Item& out);
  struct HandlerTable;
  static const HandlerTable& Handlers();

  // The first `count` nodes; what they become lies on the stack.
  void Walk(const FlatSyntax& syntax, uint32_t count, const EditedText* edited);
  void Reduce(const FlatNode& node);
  Items WithoutErrors(Items children, const FlatNode& parent);
  static uint32_t EndOfBody(Items children, const FlatNode& node);
  static bool IsWaitingStar(const Item& item);
  void PutStarBack(uint32_t begin, Item& out);

  // --- Repaired texts ----------------------------------------------------------------------------------------------
  bool IsHole(uint32_t begin) const;
  uint8_t DamageOf(uint32_t header) const;                // flags for a class or function
  NodeId DefaultBehind(uint32_t end, uint32_t* new_end);  // of a type parameter that ends at `end`
  NodeId Fragment(TextRange range);                       // an expression that was cut out

  // --- What waiting items become -----------------------------------------------------------------------------------
  NodeId Expr(const Item& item);
  NodeId OptionalExpr(const Item* item) { return item == nullptr ? NodeId() : Expr(*item); }
  NodeId Identifier(const Item& item);
  NodeId Pattern(const Item& item);
  NodeId TargetOf(const Item& item) { return Expr(item); }
  NodeId TupleOf(Items items, TextRange range, uint8_t flags);
  NodeId NumberOf(const Item& item);
  NodeId DottedNameExpr(const Item& item);
  std::string DottedText(const Item& item);

  // --- Building ----------------------------------------------------------------------------------------------------
  Items Kept(const Item& item) { return Items(kept_.data() + item.kept_first, item.kept_count); }
  void Keep(Items items, Item& out);
  void PassThrough(const Item& from, Item& out);
  AstBuilder::ListRef ListOf(absl::Span<const NodeId> ids) { return b_.List(ids); }
  void CheckClauseColumns(Items in, const Item& out);
  AstBuilder::ListRef Statements(const Item* block);  // the list that a block or clause left
  absl::string_view Text(const Item& item) const { return text_.substr(item.begin, item.end - item.begin); }
  NodeId Missing(uint32_t at);  // an empty ErrorExpression
  void Problem(TextRange range, absl::string_view message, uint8_t first_minor = 0, uint8_t last_minor = 255);

  static const Item* Find(Items in, SyntaxKind kind);
  static bool IsToken(const Item& item);      // punctuation or keyword
  static const Item* FirstOperand(Items in);  // the first that is no token
  static const Item* OperandAfter(Items in, SyntaxKind token);
  std::vector<NodeId>& Scratch();  // emptied; for building one list

  // --- Statements: lower_statements.cc -----------------------------------------------------------------------------
  void OnModule(Items in, Item& out);
  void OnBlock(Items in, Item& out);
  void OnExpressionStatement(Items in, Item& out);
  NodeId AssignedValue(const Item& item);
  NodeId AssignmentStatement(const Item& item, TextRange range);
  void OnAssignment(Items in, Item& out);
  void OnAugmentedAssignment(Items in, Item& out);
  void OnReturn(Items in, Item& out);
  void OnDelete(Items in, Item& out);
  void OnRaise(Items in, Item& out);
  void OnAssert(Items in, Item& out);
  void OnPass(Items in, Item& out);
  void OnBreak(Items in, Item& out);
  void OnContinue(Items in, Item& out);
  void OnNames(Items in, Item& out);
  void OnImport(Items in, Item& out);
  void OnFutureImport(Items in, Item& out);
  void OnImportFrom(Items in, Item& out);
  void OnAliasedImport(Items in, Item& out);
  NodeId ImportAliasOf(const Item& item);
  uint8_t LazinessOf(const Item& statement) const;
  void OnPrint(Items in, Item& out);
  void OnExec(Items in, Item& out);
  void OnIf(Items in, Item& out);
  void OnClause(Items in, Item& out);
  void OnFor(Items in, Item& out);
  void OnWhile(Items in, Item& out);
  void OnTry(Items in, Item& out);
  void OnExcept(Items in, Item& out);
  void OnWith(Items in, Item& out);
  void OnWithItem(Items in, Item& out);
  void OnMatch(Items in, Item& out);
  void OnCase(Items in, Item& out);
  void OnFunction(Items in, Item& out);
  void OnClass(Items in, Item& out);
  void OnDecorated(Items in, Item& out);
  void OnDecorator(Items in, Item& out);
  void OnTypeAlias(Items in, Item& out);
  void OnTypeParameters(Items in, Item& out);
  AstBuilder::ListRef TypeParameters(const Item* item);
  NodeId TypeParameter(Item item);
  void AddWithItems(const Item& item, std::vector<NodeId>& items);

  // --- Parameters: lower_parameters.cc -----------------------------------------------------------------------------
  void OnParameters(Items in, Item& out);
  NodeId ParameterOf(const Item& item, ParameterKind kind);
  NodeId EmptyParameters(uint32_t at);

  // --- Expressions: lower_expressions.cc ---------------------------------------------------------------------------
  void OnKeep(Items in, Item& out);             // the parent decides
  void OnKeepOperands(Items in, Item& out);     // the same, without punctuation
  void OnSequencePattern(Items in, Item& out);  // `(a, b)` and `[a, b]` as targets, parameters, patterns
  void OnOnlyChild(Items in, Item& out);        // `type`, `as_pattern_target`
  void OnParenthesized(Items in, Item& out);
  void OnNamedExpression(Items in, Item& out);
  void OnNot(Items in, Item& out);
  void OnUnary(Items in, Item& out);
  void OnBoolean(Items in, Item& out);
  void OnBinary(Items in, Item& out);
  void OnBitwise(Items in, Item& out);
  NodeId BitwiseOf(const Item& chain);
  void OnComparison(Items in, Item& out);
  void OnLambda(Items in, Item& out);
  void OnConditional(Items in, Item& out);
  void OnYield(Items in, Item& out);
  void OnAwait(Items in, Item& out);
  void OnAttribute(Items in, Item& out);
  void OnSubscript(Items in, Item& out);
  void OnSlice(Items in, Item& out);
  void OnCall(Items in, Item& out);
  AstBuilder::ListRef Arguments(const Item* list);
  void OnKeywordArgument(Items in, Item& out);
  void OnDictionarySplat(Items in, Item& out);
  void OnStarred(Items in, Item& out);
  void OnList(Items in, Item& out);
  void OnSet(Items in, Item& out);
  void OnTuple(Items in, Item& out);
  void OnDictionary(Items in, Item& out);
  void OnPair(Items in, Item& out);
  void OnComprehension(Items in, Item& out);
  void OnForInClause(Items in, Item& out);
  NodeId ComprehensionClause(Items in, size_t at);
  void OnIfClause(Items in, Item& out);
  void OnGenericType(Items in, Item& out);
  void OnUnionType(Items in, Item& out);
  void OnMemberType(Items in, Item& out);

  // --- Strings: lower_strings.cc -----------------------------------------------------------------------------------
  void OnString(Items in, Item& out);
  void OnConcatenatedString(Items in, Item& out);
  void OnInterpolation(Items in, Item& out);
  void OnFormatSpecifier(Items in, Item& out);
  NodeId StringPart(TextRange range, uint8_t flags);

  // --- Patterns: lower_patterns.cc ---------------------------------------------------------------------------------
  void OnCasePattern(Items in, Item& out);
  void OnUnionPattern(Items in, Item& out);
  void OnAsPattern(Items in, Item& out);
  void OnDictPattern(Items in, Item& out);
  void OnKeywordPattern(Items in, Item& out);
  void OnSplatPattern(Items in, Item& out);
  void OnClassPattern(Items in, Item& out);
  void OnComplexPattern(Items in, Item& out);
  NodeId CaptureOrValue(const Item& dotted_name);
  NodeId SequencePattern(const Item& item);
  NodeId ClassArgument(const Item& item);  // `pattern`, or `name=pattern`, in the parentheses of a class pattern
  NodeId KeyOf(const Item& item);

  absl::string_view text_;
  AstBuilder b_;
  const Repairs* repairs_ = nullptr;  // while the file is not what was parsed
  std::vector<Edit> misread_;
  std::vector<Item> stack_;
  std::vector<Item> kept_;
  std::vector<NodeId> scratch_;
  std::vector<Item> item_scratch_;
  std::vector<NodeId> orphans_;  // classes and functions saved from damaged expressions, for the next block
};

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_LOWER_LOWERING_H_
