#include "checker/lsp/features/impact.h"

#include <optional>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/bind/special_names.h"
#include "checker/classes/member_use.h"
#include "checker/lsp/features/place.h"
#include "grammar/ast/path.h"

namespace overt::lsp {

using classes::ClassRef;
using classes::ImpactPlace;
using classes::Member;
using classes::MemberImpact;
using driver::Snapshot;
using grammar::NodeId;

namespace {

class HalfTypedSupers {
 public:
  HalfTypedSupers(const Snapshot& snapshot, const classes::FamilyIndex& family, ClassRef owner, const Member& member)
      : snapshot_(snapshot), family_(family), member_(member) {
    const absl::string_view name = snapshot.program->interner().text(member.name);
    attribute_ = absl::StrCat(".", bind::WrittenName(snapshot.classes->InfoOf(owner).name, name));
  }

  void AddIn(FileId file, MemberImpact& out) const {
    const bind::ModuleIndex* index = snapshot_.program->Index(file);
    if (index == nullptr) return;
    const grammar::Ast& ast = index->ast();
    std::optional<std::string> text;
    for (uint32_t raw = 0; raw < ast.node_count(); ++raw) {
      if (ast.kind(NodeId(raw)) != grammar::NodeKind::kErrorStatement) continue;
      if (!text) text = snapshot_.program->Text(file).text;
      AddIn(file, NodeId(raw), ast, *text, out);
    }
  }

 private:
  void AddIn(FileId file, NodeId statement, const grammar::Ast& ast, absl::string_view text, MemberImpact& out) const {
    const TextRange whole = ast.range(statement);
    for (size_t at = text.find(attribute_, whole.begin); at < whole.end; at = text.find(attribute_, at + 1)) {
      const auto name = static_cast<uint32_t>(at + 1);
      const std::optional<Place> place = PlaceAt(snapshot_, file, name);
      const bool is_it = place && place->kind == Place::Kind::kSuperCall && place->member == member_.name &&
                         place->range.begin == name;
      if (!is_it) continue;
      const ClassRef around = classes::ClassAroundMethod(*snapshot_.program, file, PathTo(ast, name));
      const ClassRef leads = ClassThatLeads(place->class_ref, around);
      if (!leads.present()) continue;
      const std::string in = classes::MemberUseReader(*snapshot_.classes, file).NameAround(statement);
      out.super_calls.push_back({in, around, file, place->range, false, leads == around ? ClassRef() : leads});
    }
  }

  // The class of an object for which the call gets to the member; none if there is none.
  ClassRef ClassThatLeads(ClassRef start, ClassRef around) const {
    const auto leads = [&](ClassRef ref) {
      return classes::NextAfter(*snapshot_.classes, start, ref, member_.name).member == &member_;
    };
    if (!around.present() || leads(around)) return around;
    const std::vector<ClassRef> below = family_.AllSubclasses(around);
    const auto first = absl::c_find_if(below, leads);
    return first == below.end() ? ClassRef() : *first;
  }

  const Snapshot& snapshot_;
  const classes::FamilyIndex& family_;
  const Member& member_;
  std::string attribute_;  // ".close", as the owner's body writes it
};

}  // namespace

MemberImpact ImpactWhileTyping(const Snapshot& snapshot, const classes::FamilyIndex& family, ClassRef owner,
                               const Member& member) {
  MemberImpact impact = classes::ImpactOf(family, owner, member, family.files());
  const size_t finished = impact.super_calls.size();
  const HalfTypedSupers half_typed(snapshot, family, owner, member);
  for (const FileId file : family.files()) half_typed.AddIn(file, impact);
  if (impact.super_calls.size() == finished) return impact;
  absl::c_stable_sort(impact.super_calls, [&](const ImpactPlace& a, const ImpactPlace& b) {
    if (a.file != b.file) return snapshot.program->file(a.file).path < snapshot.program->file(b.file).path;
    return a.range < b.range;
  });
  return impact;
}

}  // namespace overt::lsp
