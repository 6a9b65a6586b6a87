#include "checker/lsp/features/implementation.h"

#include "checker/lsp/features/place.h"

namespace overt::lsp {

using driver::Snapshot;

std::vector<Target> ImplementationsAt(const Snapshot& snapshot, const classes::FamilyIndex& family, FileId file,
                                      uint32_t offset) {
  const std::optional<Place> place = PlaceAt(snapshot, file, offset);
  if (!place) return {};
  switch (place->kind) {
    case Place::Kind::kClassName: return TargetsOf(snapshot, family.AllSubclasses(place->class_ref));
    case Place::Kind::kMemberName: {
      std::vector<Target> targets;
      for (const auto& one : family.Overriders(place->class_ref, place->member)) {
        targets.push_back(TargetOf(snapshot, *one.member));
      }
      return targets;
    }
    case Place::Kind::kOverrideMark:
    case Place::Kind::kSuperCall:
    case Place::Kind::kRuleName: return {};
  }
  return {};
}

}  // namespace overt::lsp
