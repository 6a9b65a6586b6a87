// Patterns that choose files, as `.gitignore` writes them: `*.py`, `/build/`, `docs/**/x.py`, `!keep.py`.
//
//   PatternSet set({"build/", "!build/keep/"});
//   set.Match("build", PatternSet::Entry::kFolder)         // kIgnored
//   set.MatchOrAbove("build/a.py")                         // kIgnored: a folder above it is
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

  struct Pattern {
    FilePattern written;
    std::string glob;
    bool negated = false;
    bool anchored = false;  // holds a slash before its end: matched from the folder on
    bool folders_only = false;
  };

  PatternSet() = default;
  explicit PatternSet(const std::vector<std::string>& patterns);
  explicit PatternSet(const std::vector<FilePattern>& patterns);
  // The lines of a `.gitignore`: comments, blank lines, escapes, trailing spaces. `name` of the file, for people.
  static PatternSet FromIgnoreFile(absl::string_view text, absl::string_view name);

  // `path` is relative to the folder that the patterns belong to, with `/`, without a leading one.
  Decision Match(absl::string_view path, Entry entry) const { return DecisionOf(Deciding(path, entry)); }
  // The pattern that decides; null for kNone.
  const Pattern* Deciding(absl::string_view path, Entry entry) const;
  // The same for a file whose folders nobody asked about: a pattern that matches a folder covers all that is below it,
  // and the nearest folder that any pattern matches decides.
  Decision MatchOrAbove(absl::string_view path) const;
  bool empty() const { return patterns_.empty(); }

 private:
  static Decision DecisionOf(const Pattern* pattern);
  static Pattern Compile(FilePattern written);
  std::vector<Pattern> patterns_;
};

// One path against one glob: `?`, `*` within a segment, `**` across segments, `[a-z]`. A `**` at the end stands for
// everything inside, at least one segment.
bool GlobMatches(absl::string_view glob, absl::string_view path);

// Whether an `[[overrides]]` table speaks of a file (both absolute; `project` is where its patterns start).
bool AppliesTo(const OverrideSettings& overrides, absl::string_view project, absl::string_view path);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_IGNORE_RULES_H_
