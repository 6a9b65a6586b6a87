#include "checker/lsp/features/implementation.h"

#include <iterator>

#include "absl/algorithm/container.h"
#include "checker/lsp/features/place.h"
#include "checker/lsp/features/structural.h"

namespace overt::lsp {
namespace {

using classes::ClassRef;
using classes::FamilyIndex;
using driver::Snapshot;

std::vector<Target> OfClass(const Snapshot& snapshot, const FamilyIndex& family, ClassRef ref) {
  std::vector<ClassRef> refs = family.AllSubclasses(ref);
  absl::c_copy(StructuralImplementers(family, ref), std::back_inserter(refs));
  return TargetsOf(snapshot, refs);
}

std::vector<Target> OfMember(const Snapshot& snapshot, const FamilyIndex& family, ClassRef ref, grammar::Atom name) {
  std::vector<Target> targets;
  for (const auto& one : family.Overriders(ref, name)) targets.push_back(TargetOf(snapshot, *one.member));
  for (const classes::Member* one : StructuralMembers(family, ref, name)) targets.push_back(TargetOf(snapshot, *one));
  return targets;
}

// Below what `super()` asks next.
std::vector<Target> BelowSuper(const Snapshot& snapshot, const FamilyIndex& family, const Place& place) {
  if (place.member.present()) {
    const classes::Inherited found = snapshot.classes->FindInherited(place.class_ref, place.member);
    if (found.certainty != classes::Certainty::kFound) return {};
    return OfMember(snapshot, family, found.owner, place.member);
  }
  const classes::MroInfo& mro = snapshot.classes->MroOf(place.class_ref);
  if (mro.order.size() < 2 || mro.certain_prefix < 2) return {};
  return OfClass(snapshot, family, mro.order[1]);
}

}  // namespace

std::vector<Target> ImplementationsAt(const Snapshot& snapshot, const FamilyIndex& family, FileId file,
                                      uint32_t offset) {
  const std::optional<Place> place = PlaceAt(snapshot, file, offset);
  if (!place) return {};
  switch (place->kind) {
    case Place::Kind::kClassName: return OfClass(snapshot, family, place->class_ref);
    case Place::Kind::kMemberName:
    case Place::Kind::kOverrideMark: return OfMember(snapshot, family, place->class_ref, place->member);
    case Place::Kind::kSuperCall: return BelowSuper(snapshot, family, *place);
    case Place::Kind::kRuleName: return {};
  }
  return {};
}

}  // namespace overt::lsp
