#include "checker/fixes/override_name.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/classes/evaluate.h"
#include "checker/classes/module_entity.h"
#include "grammar/base/names.h"

namespace overt::fixes {

using bind::DefKind;
using bind::ScopeKind;
using classes::Entity;
using classes::EntityKind;
using classes::EntitySet;
using classes::SpecialForm;
using grammar::ImportAliasNode;
using grammar::ImportFromNode;

namespace {

constexpr absl::string_view kOverride = "override";

absl::string_view ModuleFor(const FixSite& site) {
  switch (site.options().override_import) {
    case OverrideImport::kAuto: break;
    case OverrideImport::kTyping: return "typing";
    case OverrideImport::kTypingExtensions: return "typing_extensions";
  }
  const bool in_typing = site.index().options().target.version >= grammar::PythonVersion{3, 12};
  return in_typing ? "typing" : "typing_extensions";
}

bool HasOverride(const EntitySet& values) {
  return absl::c_any_of(values, [](const Entity& value) { return value.special == SpecialForm::kOverride; });
}

EntitySet NameInModule(const FixSite& site, const program::ImportTarget& target, absl::string_view name) {
  if (target.kind != program::ImportTarget::Kind::kFile) return {};
  return classes::ModuleAttribute(site.classes(), classes::ModuleEntity(site.program(), target.file), name);
}

program::ImportTarget TargetOf(const FixSite& site, NodeId import_from) {
  const auto import = site.ast().Get<ImportFromNode>(import_from);
  const absl::string_view module = import.module().present() ? site.ast().name(import.module()) : absl::string_view();
  return site.program().Import(site.file(), import.small(), module);
}

bool IsBranchOf(const Definition& definition, uint8_t flag) { return (definition.flags & flag) != 0; }

}  // namespace

void ImportNeed::Add(const ImportNeed& other) {
  if (other.empty()) return;
  name |= other.name;
  module |= other.module;
  window_begin = std::max(window_begin, other.window_begin);
  first_use = std::min(first_use, other.first_use);
}

OverrideNames::OverrideNames(const FixSite& site) : site_(site) {
  const absl::string_view module = ModuleFor(site);
  const program::ImportTarget target = site.program().Import(site.file(), 0, module);
  if (target.file != site.file() && HasOverride(NameInModule(site, target, kOverride))) {
    module_ = std::string(module);
    module_name_ = site.ast().FindName(module_);
  }

  const auto add = [](std::vector<Candidate>& list, Candidate candidate) {
    const auto same = [&](const Candidate& one) { return one.symbol == candidate.symbol; };
    if (absl::c_none_of(list, same)) list.push_back(candidate);
  };
  for (const Definition& definition : site.index().definitions()) {
    if (!definition.symbol.present()) continue;
    if (site.index().symbol(definition.symbol).scope != site.index().module_scope()) continue;
    if (Means(definition, /*is_module=*/false)) add(names_, {definition.symbol, false});
    if (Means(definition, /*is_module=*/true)) add(modules_, {definition.symbol, true});
  }
  std::stable_partition(names_.begin(), names_.end(), [&](const Candidate& one) {
    return site.ast().name(site.index().symbol(one.symbol).name) == kOverride;
  });
}

bool OverrideNames::IsConfigured(absl::string_view dotted) const {
  return absl::c_any_of(site_.classes().options().treat_as_override,
                        [&](const std::string& one) { return one == dotted; });
}

bool OverrideNames::IsOverrideImport(const Definition& definition) const {
  const absl::string_view name = site_.ast().name(site_.ast().Get<ImportAliasNode>(definition.node).name());
  const std::vector<std::string>& configured = site_.classes().options().treat_as_override;
  const auto ends_so = [&](const std::string& one) { return one.substr(one.rfind('.') + 1) == name; };
  if (name != kOverride && absl::c_none_of(configured, ends_so)) return false;
  const program::ImportTarget target = TargetOf(site_, definition.statement);
  if (IsConfigured(absl::StrCat(target.module, ".", name))) return true;
  return name == kOverride && HasOverride(NameInModule(site_, target, name));
}

// Whether the definition makes its name `override` itself, or the module that `override` comes from.
bool OverrideNames::Means(const Definition& definition, bool is_module) const {
  switch (definition.kind) {
    case DefKind::kImportFrom: return !is_module && IsOverrideImport(definition);
    case DefKind::kImport:
    case DefKind::kImportAs:
      return is_module && !module_.empty() &&
             site_.ast().name(site_.ast().Get<ImportAliasNode>(definition.node).name()) == module_;
    case DefKind::kFunction: {
      if (is_module) return false;
      const absl::string_view name = site_.ast().name(site_.index().symbol(definition.symbol).name);
      return IsConfigured(absl::StrCat(site_.program().file(site_.file()).module, ".", name));
    }
    default: return false;
  }
}

// Whether a scope between the decorator and the module binds the name. A class hides its names from the functions in
// it, so only the innermost scope may be a class that counts.
bool OverrideNames::IsHiddenFromModule(grammar::NameId name, NodeId function) const {
  if (!name.present()) return false;  // the file does not have it
  const bind::ModuleIndex& index = site_.index();
  bool is_innermost = true;
  for (ScopeId scope = site_.ScopeAround(function); scope != index.module_scope(); scope = index.scope(scope).parent) {
    const ScopeKind kind = index.scope(scope).kind;
    if ((kind != ScopeKind::kClass || is_innermost) && index.Find(scope, name).present()) return true;
    if (kind != ScopeKind::kTypeParameters) is_innermost = false;
  }
  return false;
}

// Whether the decorator is evaluated while the module is, not when some function is called.
bool OverrideNames::RunsAtImport(NodeId function) const {
  const bind::ModuleIndex& index = site_.index();
  for (ScopeId scope = site_.ScopeAround(function); scope.present(); scope = index.scope(scope).parent) {
    const ScopeKind kind = index.scope(scope).kind;
    if (kind == ScopeKind::kFunction || kind == ScopeKind::kLambda) return false;
  }
  return true;
}

uint32_t OverrideNames::EndOfStarsThatBind(absl::string_view name, bool is_module, NodeId function) const {
  const uint32_t last = RunsAtImport(function) ? site_.ast().range(function).begin : UINT32_MAX;
  uint32_t end = 0;
  for (const NodeId statement : site_.index().star_imports()) {
    if (site_.ast().range(statement).begin > last) continue;
    const EntitySet values = NameInModule(site_, TargetOf(site_, statement), name);
    const auto is_harmless = [&](const Entity& value) {
      return value.kind == EntityKind::kAbsent || (!is_module && value.special == SpecialForm::kOverride) ||
             (is_module && value.kind == EntityKind::kModule && value.module_name != UINT32_MAX &&
              site_.program().interner().text(grammar::Atom(value.module_name)) == module_);
    };
    if (values.empty() || !absl::c_all_of(values, is_harmless)) end = std::max(end, site_.ast().range(statement).end);
  }
  return end;
}

bool OverrideNames::IsUsable(const Candidate& candidate, NodeId function) const {
  const bind::ModuleIndex& index = site_.index();
  const bind::Symbol& symbol = index.symbol(candidate.symbol);
  const absl::string_view name = site_.ast().name(symbol.name);
  if (IsHiddenFromModule(symbol.name, function)) return false;
  bool may_be_unbound = false;
  const std::vector<bind::DefId> reaching =
      index.ReachingDefinitions(candidate.symbol, index.FlowBefore(function), &may_be_unbound);
  if (reaching.empty() || may_be_unbound) return false;

  bool has_run_time_half = index.options().file_kind == grammar::FileKind::kStub;
  for (bind::DefId id = symbol.first; id.present(); id = index.definition(id).next) {
    has_run_time_half |= IsBranchOf(index.definition(id), Definition::kRunTimeOnly);
  }
  const uint32_t stars_end = EndOfStarsThatBind(name, candidate.is_module, function);
  bool has_one = false;
  for (const bind::DefId id : reaching) {
    const Definition& definition = index.definition(id);
    if (site_.ast().range(definition.statement).begin < stars_end) return false;
    if (IsBranchOf(definition, Definition::kTypeCheckingOnly) && !has_run_time_half) return false;
    const bool means_it = Means(definition, candidate.is_module);
    if (!means_it && !IsBranchOf(definition, Definition::kImportFallback)) return false;
    has_one |= means_it;
  }
  return has_one;
}

// Whether the module binds the name to anything that a new import would fight with.
bool OverrideNames::MayHaveOtherMeaning(absl::string_view name, bool is_module) const {
  const bind::ModuleIndex& index = site_.index();
  if (const SymbolId symbol = index.Find(index.module_scope(), name); symbol.present()) {
    for (bind::DefId id = index.symbol(symbol).first; id.present(); id = index.definition(id).next) {
      const Definition& definition = index.definition(id);
      if (!Means(definition, is_module) || !IsBranchOf(definition, Definition::kTypeCheckingOnly)) return true;
    }
  }
  const program::FileInfo& info = site_.program().file(site_.file());
  if (!info.is_package || info.module.empty()) return false;
  // A submodule of that name becomes an attribute of the package.
  return site_.program().ImportAbsolute(absl::StrCat(info.module, ".", name)).kind !=
         program::ImportTarget::Kind::kNotFound;
}

std::optional<OverrideSpelling> OverrideNames::FromNew(NodeId function) const {
  if (MayHaveOtherMeaning(kOverride, false) || IsHiddenFromModule(grammar::names::kOverride, function))
    return std::nullopt;
  OverrideSpelling spelling{std::string(kOverride), std::string(kOverride), {}};
  spelling.need = {true, false, EndOfStarsThatBind(kOverride, false, function), site_.ast().range(function).begin};
  if (!ImportsFor(spelling.need)) return std::nullopt;
  return spelling;
}

std::optional<OverrideSpelling> OverrideNames::FromNewModule(NodeId function) const {
  if (MayHaveOtherMeaning(module_, true) || IsHiddenFromModule(module_name_, function)) return std::nullopt;
  OverrideSpelling spelling{absl::StrCat(module_, ".", kOverride), module_, {}};
  spelling.need = {false, true, EndOfStarsThatBind(module_, true, function), site_.ast().range(function).begin};
  if (!ImportsFor(spelling.need)) return std::nullopt;
  return spelling;
}

std::optional<OverrideSpelling> OverrideNames::SpellingAt(NodeId function) const {
  const auto name_of = [&](const Candidate& one) {
    return std::string(site_.ast().name(site_.index().symbol(one.symbol).name));
  };
  for (const Candidate& one : names_) {
    if (IsUsable(one, function)) return OverrideSpelling{name_of(one), name_of(one), {}};
  }
  if (module_.empty()) return std::nullopt;
  const bool has_list = HasImportFrom(site_, module_, {0, site_.ast().range(function).begin});
  std::optional<OverrideSpelling> from_new;
  if (has_list) from_new = FromNew(function);
  if (from_new) return from_new;
  for (const Candidate& one : modules_) {
    if (IsUsable(one, function)) return OverrideSpelling{absl::StrCat(name_of(one), ".", kOverride), name_of(one), {}};
  }
  if (!has_list) from_new = FromNew(function);
  return from_new ? from_new : FromNewModule(function);
}

std::optional<NeededImport> OverrideNames::ImportOf(const ImportNeed& need) const {
  if (need.empty()) return std::nullopt;
  return NeededImport{module_, need.name ? std::string(kOverride) : "", "", need.window_begin};
}

std::optional<Edits> OverrideNames::ImportsFor(const ImportNeed& need) const {
  Edits all;
  const ImportWindow window{need.window_begin, need.first_use};
  if (need.name) {
    std::optional<Edits> edits = AddName(site_, module_, kOverride, window);
    if (!edits) return std::nullopt;
    all.insert(all.end(), edits->begin(), edits->end());
  }
  if (need.module) {
    std::optional<Edits> edits = AddModule(site_, module_, window);
    if (!edits) return std::nullopt;
    all.insert(all.end(), edits->begin(), edits->end());
  }
  return all;
}

}  // namespace overt::fixes
