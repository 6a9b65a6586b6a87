#include "checker/resolve/disk.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "grammar/source/source_file.h"

namespace overt::resolve {

bool IsFolder(const std::string& path) {
  struct stat status{};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool IsFile(const std::string& path) {
  struct stat status{};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::string Parent(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

std::string BaseName(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(slash == absl::string_view::npos ? path : path.substr(slash + 1));
}

std::string RealPath(const std::string& path) {
  char* real = realpath(path.c_str(), nullptr);
  if (real == nullptr) return path;
  std::string result = real;
  std::free(real);
  return result;
}

std::string CleanPath(absl::string_view folder, absl::string_view path) {
  const std::string whole = absl::StartsWith(path, "/") ? std::string(path) : absl::StrCat(folder, "/", path);
  std::vector<absl::string_view> kept;
  for (const absl::string_view part : absl::StrSplit(whole, '/', absl::SkipEmpty())) {
    if (part == ".") continue;
    if (part != "..") {
      kept.push_back(part);
    } else if (!kept.empty()) {
      kept.pop_back();
    }
  }
  return absl::StrCat("/", absl::StrJoin(kept, "/"));
}

bool IsInside(absl::string_view path, absl::string_view folder) {
  if (folder == "/") return absl::StartsWith(path, "/");
  return absl::StartsWith(path, folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string ReadSmallText(const std::string& path) {
  constexpr size_t kMostBytes = 1u << 20;
  return grammar::ReadFileBytes(path, kMostBytes).value_or("");
}

std::string WhyUnusable(const std::string& path) {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0) {
    switch (errno) {
      case ENOENT:
      case ENOTDIR: return "no such file or folder";
      case ELOOP: return "symbolic links form a loop";
      case EACCES: return "permission denied";
      default: return std::strerror(errno);
    }
  }
  if (S_ISDIR(status.st_mode)) return access(path.c_str(), R_OK | X_OK) == 0 ? "" : "permission denied";
  return S_ISREG(status.st_mode) ? "" : "neither a file nor a folder";
}

}  // namespace overt::resolve
