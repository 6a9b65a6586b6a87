#include "checker/resolve/resolver.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "checker/resolve/folder_cache.h"

namespace overt::resolve {
namespace {

using Kind = ResolvedModule::Kind;
using Family = ResolvedModule::Family;
using stubs::StubFile;

// What one search path has for a module.
struct Found {
  Kind kind = Kind::kNotFound;
  std::optional<ModuleFile> stub;    // `.pyi`
  std::optional<ModuleFile> source;  // `.py`
  std::optional<ModuleFile> compiled;
  std::vector<std::string> folders;
  SearchPath::Kind origin = SearchPath::Kind::kFirstParty;
  bool is_typed = false;             // `py.typed` in the top-level package
  bool is_partial = false;           // a `-stubs` package that says so

  bool has_file() const { return stub || source || compiled; }
};

ModuleFile FileAt(ModuleFile::Kind kind, std::string path) { return {kind, std::move(path), 0}; }

bool IsExtension(absl::string_view name, absl::string_view stem) {
  return absl::StartsWith(name, stem) && name.size() > stem.size() && name[stem.size()] == '.' &&
         (absl::EndsWith(name, ".so") || absl::EndsWith(name, ".pyd") || absl::EndsWith(name, ".pyc"));
}

}  // namespace

struct Resolver::Impl {
  Environment environment;
  std::shared_ptr<const stubs::StubIndex> stubs;
  mutable FolderCache folders;

  static constexpr size_t kShards = 16;
  struct Shard {
    absl::Mutex mutex;
    absl::flat_hash_map<std::string, std::unique_ptr<const ResolvedModule>> modules ABSL_GUARDED_BY(mutex);
  };
  mutable std::array<Shard, kShards> shards;

  // --- One search path -----------------------------------------------------------------------------------------------

  // The last part of a dotted name, looked for in the folder of its package.
  Found LookIn(const std::string& folder, const std::string& name) const {
    Found found;
    const FolderCache::Listing& listing = folders.List(folder);
    const auto has = [&](absl::string_view file) {
      const auto it = listing.find(file);
      return it == listing.end() ? FolderCache::Kind::kNothing : it->second;
    };
    if (has(name) == FolderCache::Kind::kFolder) {
      const std::string package = absl::StrCat(folder, "/", name);
      found.folders.push_back(package);
      if (folders.Has(package, "__init__.pyi") == FolderCache::Kind::kFile) {
        found.stub = FileAt(ModuleFile::Kind::kStub, absl::StrCat(package, "/__init__.pyi"));
      }
      if (folders.Has(package, "__init__.py") == FolderCache::Kind::kFile) {
        found.source = FileAt(ModuleFile::Kind::kSource, absl::StrCat(package, "/__init__.py"));
      }
      if (found.has_file()) {
        found.kind = Kind::kPackage;
        return found;
      }
    }
    if (has(absl::StrCat(name, ".pyi")) == FolderCache::Kind::kFile) {
      found.stub = FileAt(ModuleFile::Kind::kStub, absl::StrCat(folder, "/", name, ".pyi"));
    }
    if (has(absl::StrCat(name, ".py")) == FolderCache::Kind::kFile) {
      found.source = FileAt(ModuleFile::Kind::kSource, absl::StrCat(folder, "/", name, ".py"));
    }
    if (found.has_file()) {
      found.kind = Kind::kModule;
      found.folders.clear();
      return found;
    }
    for (const auto& [file, kind] : listing) {
      if (kind != FolderCache::Kind::kFile || !IsExtension(file, name)) continue;
      // Of several the first by name, so that the order of the listing does not matter.
      const std::string path = absl::StrCat(folder, "/", file);
      if (!found.compiled || path < found.compiled->path) found.compiled = FileAt(ModuleFile::Kind::kCompiled, path);
    }
    if (found.compiled) {
      found.kind = Kind::kModule;
      found.folders.clear();
    } else if (!found.folders.empty()) {
      found.kind = Kind::kNamespace;
    }
    return found;
  }

  // A dotted name below one search path, without its parents' help: `a.b.c` in `path/a/b`.
  Found LookBelow(const std::string& path, absl::Span<const std::string> parts) const {
    std::string folder = path;
    for (size_t i = 0; i + 1 < parts.size(); ++i) {
      if (folders.Has(folder, parts[i]) != FolderCache::Kind::kFolder) return {};
      absl::StrAppend(&folder, "/", parts[i]);
    }
    return LookIn(folder, parts.back());
  }

  Found LookInPath(const SearchPath& path, const std::vector<std::string>& parts) const {
    Found found = LookBelow(path.folder, parts);
    found.origin = path.kind;
    if (path.kind == SearchPath::Kind::kSitePackages) AddStubPackage(path, parts, found);
    const std::string top = absl::StrCat(path.folder, "/", parts.front());
    found.is_typed = found.stub.has_value() || folders.Has(top, "py.typed") == FolderCache::Kind::kFile;
    return found;
  }

