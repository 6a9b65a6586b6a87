#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grammar/verdict/recogniser.h"

namespace overt::grammar {
namespace {

using Kind = Recognised::Kind;

size_t CountHexDigits(absl::string_view text, size_t at, size_t wanted) {
  size_t count = 0;
  while (count < wanted && at + count < text.size() &&
         absl::ascii_isxdigit(static_cast<unsigned char>(text[at + count]))) {
    ++count;
  }
  return count;
}

// Reads a string of Python 3.8 to 3.11 that is formatted: those versions find its end first, and look into it
// afterwards.
class OldFString {
 public:
  OldFString(absl::string_view text, TextRange range) : text_(text.substr(range.begin, range.size())) {}

  std::string WhyNot() {
    at_ = text_.find_first_of("'\"");
    if (at_ == absl::string_view::npos) return "";
    raw_ = text_.substr(0, at_).find_first_of("rR") != absl::string_view::npos;
    const char quote = text_[at_];
    const size_t quote_size = absl::StartsWith(text_.substr(at_ + 1), std::string(2, quote)) ? 3 : 1;
    at_ += quote_size;
    if (text_.size() < at_ + quote_size) return "";
    if (FindEnd(quote, quote_size) != text_.size()) {
      return quote_size == 1 ? "quotes and line ends like those of the f-string within its replacement fields"
                             : "quotes like those of the f-string within its replacement fields";
    }
    end_ = text_.size() - quote_size;
    ReadText(0);
    return why_;
  }

 private:
  size_t FindEnd(char quote, size_t quote_size) const {
    size_t matched = 0;
    size_t at = at_;
    while (at < text_.size() && matched < quote_size) {
      const char c = text_[at];
      if (c == quote) {
        ++matched;
      } else {
        matched = 0;
        if (c == '\n' && quote_size == 1) return at;
        if (c == '\\') ++at;
      }
      ++at;
    }
    return at;
  }

  char Now() const { return at_ < end_ ? text_[at_] : '\0'; }

  void Refuse(const char* why) {
    if (why_.empty()) why_ = why;
    at_ = end_;
  }

  // Text up to the end, or at depth > 0 (a format specification) up to its `}`.
  void ReadText(size_t depth) {
    while (at_ < end_) {
      const char c = Now();
      if (c == '\\' && !raw_) {
        at_ += 2;
        if (at_ - 1 < end_ && text_[at_ - 1] == 'N' && Now() == '{') {
          while (at_ < end_ && Now() != '}') ++at_;
        } else if (at_ - 1 < end_ && (text_[at_ - 1] == '{' || text_[at_ - 1] == '}')) {
          --at_;  // the backslash stands for itself
        }
        if (at_ < end_ && Now() == '}') ++at_;
        continue;
      }
      if (c == '{' && depth == 0 && at_ + 1 < end_ && text_[at_ + 1] == '{') {
        at_ += 2;
      } else if (c == '}' && depth == 0) {
        at_ += 2;
      } else if (c == '}') {
        return;
      } else if (c == '{') {
        ReadField(depth);
      } else {
        ++at_;
      }
    }
  }

  void ReadField(size_t depth) {
    if (depth >= 2) return Refuse("replacement fields in replacement fields in format specifications");
    ++at_;
    ReadExpression();
    if (Now() == '=') {
      ++at_;
      SkipBlanks();
    }
    if (Now() == '!') at_ += 2;
    if (Now() == ':') {
      ++at_;
      ReadText(depth + 1);
    }
    if (at_ >= end_) return;
    if (Now() != '}') return Refuse("blanks after the conversion of a replacement field");
    ++at_;
  }

  void SkipBlanks() {
    while (absl::ascii_isspace(static_cast<unsigned char>(Now()))) ++at_;
  }

