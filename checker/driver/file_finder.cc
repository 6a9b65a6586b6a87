#include "checker/driver/file_finder.h"

#include <dirent.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "checker/driver/config_file.h"
#include "checker/driver/ignore_rules.h"
#include "checker/driver/parallel.h"
#include "checker/resolve/disk.h"
#include "diagnostics/spelling.h"
#include "grammar/source/disk_log.h"
#include "grammar/source/source_file.h"

namespace overt::driver {
namespace {

using grammar::FolderListing;
using grammar::KindAnswer;
using grammar::PathKind;

// Folders that never hold a project's own sources.
constexpr absl::string_view kNeverEntered[] = {".bzr",           ".direnv",  ".eggs",        ".git",     ".hg",
                                               ".mypy_cache",    ".nox",     ".overt_cache", ".pants.d", ".pytype",
                                               ".ruff_cache",    ".svn",     ".tox",         ".venv",    "__pycache__",
                                               "__pypackages__", "buck-out", "node_modules", "venv"};

// A folder that is being listed, with what is inherited from the folders around.
struct Folder {
  std::string path;
  std::shared_ptr<const std::vector<std::pair<std::string, PatternSet>>> ignores;  // folder, patterns; outermost first
  bool is_named = false;  // by the user: entered whatever it is
  FolderListing listing;
};

struct RealFolder {
  uint64_t device;
  uint64_t inode;
  friend bool operator==(const RealFolder&, const RealFolder&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const RealFolder& folder) {
    return H::combine(std::move(hash), folder.device, folder.inode);
  }
};

absl::string_view Below(absl::string_view path, absl::string_view folder) {
  absl::ConsumePrefix(&path, folder);
  absl::ConsumePrefix(&path, "/");
  return path;
}

class Finder {
 public:
  Finder(const SettingsLookup& settings_for, const FolderNote& without_config, unsigned threads)
      : settings_for_(settings_for), without_config_(without_config), threads_(threads) {}

  void Take(const std::string& path) {
    const KindAnswer answer = grammar::AskKind(path);
    switch (answer.kind) {
      case PathKind::kNothing:
        found_.skipped.push_back({path, answer.error == ENOENT ? NoSuchPath(path) : std::strerror(answer.error), true});
        break;
      case PathKind::kFolder: Walk(path); break;
      case PathKind::kOther: found_.skipped.push_back({path, "not a regular file", true}); break;
      case PathKind::kFile: {
        const std::shared_ptr<const Settings> settings = settings_for_(path);
        if (!settings->source.force_exclude || !IsNamedFileExcluded(path, *settings)) found_.files.push_back(path);
        break;
      }
    }
  }

  // As if the file had been found on the way down from the project's folder.
  bool IsNamedFileExcluded(const std::string& path, const Settings& settings) {
    const absl::string_view relative = Below(path, settings.project);
    for (size_t slash = relative.find('/'); slash != absl::string_view::npos; slash = relative.find('/', slash + 1)) {
      const std::string folder = path.substr(0, path.size() - relative.size() + slash);
      if (IsExcluded(folder, PatternSet::Entry::kFolder, settings, {})) return true;
    }
    return IsExcluded(path, PatternSet::Entry::kFile, settings, {});
  }

  FoundFiles Finish() && {
    absl::c_sort(found_.files);
    found_.files.erase(std::unique(found_.files.begin(), found_.files.end()), found_.files.end());
    absl::c_sort(found_.skipped, [](const auto& a, const auto& b) { return a.path < b.path; });
    return std::move(found_);
  }

 private:
  using Ignores = std::vector<std::pair<std::string, PatternSet>>;

  // Level by level: waiting for the disk is most of the work, so the folders of one level are read side by side.
  void Walk(const std::string& root) {
    std::vector<Folder> level;
    level.push_back({root, std::make_shared<const Ignores>(IgnoresAbove(root)), /*is_named=*/true, {}});
    while (!level.empty()) {
      ParallelForEach(level, threads_, [](Folder& folder) { folder.listing = grammar::AskFolder(folder.path); });
      std::vector<Folder> below;
      for (const Folder& folder : level) Visit(folder, below);
      level = std::move(below);
    }
  }

