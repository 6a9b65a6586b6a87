#include "checker/rules/rule_context.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "diagnostics/wording.h"
#include "grammar/ast/definitions.h"

namespace overt::rules {

using classes::MemberKind;

bool IsOpenAtBase(Rule rule, const MemberEvent& event, const RuleContext& context) {
  if (!context.options.honour_suppressions) return false;
  const std::vector<classes::Inherited> overridden =
      context.classes.FindAllInherited(event.owner.info.ref, event.member.name);
  return absl::c_any_of(overridden, [&](const classes::Inherited& one) {
    const bind::ModuleIndex* index = context.program.Index(one.member->file);
    return index != nullptr && index->IsOpenTo(rule, one.member->name_range);
  });
}

bool IsOwnOfEveryClass(absl::string_view name) {
  return name == "__slots__" || name == "__match_args__" || name == "__doc__" || name == "__module__" ||
         name == "__annotations__";
}

std::string MemberName(const RuleContext& context, const classes::ClassInfo& owner, const classes::Member& member) {
  return absl::StrCat(owner.name, ".", context.Text(member.name));
}

std::string ClassName(const classes::ClassInfo& info, const classes::ClassInfo& beside) {
  return info.name == beside.name && info.ref != beside.ref ? info.qualified : info.name;
}

Span SpanOf(const classes::ClassInfo& info) { return {info.ref.file, info.name_range}; }
Span SpanOf(const classes::Member& member) { return {member.file, member.name_range}; }

TextRange NameRange(const grammar::Ast& ast, grammar::NodeId definition) {
  return ast.range(NameNodeOf(ast, definition));
}

absl::string_view KindPhrase(MemberKind kind) {
  switch (kind) {
    case MemberKind::kFunction: return "a method";
    case MemberKind::kStaticMethod: return "a static method";
    case MemberKind::kClassMethod: return "a class method";
    case MemberKind::kProperty: return "a property";
    case MemberKind::kCachedProperty: return "a cached property";
    case MemberKind::kDecoratedFunction: return "a decorated method";
    case MemberKind::kAttribute: return "an attribute";
    case MemberKind::kDeclaration: return "a declared attribute";
    case MemberKind::kClass: return "a nested class";
    case MemberKind::kInstanceAttribute: return "an instance attribute";
    case MemberKind::kSynthesized: return "a generated member";
    case MemberKind::kInjected: return "an attribute set from outside";
  }
  return "a member";
}

std::string JoinNames(const std::vector<std::string>& names, size_t unnamed) {
  std::vector<std::string> parts;
  for (const std::string& name : names) parts.push_back(absl::StrCat("`", name, "`"));
  if (unnamed > 0) parts.push_back(absl::StrCat(unnamed, " more"));
  return InWords(parts);
}

}  // namespace overt::rules
