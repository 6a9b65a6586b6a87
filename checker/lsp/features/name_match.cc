#include "checker/lsp/features/name_match.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace overt::lsp {
namespace {

// What is longer is nobody's word: only pieces of it are looked for.
constexpr size_t kLongestName = 256;

unsigned char ByteAt(absl::string_view text, size_t at) { return static_cast<unsigned char>(text[at]); }

bool IsSameLetter(char a, char b) {
  return absl::ascii_tolower(static_cast<unsigned char>(a)) == absl::ascii_tolower(static_cast<unsigned char>(b));
}

bool FollowsInOrder(absl::string_view wanted, absl::string_view name) {
  size_t found = 0;
  for (size_t i = 0; i < name.size() && found < wanted.size(); ++i) found += IsSameLetter(wanted[found], name[i]);
  return found == wanted.size();
}

// "read_row", "CsvReader", "HTTPServer", "row2": where a word begins.
bool BeginsWord(absl::string_view name, size_t at) {
  if (at == 0) return true;
  const unsigned char before = ByteAt(name, at - 1), here = ByteAt(name, at);
  if (before == '_') return here != '_';
  if (absl::ascii_isdigit(here)) return !absl::ascii_isdigit(before);
  if (!absl::ascii_isupper(here)) return false;
  return !absl::ascii_isupper(before) || (at + 1 < name.size() && absl::ascii_islower(ByteAt(name, at + 1)));
}

// Letter by letter: at which places of the name the query may have got so far.
bool FollowsWords(absl::string_view wanted, absl::string_view name) {
  if (name.size() > kLongestName) return false;
  std::vector<bool> ends(name.size(), false);
  for (size_t i = 0; i < wanted.size(); ++i) {
    std::vector<bool> next(name.size(), false);
    bool was_reached = false;  // somewhere before the place
    for (size_t at = 0; at < name.size(); ++at) {
      const bool goes_on = at > 0 && ends[at - 1];
      const bool may_begin = (i == 0 || was_reached) && BeginsWord(name, at);
      next[at] = IsSameLetter(wanted[i], name[at]) && (may_begin || (i > 0 && goes_on));
      was_reached = was_reached || ends[at];
    }
    ends = std::move(next);
  }
  return std::find(ends.begin(), ends.end(), true) != ends.end();
}

std::optional<NameFit> FitOfOne(absl::string_view wanted, absl::string_view name) {
  if (wanted.empty()) return NameFit::kSame;
  if (!FollowsInOrder(wanted, name)) return std::nullopt;
  if (absl::EqualsIgnoreCase(name, wanted)) return NameFit::kSame;
  if (absl::StartsWithIgnoreCase(name, wanted)) return NameFit::kBegins;
  if (FollowsWords(wanted, name)) return NameFit::kWords;
  const auto piece = std::search(name.begin(), name.end(), wanted.begin(), wanted.end(), IsSameLetter);
  return piece == name.end() ? NameFit::kInOrder : NameFit::kWithin;
}

}  // namespace

NameQuery::NameQuery(absl::string_view text) {
  containers_ = absl::StrSplit(absl::StripAsciiWhitespace(text), '.');
  name_ = std::move(containers_.back());
  containers_.pop_back();
}

std::optional<NameFit> NameQuery::FitOf(absl::string_view name) const { return FitOfOne(name_, name); }

std::optional<NameFit> NameQuery::FitWithin(absl::string_view container) const {
  const std::vector<absl::string_view> parts = absl::StrSplit(container, '.');
  NameFit worst = NameFit::kSame;
  size_t left = parts.size();
  for (auto wanted = containers_.rbegin(); wanted != containers_.rend(); ++wanted) {
    std::optional<NameFit> fit;
    while (left > 0 && !fit) fit = FitOfOne(*wanted, parts[--left]);
    if (!fit) return std::nullopt;
    worst = std::max(worst, *fit);
  }
  return worst;
}

}  // namespace overt::lsp
