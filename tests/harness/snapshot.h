// Pinned outputs that stand in the Markdown file itself, and the one switch that rewrites them in place.
//
//   OVERT_UPDATE=1 build/dev/tests/check_suite_test
//
// Edits are gathered while tests run and written once at the end, from the last line of a file to its first, so that
// line numbers stay true meanwhile.
#ifndef OVERT_TESTS_HARNESS_SNAPSHOT_H_
#define OVERT_TESTS_HARNESS_SNAPSHOT_H_

#include <map>
#include <string>

#include "tests/harness/md_suite.h"

namespace overt::harness {

bool UpdateRequested();  // OVERT_UPDATE=1

class SnapshotUpdates {
 public:
  void Replace(const std::string& path, const SuiteSnapshot& old_snapshot, std::string text);
  // Writes all files that have changes, and forgets them.
  void Apply();

 private:
  struct Change {
    size_t line_count = 0;
    std::string text;
  };
  std::map<std::string, std::map<size_t, Change>> changes_;  // by path, then by first line
};

}  // namespace overt::harness

#endif  // OVERT_TESTS_HARNESS_SNAPSHOT_H_
