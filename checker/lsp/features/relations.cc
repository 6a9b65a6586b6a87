#include "checker/lsp/features/relations.h"

#include <algorithm>
#include <optional>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/bind/special_names.h"
#include "checker/classes/main_definition.h"
#include "checker/lsp/features/place.h"
#include "grammar/ast/definitions.h"

namespace overt::lsp {

using classes::Certainty;
using classes::ClassRef;
using classes::ClassTable;
using classes::FamilyIndex;
using classes::Inherited;
using classes::Member;
using driver::Snapshot;
using grammar::Atom;
using grammar::NodeId;

Target TargetOf(const Snapshot& snapshot, ClassRef ref) {
  return {ref.file, WholeOf(snapshot.program->Index(ref.file)->ast(), ref.node),
          snapshot.classes->InfoOf(ref).name_range};
}

Target TargetOf(const Snapshot& snapshot, const Member& member) {
  const NodeId function = classes::MainFunction(*snapshot.classes, member);
  const TextRange name = classes::MainNameRange(*snapshot.classes, member);
  if (!function.present()) return {member.file, name, name};
  return {member.file, WholeOf(snapshot.program->Index(member.file)->ast(), function), name};
}

ClassKeys::ClassKeys(const Snapshot& snapshot, FileId file) {
  absl::flat_hash_map<std::string, size_t> counts;
  for (const ClassRef ref : snapshot.classes->ClassesIn(file)) {
    const std::string& name = snapshot.classes->InfoOf(ref).qualified;
    const size_t number = ++counts[name];
    keys_.emplace(ref, number == 1 ? name : absl::StrCat(name, "#", number));
  }
}

std::string ClassKeys::KeyOf(ClassRef ref) const {
  const auto found = keys_.find(ref);
  return found == keys_.end() ? "" : found->second;
}

ClassRef ClassKeys::Find(absl::string_view key) const {
  const auto found = absl::c_find_if(keys_, [&](const auto& one) { return one.second == key; });
  return found == keys_.end() ? ClassRef() : found->first;
}

std::vector<Target> TargetsOf(const Snapshot& snapshot, const std::vector<ClassRef>& refs) {
  std::vector<Target> targets;
  targets.reserve(refs.size());
  for (const ClassRef ref : refs) targets.push_back(TargetOf(snapshot, ref));
  return targets;
}

namespace {

// `Protocol` and `Generic` have members only for the sake of what derives from them: nobody wrote those, nobody
// overrides them.
bool IsNobodys(const ClassTable& classes, ClassRef owner) {
  return classes.InfoOf(owner).form == classes::ClassForm::kSpecial;
}

// The member of that name of a base: its own, or the nearest that it inherits.
std::optional<Inherited> MemberSeenIn(const ClassTable& classes, ClassRef base, Atom name) {
  if (!IsNobodys(classes, base)) {
    const Member* own = classes.MembersOf(base).Find(name);
    if (own != nullptr) return Inherited{Certainty::kFound, base, own, false};
  }
  std::optional<Inherited> nearest;
  classes.ForEachInherited(base, name, [&](const Inherited& one) {
    if (!IsNobodys(classes, one.owner)) nearest = one;
    return !nearest;
  });
  return nearest;
}

}  // namespace

std::vector<Inherited> BaseMembers(const ClassTable& classes, ClassRef ref, Atom name) {
  // Most members are new, or stand in the only base: then nobody else needs to be asked.
  std::optional<Inherited> nearest;
  classes.ForEachInherited(ref, name, [&](const Inherited& one) {
    nearest = one;
    return false;
  });
  if (!nearest) return {};
  std::vector<ClassRef> owners;
  for (const classes::Base& base : classes.InfoOf(ref).bases) {
    for (const classes::Entity& entity : base.alternatives) {
      if (!entity.is_class() || entity.class_ref == ref) continue;
      const std::optional<Inherited> found = MemberSeenIn(classes, entity.class_ref, name);
      if (found && !absl::c_linear_search(owners, found->owner)) owners.push_back(found->owner);
    }
  }
  if (owners.size() == 1 && owners.front() == nearest->owner) return {*nearest};
  const auto is_overridden = [&](ClassRef owner) {
    return absl::c_any_of(owners, [&](ClassRef other) {
      return other != owner && absl::c_linear_search(classes.MroOf(other).order, owner);
    });
  };
  std::vector<Inherited> found;
  classes.ForEachInherited(ref, name, [&](const Inherited& one) {
    if (absl::c_linear_search(owners, one.owner) && !is_overridden(one.owner)) found.push_back(one);
    return true;
  });
  return found;
}

std::vector<Inherited> NotableBaseMembers(const ClassTable& classes, ClassRef ref, Atom name) {
  std::vector<Inherited> found = BaseMembers(classes, ref, name);
  const ClassRef object = classes.builtin("object");
  std::erase_if(found, [&](const Inherited& one) { return one.owner == object; });
  return found;
}

bool IsImplementation(const ClassTable& classes, const Inherited& base) {
  return base.member->is(classes::MemberFlags::kAbstract) ||
         classes.InfoOf(base.owner).is(classes::ClassFlags::kProtocol);
}

std::string LabelOf(const ClassTable& classes, ClassRef owner, Atom name) {
  const std::string& owner_name = classes.InfoOf(owner).name;
  return absl::StrCat(owner_name, ".", bind::WrittenName(owner_name, classes.program().interner().text(name)));
}

std::string LabelsOf(const ClassTable& classes, const std::vector<Inherited>& members) {
  std::string labels;
  for (const Inherited& one : members) {
    absl::StrAppend(&labels, labels.empty() ? "" : ", ", LabelOf(classes, one.owner, one.member->name));
  }
  return labels;
}

std::vector<Method> MethodsIn(const Snapshot& snapshot, FileId file) {
  std::vector<Method> methods;
  for (const ClassRef ref : snapshot.classes->ClassesIn(file)) {
    for (const Member& member : snapshot.classes->MembersOf(ref).all()) {
      if (!IsMethod(member.kind) || member.file != file) continue;
      const NodeId function = classes::MainFunction(*snapshot.classes, member);
      if (function.present()) methods.push_back({ref, &member, function, TargetOf(snapshot, member).name});
    }
  }
  return methods;
}

std::vector<FamilyIndex::Overridden> OverriddenBelow(const FamilyIndex* family, const std::vector<Method>& methods,
                                                     size_t most) {
  if (family == nullptr) return std::vector<FamilyIndex::Overridden>(methods.size());
  std::vector<FamilyIndex::MemberName> members;
  members.reserve(methods.size());
  for (const Method& method : methods) members.push_back({method.owner, method.member->name});
  return family->OverriddenBelow(members, most);
}

namespace {

// Whether findings of the rule say that an override is wrong, not that one could be better marked.
bool IsAboutBrokenOverrides(Rule rule) {
  if (rule == Rule::kMissingOverride || rule == Rule::kOverrideOfDeprecated) return false;
  const absl::string_view group = InfoOf(rule).group;
  for (const absl::string_view other : {"syntax", "suppression", "imports", "mro", "abstract"}) {
    if (group == other) return false;
  }
  return true;
}

}  // namespace

const Diagnostic* BrokenOverride(const Snapshot& snapshot, FileId file, NodeId function, const FindingsOf& findings) {
  const std::vector<Diagnostic>* found = findings == nullptr ? nullptr : findings(file);
  if (found == nullptr || !function.present()) return nullptr;
  const grammar::Ast& ast = snapshot.program->Index(file)->ast();
  const grammar::NodeList body = ast.Get<grammar::FunctionDefNode>(function).body();
  TextRange header = WholeOf(ast, function);
  if (!body.empty()) header.end = ast.range(body.front()).begin;
  const auto is_here = [&](const Diagnostic& one) {
    const TextRange place = one.primary.span.range;
    return header.begin <= place.begin && place.begin < header.end && IsAboutBrokenOverrides(one.rule);
  };
  const auto first = absl::c_find_if(*found, is_here);
  return first == found->end() ? nullptr : &*first;
}

}  // namespace overt::lsp
