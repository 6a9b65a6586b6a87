#include "checker/lsp/features/type_hierarchy.h"

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "checker/bind/special_names.h"
#include "checker/classes/main_definition.h"
#include "checker/lsp/features/place.h"
#include "checker/lsp/features/structural.h"

namespace overt::lsp {
namespace {

using classes::ClassRef;
using driver::Snapshot;
using grammar::Atom;

HierarchyItem::Kind KindOfItem(classes::MemberKind kind) {
  switch (kind) {
    case classes::MemberKind::kFunction:
    case classes::MemberKind::kStaticMethod:
    case classes::MemberKind::kClassMethod:
    case classes::MemberKind::kDecoratedFunction:
    case classes::MemberKind::kSynthesized: return HierarchyItem::Kind::kMethod;
    case classes::MemberKind::kProperty:
    case classes::MemberKind::kCachedProperty: return HierarchyItem::Kind::kProperty;
    case classes::MemberKind::kClass: return HierarchyItem::Kind::kClass;
    case classes::MemberKind::kAttribute:
    case classes::MemberKind::kDeclaration:
    case classes::MemberKind::kInstanceAttribute:
    case classes::MemberKind::kInjected: break;
  }
  return HierarchyItem::Kind::kField;
}

class ItemMaker {
 public:
  ItemMaker(const Snapshot& snapshot, const FindingsOf& findings) : snapshot_(snapshot), findings_(findings) {}

  // Of the member of that name; without a name of the class itself.
  HierarchyItem Make(ClassRef ref, Atom name) { return name.present() ? OfMember(ref, name) : OfClass(ref); }

 private:
  HierarchyItem OfClass(ClassRef ref) {
    return {snapshot_.classes->InfoOf(ref).name,
            snapshot_.program->file(ref.file).module,
            TargetOf(snapshot_, ref),
            KeyOf(ref),
            "",
            HierarchyItem::Kind::kClass};
  }

  HierarchyItem OfMember(ClassRef ref, Atom name) {
    HierarchyItem item;
    item.class_name = KeyOf(ref);
    item.member = std::string(snapshot_.program->interner().text(name));
    const classes::Member* own = snapshot_.classes->MembersOf(ref).Find(name);
    const classes::Inherited found = snapshot_.classes->FindInherited(ref, name);
    const classes::Member* seen = own != nullptr ? own : found.member;
    const std::string& writer = snapshot_.classes->InfoOf(own != nullptr || seen == nullptr ? ref : found.owner).name;
    item.name = absl::StrCat(snapshot_.classes->InfoOf(ref).name, ".", bind::WrittenName(writer, item.member));
    item.kind = seen == nullptr ? HierarchyItem::Kind::kMethod : KindOfItem(seen->kind);
    if (own == nullptr) {
      item.detail = "inherits";
      item.place = TargetOf(snapshot_, ref);
      return item;
    }
    item.place = TargetOf(snapshot_, *own);
    const Diagnostic* broken =
        BrokenOverride(snapshot_, own->file, classes::MainFunction(*snapshot_.classes, *own), findings_);
    item.detail = broken == nullptr ? "defines" : absl::StrCat("breaks: ", broken->title);
    return item;
  }

  std::string KeyOf(ClassRef ref) {
    const auto known = keys_.find(ref.file);
    if (known != keys_.end()) return known->second.KeyOf(ref);
    return keys_.emplace(ref.file, ClassKeys(snapshot_, ref.file)).first->second.KeyOf(ref);
  }

  const Snapshot& snapshot_;
  const FindingsOf& findings_;
  absl::flat_hash_map<FileId, ClassKeys> keys_;
};

// The class of an item, and its member if it is about one.
struct AskedItem {
  ClassRef ref;
  Atom name;
};
AskedItem AskedBy(const Snapshot& snapshot, const HierarchyItem& item) {
  const ClassRef ref = ClassKeys(snapshot, item.place.file).Find(item.class_name);
  return {ref, item.member.empty() ? Atom() : snapshot.program->interner().Intern(item.member)};
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
  if (place->kind != Place::Kind::kClassName && place->kind != Place::Kind::kMemberName) return std::nullopt;
  return ItemMaker(snapshot, findings).Make(place->class_ref, place->member);
}

std::vector<HierarchyItem> Supertypes(const Snapshot& snapshot, const HierarchyItem& item, const FindingsOf& findings) {
  const auto [ref, name] = AskedBy(snapshot, item);
  if (!ref.present()) return {};
  const ClassRef object = snapshot.classes->builtin("object");
  ItemMaker maker(snapshot, findings);
  std::vector<HierarchyItem> items;
  std::vector<ClassRef> seen;
  for (const classes::Base& base : snapshot.classes->InfoOf(ref).bases) {
    for (const classes::Entity& entity : base.alternatives) {
      if (!entity.is_class() || absl::c_linear_search(seen, entity.class_ref)) continue;
      seen.push_back(entity.class_ref);
      const bool counts = name.present() ? Has(snapshot, entity.class_ref, name) : entity.class_ref != object;
      if (counts) items.push_back(maker.Make(entity.class_ref, name));
    }
  }
  return items;
}

std::vector<HierarchyItem> Subtypes(const Snapshot& snapshot, const classes::FamilyIndex& family,
                                    const HierarchyItem& item, const FindingsOf& findings) {
  const auto [ref, name] = AskedBy(snapshot, item);
  if (!ref.present()) return {};
  ItemMaker maker(snapshot, findings);
  std::vector<HierarchyItem> items;
  for (const ClassRef below : family.DirectSubclasses(ref)) items.push_back(maker.Make(below, name));
  for (const ClassRef below : NearestImplementers(family, ref)) {
    items.push_back(maker.Make(below, name));
    absl::StrAppend(&items.back().detail, ", structural");
  }
  return items;
}

}  // namespace overt::lsp