  // `foo-stubs/` beside `foo/`: its stubs come before the package's own files.
  void AddStubPackage(const SearchPath& path, std::vector<std::string> parts, Found& found) const {
    parts.front() += "-stubs";
    if (folders.Has(path.folder, parts.front()) != FolderCache::Kind::kFolder) return;
    const Found stub = LookBelow(path.folder, parts);
    if (!stub.stub) return;
    found.stub = stub.stub;
    if (found.kind == Kind::kNotFound || found.kind == Kind::kNamespace) found.kind = stub.kind;
    found.folders.insert(found.folders.begin(), stub.folders.begin(), stub.folders.end());
  }

  // --- All of them, in order -----------------------------------------------------------------------------------------

  ResolvedModule Compute(const std::string& name) const {
    const std::vector<std::string> parts = absl::StrSplit(name, '.');
    ResolvedModule result;
    result.name = name;
    if (std::any_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty(); })) return result;
    std::vector<std::string> namespaces;  // portions of a namespace package, in search order
    SearchPath::Kind namespace_origin = SearchPath::Kind::kFirstParty;
    bool tried_standard_library = false;
    for (const SearchPath& path : environment.paths) {
      // The standard library stands between what is the project's own and what is installed.
      if (path.kind == SearchPath::Kind::kSitePackages && !tried_standard_library) {
        tried_standard_library = true;
        if (TakeStandardLibrary(name, result)) return result;
      }
      Found found = LookInPath(path, parts);
      if (found.kind == Kind::kNamespace) {
        if (namespaces.empty()) namespace_origin = path.kind;
        namespaces.insert(namespaces.end(), found.folders.begin(), found.folders.end());
      } else if (found.kind != Kind::kNotFound) {
        Take(std::move(found), name, result);
        return result;
      }
    }
    if (!tried_standard_library && TakeStandardLibrary(name, result)) return result;
    if (TakeThirdPartyStub(name, result)) return result;
    if (!namespaces.empty() || stubs->IsNamespace(name)) {
      result.kind = Kind::kNamespace;
      result.folders = std::move(namespaces);
      result.origin = namespace_origin;
    }
    return result;
  }

  void Take(Found found, const std::string& name, ResolvedModule& result) const {
    result.kind = found.kind;
    result.folders = std::move(found.folders);
    result.origin = found.origin;
    result.typed = found.is_typed;
    const bool is_installed =
        found.origin == SearchPath::Kind::kSitePackages || found.origin == SearchPath::Kind::kEditable;
    result.family = is_installed ? Family::kThirdParty : Family::kFirstParty;
    std::vector<ModuleFile> files;
    for (std::optional<ModuleFile>* one : {&found.stub, &found.source, &found.compiled}) {
      if (*one) files.push_back(*std::move(*one));
    }
    // typeshed's view of an installed package, or of the standard library's own sources, is worth a look too.
    const StubFile* bundled = stubs->FindThirdParty(name);
    if (bundled == nullptr) bundled = stubs->FindStandardLibrary(name, environment.version);
    const bool has_stub = files.front().kind == ModuleFile::Kind::kStub;
    if (bundled != nullptr && !has_stub) {
      ModuleFile stub = BundledFile(*bundled);
      if (files.front().kind == ModuleFile::Kind::kCompiled) {
        files.insert(files.begin(), std::move(stub));
      } else {
        files.push_back(std::move(stub));
      }
    }
    result.file = std::move(files.front());
    for (size_t i = 1; i < files.size(); ++i) {
      if (files[i].kind != ModuleFile::Kind::kCompiled) result.also.push_back(std::move(files[i]));
    }
  }

  static ModuleFile BundledFile(const StubFile& stub) {
    return {ModuleFile::Kind::kBundledStub, std::string(stub.path), stub.number};
  }

  bool TakeBundled(const StubFile* stub, Family family, ResolvedModule& result) const {
    if (stub == nullptr) return false;
    result.kind = stub->is_package ? Kind::kPackage : Kind::kModule;
    result.file = BundledFile(*stub);
    result.family = family;
    result.typed = true;
    result.origin = SearchPath::Kind::kSitePackages;
    return true;
  }

  bool TakeStandardLibrary(const std::string& name, ResolvedModule& result) const {
    return TakeBundled(stubs->FindStandardLibrary(name, environment.version), Family::kStandardLibrary, result);
  }
  bool TakeThirdPartyStub(const std::string& name, ResolvedModule& result) const {
    return TakeBundled(stubs->FindThirdParty(name), Family::kThirdParty, result);
  }
};

Resolver::Resolver(Environment environment, std::shared_ptr<const stubs::StubIndex> stubs)
    : impl_(std::make_unique<Impl>()) {
  impl_->environment = std::move(environment);
  impl_->stubs = std::move(stubs);
}
Resolver::~Resolver() = default;

const Environment& Resolver::environment() const { return impl_->environment; }
const stubs::StubIndex& Resolver::stubs() const { return *impl_->stubs; }

