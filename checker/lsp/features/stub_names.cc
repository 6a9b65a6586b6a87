#include "checker/lsp/features/stub_names.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "checker/classes/evaluate.h"
#include "checker/classes/module_entity.h"
#include "grammar/base/identifier.h"

namespace overt::lsp {
namespace {

using bind::DefKind;
using classes::Entity;
using classes::EntityKind;
using classes::EntitySet;
using driver::Snapshot;
using fixes::NeededImport;
using grammar::Ast;
using grammar::NodeId;
using grammar::NodeKind;

bool IsAbsent(const Entity& one) { return one.kind == EntityKind::kAbsent; }

bool IsImportKind(DefKind kind) {
  return kind == DefKind::kImport || kind == DefKind::kImportAs || kind == DefKind::kImportFrom;
}

bool IsHidden(absl::string_view name) { return absl::StartsWith(name, "_") && !absl::EndsWith(name, "__"); }

bool HasHiddenPart(absl::string_view module) {
  return absl::c_any_of(absl::StrSplit(module, '.'), [](absl::string_view part) { return IsHidden(part); });
}

// Who gives a name its meaning: the module (or Python itself); what moves with the name, as a lambda with its
// parameters or `moved` with its type parameters; or a class or function around, which stays where it is.
enum class Binder : uint8_t { kModule, kMoved, kAround };

Binder BinderOf(const bind::ModuleIndex& index, bind::ScopeId scope, absl::string_view name, NodeId moved) {
  for (; scope.present(); scope = index.scope(scope).parent) {
    const bind::Scope& one = index.scope(scope);
    if (one.kind == bind::ScopeKind::kModule) break;
    if (!index.Find(scope, name).present()) continue;
    const bool moves = one.kind == bind::ScopeKind::kLambda || one.kind == bind::ScopeKind::kComprehension ||
                       (one.kind == bind::ScopeKind::kTypeParameters && one.node == moved);
    return moves ? Binder::kMoved : Binder::kAround;
  }
  return Binder::kModule;
}

// `from __future__ import annotations`, or a version that evaluates annotations when they are asked for (PEP 649).
bool RunsAnnotations(const bind::ModuleIndex& index) {
  if (index.options().file_kind == grammar::FileKind::kStub) return false;
  if (index.options().target.version >= grammar::PythonVersion{3, 14}) return false;
  const bind::SymbolId annotations = index.Find(index.module_scope(), "annotations");
  if (!annotations.present()) return true;
  const bind::Definition& first = index.definition(index.symbol(annotations).first);
  if (first.kind != DefKind::kImportFrom) return true;
  const auto import = index.ast().Get<grammar::ImportFromNode>(first.statement);
  return !import.module().present() || index.ast().name(import.module()) != "__future__";
}

bool SameThing(const Entity& here, const Entity& there) {
  // Two constants are not one because both are constants; two imports of one unknown thing are.
  if (here.kind == EntityKind::kValue || here.kind == EntityKind::kInstance) return false;
  if (!here.is_unknown()) return here == there;
  return there.is_unknown() && here.module_name == there.module_name && here.module_name != Entity().module_name;
}

}  // namespace

struct StubNames::Use {
  NodeId node;  // where the name stands
  absl::string_view name;
  bool runs;  // the name is looked up when the `def` is executed
};

StubNames::StubNames(const Snapshot& snapshot, StubTarget target)
    : snapshot_(snapshot), target_(target), runs_annotations_(RunsAnnotations(*snapshot.program->Index(target.file))) {}

bool StubNames::CanUse(const StubOrigin& from, NodeId expression, bool is_annotation,
                       std::vector<NeededImport>* imports) const {
  const Ast& ast = snapshot_.program->Index(from.file)->ast();
  Use use{expression, "", !is_annotation || runs_annotations_};
  for (uint32_t i = ast.first_of(expression).raw; i <= expression.raw; ++i) {
    use.node = NodeId(i);
    if (ast.kind(use.node) == NodeKind::kErrorExpression) return false;
    if (ast.kind(use.node) == NodeKind::kName) {
      use.name = ast.name(ast.Get<grammar::NameNode>(use.node).name());
      if (!CanUseName(from, use, imports)) return false;
    } else if (is_annotation && ast.kind(use.node) == NodeKind::kString) {
      if (!CanUseWords(from, use, ast.Get<grammar::StringNode>(use.node).text(), imports)) return false;
    }
  }
  return true;
}

bool StubNames::CanUseWords(const StubOrigin& from, Use use, absl::string_view quoted,
                            std::vector<NeededImport>* imports) const {
  use.runs = false;
  for (size_t i = 0; i < quoted.size();) {
    size_t end = i;
    while (end < quoted.size() && grammar::IsIdentifierByte(quoted[end])) ++end;
    use.name = quoted.substr(i, end - i);
    const bool is_name = end > i && !absl::ascii_isdigit(static_cast<unsigned char>(quoted[i]));
    const bool is_attribute = i > 0 && quoted[i - 1] == '.';
    if (is_name && !is_attribute && use.name != "None" && !CanUseName(from, use, imports)) return false;
    i = std::max(end, i + 1);
  }
  return true;
}

bool StubNames::CanUseName(const StubOrigin& from, const Use& use, std::vector<NeededImport>* imports) const {
  const bind::ModuleIndex& source = *snapshot_.program->Index(from.file);
  const NodeId moved = from.with_type_parameters ? from.function : NodeId();
  const Binder binder = BinderOf(source, source.ScopeAt(use.node), use.name, moved);
  if (binder != Binder::kModule) return binder == Binder::kMoved;
  const bind::ModuleIndex& target = *snapshot_.program->Index(target_.file);
  const bind::ScopeId body = target.ScopeOpenedBy(target_.owner.node);
  if (BinderOf(target, body, use.name, NodeId()) != Binder::kModule) return false;

  if (MeansTheSame(from.file, use.name)) return !use.runs || IsBoundAtTarget(use.name);
  if (imports == nullptr || HasName(use.name)) return false;
  std::optional<NeededImport> import = ImportOf(from.file, use.name);
  if (!import) return false;
  imports->push_back(*std::move(import));
  return true;
}

bool StubNames::HasName(absl::string_view name) const {
  const bind::ModuleIndex& target = *snapshot_.program->Index(target_.file);
  if (target.Find(target.module_scope(), name).present()) return true;
  const EntitySet meaning = Meaning(target_.file, name);
  return !meaning.empty() && !absl::c_all_of(meaning, IsAbsent);
}

EntitySet StubNames::BuiltinMeaning(absl::string_view name) const {
  const FileId builtins = snapshot_.program->ImportAbsolute("builtins").file;
  if (!builtins.present()) return {};
  // What the stub imports, and what it hides behind an underscore, serves the stub alone.
  const bind::ModuleIndex& index = *snapshot_.program->Index(builtins);
  const bind::SymbolId symbol = index.Find(index.module_scope(), name);
  if (!symbol.present() || !index.symbol(symbol).first.present() || IsHidden(name)) return {};
  if (IsImportKind(index.definition(index.symbol(symbol).first).kind)) return {};
  return classes::ModuleAttribute(*snapshot_.classes, classes::ModuleEntity(*snapshot_.program, builtins), name);
}

EntitySet StubNames::Meaning(FileId file, absl::string_view name) const {
  EntitySet values =
      classes::ModuleAttribute(*snapshot_.classes, classes::ModuleEntity(*snapshot_.program, file), name);
  return absl::c_all_of(values, IsAbsent) ? BuiltinMeaning(name) : values;
}

bool StubNames::MeansTheSame(FileId from, absl::string_view name) const {
  const EntitySet there = Meaning(from, name);
  const EntitySet here = Meaning(target_.file, name);
  if (here.empty() || there.empty() || absl::c_any_of(here, IsAbsent) || absl::c_any_of(there, IsAbsent)) return false;
  if (from == target_.file) return true;
  if (absl::c_equal(here, there, SameThing)) return true;
  // Constants are one where both files have them by the same import.
  const std::optional<NeededImport> first = ImportOf(from, name);
  return first && first == ImportOf(target_.file, name);
}

// Whether the name surely has its meaning when the `def` runs.
bool StubNames::IsBoundAtTarget(absl::string_view name) const {
  const bind::ModuleIndex& index = *snapshot_.program->Index(target_.file);
  const bind::SymbolId symbol = index.Find(index.module_scope(), name);
  if (!symbol.present() || index.options().file_kind == grammar::FileKind::kStub) return true;
  bool may_be_unbound = false;
  const auto reaching = index.ReachingDefinitions(symbol, index.FlowBefore(target_.function), &may_be_unbound);
  return !may_be_unbound && absl::c_none_of(reaching, [&](bind::DefId id) {
    return (index.definition(id).flags & bind::Definition::kTypeCheckingOnly) != 0;
  });
}

std::optional<NeededImport> StubNames::ImportOf(FileId file, absl::string_view name) const {
  const bind::ModuleIndex& index = *snapshot_.program->Index(file);
  const bind::SymbolId symbol = index.Find(index.module_scope(), name);
  const bool is_stub = snapshot_.program->file(file).is_stub;
  if (!symbol.present() || (is_stub && IsHidden(name))) return std::nullopt;
  const EntitySet meaning = Meaning(file, name);
  // A type variable of a class is its subclass's only by chance.
  if (absl::c_any_of(meaning, [](const Entity& one) { return one.kind == EntityKind::kTypeVar; })) return std::nullopt;
  const std::vector<bind::DefId> live = index.FinalDefinitions(symbol, nullptr);
  const auto is_for_checkers = [&](bind::DefId id) {
    return (index.definition(id).flags & bind::Definition::kTypeCheckingOnly) != 0;
  };
  if (live.empty() || (!is_stub && absl::c_any_of(live, is_for_checkers))) return std::nullopt;
  const bind::Definition& definition = index.definition(live.front());
  NeededImport import{snapshot_.program->file(file).module, std::string(name), "", 0};
  if (live.size() == 1 && IsImportKind(definition.kind)) {
    const std::optional<NeededImport> again = ImportAgain(file, definition);
    if (!again) return std::nullopt;
    import = *again;
  } else if (is_stub && definition.kind != DefKind::kClass && definition.kind != DefKind::kFunction) {
    return std::nullopt;  // nobody says that the module has it when it runs
  }
  if (!IsImportable(import, meaning)) return std::nullopt;
  return import;
}

std::optional<NeededImport> StubNames::ImportAgain(FileId file, const bind::Definition& definition) const {
  const Ast& ast = snapshot_.program->Index(file)->ast();
  const auto item = ast.Get<grammar::ImportAliasNode>(definition.node);
  const std::string name(ast.name(item.name()));
  std::string alias;
  if (item.as_name().present()) alias = std::string(ast.name(ast.Get<grammar::IdentifierNode>(item.as_name()).name()));
  if (alias == name) alias.clear();
  if (definition.kind != DefKind::kImportFrom) {
    // `import a.b` brings `a`, and what else the file may have imported below it.
    if (definition.kind == DefKind::kImport && absl::StrContains(name, '.')) return std::nullopt;
    return NeededImport{name, "", std::move(alias), 0};
  }
  const auto statement = ast.Get<grammar::ImportFromNode>(definition.statement);
  const absl::string_view module = statement.module().present() ? ast.name(statement.module()) : absl::string_view();
  NeededImport import{snapshot_.program->Import(file, statement.small(), module).module, name, std::move(alias), 0};
  return snapshot_.program->file(file).is_bundled ? FromTyping(std::move(import)) : import;
}

// Stubs of the standard library import things that no program can, and others from a package that may not be there.
std::optional<NeededImport> StubNames::FromTyping(NeededImport import) const {
  if (HasHiddenPart(import.module) || IsHidden(import.name)) return std::nullopt;
  if (import.module == "typing_extensions") import.module = "typing";
  return import;
}

EntitySet StubNames::MeaningIn(absl::string_view module, absl::string_view name) const {
  const program::ImportTarget target = snapshot_.program->Import(target_.file, 0, module);
  if (target.kind != program::ImportTarget::Kind::kFile || target.file == target_.file) return {};
  if (snapshot_.program->Index(target.file) == nullptr) return {};
  return classes::ModuleAttribute(*snapshot_.classes, classes::ModuleEntity(*snapshot_.program, target.file), name);
}

// Whether the import leads from the target to the same thing.
bool StubNames::IsImportable(const NeededImport& import, const EntitySet& meaning) const {
  if (import.module.empty()) return false;
  if (import.name.empty()) {
    const program::ImportTarget target = snapshot_.program->Import(target_.file, 0, import.module);
    return target.kind == program::ImportTarget::Kind::kFile && target.file != target_.file;
  }
  return !meaning.empty() && absl::c_none_of(meaning, IsAbsent) && MeaningIn(import.module, import.name) == meaning;
}

}  // namespace overt::lsp
