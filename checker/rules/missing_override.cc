// A method that overrides without saying so: the strict mode of PEP 698, off by default.
//
//   class Child(Base):
//       def run(self): ...      # overrides `Base.run`; mark it `@override`
//
// spec: class-compat (strict enforcement). Which members are left alone is configurable: `MissingOverrideExemptions`.
#include "absl/strings/str_cat.h"
#include "checker/bind/special_names.h"
#include "checker/rules/method_groups.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::Certainty;
using classes::Inherited;

bool IsExempt(const MemberEvent& event, const Inherited& base, const RuleContext& context) {
  const MissingOverrideExemptions& exempt = context.options.missing_override;
  const absl::string_view name = context.Text(event.member.name);
  if (name == "_") return true;  // a function that is registered somewhere; nobody calls it by its name
  if (IsOwnOfEveryClass(name)) return true;
  if (exempt.constructors && bind::IsConstructorName(name)) return true;
  if (exempt.private_names && event.member.is(classes::MemberFlags::kPrivate)) return true;
  if (exempt.object_dunders && bind::IsDunderName(name) && base.owner == context.classes.builtin("object")) return true;
  if (exempt.abstract_implementations && base.member->is(classes::MemberFlags::kAbstract)) return true;
  return exempt.protocol_members && context.classes.InfoOf(base.owner).is(classes::ClassFlags::kProtocol);
}

absl::string_view ImportHint(const RuleContext& context) {
  const bool in_typing = context.index.options().target.version >= grammar::PythonVersion{3, 12};
  return in_typing ? "add `@override` (`from typing import override`)"
                   : "add `@override` (`from typing_extensions import override`)";
}

// A member of a class of the standard library that its stub leaves out: nothing made it, it is just there.
bool IsThereAtRunTime(const Inherited& base, const classes::ClassInfo& owner, const RuleContext& context) {
  constexpr uint32_t kGenerating = classes::ClassFlags::kDataclass | classes::ClassFlags::kNamedTuple |
                                   classes::ClassFlags::kTypedDict | classes::ClassFlags::kEnum |
                                   classes::ClassFlags::kTotalOrdering;
  return base.member->kind == classes::MemberKind::kSynthesized && context.program.file(base.owner.file).is_bundled &&
         !owner.is(kGenerating);
}

void Report(const MethodGroup& group, const MemberEvent& event, const Inherited& base, RuleContext& context) {
  auto report = context.out.Begin(Rule::kMissingOverride, NameRange(context.ast(), group.Main().node));
  if (!report) return;
  const classes::ClassInfo& owner = context.classes.InfoOf(base.owner);
  const std::string owner_name = ClassName(owner, event.owner.info);
  report.Title("`$0` overrides $1 but is not marked `@override`", MemberName(context, event.owner.info, event.member),
               IsThereAtRunTime(base, owner, context)
                   ? absl::StrCat("a member that `", owner_name, "` has at run time")
                   : absl::StrCat(KindPhrase(base.member->kind), " of `", owner_name, "`"));
  if (base.member->kind != classes::MemberKind::kSynthesized && base.member->name_range.size() > 0) {
    report.Label(SpanOf(*base.member), "overridden here");
  }
  report.Help(std::string(ImportHint(context)));
}

// The nearest inherited member that exists when the program runs: what stands below `if TYPE_CHECKING:` does not, nor
// what a stub declares though CPython's class lacks it.
Inherited OverriddenAtRunTime(const MemberEvent& event, const RuleContext& context) {
  const Inherited& nearest = event.inherited;
  if (nearest.certainty != Certainty::kFound || !nearest.member->is(classes::MemberFlags::kTypeCheckingOnly)) {
    return nearest;
  }
  for (const Inherited& one : context.classes.FindAllInherited(event.owner.info.ref, event.member.name)) {
    if (!one.member->is(classes::MemberFlags::kTypeCheckingOnly)) return one;
  }
  return {};
}

}  // namespace

void CheckMissingOverride(const MemberEvent& event, RuleContext& context) {
  // Where everything is marked there is nothing to ask: most members of a project in strict mode.
  const bool is_one_marked = event.member.is(classes::MemberFlags::kOverride) && event.member.definitions.size() == 1;
  if (is_one_marked || event.owner.is_order_guessed()) return;
  const Inherited base = OverriddenAtRunTime(event, context);
  if (base.certainty != Certainty::kFound || IsExempt(event, base, context)) return;
  if (IsOpenAtBase(Rule::kMissingOverride, event, context)) return;
  for (const MethodGroup& group : MethodGroupsOf(event.member, context)) {
    if (!group.is_marked()) Report(group, event, base, context);
  }
}

}  // namespace overt::rules
