#include "checker/resolve/module_search.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/resolve/disk.h"

namespace overt::resolve {
namespace {

using Kind = ResolvedModule::Kind;
using Entry = FolderCache::Kind;

// Fills in the files of module `name` in a listed folder.
void AddFiles(const FolderCache::Listing& listing, const std::string& folder, absl::string_view name,
              FoundModule& found) {
  const std::string stub = absl::StrCat(name, ".pyi");
  const std::string source = absl::StrCat(name, ".py");
  if (listing.Has(stub) == Entry::kFile) found.stub = absl::StrCat(folder, "/", stub);
  if (listing.Has(source) == Entry::kFile) found.source = absl::StrCat(folder, "/", source);
  if (const auto it = listing.compiled.find(name); it != listing.compiled.end()) {
    found.compiled = absl::StrCat(folder, "/", it->second);
  }
}

}  // namespace

FoundModule LookIn(FolderCache& cache, const std::string& folder, absl::string_view name) {
  FoundModule found;
  const FolderCache::Listing& listing = cache.List(folder);
  const bool has_folder = listing.Has(name) == Entry::kFolder;
  const std::string package = has_folder ? absl::StrCat(folder, "/", name) : std::string();
  if (has_folder) {
    AddFiles(cache.List(package), package, "__init__", found);
    if (!found.first_file().empty()) {
      found.kind = Kind::kPackage;
      found.folder = package;
      return found;
    }
  }
  AddFiles(listing, folder, name, found);
  if (!found.first_file().empty()) {
    found.kind = Kind::kModule;
  } else if (has_folder) {
    found.kind = Kind::kNamespace;
    found.folder = package;
  }
  return found;
}

FoundModule LookAt(FolderCache& cache, const std::string& stem) { return LookIn(cache, Parent(stem), BaseName(stem)); }

bool ExtendsPath(const std::string& path) {
  const std::string text = ReadSmallText(path);
  return absl::StrContains(text, "extend_path") || absl::StrContains(text, "declare_namespace");
}

bool IsLoadedAtStart(absl::string_view module) {
  // sys.modules of `python -I -S` of CPython 3.8 to 3.14, and what the `site` module imports. Sorted.
  static constexpr absl::string_view kLoaded[] = {"_abc",
                                                  "_codecs",
                                                  "_collections_abc",
                                                  "_frozen_importlib",
                                                  "_imp",
                                                  "_io",
                                                  "_sitebuiltins",
                                                  "_stat",
                                                  "_thread",
                                                  "_warnings",
                                                  "_weakref",
                                                  "abc",
                                                  "builtins",
                                                  "codecs",
                                                  "encodings",
                                                  "genericpath",
                                                  "io",
                                                  "marshal",
                                                  "ntpath",
                                                  "os",
                                                  "posix",
                                                  "posixpath",
                                                  "site",
                                                  "stat",
                                                  "sys",
                                                  "time",
                                                  "zipimport"};
  static_assert(std::is_sorted(std::begin(kLoaded), std::end(kLoaded)));
  return std::binary_search(std::begin(kLoaded), std::end(kLoaded), module);
}

bool IsStandardLibrary(FolderCache& cache, const std::string& folder) {
  const FolderCache::Listing& listing = cache.List(folder);
  for (const absl::string_view name : {"abc.py", "codecs.py", "os.py", "types.py", "typing.py"}) {
    if (listing.Has(name) != Entry::kFile) return false;
  }
  return true;
}

}  // namespace overt::resolve
