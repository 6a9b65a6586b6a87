// A class that derives from one which allows no subclasses: marked `@final`, or an enumeration that has members.
//
//   class Yes(bool): ...        # `bool` is final
//
// spec: qualifiers (@final), enums ("an Enum class with one or more members is implicitly final"), PEP 591.
#include "checker/rules/refusal.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::ClassFlags;
using classes::ClassInfo;
using classes::Member;

}  // namespace

void CheckSubclassOfFinal(const ClassEvent& event, RuleContext& context) {
  if (event.info.form == classes::ClassForm::kNewTypeCall) return;  // makes no class at run time
  for (const classes::Base& base : event.info.bases) {
    for (const classes::Entity& entity : base.alternatives) {
      if (!entity.is_class() || !base.expression.present()) continue;
      const ClassInfo& info = context.classes.InfoOf(entity.class_ref);
      // A decorator that overt does not know may have put another class in its place.
      if (info.is(ClassFlags::kUnknownDecorator) && !info.is(ClassFlags::kFinalOutside)) continue;
      const Member* member = FirstEnumMember(info, context);
      if (!info.is(ClassFlags::kFinal) && member == nullptr) continue;
      auto report = context.out.Begin(Rule::kSubclassOfFinal, context.ast().range(base.expression));
      if (!report) continue;
      if (info.is(ClassFlags::kFinal)) {
        report.Title("`$0` derives from `$1`, which is final", event.info.name, ClassName(info, event.info))
            .Label(SpanOf(info), "declared final here");
      } else {
        report
            .Title("`$0` derives from the enumeration `$1`, which has members", event.info.name,
                   ClassName(info, event.info))
            .Label(SpanOf(*member), "an enumeration with a member allows no subclasses");
      }
    }
  }
}

}  // namespace overt::rules
