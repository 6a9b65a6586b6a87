#include "checker/driver/ignore_rules.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace overt::driver {
namespace {

// One segment of a glob (no slash) against one segment of a path; `*` backtracks to its last place only, so the time
// is bounded by the product of both lengths.
class SegmentMatcher {
 public:
  SegmentMatcher(absl::string_view glob, absl::string_view text) : glob_(glob), text_(text) {}

  bool Run() {
    size_t star = absl::string_view::npos;
    size_t star_text = 0;
    size_t g = 0;
    size_t t = 0;
    while (t < text_.size()) {
      size_t after = g;
      if (g < glob_.size() && glob_[g] == '*') {
        star = g++;
        star_text = t;
      } else if (g < glob_.size() && MatchOne(g, text_[t], &after)) {
        g = after;
        ++t;
      } else if (star != absl::string_view::npos) {
        g = star + 1;
        t = ++star_text;
      } else {
        return false;
      }
    }
    while (g < glob_.size() && glob_[g] == '*') ++g;
    return g == glob_.size();
  }

 private:
  bool MatchOne(size_t g, char c, size_t* after) const {
    if (glob_[g] == '?') {
      *after = g + 1;
      return true;
    }
    if (glob_[g] == '\\' && g + 1 < glob_.size()) {
      *after = g + 2;
      return glob_[g + 1] == c;
    }
    if (glob_[g] == '[') {
      const size_t close = glob_.find(']', g + 2);
      if (close != absl::string_view::npos) {
        *after = close + 1;
        return InClass(glob_.substr(g + 1, close - g - 1), c);
      }
    }
    *after = g + 1;
    return glob_[g] == c;
  }

  static bool InClass(absl::string_view set, char c) {
    const bool negated = absl::ConsumePrefix(&set, "!") || absl::ConsumePrefix(&set, "^");
    bool found = false;
    for (size_t i = 0; i < set.size(); ++i) {
      if (i + 2 < set.size() && set[i + 1] == '-') {
        found |= set[i] <= c && c <= set[i + 2];
        i += 2;
      } else {
        found |= set[i] == c;
      }
    }
    return found != negated;
  }

  absl::string_view glob_;
  absl::string_view text_;
};

bool SegmentMatches(absl::string_view glob, absl::string_view text) { return SegmentMatcher(glob, text).Run(); }

}  // namespace

// `**` stands for any number of segments; it backtracks to its last place only, like `*` above.
bool GlobMatches(absl::string_view glob, absl::string_view path) {
  const std::vector<absl::string_view> globs = absl::StrSplit(glob, '/');
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '/');
  size_t star = absl::string_view::npos;
  size_t star_part = 0;
  size_t g = 0;
  size_t p = 0;
  while (p < parts.size()) {
    if (g < globs.size() && globs[g] == "**") {
      star = g++;
      star_part = p;
    } else if (g < globs.size() && SegmentMatches(globs[g], parts[p])) {
      ++g;
      ++p;
    } else if (star != absl::string_view::npos) {
      g = star + 1;
      p = ++star_part;
    } else {
      return false;
    }
  }
  return g == globs.size();
}

PatternSet::Pattern PatternSet::Compile(FilePattern written) {
  Pattern pattern;
  absl::string_view text = written.text;
  pattern.negated = absl::ConsumePrefix(&text, "!");
  if (absl::StartsWith(text, "\\!") || absl::StartsWith(text, "\\#")) text.remove_prefix(1);
  pattern.folders_only = absl::ConsumeSuffix(&text, "/");
  const bool leading = absl::ConsumePrefix(&text, "/");
  pattern.anchored = leading || absl::StrContains(text, "/");
  pattern.glob = std::string(text);
  pattern.written = std::move(written);
  return pattern;
}

PatternSet::PatternSet(const std::vector<std::string>& patterns) {
  for (const std::string& text : patterns) patterns_.push_back(Compile({text, ""}));
}

PatternSet::PatternSet(const std::vector<FilePattern>& patterns) {
  for (const FilePattern& pattern : patterns) patterns_.push_back(Compile(pattern));
}

PatternSet PatternSet::FromIgnoreFile(absl::string_view text, absl::string_view name) {
  PatternSet set;
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  size_t number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    absl::ConsumeSuffix(&line, "\r");
    while (absl::EndsWith(line, " ") && !absl::EndsWith(line, "\\ ")) line.remove_suffix(1);
    if (line.empty() || line[0] == '#') continue;
    set.patterns_.push_back(Compile({std::string(line), absl::StrCat(name, ":", number)}));
  }
  return set;
}

const PatternSet::Pattern* PatternSet::Deciding(absl::string_view path, Entry entry) const {
  const size_t slash = path.rfind('/');
  const absl::string_view name = slash == absl::string_view::npos ? path : path.substr(slash + 1);
  for (auto it = patterns_.rbegin(); it != patterns_.rend(); ++it) {
    if (it->folders_only && entry != Entry::kFolder) continue;
    const bool matches = it->anchored ? GlobMatches(it->glob, path) : SegmentMatches(it->glob, name);
    if (matches) return &*it;
  }
  return nullptr;
}

PatternSet::Decision PatternSet::DecisionOf(const Pattern* pattern) {
  if (pattern == nullptr) return Decision::kNone;
  return pattern->negated ? Decision::kKept : Decision::kIgnored;
}

PatternSet::Decision PatternSet::MatchOrAbove(absl::string_view path) const {
  Decision decision = Match(path, Entry::kFile);
  size_t slash = path.rfind('/');
  while (decision == Decision::kNone && slash != absl::string_view::npos && slash > 0) {
    decision = Match(path.substr(0, slash), Entry::kFolder);
    slash = path.rfind('/', slash - 1);
  }
  return decision;
}

bool AppliesTo(const OverrideSettings& overrides, absl::string_view project, absl::string_view path) {
  if (!absl::ConsumePrefix(&path, project) || !absl::ConsumePrefix(&path, "/")) return false;
  const auto matches = [&](const std::vector<std::string>& patterns) {
    return PatternSet(patterns).MatchOrAbove(path) == PatternSet::Decision::kIgnored;
  };
  return !matches(overrides.exclude) && (overrides.include.empty() || matches(overrides.include));
}

}  // namespace overt::driver
