#include "grammar/verdict/tokenizer.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "grammar/base/identifier.h"
#include "grammar/source/codec.h"
#include "grammar/verdict/identifier_characters.h"

namespace overt::grammar {
namespace {

constexpr size_t kMaxIndents = 100;
constexpr size_t kMaxBrackets = 200;
constexpr size_t kMaxFStrings = 150;
constexpr size_t kMaxFieldNesting = 3;
constexpr uint32_t kTabSize = 8;

bool IsIdentifierStart(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

char ClosingOf(char opening) { return opening == '(' ? ')' : opening == '[' ? ']' : '}'; }

// One f-string (or t-string) that is open.
struct OpenFString {
  char quote = '"';
  size_t quote_size = 1;
  bool raw = false;
  bool in_text = true;  // not in a replacement field
  bool in_format_spec = false;
  size_t bracket_depth = 0;  // brackets open within it, its own `{` included
  size_t field_depth = 0;    // replacement fields open within it
  uint32_t start = 0;
  std::vector<size_t> field_brackets;  // the bracket depth around each open field
};

class Tokenizer {
 public:
  Tokenizer(absl::string_view text, size_t from) : text_(text), at_(from) {}

  TokenList Run() && {
    out_.tokens.reserve((text_.size() - at_) / 4 + 8);
    while (Next()) {
    }
    if (out_.error.empty()) Finish();
    const uint32_t end = static_cast<uint32_t>(text_.size());
    out_.tokens.push_back({end, end, TokenKind::kEnd});
    return std::move(out_);
  }

 private:
  char At(size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool AtEnd() const { return at_ >= text_.size(); }
  bool AtLineEnd() const { return At(0) == '\n' || (At(0) == '\r' && At(1) == '\n'); }

  Token& Push(TokenKind kind, size_t begin, size_t end) {
    Token token;
    token.begin = static_cast<uint32_t>(begin);
    token.end = static_cast<uint32_t>(end);
    token.kind = kind;
    token.first_of_line = std::exchange(line_is_new_, false);
    out_.tokens.push_back(token);
    return out_.tokens.back();
  }

  bool Error(size_t begin, size_t end, std::string message) {
    Push(TokenKind::kError, begin, std::min(end, text_.size()));
    out_.error = std::move(message);
    return false;
  }

  void Finish() {
    const size_t end = text_.size();
    if (!out_.tokens.empty() && brackets_.empty()) {
      const TokenKind last = out_.tokens.back().kind;
      if (last != TokenKind::kNewline && last != TokenKind::kIndent && last != TokenKind::kDedent) {
        Push(TokenKind::kNewline, end, end);
      }
    }
    for (; indents_.size() > 1; indents_.pop_back()) Push(TokenKind::kDedent, end, end);
  }

  // One step; false at the end and after an error.
  bool Next() {
    if (!fstrings_.empty() && fstrings_.back().in_text) return FStringText();
    if (at_line_start_) {
      at_line_start_ = false;
      line_is_new_ = true;
      if (brackets_.empty() && !Indentation()) return false;
    }
    while (At(0) == ' ' || At(0) == '\t' || At(0) == '\f') ++at_;
    if (At(0) == '#') SkipComment();
    if (AtEnd()) {
      if (!fstrings_.empty()) return UnterminatedFString();
      return false;
    }
    if (AtLineEnd()) return LineEnd();
    const char c = At(0);
    if (IsIdentifierStart(c)) return Name();
    if ((c >= '0' && c <= '9') || (c == '.' && At(1) >= '0' && At(1) <= '9')) return Number();
    if (c == '"' || c == '\'') return String(at_, 0);
    if (c == '\\') return Continuation();
    return Operator();
  }

  void SkipComment() {
    const size_t end = text_.find('\n', at_);
    at_ = end == absl::string_view::npos ? text_.size() : end;
    if (at_ > 0 && at_ < text_.size() && text_[at_ - 1] == '\r') --at_;
  }

  bool LineEnd() {
    const size_t begin = at_;
    at_ += At(0) == '\r' ? 2 : 1;
    at_line_start_ = true;
    if (brackets_.empty() && !blank_line_) Push(TokenKind::kNewline, begin, at_);
    blank_line_ = false;
    return true;
  }

  bool Continuation() {
    const size_t begin = at_;
    ++at_;
    if (!AtLineEnd()) {
      return Error(
          begin, begin + 1,
          AtEnd() ? "file ends after a backslash" : "after a backslash that continues the line nothing may follow");
    }
    at_ += At(0) == '\r' ? 2 : 1;
    line_is_new_ = true;
    if (AtEnd()) return Error(begin, begin + 1, "file ends after a backslash");
    return true;
  }

  // --- Indentation ---------------------------------------------------------------------------------------------------

  struct Columns {
    uint32_t by_eight = 0;  // a tab goes to the next multiple of eight
    uint32_t by_one = 0;    // a tab counts as one
  };

  // Reads the blanks at the beginning of a logical line. False after an error.
  bool ReadIndentation(Columns& columns) {
    std::optional<Columns> continued;
    while (true) {
      const char c = At(0);
      if (c == ' ') {
        ++columns.by_eight;
        ++columns.by_one;
      } else if (c == '\t') {
        columns.by_eight = (columns.by_eight / kTabSize + 1) * kTabSize;
        ++columns.by_one;
      } else if (c == '\f') {
        columns = {};
      } else if (c == '\\') {
        // The column before the first backslash counts, unless it is zero.
        if (!continued.has_value() || continued->by_eight == 0) continued = Columns{columns.by_eight, columns.by_eight};
        if (!Continuation()) return false;
        --at_;
      } else {
        break;
      }
      ++at_;
    }
    if (continued.has_value() && continued->by_eight != 0) columns = *continued;
    return true;
  }

  bool Indentation() {
    const size_t begin = at_;
    Columns columns;
    if (!ReadIndentation(columns)) return false;
    blank_line_ = AtEnd() || At(0) == '#' || AtLineEnd();
    if (blank_line_) return true;
    const Columns current = indents_.back();
    if (columns.by_eight == current.by_eight) {
      return columns.by_one == current.by_one || InconsistentTabs(begin);
    }
    if (columns.by_eight > current.by_eight) {
      if (indents_.size() >= kMaxIndents) {
        return Error(at_, at_ + 1, absl::StrCat("more than ", kMaxIndents - 1, " levels of indentation"));
      }
      if (columns.by_one <= current.by_one) return InconsistentTabs(begin);
      indents_.push_back(columns);
      Push(TokenKind::kIndent, begin, at_);
      line_is_new_ = true;
      return true;
    }
    while (indents_.size() > 1 && columns.by_eight < indents_.back().by_eight) {
      indents_.pop_back();
      Push(TokenKind::kDedent, at_, at_);
      line_is_new_ = true;
    }
    if (columns.by_eight != indents_.back().by_eight) {
      return Error(begin, at_, "this indentation matches no line above it");
    }
    return columns.by_one == indents_.back().by_one || InconsistentTabs(begin);
  }

  bool InconsistentTabs(size_t begin) {
    return Error(begin, at_, "tabs and spaces are mixed, so that the depth of this line depends on the width of a tab");
  }

  // --- Names, numbers, strings ---------------------------------------------------------------------------------------

  // The bits of a string's prefix, if the text from `begin` to the quote is one.
  static std::optional<uint8_t> PrefixOf(absl::string_view letters) {
    if (letters.size() > 2) return std::nullopt;
    uint8_t bits = 0;
    for (const char letter : letters) {
      uint8_t bit = 0;
      switch (absl::ascii_tolower(static_cast<unsigned char>(letter))) {
        case 'b': bit = StringPrefix::kBytes; break;
        case 'r': bit = StringPrefix::kRaw; break;
        case 'f': bit = StringPrefix::kFormatted; break;
        case 't': bit = StringPrefix::kTemplate; break;
        case 'u': bit = StringPrefix::kUnicode; break;
        default: return std::nullopt;
      }
      if ((bits & bit) != 0) return std::nullopt;
      bits = static_cast<uint8_t>(bits | bit);
    }
    const uint8_t kinds = bits & static_cast<uint8_t>(~StringPrefix::kRaw);
    if ((kinds & (kinds - 1)) != 0) return std::nullopt;
    if (bits == (StringPrefix::kUnicode | StringPrefix::kRaw)) return std::nullopt;
    return bits;
  }

  bool Name() {
    const size_t begin = at_;
    bool ascii = true;
    while (!AtEnd() && IsIdentifierByte(At(0))) {
      ascii = ascii && static_cast<unsigned char>(At(0)) < 0x80;
      ++at_;
    }
    const absl::string_view name = text_.substr(begin, at_ - begin);
    if (ascii && (At(0) == '"' || At(0) == '\'')) {
      if (const auto prefix = PrefixOf(name)) return String(begin, *prefix);
    }
    if (!ascii && !CheckCharacters(begin)) return false;
    const Keyword keyword = KeywordOf(name);
    Push(keyword == Keyword::kNone ? TokenKind::kName : TokenKind::kKeyword, begin, at_).keyword = keyword;
    return true;
  }

  bool CheckCharacters(size_t begin) {
    size_t length = 0;
    for (size_t i = begin; i < at_; i += length) {
      length = 1;
      if (static_cast<unsigned char>(text_[i]) < 0x80) continue;
      const uint32_t code_point = CodePointAt(text_, i, &length);
      const bool fits = i == begin ? StartsIdentifier(code_point) : ContinuesIdentifier(code_point);
      if (!fits) {
        at_ = i + length;
        return Error(i, i + length, DescribeCharacter(code_point));
      }
    }
    return true;
  }

  bool Number() {
    size_t length = 0;
    std::string error = CheckNumber(text_.substr(at_), &length);
    const size_t begin = at_;
    at_ += std::max<size_t>(length, 1);
    if (!error.empty()) return Error(begin, at_, std::move(error));
    Push(TokenKind::kNumber, begin, at_);
    return true;
  }

  size_t QuoteSize() const { return At(1) == At(0) && At(2) == At(0) ? 3 : 1; }

  // `at_` is at the quote, `begin` at the prefix.
  bool String(size_t begin, uint8_t prefix) {
    const char quote = At(0);
    const size_t quote_size = QuoteSize();
    if (quote_size == 3) prefix |= StringPrefix::kTriple;
    if ((prefix & (StringPrefix::kFormatted | StringPrefix::kTemplate)) != 0) {
      if (fstrings_.size() >= kMaxFStrings) return Error(begin, at_, "f-strings are nested too deeply");
      at_ += quote_size;
      OpenFString open;
      open.quote = quote;
      open.quote_size = quote_size;
      open.raw = (prefix & StringPrefix::kRaw) != 0;
      open.start = static_cast<uint32_t>(out_.tokens.size());
      fstrings_.push_back(std::move(open));
      Push(TokenKind::kFStringStart, begin, at_).prefix = prefix;
      return true;
    }
    at_ += quote_size;
    if (quote_size == 1 && At(0) == quote) {
      ++at_;  // the empty string
    } else if (!FindStringEnd(begin, quote, quote_size)) {
      return false;
    }
    Push(TokenKind::kString, begin, at_).prefix = prefix;
    return true;
  }

  bool FindStringEnd(size_t begin, char quote, size_t quote_size) {
    size_t matched = 0;
    while (matched < quote_size) {
      if (AtEnd() || (quote_size == 1 && At(0) == '\n')) {
        return Error(begin, quote_size == 3 ? begin + 3 : at_, Unterminated(quote_size));
      }
      if (At(0) == quote) {
        ++matched;
      } else {
        matched = 0;
        if (At(0) == '\\') SkipEscapedLineEnd();
      }
      ++at_;
    }
    return true;
  }

  // On the backslash; afterwards on the last character of the pair.
  void SkipEscapedLineEnd() {
    if (at_ + 1 >= text_.size()) return;
    ++at_;
    if (At(0) == '\r' && At(1) == '\n') ++at_;
  }

  static std::string Unterminated(size_t quote_size) {
    return quote_size == 3 ? "string in triple quotes is never closed" : "string is not closed on its line";
  }

  // --- F-strings -----------------------------------------------------------------------------------------------------

  bool UnterminatedFString() {
    const OpenFString& open = fstrings_.back();
    const Token& start = out_.tokens[open.start];
    // A replacement field that was begun is the nearer mistake.
    if (!brackets_.empty() && !open.in_text) {
      return Error(brackets_.back().begin, brackets_.back().begin + 1, "`{` of an f-string is never closed");
    }
    return Error(
        start.begin, start.end,
        open.quote_size == 3 ? "f-string in triple quotes is never closed" : "f-string is not closed on its line");
  }

  void PushMiddle(size_t begin, size_t end) {
    if (end > begin) Push(TokenKind::kFStringMiddle, begin, end);
  }

  // The text up to the next replacement field, or the end.
  bool FStringText() {
    OpenFString& open = fstrings_.back();
    const size_t begin = at_;
    bool named_escape = false;
    while (true) {
      if (AtEnd() || (open.quote_size == 1 && At(0) == '\n')) return FStringLineEnd(begin);
      const char c = At(0);
      if (c == open.quote && (open.quote_size == 1 || (At(1) == c && At(2) == c))) return FStringClose(begin);
      if (c == '{') {
        const bool in_spec = open.in_format_spec && open.field_depth > 0;
        if (At(1) != '{' || in_spec) return FStringField(begin);
        at_ += 2;
      } else if (c == '}') {
        if (named_escape) {
          named_escape = false;
          ++at_;
          continue;
        }
        const bool in_spec = open.in_format_spec && open.field_depth > 0;
        if (At(1) != '}' || in_spec || open.bracket_depth != 0) return FStringEndOfField(begin);
        at_ += 2;
      } else if (c == '\\') {
        ++at_;
        if (At(0) == '{' || At(0) == '}') continue;
        if (!open.raw && At(0) == 'N' && At(1) == '{') {
          named_escape = true;
          ++at_;
        }
        if (At(0) == '\r' && At(1) == '\n') ++at_;
        if (!AtEnd()) ++at_;
      } else {
        ++at_;
      }
    }
  }

  bool FStringLineEnd(size_t begin) {
    OpenFString& open = fstrings_.back();
    if (!AtEnd() && open.in_format_spec && open.field_depth > 0) {
      // The specification ends with the line; the field goes on.
      PushMiddle(begin, at_);
      open.in_text = false;
      open.in_format_spec = false;
      return true;
    }
    return UnterminatedFString();
  }

  bool FStringClose(size_t begin) {
    const size_t quote_size = fstrings_.back().quote_size;
    PushMiddle(begin, at_);
    Push(TokenKind::kFStringEnd, at_, at_ + quote_size);
    at_ += quote_size;
    fstrings_.pop_back();
    return true;
  }

  bool FStringField(size_t begin) {
    OpenFString& open = fstrings_.back();
    PushMiddle(begin, at_);
    open.field_brackets.push_back(open.bracket_depth);
    if (++open.field_depth > kMaxFieldNesting) {
      return Error(at_, at_ + 1, "replacement fields of an f-string are nested too deeply");
    }
    open.in_text = false;
    return Operator();
  }

  bool FStringEndOfField(size_t begin) {
    OpenFString& open = fstrings_.back();
    PushMiddle(begin, at_);
    open.in_text = false;
    return Operator();
  }

  // In a replacement field, at its own level: `:` begins the format specification.
  bool BeginsFormatSpec() const {
    if (fstrings_.empty() || At(0) != ':') return false;
    const OpenFString& open = fstrings_.back();
    return !open.field_brackets.empty() && open.bracket_depth == open.field_brackets.back() + 1;
  }

  // --- Operators -----------------------------------------------------------------------------------------------------

  struct OperatorRow {
    absl::string_view text;
    TokenKind kind;
  };

  bool Operator() {
    const char c = At(0);
    if (c == '(' || c == '[' || c == '{') return Opening();
    if (c == ')' || c == ']' || c == '}') return Closing();
    if (BeginsFormatSpec()) {
      Push(TokenKind::kColon, at_, at_ + 1);
      ++at_;
      fstrings_.back().in_text = true;
      fstrings_.back().in_format_spec = true;
      return true;
    }
    static constexpr OperatorRow kOperators[] = {
        {"**=", TokenKind::kAugmented}, {"//=", TokenKind::kAugmented}, {">>=", TokenKind::kAugmented},
        {"<<=", TokenKind::kAugmented}, {"...", TokenKind::kEllipsis},  {"+=", TokenKind::kAugmented},
        {"-=", TokenKind::kAugmented},  {"*=", TokenKind::kAugmented},  {"/=", TokenKind::kAugmented},
        {"%=", TokenKind::kAugmented},  {"&=", TokenKind::kAugmented},  {"|=", TokenKind::kAugmented},
        {"^=", TokenKind::kAugmented},  {"@=", TokenKind::kAugmented},  {"->", TokenKind::kArrow},
        {":=", TokenKind::kColonEqual}, {"==", TokenKind::kComparison}, {"!=", TokenKind::kComparison},
        {"<=", TokenKind::kComparison}, {">=", TokenKind::kComparison}, {"<>", TokenKind::kOldNotEqual},
        {"**", TokenKind::kDoubleStar}, {"//", TokenKind::kBinary},     {"<<", TokenKind::kBinary},
        {">>", TokenKind::kBinary},     {"<", TokenKind::kComparison},  {">", TokenKind::kComparison},
        {"=", TokenKind::kAssign},      {",", TokenKind::kComma},       {":", TokenKind::kColon},
        {";", TokenKind::kSemicolon},   {".", TokenKind::kDot},         {"@", TokenKind::kAt},
        {"*", TokenKind::kStar},        {"+", TokenKind::kPlus},        {"-", TokenKind::kMinus},
        {"~", TokenKind::kTilde},       {"/", TokenKind::kSlash},       {"%", TokenKind::kBinary},
        {"&", TokenKind::kBinary},      {"|", TokenKind::kBinary},      {"^", TokenKind::kBinary},
        {"!", TokenKind::kExclamation}, {"$", TokenKind::kOther},       {"?", TokenKind::kOther},
        {"`", TokenKind::kOther},
    };
    const absl::string_view rest = text_.substr(at_, 3);
    for (const OperatorRow& row : kOperators) {
      if (row.text[0] != c || !absl::StartsWith(rest, row.text)) continue;
      Push(row.kind, at_, at_ + row.text.size());
      at_ += row.text.size();
      return true;
    }
    const size_t begin = at_++;
    return Error(begin, at_, DescribeCharacter(static_cast<unsigned char>(c)));
  }

  bool Opening() {
    if (brackets_.size() >= kMaxBrackets) {
      return Error(at_, at_ + 1, absl::StrCat("more than ", kMaxBrackets, " brackets are open"));
    }
    const char c = At(0);
    brackets_.push_back({c, static_cast<uint32_t>(at_), static_cast<uint32_t>(out_.tokens.size())});
    Push(c == '(' ? TokenKind::kLeftParen : c == '[' ? TokenKind::kLeftBracket : TokenKind::kLeftBrace, at_, at_ + 1);
    ++at_;
    if (!fstrings_.empty()) ++fstrings_.back().bracket_depth;
    return true;
  }

  bool Closing() {
    const char c = At(0);
    const std::string shown(1, c);
    OpenFString* open = fstrings_.empty() ? nullptr : &fstrings_.back();
    if (open != nullptr && open->bracket_depth == 0 && c == '}') {
      return Error(at_, at_ + 1, "a single `}` in an f-string; write `}}` for the character itself");
    }
    if (brackets_.empty()) return Error(at_, at_ + 1, absl::StrCat("`", shown, "` closes nothing"));
    const OpenBracket opening = brackets_.back();
    if (ClosingOf(opening.character) != c) {
      return Error(at_, at_ + 1,
                   absl::StrCat("`", shown, "` does not match the `", std::string(1, opening.character), "` in line ",
                                LineNumber(opening.begin)));
    }
    if (open != nullptr && open->bracket_depth == 0)
      return Error(at_, at_ + 1, absl::StrCat("`", shown, "` closes nothing"));
    brackets_.pop_back();
    Token& token = Push(c == ')'   ? TokenKind::kRightParen
                        : c == ']' ? TokenKind::kRightBracket
                                   : TokenKind::kRightBrace,
                        at_, at_ + 1);
    token.partner = opening.token;
    out_.tokens[opening.token].partner = static_cast<uint32_t>(out_.tokens.size() - 1);
    ++at_;
    if (open == nullptr) return true;
    --open->bracket_depth;
    if (!open->field_brackets.empty() && c == '}' && open->bracket_depth == open->field_brackets.back()) {
      open->field_brackets.pop_back();
      --open->field_depth;
      open->in_text = true;
      open->in_format_spec = false;
    }
    return true;
  }

  size_t LineNumber(size_t at) const {
    return static_cast<size_t>(std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n')) + 1;
  }

  struct OpenBracket {
    char character;
    uint32_t begin;
    uint32_t token;
  };

  absl::string_view text_;
  size_t at_ = 0;
  bool at_line_start_ = true;
  bool line_is_new_ = true;
  bool blank_line_ = false;
  TokenList out_;
  std::vector<OpenBracket> brackets_;
  std::vector<Columns> indents_{Columns{}};
  std::vector<OpenFString> fstrings_;
};

struct KeywordRow {
  absl::string_view text;
  Keyword keyword;
};

constexpr KeywordRow kKeywords[] = {
    {"False", Keyword::kFalse},
    {"None", Keyword::kNoneValue},
    {"True", Keyword::kTrue},
    {"and", Keyword::kAnd},
    {"as", Keyword::kAs},
    {"assert", Keyword::kAssert},
    {"async", Keyword::kAsync},
    {"await", Keyword::kAwait},
    {"break", Keyword::kBreak},
    {"class", Keyword::kClass},
    {"continue", Keyword::kContinue},
    {"def", Keyword::kDef},
    {"del", Keyword::kDel},
    {"elif", Keyword::kElif},
    {"else", Keyword::kElse},
    {"except", Keyword::kExcept},
    {"finally", Keyword::kFinally},
    {"for", Keyword::kFor},
    {"from", Keyword::kFrom},
    {"global", Keyword::kGlobal},
    {"if", Keyword::kIf},
    {"import", Keyword::kImport},
    {"in", Keyword::kIn},
    {"is", Keyword::kIs},
    {"lambda", Keyword::kLambda},
    {"nonlocal", Keyword::kNonlocal},
    {"not", Keyword::kNot},
    {"or", Keyword::kOr},
    {"pass", Keyword::kPass},
    {"raise", Keyword::kRaise},
    {"return", Keyword::kReturn},
    {"try", Keyword::kTry},
    {"while", Keyword::kWhile},
    {"with", Keyword::kWith},
    {"yield", Keyword::kYield},
};

}  // namespace

TokenList Tokenize(absl::string_view text, size_t from) { return Tokenizer(text, from).Run(); }

Keyword KeywordOf(absl::string_view name) {
  if (name.size() < 2 || name.size() > 8) return Keyword::kNone;
  const auto* row = std::lower_bound(std::begin(kKeywords), std::end(kKeywords), name,
                                     [](const KeywordRow& a, absl::string_view b) { return a.text < b; });
  return row != std::end(kKeywords) && row->text == name ? row->keyword : Keyword::kNone;
}

uint32_t CodePointAt(absl::string_view text, size_t at, size_t* length) {
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(text[at + i])); };
  *length = Utf8SequenceLength(text, at);
  switch (*length) {
    case 1: return byte(0);
    case 2: return ((byte(0) & 0x1F) << 6) | (byte(1) & 0x3F);
    case 3: return ((byte(0) & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);
    case 4: return ((byte(0) & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | ((byte(2) & 0x3F) << 6) | (byte(3) & 0x3F);
    default: *length = 1; return 0xFFFD;
  }
}

std::string DescribeCharacter(uint32_t code_point) {
  struct Known {
    uint32_t code_point;
    const char* name;
    const char* advice;
  };
  static constexpr Known kKnown[] = {
      {0x00A0, "no-break space", "did you mean a plain space?"},
      {0x200B, "zero-width space", "remove it"},
      {0x200C, "zero-width non-joiner", "remove it"},
      {0x200D, "zero-width joiner", "remove it"},
      {0x2060, "word joiner", "remove it"},
      {0xFEFF, "byte-order mark", "it is not allowed here, a stray byte-order mark"},
      {0x3000, "ideographic space", "did you mean a plain space?"},
      {0x2028, "line separator", "did you mean a line end?"},
      {0x2029, "paragraph separator", "did you mean a line end?"},
      {0x0085, "next line", "did you mean a line end?"},
      {0x202A, "bidirectional control", "remove it"},
      {0x202B, "bidirectional control", "remove it"},
      {0x202C, "bidirectional control", "remove it"},
      {0x202D, "bidirectional control", "remove it"},
      {0x202E, "bidirectional control", "remove it"},
      {0x2066, "bidirectional control", "remove it"},
      {0x2067, "bidirectional control", "remove it"},
      {0x2068, "bidirectional control", "remove it"},
      {0x2069, "bidirectional control", "remove it"},
      {0x2018, "curly quote", "did you mean `'`?"},
      {0x2019, "curly quote", "did you mean `'`?"},
      {0x201C, "curly quote", "did you mean `\"`?"},
      {0x201D, "curly quote", "did you mean `\"`?"},
      {0x2013, "en dash", "did you mean `-`?"},
      {0x2014, "em dash", "did you mean `-`?"},
      {0x2212, "minus sign", "did you mean `-`?"},
      {0x00D7, "multiplication sign", "did you mean `*`?"},
      {0x2026, "ellipsis", "did you mean `...`?"},
      {0xFF08, "fullwidth parenthesis", "did you mean `(`?"},
      {0xFF09, "fullwidth parenthesis", "did you mean `)`?"},
      {0xFF0C, "fullwidth comma", "did you mean `,`?"},
      {0xFF1A, "fullwidth colon", "did you mean `:`?"},
      {0x0B, "vertical tab", "remove it"},
      {0x1A, "Ctrl-Z", "remove it"},
      {0x1B, "escape", "remove it"},
      {0x7F, "delete", "remove it"},
  };
  const std::string number = absl::StrFormat("U+%04X", code_point);
  for (const Known& known : kKnown) {
    if (known.code_point == code_point) {
      return absl::StrCat("character ", number, " (", known.name, ") has no meaning in Python code; ", known.advice);
    }
  }
  if (code_point < 0xA0 || (code_point >= 0x2000 && code_point < 0x2010)) {
    return absl::StrCat("character ", number, " has no meaning in Python code");
  }
  std::string shown;
  AppendUtf8(code_point, shown);
  return absl::StrCat("character `", shown, "` (", number, ") has no meaning in Python code");
}

}  // namespace overt::grammar
