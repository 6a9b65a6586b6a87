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
#include <string>

#include "absl/strings/str_cat.h"
#include "checker/rules/refusal.h"
#include "checker/rules/rule_functions.h"

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

void ReportProtocol(const ClassEvent& event, const Base& base, RuleContext& context) {
  if (!BreaksProtocol(event.info, base, context)) return;
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
