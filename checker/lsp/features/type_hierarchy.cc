#include "checker/lsp/features/type_hierarchy.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/lsp/features/code_lens.h"
#include "checker/lsp/features/place.h"

namespace overt::lsp {
namespace {

using classes::ClassInfo;
using classes::ClassRef;
using driver::Snapshot;
using grammar::Atom;

HierarchyItem ClassItem(const Snapshot& snapshot, ClassRef ref) {
  const ClassInfo& info = snapshot.classes->InfoOf(ref);
  return {info.name, snapshot.program->file(ref.file).module, TargetOf(snapshot, ref), info.qualified, ""};
}

HierarchyItem MemberItem(const Snapshot& snapshot, ClassRef ref, Atom name, const FindingsOf& findings) {
  HierarchyItem item;
  item.name = LabelOf(*snapshot.classes, ref, name);
  item.class_name = snapshot.classes->InfoOf(ref).qualified;
  item.member = std::string(snapshot.program->interner().text(name));
  const classes::Member* own = snapshot.classes->MembersOf(ref).Find(name);
  if (own == nullptr) {
    item.detail = "inherits";
    item.place = TargetOf(snapshot, ref);
    return item;
  }
  item.place = TargetOf(snapshot, *own);
  const Diagnostic* broken = BrokenOverride(snapshot, own->file, MainFunction(snapshot, *own), findings);
  item.detail = broken == nullptr ? "defines" : absl::StrCat("breaks: ", broken->title);
  return item;
}

// Whether the class has the member, of its own or from above.
bool Has(const Snapshot& snapshot, ClassRef ref, Atom name) {
  return snapshot.classes->MembersOf(ref).Find(name) != nullptr ||
         snapshot.classes->FindInherited(ref, name).certainty == classes::Certainty::kFound;
}

}  // namespace

std::optional<HierarchyItem> PrepareTypeHierarchy(const Snapshot& snapshot, FileId file, uint32_t offset,
                                                  const FindingsOf& findings) {
  const std::optional<Place> place = PlaceAt(snapshot, file, offset);
  if (!place) return std::nullopt;
  if (place->kind == Place::Kind::kClassName) return ClassItem(snapshot, place->class_ref);
  if (place->kind != Place::Kind::kMemberName) return std::nullopt;
  return MemberItem(snapshot, place->class_ref, place->member, findings);
}

std::vector<HierarchyItem> Supertypes(const Snapshot& snapshot, const HierarchyItem& item, const FindingsOf& findings) {
  const ClassRef ref = ClassNamed(snapshot, item.place.file, item.class_name);
  if (!ref.present()) return {};
  const ClassRef object = snapshot.classes->builtin("object");
  const Atom name = item.member.empty() ? Atom() : snapshot.program->interner().Intern(item.member);
  std::vector<HierarchyItem> items;
  std::vector<ClassRef> seen;
  for (const classes::Base& base : snapshot.classes->InfoOf(ref).bases) {
    for (const classes::Entity& entity : base.alternatives) {
      if (!entity.is_class() || absl::c_linear_search(seen, entity.class_ref)) continue;
      seen.push_back(entity.class_ref);
      if (name.present()) {
        if (Has(snapshot, entity.class_ref, name)) {
          items.push_back(MemberItem(snapshot, entity.class_ref, name, findings));
        }
      } else if (entity.class_ref != object) {
        items.push_back(ClassItem(snapshot, entity.class_ref));
      }
    }
  }
  return items;
}

std::vector<HierarchyItem> Subtypes(const Snapshot& snapshot, const classes::FamilyIndex& family,
                                    const HierarchyItem& item, const FindingsOf& findings) {
  const ClassRef ref = ClassNamed(snapshot, item.place.file, item.class_name);
  if (!ref.present()) return {};
  const Atom name = item.member.empty() ? Atom() : snapshot.program->interner().Intern(item.member);
  std::vector<HierarchyItem> items;
  for (const ClassRef below : family.DirectSubclasses(ref)) {
    items.push_back(name.present() ? MemberItem(snapshot, below, name, findings) : ClassItem(snapshot, below));
  }
  return items;
}

}  // namespace overt::lsp