  // The `.gitignore` files from the repository's top down to the folder above `root`.
  Ignores IgnoresAbove(const std::string& root) const {
    std::vector<std::string> above;
    std::string folder = root;
    while (folder.size() > 1) {
      const bool is_top = grammar::AskKind(absl::StrCat(folder, "/.git")).kind != PathKind::kNothing;
      if (is_top) {
        Ignores ignores;
        for (auto it = above.rbegin(); it != above.rend(); ++it) AddIgnoreFile(*it, ignores);
        return ignores;
      }
      const size_t slash = folder.rfind('/');
      folder.resize(slash == std::string::npos ? 0 : slash);
      above.push_back(folder);
    }
    return {};
  }

  static void AddIgnoreFile(const std::string& folder, Ignores& ignores) {
    constexpr size_t kMostIgnoreBytes = 10u << 20;
    const absl::StatusOr<std::string> text =
        grammar::ReadFileBytes(absl::StrCat(folder, "/.gitignore"), kMostIgnoreBytes);
    if (!text.ok()) return;
    PatternSet patterns = PatternSet::FromIgnoreFile(*text);
    if (!patterns.empty()) ignores.emplace_back(folder, std::move(patterns));
  }

  static bool IsIgnored(absl::string_view path, PatternSet::Entry entry, const Ignores& ignores) {
    for (auto it = ignores.rbegin(); it != ignores.rend(); ++it) {
      switch (it->second.Match(Below(path, it->first), entry)) {
        case PatternSet::Decision::kIgnored: return true;
        case PatternSet::Decision::kKept: return false;
        case PatternSet::Decision::kNone: break;
      }
    }
    return false;
  }

  // "no such file or folder; did you mean `other.py`?"
  static std::string NoSuchPath(const std::string& path) {
    const size_t slash = path.rfind('/');
    const std::string folder = path.substr(0, slash == 0 ? 1 : slash);
    std::vector<std::string> names;
    for (const FolderListing::Entry& entry : grammar::AskFolder(folder).entries) {
      if (entry.name[0] != '.' && (IsPythonFile(entry.name) || entry.type == DT_DIR)) names.push_back(entry.name);
    }
    const std::vector<absl::string_view> candidates(names.begin(), names.end());
    const absl::string_view near = NearestBySpelling(absl::string_view(path).substr(slash + 1), candidates);
    if (near.empty()) return "no such file or folder";
    return absl::StrCat("no such file or folder; did you mean `", near, "`?");
  }

  bool IsExcluded(const std::string& path, PatternSet::Entry entry, const Settings& settings, const Ignores& ignores) {
    const Patterns& patterns = PatternsOf(settings);
    const absl::string_view relative = Below(path, settings.project);
    const PatternSet::Decision decision = patterns.exclude.Match(relative, entry);
    if (decision == PatternSet::Decision::kIgnored) return true;
    if (decision == PatternSet::Decision::kNone && settings.source.respect_ignore_files &&
        IsIgnored(path, entry, ignores)) {
      return true;
    }
    return entry == PatternSet::Entry::kFile && !patterns.include.empty() &&
           patterns.include.Match(relative, entry) != PatternSet::Decision::kIgnored;
  }

  struct Patterns {
    PatternSet include, exclude;
  };
  const Patterns& PatternsOf(const Settings& settings) {
    std::unique_ptr<Patterns>& patterns = patterns_[&settings];
    if (patterns == nullptr) {
      patterns = std::make_unique<Patterns>();
      patterns->include = PatternSet(settings.source.include);
      patterns->exclude = PatternSet(settings.source.exclude);
    }
    return *patterns;
  }

  // What one reading of a folder shows. Asking the disk for names one by one costs more than everything else here.
  struct Listing {
    std::vector<std::pair<std::string, bool>> entries;  // Python files and folders: name, is a folder
    bool has_ignore_file = false, has_config = false, is_environment = false;
  };

  // Nothing if the folder was seen already, through a link, or cannot be read.
  std::optional<Listing> Sift(const std::string& folder, const FolderListing& all) {
    if (all.error != 0) {
      found_.skipped.push_back({folder, absl::StrCat("cannot be listed: ", std::strerror(all.error)), false});
      return std::nullopt;
    }
    if (!visited_.insert({all.stamp.device, all.stamp.inode}).second) return std::nullopt;
    Listing listing;
    for (const FolderListing::Entry& entry : all.entries) {
      listing.has_ignore_file |= entry.name == ".gitignore";
      listing.is_environment |= entry.name == "pyvenv.cfg";
      listing.has_config |= IsConfigFile(entry.name);
      Classify(folder, entry, listing.entries);
    }
    return listing;
  }

