// `@override` on a method whose base method is deprecated: what it builds on may go.
//
//   class Base:
//       @deprecated("use read_rows")
//       def rows(self): ...
//   class Child(Base):
//       @override
//       def rows(self): ...     # warning: overrides the deprecated `Base.rows`: use read_rows
//
// spec: directives (deprecated), PEP 702: type checkers should report this.
#include "absl/strings/str_cat.h"
#include "checker/rules/method_groups.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::Inherited;

// The message of the decorator, ready to follow a sentence; empty if it is no literal.
std::string DeprecationMessage(const Inherited& base, const RuleContext& context) {
  const bind::ModuleIndex* index = context.program.Index(base.member->file);
  for (const classes::DefId id : base.member->definitions) {
    const bind::Definition& definition = index->definition(id);
    if (definition.kind != bind::DefKind::kFunction) continue;
    const classes::FunctionFacts& facts = context.classes.FactsOf({base.member->file, definition.node});
    if (!facts.deprecation.empty()) return absl::StrCat(": ", facts.deprecation);
  }
  return "";
}

// Whether the member as a whole is deprecated. Of overloads all must be: PEP 702 has calls of a deprecated overload
// reported, and an override need not answer those. Of a property the getter counts.
bool IsDeprecated(const Inherited& base, const RuleContext& context) {
  if (base.member->definitions.empty()) return true;
  const bind::ModuleIndex* index = context.program.Index(base.member->file);
  size_t overloads = 0, deprecated_overloads = 0;
  for (const classes::DefId id : base.member->definitions) {
    const bind::Definition& definition = index->definition(id);
    if (definition.kind != bind::DefKind::kFunction) continue;
    const classes::FunctionFacts& facts = context.classes.FactsOf({base.member->file, definition.node});
    const bool is_later_accessor =
        facts.accessor == classes::Accessor::kSetter || facts.accessor == classes::Accessor::kDeleter;
    if (facts.is_overload) {
      ++overloads;
      deprecated_overloads += facts.is_deprecated ? 1 : 0;
    } else if (facts.is_deprecated && !is_later_accessor) {
      return true;
    }
  }
  return overloads > 0 && overloads == deprecated_overloads;
}

}  // namespace

void CheckOverrideOfDeprecated(const MemberEvent& event, RuleContext& context) {
  if (!event.member.is(classes::MemberFlags::kOverride) || event.owner.is_order_guessed()) return;
  const Inherited& base = event.inherited;
  if (base.certainty != classes::Certainty::kFound || !base.member->is(classes::MemberFlags::kDeprecated)) return;
  if (!IsDeprecated(base, context) || IsOpenAtBase(Rule::kOverrideOfDeprecated, event, context)) return;
  for (const MethodGroup& group : MethodGroupsOf(event.member, context)) {
    if (!group.is_marked()) continue;
    auto report = context.out.Begin(Rule::kOverrideOfDeprecated, NameRange(context.ast(), group.Main().node));
    if (!report) continue;
    const classes::ClassInfo& owner = context.classes.InfoOf(base.owner);
    report
        .Title("`$0` overrides the deprecated `$1.$2`$3", MemberName(context, event.owner.info, event.member),
               ClassName(owner, event.owner.info), context.Text(event.member.name), DeprecationMessage(base, context))
        .Label(SpanOf(*base.member), "deprecated here")
        .Tag(DiagnosticTag::kDeprecated);
  }
}

}  // namespace overt::rules
