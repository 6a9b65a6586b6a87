#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "grammar/verdict/recogniser.h"

namespace overt::grammar {

// `match` is a name like any other, unless a subject, a colon and an indented `case` follow it.
bool Recogniser::LooksLikeMatch() {
  const Token& next = Ahead(1);
  if (next.kind == TokenKind::kStar) return true;
  if (!StartsExpression(next)) return false;
  const Checkpoint start = Save();
  Advance();
  StarNamedExpression();
  while (Take(TokenKind::kComma) && StartsStarExpression(Now())) StarNamedExpression();
  const bool looks = !failed() && Is(TokenKind::kColon) && Ahead(1).kind == TokenKind::kNewline;
  Restore(start);
  if (looks) return true;
  // What can follow a name decides the rest: `match x` is nothing else, `match (x)` is a call.
  switch (next.kind) {
    case TokenKind::kName:
    case TokenKind::kNumber:
    case TokenKind::kString:
    case TokenKind::kFStringStart:
    case TokenKind::kLeftBrace:
    case TokenKind::kTilde: return true;
    default: return false;
  }
}

void Recogniser::MatchStatement() {
  const Token match = Now();
  Needs(10, {match.begin, match.end}, "`match` statements");
  Advance();
  StarNamedExpression();
  while (Take(TokenKind::kComma) && StartsStarExpression(Now())) StarNamedExpression();
  Expect(TokenKind::kColon, ":");
  if (!Take(TokenKind::kNewline)) return FailExpecting("the end of the line after `match …:`");
  if (!Take(TokenKind::kIndent)) return FailExpecting("an indented `case` after `match …:`");
  while (!Is(TokenKind::kDedent) && !failed()) {
    if (!IsWord("case")) return FailExpecting("`case`");
    CaseBlock();
  }
  Take(TokenKind::kDedent);
}

void Recogniser::CaseBlock() {
  Advance();
  OpenPattern();
  if (TakeKeyword(Keyword::kIf)) NamedExpression();
  Body("case");
}

void Recogniser::OpenPattern() {
  if (Is(TokenKind::kColon)) return FailExpecting("a pattern");
  const bool starred = Is(TokenKind::kStar);
  MaybeStarPattern();
  if (starred && !Is(TokenKind::kComma)) return FailHere("a starred pattern needs a sequence around it");
  while (Take(TokenKind::kComma)) {
    if (Is(TokenKind::kColon) || IsKeyword(Keyword::kIf)) break;
    MaybeStarPattern();
  }
}

void Recogniser::MaybeStarPattern() {
  if (Is(TokenKind::kStar)) {
    StarPattern();
  } else {
    Pattern();
  }
}

void Recogniser::StarPattern() {
  Advance();
  PatternName("the name that a starred pattern binds");
}

void Recogniser::PatternName(absl::string_view what) {
  if (!ExpectName(what)) return;
  if (Is(TokenKind::kDot) || Is(TokenKind::kLeftParen) || Is(TokenKind::kAssign)) {
    FailHere(absl::StrCat(what, " is a plain name, found `", TextOf(Now()), "`"));
  }
}

void Recogniser::Pattern() {
  OrPattern();
  if (!TakeKeyword(Keyword::kAs)) return;
  if (IsWord("_")) return FailHere("`_` is a wildcard and binds nothing after `as`");
  PatternName("the name after `as`");
}

void Recogniser::OrPattern() {
  ClosedPattern();
  while (Is(TokenKind::kBinary) && TextOf(Now()) == "|") {
    Advance();
    ClosedPattern();
  }
}

void Recogniser::ClosedPattern() {
  switch (Now().kind) {
    case TokenKind::kNumber:
    case TokenKind::kMinus: return NumberPattern();
    case TokenKind::kString:
    case TokenKind::kFStringStart: return StringPattern();
    case TokenKind::kName: return NamePattern();
    case TokenKind::kLeftParen: Advance(); return SequencePattern(TokenKind::kRightParen);
    case TokenKind::kLeftBracket: Advance(); return SequencePattern(TokenKind::kRightBracket);
    case TokenKind::kLeftBrace: Advance(); return MappingPattern();
    default: break;
  }
  if (IsKeyword(Keyword::kNoneValue) || IsKeyword(Keyword::kTrue) || IsKeyword(Keyword::kFalse)) return Advance();
  FailExpecting("a pattern");
}

void Recogniser::NumberPattern() {
  const auto is_imaginary = [&](const Token& token) {
    const char last = text_[token.end - 1];
    return last == 'j' || last == 'J';
  };
  Take(TokenKind::kMinus);
  const Token first = Now();
  if (!Take(TokenKind::kNumber)) return FailExpecting("a number");
  if (!Is(TokenKind::kPlus) && !Is(TokenKind::kMinus)) return;
  if (is_imaginary(first)) return Fail({first.begin, first.end}, "the first part of a complex number is real");
  Advance();
  const Token second = Now();
  if (!Take(TokenKind::kNumber)) return FailExpecting("the imaginary part of a complex number");
  if (!is_imaginary(second))
    Fail({second.begin, second.end}, "a pattern cannot add; only complex numbers are written so");
}

void Recogniser::StringPattern() {
  if (Strings().kind == Recognised::Kind::kFString) FailHere("an f-string cannot be a pattern");
}

// `name`, `_`, `name.attribute`, `Class(…)`.
void Recogniser::NamePattern() {
  Advance();
  while (Take(TokenKind::kDot)) ExpectName("the name of an attribute");
  if (Take(TokenKind::kLeftParen)) return ClassPatternArguments();
}

void Recogniser::ClassPatternArguments() {
  bool seen_keyword = false;
  while (!Is(TokenKind::kRightParen) && !failed()) {
    if (Is(TokenKind::kName) && Ahead(1).kind == TokenKind::kAssign) {
      Advance();
      Advance();
      seen_keyword = true;
    } else if (seen_keyword) {
      return FailHere("positional pattern cannot follow a keyword pattern");
    }
    Pattern();
    if (!Take(TokenKind::kComma)) break;
  }
  Expect(TokenKind::kRightParen, ")");
}

// After `(` or `[`. One pattern in parentheses without a comma is that pattern.
void Recogniser::SequencePattern(TokenKind close) {
  bool comma = false;
  bool lone_star = false;
  while (!Is(close) && !failed()) {
    lone_star = !comma && Is(TokenKind::kStar);
    MaybeStarPattern();
    if (!Take(TokenKind::kComma)) break;
    comma = true;
    lone_star = false;
  }
  if (lone_star && close == TokenKind::kRightParen) FailHere("a starred pattern needs a sequence around it");
  Expect(close, close == TokenKind::kRightParen ? ")" : "]");
}

void Recogniser::MappingPattern() {
  while (!Is(TokenKind::kRightBrace) && !failed()) {
    if (Take(TokenKind::kDoubleStar)) {
      if (IsWord("_")) return FailHere("`**_` binds nothing; leave it out");
      PatternName("the name after `**`");
      Take(TokenKind::kComma);
      if (!Is(TokenKind::kRightBrace)) return FailHere("nothing can follow `**` in a mapping pattern");
      break;
    }
    if (Is(TokenKind::kName)) {
      const Token name = Now();
      Advance();
      if (!Is(TokenKind::kDot)) {
        return Fail({name.begin, name.end}, "a key of a mapping pattern is a literal or a dotted name");
      }
      while (Take(TokenKind::kDot)) ExpectName("the name of an attribute");
    } else if (Is(TokenKind::kNumber) || Is(TokenKind::kMinus)) {
      NumberPattern();
    } else if (Is(TokenKind::kString) || Is(TokenKind::kFStringStart)) {
      StringPattern();
    } else if (IsKeyword(Keyword::kNoneValue) || IsKeyword(Keyword::kTrue) || IsKeyword(Keyword::kFalse)) {
      Advance();
    } else {
      return FailExpecting("a key of a mapping pattern");
    }
    if (!Take(TokenKind::kColon)) return FailExpecting("`:` after the key");
    Pattern();
    if (!Take(TokenKind::kComma)) break;
  }
  Expect(TokenKind::kRightBrace, "}");
}

}  // namespace overt::grammar
