// A base that certainly is no class, or a class or form that Python refuses in that place.
//
//   class A(3): ...                    # a value
//   class B(Optional[int]): ...        # a type expression, but no class
//   type Rows = list[int]
//   class C(Rows): ...                 # a type alias is no class at run time
//   class D(Enum, Mixin): ...          # the enumeration comes last
//   class E(NamedTuple, Mixin): ...    # a named tuple takes no other base
//
// Silent as long as one alternative may be a class. Source: the language reference, "Class definitions"; PEP 560; the
// enum module. spec: protocol, PEP 544.
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/rules/refusal.h"
#include "checker/rules/rule_functions.h"
#include "checker/rules/typing_bases.h"

namespace overt::rules {
namespace {

using classes::Base;

// `a.b.c` as it is written; empty for other expressions.
std::string DottedName(grammar::NodeId expression, const grammar::Ast& ast) {
  if (ast.Is<grammar::NameNode>(expression)) {
    return std::string(ast.name(ast.Get<grammar::NameNode>(expression).name()));
  }
  std::string tail;
  while (ast.Is<grammar::AttributeNode>(expression)) {
    const auto attribute = ast.Get<grammar::AttributeNode>(expression);
    tail = absl::StrCat(".", ast.name(attribute.attribute()), tail);
    expression = attribute.value();
  }
  if (!ast.Is<grammar::NameNode>(expression)) return "";
  return absl::StrCat(ast.name(ast.Get<grammar::NameNode>(expression).name()), tail);
}

void ReportBase(const ClassEvent& event, const Base& base, absl::string_view what, RuleContext& context) {
  if (what.empty()) return;
  auto report = context.out.Begin(Rule::kInvalidBase, context.ast().range(base.expression));
  if (!report) return;
  const std::string name = DottedName(base.expression, context.ast());
  if (name.empty()) {
    report.Title("a base of `$0` is $1", event.info.name, what);
  } else {
    report.Title("`$0`, a base of `$1`, is $2", name, event.info.name, what);
  }
  report.PrimaryLabel("Python cannot derive a class from this");
}

// The first of them, which is the one that Python names.
void ReportProtocol(const ClassEvent& event, RuleContext& context) {
  const auto breaks = [&](const Base& base) { return BreaksProtocol(event.info, base, context); };
  const Base& base = *absl::c_find_if(event.info.bases, breaks);
  if (auto report = context.out.Begin(Rule::kInvalidBase, context.ast().range(base.expression))) {
    report.Title("`$0` is a protocol, but its base `$1` is no protocol", event.info.name,
                 context.classes.InfoOf(base.alternatives[0].class_ref).name);
  }
}

void ReportEnum(const ClassEvent& event, const Base& last, RuleContext& context) {
  if (auto report = context.out.Begin(Rule::kInvalidBase, context.ast().range(last.expression))) {
    report
        .Title("`$0` is an enumeration, but its last base `$1` is no enumeration", event.info.name,
               context.classes.InfoOf(last.alternatives[0].class_ref).name)
        .Help("list mixins and the data type first and the enumeration last");
  }
}

// `Generic[int]`, `Protocol[T, T]`.
void ReportParameters(const ClassEvent& event, const Base& base, RuleContext& context) {
  const absl::string_view why = WhyBadParameters(event.info, base, context);
  if (why.empty()) return;
  if (auto report = context.out.Begin(Rule::kInvalidBase, context.ast().range(base.expression))) {
    const bool is_generic = base.alternatives[0].special == classes::SpecialForm::kGeneric;
    report.Title("`$0[…]`, a base of `$1`, $2", is_generic ? "Generic" : "Protocol", event.info.name, why);
  }
}

void ReportRecord(const ClassEvent& event, const RecordClash& clash, RuleContext& context) {
  if (auto report = context.out.Begin(Rule::kInvalidBase, context.ast().range(clash.other->expression))) {
    report.Title("`$0` is $1, but its base `$2` is none", event.info.name, clash.kind,
                 context.classes.InfoOf(clash.other->alternatives[0].class_ref).name);
    report.Label({context.file, context.ast().range(clash.record->expression)}, "takes no other base but `Generic`");
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
    case Refusal::kBrokenProtocol: ReportProtocol(event, context); return;
    case Refusal::kBadParameters:
      for (const Base& base : event.info.bases) ReportParameters(event, base, context);
      return;
    case Refusal::kRecordBase: ReportRecord(event, BaseClash(event.info, context), context); return;
    case Refusal::kMisplacedEnum: ReportEnum(event, event.info.bases.back(), context); return;
    case Refusal::kNone:
    case Refusal::kCyclic:
    case Refusal::kNoMetaclass:
    case Refusal::kMetaclass:
    case Refusal::kRecordMetaclass:
    case Refusal::kFinal:
    case Refusal::kLayout:
    case Refusal::kDuplicate:
    case Refusal::kInconsistent: return;
  }
}

}  // namespace overt::rules
