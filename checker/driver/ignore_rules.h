// Patterns that choose files, as `.gitignore` writes them: `*.py`, `/build/`, `docs/**/x.py`, `!keep.py`.
//
//   PatternSet set({"build/", "!build/keep/"});
//   set.Match("build/a.py", PatternSet::Entry::kFile)      # kExcluded
//
// Matching takes time linear in pattern and path. Source: the documentation of gitignore.
#ifndef OVERT_CHECKER_DRIVER_IGNORE_RULES_H_
#define OVERT_CHECKER_DRIVER_IGNORE_RULES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "checker/driver/settings.h"

namespace overt::driver {

class PatternSet {
 public:
  enum class Entry : uint8_t { kFile, kFolder };
  enum class Decision : uint8_t { kNone, kIgnored, kKept };  // the last pattern that matches decides

  PatternSet() = default;
  explicit PatternSet(const std::vector<std::string>& patterns);
  // The lines of a `.gitignore`: comments, blank lines, escapes, trailing spaces.
  static PatternSet FromIgnoreFile(absl::string_view text);

  // `path` is relative to the folder that the patterns belong to, with `/`, without a leading one.
  Decision Match(absl::string_view path, Entry entry) const;
  bool empty() const { return patterns_.empty(); }

 private:
  struct Pattern {
    std::string glob;
    bool negated = false;
    bool anchored = false;  // holds a slash before its end: matched from the folder on
    bool folders_only = false;
  };
  static Pattern Compile(absl::string_view text);
  std::vector<Pattern> patterns_;
};

// One path against one glob: `?`, `*` within a segment, `**` across segments, `[a-z]`.
bool GlobMatches(absl::string_view glob, absl::string_view path);

// Whether an `[[overrides]]` table speaks of a file (both absolute; `project` is where its patterns start).
bool AppliesTo(const OverrideSettings& overrides, absl::string_view project, absl::string_view path);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_IGNORE_RULES_H_