  void ReadExpression() {
    size_t brackets = 0;
    char quote = '\0';
    size_t quote_size = 0;
    for (; at_ < end_; ++at_) {
      const char c = Now();
      if (c == '\\') return Refuse("backslashes within the replacement fields of f-strings");
      if (quote != '\0') {
        if (c == quote && (quote_size == 1 || absl::StartsWith(text_.substr(at_), std::string(3, quote)))) {
          at_ += quote_size - 1;
          quote = '\0';
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        quote_size = absl::StartsWith(text_.substr(at_), std::string(3, c)) ? 3 : 1;
        at_ += quote_size - 1;
      } else if (c == '(' || c == '[' || c == '{') {
        ++brackets;
      } else if (c == '#') {
        return Refuse("comments within the replacement fields of f-strings");
      } else if (brackets == 0 && EndsExpression(c)) {
        return;
      } else if (c == ')' || c == ']' || c == '}') {
        if (brackets > 0) --brackets;
      } else if (brackets == 0 && IsComparison(c)) {
        ++at_;
      }
    }
  }

  // `==`, `!=`, `<=`, `>=`: their `=` and `!` do not end the expression.
  bool IsComparison(char c) const {
    return (c == '=' || c == '!' || c == '<' || c == '>') && at_ + 1 < end_ && text_[at_ + 1] == '=';
  }

  bool EndsExpression(char c) const {
    if (c == ':' || c == '}') return true;
    return (c == '!' || c == '=') && !IsComparison(c);
  }

  absl::string_view text_;
  size_t at_ = 0;
  size_t end_ = 0;
  bool raw_ = false;
  std::string why_;
};

void CheckHexEscape(absl::string_view text, size_t at, size_t limit, std::vector<EscapeProblem>& problems) {
  const char letter = text[at + 1];
  const size_t wanted = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
  const size_t have = CountHexDigits(text.substr(0, limit), at + 2, wanted);
  const TextRange range{static_cast<uint32_t>(at), static_cast<uint32_t>(at + 2 + have)};
  const std::string shown = absl::StrCat("\\", text.substr(at + 1, 1));
  if (have < wanted) {
    problems.push_back({range, absl::StrCat("`", shown, "` takes ", wanted, " hexadecimal digits, found ", have)});
  } else if (letter == 'U') {
    const absl::string_view digits = text.substr(at + 2, 8);
    const bool too_large = absl::StartsWith(digits, "00") ? digits.substr(2, 2) > "10" : true;
    if (too_large) problems.push_back({range, "`\\U` takes at most 10FFFF, the last character of Unicode"});
  }
}

}  // namespace

std::vector<EscapeProblem> FindBadEscapes(absl::string_view text, TextRange range, uint8_t prefix) {
  std::vector<EscapeProblem> problems;
  if ((prefix & StringPrefix::kBytes) != 0) {
    for (uint32_t i = range.begin; i < range.end; ++i) {
      if (static_cast<unsigned char>(text[i]) < 0x80) continue;
      problems.push_back({{i, i + 1}, "a bytes literal holds ASCII characters only; write `\\x…` for other bytes"});
      break;
    }
  }
  if ((prefix & StringPrefix::kRaw) != 0) return problems;
  text = text.substr(0, range.end);  // no search goes on behind it
  for (size_t at = text.find('\\', range.begin); at < range.end; at = text.find('\\', at)) {
    const char letter = at + 1 < range.end ? text[at + 1] : '\0';
    const bool unicode = (prefix & StringPrefix::kBytes) == 0;
    if (letter == 'x' || (unicode && (letter == 'u' || letter == 'U'))) {
      CheckHexEscape(text, at, range.end, problems);
    } else if (unicode && letter == 'N') {
      const size_t close = text.find('}', at);
      if (at + 2 >= range.end || text[at + 2] != '{' || close >= range.end || close == at + 3) {
        problems.push_back({{static_cast<uint32_t>(at), static_cast<uint32_t>(at + 2)},
                            "`\\N` takes the name of a character in braces, as in `\\N{BULLET}`"});
      }
    }
    at += 2;
  }
  return problems;
}

std::string WhyNotOldFString(absl::string_view text, TextRange range) { return OldFString(text, range).WhyNot(); }

Recognised Recogniser::Strings() {
  const uint32_t begin = Now().begin;
  enum class Flavour : uint8_t { kNone, kBytes, kText, kTemplate } flavour = Flavour::kNone;
  bool formatted = false;
  while (Is(TokenKind::kString) || Is(TokenKind::kFStringStart)) {
    const Token token = Now();
    const Flavour own = (token.prefix & StringPrefix::kBytes) != 0      ? Flavour::kBytes
                        : (token.prefix & StringPrefix::kTemplate) != 0 ? Flavour::kTemplate
                                                                        : Flavour::kText;
    if (flavour != Flavour::kNone && own != flavour) {
      FailHere(own == Flavour::kTemplate || flavour == Flavour::kTemplate
                   ? "a template string cannot be joined with other strings"
                   : "bytes and text cannot be joined");
      break;
    }
    flavour = own;
    if (token.kind == TokenKind::kFStringStart) {
      formatted = true;
      FString(/*outermost=*/true);
    } else {
      CheckEscapes({token.begin, token.end}, token.prefix);
      Advance();
    }
  }
  return Made(formatted ? Kind::kFString : Kind::kString, begin);
}

void Recogniser::CheckEscapes(TextRange range, uint8_t prefix) {
  if (failed()) return;
  const size_t first_quote = text_.find_first_of("'\"", range.begin);
  if (first_quote >= range.end) return;
  // The quotes may stay in the range: they are no escapes.
  const std::vector<EscapeProblem> bad = FindBadEscapes(text_, {static_cast<uint32_t>(first_quote), range.end}, prefix);
  if (!bad.empty()) Fail(bad.front().range, bad.front().message);
}

void Recogniser::FString(bool outermost) {
  const Token start = Now();
  if ((start.prefix & StringPrefix::kTemplate) != 0) Needs(14, {start.begin, start.end}, "template strings");
  Advance();
  while (!failed()) {
    if (Is(TokenKind::kFStringMiddle)) {
      if ((start.prefix & StringPrefix::kRaw) == 0) {
        const std::vector<EscapeProblem> bad = FindBadEscapes(text_, {Now().begin, Now().end}, start.prefix);
        if (!bad.empty()) return Fail(bad.front().range, bad.front().message);
      }
      Advance();
    } else if (Is(TokenKind::kLeftBrace)) {
      ReplacementField();
    } else if (Is(TokenKind::kRightBrace)) {
      FailHere("a single `}` in an f-string; write `}}` for the character itself");
    } else {
      break;
    }
  }
  if (!Take(TokenKind::kFStringEnd)) return FailExpecting("the end of the f-string");
  if (outermost && (start.prefix & StringPrefix::kTemplate) == 0) {
    const TextRange range{start.begin, LastEnd()};
    if (const std::string why = WhyNotOldFString(text_, range); !why.empty()) Needs(12, range, why);
  }
}

void Recogniser::ReplacementField() {
  Advance();
  if (Is(TokenKind::kRightBrace)) return FailHere("a replacement field of an f-string needs an expression");
  if (Is(TokenKind::kExclamation) || Is(TokenKind::kColon) || Is(TokenKind::kAssign)) {
    return FailHere(
        absl::StrCat("a replacement field of an f-string needs an expression before `", TextOf(Now()), "`"));
  }
  if (IsKeyword(Keyword::kYield)) {
    YieldExpression();
  } else {
    const Recognised value = StarExpressions();
    if (value.kind == Kind::kStarred)
      return Fail(value.range(), "a starred expression needs a list or tuple around it");
  }
  Take(TokenKind::kAssign);
  if (Is(TokenKind::kExclamation)) {
    const Token mark = Now();
    Advance();
    const bool touches = Now().begin == mark.end;
    const absl::string_view name = TextOf(Now());
    if (!Is(TokenKind::kName) || !touches || (name != "s" && name != "r" && name != "a")) {
      return FailHere("the conversion of a replacement field is `!s`, `!r` or `!a`");
    }
    Advance();
  }
  if (Take(TokenKind::kColon)) {
    while (!failed()) {
      if (Is(TokenKind::kLeftBrace)) {
        ReplacementField();
      } else if (!Take(TokenKind::kFStringMiddle)) {
        break;
      }
    }
  }
  if (!Take(TokenKind::kRightBrace)) FailExpecting("`}` of the replacement field");
}

}  // namespace overt::grammar
