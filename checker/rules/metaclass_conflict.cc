// Bases whose metaclasses do not fit together: the metaclass of a class must derive from those of all its bases.
//
//   class Both(WithMetaA, WithMetaB): ...      # neither metaclass derives from the other
//   class Fake(Any, ABC): ...                  # `Any` has a metaclass of its own, from Python 3.11 on
//   class Row(NamedTuple, ABC): ...            # so has a named tuple
//   class Wrong(metaclass=3): ...              # no metaclass at all
//
// Source: the language reference, "Determining the appropriate metaclass".
#include "absl/strings/str_cat.h"
#include "checker/rules/rule_functions.h"
#include "checker/rules/typing_bases.h"

namespace overt::rules {
namespace {

void ReportNoMetaclass(const ClassEvent& event, RuleContext& context) {
  const TextRange place = context.ast().range(event.info.metaclass_expression);
  if (auto report = context.out.Begin(Rule::kMetaclassConflict, place)) {
    report.Title("the metaclass of `$0` is $1", event.info.name, WhyNoMetaclass(event.info, context))
        .PrimaryLabel("Python cannot make a class with this");
  }
}

// The metaclass of named tuples and that of typed dictionaries have no name that a program says.
void ReportRecordMetaclass(const ClassEvent& event, RuleContext& context) {
  const RecordClash clash = MetaclassClash(event.info, context);
  auto report = context.out.Begin(Rule::kMetaclassConflict, event.info.name_range);
  if (!report) return;
  const grammar::NodeId other = clash.other == nullptr ? event.info.metaclass_expression : clash.other->expression;
  report.Title("`$0` is $1, whose metaclass does not fit together with that of $2", event.info.name, clash.kind,
               clash.other == nullptr ? "`metaclass=`" : "its other base");
  report.Label({context.file, context.ast().range(clash.record->expression)}, absl::StrCat("makes it ", clash.kind));
  report.Label({context.file, context.ast().range(other)}, "the other metaclass");
}

void ReportConflict(const ClassEvent& event, RuleContext& context) {
  auto report = context.out.Begin(Rule::kMetaclassConflict, event.info.name_range);
  if (!report) return;
  const classes::ClassInfo& one = context.classes.InfoOf(event.mro.culprits[0]);
  if (!event.mro.culprits[1].present()) {
    report
        .Title("the metaclasses of the bases of `$0` do not fit together: `$1` and that of `Any`", event.info.name,
               one.name)
        .Label(SpanOf(one), "one metaclass");
    return;
  }
  const classes::ClassInfo& other = context.classes.InfoOf(event.mro.culprits[1]);
  report
      .Title("the metaclasses of the bases of `$0` do not fit together: `$1` and `$2`", event.info.name,
             ClassName(one, other), ClassName(other, one))
      .Label(SpanOf(one), "one metaclass")
      .Label(SpanOf(other), "the other")
      .Help("give the class a metaclass that derives from both");
}

}  // namespace

void CheckMetaclassConflict(const ClassEvent& event, RuleContext& context) {
  if (event.refusal == Refusal::kNoMetaclass) ReportNoMetaclass(event, context);
  if (event.refusal == Refusal::kRecordMetaclass) ReportRecordMetaclass(event, context);
  if (event.refusal == Refusal::kMetaclass) ReportConflict(event, context);
}

}  // namespace overt::rules
