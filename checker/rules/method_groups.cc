#include "checker/rules/method_groups.h"

#include <utility>

namespace overt::rules {

using classes::Accessor;

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
  const Accessor accessor = next.facts->accessor;
  if (accessor == Accessor::kSetter || accessor == Accessor::kDeleter) return true;
  return group.definitions.back().facts->is_overload;
}

}  // namespace

std::vector<MethodGroup> MethodGroupsOf(const classes::Member& member, const RuleContext& context) {
  std::vector<MethodGroup> groups;
  if (member.file != context.file) return groups;
  for (const classes::DefId id : member.definitions) {
    const bind::Definition& definition = context.index.definition(id);
    if (definition.kind != bind::DefKind::kFunction) continue;
    MethodDefinition next{definition.node, &context.classes.FactsOf({context.file, definition.node})};
    if (next.facts->is_no_type_check) continue;
    if (groups.empty() || !Continues(groups.back(), next)) groups.emplace_back();
    groups.back().definitions.push_back(next);
  }
  return groups;
}

}  // namespace overt::rules
