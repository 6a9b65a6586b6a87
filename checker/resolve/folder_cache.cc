#include "checker/resolve/folder_cache.h"

#include <dirent.h>
#include <sys/stat.h>

#include <utility>

namespace overt::resolve {
namespace {

FolderCache::Kind KindOf(const std::string& folder, const dirent* entry) {
  if (entry->d_type == DT_REG) return FolderCache::Kind::kFile;
  if (entry->d_type == DT_DIR) return FolderCache::Kind::kFolder;
  struct stat status {};
  if (stat((folder + "/" + entry->d_name).c_str(), &status) != 0) return FolderCache::Kind::kNothing;
  return S_ISDIR(status.st_mode) ? FolderCache::Kind::kFolder : FolderCache::Kind::kFile;
}

FolderCache::Listing Read(const std::string& folder) {
  FolderCache::Listing listing;
  DIR* stream = opendir(folder.c_str());
  if (stream == nullptr) return listing;
  while (const dirent* entry = readdir(stream)) {
    const absl::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    listing.emplace(name, KindOf(folder, entry));
  }
  closedir(stream);
  return listing;
}

}  // namespace

const FolderCache::Listing& FolderCache::List(const std::string& folder) {
  {
    absl::ReaderMutexLock lock(&mutex_);
    if (const auto it = listings_.find(folder); it != listings_.end()) return *it->second;
  }
  auto listing = std::make_unique<const Listing>(Read(folder));
  absl::MutexLock lock(&mutex_);
  return *listings_.try_emplace(folder, std::move(listing)).first->second;
}

FolderCache::Kind FolderCache::Has(const std::string& folder, absl::string_view name) {
  const Listing& listing = List(folder);
  const auto it = listing.find(name);
  return it == listing.end() ? Kind::kNothing : it->second;
}

}  // namespace overt::resolve
