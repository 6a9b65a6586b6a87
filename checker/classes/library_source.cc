// What the standard library's classes have at run time and their stubs do not say.
#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "checker/classes/hidden_members.h"

namespace overt::classes {

namespace {

// Stubs that describe what another module's source defines.
absl::string_view SourceModule(absl::string_view stub_module) {
  struct Row {
    absl::string_view stub, source;
  };
  static constexpr Row kRows[] = {
      {"_frozen_importlib", "importlib._bootstrap"},
      {"_frozen_importlib_external", "importlib._bootstrap_external"},
      {"typing", "_collections_abc"},
  };
  for (const Row& row : kRows) {
    if (row.stub == stub_module) return row.source;
  }
  return stub_module;
}

// The module's file in the library of the environment's interpreter.
FileId LibraryFile(Engine& engine, absl::string_view module) {
  const std::string path = absl::StrReplaceAll(module, {{".", "/"}});
  for (const resolve::SearchPath& library : engine.program.resolver().environment().library) {
    for (const absl::string_view ending : {".py", "/__init__.py"}) {
      const FileId file = engine.program.AddFile(absl::StrCat(library.folder, "/", path, ending));
      if (engine.program.Index(file) != nullptr) return file;
    }
  }
  return FileId();
}

// The class that a module of the library binds a name to by a class statement.
ClassRef ClassIn(Engine& engine, FileId file, absl::string_view name) {
  if (!file.present()) return ClassRef();
  const bind::ModuleIndex& index = *engine.program.Index(file);
  const bind::SymbolId symbol = index.Find(index.module_scope(), name);
  if (!symbol.present()) return ClassRef();
  for (bind::DefId id = index.symbol(symbol).first; id.present(); id = index.definition(id).next) {
    const bind::Definition& definition = index.definition(id);
    if (definition.kind == bind::DefKind::kClass && definition.reach != bind::Reach::kNever) {
      return {file, definition.node};
    }
  }
  return ClassRef();
}

struct AttributesRow {
  absl::string_view module, name, attributes;
};

constexpr AttributesRow kLibraryAttributes[] = {
#define LIBRARY_ATTRIBUTES(module, name, attributes) {module, name, attributes},
#include "checker/classes/synthesized/library_attributes.def"
};

}  // namespace

bool IsLibraryAttribute(Engine& engine, ClassRef ref, absl::string_view name) {
  const program::FileInfo& file = engine.program.file(ref.file);
  if (!file.is_bundled || file.family != resolve::ResolvedModule::Family::kStandardLibrary) return false;
  const ClassInfo& info = CompleteInfoOf(engine, ref);
  return absl::c_any_of(kLibraryAttributes, [&](const AttributesRow& row) {
    return row.name == info.name && row.module == file.module &&
           absl::c_linear_search(absl::StrSplit(row.attributes, ' '), name);
  });
}

ClassRef LibrarySource(Engine& engine, ClassRef ref) {
  const program::FileInfo& file = engine.program.file(ref.file);
  if (!file.is_bundled || file.family != resolve::ResolvedModule::Family::kStandardLibrary) return ClassRef();
  if (engine.program.resolver().environment().library.empty()) return ClassRef();
  const ClassInfo& info = CompleteInfoOf(engine, ref);
  if (info.qualified != absl::StrCat(file.module, ".", info.name)) return ClassRef();
  return ClassIn(engine, LibraryFile(engine, SourceModule(file.module)), info.name);
}

bool IsPutIntoClasses(absl::string_view name, const grammar::PythonVersion& version) {
  struct Row {
    absl::string_view name;
    grammar::PythonVersion since;
  };
  static constexpr Row kRows[] = {
      {"__abstractmethods__", {3, 0}},
      {"__annotate__", {3, 14}},
      {"__annotate_func__", {3, 14}},
      {"__annotations_cache__", {3, 14}},
      {"__annotations__", {3, 0}},
      {"__dict__", {3, 0}},
      {"__doc__", {3, 0}},
      {"__firstlineno__", {3, 13}},
      {"__module__", {3, 0}},
      {"__orig_bases__", {3, 0}},
      {"__parameters__", {3, 0}},
      {"__qualname__", {3, 3}},
      {"__static_attributes__", {3, 13}},
      {"__type_params__", {3, 12}},
      {"__weakref__", {3, 0}},
      {"_abc_impl", {3, 7}},
  };
  return absl::c_any_of(kRows, [&](const Row& row) { return row.name == name && version >= row.since; });
}

}  // namespace overt::classes
