#include "checker/driver/markdown_text.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace overt::driver {
namespace {

constexpr absl::string_view kTextMargin = "  ";
constexpr absl::string_view kCodeMargin = "      ";

// Columns of a text, with one for each character.
size_t Columns(absl::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Words, where what stands between backticks is never parted.
std::vector<std::string> WordsOf(absl::string_view paragraph) {
  std::vector<std::string> words;
  bool is_in_code = false;
  for (const absl::string_view piece : absl::StrSplit(paragraph, ' ', absl::SkipEmpty())) {
    if (is_in_code) {
      absl::StrAppend(&words.back(), " ", piece);
    } else {
      words.emplace_back(piece);
    }
    is_in_code ^= std::count(piece.begin(), piece.end(), '`') % 2 == 1;
  }
  return words;
}

void AppendParagraph(absl::string_view paragraph, size_t width, std::string& out) {
  std::string line;
  for (const std::string& word : WordsOf(paragraph)) {
    if (!line.empty() && kTextMargin.size() + Columns(line) + 1 + Columns(word) > width) {
      absl::StrAppend(&out, kTextMargin, line, "\n");
      line.clear();
    }
    absl::StrAppend(&line, line.empty() ? "" : " ", word);
  }
  if (!line.empty()) absl::StrAppend(&out, kTextMargin, line, "\n");
}

}  // namespace

std::string MarkdownAsText(absl::string_view page, bool use_color, size_t width) {
  std::string out;
  bool is_in_code = false;
  for (absl::string_view line : absl::StrSplit(absl::StripSuffix(page, "\n"), '\n')) {
    if (absl::StartsWith(line, "```")) {
      is_in_code = !is_in_code;
    } else if (is_in_code) {
      absl::StrAppend(&out, line.empty() ? "" : kCodeMargin, line, "\n");
    } else if (absl::StartsWith(line, "#")) {
      line = line.substr(std::min(line.find_first_not_of("# "), line.size()));
      absl::StrAppend(&out, use_color ? "\x1b[1m" : "", line, use_color ? "\x1b[0m" : "", "\n");
    } else if (line.empty()) {
      out += '\n';
    } else {
      AppendParagraph(line, width, out);
    }
  }
  return out;
}

}  // namespace overt::driver
