#include "checker/resolve/folder_cache.h"

#include <dirent.h>

#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/resolve/disk.h"
#include "grammar/source/disk_log.h"

namespace overt::resolve {
namespace {

FolderCache::Kind KindOf(const std::string& folder, const grammar::FolderListing::Entry& entry) {
  if (entry.type == DT_REG) return FolderCache::Kind::kFile;
  if (entry.type == DT_DIR) return FolderCache::Kind::kFolder;
  switch (grammar::AskKind(absl::StrCat(folder, "/", entry.name)).kind) {
    case grammar::PathKind::kNothing: return FolderCache::Kind::kNothing;
    case grammar::PathKind::kFolder: return FolderCache::Kind::kFolder;
    case grammar::PathKind::kFile:
    case grammar::PathKind::kOther: return FolderCache::Kind::kFile;
  }
  return FolderCache::Kind::kNothing;
}

bool IsCompiled(absl::string_view name) {
  return absl::EndsWith(name, ".so") || absl::EndsWith(name, ".pyd") || absl::EndsWith(name, ".pyc");
}

FolderCache::Listing Read(const std::string& folder) {
  FolderCache::Listing listing;
  for (const grammar::FolderListing::Entry& entry : grammar::AskFolder(folder).entries) {
    const absl::string_view name = entry.name;
    const FolderCache::Kind kind = KindOf(folder, entry);
    if (kind == FolderCache::Kind::kNothing) continue;
    listing.entries.emplace(name, kind);
    if (kind != FolderCache::Kind::kFile || !IsCompiled(name)) continue;
    std::string& file = listing.compiled[name.substr(0, name.find('.'))];
    if (file.empty() || name < file) file = std::string(name);
  }
  return listing;
}

}  // namespace

FolderCache::FolderCache(const DiskChanges& changes) {
  for (const std::string& file : changes.hidden) changed_[Parent(file)][BaseName(file)] = Kind::kNothing;
  for (const std::string& file : changes.present) {
    changed_[Parent(file)][BaseName(file)] = Kind::kFile;
    for (std::string folder = Parent(file); folder != "/"; folder = Parent(folder)) {
      Kind& kind = changed_[Parent(folder)][BaseName(folder)];
      if (kind == Kind::kFolder) break;
      kind = Kind::kFolder;
    }
  }
}

const FolderCache::Listing& FolderCache::List(absl::string_view folder) {
  Shard& shard = shards_[absl::Hash<absl::string_view>{}(folder) % kShards];
  {
    absl::ReaderMutexLock lock(&shard.mutex);
    if (const auto it = shard.listings.find(folder); it != shard.listings.end()) return *it->second;
  }
  std::string name(folder);
  Listing seen = Read(name);
  if (const auto it = changed_.find(name); it != changed_.end()) {
    for (const auto& [entry, kind] : it->second) {
      if (kind == Kind::kNothing) {
        seen.entries.erase(entry);
      } else {
        seen.entries[entry] = kind;
      }
    }
  }
  auto listing = std::make_unique<const Listing>(std::move(seen));
  absl::MutexLock lock(&shard.mutex);
  return *shard.listings.try_emplace(std::move(name), std::move(listing)).first->second;
}

}  // namespace overt::resolve
