#include "checker/lsp/features/code_lens.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"

namespace overt::lsp {

using classes::ClassRef;
using classes::FamilyIndex;
using classes::Inherited;
using driver::Snapshot;

namespace {

std::string Counted(size_t count, absl::string_view one, absl::string_view many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

void AddMethodLenses(const Snapshot& snapshot, const ClassKeys& keys, const Method& method, size_t overriders,
                     std::vector<CodeLens>& lenses) {
  const classes::ClassTable& classes = *snapshot.classes;
  const std::string class_name = keys.KeyOf(method.owner);
  const std::string member(snapshot.program->interner().text(method.member->name));
  const std::vector<Inherited> bases = NotableBaseMembers(classes, method.owner, method.member->name);
  if (!bases.empty()) {
    const absl::string_view verb = IsImplementation(classes, bases.front()) ? "implements " : "overrides ";
    lenses.push_back(
        {CodeLens::Kind::kOverrides, method.name, absl::StrCat(verb, LabelsOf(classes, bases)), class_name, member});
  }
  if (overriders == 0) return;
  lenses.push_back({CodeLens::Kind::kOverridden, method.name,
                    absl::StrCat("overridden in ", Counted(overriders, "class", "classes")), class_name, member});
}

}  // namespace

std::vector<CodeLens> CodeLenses(const Snapshot& snapshot, const FamilyIndex* family, FileId file) {
  std::vector<CodeLens> lenses;
  const ClassKeys keys(snapshot, file);
  if (family != nullptr) {
    for (const ClassRef ref : snapshot.classes->ClassesIn(file)) {
      const size_t count = family->SubclassCount(ref);
      if (count == 0) continue;
      const classes::ClassInfo& info = snapshot.classes->InfoOf(ref);
      lenses.push_back({CodeLens::Kind::kSubclasses, info.name_range, Counted(count, "subclass", "subclasses"),
                        keys.KeyOf(ref), ""});
    }
  }
  const std::vector<Method> methods = MethodsIn(snapshot, file);
  const std::vector<FamilyIndex::Overridden> below = OverriddenBelow(family, methods, 0);
  for (size_t i = 0; i < methods.size(); ++i) AddMethodLenses(snapshot, keys, methods[i], below[i].count, lenses);
  std::stable_sort(lenses.begin(), lenses.end(),
                   [](const CodeLens& a, const CodeLens& b) { return a.name.begin < b.name.begin; });
  return lenses;
}

std::vector<Target> TargetsOfLens(const Snapshot& snapshot, const FamilyIndex& family, FileId file,
                                  const CodeLens& lens) {
  const ClassRef owner = ClassKeys(snapshot, file).Find(lens.class_name);
  if (!owner.present()) return {};
  const grammar::Atom member = snapshot.program->interner().Intern(lens.member);
  std::vector<Target> targets;
  switch (lens.kind) {
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
  }
  return targets;
}

}  // namespace overt::lsp
