#include "checker/classes/evaluate.h"

#include "absl/strings/str_cat.h"
#include "checker/bind/static_condition.h"
#include "checker/classes/class_table.h"
#include "checker/classes/steps.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::Scope;
using bind::ScopeKind;
using bind::Symbol;
using grammar::Ast;
using grammar::NameId;
using grammar::NodeKind;

// --- Entities --------------------------------------------------------------------------------------------------------

void AddTo(EntitySet& set, const Entity& entity) {
  for (const Entity& known : set) {
    if (known == entity) return;
  }
  if (set.size() < kMaxAlternatives) {
    set.push_back(entity);
  } else if (set.size() == kMaxAlternatives) {
    set.push_back(UnknownEntity(UnknownReason::kUnsupported, NodeRef()));
  }
}

void AddAllTo(EntitySet& set, const EntitySet& more) {
  for (const Entity& entity : more) AddTo(set, entity);
}

Entity UnknownEntity(UnknownReason reason, NodeRef place) {
  Entity entity;
  entity.reason = reason;
  entity.node = place;
  return entity;
}

Entity ClassEntity(ClassRef ref) {
  Entity entity;
  entity.kind = EntityKind::kClass;
  entity.class_ref = ref;
  return entity;
}

Entity ValueEntity() {
  Entity entity;
  entity.kind = EntityKind::kValue;
  return entity;
}

bool Contains(const EntitySet& set, SpecialForm special) {
  for (const Entity& entity : set) {
    if (entity.special == special && entity.kind != EntityKind::kInstance) return true;
  }
  return false;
}

bool AllAre(const EntitySet& set, EntityKind kind) {
  for (const Entity& entity : set) {
    if (entity.kind != kind) return false;
  }
  return !set.empty();
}

