// What one definition of a name stands for: a class, a function, an import's target, the value of an assignment.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/classes/steps.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::Definition;
using bind::DefKind;
using bind::ModuleIndex;
using bind::Reach;
using grammar::Ast;
using grammar::NodeKind;
using grammar::NodeList;

namespace {

bool IsModuleLevel(const Definition& def) { return def.scope.raw == 0; }

absl::string_view NameOf(const ModuleIndex& index, const Definition& def) {
  return index.ast().name(index.symbol(def.symbol).name);
}

// --- Special forms ---------------------------------------------------------------------------------------------------

// `Protocol: _SpecialForm`, `List = _Alias()`: what the definition's name means. True: `out` is all there is to it.
bool SpecialDefinition(Query& query, FileId file, const ModuleIndex& index, const Definition& def, EntitySet& out) {
  if (!IsModuleLevel(def)) return false;
  const absl::string_view name = NameOf(index, def);
  const SpecialForm special = query.engine.SpecialOf(file, name);
  const absl::string_view module = query.engine.program.file(file).module;
  if (module == "typing" && (def.kind == DefKind::kAssignment || def.kind == DefKind::kDeclaration)) {
    if (const TypingAlias alias = FindTypingAlias(name); !alias.name.empty()) {
      out = AttributeOfModule(query, query.engine.ModuleNamed(alias.module), alias.name);
      return !out.empty();
    }
  }
  if (special == SpecialForm::kNone || (def.kind != DefKind::kDeclaration && def.kind != DefKind::kAnnotated)) {
    return false;
  }
  if (module == "typing_extensions") {
    // One class at run time is enough: `typing_extensions.Protocol` is the newer `typing.Protocol`.
    out = AttributeOfModule(query, query.engine.ModuleNamed("typing"), name);
    if (!out.empty() && out[0].special == special) return true;
    out.clear();
  }
  Entity entity;
  entity.kind = special == SpecialForm::kCallable ? EntityKind::kClass : EntityKind::kSpecial;
  entity.special = special;
  entity.node = {file, def.node};
  if (special == SpecialForm::kGeneric || special == SpecialForm::kProtocol || special == SpecialForm::kCallable) {
    entity.class_ref = {file, def.node};
  }
  if (special == SpecialForm::kCallable) entity.node = NodeRef();
  out = One(entity);
  return true;
}

// --- Imports ---------------------------------------------------------------------------------------------------------

EntitySet ImportedModule(Query& query, DefRef ref, absl::string_view name) {
  const ModuleIndex& index = *query.engine.program.Index(ref.file);
  Entity module = query.engine.ModuleImported(ref.file, 0, name);
  if (module.is_unknown()) module.node = {ref.file, index.definition(ref.def).node};
  return One(module);
}

EntitySet ValueOfImport(Query& query, DefRef ref, const Definition& def) {
  const Ast& ast = query.engine.program.Index(ref.file)->ast();
  const absl::string_view dotted = ast.name(ast.Get<grammar::ImportAliasNode>(def.node).name());
  if (def.kind == DefKind::kImportAs) return ImportedModule(query, ref, dotted);
  // `import a.b` binds `a`; that `a.b` was imported shows when somebody asks `a` for `b`.
  return ImportedModule(query, ref, dotted.substr(0, dotted.find('.')));
}

// Which submodule `module.name` is, if the file of the module is a package that has it.
EntitySet SubmoduleOf(Query& query, const Entity& module, absl::string_view name) {
  const Entity submodule =
      query.engine.ModuleNamed(absl::StrCat(query.engine.Text(Atom(module.module_name)), ".", name));
  return submodule.is_unknown() ? EntitySet() : One(submodule);
}

bool IsOnlyCycle(const EntitySet& set) {
  for (const Entity& entity : set) {
    if (!entity.is_unknown() || entity.reason != UnknownReason::kCycle) return false;
  }
  return !set.empty();
}

EntitySet ValueOfImportFrom(Query& query, DefRef ref, const Definition& def) {
  const Ast& ast = query.engine.program.Index(ref.file)->ast();
  const auto import = ast.Get<grammar::ImportFromNode>(def.statement);
  const absl::string_view name = ast.name(ast.Get<grammar::ImportAliasNode>(def.node).name());
  const absl::string_view dotted = import.module().present() ? ast.name(import.module()) : absl::string_view();
  const program::ImportTarget target = query.engine.program.Import(ref.file, import.small(), dotted);
  Entity unresolved = UnknownEntity(UnknownReason::kUnresolvedImport, {ref.file, def.node});
  if (target.module.empty()) return One(unresolved);
  Entity module = query.engine.ModuleOf(target);
  unresolved.module_name = query.engine.Intern(absl::StrCat(target.module, ".", name)).raw;
  if (module.is_unknown()) {
    unresolved.reason = module.reason;
    return One(unresolved);
  }
  // `from . import x` in the package itself: the submodule, or what the package will have bound.
  if (module.module == ref.file) {
    if (EntitySet submodule = SubmoduleOf(query, module, name); !submodule.empty()) return submodule;
  }
  EntitySet values = UsedAttributeOfModule(query, module, name);
  if (IsOnlyCycle(values)) {
    if (EntitySet submodule = SubmoduleOf(query, module, name); !submodule.empty()) return submodule;
  }
  for (Entity& value : values) {
    if (value.kind == EntityKind::kAbsent) value = unresolved;
  }
  return values;
}

// --- Assignments -----------------------------------------------------------------------------------------------------

// `a, (b, c) = x, (y, z)`: the expression that `target` gets, or none.
NodeId UnpackedValue(const Ast& ast, NodeId targets, NodeId value, NodeId target) {
  for (int depth = 0; depth < 8; ++depth) {
    bool has_targets = false, has_values = false;
    const NodeList left = DisplayElements(ast, targets, &has_targets);
    const NodeList right = DisplayElements(ast, value, &has_values);
    if (!has_targets || !has_values || left.size() != right.size()) return NodeId::None();
    size_t position = left.size();
    for (size_t i = 0; i < left.size(); ++i) {
      if (ast.kind(left[i]) == NodeKind::kStarred || ast.kind(right[i]) == NodeKind::kStarred) return NodeId::None();
      if (target <= left[i] && target >= ast.first_of(left[i])) position = i;
    }
    if (position == left.size()) return NodeId::None();
    if (left[position] == target) return right[position];
    targets = left[position];
    value = right[position];
  }
  return NodeId::None();
}

Site SiteOf(FileId file, const ModuleIndex& index, const Definition& def) {
  return {file, &index, def.scope, index.FlowBefore(def.statement)};
}

EntitySet ValueOfUnpacking(Query& query, DefRef ref, const Definition& def) {
  const ModuleIndex& index = *query.engine.program.Index(ref.file);
  const Ast& ast = index.ast();
  if (ast.kind(def.statement) == NodeKind::kAssign) {
    const auto assign = ast.Get<grammar::AssignNode>(def.statement);
    for (const NodeId target : assign.targets()) {
      const NodeId value = UnpackedValue(ast, target, assign.value(), def.node);
      if (value.present()) return EvaluateIn(query, SiteOf(ref.file, index, def), value);
    }
  }
  return One(UnknownEntity(UnknownReason::kUnsupported, {ref.file, def.node}));
}

bool HasClass(const EntitySet& set) {
  for (const Entity& entity : set) {
    if (entity.is_class() || entity.kind == EntityKind::kSpecial || entity.kind == EntityKind::kFunction) return true;
  }
  return false;
}

// `B: TypeAlias = Base`, `B: type[Base] = X`, `B: Base = …`.
EntitySet ValueOfAnnotated(Query& query, DefRef ref, const Definition& def) {
  const ModuleIndex& index = *query.engine.program.Index(ref.file);
  const Ast& ast = index.ast();
  if (ast.kind(def.statement) != NodeKind::kAnnAssign) {
    return One(UnknownEntity(UnknownReason::kUnsupported, {ref.file, def.node}));
  }
  const auto assign = ast.Get<grammar::AnnAssignNode>(def.statement);
  const Site site = SiteOf(ref.file, index, def);
  if (assign.value().present()) {
    if (IsString(ast, assign.value()) &&
        Contains(EvaluateIn(query, site, assign.annotation()), SpecialForm::kTypeAlias)) {
      return QuotedValue(query, site, StringText(ast, assign.value()), {ref.file, assign.value()});
    }
    EntitySet values = EvaluateIn(query, site, assign.value());
    // A plain value, such as the `...` of a stub, says less than the annotation.
    if (HasClass(values)) return DeclaredAs(query, site, assign.annotation(), std::move(values));
    if (AllAre(values, EntityKind::kInstance)) return values;
  }
  return AnnotatedValue(query, site, assign.annotation());
}

EntitySet ValueOfParameter(Query& query, DefRef ref, const Definition& def) {
  const ModuleIndex& index = *query.engine.program.Index(ref.file);
  const Ast& ast = index.ast();
  const NodeRef place{ref.file, def.node};
  EntitySet out;
  if (ast.kind(def.node) == NodeKind::kParameter) {
    const NodeId annotation = ast.Get<grammar::ParameterNode>(def.node).annotation();
    // Annotations belong to the scope around the function.
    if (annotation.present()) {
      const NodeId owner = index.scope(def.scope).node;
      const Site site{ref.file, &index, index.ScopeAt(annotation), index.FlowBefore(owner)};
      for (const Entity& entity : AnnotatedValue(query, site, annotation)) {
        if (entity.is_class()) AddTo(out, entity);
      }
    }
  }
  AddTo(out, UnknownEntity(UnknownReason::kParameter, place));
  return out;
}

// `Base` of `Base: type[X]`, `for Base in (A, B)`: see the calls.
EntitySet ValueOfLoopTarget(Query& query, DefRef ref, const Definition& def) {
  const ModuleIndex& index = *query.engine.program.Index(ref.file);
  const Ast& ast = index.ast();
  if (ast.kind(def.statement) == NodeKind::kFor) {
    const auto loop = ast.Get<grammar::ForNode>(def.statement);
    bool is_display = false;
    const NodeList elements = DisplayElements(ast, loop.iterable(), &is_display);
    if (is_display && loop.target() == def.node && elements.size() <= kMaxAlternatives) {
      EntitySet out;
      const Site site = SiteOf(ref.file, index, def);
      for (const NodeId element : elements) AddAllTo(out, EvaluateIn(query, site, element));
      if (!out.empty()) return out;
    }
  }
  return One(UnknownEntity(UnknownReason::kUnsupported, {ref.file, def.node}));
}

// `(name := value)`; what a comprehension binds, it binds again and again.
EntitySet ValueOfWalrus(Query& query, DefRef ref, const Definition& def) {
  const ModuleIndex& index = *query.engine.program.Index(ref.file);
  const Ast& ast = index.ast();
  if ((def.flags & Definition::kFromInner) == 0) {
    for (NodeId at(def.node.raw + 1); at <= def.statement; ++at.raw) {
      if (ast.kind(at) != NodeKind::kNamedExpr) continue;
      const auto named = ast.Get<grammar::NamedExprNode>(at);
      if (named.target() == def.node) return EvaluateIn(query, SiteOf(ref.file, index, def), named.value());
    }
  }
  return One(UnknownEntity(UnknownReason::kUnsupported, {ref.file, def.node}));
}

EntitySet ComputeValue(Query& query, DefRef ref) {
  const ModuleIndex& index = *query.engine.program.Index(ref.file);
  const Definition& def = index.definition(ref.def);
  const NodeRef place{ref.file, def.node};
  if (EntitySet special; SpecialDefinition(query, ref.file, index, def, special)) return special;
  switch (def.kind) {
    case DefKind::kImport:
    case DefKind::kImportAs: return ValueOfImport(query, ref, def);
    case DefKind::kImportFrom: return ValueOfImportFrom(query, ref, def);
    case DefKind::kAssignment:
      if (index.ast().kind(def.statement) == NodeKind::kAssign) {
        return EvaluateIn(query, SiteOf(ref.file, index, def),
                          index.ast().Get<grammar::AssignNode>(def.statement).value());
      }
      return One(UnknownEntity(UnknownReason::kUnsupported, place));
    case DefKind::kUnpacking: return ValueOfUnpacking(query, ref, def);
    case DefKind::kAnnotated:
    case DefKind::kDeclaration: return ValueOfAnnotated(query, ref, def);
    case DefKind::kParameter: return ValueOfParameter(query, ref, def);
    case DefKind::kLoopTarget: return ValueOfLoopTarget(query, ref, def);
    case DefKind::kWalrus: return ValueOfWalrus(query, ref, def);
    case DefKind::kTypeParameter:
    case DefKind::kTypeAlias: {
      Entity entity;
      entity.kind = def.kind == DefKind::kTypeAlias ? EntityKind::kTypeAlias : EntityKind::kTypeVar;
      entity.node = place;
      return One(entity);
    }
    case DefKind::kExceptionName: {
      Entity entity;
      entity.kind = EntityKind::kInstance;
      return One(entity);
    }
    case DefKind::kDeletion: {
      Entity entity;
      entity.kind = EntityKind::kAbsent;
      return One(entity);
    }
    case DefKind::kClass:
    case DefKind::kFunction:
    case DefKind::kAugmented:
    case DefKind::kWithTarget:
    case DefKind::kCapture:
    case DefKind::kInstanceStore:
    case DefKind::kInstanceDeclaration:
    case DefKind::kClassStore: break;
  }
  return One(UnknownEntity(UnknownReason::kUnsupported, place));
}

EntitySet ValuesOf(Query& query, FileId file, absl::Span<const DefId> definitions) {
  EntitySet out;
  for (const DefId def : definitions) {
    AddAllTo(out, DefinitionValue(query, {file, def}));
    if (out.size() > kMaxAlternatives) break;
  }
  return out;
}

}  // namespace

