#include "checker/resolve/resolver.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/folder_cache.h"
#include "checker/resolve/module_names.h"
#include "checker/resolve/module_search.h"

namespace overt::resolve {
namespace {

using Kind = ResolvedModule::Kind;
using Family = ResolvedModule::Family;
using stubs::StubFile;
using Trace = std::vector<ResolveStep>;

// A module with what its submodules need to know.
struct Node {
  ResolvedModule module;
  std::vector<std::string> stub_folders;  // of a `-stubs` package: asked before `module.folders`
  bool is_guess = false;                  // found in a root that is a guess
  bool is_marked = false;                 // `py.typed` here or above
  bool is_standard_copy = false;          // a file of a standard library that is the project itself
  // The modules of the name are found in the bundled stubs if no folder has them.
  bool may_be_bundled = false;
};

// What the search for one name has come to so far.
struct Search {
  FoundModule winner;
  const SearchPath* path = nullptr;   // of the winner
  std::vector<std::string> portions;  // of a namespace
  const SearchPath* portions_path = nullptr;
  std::string stub;  // in a `-stubs` package
  Kind stub_kind = Kind::kNotFound;
  std::vector<std::string> stub_folders;
  std::optional<StubFile> bundled;  // the winner
  Family bundled_family = Family::kThirdParty;

  bool is_over() const { return winner.is_regular() || bundled.has_value(); }
};

constexpr absl::string_view kCompiledModules[] = {
#define COMPILED_MODULE(name) name,
#include "checker/resolve/compiled_modules.def"
};

bool IsInstalled(const SearchPath& path) {
  return path.kind == SearchPath::Kind::kSitePackages || path.kind == SearchPath::Kind::kEditable;
}

ModuleFile BundledFile(const StubFile& stub) {
  return {ModuleFile::Kind::kBundledStub, std::string(stub.path), stub.number};
}

absl::string_view OutcomeOf(Kind kind) {
  switch (kind) {
    case Kind::kNotFound: return "nothing of that name";
    case Kind::kModule: return "found a module";
    case Kind::kPackage: return "found a package";
    case Kind::kNamespace: return "a folder without `__init__.py`: part of a namespace package";
  }
  return "";
}

void Report(Trace* trace, std::string place, const FoundModule& found) {
  if (trace == nullptr) return;
  std::string outcome(OutcomeOf(found.kind));
  if (found.is_regular()) absl::StrAppend(&outcome, ": ", found.first_file());
  trace->push_back({std::move(place), std::move(outcome)});
}

std::string PlaceOf(const SearchPath& path) { return absl::StrCat(path.folder, " (", path.origin, ")"); }

constexpr absl::string_view kStandardLibrary = "the standard library (bundled stubs)";
constexpr absl::string_view kThirdParty = "third-party packages (bundled stubs)";

}  // namespace

struct Resolver::Impl {
  Impl(Environment given, std::shared_ptr<const stubs::StubIndex> index, const DiskChanges& changes)
      : environment(std::move(given)), stubs(std::move(index)), folders(changes), names(environment, folders) {
    for (const SearchPath& path : environment.paths) {
      if (!path.module.empty()) {
        mapped.push_back(&path);
        continue;
      }
      (IsInstalled(path) ? installed : path.is_guess ? guesses : certain).push_back(&path);
      if (!IsInstalled(path) && IsStandardLibrary(folders, path.folder)) standard_copies.push_back(&path);
    }
  }

  const Environment environment;
  const std::shared_ptr<const stubs::StubIndex> stubs;
  mutable FolderCache folders;
  const ModuleNames names;
  std::vector<const SearchPath*> certain, guesses, installed, mapped;  // in search order
  std::vector<const SearchPath*> standard_copies;

  static constexpr size_t kShards = 16;
  struct Shard {
    absl::Mutex mutex;
    absl::flat_hash_map<std::string, std::unique_ptr<const Node>> nodes ABSL_GUARDED_BY(mutex);
  };
  mutable std::array<Shard, kShards> shards;

  // --- The memo ------------------------------------------------------------------------------------------------------

  Shard& ShardOf(absl::string_view key) const { return shards[absl::Hash<absl::string_view>{}(key) % kShards]; }

