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
#include "checker/classes/near_miss.h"
#include "checker/rules/method_groups.h"
#include "checker/rules/rule_functions.h"
#include "grammar/ast/definitions.h"

namespace overt::rules {
namespace {

using classes::Certainty;
using classes::Inherited;
using classes::NearMiss;
using classes::NearMissKind;
using grammar::Atom;

// The inherited member with the most similar name, if one is near.
Inherited NearestMember(const MemberEvent& event, const RuleContext& context) {
  const classes::ClassRef ref = event.owner.info.ref;
  const std::vector<Atom> nearest = classes::NearestInheritedNames(context.classes, ref, event.member.name);
  return nearest.empty() ? Inherited{} : context.classes.FindInherited(ref, nearest.front());
}

// "`Reader` and `object`": what was searched, for people to see that it was the right place.
std::string SearchedBases(const ClassEvent& owner, const RuleContext& context) {
  constexpr size_t kMostNamed = 6;
  std::vector<std::string> names;
  for (size_t i = 1; i < owner.mro.order.size() && names.size() < kMostNamed; ++i) {
    names.push_back(ClassName(context.classes.InfoOf(owner.mro.order[i]), owner.info));
  }
  return JoinNames(names, owner.mro.order.size() - 1 - names.size());
}

void ExplainPrivateName(const MemberEvent& event, DiagnosticBuilder& report) {
  if (!event.member.is(classes::MemberFlags::kPrivate)) return;
  report.Note(
      absl::StrCat("names with two leading underscores belong to their class alone: a base's method of that "
                   "name has another name at run time"));
}

// Where the name is bound after all, though not where `@override` asks for it.
void ExplainNearMisses(const std::vector<NearMiss>& misses, const MemberEvent& event, absl::string_view name,
                       DiagnosticBuilder& report, const RuleContext& context) {
  for (const NearMiss& miss : misses) {
    const std::string owner = ClassName(context.classes.InfoOf(miss.owner), event.owner.info);
    const Span place{miss.file, miss.range};
    switch (miss.kind) {
      case NearMissKind::kExcluded: {
        const bind::Target& target = context.index.options().target;
        report.Label(place, absl::StrCat("not defined for Python ", grammar::ToString(target.version)));
        report.Note(absl::StrCat("`", owner, "` defines `", name, "` below a version or platform check that Python ",
                                 grammar::ToString(target.version), " on ", target.platform, " does not pass"));
        break;
      }
      case NearMissKind::kOnMetaclass:
        report.Label(place, absl::StrCat("`", name, "` of the metaclass"));
        report.Note(absl::StrCat(
            "the metaclass `", owner, "` defines `", name,
            "`, which makes it a method of the class itself: what stands in the class does not override it"));
        break;
      case NearMissKind::kAttributeHook:
        report.Note(absl::StrCat("`", owner, "` has `__getattr__`, which may answer for `", name,
                                 "` when the program runs, but defines no such method"));
        break;
    }
  }
}

// A module of the project that goes before one of the standard library: its class may not be the one that was meant.
void ExplainHiddenModule(const ClassEvent& owner, DiagnosticBuilder& report, const RuleContext& context) {
  for (size_t i = 1; i < owner.mro.order.size(); ++i) {
    const program::FileInfo& file = context.program.file(owner.mro.order[i].file);
    if (file.is_bundled || file.module.empty() || owner.mro.order[i].file == context.file) continue;
    const auto& stubs = context.program.resolver().stubs();
    if (!stubs.FindStandardLibrary(file.module, context.index.options().target.version)) continue;
    report.Note(
        absl::StrCat("`", file.module, "` is `", file.display, "` here, which hides the standard library's module"));
    return;
  }
}

void HelpWithNearest(const MemberEvent& event, DiagnosticBuilder& report, const RuleContext& context) {
  const Inherited nearest = NearestMember(event, context);
  if (nearest.certainty != Certainty::kFound) {
    report.Help("remove `@override`, or define the method in a base class");
    return;
  }
  const classes::ClassInfo& owner = context.classes.InfoOf(nearest.owner);
  const absl::string_view name = context.Text(nearest.member->name);
  if (nearest.member->kind != classes::MemberKind::kSynthesized) {
    report.Label(SpanOf(*nearest.member), absl::StrCat("`", owner.name, "` defines `", name, "`"));
  }
  report.Help(absl::StrCat("did you mean `", name, "` of `", ClassName(owner, event.owner.info), "`?"));
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
  const std::vector<NearMiss> misses = classes::NearMisses(context.classes, event.owner.info.ref, event.member.name);
  if (!misses.empty() && misses.front().kind == NearMissKind::kExcluded) {
    report.Help("put the method below the same check, or remove `@override`");
  } else {
    HelpWithNearest(event, report, context);
  }
  ExplainPrivateName(event, report);
  ExplainNearMisses(misses, event, name, report, context);
  report.Note(absl::StrCat("searched ", SearchedBases(event.owner, context)));
  ExplainHiddenModule(event.owner, report, context);
}

}  // namespace

void CheckOverrideWithoutBase(const MemberEvent& event, RuleContext& context) {
  if (event.inherited.certainty != Certainty::kAbsent || event.owner.is_order_guessed()) return;
  // A mark is as untrue where a later `def` of the class takes the place of the method.
  if (!event.member.is(classes::MemberFlags::kOverride) && !IsBoundAgain(event.member, context)) return;
  std::vector<MethodGroup> groups = WrittenMethodGroupsOf(event.member, context);
  std::erase_if(groups, [](const MethodGroup& group) { return !group.is_marked(); });
  if (groups.empty() || context.classes.MayBeHidden(event.owner.info.ref, event.member.name)) return;
  for (const MethodGroup& group : groups) Report(group, event, context);
}

}  // namespace overt::rules