namespace {

// --- Names -----------------------------------------------------------------------------------------------------------

// A class's own names are seen from its body and its type parameters, not from what is nested in it.
bool HidesClassNames(ScopeKind kind) { return kind != ScopeKind::kTypeParameters; }

// What one scope says of a name. True: nothing further out matters.
bool LookInScope(Query& query, const Site& site, bind::ScopeId scope, NameId name, EntitySet& out) {
  const bind::SymbolId symbol = site.index->Find(scope, name);
  if (!symbol.present()) return false;
  if ((site.index->symbol(symbol).flags & (Symbol::kGlobal | Symbol::kNonlocal)) != 0) return false;
  bool may_be_unbound = false;
  AddAllTo(out, ValuesAt(query, site, symbol, &may_be_unbound));
  return !out.empty() && !may_be_unbound;
}

bool IsGlobalIn(const Site& site, bind::ScopeId scope, NameId name) {
  const bind::SymbolId symbol = site.index->Find(scope, name);
  return symbol.present() && (site.index->symbol(symbol).flags & Symbol::kGlobal) != 0;
}

// Beyond the module's own definitions: star imports, then builtins.
void LookOutside(Query& query, const Site& site, NameId name, EntitySet& out) {
  const absl::string_view text = site.ast().name(name);
  EntitySet star;
  if (!site.index->star_imports().empty()) {
    star = StarValue(query, site.file, *site.index, text);
    bool found = false;
    for (const Entity& entity : star) {
      if (entity.is_unknown() || entity.kind == EntityKind::kAbsent) continue;
      AddTo(out, entity);
      found = true;
    }
    if (found) return;
  }
  const EntitySet builtin = BuiltinValue(query, text);
  if (!AllAre(builtin, EntityKind::kAbsent)) {
    AddAllTo(out, builtin);
    return;
  }
  for (const Entity& entity : star) {
    if (entity.is_unknown()) AddTo(out, entity);
  }
}

// --- Kinds of expressions --------------------------------------------------------------------------------------------

EntitySet EvaluateIfExp(Query& query, const Site& site, NodeId expression) {
  const auto choice = site.ast().Get<grammar::IfExpNode>(expression);
  const bind::ConditionValue test =
      bind::EvaluateCondition(site.ast(), choice.test(), site.index->options().target, &site.index->static_names());
  EntitySet out;
  if (test.truth != bind::Truth::kFalse) AddAllTo(out, EvaluateIn(query, site, choice.body()));
  if (test.truth != bind::Truth::kTrue) AddAllTo(out, EvaluateIn(query, site, choice.or_else()));
  return out;
}

// Any operand may be the result; what is certainly a value, not a class, counts too: `Base or object`.
EntitySet EvaluateBoolOp(Query& query, const Site& site, NodeId expression) {
  EntitySet out;
  for (const NodeId operand : site.ast().Get<grammar::BoolOpNode>(expression).values()) {
    AddAllTo(out, EvaluateIn(query, site, operand));
    if (out.size() > kMaxAlternatives) break;
  }
  return out;
}

Entity Subscripted(Query& query, const Site& site, const Entity& value, NodeId expression) {
  const NodeRef place{site.file, expression};
  switch (value.kind) {
    case EntityKind::kClass: {
      if (HasOwnSubscript(query, value.class_ref)) break;
      Entity result = value;
      result.subscripted = true;
      return result;
    }
    case EntityKind::kSpecial: {
      if (value.special == SpecialForm::kUnion || value.special == SpecialForm::kOptional) {
        Entity result = ValueEntity();
        result.special = value.special;  // so that rules can say what it is
        return result;
      }
      Entity result = value;
      result.subscripted = true;
      return result;
    }
    case EntityKind::kTypeAlias:
    case EntityKind::kTypeVar:
    case EntityKind::kAbsent: return value;
    case EntityKind::kUnknown: {
      Entity result = value;
      result.module_name = UINT32_MAX;
      return result;
    }
    case EntityKind::kFunction:
    case EntityKind::kModule:
    case EntityKind::kInstance:
    case EntityKind::kValue: break;
  }
  return UnknownEntity(UnknownReason::kUnsupported, place);
}

EntitySet EvaluateSubscript(Query& query, const Site& site, NodeId expression) {
  const auto subscript = site.ast().Get<grammar::SubscriptNode>(expression);
  EntitySet out;
  for (const Entity& value : EvaluateIn(query, site, subscript.value())) {
    if (value.special == SpecialForm::kAnnotated && value.kind == EntityKind::kSpecial) {
      // `Annotated[X, …]` is X as far as classes go.
      bool is_display = false;
      const grammar::NodeList items = DisplayElements(site.ast(), subscript.index(), &is_display);
      AddAllTo(out, EvaluateIn(query, site, is_display && !items.empty() ? items.front() : subscript.index()));
    } else {
      AddTo(out, Subscripted(query, site, value, expression));
    }
  }
  return out;
}

Entity InstanceOfNothingKnown() {
  Entity entity;
  entity.kind = EntityKind::kValue;
  return entity;
}

// Whether `|` of that class and another gives a union: only a metaclass can make something else of it.
bool IsUnionOperand(Query& query, const Entity& entity) {
  if (entity.special == SpecialForm::kUnion || entity.special == SpecialForm::kOptional) return true;
  if (!entity.is_class()) return false;
  const MroInfo& mro = MroIn(query, entity.class_ref);
  if (mro.metaclass_unknown) return false;
  return !mro.metaclass.present() || query.engine.program.file(mro.metaclass.file).is_bundled;
}

// `int | str | None`: a union, which is no class.
EntitySet EvaluateBinaryOp(Query& query, const Site& site, NodeId expression) {
  const Ast& ast = site.ast();
  bool is_union = true;
  size_t classes = 0;
  for (NodeId at = expression; at.present() && is_union && !query.abandoned();) {
    NodeId operand = at;
    at = NodeId::None();
    if (ast.kind(operand) == NodeKind::kBinaryOp) {
      is_union = ast.node(operand).small == static_cast<uint16_t>(grammar::BinaryOperator::kBitOr);
      at = ast.Get<grammar::BinaryOpNode>(operand).left();
      operand = ast.Get<grammar::BinaryOpNode>(operand).right();
    }
    if (!is_union || ast.kind(operand) == NodeKind::kNone) continue;
    const EntitySet values = EvaluateIn(query, site, operand);
    for (const Entity& value : values) is_union &= IsUnionOperand(query, value);
    ++classes;
  }
  if (!is_union || classes == 0) return One(UnknownEntity(UnknownReason::kUnsupported, {site.file, expression}));
  Entity result = InstanceOfNothingKnown();
  result.special = SpecialForm::kUnion;
  return One(result);
}

// `-1`: an operator on a literal gives a value.
EntitySet EvaluateUnaryOp(const Site& site, NodeId expression) {
  const NodeId operand = site.ast().Get<grammar::UnaryOpNode>(expression).operand();
  if (site.ast().kind(operand) == NodeKind::kNumber) return One(InstanceOfNothingKnown());
  return One(UnknownEntity(UnknownReason::kUnsupported, {site.file, expression}));
}

}  // namespace

