#include "checker/classes/special_forms.h"

#include <array>

#include "absl/algorithm/container.h"
#include "absl/strings/str_split.h"

namespace overt::classes {
namespace {

struct FormRow {
  SpecialForm form;
  absl::string_view modules;
  absl::string_view name;
};

constexpr FormRow kForms[] = {
#define SPECIAL(ident, modules, name) {SpecialForm::ident, modules, name},
#include "checker/classes/special_forms.def"
};

// The names of typing that stubs declare as `_Alias()` or as special forms, and that are classes as bases.
// Source: the documentation of typing, "Deprecated aliases".
struct AliasRow {
  absl::string_view alias, module, name;
};
constexpr AliasRow kAliases[] = {
    {"List", "builtins", "list"},
    {"Dict", "builtins", "dict"},
    {"Set", "builtins", "set"},
    {"FrozenSet", "builtins", "frozenset"},
    {"Tuple", "builtins", "tuple"},
    {"Type", "builtins", "type"},
    {"DefaultDict", "collections", "defaultdict"},
    {"Counter", "collections", "Counter"},
    {"Deque", "collections", "deque"},
    {"ChainMap", "collections", "ChainMap"},
    {"OrderedDict", "collections", "OrderedDict"},
};

// Stubs define these in typing or contextlib. Source: the same chapter.
constexpr absl::string_view kAbstractAliases[] = {
    "AbstractSet",     "AsyncContextManager",
    "AsyncGenerator",  "AsyncIterable",
    "AsyncIterator",   "Awaitable",
    "ByteString",      "Callable",
    "Collection",      "Container",
    "ContextManager",  "Coroutine",
    "Generator",       "Hashable",
    "ItemsView",       "Iterable",
    "Iterator",        "KeysView",
    "Mapping",         "MappingView",
    "Match",           "MutableMapping",
    "MutableSequence", "MutableSet",
    "Pattern",         "Reversible",
    "Sequence",        "Sized",
    "ValuesView",
};

}  // namespace

SpecialForms::SpecialForms() {
  for (const FormRow& row : kForms) {
    if (row.modules.empty()) continue;
    for (const absl::string_view module : absl::StrSplit(row.modules, ' ')) {
      modules_.insert(module);
      by_name_[row.name].emplace_back(module, row.form);
    }
  }
}

SpecialForm SpecialForms::Find(absl::string_view module, absl::string_view name) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return SpecialForm::kNone;
  for (const auto& [where, form] : found->second) {
    if (where == module) return form;
  }
  return SpecialForm::kNone;
}

TypingAlias FindTypingAlias(absl::string_view name) {
  for (const AliasRow& row : kAliases) {
    if (row.alias == name) return {row.module, row.name};
  }
  return {};
}

bool IsTypingAlias(absl::string_view name) {
  return absl::c_linear_search(kAbstractAliases, name) || !FindTypingAlias(name).name.empty();
}

}  // namespace overt::classes
