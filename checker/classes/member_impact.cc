#include "checker/classes/member_impact.h"

#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "checker/bind/special_names.h"
#include "checker/classes/main_definition.h"
#include "checker/classes/member_use.h"
#include "checker/classes/members.h"

namespace overt::classes {

using grammar::Ast;
using grammar::NodeKind;

namespace {

// Which lookups end at one member.
class WaysToMember {
 public:
  WaysToMember(const FamilyIndex& family, ClassRef owner, Atom name)
      : family_(family), classes_(family.classes()), owner_(owner), name_(name) {}

  // `ref.name`.
  bool LeadsFrom(ClassRef ref) {
    const auto [known, is_new] = known_.try_emplace(ref, false);
    if (is_new) known->second = Leads(classes_.MroOf(ref), 0);
    return known->second;
  }

  // `super().name` for an object of `ref`, where the search begins after `start`.
  bool LeadsAfter(ClassRef start, ClassRef ref) const {
    const MroInfo& mro = classes_.MroOf(ref);
    const auto at = absl::c_find(mro.order, start);
    return at != mro.order.end() && Leads(mro, static_cast<size_t>(at - mro.order.begin()) + 1);
  }

  // The class of an object for which the call leads here: the one around it, or else the first below that has other
  // classes between the two. None if there is none.
  ClassRef ClassThatLeads(const SuperCall& call) const {
    if (LeadsAfter(call.start, call.around)) return call.around;
    for (const ClassRef below : family_.AllSubclasses(call.around)) {
      if (LeadsAfter(call.start, below)) return below;
    }
    return {};
  }

 private:
  bool Leads(const MroInfo& mro, size_t first) const {
    for (size_t i = first; i < mro.order.size(); ++i) {
      if (mro.order[i] == owner_) return true;
      const Member* member = classes_.MembersOf(mro.order[i]).Find(name_);
      if (member != nullptr && HidesBases(*member)) return false;
    }
    return absl::c_linear_search(mro.alternatives, owner_);
  }

  const FamilyIndex& family_;
  const ClassTable& classes_;
  const ClassRef owner_;
  const Atom name_;
  absl::flat_hash_map<ClassRef, bool> known_;
};

// The uses of a member that one file has.
class UseFinder {
 public:
  UseFinder(const ClassTable& classes, WaysToMember& ways, FileId file, Atom name)
      : ways_(ways),
        file_(file),
        name_(classes.program().interner().text(name)),
        ast_(classes.program().Index(file)->ast()),
        reader_(classes, file) {}

  // `written`: as the class's own body writes the name.
  void Find(absl::string_view written, MemberImpact& out) {
    const grammar::NameId plain = ast_.FindName(name_), own = ast_.FindName(written);
    if (!plain.present() && !own.present()) return;
    for (uint32_t raw = 0; raw < ast_.node_count(); ++raw) {
      if (ast_.kind(NodeId(raw)) != NodeKind::kAttribute) continue;
      const grammar::NameId name = ast_.Get<grammar::AttributeNode>(NodeId(raw)).attribute();
      if (name != plain && name != own) continue;
      if (const std::optional<MemberUse> use = reader_.Read(NodeId(raw), name_)) Add(*use, out);
    }
  }

 private:
  void Add(const MemberUse& use, MemberImpact& out) {
    switch (use.kind) {
      case MemberUse::Kind::kSuper: {
        const ClassRef leads = ways_.ClassThatLeads(use.super);
        if (!leads.present()) return;
        out.super_calls.push_back(Place(use, use.super.around));
        if (leads != use.super.around) out.super_calls.back().by_way_of = leads;
        return;
      }
      case MemberUse::Kind::kReceiver:
        if (ways_.LeadsFrom(use.classes.front())) out.through_self.push_back(Place(use, use.classes.front()));
        return;
      case MemberUse::Kind::kNamed:
        for (const ClassRef named : use.classes) {
          if (ways_.LeadsFrom(named)) return out.named.push_back(Place(use, named));
        }
        return;
    }
  }

  ImpactPlace Place(const MemberUse& use, ClassRef ref) const {
    return {reader_.NameAround(use.attribute), ref, file_, use.range, false, {}};
  }

