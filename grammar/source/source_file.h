// The text of one Python file, decoded as CPython decodes it.
//
//   # -*- coding: latin-1 -*-        PEP 263: the text becomes UTF-8, offsets count bytes of that UTF-8
//
// Decoding never fails: what CPython would refuse becomes a `SourceProblem` and is replaced so that the rest of the
// file can still be checked. Line ends: `\r\n` stays, a lone `\r` becomes `\n` (same length). A byte-order mark is
// not part of the text. Not a parser: it knows nothing of tokens but the coding cookie.
// Source: PEP 263, PEP 3120, the language reference, "Lexical analysis", 2.1.4.
#ifndef OVERT_GRAMMAR_SOURCE_SOURCE_FILE_H_
#define OVERT_GRAMMAR_SOURCE_SOURCE_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "diagnostics/span.h"

namespace overt::grammar {

struct SourceProblem {
  TextRange range;  // in the decoded text
  std::string message;
};

class SourceFile {
 public:
  // Never fails; see `problems`. `bytes` may be anything.
  static SourceFile Decode(absl::string_view bytes);
  // For text that is known to be UTF-8 (an editor's buffer, a test): invalid bytes are still reported.
  static SourceFile FromText(std::string text);

  absl::string_view text() const { return text_; }
  const std::vector<uint32_t>& line_starts() const { return line_starts_; }
  const std::vector<SourceProblem>& problems() const { return problems_; }
  absl::string_view encoding() const { return encoding_; }  // "utf-8", "latin-1", …: CPython's normal form
  bool has_byte_order_mark() const { return has_byte_order_mark_; }
  // Nothing of it can be Python (ELF, PNG, UTF-16, …): one problem says so and the text is empty.
  bool is_binary() const { return is_binary_; }
  // Python refuses such a text before it reads any of it; here they are spaces.
  bool has_nuls() const { return has_nuls_; }
  uint64_t content_hash() const { return content_hash_; }  // XXH3 of the undecoded bytes

 private:
  // The steps after decoding: NULs, line ends, line starts.
  void Finish();

  std::string text_;
  std::vector<uint32_t> line_starts_;
  std::vector<SourceProblem> problems_;
  std::string encoding_ = "utf-8";
  uint64_t content_hash_ = 0;
  bool has_byte_order_mark_ = false;
  bool is_binary_ = false;
  bool has_nuls_ = false;
};

// Reads a regular file without ever blocking (FIFOs and devices are refused). The error's message names the reason in
// words for people: "permission denied", "not a regular file", "is 60 MiB, the limit is 50 MiB" (kOutOfRange), …
absl::StatusOr<std::string> ReadFileBytes(const std::string& path, size_t max_bytes);

// Byte offsets of all line starts of `text`; the first is 0.
std::vector<uint32_t> FindLineStarts(absl::string_view text);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_SOURCE_SOURCE_FILE_H_
