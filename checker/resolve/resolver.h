// Module names to files, by the rules of PEP 561 and of Python's import system.
//
//   resolver.Resolve("docutils.nodes")   -> site-packages/docutils/nodes.py, its bundled stub noted as `also`
//
// Order: first-party roots, extra paths, bundled standard library, roots that are guesses, then site-packages (`-stubs`
// packages before the package itself; a package that is installed is read from its own sources before overt's bundled
// third-party stubs are believed), bundled third-party stubs, and last the interpreter's own modules, of which typeshed
// leaves out some. A submodule is looked for in its package's folders;
// namespace packages may have several. What a stub package lacks is taken from the package: the question is first of
// all what exists. Thread-safe; answers are memoised and never change within one resolver. Reads folders, and of files
// only the `__init__.py` of a package that lies in two places.
// Source: the import system reference; PEP 420; PEP 561; the typing specification, "Import resolution ordering".
#ifndef OVERT_CHECKER_RESOLVE_RESOLVER_H_
#define OVERT_CHECKER_RESOLVE_RESOLVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "checker/resolve/environment.h"
#include "checker/resolve/folder_cache.h"
#include "stubs/stub_index.h"

namespace overt::resolve {

// A place that holds the text of a module.
struct ModuleFile {
  enum class Kind : uint8_t {
    kSource,       // .py
    kStub,         // .pyi on disk
    kBundledStub,  // in the stub index
    kCompiled,     // .so, .pyd, .pyc only: exists, contents unknown
  };
  Kind kind = Kind::kSource;
  std::string path;          // absolute; for kBundledStub the path within typeshed
  uint32_t stub_number = 0;  // kBundledStub
};

struct ResolvedModule {
  enum class Kind : uint8_t { kNotFound, kModule, kPackage, kNamespace };
  Kind kind = Kind::kNotFound;
  std::string name;  // dotted, absolute: as `ModuleOf` calls the file, whatever the import called it
  ModuleFile file;   // kModule, kPackage: what is read
  // The other half where both a stub and a source are at hand: existence of members may consult it.
  std::vector<ModuleFile> also;
  std::vector<std::string> folders;  // kPackage, kNamespace: where submodules are looked for
  SearchPath::Kind origin = SearchPath::Kind::kFirstParty;
  enum class Family : uint8_t { kFirstParty, kStandardLibrary, kThirdParty };
  Family family = Family::kFirstParty;
  bool typed = false;  // py.typed, or a stub
};

// Why a name was (not) found, in order: what `overt env --import NAME` prints.
struct ResolveStep {
  std::string place;
  std::string outcome;
};

class Resolver {
 public:
  Resolver(Environment environment, std::shared_ptr<const stubs::StubIndex> stubs, const DiskChanges& changes = {});
  ~Resolver();

  const Environment& environment() const;
  const stubs::StubIndex& stubs() const;

  // `name` is absolute. The reference lives as long as the resolver.
  const ResolvedModule& Resolve(absl::string_view name) const;

  // The file that imports; `path` is empty for a bundled stub.
  struct Importer {
    absl::string_view path;
    absl::string_view module;
    bool is_package = false;
  };
  // What `from ..name import x` (level 2) or `import name` (level 0) means in a file. As `Resolve`, but a relative
  // import stays in its own folder if two files have one name, and where no root has `name` it is looked for beside
  // the file: scripts, tests without packages, projects within the project.
  const ResolvedModule& ResolveFrom(const Importer& importer, unsigned level, absl::string_view name) const;

  std::vector<ResolveStep> Explain(absl::string_view name) const;

  // The module that a file on disk is, by the innermost root that holds it: "pkg.mod", `is_package` for `__init__`. For
  // files under no root: the name by walking up while there is an `__init__.py`.
  struct FileModule {
    std::string name;
    bool is_package = false;
    ResolvedModule::Family family = ResolvedModule::Family::kFirstParty;
  };
  FileModule ModuleOf(absl::string_view path) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The absolute name of `from ..x import y` in module `importer`; empty if it climbs too far.
// Source: the import system reference, "Package Relative Imports".
std::string AbsoluteName(absl::string_view importer, bool importer_is_package, unsigned level, absl::string_view name);

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_RESOLVER_H_
