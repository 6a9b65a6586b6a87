// A member that redefines one which a base declares final: `@final` on a method or property, `Final` on an attribute.
//
//   class Base:
//       @final
//       def close(self): ...
//       limit: Final = 3
//   class Child(Base):
//       def close(self): ...    # `Base.close` is final
//
// The closest final ancestor is named, once. Private names never meet. spec: qualifiers (@final, Final), PEP 591.
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::Inherited;
using classes::MemberFlags;
using classes::MemberKind;

bool CanRedefine(const classes::Member& member) {
  return member.kind != MemberKind::kSynthesized && !member.is(MemberFlags::kPrivate) && !member.definitions.empty();
}

}  // namespace

void CheckOverrideOfFinal(const MemberEvent& event, RuleContext& context) {
  if ((event.owner.inherited_flags & MemberFlags::kFinal) == 0) return;
  if (!CanRedefine(event.member) || event.member.file != context.file) return;
  const Inherited base =
      context.classes.FindInheritedWith(event.owner.info.ref, event.member.name, MemberFlags::kFinal);
  if (base.certainty != classes::Certainty::kFound) return;
  auto report = context.out.Begin(Rule::kOverrideOfFinal, event.member.name_range);
  if (!report) return;
  const classes::ClassInfo& owner = context.classes.InfoOf(base.owner);
  report.Title("`$0` redefines `$1.$2`, which is final", MemberName(context, event.owner.info, event.member),
               ClassName(owner, event.owner.info), context.Text(event.member.name));
  report.Label(SpanOf(*base.member), "declared final here");
}

}  // namespace overt::rules
