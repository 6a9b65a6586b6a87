// Small questions to the file system. Nothing here throws, blocks on a FIFO or reads more than a megabyte.
//
//   ReadSmallText("/p/.venv/pyvenv.cfg")     -> "home = /usr/bin\n…", or nothing if it cannot be read
#ifndef OVERT_CHECKER_RESOLVE_DISK_H_
#define OVERT_CHECKER_RESOLVE_DISK_H_

#include <string>

#include "absl/strings/string_view.h"

namespace overt::resolve {

bool IsFolder(const std::string& path);
bool IsFile(const std::string& path);  // a regular one, links followed
std::string Parent(const std::string& path);
std::string BaseName(absl::string_view path);
// Links resolved; the path itself if that fails.
std::string RealPath(const std::string& path);
// `path` seen from `folder`, without `.`, `..`, doubled and trailing slashes. Links are not resolved.
std::string CleanPath(absl::string_view folder, absl::string_view path);
bool IsInside(absl::string_view path, absl::string_view folder);  // equal counts
std::string ReadSmallText(const std::string& path);
// Why a path cannot be used, for people: "no such file or folder", "symbolic links form a loop"; empty if it can.
std::string WhyUnusable(const std::string& path);

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_DISK_H_
