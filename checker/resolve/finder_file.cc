#include "checker/resolve/finder_file.h"

#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace overt::resolve {
namespace {

void AppendUtf8(uint32_t point, std::string& out) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | (point >> 6));
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0 | (point >> 12));
    out += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x110000) {
    out += static_cast<char>(0xF0 | (point >> 18));
    out += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  }
}

// Reads Python literals as `repr` writes them. Every function leaves the position behind what it read, or says no.
class LiteralReader {
 public:
  LiteralReader(absl::string_view text, size_t at) : text_(text), at_(at) {}

  bool Take(char wanted) {
    while (at_ < text_.size() && absl::ascii_isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  std::optional<std::string> TakeString() {
    const char quote = Take('\'') ? '\'' : Take('"') ? '"' : '\0';
    if (quote == '\0') return std::nullopt;
    std::string value;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == quote) return value;
      if (c == '\n') return std::nullopt;
      if (c != '\\') {
        value += c;
      } else if (!TakeEscape(value)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  // `{'a': 'x', 'b': ['y', 'z']}`; stops at the first thing that is something else.
  void TakeDictionary(std::vector<FinderEntry>& entries) {
    if (!Take('{')) return;
    while (true) {
      std::optional<std::string> key = TakeString();
      if (!key || !Take(':')) return;
      if (std::optional<std::string> value = TakeString()) {
        entries.push_back({*std::move(key), *std::move(value)});
      } else if (!Take('[') || !TakeList(*key, entries)) {
        return;
      }
      if (!Take(',')) return;
    }
  }

 private:
  bool TakeList(const std::string& key, std::vector<FinderEntry>& entries) {
    while (std::optional<std::string> value = TakeString()) {
      entries.push_back({key, *std::move(value)});
      if (!Take(',')) break;
    }
    return Take(']');
  }

  bool TakeEscape(std::string& value) {
    if (at_ >= text_.size()) return false;
    const char kind = text_[at_++];
    const size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits == 0) {
      value += kind == 'n' ? '\n' : kind == 't' ? '\t' : kind == 'r' ? '\r' : kind;
      return true;
    }
    uint32_t point = 0;
    if (at_ + digits > text_.size() || !absl::SimpleHexAtoi(text_.substr(at_, digits), &point)) return false;
    at_ += digits;
    AppendUtf8(point, value);
    return true;
  }

  absl::string_view text_;
  size_t at_;
};

// Everything right of `word` at the beginning of a line: `MAPPING: dict[str, str] = {…}`.
void ReadTable(absl::string_view text, absl::string_view word, std::vector<FinderEntry>& entries) {
  for (size_t at = text.find(word); at != absl::string_view::npos; at = text.find(word, at + 1)) {
    if (at != 0 && text[at - 1] != '\n') continue;
    const size_t line_end = std::min(text.find('\n', at), text.size());
    const size_t equals = text.find('=', at);
    if (equals < line_end) LiteralReader(text, equals + 1).TakeDictionary(entries);
  }
}

void ReadMapModuleCalls(absl::string_view text, std::vector<FinderEntry>& entries) {
  constexpr absl::string_view kCall = ".map_module(";
  for (size_t at = text.find(kCall); at != absl::string_view::npos; at = text.find(kCall, at + 1)) {
    LiteralReader reader(text, at + kCall.size());
    std::optional<std::string> module = reader.TakeString();
    if (!module || !reader.Take(',')) continue;
    if (std::optional<std::string> path = reader.TakeString()) {
      entries.push_back({*std::move(module), *std::move(path)});
    }
  }
}

void ReadInstallCalls(absl::string_view text, std::vector<FinderEntry>& entries) {
  constexpr absl::string_view kCall = "\ninstall(";
  for (size_t at = text.find(kCall); at != absl::string_view::npos; at = text.find(kCall, at + 1)) {
    LiteralReader(text, at + kCall.size()).TakeDictionary(entries);
  }
}

void NameFolderOrStem(FinderEntry& entry) {
  absl::string_view path = entry.path;
  if (absl::ConsumeSuffix(&path, ".pyi") || absl::ConsumeSuffix(&path, ".py")) absl::ConsumeSuffix(&path, "/__init__");
  entry.path = std::string(path);
}

}  // namespace

std::vector<FinderEntry> ReadFinderFile(absl::string_view text) {
  std::vector<FinderEntry> found;
  ReadTable(text, "MAPPING", found);
  ReadTable(text, "NAMESPACES", found);
  ReadMapModuleCalls(text, found);
  ReadInstallCalls(text, found);
  absl::flat_hash_map<std::string, std::string> places;
  for (FinderEntry& entry : found) {
    NameFolderOrStem(entry);
    places.try_emplace(entry.module, entry.path);
  }
  std::vector<FinderEntry> kept;
  for (FinderEntry& entry : found) {
    const size_t dot = entry.module.rfind('.');
    const auto around = dot == std::string::npos ? places.end() : places.find(entry.module.substr(0, dot));
    const bool follows =
        around != places.end() && entry.path == absl::StrCat(around->second, "/", entry.module.substr(dot + 1));
    if (!follows && !entry.module.empty() && absl::StartsWith(entry.path, "/")) kept.push_back(std::move(entry));
  }
  return kept;
}

}  // namespace overt::resolve
