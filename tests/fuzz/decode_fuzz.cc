// Any bytes become text: valid UTF-8 with true line starts, and problems that lie within it.
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "grammar/source/source_file.h"
#include "tests/fuzz/canary.h"

namespace overt::fuzz {
namespace {

// The length of the well-formed sequence at the start of `text`; 0 if there is none.
size_t SequenceLength(absl::string_view text) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<uint8_t>(text[i]) : 0u; };
  const auto is_tail = [&](size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return is_tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!is_tail(1) || !is_tail(2)) return 0;
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    return overlong || surrogate ? 0 : 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!is_tail(1) || !is_tail(2) || !is_tail(3)) return 0;
    const bool overlong = lead == 0xF0 && byte(1) < 0x90;
    const bool beyond = lead == 0xF4 && byte(1) >= 0x90;
    return overlong || beyond ? 0 : 4;
  }
  return 0;
}

bool IsValidUtf8(absl::string_view text) {
  while (!text.empty()) {
    const size_t length = SequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

void CheckDecoding(absl::string_view bytes) {
  const grammar::SourceFile source = grammar::SourceFile::Decode(bytes);
  const absl::string_view text = source.text();
  Require(IsValidUtf8(text), "the decoded text is not UTF-8");
  Require(!source.line_starts().empty() && source.line_starts().front() == 0, "the first line does not start at 0");
  Require(source.line_starts() == grammar::FindLineStarts(text), "line starts are not those of the text");
  for (const grammar::SourceProblem& problem : source.problems()) {
    Require(problem.range.begin <= problem.range.end && problem.range.end <= text.size(), "a problem outside the text");
    Require(!problem.message.empty(), "a problem without words");
  }
  Require(!source.is_binary() || text.empty(), "a binary file with text");
  SpringCanary(source.encoding() == "cp1252" && !source.problems().empty());
}

}  // namespace
}  // namespace overt::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  overt::fuzz::CheckDecoding({reinterpret_cast<const char*>(data), size});
  return 0;
}
