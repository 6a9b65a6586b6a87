// A member that redefines one which a base declares final: `@final` on a method or property, `Final` on an attribute.
//
//   class Base:
//       @final
//       def close(self): ...
//       limit: Final = 3
//   class Child(Base):
//       def close(self): ...    # `Base.close` is final
//
// The closest final ancestor is named, once. Private names meet only in classes of one name, where Python makes the
// same of them. spec: qualifiers (@final, Final), PEP 591.
#include <optional>

#include "absl/algorithm/container.h"
#include "checker/rules/alternatives.h"
#include "checker/rules/method_groups.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::Inherited;
using classes::MemberFlags;
using classes::MemberKind;

bool CanRedefine(const classes::Member& member, const RuleContext& context) {
  return member.kind != MemberKind::kSynthesized && !member.definitions.empty() && member.file == context.file &&
         !IsOwnOfEveryClass(context.Text(member.name)) && context.Text(member.name) != "__dict__";
}

// The function where people look for the method, or the statement that binds the name last; none if all of it is under
// `@no_type_check`.
std::optional<TextRange> PlaceOf(const classes::Member& member, const RuleContext& context) {
  const std::vector<MethodGroup> groups = MethodGroupsOf(member, context);
  if (!groups.empty()) return NameRange(context.ast(), groups.front().Main().node);
  const auto is_function = [&](classes::DefId id) {
    return context.index.definition(id).kind == bind::DefKind::kFunction;
  };
  if (absl::c_all_of(member.definitions, is_function)) return std::nullopt;
  return member.name_range;
}

bool IsFinalInEveryAlternative(const MemberEvent& event, const RuleContext& context) {
  const auto has_final = [&](classes::ClassRef ref) -> std::optional<bool> {
    const classes::Member* member = context.classes.MembersOf(ref).Find(event.member.name);
    if (member == nullptr || !member->is(MemberFlags::kFinal)) return std::nullopt;
    return true;
  };
  return HoldsForEveryAlternative(event.owner, has_final, context);
}

}  // namespace

void CheckOverrideOfFinal(const MemberEvent& event, RuleContext& context) {
  if ((event.owner.inherited_flags & MemberFlags::kFinal) == 0 || event.owner.is_order_guessed()) return;
  if (!CanRedefine(event.member, context)) return;
  const Inherited base =
      context.classes.FindInheritedWith(event.owner.info.ref, event.member.name, MemberFlags::kFinal);
  if (base.certainty != classes::Certainty::kFound) return;
  const std::optional<TextRange> place = PlaceOf(event.member, context);
  if (!place || !IsFinalInEveryAlternative(event, context)) return;
  auto report = context.out.Begin(Rule::kOverrideOfFinal, *place);
  if (!report) return;
  const classes::ClassInfo& owner = context.classes.InfoOf(base.owner);
  report.Title("`$0` redefines `$1.$2`, which is final", MemberName(context, event.owner.info, event.member),
               ClassName(owner, event.owner.info), context.Text(event.member.name));
  report.Label(SpanOf(*base.member), "declared final here");
}

}  // namespace overt::rules
