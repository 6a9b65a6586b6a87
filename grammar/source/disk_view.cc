#include "grammar/source/disk_view.h"

#include <dirent.h>

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"

namespace overt::grammar {
namespace {

using ShownFiles = absl::flat_hash_map<std::string, std::string>;

ShownFiles& TheShownFiles() {
  static ShownFiles* const files = new ShownFiles;  // for the rest of the process: threads may outlive main
  return *files;
}

}  // namespace

void DiskView::Show(ShownFiles files) { TheShownFiles() = std::move(files); }

const std::string* DiskView::Find(const std::string& path) {
  const ShownFiles& files = TheShownFiles();
  if (files.empty()) return nullptr;
  const auto file = files.find(path);
  return file == files.end() ? nullptr : &file->second;
}

void DiskView::Complete(absl::string_view folder, FolderListing& listing) {
  const size_t on_disk = listing.entries.size();
  for (const auto& [path, contents] : TheShownFiles()) {
    const size_t slash = path.rfind('/');
    if (absl::string_view(path).substr(0, slash) != folder) continue;
    const std::string name = path.substr(slash + 1);
    const bool is_there = absl::c_any_of(listing.entries, [&](const auto& entry) { return entry.name == name; });
    if (!is_there) listing.entries.push_back({name, DT_REG});
  }
  if (listing.entries.size() == on_disk) return;  // as good as always, and it is sorted already
  absl::c_sort(listing.entries, [](const auto& a, const auto& b) { return a.name < b.name; });
}

}  // namespace overt::grammar
