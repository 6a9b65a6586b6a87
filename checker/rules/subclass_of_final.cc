// A class that derives from one which allows no subclasses: marked `@final`, or an enumeration that has members.
//
//   class Yes(bool): ...        # `bool` is final
//
// spec: qualifiers (@final), enums ("an Enum class with one or more members is implicitly final"), PEP 591.
#include "absl/strings/match.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::ClassFlags;
using classes::ClassInfo;
using classes::Member;
using classes::MemberKind;

// Only what certainly is a member: a plain assignment in the body of a source file, without underscores.
const Member* FirstEnumMember(const ClassInfo& info, const RuleContext& context) {
  const bind::ModuleIndex* index = context.program.Index(info.ref.file);
  if (index == nullptr || index->options().file_kind == grammar::FileKind::kStub) return nullptr;
  for (const Member& member : context.classes.MembersOf(info.ref).all()) {
    if (member.kind != MemberKind::kAttribute || absl::StartsWith(context.Text(member.name), "_")) continue;
    if (member.definitions.empty() || member.file != info.ref.file) continue;
    const bind::Definition& definition = index->definition(member.definitions.front());
    if (definition.kind != bind::DefKind::kAssignment) continue;
    const grammar::NodeId value = index->ast().Get<grammar::AssignNode>(definition.statement).value();
    // A call or a name may be a descriptor, which makes no member.
    const grammar::NodeKind kind = index->ast().kind(value);
    if (kind == grammar::NodeKind::kNumber || kind == grammar::NodeKind::kString || kind == grammar::NodeKind::kTuple) {
      return &member;
    }
  }
  return nullptr;
}

}  // namespace

void CheckSubclassOfFinal(const ClassEvent& event, RuleContext& context) {
  if (event.info.form == classes::ClassForm::kNewTypeCall) return;  // makes no class at run time
  for (const classes::Base& base : event.info.bases) {
    for (const classes::Entity& entity : base.alternatives) {
      if (!entity.is_class() || !base.expression.present()) continue;
      const ClassInfo& info = context.classes.InfoOf(entity.class_ref);
      const Member* member = info.is(ClassFlags::kEnum) ? FirstEnumMember(info, context) : nullptr;
      if (!info.is(ClassFlags::kFinal) && member == nullptr) continue;
      auto report = context.out.Begin(Rule::kSubclassOfFinal, context.ast().range(base.expression));
      if (!report) continue;
      if (info.is(ClassFlags::kFinal)) {
        report.Title("`$0` derives from `$1`, which is final", event.info.name, ClassName(info, event.info))
            .Label(SpanOf(info), "declared final here");
      } else {
        report
            .Title("`$0` derives from the enumeration `$1`, which has members", event.info.name,
                   ClassName(info, event.info))
            .Label(SpanOf(*member), "an enumeration with a member allows no subclasses");
      }
    }
  }
}

}  // namespace overt::rules
