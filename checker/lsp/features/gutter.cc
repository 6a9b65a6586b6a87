#include "checker/lsp/features/gutter.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"

namespace overt::lsp {

using classes::FamilyIndex;
using classes::Inherited;
using driver::Snapshot;

absl::string_view GutterKindName(GutterMark::Kind kind) {
  switch (kind) {
    case GutterMark::Kind::kOverrides: return "overrides";
    case GutterMark::Kind::kImplements: return "implements";
    case GutterMark::Kind::kOverridden: return "overridden";
    case GutterMark::Kind::kBroken: return "broken";
  }
  return "";
}

namespace {

void AddUpwardMark(const Snapshot& snapshot, const Method& method, const FindingsOf& findings,
                   std::vector<GutterMark>& marks) {
  const FileId file = method.member->file;
  if (const Diagnostic* broken = BrokenOverride(snapshot, file, method.function, findings)) {
    marks.push_back({GutterMark::Kind::kBroken, method.name, broken->title});
    return;
  }
  const std::vector<Inherited> bases = NotableBaseMembers(*snapshot.classes, method.owner, method.member->name);
  if (bases.empty()) return;
  const bool implements = IsImplementation(*snapshot.classes, bases.front());
  const GutterMark::Kind kind = implements ? GutterMark::Kind::kImplements : GutterMark::Kind::kOverrides;
  marks.push_back({kind, method.name, absl::StrCat(GutterKindName(kind), " ", LabelsOf(*snapshot.classes, bases))});
}

void AddDownwardMark(const Snapshot& snapshot, const FamilyIndex::Overridden& below, const Method& method,
                     std::vector<GutterMark>& marks) {
  if (below.count == 0) return;
  std::string text = "overridden in ";
  for (size_t i = 0; i < below.first.size(); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ", ", snapshot.classes->InfoOf(below.first[i]).name);
  }
  const size_t rest = below.count - below.first.size();
  if (rest > 0) absl::StrAppend(&text, " (+", rest, ")");
  marks.push_back({GutterMark::Kind::kOverridden, method.name, text});
}

}  // namespace

std::vector<GutterMark> GutterMarks(const Snapshot& snapshot, const FamilyIndex* family, FileId file,
                                    const FindingsOf& findings) {
  constexpr size_t kMostNamed = 3;
  const std::vector<Method> methods = MethodsIn(snapshot, file);
  const std::vector<FamilyIndex::Overridden> below = OverriddenBelow(family, methods, kMostNamed);
  std::vector<GutterMark> marks;
  for (size_t i = 0; i < methods.size(); ++i) {
    AddUpwardMark(snapshot, methods[i], findings, marks);
    AddDownwardMark(snapshot, below[i], methods[i], marks);
  }
  absl::c_stable_sort(marks, [](const GutterMark& a, const GutterMark& b) { return a.name.begin < b.name.begin; });
  return marks;
}

}  // namespace overt::lsp
