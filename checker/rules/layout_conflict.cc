// Two bases whose instances need different memory layouts: CPython raises TypeError.
//
//   class Both(int, str): ...      # an object cannot be laid out as both
//
// A class fixes a layout when it is a built-in one (typeshed says `@disjoint_base`) or has non-empty `__slots__`, its
// own or those of `@dataclass(slots=True)` and attrs. Below `int`, `tuple`, `bytes` and `type` no class may have any.
// Source: PEP 800 (disjoint bases); CPython's `best_base`.
#include "absl/strings/str_cat.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

// The first base that brings that layout.
const classes::Base* BaseWithLayout(const ClassEvent& event, classes::ClassRef layout, const RuleContext& context) {
  for (const classes::Base& base : event.info.bases) {
    if (!base.expression.present() || base.alternatives.size() != 1) continue;
    const classes::Entity& entity = base.alternatives[0];
    if (entity.class_ref.present() && context.classes.MroOf(entity.class_ref).layout == layout) return &base;
  }
  return nullptr;
}

// `class Level(int): __slots__ = ("name",)`: no second base is needed.
void ReportSlots(const ClassEvent& event, const classes::ClassInfo& base, RuleContext& context) {
  auto report = context.out.Begin(Rule::kLayoutConflict, event.info.name_range);
  if (!report) return;
  report.Title("`$0` has non-empty `__slots__`, which a class derived from `$1` cannot have", event.info.name,
               base.name);
  const classes::Member* slots =
      context.classes.MembersOf(event.info.ref).Find(context.program.interner().Intern("__slots__"));
  if (slots != nullptr) report.Label(SpanOf(*slots), "adds to the layout of instances");
  report.Note(absl::StrCat("instances of `", base.name, "` differ in size, so that slots have no fixed place in them"))
      .Help("make `__slots__` empty, or leave it out");
}

}  // namespace

void CheckLayoutConflict(const ClassEvent& event, RuleContext& context) {
  if (event.refusal != Refusal::kLayout) return;
  if (event.mro.culprits[1] == event.info.ref) {
    ReportSlots(event, context.classes.InfoOf(event.mro.culprits[0]), context);
    return;
  }
  const classes::Base* one = BaseWithLayout(event, event.mro.culprits[0], context);
  const classes::Base* other = BaseWithLayout(event, event.mro.culprits[1], context);
  const TextRange place = other != nullptr ? context.ast().range(other->expression) : event.info.name_range;
  auto report = context.out.Begin(Rule::kLayoutConflict, place);
  if (!report) return;
  const classes::ClassInfo& first = context.classes.InfoOf(event.mro.culprits[0]);
  const classes::ClassInfo& second = context.classes.InfoOf(event.mro.culprits[1]);
  report.Title("instances of `$0` cannot be laid out as `$1` and as `$2`", event.info.name, ClassName(first, second),
               ClassName(second, first));
  if (one != nullptr) report.Label({context.file, context.ast().range(one->expression)}, "needs one layout");
  report.PrimaryLabel("needs another");
}

}  // namespace overt::rules
