#include <algorithm>

#include "absl/strings/str_cat.h"
#include "grammar/verdict/recogniser.h"

namespace overt::grammar {
namespace {

using Kind = Recognised::Kind;

// Lambdas are the only expressions that nest without brackets.
constexpr size_t kMaxDepth = 1000;

// What cannot be assigned to, said so that "cannot assign to …" and "cannot delete …" can precede it.
const char* DescribeNoTarget(Kind kind) {
  switch (kind) {
    case Kind::kName:
    case Kind::kAttribute:
    case Kind::kSubscript:
    case Kind::kTuple:
    case Kind::kList:
    case Kind::kStarred: return nullptr;
    case Kind::kCall: return "a function call";
    case Kind::kLiteral:
    case Kind::kString: return "a literal";
    case Kind::kFString: return "an f-string";
    case Kind::kConstant: return "a constant";
    case Kind::kEllipsis: return "an ellipsis";
    case Kind::kSet: return "a set display";
    case Kind::kDict: return "a dict display";
    case Kind::kComprehension: return "a comprehension";
    case Kind::kGenerator: return "a generator expression";
    case Kind::kOperation: return "an expression";
    case Kind::kComparison: return "a comparison";
    case Kind::kLambda: return "a lambda";
    case Kind::kConditional: return "a conditional expression";
    case Kind::kNamed: return "a named expression";
    case Kind::kAwait: return "an await expression";
    case Kind::kYield: return "a yield expression";
  }
  return nullptr;
}

bool IsComparison(const Token& token, const Token& next) {
  return token.kind == TokenKind::kComparison || token.keyword == Keyword::kIn || token.keyword == Keyword::kIs ||
         (token.keyword == Keyword::kNot && next.keyword == Keyword::kIn);
}

bool IsBinary(TokenKind kind) {
  switch (kind) {
    case TokenKind::kBinary:
    case TokenKind::kPlus:
    case TokenKind::kMinus:
    case TokenKind::kStar:
    case TokenKind::kSlash:
    case TokenKind::kAt: return true;
    default: return false;
  }
}

}  // namespace

Recognised Recogniser::Made(Kind kind, uint32_t begin) const {
  Recognised made;
  made.kind = kind;
  made.begin = begin;
  made.end = std::max(begin, LastEnd());
  made.no_target = DescribeNoTarget(kind);
  made.no_target_range = made.range();
  made.no_delete = made.no_target;
  made.no_delete_range = made.range();
  return made;
}

void Recogniser::MergeElement(Recognised& whole, const Recognised& part) {
  whole.has_star = whole.has_star || part.has_star;
  if (whole.no_target == nullptr && part.no_target != nullptr) {
    whole.no_target = part.no_target;
    whole.no_target_range = part.no_target_range;
  }
  if (whole.no_delete == nullptr && part.no_delete != nullptr) {
    whole.no_delete = part.no_delete;
    whole.no_delete_range = part.no_delete_range;
  }
}

// A tuple or list whose elements' faults were gathered in `parts`.
Recognised Recogniser::Sequence(Kind kind, uint32_t begin, const Recognised& parts) const {
  Recognised made = Made(kind, begin);
  MergeElement(made, parts);
  return made;
}

bool Recogniser::StartsExpression(const Token& token) const {
  switch (token.kind) {
    case TokenKind::kName:
    case TokenKind::kNumber:
    case TokenKind::kString:
    case TokenKind::kFStringStart:
    case TokenKind::kLeftParen:
    case TokenKind::kLeftBracket:
    case TokenKind::kLeftBrace:
    case TokenKind::kEllipsis:
    case TokenKind::kPlus:
    case TokenKind::kMinus:
    case TokenKind::kTilde: return true;
    case TokenKind::kKeyword:
      switch (token.keyword) {
        case Keyword::kFalse:
        case Keyword::kNoneValue:
        case Keyword::kTrue:
        case Keyword::kAwait:
        case Keyword::kLambda:
        case Keyword::kNot: return true;
        default: return false;
      }
    default: return false;
  }
}

bool Recogniser::StartsStarExpression(const Token& token) const {
  return token.kind == TokenKind::kStar || StartsExpression(token);
}

Recognised Recogniser::StarExpression() {
  const uint32_t begin = Now().begin;
  if (!Take(TokenKind::kStar)) return Expression();
  const Recognised value = BitwiseOr();
  Recognised made = Made(Kind::kStarred, begin);
  MergeElement(made, value);
  if (value.kind == Kind::kStarred) made.no_target = "a starred expression";
  made.no_delete = "a starred expression";
  made.has_star = true;
  return made;
}

Recognised Recogniser::StarNamedExpression() { return Is(TokenKind::kStar) ? StarExpression() : NamedExpression(); }

Recognised Recogniser::StarExpressions() {
  const uint32_t begin = Now().begin;
  Recognised first = StarExpression();
  if (!Is(TokenKind::kComma)) return first;
  Recognised parts;
  MergeElement(parts, first);
  while (Take(TokenKind::kComma) && StartsStarExpression(Now())) MergeElement(parts, StarExpression());
  return Sequence(Kind::kTuple, begin, parts);
}

Recognised Recogniser::NamedExpression() {
  const uint32_t begin = Now().begin;
  if (Is(TokenKind::kName) && Ahead(1).kind == TokenKind::kColonEqual) {
    Advance();
    Advance();
    Expression();
    return Made(Kind::kNamed, begin);
  }
  const Recognised value = Expression();
  if (Is(TokenKind::kColonEqual)) {
    const char* what = value.kind == Kind::kName        ? "a name in parentheses"
                       : value.kind == Kind::kAttribute ? "an attribute"
                       : value.kind == Kind::kSubscript ? "a subscript"
                       : value.kind == Kind::kTuple     ? "a tuple"
                       : value.kind == Kind::kList      ? "a list"
                       : value.no_target != nullptr     ? value.no_target
                                                        : "this";
    Fail(value.range(), absl::StrCat("`:=` binds a plain name, not ", what));
  }
  return value;
}

Recognised Recogniser::Expression() {
  const uint32_t begin = Now().begin;
  if (++depth_ > kMaxDepth) FailHere("expression is nested too deeply");
  bool conditional = false;
  Recognised result;
  while (true) {
    if (TakeKeyword(Keyword::kLambda)) {
      Parameters(ParameterOwner::kLambda);
      Expect(TokenKind::kColon, ":");
      result = Made(Kind::kLambda, begin);
      // The body is an expression in tail position.
      if (failed()) break;
      result = Expression();
      result = Made(Kind::kLambda, begin);
      break;
    }
    result = Disjunction();
    if (!IsKeyword(Keyword::kIf) || failed()) break;
    // A comprehension's `if` never comes here: its iterable is a disjunction.
    Advance();
    Disjunction();
    if (!IsKeyword(Keyword::kElse)) {
      FailExpecting("`else` of the conditional expression");
      break;
    }
    Advance();
    conditional = true;
  }
  --depth_;
  return conditional ? Made(Kind::kConditional, begin) : result;
}

Recognised Recogniser::Disjunction() {
  const uint32_t begin = Now().begin;
  Recognised first = Inversion();
  bool operation = false;
  while (IsKeyword(Keyword::kAnd) || IsKeyword(Keyword::kOr)) {
    Advance();
    Inversion();
    operation = true;
  }
  return operation ? Made(Kind::kOperation, begin) : first;
}

Recognised Recogniser::Inversion() {
  const uint32_t begin = Now().begin;
  if (!IsKeyword(Keyword::kNot)) return Comparison();
  while (TakeKeyword(Keyword::kNot)) {
  }
  Comparison();
  return Made(Kind::kOperation, begin);
}

Recognised Recogniser::Comparison() {
  const uint32_t begin = Now().begin;
  Recognised first = BitwiseOr();
  if (!IsComparison(Now(), Ahead(1))) return first;
  while (IsComparison(Now(), Ahead(1))) {
    const bool is = IsKeyword(Keyword::kIs);
    if (IsKeyword(Keyword::kNot)) Advance();
    Advance();
    if (is) TakeKeyword(Keyword::kNot);
    BitwiseOr();
  }
  return Made(Kind::kComparison, begin);
}

Recognised Recogniser::BitwiseOr() {
  const uint32_t begin = Now().begin;
  Recognised first = Operand();
  if (!IsBinary(Now().kind)) return first;
  while (IsBinary(Now().kind)) {
    Advance();
    Operand();
  }
  return Made(Kind::kOperation, begin);
}

Recognised Recogniser::Operand() {
  const uint32_t begin = Now().begin;
  bool operation = false;
  Recognised result;
  while (true) {
    while (Take(TokenKind::kPlus) || Take(TokenKind::kMinus) || Take(TokenKind::kTilde)) operation = true;
    const uint32_t await_begin = Now().begin;
    const bool awaited = TakeKeyword(Keyword::kAwait);
    result = Primary();
    if (awaited) result = Made(Kind::kAwait, await_begin);
    if (!Take(TokenKind::kDoubleStar)) break;
    operation = true;
  }
  return operation ? Made(Kind::kOperation, begin) : result;
}

Recognised Recogniser::Primary() {
  const uint32_t begin = Now().begin;
  Recognised result = Atom();
  while (!failed()) {
    if (Take(TokenKind::kDot)) {
      ExpectName("the name of an attribute");
      result = Made(Kind::kAttribute, begin);
    } else if (Is(TokenKind::kLeftParen)) {
      Advance();
      Arguments(/*generator_may_stand_alone=*/true);
      Expect(TokenKind::kRightParen, ")");
      result = Made(Kind::kCall, begin);
    } else if (Take(TokenKind::kLeftBracket)) {
      Subscripts();
      Expect(TokenKind::kRightBracket, "]");
      result = Made(Kind::kSubscript, begin);
    } else {
      break;
    }
  }
  return result;
}

Recognised Recogniser::Atom() {
  const uint32_t begin = Now().begin;
  switch (Now().kind) {
    case TokenKind::kName: Advance(); return Made(Kind::kName, begin);
    case TokenKind::kNumber: Advance(); return Made(Kind::kLiteral, begin);
    case TokenKind::kEllipsis: Advance(); return Made(Kind::kEllipsis, begin);
    case TokenKind::kString:
    case TokenKind::kFStringStart: return Strings();
    case TokenKind::kLeftParen: return GroupOrTuple();
    case TokenKind::kLeftBracket: return ListDisplay();
    case TokenKind::kLeftBrace: return BraceDisplay();
    case TokenKind::kKeyword:
      if (IsKeyword(Keyword::kTrue) || IsKeyword(Keyword::kFalse) || IsKeyword(Keyword::kNoneValue)) {
        Advance();
        return Made(Kind::kConstant, begin);
      }
      if (IsKeyword(Keyword::kYield)) {
        FailHere("`yield` must stand in parentheses here");
      } else if (IsKeyword(Keyword::kAwait)) {
        FailHere("`await` cannot follow `await`");
      } else if (IsKeyword(Keyword::kLambda) || IsKeyword(Keyword::kNot)) {
        FailHere(absl::StrCat("`", TextOf(Now()), "` must stand in parentheses here"));
      } else {
        FailExpecting("an expression");
      }
      return Made(Kind::kConstant, begin);
    default: FailExpecting("an expression"); return Made(Kind::kConstant, begin);
  }
}

Recognised Recogniser::YieldExpression() {
  const uint32_t begin = Now().begin;
  Advance();
  if (TakeKeyword(Keyword::kFrom)) {
    Expression();
  } else if (StartsStarExpression(Now())) {
    StarExpressions();
  }
  return Made(Kind::kYield, begin);
}

bool Recogniser::AtComprehension() const {
  return IsKeyword(Keyword::kFor) || (IsKeyword(Keyword::kAsync) && Ahead(1).keyword == Keyword::kFor);
}

void Recogniser::ComprehensionClauses() {
  while (AtComprehension()) {
    TakeKeyword(Keyword::kAsync);
    Advance();
    RequireTarget(TargetList(), "");
    if (!TakeKeyword(Keyword::kIn)) FailExpecting("`in` of the comprehension");
    Disjunction();
    while (TakeKeyword(Keyword::kIf)) Disjunction();
  }
}

Recognised Recogniser::TargetList() {
  const uint32_t begin = Now().begin;
  Recognised first = SingleTarget();
  if (!Is(TokenKind::kComma)) return first;
  Recognised parts;
  MergeElement(parts, first);
  while (Take(TokenKind::kComma) && StartsStarExpression(Now())) MergeElement(parts, SingleTarget());
  return Sequence(Kind::kTuple, begin, parts);
}

// An expression that ends before `in`.
Recognised Recogniser::SingleTarget() {
  if (Is(TokenKind::kStar)) return StarExpression();
  return BitwiseOr();
}

Recognised Recogniser::GroupOrTuple() {
  const uint32_t begin = Now().begin;
  Advance();
  if (Take(TokenKind::kRightParen)) {
    Recognised made = Made(Kind::kTuple, begin);
    made.parenthesised = true;
    return made;
  }
  const bool bare_yield = IsKeyword(Keyword::kYield);
  Recognised first = bare_yield ? YieldExpression() : StarNamedExpression();
  Recognised result;
  if (AtComprehension() && !bare_yield) {
    if (first.kind == Kind::kStarred) Needs(15, first.range(), "stars in comprehensions");
    ComprehensionClauses();
    Expect(TokenKind::kRightParen, ")");
    result = Made(Kind::kGenerator, begin);
  } else if (Is(TokenKind::kComma) && !bare_yield) {
    Recognised parts;
    MergeElement(parts, first);
    while (Take(TokenKind::kComma) && StartsStarExpression(Now())) MergeElement(parts, StarNamedExpression());
    Expect(TokenKind::kRightParen, ")");
    result = Sequence(Kind::kTuple, begin, parts);
  } else {
    if (Is(TokenKind::kAssign)) FailHere("`=` assigns and is no expression; did you mean `==` or `:=`?");
    if (StartsExpression(Now()) && !Now().first_of_line) FailExpecting("`,` or `)`");
    Expect(TokenKind::kRightParen, ")");
    if (first.kind == Kind::kStarred) Fail(first.range(), "a starred expression needs a list or tuple around it");
    result = first;
    result.begin = begin;
    result.end = LastEnd();
  }
  result.parenthesised = true;
  return result;
}

Recognised Recogniser::ListDisplay() {
  const uint32_t begin = Now().begin;
  Advance();
  Recognised parts;
  if (StartsStarExpression(Now())) {
    const Recognised first = StarNamedExpression();
    if (AtComprehension()) {
      if (first.kind == Kind::kStarred) Needs(15, first.range(), "stars in comprehensions");
      ComprehensionClauses();
      Expect(TokenKind::kRightBracket, "]");
      return Made(Kind::kComprehension, begin);
    }
    MergeElement(parts, first);
    while (Take(TokenKind::kComma) && StartsStarExpression(Now())) MergeElement(parts, StarNamedExpression());
  }
  if (StartsExpression(Now()) && !Now().first_of_line) FailExpecting("`,` or `]`");
  Expect(TokenKind::kRightBracket, "]");
  return Sequence(Kind::kList, begin, parts);
}

Recognised Recogniser::BraceDisplay() {
  const uint32_t begin = Now().begin;
  Advance();
  if (Take(TokenKind::kRightBrace)) return Made(Kind::kDict, begin);
  if (Is(TokenKind::kDoubleStar)) return DictRest(begin);
  const Recognised first = StarNamedExpression();
  const bool is_key = first.kind != Kind::kStarred && (first.kind != Kind::kNamed || first.parenthesised);
  if (Is(TokenKind::kColon) && is_key) return DictRest(begin);
  if (AtComprehension()) {
    if (first.kind == Kind::kStarred) Needs(15, first.range(), "stars in comprehensions");
    if (first.kind == Kind::kNamed && !first.parenthesised) {
      Needs(10, first.range(), "named expressions without parentheses in set comprehensions");
    }
    ComprehensionClauses();
    Expect(TokenKind::kRightBrace, "}");
    return Made(Kind::kComprehension, begin);
  }
  const auto note = [&](const Recognised& element) {
    if (element.kind == Kind::kNamed && !element.parenthesised) {
      Needs(10, element.range(), "named expressions without parentheses in sets");
    }
  };
  note(first);
  while (Take(TokenKind::kComma) && StartsStarExpression(Now())) note(StarNamedExpression());
  if (Is(TokenKind::kColon)) FailHere("a set cannot hold a `key: value` pair");
  Expect(TokenKind::kRightBrace, "}");
  return Made(Kind::kSet, begin);
}

// From the first `**`, or from the `:` after the first key.
Recognised Recogniser::DictRest(uint32_t begin) {
  bool first = true;
  while (!Is(TokenKind::kRightBrace) && !failed()) {
    const uint32_t item_begin = Now().begin;
    const bool unpacked = Take(TokenKind::kDoubleStar);
    if (unpacked) {
      BitwiseOr();
    } else {
      if (!Is(TokenKind::kColon)) {
        if (Is(TokenKind::kStar)) FailHere("a dict cannot hold a starred element; did you mean `**`?");
        Expression();
      }
      if (!Take(TokenKind::kColon)) FailExpecting("`:` and a value after the key");
      Expression();
    }
    if (first && AtComprehension()) {
      if (unpacked) Needs(15, {item_begin, LastEnd()}, "`**` in dict comprehensions");
      ComprehensionClauses();
      Expect(TokenKind::kRightBrace, "}");
      return Made(Kind::kComprehension, begin);
    }
    first = false;
    if (!Take(TokenKind::kComma)) break;
    if (Is(TokenKind::kColon)) FailExpecting("a key");
  }
  if (StartsExpression(Now()) && !Now().first_of_line) FailExpecting("`,` or `}`");
  Expect(TokenKind::kRightBrace, "}");
  return Made(Kind::kDict, begin);
}

// --- Calls and subscripts
// ---------------------------------------------------------------------------------------------

struct Recogniser::ArgumentState {
  bool generator_may_stand_alone = false;
  size_t count = 0;
  bool seen_keyword = false;
  bool seen_double_star = false;
};

void Recogniser::Arguments(bool generator_may_stand_alone) {
  ArgumentState state;
  state.generator_may_stand_alone = generator_may_stand_alone;
  while (!Is(TokenKind::kRightParen) && !failed()) {
    Argument(state);
    ++state.count;
    if (!Take(TokenKind::kComma)) break;
  }
  if (StartsExpression(Now()) && !Now().first_of_line) FailExpecting("`,` or `)`");
}

void Recogniser::Argument(ArgumentState& state) {
  const uint32_t begin = Now().begin;
  if (Take(TokenKind::kDoubleStar)) {
    Expression();
    state.seen_double_star = true;
    return;
  }
  if (Take(TokenKind::kStar)) {
    Expression();
    if (state.seen_double_star) Fail({begin, LastEnd()}, "`*` arguments cannot follow `**` arguments");
    if (AtComprehension()) {
      Needs(15, {begin, LastEnd()}, "stars in comprehensions");
      ComprehensionClauses();
      if (state.count > 0 || !state.generator_may_stand_alone || !Is(TokenKind::kRightParen)) {
        Fail({begin, LastEnd()}, "a generator expression that is not the only argument needs parentheses");
      }
    }
    return;
  }
  if (Is(TokenKind::kName) && Ahead(1).kind == TokenKind::kAssign) {
    Advance();
    Advance();
    state.seen_keyword = true;
    if (!StartsExpression(Now())) FailExpecting("the value of the keyword argument");
    Expression();
    if (AtComprehension()) FailHere("a generator expression as the value of a keyword argument needs parentheses");
    return;
  }
  if (Is(TokenKind::kKeyword) && Ahead(1).kind == TokenKind::kAssign) {
    return FailHere(absl::StrCat("`", TextOf(Now()), "` is a keyword and cannot name an argument"));
  }
  const Recognised value = NamedExpression();
  if (Is(TokenKind::kAssign)) {
    return Fail(value.range(), "a keyword argument is named by a plain name; did you mean `==`?");
  }
  if (AtComprehension()) {
    ComprehensionClauses();
    if (state.count > 0 || !state.generator_may_stand_alone || !Is(TokenKind::kRightParen)) {
      Fail({begin, LastEnd()}, "a generator expression that is not the only argument needs parentheses");
    }
    return;
  }
  if (state.seen_double_star) {
    Fail(value.range(), "positional argument cannot follow `**`");
  } else if (state.seen_keyword) {
    Fail(value.range(), "positional argument cannot follow a keyword argument");
  }
}

void Recogniser::Subscripts() {
  bool tuple = false;
  Recognised first_starred;
  bool starred = false;
  while (!Is(TokenKind::kRightBracket) || !tuple) {
    const Recognised element = Slice();
    if (element.kind == Kind::kStarred && !starred) {
      starred = true;
      first_starred = element;
    }
    if (element.kind == Kind::kNamed && !element.parenthesised) {
      Needs(10, element.range(), "named expressions without parentheses in a subscript");
    }
    if (failed() || !Take(TokenKind::kComma)) break;
    tuple = true;
  }
  if (starred) Needs(11, first_starred.range(), "stars in subscripts");
  if (StartsExpression(Now()) && !Now().first_of_line) FailExpecting("`,` or `]`");
}

Recognised Recogniser::Slice() {
  const uint32_t begin = Now().begin;
  Recognised first;
  if (Is(TokenKind::kStar)) {
    Advance();
    Expression();
    return Made(Kind::kStarred, begin);
  }
  if (!Is(TokenKind::kColon)) first = NamedExpression();
  if (!Is(TokenKind::kColon)) return first;
  if (first.kind == Kind::kNamed && !first.parenthesised) {
    FailHere("a named expression in a slice needs parentheses");
  }
  Advance();
  if (StartsExpression(Now())) Expression();
  if (Take(TokenKind::kColon) && StartsExpression(Now())) Expression();
  return Made(Kind::kOperation, begin);
}

// --- Parameters
// -------------------------------------------------------------------------------------------------------

struct Recogniser::ParameterState {
  size_t count = 0;
  bool seen_slash = false;
  bool seen_star = false;
  bool seen_double_star = false;
  bool seen_default = false;
  bool bare_star_open = false;  // a bare `*` waits for its first parameter
};

void Recogniser::Parameters(ParameterOwner owner) {
  ParameterState state;
  while (!failed()) {
    if (Is(TokenKind::kSlash)) {
      if (state.count == 0) return FailHere("at least one parameter must stand before `/`");
      if (state.seen_slash) return FailHere("`/` can stand in a parameter list only once");
      if (state.seen_star) return FailHere("`/` must stand before `*`");
      state.seen_slash = true;
      Advance();
    } else if (Is(TokenKind::kStar) || Is(TokenKind::kDoubleStar)) {
      StarParameter(owner, state);
    } else if (Is(TokenKind::kName)) {
      Parameter(owner, state);
    } else if (Is(TokenKind::kLeftParen)) {
      return FailHere("a parameter cannot be a tuple (Python 2 syntax)");
    } else if (Is(TokenKind::kKeyword) && !(owner == ParameterOwner::kLambda && Is(TokenKind::kColon))) {
      return FailHere(absl::StrCat("`", TextOf(Now()), "` is a keyword and cannot name a parameter"));
    } else {
      break;
    }
    ++state.count;
    if (state.seen_double_star && !failed()) {
      Take(TokenKind::kComma);
      const bool more =
          Is(TokenKind::kName) || Is(TokenKind::kStar) || Is(TokenKind::kDoubleStar) || Is(TokenKind::kSlash);
      if (more) FailHere("nothing can follow the `**` parameter");
      break;
    }
    if (!Take(TokenKind::kComma)) break;
  }
  if (state.bare_star_open) FailHere("a parameter with a name must follow the bare `*`");
}

void Recogniser::Parameter(ParameterOwner owner, ParameterState& state) {
  const Token name = Now();
  Advance();
  state.bare_star_open = false;
  if (owner == ParameterOwner::kFunction && Take(TokenKind::kColon)) Expression();
  if (Take(TokenKind::kAssign)) {
    if (!StartsExpression(Now())) FailExpecting("a default value");
    Expression();
    if (!state.seen_star) state.seen_default = true;
  } else if (state.seen_default && !state.seen_star) {
    Fail({name.begin, name.end}, absl::StrCat("parameter `", TextOf(name), "` has no default, the one before it has"));
  }
}

void Recogniser::StarParameter(ParameterOwner owner, ParameterState& state) {
  const bool twice = Is(TokenKind::kDoubleStar);
  if (!twice && state.seen_star) return FailHere("`*` can stand in a parameter list only once");
  if (twice && state.bare_star_open) return FailHere("a parameter with a name must follow the bare `*`");
  Advance();
  (twice ? state.seen_double_star : state.seen_star) = true;
  if (!twice && (Is(TokenKind::kComma) || Is(TokenKind::kRightParen) || Is(TokenKind::kColon))) {
    state.bare_star_open = true;
    return;
  }
  ExpectName("the name of a parameter");
  if (owner == ParameterOwner::kFunction && Take(TokenKind::kColon)) {
    if (Is(TokenKind::kStar) && !twice) {
      const Recognised annotation = StarExpression();
      Needs(11, annotation.range(), "stars in annotations");
    } else {
      Expression();
    }
  }
  if (Is(TokenKind::kAssign)) FailHere(absl::StrCat("a `", twice ? "**" : "*", "` parameter cannot have a default"));
}

}  // namespace overt::grammar
