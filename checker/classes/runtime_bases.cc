#include "checker/classes/runtime_bases.h"

#include "absl/strings/str_split.h"

namespace overt::classes {
namespace {

struct Row {
  absl::string_view module;
  absl::string_view classes;
};

// Compared with CPython 3.11 and 3.14: `cls.__bases__ == (object,)` where typeshed names more than Generic and Protocol.
constexpr Row kRows[] = {
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

}  // namespace

bool RuntimeBases::HasOnlyObject(const program::Program& program, const ClassInfo& info) {
  if (info.bases.size() == 1 && !info.bases[0].expression.present()) return false;
  const program::FileInfo& file = program.file(info.ref.file);
  if (!file.is_bundled || info.form != ClassForm::kStatement || info.is(ClassFlags::kInFunction)) return false;
  for (const Row& row : kRows) {
    if (row.module != file.module) continue;
    for (const absl::string_view name : absl::StrSplit(row.classes, ' ')) {
      if (name == info.name) return true;
    }
  }
  return false;
}

}  // namespace overt::classes