bind::ScopeId EnclosingFunction(const ModuleIndex& index, bind::ScopeId scope) {
  for (; scope.present(); scope = index.scope(scope).parent) {
    const bind::ScopeKind kind = index.scope(scope).kind;
    if (kind == bind::ScopeKind::kFunction || kind == bind::ScopeKind::kLambda) break;
  }
  return scope;
}

bool IsPlain(const ModuleIndex& index, const bind::Symbol& symbol) {
  if (symbol.first != symbol.last || !symbol.first.present()) return false;
  const Definition& def = index.definition(symbol.first);
  return def.reach == Reach::kAlways && def.kind != DefKind::kDeletion && def.kind != DefKind::kDeclaration &&
         (def.flags & Definition::kFromInner) == 0;
}

EntitySet DefinitionValue(Query& query, DefRef ref) {
  const ModuleIndex& index = *query.engine.program.Index(ref.file);
  const Definition& def = index.definition(ref.def);
  if (def.kind == DefKind::kClass || def.kind == DefKind::kFunction) {
    Entity entity;
    if (def.kind == DefKind::kClass) {
      entity.kind = EntityKind::kClass;
      entity.class_ref = {ref.file, def.node};
    } else {
      entity.kind = EntityKind::kFunction;
      entity.node = {ref.file, def.node};
    }
    if (IsModuleLevel(def)) entity.special = query.engine.SpecialOf(ref.file, NameOf(index, def));
    return One(entity);
  }
  return query.Answer<EntitySet>({FrameKind::kDefinition, ref.file, ref.def.raw},
                                 MemoStore<DefRef, EntitySet>{query.engine.definitions, ref},
                                 [&] { return ComputeValue(query, ref); });
}

