#include "grammar/source/cookie.h"

#include "absl/strings/ascii.h"

namespace overt::grammar {
namespace {

// The end of the line at `at`, its line end not included.
size_t LineEnd(absl::string_view bytes, size_t at) {
  const size_t end = bytes.find_first_of("\r\n", at);
  return end == absl::string_view::npos ? bytes.size() : end;
}

size_t NextLine(absl::string_view bytes, size_t end) {
  if (end >= bytes.size()) return bytes.size();
  const bool is_pair = bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n';
  return end + (is_pair ? 2 : 1);
}

bool IsNameCharacter(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.'; }

bool IsBlankOrComment(absl::string_view line) {
  const size_t at = line.find_first_not_of(" \t\f");
  return at == absl::string_view::npos || line[at] == '#';
}

// `^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)`
Cookie CookieOfLine(absl::string_view bytes, size_t begin, size_t end) {
  const absl::string_view line = bytes.substr(begin, end - begin);
  const size_t hash = line.find_first_not_of(" \t\f");
  if (hash == absl::string_view::npos || line[hash] != '#') return {};
  for (size_t at = line.find("coding", hash); at != absl::string_view::npos; at = line.find("coding", at + 1)) {
    size_t name = at + 6;
    if (name >= line.size() || (line[name] != ':' && line[name] != '=')) continue;
    ++name;
    while (name < line.size() && (line[name] == ' ' || line[name] == '\t')) ++name;
    size_t after = name;
    while (after < line.size() && IsNameCharacter(line[after])) ++after;
    if (after == name) continue;
    return {line.substr(name, after - name),
            {static_cast<uint32_t>(begin + name), static_cast<uint32_t>(begin + after)},
            false};
  }
  return {};
}

}  // namespace

Cookie FindCookie(absl::string_view bytes) {
  size_t begin = 0;
  for (int line = 1; line <= 3; ++line) {
    const size_t end = LineEnd(bytes, begin);
    Cookie cookie = CookieOfLine(bytes, begin, end);
    if (!cookie.name.empty()) {
      cookie.too_late = line == 3;
      return cookie;
    }
    if (!IsBlankOrComment(bytes.substr(begin, end - begin))) return {};
    begin = NextLine(bytes, end);
    if (begin >= bytes.size()) return {};
  }
  return {};
}

}  // namespace overt::grammar
