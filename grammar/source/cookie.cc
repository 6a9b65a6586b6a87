#include "grammar/source/cookie.h"

#include "absl/strings/match.h"

namespace overt::grammar {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

// The line that begins at `begin`, without its end; `next` is where the one after it begins.
absl::string_view LineAt(absl::string_view bytes, size_t begin, size_t* next) {
  size_t end = begin;
  while (end < bytes.size() && bytes[end] != '\n' && bytes[end] != '\r') ++end;
  *next = end;
  if (end < bytes.size()) *next += bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n' ? 2 : 1;
  return bytes.substr(begin, end - begin);
}

size_t SkipBlanks(absl::string_view line) {
  size_t at = 0;
  while (at < line.size() && IsBlank(line[at])) ++at;
  return at;
}

std::string NormalName(absl::string_view name) {
  std::string start;
  for (const char c : name.substr(0, 12)) {
    start.push_back(c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  if (start == "utf-8" || absl::StartsWith(start, "utf-8-")) return "utf-8";
  for (const absl::string_view latin : {"latin-1", "iso-8859-1", "iso-latin-1"}) {
    if (start == latin || (absl::StartsWith(start, latin) && start[latin.size()] == '-')) return "iso-8859-1";
  }
  return std::string(name);
}

std::optional<Cookie> CookieOfLine(absl::string_view line, size_t line_begin, size_t line_number) {
  const size_t comment = SkipBlanks(line);
  if (comment == line.size() || line[comment] != '#') return std::nullopt;
  constexpr absl::string_view kWord = "coding";
  for (size_t at = line.find(kWord, comment); at != absl::string_view::npos; at = line.find(kWord, at + 1)) {
    size_t begin = at + kWord.size();
    if (begin >= line.size() || (line[begin] != ':' && line[begin] != '=')) continue;
    do {
      ++begin;
    } while (begin < line.size() && (line[begin] == ' ' || line[begin] == '\t'));
    size_t end = begin;
    while (end < line.size() && IsNameCharacter(line[end])) ++end;
    if (end == begin) continue;
    const absl::string_view name = line.substr(begin, end - begin);
    return Cookie{line_begin + begin, line_begin + end, line_number, name, NormalName(name)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Cookie> FindCookie(absl::string_view bytes) {
  size_t begin = 0;
  for (size_t line_number = 0; line_number < 2 && begin < bytes.size(); ++line_number) {
    size_t next = 0;
    const absl::string_view line = LineAt(bytes, begin, &next);
    if (auto cookie = CookieOfLine(line, begin, line_number)) return cookie;
    const size_t first = SkipBlanks(line);
    if (first < line.size() && line[first] != '#') return std::nullopt;
    begin = next;
  }
  return std::nullopt;
}

std::optional<Cookie> FindLateCookie(absl::string_view bytes) {
  size_t begin = 0;
  for (size_t line_number = 0; line_number < 10 && begin < bytes.size(); ++line_number) {
    size_t next = 0;
    const absl::string_view line = LineAt(bytes, begin, &next);
    if (line_number >= 2) {
      if (auto cookie = CookieOfLine(line, begin, line_number)) return cookie;
    }
    begin = next;
  }
  return std::nullopt;
}

}  // namespace overt::grammar
