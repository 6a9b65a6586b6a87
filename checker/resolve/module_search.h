// One module looked for in one folder: the package, stub, source or compiled file that Python's finder would take.
//
//   LookIn(cache, "/p/src", "csv")     -> kModule, source "/p/src/csv.py", stub "/p/src/csv.pyi" if there is one
//
// Knows no search path: which folders, and in which order, is `resolver.h`.
#ifndef OVERT_CHECKER_RESOLVE_MODULE_SEARCH_H_
#define OVERT_CHECKER_RESOLVE_MODULE_SEARCH_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "checker/resolve/folder_cache.h"
#include "checker/resolve/resolver.h"

namespace overt::resolve {

struct FoundModule {
  ResolvedModule::Kind kind = ResolvedModule::Kind::kNotFound;
  std::string stub, source, compiled;  // paths; empty if there is none
  std::string folder;                  // kPackage, kNamespace

  bool is_regular() const { return kind == ResolvedModule::Kind::kModule || kind == ResolvedModule::Kind::kPackage; }
  const std::string& first_file() const { return !stub.empty() ? stub : !source.empty() ? source : compiled; }
};

FoundModule LookIn(FolderCache& cache, const std::string& folder, absl::string_view name);

// The module whose package folder is `stem`, or whose file is `stem` with an ending.
FoundModule LookAt(FolderCache& cache, const std::string& stem);

// Whether the `__init__.py` at `path` says that its package goes on in other folders of the search path: pkgutil's
// `extend_path`, setuptools' `declare_namespace`.
bool ExtendsPath(const std::string& path);

// Modules that are loaded before the first search for one: a file of that name is never imported.
bool IsLoadedAtStart(absl::string_view module);

// Whether `folder` holds the standard library itself (CPython's Lib).
bool IsStandardLibrary(FolderCache& cache, const std::string& folder);

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_MODULE_SEARCH_H_
