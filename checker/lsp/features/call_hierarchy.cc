#include "checker/lsp/features/call_hierarchy.h"

#include <iterator>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/bind/special_names.h"
#include "checker/classes/main_definition.h"
#include "checker/classes/member_use.h"
#include "checker/lsp/features/impact.h"
#include "checker/lsp/features/place.h"
#include "grammar/ast/definitions.h"
#include "grammar/ast/path.h"

namespace overt::lsp {

using classes::ClassRef;
using classes::ImpactPlace;
using classes::Inherited;
using classes::Member;
using classes::MemberUse;
using driver::Snapshot;
using grammar::Atom;
using grammar::NodeId;

namespace {

HierarchyItem ItemOf(const Snapshot& snapshot, ClassRef owner, const Member& member) {
  const absl::string_view name = snapshot.program->interner().text(member.name);
  const std::string& written = snapshot.classes->InfoOf(owner).name;
  HierarchyItem item;
  item.name = absl::StrCat(written, ".", bind::WrittenName(written, name));
  item.place = TargetOf(snapshot, member);
  item.class_name = ClassKeys(snapshot, owner.file).KeyOf(owner);
  item.member = std::string(name);
  const bool is_property =
      member.kind == classes::MemberKind::kProperty || member.kind == classes::MemberKind::kCachedProperty;
  item.kind = is_property ? HierarchyItem::Kind::kProperty : HierarchyItem::Kind::kMethod;
  return item;
}

// The outermost function around a place: a method, or one of the module. The module itself where none is.
HierarchyItem ItemAround(const Snapshot& snapshot, FileId file, uint32_t offset) {
  const grammar::Ast& ast = snapshot.program->Index(file)->ast();
  for (const NodeId node : PathTo(ast, offset)) {
    if (!ast.Is<grammar::FunctionDefNode>(node)) continue;
    const std::optional<MemberPlace> at = MemberBoundBy(snapshot, file, node);
    const Member* member = at ? snapshot.classes->MembersOf(at->owner).Find(at->name) : nullptr;
    if (member != nullptr) return ItemOf(snapshot, at->owner, *member);
    HierarchyItem item;
    item.name = std::string(grammar::DefinedName(ast, node));
    item.place = {file, grammar::WholeOf(ast, node), ast.range(ast.Get<grammar::FunctionDefNode>(node).name())};
    item.kind = HierarchyItem::Kind::kFunction;
    return item;
  }
  HierarchyItem item;
  item.name = snapshot.program->file(file).module;
  item.place = {file, {offset, offset}, {offset, offset}};
  item.kind = HierarchyItem::Kind::kModule;
  return item;
}

// The calls of one direction, gathered by their other end.
class CallList {
 public:
  void Add(HierarchyItem item, absl::string_view way, TextRange range) {
    const auto is_same = [&](const CallItem& one) {
      return one.item.place.file == item.place.file && one.item.kind == item.kind &&
             (one.item.place.name == item.place.name || item.kind == HierarchyItem::Kind::kModule);
    };
    auto found = absl::c_find_if(items_, is_same);
    if (found == items_.end()) {
      items_.push_back({std::move(item), {}});
      ways_.emplace_back();
      found = std::prev(items_.end());
    }
    std::vector<std::string>& ways = ways_[static_cast<size_t>(found - items_.begin())];
    if (!absl::c_linear_search(ways, way)) ways.emplace_back(way);
    if (!absl::c_linear_search(found->ranges, range)) found->ranges.push_back(range);
  }

  std::vector<CallItem> Take() {
    for (size_t i = 0; i < items_.size(); ++i) items_[i].item.detail = absl::StrJoin(ways_[i], ", ");
    return std::move(items_);
  }

 private:
  std::vector<CallItem> items_;
  std::vector<std::vector<std::string>> ways_;
};

struct AskedMethod {
  ClassRef owner;
  const Member* member;
};
std::optional<AskedMethod> MethodOf(const Snapshot& snapshot, const HierarchyItem& item) {
  const ClassRef owner = ClassKeys(snapshot, item.place.file).Find(item.class_name);
  if (!owner.present() || item.member.empty()) return std::nullopt;
  const Member* member = snapshot.classes->MembersOf(owner).Find(snapshot.program->interner().Intern(item.member));
  if (member == nullptr || !IsMethod(member->kind)) return std::nullopt;
  return AskedMethod{owner, member};
}

// --- What a method calls ---------------------------------------------------------------------------------------------

class OutgoingReader {
 public:
  OutgoingReader(const Snapshot& snapshot, const classes::FamilyIndex& family, FileId file)
      : snapshot_(snapshot), family_(family), reader_(*snapshot.classes, file) {}

  std::vector<CallItem> Read(const grammar::Ast& ast, TextRange function) {
    for (uint32_t raw = 0; raw < ast.node_count(); ++raw) {
      const NodeId node(raw);
      if (!ast.Is<grammar::AttributeNode>(node) || !function.contains(ast.range(node))) continue;
      if (const std::optional<MemberUse> use = reader_.Read(node)) Follow(*use);
    }
    return calls_.Take();
  }

