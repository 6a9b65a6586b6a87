// Files to module names: the way back from `resolver.h`.
//
//   /p/src/pkg/sub/__init__.py, root /p/src     -> "pkg.sub", a package
//
// Looks at folders, never at files' contents.
#ifndef OVERT_CHECKER_RESOLVE_MODULE_NAMES_H_
#define OVERT_CHECKER_RESOLVE_MODULE_NAMES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "checker/resolve/environment.h"
#include "checker/resolve/folder_cache.h"
#include "checker/resolve/resolver.h"

namespace overt::resolve {

class ModuleNames {
 public:
  // Both must live as long as this.
  ModuleNames(const Environment& environment, FolderCache& folders) : environment_(environment), folders_(folders) {}

  Resolver::FileModule Of(absl::string_view path) const;

  // The folder above the outermost package that holds the file.
  std::string TopOf(absl::string_view path) const;

 private:
  const Environment& environment_;
  FolderCache& folders_;
};

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_MODULE_NAMES_H_