  void Visit(const Folder& folder, std::vector<Folder>& below) {
    const std::optional<Listing> listing = Sift(folder.path, folder.listing);
    if (!listing || (listing->is_environment && !folder.is_named)) return;
    if (!listing->has_config && without_config_) without_config_(folder.path);
    auto ignores = folder.ignores;
    if (listing->has_ignore_file) {
      Ignores more = *ignores;
      AddIgnoreFile(folder.path, more);
      ignores = std::make_shared<const Ignores>(std::move(more));
    }
    if (listing->entries.empty()) return;
    const std::string inside = folder.path == "/" ? folder.path : absl::StrCat(folder.path, "/");
    const std::shared_ptr<const Settings> settings = settings_for_(inside + ".");
    for (const auto& [name, is_folder] : listing->entries) {
      std::string path = absl::StrCat(inside, name);
      const auto entry = is_folder ? PatternSet::Entry::kFolder : PatternSet::Entry::kFile;
      if (IsExcluded(path, entry, *settings, *ignores)) continue;
      if (is_folder) {
        below.push_back({std::move(path), ignores, /*is_named=*/false, {}});
      } else {
        found_.files.push_back(std::move(path));
      }
    }
  }

  // Keeps Python files and folders; says what is odd.
  void Classify(const std::string& folder, const FolderListing::Entry& entry,
                std::vector<std::pair<std::string, bool>>& entries) {
    const absl::string_view name = entry.name;
    uint8_t type = entry.type;
    const std::string path = absl::StrCat(folder, "/", name);
    if (type == DT_LNK || type == DT_UNKNOWN) {
      switch (grammar::AskKind(path).kind) {
        case PathKind::kNothing:
          if (IsPythonFile(name)) found_.skipped.push_back({path, "a link to nowhere", false});
          return;
        case PathKind::kFolder: type = DT_DIR; break;
        case PathKind::kFile: type = DT_REG; break;
        case PathKind::kOther: type = DT_FIFO; break;
      }
    }
    if (type == DT_DIR) {
      if (!absl::c_linear_search(kNeverEntered, name)) entries.emplace_back(name, true);
    } else if (IsPythonFile(name)) {
      if (type == DT_REG) {
        entries.emplace_back(name, false);
      } else {
        found_.skipped.push_back({path, "not a regular file", false});
      }
    }
  }

  const SettingsLookup& settings_for_;
  const FolderNote& without_config_;
  unsigned threads_;
  FoundFiles found_;
  absl::flat_hash_set<RealFolder> visited_;
  absl::flat_hash_map<const Settings*, std::unique_ptr<Patterns>> patterns_;
};

}  // namespace

void SeeOtherwise(const resolve::DiskChanges& changes, const std::vector<std::string>& paths,
                  const SettingsLookup& settings_for, FoundFiles& found) {
  const auto is_hidden = [&](const std::string& path) { return absl::c_linear_search(changes.hidden, path); };
  std::erase_if(found.files, is_hidden);
  const FolderNote nothing;
  Finder finder(settings_for, nothing, /*threads=*/1);
  for (const std::string& path : changes.present) {
    struct stat status{};
    const bool is_below = absl::c_any_of(paths, [&](const auto& one) { return resolve::IsInside(path, one); });
    if (!is_below || !IsPythonFile(path) || stat(path.c_str(), &status) == 0) continue;
    std::erase_if(found.skipped, [&](const FoundFiles::Skipped& one) { return one.path == path; });
    if (!finder.IsNamedFileExcluded(path, *settings_for(path))) found.files.push_back(path);
  }
  absl::c_sort(found.files);
}

bool IsPythonFile(absl::string_view name) { return absl::EndsWith(name, ".py") || absl::EndsWith(name, ".pyi"); }

FoundFiles FindPythonFiles(const std::vector<std::string>& paths, const SettingsLookup& settings_for,
                           const FolderNote& without_config, unsigned threads) {
  Finder finder(settings_for, without_config, threads);
  for (const std::string& path : paths) finder.Take(path);
  return std::move(finder).Finish();
}

}  // namespace overt::driver
