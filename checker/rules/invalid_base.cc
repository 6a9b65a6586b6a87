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

absl::string_view RefusedAsBase(const Entity& entity) {
  switch (entity.kind) {
    case EntityKind::kValue: return "a value";
    case EntityKind::kInstance: return "an object";
    case EntityKind::kFunction: return "a function";
    case EntityKind::kModule: return "a module";
    case EntityKind::kTypeVar: return "a type variable";
    case EntityKind::kTypeAlias: return "a type alias, which is no class at run time";
    case EntityKind::kSpecial: return RefusedSpecial(entity);
    case EntityKind::kClass:
    case EntityKind::kUnknown:
    case EntityKind::kAbsent: return "";
  }
  return "";
}

// Empty unless every alternative is refused; then what the first one is.
absl::string_view Refusal(const classes::Base& base) {
  absl::string_view first;
  for (const Entity& entity : base.alternatives) {
    const absl::string_view refused = RefusedAsBase(entity);
    if (refused.empty()) return "";
    if (first.empty()) first = refused;
  }
  return first;
}

}  // namespace

void CheckInvalidBase(const ClassEvent& event, RuleContext& context) {
  for (const classes::Base& base : event.info.bases) {
    if (!base.expression.present()) continue;
    const absl::string_view refused = Refusal(base);
    if (refused.empty()) continue;
    auto report = context.out.Begin(Rule::kInvalidBase, context.ast().range(base.expression));
    if (!report) continue;
    report.Title("a base of `$0` is $1", event.info.name, refused);
    report.PrimaryLabel("Python cannot derive a class from this");
  }
}

}  // namespace overt::rules
