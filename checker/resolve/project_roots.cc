#include "checker/resolve/project_roots.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/folder_cache.h"
#include "checker/resolve/module_search.h"

namespace overt::resolve {
namespace {

constexpr size_t kMostFoldersSeen = 300;  // while looking for projects within the project

enum class Certainty : uint8_t { kCertain, kGuess };

bool IsPackage(FolderCache& cache, const std::string& folder) {
  const FolderCache::Listing& listing = cache.List(folder);
  return listing.Has("__init__.py") == FolderCache::Kind::kFile ||
         listing.Has("__init__.pyi") == FolderCache::Kind::kFile;
}

class RootFinder {
 public:
  explicit RootFinder(const std::string& project) : project_(project) {}

  std::vector<SearchPath> Run(const ProjectFile& file) && {
    AddProject(project_, file, Certainty::kCertain, "");
    // A project's folder that is a package itself is no root: within it, `types.py` is `pkg.types`.
    std::string top = project_;
    while (top.size() > 1 && IsPackage(cache_, top)) top = Parent(top);
    Add(top, top == project_ ? "the project's folder" : "the folder above the package", Certainty::kCertain);
    if (top == project_) {
      // A checkout of CPython.
      if (IsStandardLibrary(cache_, project_ + "/Lib")) Add(project_ + "/Lib", "layout: `Lib`", Certainty::kCertain);
      for (const absl::string_view name : {"python", "lib"}) AddIfNoPackage(name, Certainty::kGuess);
      const std::string own = absl::StrCat(project_, "/", BaseName(project_));
      if (IsFolder(absl::StrCat(own, "/", BaseName(project_))) && !IsPackage(cache_, own)) {
        Add(own, "layout: `<name>/<name>`", Certainty::kGuess);
      }
      for (const absl::string_view name : {"tests", "test"}) AddIfNoPackage(name, Certainty::kGuess);
      AddNestedProjects(file.members);
    }
    return std::move(roots_);
  }

 private:
  void Add(const std::string& folder, std::string origin, Certainty certainty, std::string module = "") {
    SearchPath path;
    path.kind = SearchPath::Kind::kFirstParty;
    path.folder = folder;
    path.origin = std::move(origin);
    path.module = std::move(module);
    path.is_guess = certainty == Certainty::kGuess;
    roots_.push_back(std::move(path));
  }

  void AddIfNoPackage(absl::string_view name, Certainty certainty) {
    const std::string folder = absl::StrCat(project_, "/", name);
    if (IsFolder(folder) && !IsPackage(cache_, folder)) Add(folder, absl::StrCat("layout: `", name, "`"), certainty);
  }

  // What one project file declares, and `src`.
  void AddProject(const std::string& project, const ProjectFile& file, Certainty certainty, absl::string_view where) {
    for (const DeclaredRoot& root : file.roots) {
      const std::string folder = CleanPath(project, root.folder);
      // `packages = ["pkg"]` only repeats that the project's folder is a root.
      if (folder == project && root.module.empty()) continue;
      if (IsFolder(folder)) Add(folder, absl::StrCat(where, root.origin), certainty, root.module);
    }
    const std::string source = project + "/src";
    if (IsFolder(source) && !IsPackage(cache_, source) && !IsPackage(cache_, project)) {
      Add(source, absl::StrCat(where, "layout: `src`"), certainty);
    }
  }

  void AddNested(const std::string& folder) {
    const std::string where = absl::StrCat("project `", folder.substr(project_.size() + 1), "`: ");
    const size_t before = roots_.size();
    AddProject(folder, ReadProjectFile(folder), Certainty::kGuess, where);
    const bool has_roots = std::any_of(roots_.begin() + static_cast<ptrdiff_t>(before), roots_.end(),
                                       [](const SearchPath& path) { return path.module.empty(); });
    if (!has_roots) Add(folder, absl::StrCat(where, "its folder"), Certainty::kGuess);
  }

  std::vector<std::string> Subfolders(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& [name, kind] : cache_.List(folder).entries) {
      const bool is_skipped = name[0] == '.' || name == "node_modules" || name == "__pycache__" || name == "build" ||
                              name == "dist" || name == "venv" || name == "env";
      if (kind == FolderCache::Kind::kFolder && !is_skipped) names.push_back(absl::StrCat(folder, "/", name));
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  // Monorepos: members of a workspace, and folders at most two levels down with a project file of their own.
  void AddNestedProjects(const std::vector<std::string>& members) {
    for (const std::string& member : members) {
      for (const std::string& folder : Expand(member)) Visit(folder);
    }
    for (const std::string& folder : Subfolders(project_)) {
      if (Visit(folder) || seen_ > kMostFoldersSeen || IsPackage(cache_, folder)) continue;
      for (const std::string& inner : Subfolders(folder)) {
        if (++seen_ > kMostFoldersSeen) break;
        Visit(inner);
      }
    }
  }

  bool Visit(const std::string& folder) {
    ++seen_;
    if (IsPackage(cache_, folder) || IsFile(folder + "/pyvenv.cfg")) return false;
    const FolderCache::Listing& listing = cache_.List(folder);
    const bool is_project =
        std::any_of(std::begin(kProjectFiles), std::end(kProjectFiles),
                    [&](absl::string_view name) { return listing.Has(name) == FolderCache::Kind::kFile; });
    if (is_project && std::find(nested_.begin(), nested_.end(), folder) == nested_.end()) {
      nested_.push_back(folder);
      AddNested(folder);
    }
    return is_project;
  }

  // "packages/*" and plain paths.
  std::vector<std::string> Expand(absl::string_view pattern) {
    const bool is_pattern = absl::ConsumeSuffix(&pattern, "/*");
    const std::string folder = CleanPath(project_, pattern);
    if (folder == project_ || !IsInside(folder, project_)) return {};
    if (is_pattern) return Subfolders(folder);
    return {folder};
  }

  static constexpr absl::string_view kProjectFiles[] = {"pyproject.toml", "setup.py", "setup.cfg"};

  const std::string& project_;
  FolderCache cache_;
  std::vector<SearchPath> roots_;
  std::vector<std::string> nested_;
  size_t seen_ = 0;
};

}  // namespace

std::vector<SearchPath> FindProjectRoots(const EnvironmentRequest& request, const ProjectFile& file) {
  if (request.roots.empty()) return RootFinder(request.project).Run(file);
  std::vector<SearchPath> roots;
  for (const std::string& root : request.roots) {
    SearchPath path;
    path.folder = root;
    path.origin = "configured";
    roots.push_back(std::move(path));
  }
  return roots;
}

}  // namespace overt::resolve