  const Node* Recall(absl::string_view key) const {
    Shard& shard = ShardOf(key);
    absl::ReaderMutexLock lock(&shard.mutex);
    const auto it = shard.nodes.find(key);
    return it == shard.nodes.end() ? nullptr : it->second.get();
  }

  const Node& Keep(absl::string_view key, Node node) const {
    auto owned = std::make_unique<const Node>(std::move(node));
    Shard& shard = ShardOf(key);
    absl::MutexLock lock(&shard.mutex);
    return *shard.nodes.try_emplace(std::string(key), std::move(owned)).first->second;
  }

  const Node& Remember(absl::string_view name) const {
    if (const Node* known = Recall(name)) return *known;
    const Node* package = nullptr;
    for (size_t end = name.find('.');; end = name.find('.', end + 1)) {
      const absl::string_view prefix = name.substr(0, end);
      const Node* node = Recall(prefix);
      if (node == nullptr) node = &Keep(prefix, Compute(package, std::string(prefix), nullptr));
      if (end == absl::string_view::npos) return *node;
      if (node->module.kind == Kind::kNotFound) return Keep(name, NotFound(name));
      package = node;
    }
  }

  static Node NotFound(absl::string_view name) {
    Node node;
    node.module.name = std::string(name);
    return node;
  }

  Node Compute(const Node* package, const std::string& name, Trace* trace) const {
    const absl::string_view last = absl::string_view(name).substr(name.rfind('.') + 1);
    if (last.empty()) return NotFound(name);
    Search search;
    if (package == nullptr) {
      SearchTopLevel(name, search, trace);
    } else {
      SearchPackage(*package, name, last, search, trace);
    }
    Node node = Finish(std::move(search), package, name);
    if (package == nullptr && node.module.kind == Kind::kNotFound) TakeCompiledIn(node, trace);
    return node;
  }

  // A module of the interpreter that has no file and no stub: it exists, and that is all.
  static void TakeCompiledIn(Node& node, Trace* trace) {
    const auto* end = std::end(kCompiledModules);
    if (std::find(std::begin(kCompiledModules), end, node.module.name) == end) return;
    node.module.kind = Kind::kModule;
    node.module.file.kind = ModuleFile::Kind::kCompiled;
    node.module.family = Family::kStandardLibrary;
    if (trace != nullptr) trace->push_back({"modules compiled into Python", "found: its contents are unknown"});
  }

  // --- A top-level module --------------------------------------------------------------------------------------------

  void SearchTopLevel(const std::string& name, Search& search, Trace* trace) const {
    SearchPaths(certain, name, search, trace);
    if (!search.is_over()) TryStandardLibrary(name, search, trace);
    if (!search.is_over()) SearchPaths(guesses, name, search, trace);
    if (!search.is_over()) SearchPaths(installed, name, search, trace);
    SearchMapped(name, search, trace);
    if (search.is_over() || search.stub_kind == Kind::kPackage || search.stub_kind == Kind::kModule) return;
    TryThirdParty(name, search, trace);
    if (!search.is_over() && search.portions.empty()) SearchLibrary(name, search, trace);
  }

  // What typeshed leaves out: private modules, and those for CPython's own tests.
  void SearchLibrary(const std::string& name, Search& search, Trace* trace) const {
    const size_t dot = name.rfind('.');
    const std::string parent =
        dot == std::string::npos ? "" : "/" + absl::StrReplaceAll(name.substr(0, dot), {{".", "/"}});
    const std::string last = dot == std::string::npos ? name : name.substr(dot + 1);
    for (const SearchPath& path : environment.library) {
      FoundModule found = LookIn(folders, path.folder + parent, last);
      if (!found.is_regular()) continue;  // every folder there looks like a namespace package
      Report(trace, PlaceOf(path), found);
      Take(std::move(found), &path, search);
      return;
    }
  }

  void SearchPaths(const std::vector<const SearchPath*>& paths, const std::string& name, Search& search,
                   Trace* trace) const {
    for (const SearchPath* path : paths) {
      // Stub packages stand before packages, wherever each of them is installed.
      AddStubPackage(*path, name, search, trace);
      if (search.winner.is_regular()) {
        AddPortionOfWinner(*path, name, search);
        continue;
      }
      if (IsLoadedAtStart(name) &&
          std::find(standard_copies.begin(), standard_copies.end(), path) == standard_copies.end()) {
        if (trace != nullptr) trace->push_back({PlaceOf(*path), "Python has loaded its own before it looks here"});
        continue;
      }
      FoundModule found = LookIn(folders, path->folder, name);
      Report(trace, PlaceOf(*path), found);
      Take(std::move(found), path, search);
    }
  }

