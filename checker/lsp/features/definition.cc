#include "checker/lsp/features/definition.h"

#include "checker/lsp/features/place.h"
#include "grammar/ast/path.h"

namespace overt::lsp {
namespace {

using classes::Inherited;
using driver::Snapshot;

std::vector<Target> MemberTargets(const Snapshot& snapshot, const std::vector<Inherited>& members) {
  std::vector<Target> targets;
  targets.reserve(members.size());
  for (const Inherited& one : members) targets.push_back(TargetOf(snapshot, *one.member));
  return targets;
}

std::vector<Target> AfterSuper(const Snapshot& snapshot, const Place& place) {
  if (place.member.present()) {
    const Inherited found = snapshot.classes->FindInherited(place.class_ref, place.member);
    if (found.certainty != classes::Certainty::kFound) return {};
    return {TargetOf(snapshot, *found.member)};
  }
  const classes::MroInfo& mro = snapshot.classes->MroOf(place.class_ref);
  // Where an unknown base comes first, nobody knows who is asked next.
  if (mro.order.size() < 2 || mro.certain_prefix < 2) return {};
  return {TargetOf(snapshot, mro.order[1])};
}

}  // namespace

std::vector<Target> DefinitionAt(const Snapshot& snapshot, FileId file, uint32_t offset) {
  const std::optional<Place> place = PlaceAt(snapshot, file, offset);
  if (!place) return {};
  if (place->kind == Place::Kind::kSuperCall) return AfterSuper(snapshot, *place);
  const std::optional<MemberPlace> member = MemberAt(snapshot, *place);
  if (!member) return {};
  return MemberTargets(snapshot, BaseMembers(*snapshot.classes, member->owner, member->name));
}

std::vector<Target> DeclarationAt(const Snapshot& snapshot, FileId file, uint32_t offset) {
  const std::optional<Place> place = PlaceAt(snapshot, file, offset);
  const std::optional<MemberPlace> member = place ? MemberAt(snapshot, *place) : std::nullopt;
  if (!member) return {};
  std::vector<Inherited> roots;
  for (const Inherited& one : snapshot.classes->FindAllInherited(member->owner, member->name)) {
    if (BaseMembers(*snapshot.classes, one.owner, member->name).empty()) roots.push_back(one);
  }
  return MemberTargets(snapshot, roots);
}

namespace {

struct MemberNode {
  grammar::NodeId node;
  MemberPlace member;
};

// What binds a name in a statement that does: the first target of an assignment, else the node itself.
grammar::NodeId BindingPart(const grammar::Ast& ast, grammar::NodeId node) {
  if (ast.Is<grammar::AssignNode>(node)) return ast.Get<grammar::AssignNode>(node).targets().front();
  if (ast.Is<grammar::AnnAssignNode>(node)) return ast.Get<grammar::AnnAssignNode>(node).target();
  return node;
}

// The innermost definition around `offset` that a class body binds.
std::optional<MemberNode> MemberAround(const Snapshot& snapshot, FileId file, uint32_t offset) {
  const grammar::Ast& ast = snapshot.program->Index(file)->ast();
  const std::vector<grammar::NodeId> path = PathTo(ast, offset);
  for (auto node = path.rbegin(); node != path.rend(); ++node) {
    if (const auto member = MemberBoundBy(snapshot, file, BindingPart(ast, *node))) return MemberNode{*node, *member};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Target> SuperMembersAround(const Snapshot& snapshot, FileId file, uint32_t offset) {
  const bind::ModuleIndex* index = snapshot.program->Index(file);
  if (index == nullptr) return {};
  std::optional<MemberNode> around = MemberAround(snapshot, file, offset);
  // A cursor behind the last character of a method is still in it.
  const std::optional<MemberNode> before = offset == 0 ? std::nullopt : MemberAround(snapshot, file, offset - 1);
  const auto is_within = [&](grammar::NodeId inner, grammar::NodeId outer) {
    return index->ast().first_of(outer) <= inner && inner <= outer;
  };
  if (before && (!around || is_within(before->node, around->node))) around = before;
  if (!around) return {};
  return MemberTargets(snapshot, BaseMembers(*snapshot.classes, around->member.owner, around->member.name));
}

}  // namespace overt::lsp
