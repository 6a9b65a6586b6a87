#include "checker/resolve/disk.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "grammar/source/disk_log.h"
#include "grammar/source/source_file.h"

namespace overt::resolve {

using grammar::AskKind;
using grammar::PathKind;

bool IsFolder(const std::string& path) { return AskKind(path).kind == PathKind::kFolder; }
bool IsFile(const std::string& path) { return AskKind(path).kind == PathKind::kFile; }

std::string Parent(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

std::string BaseName(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(slash == absl::string_view::npos ? path : path.substr(slash + 1));
}

std::string RealPath(const std::string& path) { return grammar::AskRealPath(path).value_or(path); }

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
  const grammar::KindAnswer answer = AskKind(path);
  switch (answer.kind) {
    case PathKind::kFile: return "";
    case PathKind::kOther: return "neither a file nor a folder";
    case PathKind::kFolder: return grammar::AskAccess(path, R_OK | X_OK) ? "" : "permission denied";
    case PathKind::kNothing: break;
  }
  switch (answer.error) {
    case ENOENT:
    case ENOTDIR: return "no such file or folder";
    case ELOOP: return "symbolic links form a loop";
    case EACCES: return "permission denied";
    default: return std::strerror(answer.error);
  }
}

}  // namespace overt::resolve
