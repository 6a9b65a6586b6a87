#include "checker/driver/why_not.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/driver/exclusions.h"
#include "checker/driver/terminal.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/shown_path.h"
#include "grammar/source/disk_log.h"

namespace overt::driver {
namespace {

bool IsThere(const std::string& path) { return grammar::AskKind(path).kind != grammar::PathKind::kNothing; }

// Goes down from a folder that is searched, step by step, as the search would.
class WayDown {
 public:
  WayDown(std::string root, const SettingsLookup& settings_for, absl::string_view current_folder)
      : root_(std::move(root)), settings_for_(settings_for), current_folder_(current_folder) {}

  // What stands in the way; empty if nothing does.
  std::string Obstacle(const std::string& path) {
    ignore_files_ = IgnoreFilesAbove(root_);
    std::string at = root_;
    const absl::string_view rest = absl::StripPrefix(absl::StripPrefix(path, root_), "/");
    for (const absl::string_view name : absl::StrSplit(rest, '/', absl::SkipEmpty())) {
      AddIgnoreFilesOf(at, IsThere(at + "/.git"), IsThere(at + "/.gitignore"), ignore_files_);
      const std::shared_ptr<const Settings> settings = settings_for_(at + "/.");
      at = resolve::CleanPath(at, name);
      std::string obstacle = ObstacleOf(at, name, *settings);
      if (!obstacle.empty()) return obstacle;
    }
    return "";
  }

 private:
  std::string Shown(absl::string_view path) const { return resolve::ShownPath(path, current_folder_); }

  std::string ObstacleOf(const std::string& path, absl::string_view name, const Settings& settings) {
    const bool is_folder = resolve::IsFolder(path);
    if (!is_folder && !IsPythonFile(name)) return "only .py and .pyi files are looked for";
    if (!is_folder && !resolve::IsFile(path)) return absl::StrCat(Shown(path), " is not a regular file");
    if (is_folder && IsNeverEntered(name)) {
      return absl::StrCat("folders of the name `", name, "` are never searched");
    }
    const auto entry = is_folder ? PatternSet::Entry::kFolder : PatternSet::Entry::kFile;
    if (const auto exclusion = exclusions_.Of(path, entry, settings, ignore_files_)) {
      const std::string what = ShowExclusion(*exclusion, current_folder_);
      return exclusion->is_not_included ? absl::StrCat("no pattern of ", what, " includes it")
                                        : absl::StrCat(what, " excludes ", Shown(path));
    }
    if (!is_folder) return "";
    const bool leads_out =
        grammar::AskIsLink(path) && !resolve::IsInside(resolve::RealPath(path), resolve::RealPath(root_));
    if (leads_out) return absl::StrCat(Shown(path), " is a link that leads out of ", Shown(root_));
    if (IsThere(path + "/pyvenv.cfg")) return absl::StrCat(Shown(path), " is a virtual environment");
    return "";
  }

  const std::string root_;
  const SettingsLookup& settings_for_;
  const absl::string_view current_folder_;
  Exclusions exclusions_;
  IgnoreFiles ignore_files_;
};

}  // namespace

std::string ShowExclusion(const Exclusion& exclusion, absl::string_view current_folder) {
  const absl::string_view pattern = exclusion.pattern.text;
  const absl::string_view what = exclusion.is_not_included ? "src.include" : pattern;
  return absl::StrCat("`", what, "` (", resolve::ShownPath(exclusion.pattern.origin, current_folder), ")");
}

std::string WhyNothingFound(const FoundFiles& found, const std::vector<std::string>& paths,
                            absl::string_view current_folder) {
  const auto is_missing = [&](const std::string& path) {
    const std::string absolute = AbsolutePath(path, current_folder);
    return absl::c_any_of(found.skipped, [&](const auto& one) { return one.is_error && one.path == absolute; });
  };
  std::vector<std::string> searched = paths.empty() ? std::vector<std::string>{"."} : paths;
  std::erase_if(searched, is_missing);
  if (searched.empty()) return "";
  constexpr size_t kMostShown = 5;
  std::vector<std::string> parts;
  for (const FoundFiles::Excluded& one : found.excluded) {
    if (parts.size() == kMostShown) break;
    const std::string what = ShowExclusion(one.why, current_folder);
    std::vector<std::string> counts;
    if (one.files > 0) counts.push_back(absl::StrCat(one.files, one.files == 1 ? " file" : " files"));
    if (one.folders > 0) counts.push_back(absl::StrCat(one.folders, one.folders == 1 ? " folder" : " folders"));
    parts.push_back(
        absl::StrCat(what, one.why.is_not_included ? " leaves out " : " excludes ", absl::StrJoin(counts, " and ")));
  }
  const size_t more = found.excluded.size() - parts.size();
  if (more > 0) parts.push_back(absl::StrCat("and ", more, more == 1 ? " more pattern" : " more patterns"));
  return absl::StrCat(": searched ", absl::StrJoin(searched, ", "), parts.empty() ? "" : ", where ",
                      absl::StrJoin(parts, ", "));
}

std::string WhyNotFound(const std::string& path, const std::vector<std::string>& roots,
                        const SettingsLookup& settings_for, absl::string_view current_folder) {
  bool is_below = false;
  for (const std::string& root : roots) {
    if (!resolve::IsInside(path, root)) continue;
    is_below = true;
    std::string obstacle = WayDown(root, settings_for, current_folder).Obstacle(path);
    if (!obstacle.empty()) return obstacle;
  }
  if (!is_below) {
    return absl::StrCat("it is not below ", absl::StrJoin(roots, ", ", [&](std::string* out, const std::string& root) {
                          absl::StrAppend(out, resolve::ShownPath(root, current_folder));
                        }));
  }
  Exclusions exclusions;
  const bool is_folder = resolve::IsFolder(path);
  const std::shared_ptr<const Settings> settings = settings_for(is_folder ? path + "/." : path);
  const auto entry = is_folder ? PatternSet::Entry::kFolder : PatternSet::Entry::kFile;
  const auto forced_out = exclusions.OfNamed(path, entry, *settings);
  if (forced_out && settings->source.force_exclude) {
    return absl::StrCat(ShowExclusion(*forced_out, current_folder), " excludes it, named or not");
  }
  if (is_folder) return "it holds no Python file that would be checked";
  const std::string real = resolve::RealPath(path);
  if (real != path) return absl::StrCat("it is reached under another name, ", resolve::ShownPath(real, current_folder));
  return "its folder is searched under another name";
}

}  // namespace overt::driver
