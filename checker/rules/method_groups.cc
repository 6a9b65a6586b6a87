#include "checker/rules/method_groups.h"

#include <utility>

namespace overt::rules {

const MethodDefinition* MethodGroup::FirstMarked() const {
  for (const MethodDefinition& one : definitions) {
    if (one.facts->is_override) return &one;
  }
  return nullptr;
}

const MethodDefinition* MethodGroup::Implementation() const {
  return definitions.back().facts->is_overload ? nullptr : &definitions.back();
}

const MethodDefinition& MethodGroup::Main() const {
  if (is_overloaded() && Implementation() != nullptr) return *Implementation();
  return definitions.front();
}

namespace {

// Whether `next` goes on with the member that `group` has begun.
bool Continues(const MethodGroup& group, const MethodDefinition& next) {
  return next.facts->extends_property || group.definitions.back().facts->is_overload;
}

std::vector<MethodGroup> Grouped(const std::vector<classes::DefId>& definitions, const RuleContext& context) {
  std::vector<MethodGroup> groups;
  for (const classes::DefId id : definitions) {
    const bind::Definition& definition = context.index.definition(id);
    if (definition.kind != bind::DefKind::kFunction) continue;
    MethodDefinition next{definition.node, &context.classes.FactsOf({context.file, definition.node})};
    if (next.facts->is_no_type_check) continue;
    if (groups.empty() || !Continues(groups.back(), next)) groups.emplace_back();
    groups.back().definitions.push_back(next);
  }
  return groups;
}

// What the class body binds the member by; none for members of other files.
bind::SymbolId SymbolOf(const classes::Member& member, const RuleContext& context) {
  if (member.file != context.file || member.definitions.empty()) return {};
  return context.index.definition(member.definitions.front()).symbol;
}

}  // namespace

std::vector<MethodGroup> MethodGroupsOf(const classes::Member& member, const RuleContext& context) {
  return member.file == context.file ? Grouped(member.definitions, context) : std::vector<MethodGroup>();
}

bool IsBoundAgain(const classes::Member& member, const RuleContext& context) {
  const bind::SymbolId symbol = SymbolOf(member, context);
  return symbol.present() && context.index.symbol(symbol).first != context.index.symbol(symbol).last;
}

std::vector<MethodGroup> WrittenMethodGroupsOf(const classes::Member& member, const RuleContext& context) {
  if (!IsBoundAgain(member, context)) return MethodGroupsOf(member, context);
  const bind::ModuleIndex& index = context.index;
  std::vector<classes::DefId> written;
  bind::DefId id = index.symbol(SymbolOf(member, context)).first;
  for (; id.present(); id = index.definition(id).next) {
    const bind::Definition& definition = index.definition(id);
    if (definition.reach != bind::Reach::kNever && index.IsReachable(definition.statement)) written.push_back(id);
  }
  return Grouped(written, context);
}

}  // namespace overt::rules
