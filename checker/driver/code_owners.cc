#include "checker/driver/code_owners.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "checker/resolve/disk.h"
#include "grammar/source/disk_log.h"

namespace overt::driver {
namespace {

constexpr size_t kMostOwnersBytes = size_t{3} << 20;  // what GitHub reads

// The words of a line up to a comment. `\ ` is a blank within a word.
std::vector<std::string> OwnerWords(absl::string_view line) {
  std::vector<std::string> words(1);
  for (size_t i = 0; i < line.size(); ++i) {
    const bool is_word_start = words.back().empty();
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == ' ') {
      words.back() += line[++i];
    } else if (line[i] == '#' && is_word_start) {
      break;
    } else if (!absl::ascii_isspace(static_cast<unsigned char>(line[i]))) {
      words.back() += line[i];
    } else if (!is_word_start) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

CodeOwners::CodeOwners(absl::string_view text) {
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    std::vector<std::string> words = OwnerWords(line);
    // `[Section]` and `^[Optional section]`; `!` would take back, which neither knows.
    if (words.empty() || absl::StartsWith(words[0], "[") || absl::StartsWith(words[0], "^[") || words[0][0] == '!') {
      continue;
    }
    Line one;
    one.is_of_one_folder = absl::EndsWith(words[0], "/*");
    one.pattern = PatternSet(std::vector<std::string>{std::move(words[0])});
    one.owners = absl::StrJoin(words.begin() + 1, words.end(), " ");
    lines_.push_back(std::move(one));
  }
}

CodeOwners CodeOwners::Find(const std::string& folder, std::string* root) {
  for (std::string at = folder;; at = resolve::Parent(at)) {
    const std::string inside = at == "/" ? at : absl::StrCat(at, "/");
    for (const absl::string_view name : {".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"}) {
      const absl::StatusOr<grammar::FileContents> contents =
          grammar::AskContents(absl::StrCat(inside, name), kMostOwnersBytes);
      if (!contents.ok()) continue;
      *root = at;
      return CodeOwners(contents->bytes);
    }
    const bool is_repository = grammar::AskKind(absl::StrCat(inside, ".git")).kind != grammar::PathKind::kNothing;
    if (at == "/" || is_repository) break;
  }
  *root = folder;
  return {};
}

std::string CodeOwners::Of(absl::string_view path) const {
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
    const PatternSet::Decision decision =
        line->is_of_one_folder ? line->pattern.Match(path, PatternSet::Entry::kFile) : line->pattern.MatchOrAbove(path);
    if (decision == PatternSet::Decision::kIgnored) return line->owners;
  }
  return "";
}

}  // namespace overt::driver
