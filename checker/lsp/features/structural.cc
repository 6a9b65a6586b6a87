#include "checker/lsp/features/structural.h"

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"

namespace overt::lsp {
namespace {

using classes::ClassFlags;
using classes::ClassInfo;
using classes::ClassRef;
using classes::ClassTable;
using classes::FamilyIndex;
using classes::Member;
using grammar::Atom;

// What a class body may say for itself only. Source: the typing specification, "Protocols".
bool IsForTheProtocolItself(absl::string_view name) {
  return name == "__slots__" || name == "__match_args__" || name == "__class_getitem__" || name == "__annotations__";
}

// The names of the members that a class must have, of the protocol and of those that it extends.
std::vector<Atom> RequiredNames(const ClassTable& classes, ClassRef protocol) {
  const classes::MroInfo& mro = classes.MroOf(protocol);
  if (!classes.InfoOf(protocol).is(ClassFlags::kProtocol) || !mro.complete()) return {};
  const classes::MemberTable& of_object = classes.MembersOf(classes.builtin("object"));
  std::vector<Atom> names;
  for (const ClassRef ref : mro.order) {
    const ClassInfo& info = classes.InfoOf(ref);
    if (!info.is(ClassFlags::kProtocol) || info.form == classes::ClassForm::kSpecial) continue;
    for (const Member& member : classes.MembersOf(ref).all()) {
      if (of_object.Find(member.name) != nullptr || absl::c_linear_search(names, member.name)) continue;
      if (!IsForTheProtocolItself(classes.program().interner().text(member.name))) names.push_back(member.name);
    }
  }
  return names;
}

}  // namespace

std::vector<ClassRef> StructuralImplementers(const FamilyIndex& family, ClassRef ref) {
  const ClassTable& classes = family.classes();
  const std::vector<Atom> names = RequiredNames(classes, ref);
  if (names.empty()) return {};
  std::vector<ClassRef> found = family.ClassesHaving(names);
  const std::vector<ClassRef> below = family.AllSubclasses(ref);
  const absl::flat_hash_set<ClassRef> nominal(below.begin(), below.end());
  std::erase_if(found, [&](ClassRef one) {
    return one == ref || nominal.contains(one) || classes.InfoOf(one).is(ClassFlags::kProtocol);
  });
  return found;
}

std::vector<ClassRef> NearestImplementers(const FamilyIndex& family, ClassRef ref) {
  std::vector<ClassRef> found = StructuralImplementers(family, ref);
  const absl::flat_hash_set<ClassRef> all(found.begin(), found.end());
  std::erase_if(found, [&](ClassRef one) {
    const std::vector<ClassRef>& order = family.classes().MroOf(one).order;
    return absl::c_any_of(order, [&](ClassRef ancestor) { return ancestor != one && all.contains(ancestor); });
  });
  return found;
}

std::vector<const Member*> StructuralMembers(const FamilyIndex& family, ClassRef ref, Atom name) {
  const ClassTable& classes = family.classes();
  std::vector<const Member*> members;
  for (const ClassRef one : StructuralImplementers(family, ref)) {
    const Member* member = classes.MembersOf(one).Find(name);
    if (member == nullptr) member = classes.FindInherited(one, name).member;
    if (member != nullptr && !absl::c_linear_search(members, member)) members.push_back(member);
  }
  return members;
}

}  // namespace overt::lsp
