#include "checker/driver/file_finder.h"

#include <dirent.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "checker/driver/config_file.h"
#include "checker/driver/exclusions.h"
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
  std::shared_ptr<const IgnoreFiles> ignores;
  bool is_named = false;                     // by the user: entered whatever it is
  std::shared_ptr<const Settings> settings;  // of the folder around; null: to be asked for
  FolderListing listing;
};

enum class EntryKind : uint8_t { kFile, kFolder, kFolderLink };

struct RealFolder {
  uint64_t device;
  uint64_t inode;
  friend bool operator==(const RealFolder&, const RealFolder&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const RealFolder& folder) {
    return H::combine(std::move(hash), folder.device, folder.inode);
  }
};

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
      case PathKind::kOther: found_.skipped.push_back({path, "not a regular file", true}); break;
      case PathKind::kFolder:
        if (!IsForcedOut(path, PatternSet::Entry::kFolder, *settings_for_(path + "/."))) Walk(path);
        break;
      case PathKind::kFile:
        if (!IsForcedOut(path, PatternSet::Entry::kFile, *settings_for_(path))) found_.files.push_back(path);
        break;
    }
  }

  bool IsNamedFileExcluded(const std::string& path, const Settings& settings) {
    return exclusions_.OfNamed(path, PatternSet::Entry::kFile, settings).has_value();
  }

  FoundFiles Finish() && {
    absl::c_sort(found_.files);
    found_.files.erase(std::unique(found_.files.begin(), found_.files.end()), found_.files.end());
    SayWhichLinksLeadOut();
    absl::c_sort(found_.folders);
    absl::c_sort(found_.skipped, [](const auto& a, const auto& b) { return a.path < b.path; });
    for (auto& [pattern, count] : excluded_) found_.excluded.push_back(std::move(count));
    return std::move(found_);
  }

 private:
  bool IsForcedOut(const std::string& path, PatternSet::Entry entry, const Settings& settings) {
    if (!settings.source.force_exclude) return false;
    return IsExcluded(exclusions_.OfNamed(path, entry, settings), entry);
  }

  // Level by level: waiting for the disk is most of the work, so the folders of one level are read side by side. Links
  // to folders come last: what can be found under its own name goes by that.
  void Walk(const std::string& root) {
    root_ = root;
    real_root_.clear();
    std::vector<Folder> level;
    level.push_back(
        {root, std::make_shared<const IgnoreFiles>(IgnoreFilesAbove(root)), /*is_named=*/true, nullptr, {}});
    while (!level.empty()) {
      Descend(std::move(level));
      level = std::exchange(links_, {});
    }
  }

  void Descend(std::vector<Folder> level) {
    while (!level.empty()) {
      ParallelForEach(level, threads_, [](Folder& folder) { folder.listing = grammar::AskFolder(folder.path); });
      std::vector<Folder> below;
      for (const Folder& folder : level) Visit(folder, below);
      level = std::move(below);
    }
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
    return absl::StrCat("no such file or folder", DidYouMean(near));
  }

  // Counts what is left out by its pattern.
  bool IsExcluded(const std::optional<Exclusion>& exclusion, PatternSet::Entry entry) {
    if (!exclusion) return false;
    const auto [it, is_new] = excluded_.try_emplace({exclusion->pattern.origin, exclusion->pattern.text});
    if (is_new) it->second.why = *exclusion;
    ++(entry == PatternSet::Entry::kFile ? it->second.files : it->second.folders);
    return true;
  }

  // Whether the search may go where a link to a folder leads: below the folder that was named, nowhere else.
  bool LeadsOut(const std::string& link) {
    if (real_root_.empty()) real_root_ = resolve::RealPath(root_);
    const std::optional<std::string> real = grammar::AskRealPath(link);
    if (real && resolve::IsInside(*real, real_root_)) return false;
    if (real) leading_out_.push_back({link, root_, grammar::StampOf(*real)});
    return true;
  }

  // Unless another of the named folders holds what they lead to.
  void SayWhichLinksLeadOut() {
    for (const LinkOut& one : leading_out_) {
      if (visited_.contains({one.target.device, one.target.inode})) continue;
      found_.skipped.push_back({one.path, absl::StrCat("a link that leads out of ", one.root), false});
    }
  }

  // What one reading of a folder shows. Asking the disk for names one by one costs more than everything else here.
  struct Listing {
    std::vector<std::pair<std::string, EntryKind>> entries;  // Python files and folders
    bool has_ignore_file = false, has_config = false, is_environment = false, is_repository = false;
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
      listing.is_repository |= entry.name == ".git";
      listing.is_environment |= entry.name == "pyvenv.cfg";
      listing.has_config |= IsConfigFile(entry.name);
      Classify(folder, entry, listing.entries);
    }
    return listing;
  }

  void Visit(const Folder& folder, std::vector<Folder>& below) {
    const std::optional<Listing> listing = Sift(folder.path, folder.listing);
    if (!listing || (listing->is_environment && !folder.is_named)) return;
    found_.folders.push_back(folder.path);
    if (listing->entries.empty()) return;  // nobody will ask for its settings
    if (!listing->has_config && without_config_) without_config_(folder.path);
    auto ignores = folder.ignores;
    if (listing->has_ignore_file || listing->is_repository) {
      IgnoreFiles more = *ignores;
      AddIgnoreFilesOf(folder.path, listing->is_repository, listing->has_ignore_file, more);
      ignores = std::make_shared<const IgnoreFiles>(std::move(more));
    }
    const std::string inside = folder.path == "/" ? folder.path : absl::StrCat(folder.path, "/");
    const bool is_governed_from_above = !listing->has_config && folder.settings != nullptr;
    const std::shared_ptr<const Settings> settings =
        is_governed_from_above ? folder.settings : settings_for_(inside + ".");
    for (const auto& [name, kind] : listing->entries) {
      std::string path = absl::StrCat(inside, name);
      const auto entry = kind == EntryKind::kFile ? PatternSet::Entry::kFile : PatternSet::Entry::kFolder;
      if (IsExcluded(exclusions_.Of(path, entry, *settings, *ignores), entry)) continue;
      switch (kind) {
        case EntryKind::kFile: found_.files.push_back(std::move(path)); break;
        case EntryKind::kFolder: below.push_back({std::move(path), ignores, /*is_named=*/false, settings, {}}); break;
        case EntryKind::kFolderLink:
          if (!LeadsOut(path)) links_.push_back({std::move(path), ignores, /*is_named=*/false, nullptr, {}});
          break;
      }
    }
  }

  // Keeps Python files and folders; says what is odd.
  void Classify(const std::string& folder, const FolderListing::Entry& entry,
                std::vector<std::pair<std::string, EntryKind>>& entries) {
    const absl::string_view name = entry.name;
    uint8_t type = entry.type;
    EntryKind folder_kind = EntryKind::kFolder;
    const std::string path = absl::StrCat(folder, "/", name);
    if (type == DT_LNK || type == DT_UNKNOWN) {
      switch (grammar::AskKind(path).kind) {
        case PathKind::kNothing:
          if (IsPythonFile(name)) found_.skipped.push_back({path, "a link to nowhere", false});
          return;
        case PathKind::kFolder:
          if (type == DT_LNK || grammar::AskIsLink(path)) folder_kind = EntryKind::kFolderLink;
          type = DT_DIR;
          break;
        case PathKind::kFile: type = DT_REG; break;
        case PathKind::kOther: type = DT_FIFO; break;
      }
    }
    if (type == DT_DIR) {
      if (!IsNeverEntered(name)) entries.emplace_back(name, folder_kind);
    } else if (IsPythonFile(name)) {
      if (type == DT_REG) {
        entries.emplace_back(name, EntryKind::kFile);
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
  Exclusions exclusions_;
  std::map<std::pair<std::string, std::string>, FoundFiles::Excluded> excluded_;  // by origin and pattern
  // Of the folder that is being walked.
  std::string root_, real_root_;
  std::vector<Folder> links_;  // to folders inside, still to be followed
  struct LinkOut {
    std::string path, root;
    grammar::FileStamp target;
  };
  std::vector<LinkOut> leading_out_;
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

bool IsNeverEntered(absl::string_view name) { return absl::c_linear_search(kNeverEntered, name); }

bool IsPythonFile(absl::string_view name) { return absl::EndsWith(name, ".py") || absl::EndsWith(name, ".pyi"); }

FoundFiles FindPythonFiles(const std::vector<std::string>& paths, const SettingsLookup& settings_for,
                           const FolderNote& without_config, unsigned threads) {
  Finder finder(settings_for, without_config, threads);
  for (const std::string& path : paths) finder.Take(path);
  return std::move(finder).Finish();
}

}  // namespace overt::driver