EntitySet ResolveName(Query& query, const Site& site, NameId name) {
  EntitySet out;
  bool sees_class = true;
  for (bind::ScopeId id = site.scope; id.present();) {
    const Scope& scope = site.index->scope(id);
    if (scope.kind == ScopeKind::kClass ? sees_class : scope.kind != ScopeKind::kInstance) {
      if (LookInScope(query, site, id, name, out)) return out;
      if (IsGlobalIn(site, id, name)) {
        id = site.index->module_scope();
        sees_class = false;
        continue;
      }
    }
    if (HidesClassNames(scope.kind)) sees_class = false;
    id = scope.parent;
  }
  LookOutside(query, site, name, out);
  return out;
}

EntitySet EvaluateIn(Query& query, const Site& site, NodeId expression) {
  const Ast& ast = site.ast();
  const NodeRef place{site.file, expression};
  const Query::Nesting nesting(query);
  if (nesting.too_deep()) return One(UnknownEntity(UnknownReason::kUnsupported, place));
  switch (ast.kind(expression)) {
    case NodeKind::kName: {
      EntitySet values = ResolveName(query, site, ast.Get<grammar::NameNode>(expression).name());
      if (values.empty()) values.push_back(UnknownEntity(UnknownReason::kUndefined, place));
      return values;
    }
    case NodeKind::kAttribute: {
      const auto attribute = ast.Get<grammar::AttributeNode>(expression);
      return AttributeOf(query, EvaluateIn(query, site, attribute.value()), ast.name(attribute.attribute()), place);
    }
    case NodeKind::kSubscript: return EvaluateSubscript(query, site, expression);
    case NodeKind::kCall: return EvaluateCall(query, site, expression);
    case NodeKind::kIfExp: return EvaluateIfExp(query, site, expression);
    case NodeKind::kBinaryOp: return EvaluateBinaryOp(query, site, expression);
    case NodeKind::kUnaryOp: return EvaluateUnaryOp(site, expression);
    case NodeKind::kBoolOp: return EvaluateBoolOp(query, site, expression);
    case NodeKind::kNamedExpr: return EvaluateIn(query, site, ast.Get<grammar::NamedExprNode>(expression).value());
    case NodeKind::kNumber:
    case NodeKind::kString:
    case NodeKind::kConcatenatedString:
    case NodeKind::kFormattedString:
    case NodeKind::kTemplateString:
    case NodeKind::kTrue:
    case NodeKind::kFalse:
    case NodeKind::kNone:
    case NodeKind::kEllipsis:
    case NodeKind::kTuple:
    case NodeKind::kList:
    case NodeKind::kSet:
    case NodeKind::kDict:
    case NodeKind::kListComp:
    case NodeKind::kSetComp:
    case NodeKind::kDictComp:
    case NodeKind::kGeneratorExp:
    case NodeKind::kLambda: return One(InstanceOfNothingKnown());
    default: return One(UnknownEntity(UnknownReason::kUnsupported, place));
  }
}

