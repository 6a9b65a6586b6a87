#include "checker/driver/redact.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace overt::driver {
namespace {

// Where a part of a path ends: at a slash, and where the path does.
size_t EndOfPart(absl::string_view text, size_t at) {
  const size_t end = text.find_first_of("/ \t\n:,;'\"`()<>[]{}", at);
  return end == absl::string_view::npos ? text.size() : end;
}

bool IsFolderOfHomes(absl::string_view before) {
  return absl::EndsWith(before, "/home/") || absl::EndsWith(before, "/Users/");
}

}  // namespace

Redactor::Redactor(std::string home, std::vector<std::string> users)
    : home_(std::move(home)), users_(std::move(users)) {
  while (absl::EndsWith(home_, "/")) home_.pop_back();
  std::erase(users_, "");
}

std::string Redactor::WithoutUsers(absl::string_view text) const {
  std::string out;
  size_t at = 0;
  while (at < text.size()) {
    out += text[at];
    if (text[at++] != '/') continue;
    const size_t end = EndOfPart(text, at);
    const absl::string_view part = text.substr(at, end - at);
    const bool is_home = IsFolderOfHomes(text.substr(0, at)) && !part.empty();
    if (!is_home && !absl::c_linear_search(users_, part)) continue;
    out += "<user>";
    at = end;
  }
  return out;
}

std::string Redactor::Redacted(absl::string_view text) const {
  std::string out;
  size_t at = 0;
  while (at < text.size()) {
    const size_t behind = at + home_.size();
    // Not `/home/adam` for `/home/ada`.
    const bool is_home = !home_.empty() && text.substr(at, home_.size()) == home_ && EndOfPart(text, behind) == behind;
    absl::StrAppend(&out, is_home ? "~" : text.substr(at, 1));
    at = is_home ? behind : at + 1;
  }
  return WithoutUsers(out);
}

}  // namespace overt::driver
