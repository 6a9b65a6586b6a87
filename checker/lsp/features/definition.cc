#include "checker/lsp/features/definition.h"

#include "checker/lsp/features/place.h"

namespace overt::lsp {
namespace {

using classes::Inherited;
using driver::Snapshot;

std::vector<Target> MemberTargets(const Snapshot& snapshot, const std::vector<Inherited>& members) {
  std::vector<Target> targets;
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

// The member whose definition a place is about.
std::optional<MemberPlace> MemberAt(const Snapshot& snapshot, const Place& place) {
  switch (place.kind) {
    case Place::Kind::kMemberName:
    case Place::Kind::kOverrideMark: return MemberPlace{place.class_ref, place.member};
    case Place::Kind::kClassName: return NestedClassAt(snapshot, place);
    case Place::Kind::kSuperCall:
    case Place::Kind::kRuleName: return std::nullopt;
  }
  return std::nullopt;
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

std::vector<Target> SuperMembersAround(const Snapshot& snapshot, FileId file, uint32_t offset) {
  const std::vector<grammar::NodeId> path = PathTo(snapshot.program->Index(file)->ast(), offset);
  for (auto node = path.rbegin(); node != path.rend(); ++node) {
    const std::optional<MemberPlace> bound = MemberBoundBy(snapshot, file, *node);
    if (bound) return MemberTargets(snapshot, BaseMembers(*snapshot.classes, bound->owner, bound->name));
  }
  return {};
}

}  // namespace overt::lsp