const ResolvedModule& Resolver::Resolve(absl::string_view name) const {
  Impl::Shard& shard = impl_->shards[absl::Hash<absl::string_view>{}(name) % Impl::kShards];
  {
    absl::ReaderMutexLock lock(&shard.mutex);
    if (const auto it = shard.modules.find(name); it != shard.modules.end()) return *it->second;
  }
  auto computed = std::make_unique<const ResolvedModule>(impl_->Compute(std::string(name)));
  absl::MutexLock lock(&shard.mutex);
  return *shard.modules.try_emplace(std::string(name), std::move(computed)).first->second;
}

namespace {

absl::string_view OutcomeOf(Kind kind) {
  switch (kind) {
    case Kind::kNotFound: return "nothing of that name";
    case Kind::kModule: return "found a module";
    case Kind::kPackage: return "found a package";
    case Kind::kNamespace: return "a folder without `__init__.py`: part of a namespace package";
  }
  return "";
}

}  // namespace

std::vector<ResolveStep> Resolver::Explain(absl::string_view name) const {
  std::vector<ResolveStep> steps;
  const std::vector<std::string> parts = absl::StrSplit(name, '.');
  bool tried_standard_library = false;
  const auto try_bundled = [&](const StubFile* stub, absl::string_view what) {
    steps.push_back({std::string(what), stub == nullptr ? "no stub of that name for this Python version"
                                                        : absl::StrCat("found typeshed/", stub->path)});
    return stub != nullptr;
  };
  for (const SearchPath& path : impl_->environment.paths) {
    if (path.kind == SearchPath::Kind::kSitePackages && !tried_standard_library) {
      tried_standard_library = true;
      if (try_bundled(impl_->stubs->FindStandardLibrary(name, impl_->environment.version),
                      "the standard library (bundled stubs)")) {
        return steps;
      }
    }
    const Found found = impl_->LookInPath(path, parts);
    std::string outcome(OutcomeOf(found.kind));
    if (found.has_file()) {
      absl::StrAppend(&outcome, ": ", (found.stub ? *found.stub : found.source ? *found.source : *found.compiled).path);
    }
    steps.push_back({absl::StrCat(path.folder, " (", path.origin, ")"), std::move(outcome)});
    if (found.has_file()) return steps;
  }
  if (!tried_standard_library && try_bundled(impl_->stubs->FindStandardLibrary(name, impl_->environment.version),
                                             "the standard library (bundled stubs)")) {
    return steps;
  }
  try_bundled(impl_->stubs->FindThirdParty(name), "third-party packages (bundled stubs)");
  return steps;
}

Resolver::FileModule Resolver::ModuleOf(absl::string_view path) const {
  FileModule module;
  absl::string_view stem = path;
  if (!absl::ConsumeSuffix(&stem, ".pyi")) absl::ConsumeSuffix(&stem, ".py");
  module.is_package = absl::ConsumeSuffix(&stem, "/__init__");
  const SearchPath* best = nullptr;
  for (const SearchPath& root : impl_->environment.paths) {
    const bool holds = absl::StartsWith(stem, root.folder) && stem.size() > root.folder.size() &&
                       (stem[root.folder.size()] == '/' || root.folder == "/");
    // The innermost root names the file: `src/pkg/a.py` is `pkg.a` though the project's own folder is a root as well.
    if (holds && (best == nullptr || root.folder.size() > best->folder.size())) best = &root;
  }
  std::string folder = best != nullptr ? best->folder : std::string();
  if (best == nullptr || !IsPackagePath(folder, stem)) folder = TopOfPackage(std::string(stem));
  const absl::string_view below = stem.substr(std::min(stem.size(), folder.size() + 1));
  module.name = absl::StrJoin(absl::StrSplit(below, '/'), ".");
  return module;
}

// Whether the folders between `root` and the file may be packages: their names are identifiers.
bool Resolver::IsPackagePath(absl::string_view root, absl::string_view stem) const {
  const absl::string_view below = stem.substr(std::min(stem.size(), root.size() + 1));
  for (const absl::string_view part : absl::StrSplit(below, '/')) {
    if (part.empty() || part.find_first_of(".-+ ") != absl::string_view::npos) return false;
  }
  return true;
}

// The folder above the outermost package that holds `stem`.
std::string Resolver::TopOfPackage(std::string stem) const {
  while (true) {
    const size_t slash = stem.rfind('/');
    if (slash == std::string::npos || slash == 0) return "/";
    stem.resize(slash);
    const bool is_package = impl_->folders.Has(stem, "__init__.py") == FolderCache::Kind::kFile ||
                            impl_->folders.Has(stem, "__init__.pyi") == FolderCache::Kind::kFile;
    if (!is_package) return stem;
  }
}

std::string AbsoluteName(absl::string_view importer, bool importer_is_package, unsigned level,
                         absl::string_view name) {
  std::vector<absl::string_view> parts = absl::StrSplit(importer, '.', absl::SkipEmpty());
  const unsigned up = importer_is_package ? level - 1 : level;
  if (up > parts.size()) return "";
  parts.resize(parts.size() - up);
  if (!name.empty()) parts.push_back(name);
  return absl::StrJoin(parts, ".");
}

}  // namespace overt::resolve
