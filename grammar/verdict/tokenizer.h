// CPython's tokenizer: the tokens of a text, indentation included, until the first character that makes no sense.
//
//   if x:          kName `if`, kName `x`, kColon, kNewline
//       f"{y}"     kIndent, kFStringStart, kLeftBrace, kName `y`, kRightBrace, kFStringEnd, kNewline, kDedent
//
// Exact where tree-sitter's is generous: numbers, indentation, brackets, odd characters. F-strings are taken apart as
// Python 3.12 does (PEP 701). Used for texts that tree-sitter could not parse or that look odd; ordinary files never
// come here. Source: the language reference, "Lexical analysis"; CPython's observable behaviour.
#ifndef OVERT_GRAMMAR_VERDICT_TOKENIZER_H_
#define OVERT_GRAMMAR_VERDICT_TOKENIZER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "grammar/verdict/verdict.h"

namespace overt::grammar {

enum class TokenKind : uint8_t {
  kEnd,
  kError,  // always the last but kEnd
  kNewline,
  kIndent,
  kDedent,
  kName,
  kKeyword,
  kNumber,
  kString,
  kFStringStart,
  kFStringMiddle,
  kFStringEnd,
  // Operators and delimiters.
  kLeftParen,
  kRightParen,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kComma,
  kColon,
  kSemicolon,
  kDot,
  kEllipsis,
  kAssign,
  kColonEqual,
  kArrow,
  kAt,
  kStar,
  kDoubleStar,
  kPlus,
  kMinus,
  kTilde,
  kSlash,
  kBinary,       // `//`, `%`, `<<`, `>>`, `&`, `|`, `^`: operators that are nothing but binary
  kComparison,   // `<`, `>`, `==`, `>=`, `<=`, `!=`
  kOldNotEqual,  // `<>`
  kAugmented,    // `+=` and the like
  kExclamation,
  kOther,  // `$`, `?`, `` ` ``
};

enum class Keyword : uint8_t {
  kNone,
  kFalse,
  kNoneValue,
  kTrue,
  kAnd,
  kAs,
  kAssert,
  kAsync,
  kAwait,
  kBreak,
  kClass,
  kContinue,
  kDef,
  kDel,
  kElif,
  kElse,
  kExcept,
  kFinally,
  kFor,
  kFrom,
  kGlobal,
  kIf,
  kImport,
  kIn,
  kIs,
  kLambda,
  kNonlocal,
  kNot,
  kOr,
  kPass,
  kRaise,
  kReturn,
  kTry,
  kWhile,
  kWith,
  kYield,
};

struct Token {
  static constexpr uint32_t kNoPartner = UINT32_MAX;

  uint32_t begin = 0;
  uint32_t end = 0;
  TokenKind kind = TokenKind::kEnd;
  Keyword keyword = Keyword::kNone;
  // kString, kFStringStart: bits of StringPrefix.
  uint8_t prefix = 0;
  // The first token of its line.
  bool first_of_line = false;
  // Brackets: the index of the partner.
  uint32_t partner = kNoPartner;
};

struct StringPrefix {
  static constexpr uint8_t kBytes = 1;
  static constexpr uint8_t kRaw = 2;
  static constexpr uint8_t kFormatted = 4;
  static constexpr uint8_t kTemplate = 8;
  static constexpr uint8_t kUnicode = 16;
  static constexpr uint8_t kTriple = 32;
};

struct TokenList {
  std::vector<Token> tokens;  // ends with kEnd
  // The error that ended it, if one did: the range is that of the kError token.
  std::string error;
  // Things that only some versions refuse.
  std::vector<VerdictProblem> problems;
};

// From byte `from` on, where a logical line begins that is not indented.
TokenList Tokenize(absl::string_view text, size_t from);

Keyword KeywordOf(absl::string_view name);

// What is wrong with a number that stands at the beginning of `text` (`text` may go on); empty if nothing is. `*length`
// is how far it reaches.
std::string CheckNumber(absl::string_view text, size_t* length);

// `U+200B (zero-width space) …`, with a hint where there is one.
std::string DescribeCharacter(uint32_t code_point);

// The code point that begins at `at`; `*length` in bytes. U+FFFD of length 1 where the text is not UTF-8.
uint32_t CodePointAt(absl::string_view text, size_t at, size_t* length);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_VERDICT_TOKENIZER_H_
