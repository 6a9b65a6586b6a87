// Names of modules as importers see them.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/classes/steps.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::DefKind;
using bind::Exports;

namespace {

Entity Absent() {
  Entity entity;
  entity.kind = EntityKind::kAbsent;
  return entity;
}

bool IsNothing(const EntitySet& set) {
  for (const Entity& entity : set) {
    // A star import that leads back to here brings nothing that is not found elsewhere.
    if (entity.kind != EntityKind::kAbsent && entity.reason != UnknownReason::kCycle) return false;
  }
  return true;
}

// What every module has without binding it.
bool IsImplicit(absl::string_view name) {
  return name == "__name__" || name == "__file__" || name == "__doc__" || name == "__dict__" || name == "__path__" ||
         name == "__package__" || name == "__spec__" || name == "__loader__" || name == "__builtins__" ||
         name == "__class__";
}

Entity StarTarget(Query& query, FileId file, const bind::ModuleIndex& index, NodeId statement) {
  const auto import = index.ast().Get<grammar::ImportFromNode>(statement);
  const absl::string_view module = import.module().present() ? index.ast().name(import.module()) : absl::string_view();
  const program::ImportTarget target = query.engine.program.Import(file, import.small(), module);
  if (target.module.empty()) return UnknownEntity(UnknownReason::kUnresolvedImport, {file, statement});
  Entity entity = query.engine.ModuleOf(target);
  if (entity.is_unknown()) entity.node = {file, statement};
  return entity;
}

// Whether a stub hands on what it imports under that name: `import x as x`, `from m import x as x`, or any definition.
bool IsReexported(const bind::ModuleIndex& index, bind::SymbolId symbol) {
  for (DefId id = index.symbol(symbol).first; id.present(); id = index.definition(id).next) {
    const bind::Definition& def = index.definition(id);
    if (def.kind != DefKind::kImport && def.kind != DefKind::kImportAs && def.kind != DefKind::kImportFrom) return true;
    const auto alias = index.ast().Get<grammar::ImportAliasNode>(def.node);
    if (!alias.as_name().present()) continue;
    if (index.ast().Get<grammar::IdentifierNode>(alias.as_name()).name() == alias.name()) return true;
  }
  return false;
}

enum class Exported : uint8_t { kNo, kYes, kMaybe };

bool ListsName(const bind::ModuleIndex& index, absl::string_view name) {
  for (const NodeId node : index.exports().names) {
    if (IsString(index.ast(), node) && StringText(index.ast(), node) == name) return true;
  }
  return false;
}

// Whether `from <that module> import *` takes the name, if the module has it.
Exported ExportOf(Query& query, FileId file, const bind::ModuleIndex& index, absl::string_view name) {
  const Exports& exports = index.exports();
  if (exports.all == Exports::All::kAbsent) {
    if (absl::StartsWith(name, "_")) return Exported::kNo;
    if (!query.engine.program.file(file).is_stub) return Exported::kYes;
    const bind::SymbolId symbol = index.Find(index.module_scope(), name);
    return !symbol.present() || IsReexported(index, symbol) ? Exported::kYes : Exported::kNo;
  }
  if (ListsName(index, name)) return Exported::kYes;
  for (const NodeId expression : exports.all_from_modules) {
    const Site site{file, &index, index.module_scope(), index.FlowAtEnd(index.module_scope())};
    for (const Entity& module : EvaluateIn(query, site, expression)) {
      if (module.kind != EntityKind::kModule || !module.module.present()) return Exported::kMaybe;
      const bind::ModuleIndex* other = query.engine.program.Index(module.module);
      if (other == nullptr || other->exports().all != Exports::All::kKnown) return Exported::kMaybe;
      // One level is what is written in practice; beyond it the name is taken if the module has it.
      if (ListsName(*other, name) || !other->exports().all_from_modules.empty()) return Exported::kMaybe;
    }
  }
  return exports.all == Exports::All::kDynamic ? Exported::kMaybe : Exported::kNo;
}

EntitySet Submodule(Query& query, FileId file, absl::string_view name) {
  const program::FileInfo& info = query.engine.program.file(file);
  if (!info.is_package || info.module.empty()) return {};
  const Entity module = query.engine.ModuleImported(file, 1, name);
  if (module.is_unknown() && module.reason == UnknownReason::kUnresolvedImport) return {};
  return One(module);
}

bool HasGetattr(const bind::ModuleIndex& index) {
  return index.Find(index.module_scope(), absl::string_view("__getattr__")).present();
}

// What the other half of a stub or source says; nothing if there is none.
EntitySet CounterpartValue(Query& query, FileId file, absl::string_view name) {
  const FileId other = query.engine.program.Counterpart(file);
  if (!other.present() || other == file) return {};
  const bind::ModuleIndex* index = query.engine.program.Index(other);
  if (index == nullptr) return {};
  const bind::SymbolId symbol = index->Find(index->module_scope(), name);
  if (!symbol.present()) return {};
  return FinalValues(query, other, *index, symbol, nullptr);
}

EntitySet ComputeName(Query& query, ModuleName key) {
  const bind::ModuleIndex* index = query.engine.program.Index(key.file);
  if (index == nullptr) return One(UnknownEntity(UnknownReason::kUnreadableModule, {key.file, NodeId::None()}));
  const absl::string_view name = query.engine.Text(key.name);
  EntitySet out;
  bool may_be_unbound = true;
  if (const bind::SymbolId symbol = index->Find(index->module_scope(), name); symbol.present()) {
    out = FinalValues(query, key.file, *index, symbol, &may_be_unbound);
  }
  if (!out.empty() && !may_be_unbound) return out;
  EntitySet star;
  if (!index->star_imports().empty()) {
    star = StarValue(query, key.file, *index, name);
    for (const Entity& entity : star) {
      if (!entity.is_unknown() && entity.kind != EntityKind::kAbsent) AddTo(out, entity);
    }
  }
  if (IsNothing(out)) {
    if (EntitySet submodule = Submodule(query, key.file, name); !submodule.empty()) return submodule;
  }
  if (!out.empty()) return out;
  if (HasGetattr(*index) || (index->scope(index->module_scope()).flags & bind::Scope::kDynamic) != 0) {
    return One(UnknownEntity(UnknownReason::kDynamicNamespace, {key.file, NodeId::None()}));
  }
  if (IsImplicit(name)) return One(ValueEntity());
  if (out = CounterpartValue(query, key.file, name); !out.empty()) return out;
  for (const Entity& entity : star) {
    if (entity.is_unknown()) AddTo(out, entity);
  }
  return out.empty() ? One(Absent()) : out;
}

// Stubs define `Iterable` in typing and hand it on to collections.abc; at run time it is the other way round, and what
// typing has is an alias. Source: `_SpecialGenericAlias` in CPython's Lib/typing.py.
void MarkTypingAliases(const program::FileInfo& file, absl::string_view name, EntitySet& values) {
  if (!file.is_bundled || file.module == "typing_extensions") return;
  const bool is_alias = file.module == "typing" && IsTypingAlias(name);
  for (Entity& entity : values) {
    if (entity.is_class()) entity.is_typing_alias = is_alias;
  }
}

}  // namespace