EntitySet ValuesAt(Query& query, const Site& site, bind::SymbolId symbol_id, bool* may_be_unbound) {
  const bind::Symbol& symbol = site.index->symbol(symbol_id);
  *may_be_unbound = false;
  if (IsPlain(*site.index, symbol)) {
    const Definition& def = site.index->definition(symbol.first);
    // Flow nodes are numbered in source order.
    if (def.flow.present() && def.flow.raw <= site.flow.raw) return DefinitionValue(query, {site.file, symbol.first});
  }
  std::vector<DefId> definitions = site.index->ReachingDefinitions(symbol_id, site.flow, may_be_unbound);
  // Stubs may name what comes later.
  if (definitions.empty() && site.index->options().file_kind == grammar::FileKind::kStub) {
    definitions = site.index->FinalDefinitions(symbol_id, may_be_unbound);
  }
  return ValuesOf(query, site.file, definitions);
}

EntitySet FinalValues(Query& query, FileId file, const ModuleIndex& index, bind::SymbolId symbol_id,
                      bool* may_be_unbound) {
  const bind::Symbol& symbol = index.symbol(symbol_id);
  if (IsPlain(index, symbol)) {
    if (may_be_unbound != nullptr) *may_be_unbound = false;
    return DefinitionValue(query, {file, symbol.first});
  }
  return ValuesOf(query, file, index.FinalDefinitions(symbol_id, may_be_unbound));
}

}  // namespace overt::classes
