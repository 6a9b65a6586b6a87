#include "checker/resolve/module_names.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/resolve/disk.h"

namespace overt::resolve {
namespace {

// A path without the ending of a Python file and without `/__init__`.
struct Stem {
  absl::string_view text;
  bool is_package = false;
};

Stem StemOf(absl::string_view path) {
  Stem stem{path, false};
  if (!absl::ConsumeSuffix(&stem.text, ".pyi")) absl::ConsumeSuffix(&stem.text, ".py");
  stem.is_package = absl::ConsumeSuffix(&stem.text, "/__init__");
  return stem;
}

// Parts of a path as parts of a module's name; empty if they can be none.
std::vector<absl::string_view> PartsOf(absl::string_view below, bool is_stub) {
  std::vector<absl::string_view> parts = absl::StrSplit(below, '/');
  if (is_stub) absl::ConsumeSuffix(&parts.front(), "-stubs");
  for (const absl::string_view part : parts) {
    if (part.empty() || part.find_first_of(".-+ ") != absl::string_view::npos) return {};
  }
  return parts;
}

ResolvedModule::Family FamilyOf(const SearchPath& path) {
  switch (path.kind) {
    case SearchPath::Kind::kFirstParty:
    case SearchPath::Kind::kExtra: return ResolvedModule::Family::kFirstParty;
    case SearchPath::Kind::kSitePackages:
    case SearchPath::Kind::kEditable: return ResolvedModule::Family::kThirdParty;
  }
  return ResolvedModule::Family::kFirstParty;
}

}  // namespace

Resolver::FileModule ModuleNames::Of(absl::string_view path) const {
  const Stem stem = StemOf(path);
  Resolver::FileModule module;
  module.is_package = stem.is_package;
  // The innermost root names the file: `src/pkg/a.py` is `pkg.a` though the project's own folder is a root as well.
  const SearchPath* best = nullptr;
  for (const SearchPath& root : environment_.paths) {
    const bool holds = root.module.empty() ? stem.text.size() > root.folder.size() && IsInside(stem.text, root.folder)
                                           : IsInside(stem.text, root.folder);
    if (holds && (best == nullptr || root.folder.size() > best->folder.size())) best = &root;
  }
  const bool is_stub = absl::EndsWith(path, ".pyi");
  std::vector<absl::string_view> parts;
  if (best != nullptr) {
    module.family = FamilyOf(*best);
    if (!best->module.empty() && stem.text == best->folder) {
      module.name = best->module;
      return module;
    }
    const size_t skipped = best->folder == "/" ? 1 : best->folder.size() + 1;
    parts = PartsOf(stem.text.substr(skipped), is_stub && best->module.empty());
  }
  if (parts.empty()) {
    const std::string top = TopOf(path);
    parts = absl::StrSplit(stem.text.substr(std::min(stem.text.size(), top == "/" ? 1 : top.size() + 1)), '/');
    best = nullptr;
  }
  module.name = absl::StrJoin(parts, ".");
  if (best != nullptr && !best->module.empty()) module.name = absl::StrCat(best->module, ".", module.name);
  return module;
}

std::string ModuleNames::TopOf(absl::string_view path) const {
  std::string folder = Parent(std::string(StemOf(path).text));
  while (folder != "/") {
    const FolderCache::Listing& listing = folders_.List(folder);
    const bool is_package = listing.Has("__init__.py") == FolderCache::Kind::kFile ||
                            listing.Has("__init__.pyi") == FolderCache::Kind::kFile;
    if (!is_package) break;
    folder = Parent(folder);
  }
  return folder;
}

std::string AbsoluteName(absl::string_view importer, bool importer_is_package, unsigned level, absl::string_view name) {
  if (level == 0) return std::string(name);
  std::vector<absl::string_view> parts = absl::StrSplit(importer, '.', absl::SkipEmpty());
  const unsigned up = importer_is_package ? level - 1 : level;
  if (up > parts.size()) return "";
  parts.resize(parts.size() - up);
  if (!name.empty()) parts.push_back(name);
  return absl::StrJoin(parts, ".");
}

}  // namespace overt::resolve