  void AddStubPackage(const SearchPath& path, const std::string& name, Search& search, Trace* trace) const {
    const std::string stub_name = absl::StrCat(name, "-stubs");
    if (folders.Has(path.folder, stub_name) != FolderCache::Kind::kFolder) return;
    const FoundModule found = LookIn(folders, path.folder, stub_name);
    Report(trace, absl::StrCat(path.folder, "/", stub_name), found);
    AddStub(found, search);
  }

  static void AddStub(const FoundModule& found, Search& search) {
    if (search.stub.empty() && !found.stub.empty()) {
      search.stub = found.stub;
      search.stub_kind = found.kind;
    }
    if (!found.folder.empty()) {
      search.stub_folders.push_back(found.folder);
      if (search.stub_kind == Kind::kNotFound) search.stub_kind = Kind::kNamespace;
    }
  }

  static void Take(FoundModule found, const SearchPath* path, Search& search) {
    if (found.kind == Kind::kNamespace) {
      if (search.portions.empty()) search.portions_path = path;
      search.portions.push_back(std::move(found.folder));
    } else if (found.is_regular()) {
      const bool goes_on = !search.portions.empty() && found.kind == Kind::kPackage && ExtendsPath(found.source);
      if (!goes_on) search.portions.clear();
      search.winner = std::move(found);
      search.path = path;
    }
  }

  // pkgutil's way of packages that lie in several folders.
  void AddPortionOfWinner(const SearchPath& path, absl::string_view name, Search& search) const {
    if (search.winner.kind != Kind::kPackage || folders.Has(path.folder, name) != FolderCache::Kind::kFolder) return;
    if (ExtendsPath(search.winner.source)) search.portions.push_back(absl::StrCat(path.folder, "/", name));
  }

  // Import hooks of editable installs: asked last, each for the names it knows.
  void SearchMapped(const std::string& name, Search& search, Trace* trace) const {
    for (const SearchPath* path : mapped) {
      if (path->module == name) {
        if (search.is_over()) continue;
        FoundModule found = LookAt(folders, path->folder);
        Report(trace, PlaceOf(*path), found);
        Take(std::move(found), path, search);
      } else if (absl::StartsWith(path->module, name + ".") && search.portions_path == nullptr) {
        search.portions_path = path;  // the namespace around a package that is mapped
      }
    }
  }

  void TryStandardLibrary(const std::string& name, Search& search, Trace* trace) const {
    search.bundled = stubs->FindStandardLibrary(name, environment.version);
    search.bundled_family = Family::kStandardLibrary;
    ReportBundled(kStandardLibrary, search.bundled, trace);
  }

  void TryThirdParty(const std::string& name, Search& search, Trace* trace) const {
    search.bundled = stubs->FindThirdParty(name);
    search.bundled_family = Family::kThirdParty;
    ReportBundled(kThirdParty, search.bundled, trace);
  }

  static void ReportBundled(absl::string_view place, const std::optional<StubFile>& stub, Trace* trace) {
    if (trace == nullptr) return;
    const std::string outcome =
        stub ? absl::StrCat("found typeshed/", stub->path) : "no stub of that name for this Python version";
    trace->push_back({std::string(place), outcome});
  }

  // --- A submodule ---------------------------------------------------------------------------------------------------

