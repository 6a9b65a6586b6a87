// The value of a string literal's inside: escapes applied, doubled braces of f-strings halved, line ends as `\n`.
//
//   DecodeLiteral("a\\n", 0) -> "a<newline>"
//
// Bytes literals come out as Latin-1 bytes. Escapes that Python does not know stay as they are.
// Source: the language reference, "String and Bytes literals", "Escape sequences".
#ifndef OVERT_GRAMMAR_AST_LITERAL_H_
#define OVERT_GRAMMAR_AST_LITERAL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace overt::grammar {

// In place of a NodeFlags bit: the text stands in an f-string, where `{{` means `{`.
inline constexpr uint8_t kDoubledBraces = 1;

// `flags`: NodeFlags::kRaw, NodeFlags::kBytes, kDoubledBraces.
std::string DecodeLiteral(absl::string_view inside, uint8_t flags);

// The same, added to `text`; for each of its bytes, where it came from is added to `offsets`: `base` is the place of
// the first byte of `inside`.
void DecodeLiteralWithOffsets(absl::string_view inside, uint8_t flags, uint32_t base, std::string& text,
                              std::vector<uint32_t>& offsets);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_AST_LITERAL_H_
