#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "grammar/verdict/identifier_characters.h"
#include "grammar/verdict/tokenizer.h"

namespace overt::grammar {
namespace {

// CPython refuses to convert more (the limit of `sys.set_int_max_str_digits`).
constexpr size_t kMaxDigits = 4300;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

class NumberReader {
 public:
  explicit NumberReader(absl::string_view text) : text_(text) {}

  std::string Read() {
    if (At(0) == '0' && !IsDigit(At(1)) && At(1) != '_') {
      switch (At(1)) {
        case 'x':
        case 'X': return ReadRadix("hexadecimal", 16);
        case 'o':
        case 'O': return ReadRadix("octal", 8);
        case 'b':
        case 'B': return ReadRadix("binary", 2);
        default: break;
      }
    }
    return ReadDecimal();
  }
  size_t position() const { return at_; }

 private:
  char At(size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  static bool IsDigitOf(char c, int radix) {
    if (radix == 16) return absl::ascii_isxdigit(static_cast<unsigned char>(c));
    return c >= '0' && c < '0' + radix;
  }

  std::string ReadRadix(const char* name, int radix) {
    at_ += 2;
    do {
      if (At(0) == '_') ++at_;
      if (!IsDigitOf(At(0), radix)) {
        if (IsDigit(At(0)))
          return absl::StrCat("digit `", std::string(1, At(0)), "` is none of ", Article(name), " number");
        return absl::StrCat("invalid ", name, " number: a digit is missing");
      }
      while (IsDigitOf(At(0), radix)) ++at_;
    } while (At(0) == '_');
    if (IsDigit(At(0)))
      return absl::StrCat("digit `", std::string(1, At(0)), "` is none of ", Article(name), " number");
    return CheckEnd(name);
  }

  static std::string Article(absl::string_view name) { return absl::StrCat(name[0] == 'o' ? "an " : "a ", name); }

  // Digits with single underscores between them.
  std::string ReadDigits() {
    while (true) {
      while (IsDigit(At(0))) ++at_;
      if (At(0) != '_') return "";
      ++at_;
      if (!IsDigit(At(0))) return "an underscore in a number stands between two digits";
    }
  }

  std::string ReadDecimal() {
    const bool leading_zero = At(0) == '0';
    if (At(0) != '.') {
      if (std::string error = ReadDigits(); !error.empty()) return error;
    }
    const size_t digits_end = at_;
    const char* name = "decimal";
    if (At(0) == '.') {
      ++at_;
      name = "float";
      if (IsDigit(At(0))) {
        if (std::string error = ReadDigits(); !error.empty()) return error;
      }
    }
    if (const size_t exponent = ExponentLength(); exponent > 0) {
      at_ += exponent;
      name = "float";
      if (std::string error = ReadDigits(); !error.empty()) return error;
    }
    if (At(0) == 'j' || At(0) == 'J') {
      ++at_;
      name = "imaginary";
    }
    if (at_ == digits_end) {
      if (leading_zero && HasNonZero(digits_end)) {
        return "leading zeros have no meaning in a decimal number; an octal number begins with `0o`";
      }
      if (CountDigits(digits_end) > kMaxDigits) {
        return absl::StrCat("number has ", CountDigits(digits_end), " digits, Python reads at most ", kMaxDigits,
                            "; write it in hexadecimal");
      }
    }
    return CheckEnd(name);
  }

  // `e` and a sign, if digits follow: `1e5`, but not `1else`.
  size_t ExponentLength() const {
    if (At(0) != 'e' && At(0) != 'E') return 0;
    const size_t sign = At(1) == '+' || At(1) == '-' ? 1 : 0;
    return IsDigit(At(1 + sign)) ? 1 + sign : 0;
  }

  bool HasNonZero(size_t end) const { return text_.substr(0, end).find_first_not_of("0_") != absl::string_view::npos; }

  size_t CountDigits(size_t end) const {
    if (end <= kMaxDigits) return end;
    size_t count = 0;
    for (const char c : text_.substr(0, end)) count += c != '_' ? 1U : 0U;
    return count;
  }

  // Only a keyword that can follow an expression may touch a number: `1if x else 2`.
  std::string CheckEnd(const char* name) const {
    const absl::string_view rest = text_.substr(at_);
    for (const absl::string_view word : {"and", "else", "for", "if", "in", "is", "or", "not"}) {
      if (rest.substr(0, word.size()) == word) return "";
    }
    if (rest.empty()) return "";
    const char c = rest[0];
    bool bad = absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_';
    if (static_cast<unsigned char>(c) >= 0x80) {
      size_t length = 0;
      bad = ContinuesIdentifier(CodePointAt(rest, 0, &length));
    }
    if (!bad) return "";
    size_t end = 0;
    while (end < rest.size() && (absl::ascii_isalnum(static_cast<unsigned char>(rest[end])) || rest[end] == '_')) ++end;
    if (end == 0) return absl::StrCat("a letter touches a ", name, " number");
    return absl::StrCat("`", std::string(rest.substr(0, end)), "` touches ", Article(name)[1] == 'n' ? "an " : "a ",
                        name, " number; a name cannot begin with a digit");
  }

  absl::string_view text_;
  size_t at_ = 0;
};

}  // namespace

std::string CheckNumber(absl::string_view text, size_t* length) {
  NumberReader reader(text);
  std::string error = reader.Read();
  *length = reader.position();
  return error;
}

}  // namespace overt::grammar