  void SearchPackage(const Node& package, const std::string& name, absl::string_view last, Search& search,
                     Trace* trace) const {
    for (const std::string& folder : package.stub_folders) {
      const FoundModule found = LookIn(folders, folder, last);
      Report(trace, folder, found);
      AddStub(found, search);
    }
    for (const std::string& folder : package.module.folders) {
      FoundModule found = LookIn(folders, folder, last);
      if (search.winner.is_regular()) {
        const bool goes_on =
            search.winner.kind == Kind::kPackage && !found.folder.empty() && ExtendsPath(search.winner.source);
        if (goes_on) search.portions.push_back(std::move(found.folder));
        continue;
      }
      Report(trace, folder, found);
      Take(std::move(found), nullptr, search);
    }
    SearchMapped(name, search, trace);
    if (search.is_over() || !search.stub.empty()) return;
    if (package.module.family == Family::kStandardLibrary || package.is_standard_copy) {
      TryStandardLibrary(name, search, trace);
      if (!search.is_over() && !package.is_standard_copy) SearchLibrary(name, search, trace);
    } else if (package.may_be_bundled) {
      // Also where the package's own folder lacks it: modules such as `six.moves` are made while the program runs.
      TryThirdParty(name, search, trace);
    }
  }

  // --- The answer ----------------------------------------------------------------------------------------------------

  Node Finish(Search search, const Node* package, const std::string& name) const {
    Node node = NotFound(name);
    ResolvedModule& module = node.module;
    const SearchPath* path = search.path != nullptr ? search.path : search.portions_path;
    const bool is_free = path == nullptr && package != nullptr;  // what is below a package belongs where that belongs
    module.origin = is_free ? package->module.origin : path != nullptr ? path->kind : SearchPath::Kind::kSitePackages;
    module.family = is_free                                 ? package->module.family
                    : path == nullptr || IsInstalled(*path) ? Family::kThirdParty
                                                            : Family::kFirstParty;
    node.is_guess = is_free ? package->is_guess : path != nullptr && path->is_guess;
    node.is_standard_copy = IsStandardCopy(search, package, path, name);
    node.stub_folders = std::move(search.stub_folders);
    if (search.bundled) {
      TakeBundled(search, node);
    } else if (search.winner.is_regular() || !search.stub.empty()) {
      TakeFiles(search, package, node, name);
    } else if (!search.portions.empty() || search.portions_path != nullptr || search.stub_kind == Kind::kNamespace ||
               IsBundledNamespace(package, name)) {
      module.kind = Kind::kNamespace;
      module.folders = std::move(search.portions);
      node.may_be_bundled = package == nullptr || package->may_be_bundled;
    }
    return node;
  }

  bool IsBundledNamespace(const Node* package, const std::string& name) const {
    return (package == nullptr || package->may_be_bundled || package->module.family == Family::kStandardLibrary) &&
           stubs->IsNamespace(name);
  }

  // The project is the standard library, or has a copy of one of its packages (`asyncio/`): half of the modules that
  // lie there are the standard library's.
  bool IsStandardCopy(const Search& search, const Node* package, const SearchPath* path,
                      const std::string& name) const {
    if (package != nullptr) return package->is_standard_copy;
    if (path == nullptr || IsInstalled(*path) || !search.winner.is_regular()) return false;
    if (!stubs->FindStandardLibrary(name, environment.version)) return false;
    if (std::find(standard_copies.begin(), standard_copies.end(), path) != standard_copies.end()) return true;
    if (search.winner.kind != Kind::kPackage) return false;
    size_t modules = 0;
    size_t shared = 0;
    for (const auto& [file, kind] : folders.List(search.winner.folder).entries) {
      absl::string_view stem = file;
      if (kind != FolderCache::Kind::kFile || !absl::ConsumeSuffix(&stem, ".py")) continue;
      ++modules;
      if (stubs->FindStandardLibrary(absl::StrCat(name, ".", stem), environment.version)) ++shared;
    }
    return shared >= 3 && shared * 2 >= modules;
  }

  static void TakeBundled(const Search& search, Node& node) {
    ResolvedModule& module = node.module;
    module.kind = search.bundled->is_package ? Kind::kPackage : Kind::kModule;
    module.file = BundledFile(*search.bundled);
    module.family = search.bundled_family;
    module.origin = SearchPath::Kind::kSitePackages;
    module.typed = true;
    node.is_guess = false;
    node.may_be_bundled = search.bundled_family == Family::kThirdParty;
    if (node.may_be_bundled) {
      module.folders = search.portions;  // what is installed without an `__init__.py`
    } else {
      node.stub_folders.clear();
    }
  }

