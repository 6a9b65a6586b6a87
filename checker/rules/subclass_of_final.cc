// A class that derives from one which allows no subclasses: marked `@final`, or an enumeration that has members.
//
//   class Yes(bool): ...        # `bool` is final
//
// spec: qualifiers (@final), enums ("an Enum class with one or more members is implicitly final"), PEP 591.
#include <string>

#include "checker/rules/enum_members.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::ClassFlags;
using classes::ClassInfo;
using classes::Entity;
using classes::Member;

// Why the class has no subclasses.
struct Finality {
  const ClassInfo* info = nullptr;
  const Member* member = nullptr;  // of an enumeration; none if the class is marked
  bool present() const { return info != nullptr; }
};

Finality FinalityOf(const Entity& entity, const RuleContext& context) {
  if (!entity.is_class()) return {};
  const ClassInfo& info = context.classes.InfoOf(entity.class_ref);
  // A decorator that overt does not know may have put another class in its place.
  if (info.is(ClassFlags::kUnknownDecorator) && !info.is(ClassFlags::kFinalOutside)) return {};
  if (info.is(ClassFlags::kFinal)) return {&info, nullptr};
  const Member* member = FirstEnumMember(info, context);
  return member == nullptr ? Finality{} : Finality{&info, member};
}

// Whichever alternative holds; then the first of them.
Finality FinalityOf(const classes::Base& base, const RuleContext& context) {
  Finality first;
  for (const Entity& entity : base.alternatives) {
    const Finality found = FinalityOf(entity, context);
    if (!found.present()) return {};
    if (!first.present()) first = found;
  }
  return first;
}

}  // namespace

void CheckSubclassOfFinal(const ClassEvent& event, RuleContext& context) {
  if (event.info.form == classes::ClassForm::kNewTypeCall) return;  // makes no class at run time
  for (const classes::Base& base : event.info.bases) {
    if (!base.expression.present()) continue;
    const Finality finality = FinalityOf(base, context);
    if (!finality.present()) continue;
    auto report = context.out.Begin(Rule::kSubclassOfFinal, context.ast().range(base.expression));
    if (!report) continue;
    const std::string name = ClassName(*finality.info, event.info);
    if (finality.member == nullptr) {
      report.Title("`$0` derives from `$1`, which is final", event.info.name, name)
          .Label(SpanOf(*finality.info), "declared final here");
    } else {
      report.Title("`$0` derives from the enumeration `$1`, which has members", event.info.name, name)
          .Label(SpanOf(*finality.member), "an enumeration with a member allows no subclasses");
    }
  }
}

}  // namespace overt::rules
