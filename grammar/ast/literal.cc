#include "grammar/ast/literal.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "grammar/ast/ast.h"

namespace overt::grammar {
namespace {

void AppendUtf8(uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

uint32_t DigitOf(char c) {
  if (c >= '0' && c <= '9') return static_cast<uint32_t>(c - '0');
  const char lower = absl::ascii_tolower(static_cast<unsigned char>(c));
  return lower >= 'a' && lower <= 'f' ? static_cast<uint32_t>(lower - 'a' + 10) : 99;
}

class Decoder {
 public:
  Decoder(absl::string_view text, uint8_t flags) : text_(text), flags_(flags) {}

  std::string Run() {
    out_.reserve(text_.size());
    while (at_ < text_.size()) Step();
    return std::move(out_);
  }

  std::string RunWithOffsets(uint32_t base, std::vector<uint32_t>& offsets) {
    const size_t before = offsets.size();
    while (at_ < text_.size()) {
      const auto from = static_cast<uint32_t>(base + at_);
      Step();
      offsets.resize(before + out_.size(), from);
    }
    return std::move(out_);
  }

 private:
  void Step() {
    const char c = text_[at_];
    if (c == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') {
      ++at_;  // a line end of two bytes is one newline
    } else if (c == '\\' && (flags_ & NodeFlags::kRaw) == 0 && at_ + 1 < text_.size()) {
      Escape();
    } else {
      const bool is_doubled =
          (flags_ & kDoubledBraces) != 0 && (c == '{' || c == '}') && at_ + 1 < text_.size() && text_[at_ + 1] == c;
      out_ += c;
      at_ += is_doubled ? 2 : 1;
    }
  }

  void Escape() {
    const char kind = text_[at_ + 1];
    switch (kind) {
      case '\n': at_ += 2; return;
      case '\r': at_ += at_ + 2 < text_.size() && text_[at_ + 2] == '\n' ? 3 : 2; return;
      case '\\':
      case '\'':
      case '"': Put(kind); return;
      case 'a': Put('\a'); return;
      case 'b': Put('\b'); return;
      case 'f': Put('\f'); return;
      case 'n': Put('\n'); return;
      case 'r': Put('\r'); return;
      case 't': Put('\t'); return;
      case 'v': Put('\v'); return;
      case 'x': Number(2, 2, 16, 2); return;
      case 'u': UnicodeNumber(4); return;
      case 'U': UnicodeNumber(8); return;
      case 'N': NamedCharacter(); return;
      default: break;
    }
    if (kind >= '0' && kind <= '7') {
      Number(1, 3, 8, 1);
    } else {
      out_ += '\\';  // unknown to Python: both characters stay
      ++at_;
    }
  }

  void Put(char c) {
    out_ += c;
    at_ += 2;
  }

  void UnicodeNumber(size_t digits) {
    if ((flags_ & NodeFlags::kBytes) != 0) {
      out_ += '\\';
      ++at_;
    } else {
      Number(digits, digits, 16, 2);
    }
  }

  // `skip` characters stand before the digits.
  void Number(size_t least, size_t most, uint32_t base, size_t skip) {
    uint32_t value = 0;
    size_t digits = 0;
    while (digits < most && at_ + skip + digits < text_.size() && DigitOf(text_[at_ + skip + digits]) < base) {
      value = value * base + DigitOf(text_[at_ + skip + digits]);
      ++digits;
    }
    if (digits < least || value > 0x10FFFF) {
      out_ += '\\';
      ++at_;
      return;
    }
    if ((flags_ & NodeFlags::kBytes) != 0) {
      out_ += static_cast<char>(value & 0xFF);
    } else {
      AppendUtf8(value >= 0xD800 && value < 0xE000 ? 0xFFFD : value, out_);
    }
    at_ += skip + digits;
  }

  // `\N{…}`: the name's character is nobody's business here; one replacement character stands for it.
  void NamedCharacter() {
    const size_t close = text_.find('}', at_);
    if ((flags_ & NodeFlags::kBytes) != 0 || close == absl::string_view::npos) {
      out_ += '\\';
      ++at_;
      return;
    }
    AppendUtf8(0xFFFD, out_);
    at_ = close + 1;
  }

  absl::string_view text_;
  uint8_t flags_;
  size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string DecodeLiteral(absl::string_view inside, uint8_t flags) {
  const bool is_plain = inside.find('\\') == absl::string_view::npos && inside.find('\r') == absl::string_view::npos &&
                        (flags & kDoubledBraces) == 0;
  if (is_plain) return std::string(inside);
  return Decoder(inside, flags).Run();
}

void DecodeLiteralWithOffsets(absl::string_view inside, uint8_t flags, uint32_t base, std::string& text,
                              std::vector<uint32_t>& offsets) {
  text += Decoder(inside, flags).RunWithOffsets(base, offsets);
}

}  // namespace overt::grammar
