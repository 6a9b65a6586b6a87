#include "diagnostics/render/escape.h"

#include <utf8proc.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "diagnostics/render/renderer.h"

namespace overt {
namespace {

struct CodePoint {
  int32_t value;  // negative: a byte that is no UTF-8
  size_t size;
};

CodePoint ReadCodePoint(absl::string_view text, size_t at) {
  utf8proc_int32_t value = -1;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
  const utf8proc_ssize_t size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &value);
  if (size <= 0) return {-1, 1};
  return {value, static_cast<size_t>(size)};
}

bool IsBidiControl(int32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

bool NeedsEscape(int32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || IsBidiControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

// Whether the `#` at `at` is the second one of a command that Azure Pipelines, GitHub Actions or TeamCity would find in
// a line of a log, wherever it stands in the line.
bool EndsCommandMark(absl::string_view text, size_t at) {
  if (text[at] != '#' || at == 0 || text[at - 1] != '#') return false;
  const absl::string_view rest = text.substr(at + 1);
  return absl::StartsWith(rest, "[") || absl::StartsWithIgnoreCase(rest, "vso[") ||
         absl::StartsWithIgnoreCase(rest, "teamcity[");
}

bool MustBeSpelled(absl::string_view text, size_t at, int32_t c) {
  return c < 0 || NeedsEscape(c) || EndsCommandMark(text, at);
}

std::string Spelled(int32_t c, char byte) {
  if (c < 0) return absl::StrFormat("\\x%02x", static_cast<unsigned char>(byte));
  if (c == '\n') return "\\n";
  if (c == '\r') return "\\r";
  if (c == '\t') return "\\t";
  return c < 0x100 ? absl::StrFormat("\\x%02x", c) : absl::StrFormat("\\u%04x", c);
}

}  // namespace

ShownLine ShowLine(absl::string_view line) {
  constexpr size_t kTab = 4;
  ShownLine shown;
  size_t column = 0;
  for (size_t at = 0; at < line.size();) {
    const CodePoint point = ReadCodePoint(line, at);
    std::string piece;
    size_t width = 0;
    if (point.value == '\t') {
      width = kTab - column % kTab;
      piece.assign(width, ' ');
    } else if (MustBeSpelled(line, at, point.value)) {
      piece = Spelled(point.value, line[at]);
      width = piece.size();
    } else {
      piece = std::string(line.substr(at, point.size));
      width = static_cast<size_t>(std::max(0, utf8proc_charwidth(point.value)));
    }
    for (size_t i = 0; i < point.size; ++i) {
      shown.columns.push_back(column);
      shown.offsets.push_back(shown.text.size());
    }
    shown.text += piece;
    column += width;
    at += point.size;
  }
  shown.columns.push_back(column);
  shown.offsets.push_back(shown.text.size());
  return shown;
}

std::string EscapeForTerminal(absl::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = ReadCodePoint(text, at);
    if (MustBeSpelled(text, at, point.value)) {
      out += Spelled(point.value, text[at]);
    } else {
      absl::StrAppend(&out, text.substr(at, point.size));
    }
    at += point.size;
  }
  return out;
}

std::string EscapePathAtLineStart(absl::string_view path) {
  const bool looks_like_command = absl::StartsWith(absl::StripLeadingAsciiWhitespace(path), "::");
  return absl::StrCat(looks_like_command ? "./" : "", EscapeForTerminal(path));
}

std::string TitleAndNotes(const Diagnostic& diagnostic) {
  std::string text = diagnostic.title;
  for (const Note& note : diagnostic.notes) {
    absl::StrAppend(&text, note.kind == Note::Kind::kHelp ? "\nhelp: " : "\nnote: ", note.text);
  }
  return text;
}

std::string OmittedText(size_t findings) {
  return absl::StrCat(findings, findings == 1 ? " more finding in this file is not shown"
                                              : " more findings in this file are not shown");
}

std::string ValidUtf8(absl::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = ReadCodePoint(text, at);
    if (point.value < 0) {
      absl::StrAppend(&out, "\xEF\xBF\xBD", Spelled(point.value, text[at]));
    } else {
      absl::StrAppend(&out, text.substr(at, point.size));
    }
    at += point.size;
  }
  return out;
}

}  // namespace overt