EntitySet StarValue(Query& query, FileId file, const bind::ModuleIndex& index, absl::string_view name) {
  EntitySet unknown;
  const auto stars = index.star_imports();
  // The last one wins.
  for (size_t i = stars.size(); i > 0; --i) {
    const Entity target = StarTarget(query, file, index, stars[i - 1]);
    if (target.is_unknown()) {
      Entity entity = UnknownEntity(UnknownReason::kUnresolvedImport, {file, stars[i - 1]});
      if (target.module_name != UINT32_MAX) {
        entity.module_name =
            query.engine.Intern(absl::StrCat(query.engine.Text(Atom(target.module_name)), ".", name)).raw;
      }
      AddTo(unknown, entity);
      continue;
    }
    if (!target.module.present() || target.module == file) continue;  // a namespace package has no names of its own
    const bind::ModuleIndex* other = query.engine.program.Index(target.module);
    if (other == nullptr) {
      AddTo(unknown, UnknownEntity(UnknownReason::kUnreadableModule, {file, stars[i - 1]}));
      continue;
    }
    if (ExportOf(query, target.module, *other, name) == Exported::kNo) continue;
    const EntitySet& found = NameOfModule(query, {target.module, query.engine.Intern(name)});
    if (IsNothing(found)) continue;
    if (AllAre(found, EntityKind::kUnknown) && HasGetattr(*other)) {
      AddAllTo(unknown, found);
      continue;
    }
    return found;
  }
  return unknown.empty() ? One(Absent()) : unknown;
}

const EntitySet& NameOfModule(Query& query, ModuleName name) {
  return query.Answer<EntitySet>({FrameKind::kModuleName, name.file, name.name.raw},
                                 MemoStore<ModuleName, EntitySet>{query.engine.module_names, name}, [&] {
                                   EntitySet values = ComputeName(query, name);
                                   MarkTypingAliases(query.engine.program.file(name.file), query.engine.Text(name.name),
                                                     values);
                                   return values;
                                 });
}

EntitySet AttributeOfModule(Query& query, const Entity& module, absl::string_view name) {
  if (module.is_unknown()) return One(module);
  if (module.module.present()) return NameOfModule(query, {module.module, query.engine.Intern(name)});
  const Entity submodule =
      query.engine.ModuleNamed(absl::StrCat(query.engine.Text(Atom(module.module_name)), ".", name));
  return One(submodule);
}

// Whether the name is only what a stub imports for itself: `import socket` in ssl.pyi. At run time the module may have
// something else of that name. spec: distributing type information, import conventions.
bool IsPrivateImport(Query& query, FileId file, absl::string_view name) {
  const bind::ModuleIndex* index = query.engine.program.Index(file);
  if (index == nullptr || !query.engine.program.file(file).is_stub) return false;
  const bind::SymbolId symbol = index->Find(index->module_scope(), name);
  return symbol.present() && index->symbol(symbol).first.present() &&
         index->definition(index->symbol(symbol).first).kind == DefKind::kImport && !IsReexported(*index, symbol);
}

EntitySet UsedAttributeOfModule(Query& query, const Entity& module, absl::string_view name) {
  EntitySet values = AttributeOfModule(query, module, name);
  if (module.module.present() && AllAre(values, EntityKind::kModule) && IsPrivateImport(query, module.module, name)) {
    EntitySet at_run_time = CounterpartValue(query, module.module, name);
    if (!at_run_time.empty()) return at_run_time;
    return One(UnknownEntity(UnknownReason::kUnsupported, {module.module, NodeId::None()}));
  }
  const bool is_absent = module.module.present() && AllAre(values, EntityKind::kAbsent);
  if (!is_absent || query.engine.SpecialOf(module.module, name) != SpecialForm::kOverride) return values;
  // Written for a newer Python, or with a fallback that does nothing, by people who mean the decorator.
  return AttributeOfModule(query, query.engine.ModuleNamed("typing_extensions"), name);
}

EntitySet BuiltinValue(Query& query, absl::string_view name) {
  return AttributeOfModule(query, query.engine.builtins, name);
}

}  // namespace overt::classes
