// A base that certainly is no class, or a class or form that Python refuses in that place.
//
//   class A(3): ...                    # a value
//   class B(Optional[int]): ...        # a type expression, but no class
//   type Rows = list[int]
//   class C(Rows): ...                 # a type alias is no class at run time
//   class D(Enum, Mixin): ...          # the enumeration comes last
//
// Silent as long as one alternative may be a class. Source: the language reference, "Class definitions"; PEP 560; the
// enum module. spec: protocol, PEP 544.
#include "checker/rules/refusal.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::Base;

void ReportBase(const ClassEvent& event, const Base& base, absl::string_view what, RuleContext& context) {
  if (what.empty()) return;
  auto report = context.out.Begin(Rule::kInvalidBase, context.ast().range(base.expression));
  if (!report) return;
  report.Title("a base of `$0` is $1", event.info.name, what).PrimaryLabel("Python cannot derive a class from this");
}

void ReportProtocol(const ClassEvent& event, const Base& base, RuleContext& context) {
  if (!BreaksProtocol(event.info, base, context)) return;
  if (auto report = context.out.Begin(Rule::kInvalidBase, context.ast().range(base.expression))) {
    report.Title("`$0` is a protocol, but its base `$1` is none", event.info.name,
                 context.classes.InfoOf(base.alternatives[0].class_ref).name);
  }
}

void ReportEnum(const ClassEvent& event, const Base& last, RuleContext& context) {
  if (auto report = context.out.Begin(Rule::kInvalidBase, context.ast().range(last.expression))) {
    report
        .Title("`$0` is an enumeration, but its last base `$1` is none", event.info.name,
               context.classes.InfoOf(last.alternatives[0].class_ref).name)
        .Help("list mixins and the data type first and the enumeration last");
  }
}

}  // namespace

void CheckInvalidBase(const ClassEvent& event, RuleContext& context) {
  switch (event.refusal) {
    case Refusal::kNoClass:
      for (const Base& base : event.info.bases) ReportBase(event, base, WhyNoClass(base, context), context);
      return;
    case Refusal::kRefusingBase:
      for (const Base& base : event.info.bases) ReportBase(event, base, WhyRefusing(base, context), context);
      return;
    case Refusal::kBrokenProtocol:
      for (const Base& base : event.info.bases) ReportProtocol(event, base, context);
      return;
    case Refusal::kMisplacedEnum: ReportEnum(event, event.info.bases.back(), context); return;
    case Refusal::kNone:
    case Refusal::kCyclic:
    case Refusal::kMetaclass:
    case Refusal::kFinal:
    case Refusal::kLayout:
    case Refusal::kDuplicate:
    case Refusal::kInconsistent: return;
  }
}

}  // namespace overt::rules
