#include "tests/harness/snapshot.h"

#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace overt::harness {

bool UpdateRequested() {
  const char* value = std::getenv("OVERT_UPDATE");
  return value != nullptr && std::string(value) == "1";
}

void SnapshotUpdates::Replace(const std::string& path, const SuiteSnapshot& old_snapshot, std::string text) {
  changes_[path][old_snapshot.first_line] = {old_snapshot.line_count, std::move(text)};
}

void SnapshotUpdates::Apply() {
  for (const auto& [path, by_line] : changes_) {
    std::vector<std::string> lines = absl::StrSplit(ReadWholeFile(path), '\n');
    for (auto change = by_line.rbegin(); change != by_line.rend(); ++change) {
      std::vector<std::string> fresh = absl::StrSplit(change->second.text, '\n');
      if (!fresh.empty() && fresh.back().empty()) fresh.pop_back();
      const auto first = lines.begin() + static_cast<std::ptrdiff_t>(change->first - 1);
      const auto after = lines.erase(first, first + static_cast<std::ptrdiff_t>(change->second.line_count));
      lines.insert(after, fresh.begin(), fresh.end());
    }
    WriteWholeFile(path, absl::StrJoin(lines, "\n"));
  }
  changes_.clear();
}

}  // namespace overt::harness