namespace {

void AddAttribute(Query& query, const Entity& value, absl::string_view name, NodeRef place, EntitySet& out) {
  switch (value.kind) {
    case EntityKind::kModule: {
      AddAllTo(out, UsedAttributeOfModule(query, value, name));
      const bind::ModuleIndex* user = place.file.present() ? query.engine.program.Index(place.file) : nullptr;
      if (user != nullptr && MaySetOnModule(*user, name)) AddTo(out, UnknownEntity(UnknownReason::kUnsupported, place));
      return;
    }
    case EntityKind::kClass: AddAllTo(out, ClassAttribute(query, value.class_ref, name, place)); return;
    case EntityKind::kInstance:
      // Only a class in its class is followed; anything else of an object may have been set to anything.
      if (value.class_ref.present()) {
        for (const Entity& found : ClassAttribute(query, value.class_ref, name, place)) {
          if (found.is_class()) AddTo(out, found);
        }
      }
      AddTo(out, UnknownEntity(UnknownReason::kUnsupported, place));
      return;
    case EntityKind::kUnknown: {
      Entity result = value;
      if (value.reason == UnknownReason::kUnresolvedImport && value.module_name != UINT32_MAX) {
        const Atom module(value.module_name);
        result.module_name = query.engine.Intern(absl::StrCat(query.engine.Text(module), ".", name)).raw;
      }
      AddTo(out, result);
      return;
    }
    case EntityKind::kAbsent: AddTo(out, value); return;
    case EntityKind::kFunction:
    case EntityKind::kSpecial:
    case EntityKind::kTypeVar:
    case EntityKind::kTypeAlias:
    case EntityKind::kValue: AddTo(out, UnknownEntity(UnknownReason::kUnsupported, place)); return;
  }
}

// What reading an attribute gives where the class scope has `bound`: what a descriptor of the program makes of it may
// be anything.
void AddRead(Query& query, const EntitySet& bound, NodeRef place, EntitySet& out) {
  for (const Entity& entity : bound) {
    const bool is_object = entity.kind == EntityKind::kInstance && entity.class_ref.present();
    if (is_object && IsDescriptor(query, entity.class_ref)) {
      AddTo(out, UnknownEntity(UnknownReason::kUnsupported, place));
    } else {
      AddTo(out, entity);
    }
  }
}

// The class scope's own binding of a name; false if it has none.
bool LookInClass(Query& query, ClassRef ref, absl::string_view name, NodeRef place, EntitySet& out) {
  const bind::ModuleIndex* index = query.engine.program.Index(ref.file);
  if (index == nullptr || index->ast().kind(ref.node) != NodeKind::kClassDef) return false;
  const bind::ScopeId scope = index->ScopeOpenedBy(ref.node);
  if (!scope.present()) return false;
  const bind::SymbolId symbol = index->Find(scope, name);
  if (!symbol.present()) return false;
  const EntitySet values = FinalValues(query, ref.file, *index, symbol, nullptr);
  AddRead(query, values, place, out);
  // Methods are what decorators name, and nobody replaces those.
  if (values.empty() || AllAre(values, EntityKind::kFunction)) return !values.empty();
  if (MayBeSetFromOutside(query, ref, name, place.file)) AddTo(out, UnknownEntity(UnknownReason::kUnsupported, place));
  return true;
}

}  // namespace

EntitySet AttributeOf(Query& query, const EntitySet& values, absl::string_view name, NodeRef place) {
  EntitySet out;
  for (const Entity& value : values) AddAttribute(query, value, name, place, out);
  return out;
}

EntitySet ClassAttribute(Query& query, ClassRef ref, absl::string_view name, NodeRef place) {
  EntitySet out;
  const bool is_own = LookInClass(query, ref, name, place, out);
  if (IsReadByMetaclass(query, ref, name)) AddTo(out, UnknownEntity(UnknownReason::kMetaclass, place));
  if (is_own) return out;
  const MroInfo& mro = MroIn(query, ref);
  for (size_t i = 1; i < mro.order.size(); ++i) {
    if (!LookInClass(query, mro.order[i], name, place, out)) continue;
    if (i >= mro.certain_prefix) AddTo(out, UnknownEntity(UnknownReason::kUnsupported, place));
    return out;
  }
  for (const ClassRef alternative : mro.alternatives) LookInClass(query, alternative, name, place, out);
  // A metaclass, a decorator, an assignment elsewhere or the language itself (`__name__`) may provide it.
  AddTo(out, UnknownEntity(UnknownReason::kUnsupported, place));
  return out;
}

EntitySet EvaluateAlone(Engine& engine, const Site& site, NodeId expression) {
  return Query::Run(engine, [&](Query& query) { return EvaluateIn(query, site, expression); });
}

EntitySet Evaluate(const ClassTable& table, FileId file, NodeId expression, bind::ScopeId scope, bind::FlowId flow) {
  const bind::ModuleIndex* index = table.program().Index(file);
  if (index == nullptr) return One(UnknownEntity(UnknownReason::kUnreadableModule, {file, expression}));
  return EvaluateAlone(*table.engine_, {file, index, scope, flow}, expression);
}

EntitySet ModuleAttribute(const ClassTable& table, const Entity& module, absl::string_view name) {
  return Query::Run(*table.engine_, [&](Query& query) { return AttributeOfModule(query, module, name); });
}

}  // namespace overt::classes
