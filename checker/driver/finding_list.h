// Findings of an earlier run, as `--output-format json` wrote them down: which of those found now are meant.
//
//   absl::StatusOr<FindingList> list = FindingList::Read("/p/found.json", "/p");
//   list->Holds("/p/a.py", Rule::kMissingOverride, {2, 8})
//
// A finding is the same if file, rule, line and column are: a file that was edited since has others. Knows no texts.
#ifndef OVERT_CHECKER_DRIVER_FINDING_LIST_H_
#define OVERT_CHECKER_DRIVER_FINDING_LIST_H_

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "diagnostics/rule.h"
#include "diagnostics/span.h"

namespace overt::driver {

class FindingList {
 public:
  // Paths in the file start at `current_folder`, where it was written. Errors are one line for people, without `path`.
  static absl::StatusOr<FindingList> Read(const std::string& path, const std::string& current_folder);

  // `path`: absolute; `at`: in characters, from 0.
  bool Holds(const std::string& path, Rule rule, LineColumn at) const;
  std::vector<std::string> files() const;  // absolute, sorted, each once
  size_t size() const { return findings_.size(); }

 private:
  std::set<std::tuple<std::string, Rule, LineColumn>> findings_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_FINDING_LIST_H_