  void TakeFiles(Search& search, const Node* package, Node& node, const std::string& name) const {
    ResolvedModule& module = node.module;
    FoundModule& winner = search.winner;
    module.kind = winner.is_regular() ? winner.kind : search.stub_kind;
    if (!winner.folder.empty()) module.folders.push_back(winner.folder);
    module.folders.insert(module.folders.end(), search.portions.begin(), search.portions.end());
    node.may_be_bundled = module.family == Family::kThirdParty;
    const bool has_marker =
        !winner.folder.empty() && folders.Has(winner.folder, "py.typed") == FolderCache::Kind::kFile;
    node.is_marked = has_marker || (package != nullptr && package->is_marked);
    std::vector<ModuleFile> files;
    for (const std::string* stub : {&search.stub, &winner.stub}) {
      if (!stub->empty() && files.empty()) files.push_back({ModuleFile::Kind::kStub, *stub, 0});
    }
    if (!winner.source.empty()) files.push_back({ModuleFile::Kind::kSource, winner.source, 0});
    module.typed = node.is_marked || (!files.empty() && files.front().kind == ModuleFile::Kind::kStub);
    if (!module.typed || node.is_standard_copy) AddBundled(node, name, files);
    if (files.empty()) files.push_back({ModuleFile::Kind::kCompiled, winner.compiled, 0});
    module.file = std::move(files.front());
    module.also.assign(std::make_move_iterator(files.begin() + 1), std::make_move_iterator(files.end()));
    if (module.file.kind == ModuleFile::Kind::kSource || module.file.kind == ModuleFile::Kind::kStub) {
      module.name = names.Of(module.file.path).name;
    }
  }

  // typeshed's view of what has no types of its own.
  void AddBundled(const Node& node, const std::string& name, std::vector<ModuleFile>& files) const {
    std::optional<StubFile> stub;
    if (node.is_standard_copy) {
      stub = stubs->FindStandardLibrary(name, environment.version);
    } else if (node.module.family == Family::kThirdParty) {
      stub = stubs->FindThirdParty(name);
    }
    if (stub) files.push_back(BundledFile(*stub));
  }

  // --- Seen from one file --------------------------------------------------------------------------------------------

  // Whether the name of the importing file leads to that very file, so that names next to it do as well.
  bool IsKnownByName(const Importer& importer) const {
    const ResolvedModule& own = Remember(importer.module).module;
    const auto is_it = [&](const ModuleFile& file) { return file.path == importer.path; };
    return is_it(own.file) || std::any_of(own.also.begin(), own.also.end(), is_it);
  }

  // `name` strictly below one folder.
  const Node& RememberBelow(const std::string& root, absl::string_view name) const {
    const std::string key = absl::StrCat(root, "\n", name);  // no module's name has a line end
    if (const Node* known = Recall(key)) return *known;
    Node node = NotFound(name);
    node.module.folders = {root};
    for (const absl::string_view part : absl::StrSplit(name, '.')) {
      Search search;
      for (const std::string& folder : node.module.folders) {
        if (!search.winner.is_regular()) Take(LookIn(folders, folder, part), nullptr, search);
      }
      Node package = std::move(node);
      package.module.origin = SearchPath::Kind::kFirstParty;
      package.module.family = Family::kFirstParty;
      node = Finish(std::move(search), &package, std::string(name));
      if (node.module.kind == Kind::kNotFound) break;
    }
    return Keep(key, std::move(node));
  }

  // What a bundled stub means by a name: the library's own module, whatever the project has of that name. So `object`
  // stays what it is in a project that keeps a `typing_extensions.py` of its own.
  const ResolvedModule& FromBundled(absl::string_view name) const {
    const Node& global = Remember(name);
    if (global.module.family == Family::kStandardLibrary || global.is_standard_copy) return global.module;
    const std::string key = absl::StrCat("\n", name);  // below no folder
    if (const Node* known = Recall(key)) return IsFile(*known) ? known->module : global.module;
    Search search;
    TryStandardLibrary(std::string(name), search, nullptr);
    Node node = NotFound(name);
    if (search.bundled) TakeBundled(search, node);
    const Node& kept = Keep(key, std::move(node));
    return IsFile(kept) ? kept.module : global.module;
  }

