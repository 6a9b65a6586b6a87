#include "checker/classes/runtime_bases.h"

#include "absl/strings/str_split.h"

namespace overt::classes {
namespace {

struct BasesRow {
  absl::string_view module;
  absl::string_view classes;
};

// Compared with CPython 3.11 and 3.14: `cls.__bases__ == (object,)` where typeshed names more than Generic and
// Protocol.
constexpr BasesRow kWithoutBases[] = {
    {"_asyncio", "Future"},
    {"_collections_abc", "dict_keys dict_values dict_items"},
    {"_contextvars", "Context"},
    {"_frozen_importlib", "BuiltinImporter FrozenImporter"},
    {"_frozen_importlib_external", "WindowsRegistryFinder PathFinder FileFinder NamespaceLoader"},
    {"_weakrefset", "WeakSet"},
    {"array", "array"},
    {"builtins", "str bytes bytearray memoryview tuple list dict set frozenset range"},
    {"codecs", "StreamReaderWriter StreamRecoder"},
    {"collections", "deque"},
    {"pathlib", "PurePath"},
    {"sqlite3", "Row"},
    {"tempfile", "_TemporaryFileWrapper"},
    {"types", "MappingProxyType GeneratorType AsyncGeneratorType CoroutineType DynamicClassAttribute"},
};

// Compared with the same versions: the stub leaves out a base that the class has, or has it in another order.
struct ListedRow {
  absl::string_view module, name, bases;
};
constexpr ListedRow kListed[] = {
    {"typing", "Collection", "Sized Iterable Container"},
};

// The stubs say so from Python 3.12 on.
struct LayoutRow {
  absl::string_view module, name;
};
constexpr LayoutRow kLayouts[] = {{"_io", "_IOBase"}, {"types", "SimpleNamespace"}};

bool IsLibraryClass(const program::Program& program, const ClassInfo& info) {
  return program.file(info.ref.file).is_bundled && info.form == ClassForm::kStatement &&
         !info.is(ClassFlags::kInFunction);
}

}  // namespace

std::optional<std::vector<absl::string_view>> RuntimeBases::Of(const program::Program& program, const ClassInfo& info) {
  if (info.bases.size() == 1 && !info.bases[0].expression.present()) return std::nullopt;
  if (!IsLibraryClass(program, info)) return std::nullopt;
  const absl::string_view module = program.file(info.ref.file).module;
  for (const ListedRow& row : kListed) {
    if (row.module == module && row.name == info.name) return absl::StrSplit(row.bases, ' ');
  }
  for (const BasesRow& row : kWithoutBases) {
    if (row.module != module) continue;
    for (const absl::string_view name : absl::StrSplit(row.classes, ' ')) {
      if (name == info.name) return std::vector<absl::string_view>{"object"};
    }
  }
  return std::nullopt;
}

bool RuntimeBases::FixesLayout(const program::Program& program, const ClassInfo& info, grammar::PythonVersion version) {
  if (version >= grammar::PythonVersion{3, 12} || !IsLibraryClass(program, info)) return false;
  const absl::string_view module = program.file(info.ref.file).module;
  for (const LayoutRow& row : kLayouts) {
    if (row.module == module && row.name == info.name) return true;
  }
  return false;
}

}  // namespace overt::classes
