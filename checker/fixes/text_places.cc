#include "checker/fixes/text_places.h"

#include "absl/strings/match.h"
#include "grammar/base/identifier.h"

namespace overt::fixes {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

bool AtLineEnd(absl::string_view text, uint32_t at) {
  return at >= text.size() || text[at] == '\n' || absl::StartsWith(text.substr(at), "\r\n");
}

}  // namespace

uint32_t StartOfLine(absl::string_view text, uint32_t at) {
  while (at > 0 && text[at - 1] != '\n') --at;
  return at;
}

uint32_t EndOfLine(absl::string_view text, uint32_t at) {
  while (!AtLineEnd(text, at)) ++at;
  return at;
}

uint32_t StartOfNextLine(absl::string_view text, uint32_t at) {
  while (at < text.size() && text[at] != '\n') ++at;
  return at < text.size() ? at + 1 : at;
}

absl::string_view LineEndOf(absl::string_view text) {
  const size_t first = text.find('\n');
  return first != absl::string_view::npos && first > 0 && text[first - 1] == '\r' ? "\r\n" : "\n";
}

absl::string_view TextBefore(absl::string_view text, uint32_t at) {
  const uint32_t begin = StartOfLine(text, at);
  return text.substr(begin, at - begin);
}

bool IsFirstOnLine(absl::string_view text, uint32_t at) {
  for (const char c : TextBefore(text, at)) {
    if (!IsBlank(c)) return false;
  }
  absl::string_view above = text.substr(0, StartOfLine(text, at));
  if (!above.empty()) above.remove_suffix(1);
  if (absl::EndsWith(above, "\r")) above.remove_suffix(1);
  return !absl::EndsWith(above, "\\");
}

RestOfLine RestOfLineAt(absl::string_view text, uint32_t at) {
  at = SkipBlanks(text, at);
  if (AtLineEnd(text, at)) return RestOfLine::kNothing;
  return text[at] == '#' ? RestOfLine::kComment : RestOfLine::kCode;
}

uint32_t SkipBlanks(absl::string_view text, uint32_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

uint32_t SkipBetweenTokens(absl::string_view text, uint32_t at) {
  while (true) {
    at = SkipBlanks(text, at);
    if (at < text.size() && text[at] == '#') at = EndOfLine(text, at);
    if (at < text.size() && text[at] == '\\') ++at;
    if (at >= text.size() || !AtLineEnd(text, at)) return at;
    at = StartOfNextLine(text, at);
  }
}

bool HasWord(absl::string_view text, absl::string_view word) {
  for (size_t at = text.find(word); at != absl::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !grammar::IsIdentifierByte(text[at - 1]);
    const size_t end = at + word.size();
    if (begins && (end == text.size() || !grammar::IsIdentifierByte(text[end]))) return true;
  }
  return false;
}

}  // namespace overt::fixes
