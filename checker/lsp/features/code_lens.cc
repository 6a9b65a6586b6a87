#include "checker/lsp/features/code_lens.h"

#include <algorithm>
#include <map>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "checker/classes/main_definition.h"

namespace overt::lsp {

using classes::ClassRef;
using classes::FamilyIndex;
using classes::Inherited;
using driver::Snapshot;

namespace {

std::string Counted(size_t count, absl::string_view one, absl::string_view many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

// Above the decorators, so that they stay with what they decorate. A lens's range is of one line: their `@`.
TextRange PlaceOf(const Snapshot& snapshot, const Target& target) {
  const absl::Span<const uint32_t> lines = snapshot.program->Index(target.file)->ast().line_starts();
  const bool begins_above = LineOf(lines, target.whole.begin) < LineOf(lines, target.name.begin);
  return begins_above ? TextRange{target.whole.begin, target.whole.begin + 1} : target.name;
}

// A method that is wrong by what is found in its header.
struct BrokenMethod {
  ClassRef owner;
  const classes::Member* member;
};

// All that stand below any of these classes. Of very large families only the first files are looked at.
std::vector<BrokenMethod> BrokenBelow(const Snapshot& snapshot, const FamilyIndex& family,
                                      const std::vector<ClassRef>& owners, const FindingsOf& findings) {
  constexpr size_t kMostFiles = 200;
  std::vector<BrokenMethod> broken;
  absl::flat_hash_set<FileId> files;
  for (const ClassRef ref : family.AllBelow(owners)) {
    if (!files.contains(ref.file) && files.size() == kMostFiles) continue;
    files.insert(ref.file);
    const std::vector<Diagnostic>* found = findings(ref.file);
    if (found == nullptr || found->empty()) continue;
    for (const classes::Member& member : snapshot.classes->MembersOf(ref).all()) {
      const grammar::NodeId function = classes::MainFunction(*snapshot.classes, member);
      if (BrokenOverride(snapshot, ref.file, function, findings) != nullptr) broken.push_back({ref, &member});
    }
  }
  return broken;
}

// Above methods whose overrides are wrong, and above the classes of these methods.
void AddBreakLenses(const Snapshot& snapshot, const ClassKeys& keys, const std::vector<Method>& methods,
                    const std::vector<BrokenMethod>& broken, std::vector<CodeLens>& lenses) {
  std::map<std::pair<ClassRef, grammar::Atom>, size_t> below;
  for (const BrokenMethod& one : broken) {
    for (const ClassRef above : snapshot.classes->MroOf(one.owner).order) {
      if (above != one.owner) ++below[{above, one.member->name}];
    }
  }
  std::map<ClassRef, size_t> of_class;
  const auto title = [](size_t count) { return Counted(count, "contract break", "contract breaks"); };
  for (const Method& method : methods) {
    const auto found = below.find({method.owner, method.member->name});
    if (found == below.end()) continue;
    of_class[method.owner] += found->second;
    lenses.push_back({CodeLens::Kind::kBreaks, PlaceOf(snapshot, TargetOf(snapshot, *method.member)),
                      title(found->second), keys.KeyOf(method.owner),
                      std::string(snapshot.program->interner().text(method.member->name))});
  }
  for (const auto& [owner, count] : of_class) {
    lenses.push_back(
        {CodeLens::Kind::kBreaks, PlaceOf(snapshot, TargetOf(snapshot, owner)), title(count), keys.KeyOf(owner), ""});
  }
}

void AddMethodLenses(const Snapshot& snapshot, const ClassKeys& keys, const Method& method, size_t overriders,
                     std::vector<CodeLens>& lenses) {
  const classes::ClassTable& classes = *snapshot.classes;
  const std::string class_name = keys.KeyOf(method.owner);
  const std::string member(snapshot.program->interner().text(method.member->name));
  const std::vector<Inherited> bases = NotableBaseMembers(classes, method.owner, method.member->name);
  if (bases.empty() && overriders == 0) return;
  const TextRange place = PlaceOf(snapshot, TargetOf(snapshot, *method.member));
  if (!bases.empty()) {
    const absl::string_view verb = IsImplementation(classes, bases.front()) ? "implements " : "overrides ";
    lenses.push_back(
        {CodeLens::Kind::kOverrides, place, absl::StrCat(verb, LabelsOf(classes, bases)), class_name, member});
  }
  if (overriders == 0) return;
  lenses.push_back({CodeLens::Kind::kOverridden, place,
                    absl::StrCat("overridden in ", Counted(overriders, "class", "classes")), class_name, member});
}

}  // namespace

std::vector<CodeLens> CodeLenses(const Snapshot& snapshot, const FamilyIndex* family, FileId file, size_t least,
                                 const FindingsOf& findings) {
  std::vector<CodeLens> lenses;
  const auto shown = [&](size_t count) { return count < least ? 0 : count; };
  const ClassKeys keys(snapshot, file);
  if (family != nullptr) {
    const std::vector<ClassRef> refs = snapshot.classes->ClassesIn(file);
    const std::vector<size_t> counts = family->SubclassCounts(refs);
    for (size_t i = 0; i < refs.size(); ++i) {
      if (shown(counts[i]) == 0) continue;
      lenses.push_back({CodeLens::Kind::kSubclasses, PlaceOf(snapshot, TargetOf(snapshot, refs[i])),
                        Counted(counts[i], "subclass", "subclasses"), keys.KeyOf(refs[i]), ""});
    }
  }
  const std::vector<Method> methods = MethodsIn(snapshot, file);
  const std::vector<FamilyIndex::Overridden> below = OverriddenBelow(family, methods, 0);
  for (size_t i = 0; i < methods.size(); ++i) {
    AddMethodLenses(snapshot, keys, methods[i], shown(below[i].count), lenses);
  }
  if (family != nullptr && findings != nullptr) {
    const std::vector<BrokenMethod> broken =
        BrokenBelow(snapshot, *family, snapshot.classes->ClassesIn(file), findings);
    AddBreakLenses(snapshot, keys, methods, broken, lenses);
  }
  std::stable_sort(lenses.begin(), lenses.end(),
                   [](const CodeLens& a, const CodeLens& b) { return a.place.begin < b.place.begin; });
  return lenses;
}

namespace {

// Of one method, or of all methods of the class.
std::vector<Target> BreaksOf(const Snapshot& snapshot, const FamilyIndex& family, ClassRef owner, grammar::Atom member,
                             const FindingsOf& findings) {
  absl::flat_hash_set<grammar::Atom> names;
  for (const Method& method : MethodsIn(snapshot, owner.file)) {
    const grammar::Atom name = method.member->name;
    if (method.owner == owner && (!member.present() || name == member)) names.insert(name);
  }
  std::vector<Target> targets;
  for (const BrokenMethod& one : BrokenBelow(snapshot, family, {owner}, findings)) {
    if (names.contains(one.member->name)) targets.push_back(TargetOf(snapshot, *one.member));
  }
  return targets;
}

std::vector<Target> TargetsOfLens(const Snapshot& snapshot, const FamilyIndex& family, CodeLens::Kind kind,
                                  ClassRef owner, grammar::Atom member, const FindingsOf& findings) {
  std::vector<Target> targets;
  switch (kind) {
    case CodeLens::Kind::kSubclasses: return TargetsOf(snapshot, family.AllSubclasses(owner));
    case CodeLens::Kind::kOverrides:
      for (const Inherited& one : NotableBaseMembers(*snapshot.classes, owner, member)) {
        targets.push_back(TargetOf(snapshot, *one.member));
      }
      return targets;
    case CodeLens::Kind::kOverridden:
      for (const FamilyIndex::Overrider& one : family.Overriders(owner, member)) {
        targets.push_back(TargetOf(snapshot, *one.member));
      }
      return targets;
    case CodeLens::Kind::kBreaks: return BreaksOf(snapshot, family, owner, member, findings);
  }
  return targets;
}

}  // namespace

std::optional<FollowedLens> FollowLens(const Snapshot& snapshot, const FamilyIndex& family, FileId file,
                                       const CodeLens& lens, const FindingsOf& findings) {
  const ClassRef owner = ClassKeys(snapshot, file).Find(lens.class_name);
  if (!owner.present()) return std::nullopt;
  const bool is_of_class = lens.member.empty();
  const grammar::Atom name = is_of_class ? grammar::Atom() : snapshot.program->interner().Intern(lens.member);
  const classes::Member* member = is_of_class ? nullptr : snapshot.classes->MembersOf(owner).Find(name);
  if (!is_of_class && member == nullptr) return std::nullopt;
  return FollowedLens{is_of_class ? TargetOf(snapshot, owner) : TargetOf(snapshot, *member),
                      TargetsOfLens(snapshot, family, lens.kind, owner, name, findings)};
}

}  // namespace overt::lsp
