#include "checker/rules/refusal.h"

#include "absl/algorithm/container.h"
#include "checker/rules/enum_members.h"
#include "checker/rules/typing_bases.h"

namespace overt::rules {
namespace {

using classes::Base;
using classes::ClassFlags;
using classes::ClassInfo;
using classes::ClassRef;
using classes::Entity;
using classes::EntityKind;
using classes::MroInfo;
using classes::MroStatus;
using classes::SpecialForm;
using grammar::NodeKind;

// --- Bases that are no classes ---------------------------------------------------------------------------------------

absl::string_view NameOfForm(SpecialForm special) {
  switch (special) {
    case SpecialForm::kUnion:
    case SpecialForm::kOptional: return "a union";
    case SpecialForm::kClassVar:
    case SpecialForm::kFinalQualifier:
    case SpecialForm::kRequired:
    case SpecialForm::kNotRequired:
    case SpecialForm::kReadOnly: return "a type qualifier";
    case SpecialForm::kLiteral: return "a `Literal` type";
    case SpecialForm::kLiteralString:
    case SpecialForm::kNever:
    case SpecialForm::kNoReturn:
    case SpecialForm::kSelf:
    case SpecialForm::kConcatenate:
    case SpecialForm::kTypeGuard:
    case SpecialForm::kTypeIs:
    case SpecialForm::kUnpack: return "a special form of typing";
    default: return "";
  }
}

// What is written out as a value; what a call or a name came to may be more than overt followed.
bool IsLiteral(const grammar::Ast& ast, grammar::NodeId expression) {
  const NodeKind kind = ast.kind(expression);
  if (kind == NodeKind::kUnaryOp) {
    return ast.kind(ast.Get<grammar::UnaryOpNode>(expression).operand()) == NodeKind::kNumber;
  }
  return kind == NodeKind::kLambda || IsConstantOrDisplay(kind);
}

// A name that the module only ever binds to literals, or a literal itself.
bool IsKnownValue(grammar::NodeId expression, const RuleContext& context) {
  const grammar::Ast& ast = context.ast();
  if (!ast.Is<grammar::NameNode>(expression)) return IsLiteral(ast, expression);
  const bind::SymbolId symbol =
      context.index.Find(context.index.module_scope(), ast.Get<grammar::NameNode>(expression).name());
  if (!symbol.present()) return false;
  for (bind::DefId id = context.index.symbol(symbol).first; id.present(); id = context.index.definition(id).next) {
    const bind::Definition& definition = context.index.definition(id);
    if (definition.kind != bind::DefKind::kAssignment || !ast.Is<grammar::AssignNode>(definition.statement)) {
      return false;
    }
    if (!IsLiteral(ast, ast.Get<grammar::AssignNode>(definition.statement).value())) return false;
  }
  return true;
}

absl::string_view WhatItIs(const Entity& entity, grammar::NodeId expression, const RuleContext& context) {
  if (!entity.is_class()) {
    if (const absl::string_view form = NameOfForm(entity.special); !form.empty()) return form;
  }
  switch (entity.kind) {
    case EntityKind::kValue: return IsKnownValue(expression, context) ? "a value" : "";
    case EntityKind::kInstance: return context.classes.StandsForNoClass(entity) ? "an object" : "";
    case EntityKind::kFunction: return context.classes.StandsForNoClass(entity) ? "a function" : "";
    case EntityKind::kModule: return "a module";
    case EntityKind::kTypeVar: return "a type variable";
    case EntityKind::kTypeAlias: return "a type alias, which is no class at run time";
    case EntityKind::kSpecial:
    case EntityKind::kClass:
    case EntityKind::kUnknown:
    case EntityKind::kAbsent: return "";
  }
  return "";
}

// --- Enumerations ----------------------------------------------------------------------------------------------------

// EnumMeta's own `__prepare__` looks at the bases, unless a metaclass in between has another.
bool IsCheckedEnum(const ClassInfo& info, const MroInfo& mro, const RuleContext& context) {
  if (!info.is(ClassFlags::kEnum) || mro.metaclass_unknown || !mro.metaclass.present()) return false;
  const MroInfo& meta = context.classes.MroOf(mro.metaclass);
  const grammar::Atom prepare = context.program.interner().Intern("__prepare__");
  for (const ClassRef ref : meta.order) {
    if (context.program.file(ref.file).is_bundled) break;
    if (context.classes.MembersOf(ref).Find(prepare) != nullptr) return false;
  }
  return meta.complete();
}

// The class that a base certainly is.
const ClassInfo* OnlyClass(const Base& base, const RuleContext& context) {
  if (base.alternatives.size() != 1 || !base.alternatives[0].is_class()) return nullptr;
  const ClassInfo& info = context.classes.InfoOf(base.alternatives[0].class_ref);
  return info.is(ClassFlags::kUnknownDecorator) ? nullptr : &info;
}

bool IsMisplacedEnum(const ClassInfo& info, const MroInfo& mro, const RuleContext& context) {
  if (info.form != classes::ClassForm::kStatement || info.bases.empty()) return false;
  const Base& last = info.bases.back();
  if (!last.expression.present() || !IsCheckedEnum(info, mro, context)) return false;
  const ClassInfo* base = OnlyClass(last, context);
  if (base == nullptr) return false;
  const MroInfo& base_mro = context.classes.MroOf(base->ref);
  // From Python 3.12 on the metaclass is enough.
  if (context.index.options().target.version >= grammar::PythonVersion{3, 12} && base->is(ClassFlags::kEnum))
    return false;
  if (!base_mro.complete()) return false;
  return absl::c_none_of(base_mro.order,
                         [&](ClassRef ref) { return context.classes.InfoOf(ref).qualified == "enum.Enum"; });
}

// --- Classes that nobody may derive from -----------------------------------------------------------------------------

// `bool` and its like: those that CPython itself refuses, not those that are only marked.
bool IsFinalAtRunTime(const Base& base, const RuleContext& context) {
  const ClassInfo* info = OnlyClass(base, context);
  return info != nullptr && info->is(ClassFlags::kFinal) && context.program.file(info->ref.file).is_bundled;
}

bool HasEnumMembers(const Base& base, const RuleContext& context) {
  const ClassInfo* info = OnlyClass(base, context);
  return info != nullptr && FirstEnumMember(*info, context) != nullptr;
}

// The bases from left to right: whether it may be derived from, then whether it fits to those before it.
bool MeetsFinalBeforeLayout(const ClassInfo& info, const MroInfo& mro, const RuleContext& context) {
  for (const Base& base : info.bases) {
    if (IsFinalAtRunTime(base, context)) return true;
    if (mro.status != MroStatus::kLayoutConflict || base.alternatives.size() != 1) continue;
    const Entity& entity = base.alternatives[0];
    if (entity.class_ref.present() && context.classes.MroOf(entity.class_ref).layout == mro.culprits[1]) return false;
  }
  return false;
}

// Whether the class statement is CPython's business as it is written: with a metaclass that is no class derived from
// `type`, or with bases that only type checkers see, anything may come of it.
bool IsMadeByType(const ClassInfo& info, const MroInfo& mro, const RuleContext& context) {
  if (((info.flags | mro.ancestor_flags) & ClassFlags::kOtherAtRunTime) != 0) return false;
  const ClassRef type = context.classes.builtin("type");
  const auto derives_from_type = [&](ClassRef ref) {
    return absl::c_linear_search(context.classes.MroOf(ref).order, type);
  };
  if (info.metaclass_expression.present()) {
    for (const Entity& entity : info.metaclass) {
      if (!entity.is_class() || !derives_from_type(entity.class_ref)) return false;
    }
  }
  for (const Base& base : info.bases) {
    const ClassInfo* made = OnlyClass(base, context);
    const bool is_made_by_call = made != nullptr && made->form == classes::ClassForm::kOtherCall;
    if (is_made_by_call && context.classes.MroOf(made->ref).metaclass_unknown) return false;
  }
  return !mro.metaclass.present() || derives_from_type(mro.metaclass);
}

bool HasBrokenProtocol(const ClassInfo& info, const RuleContext& context) {
  return absl::c_any_of(info.bases, [&](const Base& base) { return BreaksProtocol(info, base, context); });
}

Refusal OfStatus(MroStatus status) {
  switch (status) {
    case MroStatus::kFine:
    case MroStatus::kInvalidBase: return Refusal::kNone;
    case MroStatus::kDuplicateBase: return Refusal::kDuplicate;
    case MroStatus::kCyclic: return Refusal::kCyclic;
    case MroStatus::kInconsistent: return Refusal::kInconsistent;
    case MroStatus::kMetaclassConflict: return Refusal::kMetaclass;
    case MroStatus::kLayoutConflict: return Refusal::kLayout;
  }
  return Refusal::kNone;
}

}  // namespace

bool IsConstantOrDisplay(NodeKind kind) {
  switch (kind) {
    case NodeKind::kNumber:
    case NodeKind::kString:
    case NodeKind::kConcatenatedString:
    case NodeKind::kFormattedString:
    case NodeKind::kTemplateString:
    case NodeKind::kEllipsis:
    case NodeKind::kNone:
    case NodeKind::kTrue:
    case NodeKind::kFalse:
    case NodeKind::kTuple:
    case NodeKind::kList:
    case NodeKind::kDict:
    case NodeKind::kSet: return true;
    default: return false;
  }
}

absl::string_view WhyNoClass(const Base& base, const RuleContext& context) {
  if (!base.expression.present()) return "";
  absl::string_view first;
  for (const Entity& entity : base.alternatives) {
    const absl::string_view what = WhatItIs(entity, base.expression, context);
    if (what.empty()) return "";
    if (first.empty()) first = what;
  }
  return first;
}

absl::string_view WhyRefusing(const Base& base, const RuleContext& context) {
  if (!base.expression.present() || base.alternatives.size() != 1) return "";
  const Entity& entity = base.alternatives[0];
  if (entity.is_class()) {
    const bool is_new_type = context.classes.InfoOf(entity.class_ref).form == classes::ClassForm::kNewTypeCall;
    return is_new_type ? "a NewType, which is no class at run time" : "";
  }
  const bool is_plain = entity.special == SpecialForm::kGeneric && !entity.subscripted;
  return is_plain ? "plain `Generic`, without type parameters" : "";
}

Refusal FirstRefusal(const ClassInfo& info, const MroInfo& mro, const RuleContext& context) {
  if (info.form == classes::ClassForm::kNewTypeCall) return Refusal::kNone;  // makes no class at run time
  if (mro.status == MroStatus::kCyclic) return Refusal::kCyclic;
  const auto any_base = [&](auto test) { return absl::c_any_of(info.bases, test); };
  if (any_base([&](const Base& base) { return !WhyBadParameters(info, base, context).empty(); })) {
    return Refusal::kBadParameters;
  }
  if (!WhyNoMetaclass(info, context).empty()) return Refusal::kNoMetaclass;
  if (!IsMadeByType(info, mro, context)) return Refusal::kNone;
  if (any_base([&](const Base& base) { return !WhyNoClass(base, context).empty(); })) return Refusal::kNoClass;
  if (mro.status == MroStatus::kMetaclassConflict) return Refusal::kMetaclass;
  if (MetaclassClash(info, context).present()) return Refusal::kRecordMetaclass;
  if (BaseClash(info, context).present()) return Refusal::kRecordBase;
  const bool breaks_protocol = HasBrokenProtocol(info, context);
  const bool is_checked_by_metaclass = context.index.options().target.version >= grammar::PythonVersion{3, 12};
  if (breaks_protocol && is_checked_by_metaclass) return Refusal::kBrokenProtocol;
  if (any_base([&](const Base& base) { return HasEnumMembers(base, context); })) return Refusal::kFinal;
  if (IsMisplacedEnum(info, mro, context)) return Refusal::kMisplacedEnum;
  if (MeetsFinalBeforeLayout(info, mro, context)) return Refusal::kFinal;
  if (const Refusal refusal = OfStatus(mro.status); refusal != Refusal::kNone) return refusal;
  if (any_base([&](const Base& base) { return !WhyRefusing(base, context).empty(); })) return Refusal::kRefusingBase;
  return breaks_protocol ? Refusal::kBrokenProtocol : Refusal::kNone;
}

}  // namespace overt::rules
