// CPython's grammar as a recogniser: is this text a module, for which versions, and if it is none, where does it end?
//
//   for x in y z:        # expected `:`, found `z`
//
// Follows the reference grammar of Python 3.15 rule by rule and notes what older versions lack. It builds no tree: it
// is asked only about texts that tree-sitter could not parse or that look odd, so that the verdict on them is CPython's
// and the message names the right place. What the compiler refuses in a text that parses is judge_tree's. Recursion is
// bounded: by the 200 brackets and 100 indents of the tokenizer, and by a count for lambdas. Source: the language
// reference, "Full Grammar specification", 3.8 to 3.15; CPython's observable behaviour.
#ifndef OVERT_GRAMMAR_VERDICT_RECOGNISER_H_
#define OVERT_GRAMMAR_VERDICT_RECOGNISER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "grammar/verdict/tokenizer.h"
#include "grammar/verdict/verdict.h"

namespace overt::grammar {

// What a stretch of tokens turned out to be, as far as the grammar cares afterwards: mostly whether it can be a target.
struct Recognised {
  enum class Kind : uint8_t {
    kName,
    kAttribute,
    kSubscript,
    kCall,
    kLiteral,
    kString,
    kFString,
    kConstant,
    kEllipsis,
    kTuple,
    kList,
    kSet,
    kDict,
    kComprehension,
    kGenerator,
    kStarred,
    kOperation,
    kComparison,
    kLambda,
    kConditional,
    kNamed,
    kAwait,
    kYield,
  };
  Kind kind = Kind::kConstant;
  bool parenthesised = false;
  bool has_star = false;  // itself, or an element of it
  uint32_t begin = 0;
  uint32_t end = 0;
  // The part that cannot be assigned to, and what it is; null if all of it can.
  const char* no_target = nullptr;
  TextRange no_target_range;
  // As for `no_target`, for `del`: that differs in stars.
  const char* no_delete = nullptr;
  TextRange no_delete_range;

  TextRange range() const { return {begin, end}; }
};

class Recogniser {
 public:
  // Begins at byte `from`, where a statement of the module does on a line of its own.
  explicit Recogniser(absl::string_view text, uint32_t from = 0);

  // All problems of the text, in the order of their discovery; at most one of them concerns all versions, and it is the
  // last.
  std::vector<VerdictProblem> Run();

