// A base that certainly is no class, or a form that CPython refuses as a base.
//
//   class A(3): ...                    # a value
//   class B(Optional[int]): ...        # a type expression, but no class
//   type Rows = list[int]
//   class C(Rows): ...                 # a type alias is no class at run time
//
// Silent as long as one alternative may be a class. Source: the language reference, "Class definitions"; PEP 560.
#include <string>

#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::Entity;
using classes::EntityKind;
using classes::SpecialForm;

// What the entity is, if it certainly cannot be a base; empty otherwise.
absl::string_view RefusedSpecial(const Entity& entity) {
  if (entity.special == SpecialForm::kGeneric && !entity.subscripted) return "plain `Generic`, without type parameters";
  if (entity.special == SpecialForm::kUnion || entity.special == SpecialForm::kOptional) return "a union";
  if (entity.special == SpecialForm::kClassVar || entity.special == SpecialForm::kFinalQualifier) {
    return "a type qualifier";
  }
  return "";
}

// An object may stand for classes: `__mro_entries__` (PEP 560) says for which.
bool MayStandForClasses(const Entity& entity, const RuleContext& context) {
  if (!entity.class_ref.present()) return true;
  if (!context.classes.MroOf(entity.class_ref).complete()) return true;
  const grammar::Atom name = context.program.interner().Intern("__mro_entries__");
  return context.classes.MembersOf(entity.class_ref).Find(name) != nullptr ||
         context.classes.FindInherited(entity.class_ref, name).certainty != classes::Certainty::kAbsent;
}

// What is written out as a value; what a call or a name came to may be more than overt followed.
bool IsLiteral(const grammar::Ast& ast, grammar::NodeId expression) {
  using grammar::NodeKind;
  const NodeKind kind = ast.kind(expression);
  return kind == NodeKind::kNumber || kind == NodeKind::kString || kind == NodeKind::kConcatenatedString ||
         kind == NodeKind::kNone || kind == NodeKind::kTrue || kind == NodeKind::kFalse || kind == NodeKind::kLambda ||
         kind == NodeKind::kBinaryOp || kind == NodeKind::kTuple || kind == NodeKind::kList || kind == NodeKind::kDict || kind == NodeKind::kSet;
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
    if (definition.kind != bind::DefKind::kAssignment || !ast.Is<grammar::AssignNode>(definition.statement)) return false;
    if (!IsLiteral(ast, ast.Get<grammar::AssignNode>(definition.statement).value())) return false;
  }
  return true;
}

absl::string_view RefusedAsBase(const Entity& entity, grammar::NodeId expression, const RuleContext& context) {
  if (!entity.is_class()) {
    if (const absl::string_view special = RefusedSpecial(entity); !special.empty()) return special;
  } else if (context.classes.InfoOf(entity.class_ref).form == classes::ClassForm::kNewTypeCall) {
    return "a NewType, which is no class at run time";
  }
  switch (entity.kind) {
    case EntityKind::kValue: return IsKnownValue(expression, context) ? "a value" : "";
    case EntityKind::kInstance: return MayStandForClasses(entity, context) ? "" : "an object";
    case EntityKind::kFunction: return entity.special == SpecialForm::kNone ? "a function" : "";
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

// Empty unless every alternative is refused; then what the first one is.
absl::string_view Refusal(const classes::Base& base, const RuleContext& context) {
  absl::string_view first;
  for (const Entity& entity : base.alternatives) {
    const absl::string_view refused = RefusedAsBase(entity, base.expression, context);
    if (refused.empty()) return "";
    if (first.empty()) first = refused;
  }
  return first;
}

// `class Wrong(Plain, Protocol)`: the bases of a protocol are protocols. spec: protocol, PEP 544.
bool BreaksProtocol(const ClassEvent& event, const classes::Base& base, const RuleContext& context) {
  if (!event.info.is(classes::ClassFlags::kProtocol) || base.alternatives.size() != 1) return false;
  const Entity& entity = base.alternatives[0];
  if (!entity.is_class() || entity.special != SpecialForm::kNone) return false;
  const classes::ClassInfo& info = context.classes.InfoOf(entity.class_ref);
  // The abstract classes of the standard library are protocols at run time too; which ones is its own business.
  return !info.is(classes::ClassFlags::kProtocol) && !context.program.file(entity.class_ref.file).is_bundled;
}

}  // namespace

void CheckInvalidBase(const ClassEvent& event, RuleContext& context) {
  if (event.info.form == classes::ClassForm::kNewTypeCall) return;  // a NewType of a NewType is fine
  for (const classes::Base& base : event.info.bases) {
    if (!base.expression.present()) continue;
    if (BreaksProtocol(event, base, context)) {
      if (auto report = context.out.Begin(Rule::kInvalidBase, context.ast().range(base.expression))) {
        report.Title("`$0` is a protocol, but its base `$1` is none", event.info.name,
                     context.classes.InfoOf(base.alternatives[0].class_ref).name);
      }
      continue;
    }
    const absl::string_view refused = Refusal(base, context);
    if (refused.empty()) continue;
    auto report = context.out.Begin(Rule::kInvalidBase, context.ast().range(base.expression));
    if (!report) continue;
    report.Title("a base of `$0` is $1", event.info.name, refused);
    report.PrimaryLabel("Python cannot derive a class from this");
  }
}

}  // namespace overt::rules
