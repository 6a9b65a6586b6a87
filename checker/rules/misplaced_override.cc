// `@override` on the wrong function of a group that makes one member.
//
//   @overload
//   @override                          # belongs on the implementation below
//   def read(self, n: int) -> bytes: ...
//   def read(self, n=None): ...
//
// In source files it belongs on the implementation; where there is none (stubs, protocols, abstract overloads) on the
// first overload; on a property on the getter. Where no base has the member, the mark belongs nowhere, and that is
// `override-without-base`. spec: overload (final and override), PEP 698.
#include "absl/algorithm/container.h"
#include "checker/rules/method_groups.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

struct Misplaced {
  const MethodDefinition* found;
  const MethodDefinition* wanted;
  absl::string_view title;  // $0: the member
  absl::string_view wanted_label;
};

void Report(const Misplaced& place, const MemberEvent& event, RuleContext& context) {
  auto report = context.out.Begin(Rule::kMisplacedOverride, NameRange(context.ast(), place.found->node));
  if (!report) return;
  report.Title(place.title, MemberName(context, event.owner.info, event.member));
  report.Label({context.file, context.ast().range(place.found->facts->override_decorator)}, "marked here");
  report.Label({context.file, NameRange(context.ast(), place.wanted->node)}, std::string(place.wanted_label));
}

void CheckOverloads(const MethodGroup& group, const MemberEvent& event, RuleContext& context) {
  const MethodDefinition* implementation = group.Implementation();
  for (size_t i = 0; i < group.definitions.size(); ++i) {
    const MethodDefinition& one = group.definitions[i];
    if (!one.facts->is_override || !one.facts->is_overload) continue;
    if (implementation != nullptr) {
      const bool is_twice = implementation->facts->is_override;
      Report({&one, implementation,
              is_twice ? "`@override` stands on an overload of `$0` as well as on its implementation"
                       : "`@override` stands on an overload of `$0`, not on its implementation",
              is_twice ? "one `@override`, here, is enough" : "`@override` belongs on the implementation"},
             event, context);
    } else if (i > 0) {
      const bool is_twice = group.definitions.front().facts->is_override;
      Report({&one, &group.definitions.front(),
              is_twice ? "`@override` stands on a later overload of `$0` as well as on the first"
                       : "`@override` stands on a later overload of `$0`, not on the first",
              is_twice ? "one `@override`, here, is enough"
                       : "without an implementation `@override` belongs on the first overload"},
             event, context);
    }
  }
}

void CheckAccessors(const MethodGroup& group, const MemberEvent& event, RuleContext& context) {
  const MethodDefinition& getter = group.definitions.front();
  if (getter.facts->accessor != classes::Accessor::kGetter) return;
  const auto is_marked_getter = [](const MethodDefinition& one) {
    return one.facts->is_override && one.facts->accessor == classes::Accessor::kGetter;
  };
  if (absl::c_any_of(group.definitions, is_marked_getter)) return;
  for (const MethodDefinition& one : group.definitions) {
    if (!one.facts->is_override) continue;
    const bool is_setter = one.facts->accessor == classes::Accessor::kSetter;
    Report({&one, &getter,
            is_setter ? "`@override` stands on the setter of property `$0`, not on its getter"
                      : "`@override` stands on the deleter of property `$0`, not on its getter",
            "`@override` on the getter covers the whole property"},
           event, context);
  }
}

// Whether the mark is reported as one that overrides nothing.
bool IsWithoutBase(const MemberEvent& event, const RuleContext& context) {
  return event.inherited.certainty == classes::Certainty::kAbsent && !event.owner.is_order_guessed() &&
         context.out.Wants(Rule::kOverrideWithoutBase) &&
         !context.classes.MayBeHidden(event.owner.info.ref, event.member.name);
}

}  // namespace

void CheckMisplacedOverride(const MemberEvent& event, RuleContext& context) {
  if (!event.member.is(classes::MemberFlags::kOverride) || IsWithoutBase(event, context)) return;
  for (const MethodGroup& group : MethodGroupsOf(event.member, context)) {
    if (!group.is_marked()) continue;
    if (group.is_overloaded()) CheckOverloads(group, event, context);
    if (group.is_property()) CheckAccessors(group, event, context);
  }
}

}  // namespace overt::rules
