#include "checker/rules/dotted_names.h"

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace overt::rules {
namespace {

bool MatchesGlob(absl::string_view pattern, absl::string_view name) {
  size_t at_pattern = 0;
  size_t at_name = 0;
  size_t last_star = absl::string_view::npos;  // where to go back to, one character of the name further on
  size_t retry = 0;
  while (at_name < name.size()) {
    if (at_pattern < pattern.size() && pattern[at_pattern] == '*') {
      last_star = at_pattern++;
      retry = at_name;
    } else if (at_pattern < pattern.size() && pattern[at_pattern] == name[at_name]) {
      ++at_pattern;
      ++at_name;
    } else if (last_star != absl::string_view::npos) {
      at_pattern = last_star + 1;
      at_name = ++retry;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at_pattern) == absl::string_view::npos;
}

}  // namespace

bool MatchesDotted(absl::string_view pattern, absl::string_view name) {
  absl::string_view stem = pattern;
  return MatchesGlob(pattern, name) || (absl::ConsumeSuffix(&stem, ".*") && MatchesGlob(stem, name));
}

bool MatchesAnyDotted(absl::Span<const std::string> patterns, absl::string_view name) {
  return absl::c_any_of(patterns, [&](const std::string& pattern) { return MatchesDotted(pattern, name); });
}

}  // namespace overt::rules
