// A path as people see it from the folder that they are in.
//
//   ShownPath("/p/src/a.py", "/p")         "src/a.py"
//   ShownPath("/p/lib/b.py", "/p/app")     "../lib/b.py"
//   ShownPath("/usr/lib/c.py", "/p")       "/usr/lib/c.py": nothing but the root is above both
//
// One spelling for everything that is printed; it says nothing about links and asks no disk.
#ifndef OVERT_CHECKER_RESOLVE_SHOWN_PATH_H_
#define OVERT_CHECKER_RESOLVE_SHOWN_PATH_H_

#include <string>

#include "absl/strings/string_view.h"

namespace overt::resolve {

// `folder`: absolute, or empty for none. What is no absolute path is shown as it is; so is what would be longer with
// `..`.
std::string ShownPath(absl::string_view path, absl::string_view folder);

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_SHOWN_PATH_H_
