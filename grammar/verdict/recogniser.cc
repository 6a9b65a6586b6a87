#include "grammar/verdict/recogniser.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace overt::grammar {

Recogniser::Recogniser(absl::string_view text, uint32_t from) : text_(text) {
  TokenList list = Tokenize(text, from);
  tokens_ = std::move(list.tokens);
  token_error_ = std::move(list.error);
  problems_ = std::move(list.problems);
}

std::vector<VerdictProblem> Recogniser::Run() {
  File();
  return std::move(problems_);
}

bool Recogniser::IsWord(absl::string_view word) const { return Is(TokenKind::kName) && TextOf(Now()) == word; }

std::string Recogniser::Show(const Token& token) const {
  switch (token.kind) {
    case TokenKind::kEnd: return "the end of the file";
    case TokenKind::kNewline: return "the end of the line";
    case TokenKind::kIndent: return "more indentation";
    case TokenKind::kDedent: return "less indentation";
    case TokenKind::kString:
    case TokenKind::kFStringStart:
    case TokenKind::kFStringMiddle:
    case TokenKind::kFStringEnd: return "a string";
    default: return absl::StrCat("`", TextOf(token).substr(0, 40), "`");
  }
}

bool Recogniser::Take(TokenKind kind) {
  if (!Is(kind)) return false;
  Advance();
  return true;
}

bool Recogniser::TakeKeyword(Keyword keyword) {
  if (!IsKeyword(keyword)) return false;
  Advance();
  return true;
}

void Recogniser::Fail(TextRange range, std::string message) {
  if (failed_) return;
  failed_ = true;
  // Where the text ceased to be tokens, that is the mistake.
  if (Is(TokenKind::kError)) {
    range = {Now().begin, Now().end};
    message = token_error_;
  }
  problems_.push_back({range, std::move(message)});
  at_ = tokens_.size() - 1;
}

// The innermost bracket that is open here and never closed, if it stands on an earlier line.
const Token* Recogniser::UnclosedBracket() const {
  for (size_t i = at_; i-- > 0;) {
    const Token& token = tokens_[i];
    const bool opens = token.kind == TokenKind::kLeftParen || token.kind == TokenKind::kLeftBracket ||
                       token.kind == TokenKind::kLeftBrace;
    if (opens && token.partner == Token::kNoPartner) {
      const absl::string_view between = text_.substr(token.end, Now().begin - token.end);
      return Is(TokenKind::kEnd) || absl::StrContains(between, "\n") ? &token : nullptr;
    }
    if (token.kind == TokenKind::kNewline) return nullptr;
  }
  return nullptr;
}

std::string Recogniser::CommonMistake() const {
  const Token& now = Now();
  const absl::string_view rest = text_.substr(now.begin);
  if (now.first_of_line) {
    for (const absl::string_view marker : {"<<<<<<<", "=======", ">>>>>>>", "|||||||"}) {
      if (absl::StartsWith(rest, marker)) return "merge conflict: both versions are still in the file";
    }
  }
  // The first of the two is an operator; it is the second that surprises.
  if (now.begin > 0) {
    const absl::string_view both = text_.substr(now.begin - 1, 2);
    if (both == "&&") return "`&&` is spelled `and` in Python";
    if (both == "||") return "`||` is spelled `or` in Python";
  }
  if (absl::StartsWith(rest, "&&")) return "`&&` is spelled `and` in Python";
  if (absl::StartsWith(rest, "||")) return "`||` is spelled `or` in Python";
  if (now.kind == TokenKind::kExclamation) return "`!` is spelled `not` in Python";
  if (now.kind == TokenKind::kOldNotEqual) return "`<>` is Python 2; write `!=`";
  if (now.kind == TokenKind::kOther) return absl::StrCat("`", TextOf(now), "` has no meaning in Python");
  return "";
}

void Recogniser::FailExpecting(absl::string_view wanted) {
  if (failed_) return;
  if (const std::string mistake = CommonMistake(); !mistake.empty()) return FailHere(mistake);
  if (const Token* bracket = UnclosedBracket(); bracket != nullptr && !Is(TokenKind::kError)) {
    return Fail({bracket->begin, bracket->end}, absl::StrCat("`", TextOf(*bracket), "` is never closed"));
  }
  if (Is(TokenKind::kIndent)) return FailHere("unexpected indentation");
  FailHere(absl::StrCat("expected ", wanted, ", found ", Show(Now())));
}

bool Recogniser::Expect(TokenKind kind, absl::string_view shown) {
  if (Take(kind)) return true;
  FailExpecting(absl::StrCat("`", shown, "`"));
  return false;
}

bool Recogniser::ExpectName(absl::string_view what) {
  if (Take(TokenKind::kName)) return true;
  if (Is(TokenKind::kKeyword)) {
    FailHere(absl::StrCat("`", TextOf(Now()), "` is a keyword and cannot be ", what));
  } else {
    FailExpecting(what);
  }
  return false;
}

void Recogniser::Needs(uint8_t minor, TextRange range, absl::string_view what) {
  if (failed_) return;
  problems_.push_back({range, absl::StrCat(what, " need Python 3.", minor), 0, static_cast<uint8_t>(minor - 1)});
}

void Recogniser::Restore(const Checkpoint& checkpoint) {
  at_ = checkpoint.at;
  problems_.resize(checkpoint.problems);
  failed_ = false;
}

}  // namespace overt::grammar