  const ResolvedModule& Relative(const Importer& importer, unsigned level, absl::string_view name) const {
    const std::string absolute = AbsoluteName(importer.module, importer.is_package, level, name);
    if (importer.path.empty()) return FromBundled(absolute);
    const Node& global = Remember(absolute);
    if (IsKnownByName(importer)) return global.module;
    std::string folder = Parent(std::string(importer.path));
    for (unsigned i = 1; i < level && folder != "/"; ++i) folder = Parent(folder);
    const Node& local = name.empty() ? RememberBelow(Parent(folder), BaseName(folder)) : RememberBelow(folder, name);
    return local.module.kind == Kind::kNotFound ? global.module : local.module;
  }

  const ResolvedModule& Absolute(const Importer& importer, absl::string_view name) const {
    if (importer.path.empty()) return FromBundled(name);
    const Node& global = Remember(name);
    const bool is_firm = IsFile(global) && !global.is_guess && !IsOwnPackageElsewhere(importer, name);
    if (is_firm || names.Of(importer.path).family != Family::kFirstParty) return global.module;
    // The folder that Python would put first if it ran this file, then the roots of the project around it.
    const std::string home = names.TopOf(importer.path);
    const Node& beside = RememberBelow(home, name);
    // `celery.py` that imports celery does not mean itself.
    if (IsFile(beside) && beside.module.file.path != importer.path) return beside.module;
    const Node* nearest = global.is_guess ? NearestGuess(home, name) : nullptr;
    return nearest == nullptr ? global.module : nearest->module;
  }

  // Whether `name` is in the importing file's own package, and that package's name leads to another copy of it: the one
  // in the environment, where a source tree outside the project is checked. A package means itself.
  bool IsOwnPackageElsewhere(const Importer& importer, absl::string_view name) const {
    const auto top_of = [](absl::string_view module) { return module.substr(0, module.find('.')); };
    return top_of(importer.module) == top_of(name) && (importer.is_package || importer.module != top_of(name)) &&
           !IsKnownByName(importer);
  }

  static bool IsFile(const Node& node) {
    return node.module.kind == Kind::kModule || node.module.kind == Kind::kPackage;
  }

  // Of several projects within the project the one that shares most of its path with `home`.
  const Node* NearestGuess(const std::string& home, absl::string_view name) const {
    const Node* best = nullptr;
    size_t best_shared = 0;
    for (const SearchPath* path : guesses) {
      const auto [end, ignored] = std::mismatch(home.begin(), home.end(), path->folder.begin(), path->folder.end());
      const size_t shared = static_cast<size_t>(end - home.begin());
      if (best != nullptr && shared <= best_shared) continue;
      const Node& node = RememberBelow(path->folder, name);
      if (!IsFile(node)) continue;
      best = &node;
      best_shared = shared;
    }
    return best;
  }
};

Resolver::Resolver(Environment environment, std::shared_ptr<const stubs::StubIndex> stubs, const DiskChanges& changes)
    : impl_(std::make_unique<Impl>(std::move(environment), std::move(stubs), changes)) {}
Resolver::~Resolver() = default;

const Environment& Resolver::environment() const { return impl_->environment; }
const stubs::StubIndex& Resolver::stubs() const { return *impl_->stubs; }

const ResolvedModule& Resolver::Resolve(absl::string_view name) const { return impl_->Remember(name).module; }

const ResolvedModule& Resolver::ResolveFrom(const Importer& importer, unsigned level, absl::string_view name) const {
  return level == 0 ? impl_->Absolute(importer, name) : impl_->Relative(importer, level, name);
}

std::vector<ResolveStep> Resolver::Explain(absl::string_view name) const {
  Trace trace;
  const Node* package = nullptr;
  for (size_t end = name.find('.');; end = name.find('.', end + 1)) {
    const absl::string_view prefix = name.substr(0, end);
    const size_t before = trace.size();
    impl_->Compute(package, std::string(prefix), &trace);
    if (end != absl::string_view::npos || package != nullptr) {
      for (size_t i = before; i < trace.size(); ++i)
        trace[i].place = absl::StrCat("`", prefix, "` in ", trace[i].place);
    }
    package = &impl_->Remember(prefix);
    if (end == absl::string_view::npos || package->module.kind == Kind::kNotFound) return trace;
  }
}

Resolver::FileModule Resolver::ModuleOf(absl::string_view path) const { return impl_->names.Of(path); }

}  // namespace overt::resolve
