#include "checker/driver/disk_watch.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/baseline_file.h"
#include "checker/driver/config_file.h"
#include "checker/driver/file_finder.h"
#include "checker/resolve/disk.h"

namespace overt::driver {
namespace {

constexpr size_t kMostFolders = 20'000;
constexpr size_t kLooksAtOnce = 500;  // about a millisecond: an edit does not wait longer

std::string PathWithin(const std::string& folder, absl::string_view name) {
  return absl::StrCat(folder == "/" ? "" : folder, "/", name);
}

bool IsLookedInto(absl::string_view folder_name) {
  return !absl::StartsWith(folder_name, ".") && folder_name != "__pycache__" && folder_name != "node_modules";
}

bool SawSomething(const grammar::FileStamp& stamp) { return stamp.mode != 0; }

// Of the folder itself, not of one that a link leads to: that might lead back.
bool IsRealFolder(const std::string& path, uint8_t type) {
  return type == DT_DIR || (type == DT_UNKNOWN && S_ISDIR(grammar::StampOf(path).mode));
}

}  // namespace

bool ShapesImports(const DiskChange& change) {
  if (change.kind != DiskChange::Kind::kModified || !IsPythonFile(change.path)) return true;
  return absl::StartsWith(resolve::BaseName(change.path), "__init__.");
}

void DiskWatch::Follow(const std::string& folder, bool is_tree) {
  if (folders_.size() >= kMostFolders && !folders_.contains(folder)) return;
  Watched& watched = folders_[folder];
  if (watched.is_tree || !is_tree) return;
  watched.is_tree = true;
  for (const std::string& name : watched.folders) {
    if (IsLookedInto(name)) Follow(PathWithin(folder, name), /*is_tree=*/true);
  }
}

void DiskWatch::FollowFile(const std::string& path) {
  if (!named_.insert(path).second) return;
  FollowFolder(resolve::Parent(path));
  const auto found = folders_.find(resolve::Parent(path));
  const grammar::FileStamp stamp = grammar::StampOf(path);
  if (found == folders_.end() || !SawSomething(stamp)) return;
  // No file has an empty stamp: the next look tells of the change.
  found->second.files.emplace(resolve::BaseName(path), IsYoung(stamp) ? grammar::FileStamp{} : stamp);
}

bool DiskWatch::IsYoung(const grammar::FileStamp& stamp) const {
  return absl::FromUnixNanos(std::max(stamp.modified_ns, stamp.changed_ns)) > since_;
}

bool DiskWatch::Counts(const std::string& path) const {
  const std::string name = resolve::BaseName(path);
  return IsPythonFile(name) || IsConfigFile(name) || name == "pyvenv.cfg" || name == ".gitignore" ||
         name == kBaselineName || absl::EndsWith(name, ".pth") || named_.contains(path);
}

void DiskWatch::Note(const std::string& path) {
  const std::string name = resolve::BaseName(path);
  const auto found = folders_.find(resolve::Parent(path));
  if (found == folders_.end() || !Counts(path)) return;
  const grammar::FileStamp stamp = grammar::StampOf(path);
  if (SawSomething(stamp)) {
    found->second.files[name] = stamp;
  } else {
    found->second.files.erase(name);
  }
}

void DiskWatch::TakeFolder(const std::string& path, const std::string& name, Watched& parent,
                           std::vector<DiskChange>* changes) {
  const bool is_new = parent.folders.insert(name).second && (parent.is_listed || parent.is_new);
  if (is_new) changes->push_back({path, DiskChange::Kind::kCreated});
  if (!parent.is_tree || !IsLookedInto(name) || folders_.contains(path)) return;
  Follow(path, /*is_tree=*/true);
  if (const auto made = folders_.find(path); made != folders_.end()) made->second.is_new = is_new;
}

void DiskWatch::TakeFile(const std::string& path, const std::string& name, Watched& parent,
                         std::vector<DiskChange>* changes) {
  if (parent.files.contains(name)) return;
  const grammar::FileStamp stamp = grammar::StampOf(path);
  parent.files[name] = stamp;
  if (parent.is_listed || parent.is_new || IsYoung(stamp)) changes->push_back({path, DiskChange::Kind::kCreated});
}

// Reads the folder: what came to it, what left it.
void DiskWatch::List(const std::string& folder, Watched& watched, std::vector<DiskChange>* changes) {
  std::set<std::string> names;
  for (const auto& [name, type] : grammar::AskFolder(folder).entries) {
    const std::string path = PathWithin(folder, name);
    if (IsRealFolder(path, type)) {
      names.insert(name);
      TakeFolder(path, name, watched, changes);
    } else if (Counts(path)) {
      names.insert(name);
      TakeFile(path, name, watched, changes);
    }
  }
  std::erase_if(watched.files, [&](const auto& entry) {
    if (names.contains(entry.first)) return false;
    changes->push_back({PathWithin(folder, entry.first), DiskChange::Kind::kDeleted});
    return true;
  });
  std::erase_if(watched.folders, [&](const std::string& name) {
    if (names.contains(name)) return false;
    changes->push_back({PathWithin(folder, name), DiskChange::Kind::kDeleted});
    return true;
  });
  watched.is_listed = true;
  watched.is_new = false;
}

bool DiskWatch::Look(std::vector<DiskChange>* changes) {
  size_t looks = 0;
  for (auto next = folders_.upper_bound(last_); next != folders_.end(); ++next) {
    auto& [folder, watched] = *next;
    if (looks >= kLooksAtOnce) return false;
    looks += 1 + watched.files.size();
    last_ = folder;
    const grammar::FileStamp stamp = grammar::StampOf(folder);
    for (auto& [name, known] : watched.files) {
      const std::string path = PathWithin(folder, name);
      const grammar::FileStamp now = grammar::StampOf(path);
      if (now == known || !SawSomething(now)) continue;  // what is gone is told of when its folder is read
      changes->push_back({path, DiskChange::Kind::kModified});
      known = now;
    }
    if (watched.is_listed && stamp == watched.stamp) continue;
    watched.stamp = stamp;
    List(folder, watched, changes);
  }
  last_.clear();
  return true;
}

}  // namespace overt::driver
