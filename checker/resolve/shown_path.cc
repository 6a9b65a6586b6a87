#include "checker/resolve/shown_path.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "checker/resolve/disk.h"

namespace overt::resolve {

std::string ShownPath(absl::string_view path, absl::string_view folder) {
  if (folder.empty() || path == folder) return folder.empty() ? std::string(path) : ".";
  if (folder == "/") return std::string(path.substr(absl::StartsWith(path, "/") ? 1 : 0));
  if (IsInside(path, folder)) return std::string(path.substr(folder.size() + 1));
  if (!absl::StartsWith(path, "/")) return std::string(path);
  const std::vector<absl::string_view> parts = absl::StrSplit(path.substr(1), '/');
  const std::vector<absl::string_view> from = absl::StrSplit(folder.substr(1), '/');
  size_t shared = 0;
  while (shared < parts.size() && shared < from.size() && parts[shared] == from[shared]) ++shared;
  if (shared == 0) return std::string(path);
  std::vector<absl::string_view> way(from.size() - shared, "..");
  way.insert(way.end(), parts.begin() + static_cast<std::ptrdiff_t>(shared), parts.end());
  std::string shown = absl::StrJoin(way, "/");
  return shown.size() <= path.size() ? shown : std::string(path);
}

}  // namespace overt::resolve
