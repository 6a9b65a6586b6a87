#include "checker/driver/write_bounds.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/resolve/disk.h"

namespace overt::driver {

WriteBounds::WriteBounds(const std::vector<std::string>& named) {
  for (const std::string& path : named) {
    if (resolve::IsFolder(path)) {
      places_.push_back(resolve::RealPath(path));
    } else {
      const std::string folder = resolve::RealPath(resolve::Parent(path));
      places_.push_back(resolve::CleanPath(folder, resolve::BaseName(path)));
    }
  }
}

std::string WriteBounds::WhyNot(const std::string& path, const std::string& project) const {
  const std::string real = resolve::RealPath(path);
  const bool is_within = resolve::IsInside(real, resolve::RealPath(project)) ||
                         absl::c_any_of(places_, [&](const auto& place) { return resolve::IsInside(real, place); });
  if (is_within) return "";
  return absl::StrCat("it leads to ", real, ", outside of the project and of every path that was named");
}

}  // namespace overt::driver
