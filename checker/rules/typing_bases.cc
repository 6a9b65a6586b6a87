#include "checker/rules/typing_bases.h"

#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "checker/rules/refusal.h"

namespace overt::rules {
namespace {

using classes::Base;
using classes::ClassFlags;
using classes::ClassForm;
using classes::ClassInfo;
using classes::ClassRef;
using classes::Entity;
using classes::EntityKind;
using classes::EntitySet;
using classes::MroInfo;
using classes::SpecialForm;
using grammar::NodeId;
using grammar::NodeKind;

bool IsStubFile(const RuleContext& context) { return context.index.options().file_kind == grammar::FileKind::kStub; }

// What a base or metaclass certainly is.
const Entity* OnlyEntity(const EntitySet& alternatives) {
  return alternatives.size() == 1 ? &alternatives[0] : nullptr;
}

// The class that it certainly is, and that can be looked into.
const ClassInfo* OnlyPlainClass(const EntitySet& alternatives, const RuleContext& context) {
  const Entity* entity = OnlyEntity(alternatives);
  if (entity == nullptr || !entity->is_class() || entity->special == SpecialForm::kCallable) return nullptr;
  const ClassInfo& info = context.classes.InfoOf(entity->class_ref);
  const uint32_t flags = info.flags | context.classes.MroOf(info.ref).ancestor_flags;
  const bool is_made_up = info.form == ClassForm::kNewTypeCall || info.form == ClassForm::kOtherCall;
  return is_made_up || (flags & ClassFlags::kUnknownDecorator) != 0 ? nullptr : &info;
}

bool HasAncestorNamed(ClassRef ref, ClassRef ancestor, const RuleContext& context) {
  return absl::c_linear_search(context.classes.MroOf(ref).order, ancestor);
}

// --- Brackets --------------------------------------------------------------------------------------------------------

bool IsPlainLiteral(const grammar::Ast& ast, NodeId node) {
  return ast.kind(node) != NodeKind::kTemplateString && IsConstantOrDisplay(ast.kind(node));
}

std::vector<NodeId> Parameters(const grammar::Ast& ast, NodeId subscript) {
  const NodeId index = ast.Get<grammar::SubscriptNode>(subscript).index();
  if (!ast.Is<grammar::TupleNode>(index)) return {index};
  std::vector<NodeId> out;
  for (const NodeId element : ast.Get<grammar::TupleNode>(index).elements()) out.push_back(element);
  return out;
}

// Whether the class stands below `if TYPE_CHECKING:`, where a name may be quoted that is bound further down.
bool IsForTypeCheckers(const ClassInfo& info, const RuleContext& context) {
  const bind::ModuleIndex& index = context.index;
  const bind::SymbolId symbol = index.Find(index.ScopeAt(info.ref.node), context.ast().FindName(info.name));
  if (!symbol.present()) return false;
  for (bind::DefId id = index.symbol(symbol).first; id.present(); id = index.definition(id).next) {
    const bind::Definition& definition = index.definition(id);
    if (definition.node == info.ref.node) return (definition.flags & bind::Definition::kTypeCheckingOnly) != 0;
  }
  return false;
}

// --- Records ---------------------------------------------------------------------------------------------------------

bool IsNamedTupleForm(const Base& base) {
  const Entity* entity = OnlyEntity(base.alternatives);
  return entity != nullptr && entity->special == SpecialForm::kNamedTuple;
}

bool IsTypedDictBase(const Base& base, const RuleContext& context) {
  const Entity* entity = OnlyEntity(base.alternatives);
  if (entity == nullptr) return false;
  if (entity->special == SpecialForm::kTypedDict) return true;
  const ClassInfo* info = OnlyPlainClass(base.alternatives, context);
  return info != nullptr && info->is(ClassFlags::kTypedDict);
}

// The first base that makes a record of the class; from Python 3.9 on each has a metaclass of its own.
RecordClash FindRecord(const ClassInfo& info, const RuleContext& context) {
  RecordClash found;
  const bool is_alone = info.bases.size() < 2 && !info.metaclass_expression.present();
  const bool is_old = context.index.options().target.version < grammar::PythonVersion{3, 9};
  if (is_alone || is_old || IsStubFile(context) || info.form != ClassForm::kStatement) return found;
  for (const Base& base : info.bases) {
    const bool is_named_tuple = IsNamedTupleForm(base);
    if (!base.expression.present() || (!is_named_tuple && !IsTypedDictBase(base, context))) continue;
    found.record = &base;
    found.kind = is_named_tuple ? "a named tuple" : "a typed dictionary";
    return found;
  }
  return found;
}

// A metaclass that is neither `type` nor unknown.
bool IsOwnMetaclass(ClassRef metaclass, const RuleContext& context) {
  const ClassRef type = context.classes.builtin("type");
  return metaclass.present() && metaclass != type && context.classes.MroOf(metaclass).complete() &&
         HasAncestorNamed(metaclass, type, context);
}

bool HasOwnMetaclass(const Base& base, const RuleContext& context) {
  const Entity* entity = OnlyEntity(base.alternatives);
  if (entity != nullptr && entity->special == SpecialForm::kProtocol && !entity->is_class()) return true;
  const ClassInfo* info = OnlyPlainClass(base.alternatives, context);
  if (info == nullptr) return false;
  const MroInfo& mro = context.classes.MroOf(info->ref);
  return mro.complete() && !mro.metaclass_unknown && IsOwnMetaclass(mro.metaclass, context);
}

// --- Metaclasses -----------------------------------------------------------------------------------------------------

// Built-in classes that cannot be called with a name, bases and a namespace, found by calling them so.
constexpr absl::string_view kTakeNoNamespace[] = {
    "bool", "bytearray", "bytes",      "complex", "dict", "float", "frozenset",
    "int",  "list",      "memoryview", "object",  "set",  "str",   "tuple",
};

// Whether nothing but `object` makes and fills its instances, so that they take no arguments. Built-in classes may take
// any, whatever the stubs say.
bool TakesNoArguments(const ClassInfo& info, const RuleContext& context) {
  const ClassRef object = context.classes.builtin("object");
  const MroInfo& mro = context.classes.MroOf(info.ref);
  if (!mro.metaclass.present() || !context.program.file(mro.metaclass.file).is_bundled) return false;
  return absl::c_all_of(mro.order, [&](ClassRef ref) {
    if (ref == object) return true;
    if (context.program.file(ref.file).is_bundled) return context.classes.InfoOf(ref).qualified == "abc.ABC";
    return absl::c_none_of(context.classes.MembersOf(ref).all(), [&](const classes::Member& member) {
      const absl::string_view name = context.Text(member.name);
      return name == "__init__" || name == "__new__";
    });
  });
}

// Whether the class statement certainly has a base; what an object stands for may be none.
bool HasCertainBase(const ClassInfo& info, const RuleContext& context) {
  return absl::c_any_of(info.bases, [&](const Base& base) {
    return base.expression.present() && OnlyPlainClass(base.alternatives, context) != nullptr;
  });
}

bool HasWrittenBase(const ClassInfo& info) {
  return absl::c_any_of(info.bases, [](const Base& base) { return base.expression.present(); });
}

bool CanMakeNoClass(const ClassInfo& metaclass, const ClassInfo& info, const RuleContext& context) {
  const MroInfo& mro = context.classes.MroOf(metaclass.ref);
  const bool is_unclear = !mro.complete() || mro.metaclass_unknown || metaclass.is(ClassFlags::kDynamicMembers);
  if (is_unclear || HasAncestorNamed(metaclass.ref, context.classes.builtin("type"), context)) return false;
  const bool is_object = metaclass.ref == context.classes.builtin("object");
  if (HasWrittenBase(info)) return !is_object && HasCertainBase(info, context);
  const bool is_builtin = metaclass.ref.file == context.classes.builtin("object").file;
  if (is_builtin) return absl::c_linear_search(kTakeNoNamespace, metaclass.name);
  return TakesNoArguments(metaclass, context);
}

// --- Protocols -------------------------------------------------------------------------------------------------------

// Abstract classes of the library that count as protocols, in some version.
constexpr absl::string_view kAllowedBesideProtocol[] = {
    "AbstractAsyncContextManager",
    "AbstractContextManager",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "Buffer",
    "Callable",
    "Collection",
    "Container",
    "Hashable",
    "Iterable",
    "Iterator",
    "PathLike",
    "Reversible",
    "Sized",
    "object",
};

}  // namespace

absl::string_view WhyBadParameters(const ClassInfo& info, const Base& base, const RuleContext& context) {
  const grammar::Ast& ast = context.ast();
  const Entity* entity = OnlyEntity(base.alternatives);
  if (entity == nullptr || !entity->subscripted || !base.expression.present() || IsStubFile(context)) return "";
  const bool is_form = entity->special == SpecialForm::kGeneric || entity->special == SpecialForm::kProtocol;
  if (!is_form || !ast.Is<grammar::SubscriptNode>(base.expression)) return "";
  std::vector<grammar::NameId> seen;
  for (const NodeId parameter : Parameters(ast, base.expression)) {
    if (ast.Is<grammar::StringNode>(parameter) && IsForTypeCheckers(info, context)) continue;
    if (IsPlainLiteral(ast, parameter)) return "takes type variables only";
    if (!ast.Is<grammar::NameNode>(parameter)) continue;
    const EntitySet values =
        classes::Evaluate(context.classes, context.file, parameter, context.index.ScopeAt(base.expression),
                          context.index.FlowBefore(base.expression));
    if (OnlyPlainClass(values, context) != nullptr) return "takes type variables only";
    if (values.size() != 1 || values[0].kind != EntityKind::kTypeVar) continue;
    const grammar::NameId name = ast.Get<grammar::NameNode>(parameter).name();
    if (absl::c_linear_search(seen, name)) return "takes each type variable once";
    seen.push_back(name);
  }
  return "";
}

RecordClash MetaclassClash(const ClassInfo& info, const RuleContext& context) {
  RecordClash clash = FindRecord(info, context);
  if (!clash.present()) return {};
  const bool is_named_tuple = IsNamedTupleForm(*clash.record);
  // Up to Python 3.10 a named tuple refuses a second base first.
  if (is_named_tuple && BaseClash(info, context).present() &&
      context.index.options().target.version < grammar::PythonVersion{3, 11}) {
    return {};
  }
  for (const Base& base : info.bases) {
    if (&base == clash.record || !base.expression.present()) continue;
    const bool is_other_record = is_named_tuple ? IsTypedDictBase(base, context) : IsNamedTupleForm(base);
    const bool is_record = IsNamedTupleForm(base) || IsTypedDictBase(base, context);
    if (!is_other_record && (is_record || !HasOwnMetaclass(base, context))) continue;
    clash.other = &base;
    return clash;
  }
  const Entity* own = OnlyEntity(info.metaclass);
  if (own != nullptr && own->is_class() && IsOwnMetaclass(own->class_ref, context)) return clash;
  return {};
}

RecordClash BaseClash(const ClassInfo& info, const RuleContext& context) {
  RecordClash clash = FindRecord(info, context);
  if (!clash.present()) return {};
  for (const Base& base : info.bases) {
    if (!base.expression.present() || IsNamedTupleForm(base) || IsTypedDictBase(base, context)) continue;
    if (OnlyPlainClass(base.alternatives, context) == nullptr) continue;
    const SpecialForm special = base.alternatives[0].special;
    if (special == SpecialForm::kGeneric || special == SpecialForm::kProtocol) continue;
    clash.other = &base;
    return clash;
  }
  return {};
}

bool BreaksProtocol(const ClassInfo& info, const Base& base, const RuleContext& context) {
  const Entity* entity = OnlyEntity(base.alternatives);
  if (!info.is(ClassFlags::kProtocol) || entity == nullptr || !entity->is_class() || !base.expression.present()) {
    return false;
  }
  const bool is_form = entity->special == SpecialForm::kGeneric || entity->special == SpecialForm::kProtocol ||
                       entity->special == SpecialForm::kCallable;
  const ClassInfo& of_base = context.classes.InfoOf(entity->class_ref);
  if (is_form || of_base.is(ClassFlags::kProtocol)) return false;
  const program::FileInfo& file = context.program.file(entity->class_ref.file);
  if (!file.is_bundled) return entity->special == SpecialForm::kNone;
  return !absl::StartsWith(file.module, "_typeshed") && of_base.form == ClassForm::kStatement &&
         !absl::c_linear_search(kAllowedBesideProtocol, of_base.name);
}

absl::string_view WhyNoMetaclass(const ClassInfo& info, const RuleContext& context) {
  const Entity* entity = OnlyEntity(info.metaclass);
  const bool is_read =
      info.form == ClassForm::kStatement && info.metaclass_expression.present() && !IsStubFile(context);
  if (entity == nullptr || !is_read) return "";
  if (entity->kind == EntityKind::kModule) return "a module";
  if (entity->kind == EntityKind::kValue) {
    return IsPlainLiteral(context.ast(), info.metaclass_expression) ? "a value" : "";
  }
  const ClassInfo* metaclass = OnlyPlainClass(info.metaclass, context);
  const bool is_no_metaclass = metaclass != nullptr && CanMakeNoClass(*metaclass, info, context);
  return is_no_metaclass ? "a class that does not derive from `type`" : "";
}

}  // namespace overt::rules
