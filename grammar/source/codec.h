// The text encodings that a coding cookie can name, and how their bytes become UTF-8.
//
//   # -*- coding: koi8-r -*-      FindCodec("koi8-r") -> the table of koi8_r
//
// Only what CPython calls a text encoding decodes; `rot13` and the like are listed so that the message can say what
// they are. Not a cookie reader: that is source_file.cc. Source: PEP 263; the `encodings` package of the standard
// library ("Standard Encodings" in the library reference).
#ifndef OVERT_GRAMMAR_SOURCE_CODEC_H_
#define OVERT_GRAMMAR_SOURCE_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace overt::grammar {

struct Codec {
  enum class Kind : uint8_t {
    kUtf8,
    kAscii,
    kLatin1,
    kTable,    // one byte, one character: `high`
    kIconv,    // the C library knows it, as `iconv_name`
    kWide,     // UTF-16 and UTF-32: text to Python, but never Python source
    kRare,     // text to Python, nothing that we can decode
    kNotText,  // rot13, base64, …: Python itself refuses them
  };

  const char* module;  // in the `encodings` package
  const char* name;    // as CPython says it: "iso8859-15"
  Kind kind;
  const char* aliases;   // separated by spaces
  const char16_t* high;  // the characters of 0x80 … 0xFF, U+FFFD where there is none
  const char* iconv_name;
};

absl::Span<const Codec> AllCodecs();

// By any spelling that Python takes: "Latin-1", "iso8859_1", "cp-1252". Null if Python has none.
const Codec* FindCodec(absl::string_view name);

// The known spelling nearest to a name that is none; empty if none is near.
std::string NearestCodecName(absl::string_view name);

// A stretch of bytes without meaning in the codec, and where its replacement (U+FFFD) stands in the result.
struct BadBytes {
  size_t source_begin = 0;
  size_t source_end = 0;
  size_t text_begin = 0;
  size_t text_end = 0;
};

struct DecodedText {
  std::string text;
  std::vector<BadBytes> bad;
  bool supported = true;  // false: the C library at hand lacks the codec, and nothing was decoded
};

// For all kinds but kWide, kRare and kNotText.
DecodedText DecodeBytes(const Codec& codec, absl::string_view bytes);

// Appends the UTF-8 form of a code point.
void AppendUtf8(uint32_t code_point, std::string& out);

// The length of the UTF-8 sequence that begins at `at`; 0 if there is none (then `BadUtf8Length` says how much is bad).
size_t Utf8SequenceLength(absl::string_view text, size_t at);
size_t BadUtf8Length(absl::string_view text, size_t at);

// The position of the first byte at or after `at` that is not ASCII; the size if there is none.
size_t FindNonAscii(absl::string_view text, size_t at);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_SOURCE_CODEC_H_
