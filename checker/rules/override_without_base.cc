// `@override` on a method whose name no ancestor has. Existence only; whether the types fit is another question.
//
//   class Reader:
//       def read_row(self): ...
//   class CsvReader(Reader):
//       @override
//       def read_rows(self): ...     # no base class defines `read_rows`; did you mean `read_row`?
//
// Silent when an ancestor is unknown: the member may be there. spec: class-compat (override), PEP 698.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/rules/method_groups.h"
#include "checker/rules/rule_functions.h"
#include "diagnostics/spelling.h"

namespace overt::rules {
namespace {

using classes::Certainty;
using classes::Inherited;
using grammar::Atom;

// The inherited member with the most similar name, if one is near.
Inherited NearestMember(const MemberEvent& event, const RuleContext& context) {
  std::vector<absl::string_view> names;
  for (const Atom atom : context.classes.InheritedNames(event.owner.info.ref)) names.push_back(context.Text(atom));
  const absl::string_view nearest = NearestBySpelling(context.Text(event.member.name), names);
  if (nearest.empty()) return {};
  return context.classes.FindInherited(event.owner.info.ref, context.program.interner().Intern(nearest));
}

// "`Reader` and `object`": what was searched, for people to see that it was the right place.
std::string SearchedBases(const ClassEvent& owner, const RuleContext& context) {
  constexpr size_t kMostNamed = 6;
  std::vector<std::string> names;
  for (size_t i = 1; i < owner.mro.order.size() && names.size() < kMostNamed; ++i) {
    names.push_back(ClassName(context.classes.InfoOf(owner.mro.order[i]), owner.info));
  }
  const size_t rest = owner.mro.order.size() - 1 - names.size();
  if (rest == 0) return JoinNames(names);
  return absl::StrCat("`", absl::StrJoin(names, "`, `"), "` and ", rest, " more");
}

void ExplainPrivateName(const MemberEvent& event, DiagnosticBuilder& report) {
  if (!event.member.is(classes::MemberFlags::kPrivate)) return;
  report.Note(
      absl::StrCat("names with two leading underscores belong to their class alone: a base's method of that "
                   "name has another name at run time"));
}

void Report(const MethodGroup& group, const MemberEvent& event, RuleContext& context) {
  const MethodDefinition& marked = *group.FirstMarked();
  const TextRange place = NameRange(context.ast(), group.is_overloaded() ? group.Main().node : marked.node);
  auto report = context.out.Begin(Rule::kOverrideWithoutBase, place);
  if (!report) return;
  const absl::string_view name = DefinedName(context.ast(), marked.node);
  report.Title("`$0.$1` is marked `@override`, but no base class defines `$1`", event.owner.info.name, name);
  if (marked.facts->override_decorator.present()) {
    report.Label({context.file, context.ast().range(marked.facts->override_decorator)}, "marked here");
  }
  if (const Inherited nearest = NearestMember(event, context); nearest.certainty == Certainty::kFound) {
    const classes::ClassInfo& owner = context.classes.InfoOf(nearest.owner);
    const absl::string_view near_name = context.Text(nearest.member->name);
    if (nearest.member->kind != classes::MemberKind::kSynthesized) {
      report.Label(SpanOf(*nearest.member), absl::StrCat("`", owner.name, "` defines `", near_name, "`"));
    }
    report.Help(absl::StrCat("did you mean `", near_name, "` of `", ClassName(owner, event.owner.info), "`?"));
  } else {
    report.Help("remove `@override`, or define the method in a base class");
  }
  ExplainPrivateName(event, report);
  report.Note(absl::StrCat("searched ", SearchedBases(event.owner, context)));
}

}  // namespace

void CheckOverrideWithoutBase(const MemberEvent& event, RuleContext& context) {
  if (event.inherited.certainty != Certainty::kAbsent || event.owner.is_order_guessed()) return;
  // A mark is as untrue where a later `def` of the class takes the place of the method.
  if (!event.member.is(classes::MemberFlags::kOverride) && !IsBoundAgain(event.member, context)) return;
  for (const MethodGroup& group : WrittenMethodGroupsOf(event.member, context)) {
    if (group.is_marked()) Report(group, event, context);
  }
}

}  // namespace overt::rules