  WaysToMember& ways_;
  const FileId file_;
  const absl::string_view name_;
  const Ast& ast_;
  MemberUseReader reader_;
};

class ImpactReader {
 public:
  ImpactReader(const FamilyIndex& family, ClassRef owner, const Member& member)
      : family_(family),
        classes_(family.classes()),
        program_(classes_.program()),
        owner_(owner),
        member_(member),
        ways_(family, owner, member.name) {}

  MemberImpact Read(const std::vector<FileId>& files) {
    MemberImpact out;
    out.member = MemberPlace(owner_, member_);
    for (const Inherited& one : classes_.FindAllInherited(owner_, member_.name)) {
      const bool is_nobodys = classes_.InfoOf(one.owner).form == ClassForm::kSpecial;
      if (!is_nobodys) out.overrides.push_back(MemberPlace(one.owner, *one.member));
    }
    for (const FamilyIndex::Overrider& one : family_.Overriders(owner_, member_.name)) {
      if (IsBundled(one.owner)) continue;
      out.overridden_by.push_back(MemberPlace(one.owner, *one.member));
      out.overridden_by.back().is_marked = one.member->is(MemberFlags::kOverride);
    }
    for (const ClassRef below : family_.AllSubclasses(owner_)) {
      if (!IsBundled(below) && IsHeir(below)) out.inherited_by.push_back(HeirPlace(below));
    }
    for (const FileId file : files) {
      if (program_.Index(file) == nullptr) continue;
      UseFinder(classes_, ways_, file, member_.name).Find(WrittenIn(classes_.InfoOf(owner_)), out);
    }
    for (auto* uses : {&out.super_calls, &out.named, &out.through_self}) Tidy(out.member, *uses);
    return out;
  }

 private:
  bool IsBundled(ClassRef ref) const { return program_.file(ref.file).is_bundled; }

  bool IsHeir(ClassRef below) const {
    return classes_.MembersOf(below).Find(member_.name) == nullptr &&
           classes_.FindInherited(below, member_.name).owner == owner_;
  }

  // "plugins.csv.Csv.close"; a private name as it is written where the class itself is the one that defines it.
  std::string NameIn(ClassRef ref) const {
    const ClassInfo& info = classes_.InfoOf(ref);
    return absl::StrCat(info.qualified, ".", WrittenIn(info));
  }

  absl::string_view WrittenIn(const ClassInfo& info) const {
    return bind::WrittenName(info.name, program_.interner().text(member_.name));
  }

  ImpactPlace MemberPlace(ClassRef ref, const Member& member) const {
    return {NameIn(ref), ref, member.file, DefiningRange(member), false, {}};
  }

  // What is set on `self` begins where it is set first.
  TextRange DefiningRange(const Member& member) const {
    const bind::ModuleIndex* index = program_.Index(member.file);
    if (index != nullptr && member.kind == MemberKind::kInstanceAttribute && !member.definitions.empty()) {
      const bind::Definition& first = index->definition(member.definitions.front());
      if (first.kind == bind::DefKind::kInstanceStore) return NameRangeOf(index->ast(), first);
    }
    return MainNameRange(classes_, member);
  }

  ImpactPlace HeirPlace(ClassRef ref) const {
    return {NameIn(ref), ref, ref.file, classes_.InfoOf(ref).name_range, false, {}};
  }

  // In order, and without the definition, which may be a use of `self` too.
  void Tidy(const ImpactPlace& definition, std::vector<ImpactPlace>& uses) const {
    std::erase_if(uses,
                  [&](const ImpactPlace& use) { return use.file == definition.file && use.range == definition.range; });
    absl::c_sort(uses, [&](const ImpactPlace& a, const ImpactPlace& b) {
      if (a.file != b.file) return program_.file(a.file).path < program_.file(b.file).path;
      return a.range < b.range;
    });
  }

  const FamilyIndex& family_;
  const ClassTable& classes_;
  const program::Program& program_;
  const ClassRef owner_;
  const Member& member_;
  WaysToMember ways_;
};

}  // namespace

MemberImpact ImpactOf(const FamilyIndex& family, ClassRef owner, const Member& member,
                      const std::vector<FileId>& files) {
  return ImpactReader(family, owner, member).Read(files);
}

}  // namespace overt::classes
