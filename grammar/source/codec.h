// Bytes in the encoding that a cookie names, as UTF-8 text.
//
//   DecodeWith("x = '\xE4'", {"latin-1"}, false).text      # "x = 'ä'"
//
// The common encodings are recognised by CPython's names and aliases; all but UTF-8, ASCII and Latin-1 are left to the
// C library's iconv.
#ifndef OVERT_GRAMMAR_SOURCE_CODEC_H_
#define OVERT_GRAMMAR_SOURCE_CODEC_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "grammar/source/cookie.h"
#include "grammar/source/source_file.h"

namespace overt::grammar {

struct DecodedText {
  std::string text;
  std::string encoding;  // CPython's normal form
  bool is_utf8 = false;  // `text` are the bytes themselves, not yet known to be valid
  std::string remedy;    // what to tell people about a byte that is not UTF-8
  std::vector<SourceProblem> problems;
};

DecodedText DecodeWith(absl::string_view bytes, const Cookie& cookie, bool has_byte_order_mark);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_SOURCE_CODEC_H_
