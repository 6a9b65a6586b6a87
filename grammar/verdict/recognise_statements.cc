#include <algorithm>

#include "absl/strings/str_cat.h"
#include "grammar/verdict/recogniser.h"

namespace overt::grammar {
namespace {

using Kind = Recognised::Kind;

}  // namespace

void Recogniser::File() {
  while (!Is(TokenKind::kEnd) && !failed()) Statement();
}

void Recogniser::Statement() {
  switch (Now().keyword) {
    case Keyword::kAsync:
    case Keyword::kDef:
    case Keyword::kIf:
    case Keyword::kClass:
    case Keyword::kWith:
    case Keyword::kFor:
    case Keyword::kTry:
    case Keyword::kWhile: return CompoundStatement();
    default: break;
  }
  if (Is(TokenKind::kAt)) return Decorators();
  if (IsWord("match") && LooksLikeMatch()) return MatchStatement();
  SimpleStatements();
}

void Recogniser::CompoundStatement() {
  if (IsKeyword(Keyword::kAsync)) {
    const Token async = Now();
    Advance();
    const Keyword next = Now().keyword;
    if (next != Keyword::kDef && next != Keyword::kFor && next != Keyword::kWith) {
      return Fail({async.begin, async.end}, "`async` stands before `def`, `for` or `with` only");
    }
  }
  switch (Now().keyword) {
    case Keyword::kDef: return FunctionDefinition();
    case Keyword::kIf: return IfStatement();
    case Keyword::kClass: return ClassDefinition();
    case Keyword::kWith: return WithStatement();
    case Keyword::kFor: return ForStatement();
    case Keyword::kTry: return TryStatement();
    default: return WhileStatement();
  }
}

void Recogniser::SimpleStatements() {
  while (true) {
    SimpleStatement();
    if (failed()) return;
    if (!Take(TokenKind::kSemicolon)) break;
    if (Is(TokenKind::kNewline)) break;
  }
  if (Take(TokenKind::kNewline)) return;
  if (Is(TokenKind::kAssign)) return FailHere("cannot assign here; did you mean `==`?");
  FailExpecting("the end of the statement");
}

void Recogniser::SimpleStatement() {
  switch (Now().keyword) {
    case Keyword::kReturn: return ReturnStatement();
    case Keyword::kImport: return ImportStatement();
    case Keyword::kFrom: return FromStatement();
    case Keyword::kRaise: return RaiseStatement();
    case Keyword::kPass:
    case Keyword::kBreak:
    case Keyword::kContinue: return Advance();
    case Keyword::kDel: return DeleteStatement();
    case Keyword::kAssert: return AssertStatement();
    case Keyword::kGlobal: return NameList("global");
    case Keyword::kNonlocal: return NameList("nonlocal");
    case Keyword::kElif:
    case Keyword::kElse:
    case Keyword::kExcept:
    case Keyword::kFinally:
      return FailHere(absl::StrCat("`", TextOf(Now()), "` has nothing before it that it could belong to"));
    default: break;
  }
  if (SoftKeywordStatement()) return;
  ExpressionStatement();
}

// `type X = …`, `lazy import …`, and the statements of Python 2 that people still write.
bool Recogniser::SoftKeywordStatement() {
  if (!Is(TokenKind::kName)) return false;
  const Token& next = Ahead(1);
  if (IsWord("type") && next.kind == TokenKind::kName) {
    TypeStatement();
    return true;
  }
  if (IsWord("lazy") && (next.keyword == Keyword::kImport || next.keyword == Keyword::kFrom)) {
    Needs(15, {Now().begin, next.end}, "lazy imports");
    Advance();
    if (IsKeyword(Keyword::kImport)) {
      ImportStatement();
    } else {
      FromStatement();
    }
    return true;
  }
  const bool operand_follows = next.kind == TokenKind::kName || next.kind == TokenKind::kString ||
                               next.kind == TokenKind::kNumber || next.kind == TokenKind::kFStringStart;
  if (operand_follows && (IsWord("print") || IsWord("exec"))) {
    Fail({Now().begin, next.end},
         absl::StrCat("`", TextOf(Now()), "` is a function: its arguments stand in parentheses"));
    return true;
  }
  return false;
}

// --- Simple statements
// ------------------------------------------------------------------------------------------------

void Recogniser::RequireTarget(const Recognised& target, absl::string_view hint) {
  if (target.no_target == nullptr) return;
  Fail(target.no_target_range, absl::StrCat("cannot assign to ", target.no_target, hint));
}

void Recogniser::RightHandSide() {
  if (IsKeyword(Keyword::kYield)) {
    YieldExpression();
  } else {
    StarExpressions();
  }
}

void Recogniser::ExpressionStatement() {
  const Recognised first = IsKeyword(Keyword::kYield) ? YieldExpression() : StarExpressions();
  if (failed()) return;
  switch (Now().kind) {
    case TokenKind::kAssign: return AssignmentChain(first);
    case TokenKind::kColon: return AnnotatedAssignment(first);
    case TokenKind::kAugmented: {
      const bool single = first.kind == Kind::kName || first.kind == Kind::kAttribute || first.kind == Kind::kSubscript;
      if (!single) {
        const char* what = first.no_target != nullptr ? first.no_target : "several targets";
        return Fail(first.range(), absl::StrCat("`", TextOf(Now()), "` cannot assign to ", what));
      }
      Advance();
      return RightHandSide();
    }
    case TokenKind::kColonEqual: return FailHere("`:=` needs parentheses around it here; to assign, write `=`");
    default: return;
  }
}

void Recogniser::AssignmentChain(Recognised first) {
  Recognised target = first;
  while (Is(TokenKind::kAssign)) {
    RequireTarget(target, target.kind == Kind::kComparison ? "" : "; did you mean `==`?");
    Advance();
    target = IsKeyword(Keyword::kYield) ? YieldExpression() : StarExpressions();
    if (failed()) return;
  }
}

void Recogniser::AnnotatedAssignment(const Recognised& target) {
  const bool single = target.kind == Kind::kName || target.kind == Kind::kAttribute || target.kind == Kind::kSubscript;
  if (!single) {
    if (target.kind == Kind::kTuple || target.kind == Kind::kList) {
      return Fail(target.range(), "only a single target can be annotated");
    }
    // `els:`, `for x in y` without its beginning, a stray colon.
    return FailHere("`:` has no meaning here");
  }
  Advance();
  if (Is(TokenKind::kNewline)) return FailExpecting("the annotation after `:`");
  Expression();
  if (Take(TokenKind::kAssign)) RightHandSide();
}

void Recogniser::ReturnStatement() {
  Advance();
  if (StartsStarExpression(Now())) StarExpressions();
}

void Recogniser::RaiseStatement() {
  Advance();
  if (!StartsExpression(Now())) return;
  Expression();
  if (Is(TokenKind::kComma))
    return FailHere("`raise` takes one exception (Python 2 syntax); write `raise Error(value)`");
  if (TakeKeyword(Keyword::kFrom)) Expression();
}

void Recogniser::DeleteStatement() {
  Advance();
  if (!StartsStarExpression(Now())) return FailExpecting("what to delete");
  const Recognised targets = StarExpressions();
  if (targets.no_delete != nullptr) {
    Fail(targets.no_delete_range, absl::StrCat("cannot delete ", targets.no_delete));
  }
}

void Recogniser::AssertStatement() {
  Advance();
  Expression();
  if (Take(TokenKind::kComma)) Expression();
}

void Recogniser::NameList(absl::string_view keyword) {
  Advance();
  do {
    if (!ExpectName(absl::StrCat("a name that `", keyword, "` declares"))) return;
  } while (Take(TokenKind::kComma));
}

void Recogniser::DottedName() {
  if (!ExpectName("the name of a module")) return;
  while (Take(TokenKind::kDot)) {
    if (!ExpectName("the name of a module")) return;
  }
}

void Recogniser::ImportStatement() {
  Advance();
  do {
    if (Is(TokenKind::kNewline)) return FailExpecting("the name of a module");
    DottedName();
    if (TakeKeyword(Keyword::kAs)) ExpectName("the name after `as`");
  } while (Take(TokenKind::kComma));
  if (IsKeyword(Keyword::kFrom)) FailHere("write `from … import …` instead of `import … from …`");
}

void Recogniser::FromStatement() {
  Advance();
  bool dots = false;
  while (Take(TokenKind::kDot) || Take(TokenKind::kEllipsis)) dots = true;
  if (!dots || !IsKeyword(Keyword::kImport)) DottedName();
  if (!TakeKeyword(Keyword::kImport)) return FailExpecting("`import`");
  if (Take(TokenKind::kStar)) return;
  ImportedNames();
}

void Recogniser::ImportedNames() {
  const bool parenthesised = Take(TokenKind::kLeftParen);
  while (!failed()) {
    if (Is(TokenKind::kStar)) return FailHere("`*` imports everything and stands alone");
    if (!ExpectName("a name to import")) return;
    if (TakeKeyword(Keyword::kAs) && !ExpectName("the name after `as`")) return;
    if (!Take(TokenKind::kComma)) break;
    if (parenthesised && Is(TokenKind::kRightParen)) break;
    if (!parenthesised && Is(TokenKind::kNewline)) {
      return FailHere("a comma after the last imported name needs parentheses around the names");
    }
  }
  if (parenthesised) Expect(TokenKind::kRightParen, ")");
}

void Recogniser::TypeStatement() {
  const Token word = Now();
  Advance();
  if (Is(TokenKind::kName) && Ahead(1).kind != TokenKind::kAssign && Ahead(1).kind != TokenKind::kLeftBracket) {
    return FailExpecting("the end of the statement");
  }
  Needs(12, {word.begin, word.end}, "`type` statements");
  ExpectName("the name of the type alias");
  if (Is(TokenKind::kLeftBracket)) TypeParameters();
  Expect(TokenKind::kAssign, "=");
  Expression();
}

void Recogniser::TypeParameters() {
  Needs(12, {Now().begin, Now().end}, "type parameters");
  Advance();
  do {
    if (Is(TokenKind::kRightBracket)) break;
    TypeParameter();
  } while (Take(TokenKind::kComma));
  const Token& before = tokens_[at_ - 1];
  if (before.kind == TokenKind::kLeftBracket) return FailHere("a list of type parameters cannot be empty");
  Expect(TokenKind::kRightBracket, "]");
}

void Recogniser::TypeParameter() {
  const bool starred = Take(TokenKind::kStar);
  const bool unpacked = !starred && Take(TokenKind::kDoubleStar);
  if (!ExpectName("the name of a type parameter")) return;
  if (Is(TokenKind::kColon)) {
    if (starred || unpacked) return FailHere("only a plain type parameter can have a bound");
    Advance();
    Expression();
  }
  if (!Is(TokenKind::kAssign)) return;
  const uint32_t begin = Now().begin;
  Advance();
  if (starred && Is(TokenKind::kStar)) {
    StarExpression();
  } else {
    Expression();
  }
  Needs(13, {begin, LastEnd()}, "defaults of type parameters");
}

// --- Compound statements
// ----------------------------------------------------------------------------------------------

void Recogniser::Body(absl::string_view owner) {
  const TextRange where{Now().begin, Now().end};
  if (!Take(TokenKind::kColon)) {
    const bool is_condition = owner == "if" || owner == "elif" || owner == "while";
    if (is_condition && Is(TokenKind::kAssign)) return FailHere("`=` assigns; did you mean `==`?");
    if (Is(TokenKind::kColonEqual)) return FailHere("`:=` binds a plain name, and needs parentheses around it here");
    return FailExpecting(absl::StrCat("`:` after `", owner, "`"));
  }
  Block(owner, where);
}

void Recogniser::Block(absl::string_view owner, TextRange where) {
  if (!Take(TokenKind::kNewline)) {
    switch (Now().keyword) {
      case Keyword::kAsync:
      case Keyword::kDef:
      case Keyword::kIf:
      case Keyword::kClass:
      case Keyword::kWith:
      case Keyword::kFor:
      case Keyword::kTry:
      case Keyword::kWhile:
        return FailHere(absl::StrCat("`", TextOf(Now()), "` cannot stand on the same line after `:`"));
      default: return SimpleStatements();
    }
  }
  if (!Is(TokenKind::kIndent)) {
    if (Is(TokenKind::kError)) return FailHere("");
    return Fail(Is(TokenKind::kEnd) || Is(TokenKind::kDedent) ? where : TextRange{Now().begin, Now().end},
                absl::StrCat("expected an indented block after `", owner, "`"));
  }
  Advance();
  while (!Is(TokenKind::kDedent) && !failed()) {
    if (Is(TokenKind::kEnd)) break;
    Statement();
  }
  Take(TokenKind::kDedent);
}

void Recogniser::Decorators() {
  while (Is(TokenKind::kAt)) {
    Advance();
    const size_t first = at_;
    const Recognised decorator = NamedExpression();
    if (failed()) return;
    // Before Python 3.9: a dotted name, and at most one call of it.
    size_t i = first;
    bool plain = tokens_[i].kind == TokenKind::kName;
    while (plain && tokens_[i + 1].kind == TokenKind::kDot) i += 2;
    if (plain && tokens_[i + 1].kind == TokenKind::kLeftParen && tokens_[i + 1].partner != Token::kNoPartner) {
      i = tokens_[i + 1].partner;
    }
    if (!plain || i + 1 != at_) Needs(9, decorator.range(), "decorators that are more than a dotted name and a call");
    if (!Take(TokenKind::kNewline)) return FailExpecting("the end of the line after the decorator");
  }
  if (IsKeyword(Keyword::kDef) || IsKeyword(Keyword::kClass) ||
      (IsKeyword(Keyword::kAsync) && Ahead(1).keyword == Keyword::kDef)) {
    return CompoundStatement();
  }
  FailExpecting("a function or class after the decorator");
}

void Recogniser::FunctionDefinition() {
  Advance();
  if (!ExpectName("the name of a function")) return;
  if (Is(TokenKind::kLeftBracket)) TypeParameters();
  if (!Expect(TokenKind::kLeftParen, "(")) return;
  Parameters(ParameterOwner::kFunction);
  Expect(TokenKind::kRightParen, ")");
  if (Take(TokenKind::kArrow)) Expression();
  Body("def");
}

void Recogniser::ClassDefinition() {
  Advance();
  if (!ExpectName("the name of a class")) return;
  if (Is(TokenKind::kLeftBracket)) TypeParameters();
  if (Take(TokenKind::kLeftParen)) {
    Arguments(/*generator_may_stand_alone=*/false);
    Expect(TokenKind::kRightParen, ")");
  }
  Body("class");
}

void Recogniser::IfStatement() {
  Advance();
  NamedExpression();
  Body("if");
  while (IsKeyword(Keyword::kElif)) {
    Advance();
    NamedExpression();
    Body("elif");
  }
  OptionalElse();
}

void Recogniser::OptionalElse() {
  if (!IsKeyword(Keyword::kElse)) return;
  const Token word = Now();
  Advance();
  if (IsKeyword(Keyword::kIf)) return Fail({word.begin, Now().end}, "`else if` is spelled `elif`");
  Body("else");
}

void Recogniser::WhileStatement() {
  Advance();
  NamedExpression();
  Body("while");
  OptionalElse();
}

void Recogniser::ForStatement() {
  Advance();
  RequireTarget(TargetList(), "");
  if (!TakeKeyword(Keyword::kIn)) return FailExpecting("`in`");
  const Recognised iterable = StarExpressions();
  if (iterable.has_star && !iterable.parenthesised && iterable.kind == Kind::kTuple) {
    Needs(9, iterable.range(), "stars in the list of a `for`");
  }
  Body("for");
  OptionalElse();
}

void Recogniser::WithStatement() {
  Advance();
  if (!WithItemsInParentheses()) {
    do {
      WithItem();
    } while (Take(TokenKind::kComma));
  }
  Body("with");
}

// `with (a as b, c as d):`. Without an `as` the parentheses are those of an expression.
bool Recogniser::WithItemsInParentheses() {
  if (!Is(TokenKind::kLeftParen) || Now().partner == Token::kNoPartner) return false;
  const Token open = Now();
  if (tokens_[open.partner + 1].kind != TokenKind::kColon) return false;
  bool has_as = false;
  for (size_t i = at_ + 1; i < open.partner && !has_as; ++i) {
    if (tokens_[i].partner != Token::kNoPartner && tokens_[i].partner > i) i = tokens_[i].partner;
    has_as = tokens_[i].keyword == Keyword::kAs;
  }
  if (!has_as) return false;
  Needs(9, {open.begin, open.end}, "parentheses around the items of a `with`");
  Advance();
  do {
    if (Is(TokenKind::kRightParen)) break;
    WithItem();
  } while (Take(TokenKind::kComma));
  Expect(TokenKind::kRightParen, ")");
  return true;
}

void Recogniser::WithItem() {
  Expression();
  if (!TakeKeyword(Keyword::kAs)) return;
  RequireTarget(SingleTarget(), "");
}

void Recogniser::TryStatement() {
  const Token word = Now();
  Advance();
  Body("try");
  bool any_star = false;
  bool any_plain = false;
  while (IsKeyword(Keyword::kExcept)) {
    const Token except = Now();
    bool star = false;
    ExceptClause(&star);
    (star ? any_star : any_plain) = true;
    if (any_star && any_plain) {
      return Fail({except.begin, except.end}, "`except` and `except*` cannot stand in the same `try`");
    }
  }
  const bool handled = any_star || any_plain;
  if (handled) OptionalElse();
  if (IsKeyword(Keyword::kFinally)) {
    Advance();
    return Body("finally");
  }
  if (!handled && !failed()) {
    if (IsKeyword(Keyword::kElse)) return FailHere("`else` of a `try` needs an `except` before it");
    if (Is(TokenKind::kIndent)) return FailHere("unexpected indentation");
    Fail({word.begin, word.end}, "`try` needs an `except` or a `finally`");
  }
}

void Recogniser::ExceptClause(bool* is_star) {
  Advance();
  if (Is(TokenKind::kStar)) {
    *is_star = true;
    Needs(11, {Now().begin, Now().end}, "`except*` clauses");
    Advance();
    if (Is(TokenKind::kColon)) return FailHere("`except*` needs the type of the exceptions");
  }
  if (!Is(TokenKind::kColon)) {
    const Recognised type = Expression();
    if (Is(TokenKind::kComma)) {
      while (Take(TokenKind::kComma) && StartsExpression(Now())) Expression();
      if (IsKeyword(Keyword::kAs)) return FailHere("several exception types before `as` need parentheses");
      Needs(14, {type.begin, LastEnd()}, "several exception types without parentheses");
    } else if (TakeKeyword(Keyword::kAs)) {
      ExpectName("the name after `as`");
    }
  }
  Body(*is_star ? "except*" : "except");
}

}  // namespace overt::grammar
