#include "grammar/base/python_version.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace overt::grammar {

std::optional<PythonVersion> ParsePythonVersion(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  uint32_t numbers[3] = {0, 0, 0};
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].empty() || parts[i].size() > 3 || !absl::SimpleAtoi(parts[i], &numbers[i]) || numbers[i] > 255) {
      return std::nullopt;
    }
  }
  return PythonVersion{static_cast<uint8_t>(numbers[0]), static_cast<uint8_t>(numbers[1])};
}

std::string ToString(PythonVersion version) {
  return absl::StrCat(static_cast<unsigned>(version.major), ".", static_cast<unsigned>(version.minor));
}

std::optional<PythonRange> ParseKnownPythons(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> ends = absl::StrSplit(text, absl::MaxSplits("..", 1));
  const std::optional<PythonVersion> oldest = ParsePythonVersion(ends.first);
  const std::optional<PythonVersion> newest = absl::StrContains(text, "..") ? ParsePythonVersion(ends.second) : oldest;
  if (!oldest || !newest || *oldest < kOldestPython || *newest > kNewestPython || *newest < *oldest)
    return std::nullopt;
  return PythonRange{*oldest, *newest};
}

}  // namespace overt::grammar