 private:
  void Follow(const MemberUse& use) {
    const Atom name = snapshot_.program->interner().Intern(use.name);
    switch (use.kind) {
      case MemberUse::Kind::kSuper: return FollowSuper(use, name);
      case MemberUse::Kind::kReceiver: return Reach(Named(use.classes.front(), name), "self", use.range);
      case MemberUse::Kind::kNamed:
        for (const ClassRef ref : use.classes) Reach(Named(ref, name), snapshot_.classes->InfoOf(ref).name, use.range);
        return;
    }
  }

  void FollowSuper(const MemberUse& use, Atom name) {
    const classes::ClassTable& classes = *snapshot_.classes;
    const Inherited next = NextAfter(classes, use.super.start, use.super.around, name);
    Reach(next, "super()", use.range);
    for (const ClassRef below : family_.AllSubclasses(use.super.around)) {
      const Inherited other = NextAfter(classes, use.super.start, below, name);
      if (other.member == next.member) continue;
      Reach(other, absl::StrCat("super(), by way of ", classes.InfoOf(below).name), use.range);
    }
  }

  Inherited Named(ClassRef ref, Atom name) const {
    const Member* own = snapshot_.classes->MembersOf(ref).Find(name);
    if (own != nullptr && classes::HidesBases(*own)) return {classes::Certainty::kFound, ref, own, false};
    return snapshot_.classes->FindInherited(ref, name);
  }

  void Reach(const Inherited& found, absl::string_view way, TextRange range) {
    if (found.member == nullptr || !IsMethod(found.member->kind)) return;
    if (!classes::MainFunction(*snapshot_.classes, *found.member).present()) return;
    calls_.Add(ItemOf(snapshot_, found.owner, *found.member), way, range);
  }

  const Snapshot& snapshot_;
  const classes::FamilyIndex& family_;
  classes::MemberUseReader reader_;
  CallList calls_;
};

// --- Who calls a method ----------------------------------------------------------------------------------------------

class IncomingReader {
 public:
  IncomingReader(const Snapshot& snapshot, const classes::FamilyIndex& family) : snapshot_(snapshot), family_(family) {}

  std::vector<CallItem> Read(const AskedMethod& asked) {
    const classes::MemberImpact impact = Impact(asked);
    for (const ImpactPlace& use : impact.super_calls) {
      const std::string by_way =
          use.by_way_of.present() ? absl::StrCat(", by way of ", snapshot_.classes->InfoOf(use.by_way_of).name) : "";
      Add(use, absl::StrCat("super()", by_way));
    }
    for (const ImpactPlace& use : impact.through_self) Add(use, "self");
    for (const ImpactPlace& use : impact.named) Add(use, snapshot_.classes->InfoOf(use.class_ref).name);
    // What a base calls on `self` is the override where the object is of the subclass.
    for (const ImpactPlace& base : impact.overrides) {
      if (snapshot_.program->file(base.file).is_bundled) continue;
      const Member* member = snapshot_.classes->MembersOf(base.class_ref).Find(asked.member->name);
      if (member == nullptr) continue;
      const std::string way = absl::StrCat("self, through ", snapshot_.classes->InfoOf(base.class_ref).name);
      for (const ImpactPlace& use : Impact({base.class_ref, member}).through_self) Add(use, way);
    }
    return calls_.Take();
  }

 private:
  classes::MemberImpact Impact(const AskedMethod& asked) const {
    return ImpactWhileTyping(snapshot_, family_, asked.owner, *asked.member);
  }

  void Add(const ImpactPlace& use, absl::string_view way) {
    calls_.Add(ItemAround(snapshot_, use.file, use.range.begin), way, use.range);
  }

  const Snapshot& snapshot_;
  const classes::FamilyIndex& family_;
  CallList calls_;
};

}  // namespace

std::optional<HierarchyItem> PrepareCallHierarchy(const Snapshot& snapshot, FileId file, uint32_t offset) {
  const std::optional<Place> place = PlaceAt(snapshot, file, offset);
  const std::optional<MemberPlace> at = place ? MemberAt(snapshot, *place) : std::nullopt;
  const Member* member = at ? snapshot.classes->MembersOf(at->owner).Find(at->name) : nullptr;
  if (member == nullptr || !IsMethod(member->kind)) return std::nullopt;
  HierarchyItem item = ItemOf(snapshot, at->owner, *member);
  item.detail = snapshot.program->file(file).module;
  return item;
}

std::vector<CallItem> IncomingCalls(const Snapshot& snapshot, const classes::FamilyIndex& family,
                                    const HierarchyItem& item) {
  const std::optional<AskedMethod> asked = MethodOf(snapshot, item);
  if (!asked) return {};
  return IncomingReader(snapshot, family).Read(*asked);
}

std::vector<CallItem> OutgoingCalls(const Snapshot& snapshot, const classes::FamilyIndex& family,
                                    const HierarchyItem& item) {
  const std::optional<AskedMethod> asked = MethodOf(snapshot, item);
  if (!asked) return {};
  const FileId file = asked->member->file;
  const NodeId function = classes::MainFunction(*snapshot.classes, *asked->member);
  if (!function.present() || snapshot.program->Index(file) == nullptr) return {};
  const grammar::Ast& ast = snapshot.program->Index(file)->ast();
  return OutgoingReader(snapshot, family, file).Read(ast, ast.range(function));
}

}  // namespace overt::lsp