 private:
  // --- recogniser.cc: the machinery ---
  const Token& Now() const { return tokens_[at_]; }
  const Token& Ahead(size_t count) const { return tokens_[std::min(at_ + count, tokens_.size() - 1)]; }
  bool Is(TokenKind kind) const { return Now().kind == kind; }
  bool IsKeyword(Keyword keyword) const { return Now().keyword == keyword; }
  bool IsWord(absl::string_view word) const;  // a soft keyword
  absl::string_view TextOf(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
  std::string Show(const Token& token) const;
  uint32_t LastEnd() const { return at_ == 0 ? 0 : tokens_[at_ - 1].end; }
  void Advance() { at_ += at_ + 1 < tokens_.size() ? 1 : 0; }
  bool Take(TokenKind kind);
  bool TakeKeyword(Keyword keyword);
  // The first failure counts; afterwards all tokens are kEnd.
  void Fail(TextRange range, std::string message);
  void FailHere(std::string message) { Fail({Now().begin, Now().end}, std::move(message)); }
  // "expected …, found …", unless the place shows a mistake that people often make.
  void FailExpecting(absl::string_view wanted);
  std::string CommonMistake() const;
  const Token* UnclosedBracket() const;
  bool Expect(TokenKind kind, absl::string_view shown);
  bool ExpectName(absl::string_view what);
  // Python 3.`minor` is the first that takes this.
  void Needs(uint8_t minor, TextRange range, absl::string_view what);
  bool failed() const { return failed_; }

  struct Checkpoint {
    size_t at;
    size_t problems;
  };
  Checkpoint Save() const { return {at_, problems_.size()}; }
  void Restore(const Checkpoint& checkpoint);

  // --- recognise_statements.cc ---
  void File();
  void Statement();
  void SimpleStatements();
  void SimpleStatement();
  void CompoundStatement();
  bool SoftKeywordStatement();
  void Block(absl::string_view owner, TextRange where);
  void Body(absl::string_view owner);  // `:` and the block
  void ExpressionStatement();
  void AssignmentChain(Recognised first);
  void AnnotatedAssignment(const Recognised& target);
  void RightHandSide();
  void RequireTarget(const Recognised& target, absl::string_view hint);
  void ReturnStatement();
  void RaiseStatement();
  void DeleteStatement();
  void AssertStatement();
  void NameList(absl::string_view keyword);
  void ImportStatement();
  void FromStatement();
  void ImportedNames();
  void DottedName();
  void TypeStatement();
  void TypeParameters();
  void TypeParameter();
  void Decorators();
  void FunctionDefinition();
  void ClassDefinition();
  void IfStatement();
  void WhileStatement();
  void ForStatement();
  void WithStatement();
  bool WithItemsInParentheses();
  void WithItem();
  void TryStatement();
  void ExceptClause(bool* is_star);
  void OptionalElse();

  // --- recognise_patterns.cc ---
  bool LooksLikeMatch();
  void MatchStatement();
  void CaseBlock();
  void OpenPattern();
  void Pattern();
  void OrPattern();
  void ClosedPattern();
  void StarPattern();
  void MaybeStarPattern();
  void PatternName(absl::string_view what);
  void NumberPattern();
  void StringPattern();
  void NamePattern();
  void ClassPatternArguments();
  void SequencePattern(TokenKind close);
  void MappingPattern();

  // --- recognise_expressions.cc ---
  Recognised StarExpressions();
  Recognised StarExpression();
  Recognised StarNamedExpression();
  Recognised NamedExpression();
  Recognised Expression();
  Recognised Disjunction();
  Recognised Inversion();
  Recognised Comparison();
  Recognised BitwiseOr();
  Recognised Operand();  // unary operators, `await`, `**`
  Recognised Primary();
  Recognised Atom();
  Recognised GroupOrTuple();
  Recognised ListDisplay();
  Recognised BraceDisplay();
  Recognised DictRest(uint32_t begin);
  Recognised YieldExpression();
  Recognised TargetList();  // of `for`
  Recognised SingleTarget();
  void Subscripts();
  Recognised Slice();
  void Arguments(bool generator_may_stand_alone);
  struct ArgumentState;
  void Argument(ArgumentState& state);
  void ComprehensionClauses();
  bool AtComprehension() const;
  bool StartsExpression(const Token& token) const;
  bool StartsStarExpression(const Token& token) const;
  enum class ParameterOwner : uint8_t { kFunction, kLambda };
  void Parameters(ParameterOwner owner);
  struct ParameterState;
  void Parameter(ParameterOwner owner, ParameterState& state);
  void StarParameter(ParameterOwner owner, ParameterState& state);
  Recognised Made(Recognised::Kind kind, uint32_t begin) const;
  Recognised Sequence(Recognised::Kind kind, uint32_t begin, const Recognised& parts) const;
  static void MergeElement(Recognised& whole, const Recognised& part);

  // --- recognise_strings.cc ---
  Recognised Strings();
  void FString(bool outermost);
  void ReplacementField();
  void CheckEscapes(TextRange range, uint8_t prefix);

  absl::string_view text_;
  std::vector<Token> tokens_;
  std::string token_error_;
  std::vector<VerdictProblem> problems_;
  size_t at_ = 0;
  size_t depth_ = 0;
  bool failed_ = false;
};

// Shared with the tree's judge: the escapes of a string or f-string part (`\x`, `\u`, `\N{…}`), quotes excluded; empty
// if nothing is wrong.
struct EscapeProblem {
  TextRange range;
  std::string message;
};
std::vector<EscapeProblem> FindBadEscapes(absl::string_view text, TextRange range, uint8_t prefix);

// What Python 3.8 to 3.11 refuse in the f-string that stands at `range`; empty if they take it.
std::string WhyNotOldFString(absl::string_view text, TextRange range);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_VERDICT_RECOGNISER_H_
