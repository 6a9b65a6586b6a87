#include "checker/lsp/features/hover.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "checker/classes/main_definition.h"
#include "checker/classes/near_miss.h"
#include "checker/lsp/features/docstring.h"
#include "checker/lsp/features/place.h"
#include "diagnostics/wording.h"

namespace overt::lsp {
namespace {

using classes::ClassRef;
using classes::ClassTable;
using classes::FamilyIndex;
using classes::Inherited;
using driver::Snapshot;
using grammar::Atom;

// Between backticks, out of which nothing leads: names in class-making calls and file names may hold anything.
std::string Code(absl::string_view name) {
  return absl::StrCat("`", absl::StrReplaceAll(name, {{"`", "'"}, {"\n", " "}, {"\r", " "}}), "`");
}

std::string Upwards(const ClassTable& classes, const std::vector<Inherited>& bases) {
  if (bases.empty()) return "";
  std::vector<std::string> names;
  names.reserve(bases.size());
  for (const Inherited& one : bases) names.push_back(Code(LabelOf(classes, one.owner, one.member->name)));
  return absl::StrCat(IsImplementation(classes, bases.front()) ? "implements " : "overrides ", InWords(names),
                      bases.front().may_be_shadowed ? ", and perhaps a member of an unknown base" : "");
}

// "overridden in `B`, `C` (+5)".
std::string Downwards(const Snapshot& snapshot, const FamilyIndex* family, ClassRef owner, Atom name) {
  constexpr size_t kMostNamed = 2;
  if (family == nullptr) return "";
  const FamilyIndex::Overridden below = family->OverriddenBelow({{owner, name}}, kMostNamed).front();
  if (below.count == 0) return "";
  std::vector<std::string> names;
  names.reserve(below.first.size());
  for (const ClassRef one : below.first) names.push_back(Code(snapshot.classes->InfoOf(one).name));
  const size_t rest = below.count - names.size();
  return absl::StrCat("overridden in ", absl::StrJoin(names, ", "), rest == 0 ? "" : absl::StrCat(" (+", rest, ")"));
}

// Why a base may have more members than overt can see; empty if all is known.
std::string UnknownBase(const Snapshot& snapshot, ClassRef ref) {
  const classes::MroInfo& mro = snapshot.classes->MroOf(ref);
  if (mro.complete()) return "";
  const classes::UnknownAncestor& nearest = mro.unknown.front();
  return absl::StrCat("a base of ", Code(snapshot.classes->InfoOf(nearest.through).name),
                      " is unknown: ", classes::ReasonPhrase(nearest.reason));
}

// The docstring of the nearest ancestor's member that has one. Stubs have none; the source beside a stub may.
std::string InheritedDocstring(const Snapshot& snapshot, ClassRef owner, Atom name) {
  for (const Inherited& one : snapshot.classes->FindAllInherited(owner, name)) {
    const grammar::NodeId function = classes::MainFunction(*snapshot.classes, *one.member);
    if (!function.present()) continue;
    const FileId file = one.member->file;
    const grammar::Ast& ast = snapshot.program->Index(file)->ast();
    const grammar::NodeList body = ast.Get<grammar::FunctionDefNode>(function).body();
    if (body.empty() || !ast.Is<grammar::ExpressionStatementNode>(body.front())) continue;
    std::string docstring = DocstringOf(ast, snapshot.program->Text(file).text, function);
    if (!docstring.empty()) return docstring;
  }
  return "";
}

// "`Reader.open` at src/plugins/base.py:31".
std::string WhereIs(const Snapshot& snapshot, const Inherited& base) {
  const std::string name = Code(LabelOf(*snapshot.classes, base.owner, base.member->name));
  const bind::ModuleIndex* index = snapshot.program->Index(base.member->file);
  const uint32_t line = LineOf(index->ast().line_starts(), TargetOf(snapshot, *base.member).name.begin) + 1;
  return absl::StrCat(name, " at ", Code(absl::StrCat(snapshot.program->file(base.member->file).display, ":", line)));
}

// "; `Reader.rows` is near": the inherited members whose names look most like it. Empty if none does.
std::string NearBases(const Snapshot& snapshot, ClassRef owner, Atom name) {
  std::vector<std::string> labels;
  for (const Atom near : classes::NearestInheritedNames(*snapshot.classes, owner, name)) {
    const Inherited base = snapshot.classes->FindInherited(owner, near);
    if (base.member != nullptr) labels.push_back(Code(LabelOf(*snapshot.classes, base.owner, near)));
  }
  if (labels.empty()) return "";
  return absl::StrCat("; ", InWords(labels), labels.size() == 1 ? " is near" : " are near");
}

std::optional<Hover> MarkHover(const Snapshot& snapshot, const Place& place) {
  const std::vector<Inherited> bases = BaseMembers(*snapshot.classes, place.class_ref, place.member);
  if (bases.empty()) {
    const std::string unknown = UnknownBase(snapshot, place.class_ref);
    const std::string member = LabelOf(*snapshot.classes, place.class_ref, place.member);
    const std::string near = NearBases(snapshot, place.class_ref, place.member);
    const std::string line =
        unknown.empty() ? absl::StrCat("nothing: no base class defines what ", Code(member), " could override", near)
                        : absl::StrCat("nothing is known that ", Code(member), " overrides", near, "; ", unknown);
    return Hover{place.range, line, ""};
  }
  std::vector<std::string> places;
  places.reserve(bases.size());
  for (const Inherited& one : bases) places.push_back(WhereIs(snapshot, one));
  return Hover{place.range, absl::StrCat("overrides ", InWords(places)), ""};
}

bool IsMarked(const Snapshot& snapshot, const Place& place) {
  return place.function.present() && snapshot.classes->FactsOf({place.class_ref.file, place.function}).is_override;
}

std::optional<Hover> MemberHover(const Snapshot& snapshot, const FamilyIndex* family, const Place& place) {
  const std::vector<Inherited> bases = BaseMembers(*snapshot.classes, place.class_ref, place.member);
  const std::string up = Upwards(*snapshot.classes, bases);
  const std::string down = Downwards(snapshot, family, place.class_ref, place.member);
  if (up.empty() && down.empty()) return IsMarked(snapshot, place) ? MarkHover(snapshot, place) : std::nullopt;
  return Hover{place.range, absl::StrCat(up, !up.empty() && !down.empty() ? ", " : "", down),
               InheritedDocstring(snapshot, place.class_ref, place.member)};
}

// "`CsvReader` → `Reader` → `ABC` → `object`".
std::string OrderLine(const Snapshot& snapshot, const classes::MroInfo& mro) {
  constexpr size_t kMostNamed = 8;
  std::vector<std::string> names;
  for (size_t i = 0; i < mro.order.size() && names.size() < kMostNamed; ++i) {
    names.push_back(Code(snapshot.classes->InfoOf(mro.order[i]).name));
  }
  const size_t rest = mro.order.size() - names.size();
  return absl::StrCat(absl::StrJoin(names, " → "), rest == 0 ? "" : absl::StrCat(" (+", rest, ")"));
}

std::string SearchOrder(const Snapshot& snapshot, ClassRef ref) {
  const classes::MroInfo& mro = snapshot.classes->MroOf(ref);
  if (mro.status != classes::MroStatus::kFine) {
    return absl::StrCat(Code(snapshot.classes->InfoOf(ref).name), " has no order of search: Python refuses its bases");
  }
  const std::string unknown = UnknownBase(snapshot, ref);
  return absl::StrCat(OrderLine(snapshot, mro), unknown.empty() ? "" : ", ", unknown);
}

std::optional<Hover> ClassHover(const Snapshot& snapshot, const FamilyIndex* family, const Place& place) {
  std::string line = SearchOrder(snapshot, place.class_ref);
  const size_t below = family == nullptr ? 0 : family->SubclassCount(place.class_ref);
  if (below > 0) absl::StrAppend(&line, ", ", below, below == 1 ? " subclass" : " subclasses");
  if (const std::optional<MemberPlace> nested = NestedClassAt(snapshot, place)) {
    const std::string up = Upwards(*snapshot.classes, BaseMembers(*snapshot.classes, nested->owner, nested->name));
    if (!up.empty()) absl::StrAppend(&line, ", ", up);
  }
  return Hover{place.range, line, ""};
}

}  // namespace

std::optional<Hover> HoverOnRule(TextRange range, absl::string_view name) {
  std::vector<std::string> lines;
  const auto rules = RulesNamed(name);
  for (const Rule rule : rules) {
    lines.push_back(absl::StrCat(Code(NameOf(rule)), ": ", InfoOf(rule).summary));
  }
  // Where the name stands for many, which ones is enough.
  constexpr size_t kMostExplained = 3;
  if (lines.size() > kMostExplained) {
    for (std::string& line : lines) line.resize(line.find(": "));
    return Hover{range, absl::StrCat(Code(name), " stands for ", absl::StrJoin(lines, ", ")), ""};
  }
  if (lines.empty()) return std::nullopt;
  return Hover{range, absl::StrJoin(lines, "; "), "", {rules.begin(), rules.end()}};
}

std::optional<Hover> HoverAt(const Snapshot& snapshot, const FamilyIndex* family, FileId file, uint32_t offset) {
  const std::optional<Place> place = PlaceAt(snapshot, file, offset);
  if (!place) return std::nullopt;
  switch (place->kind) {
    case Place::Kind::kMemberName: return MemberHover(snapshot, family, *place);
    case Place::Kind::kOverrideMark: return MarkHover(snapshot, *place);
    case Place::Kind::kClassName: return ClassHover(snapshot, family, *place);
    case Place::Kind::kRuleName: return HoverOnRule(place->range, place->rule);
    case Place::Kind::kSuperCall: return std::nullopt;
  }
  return std::nullopt;
}

std::string ToMarkdown(const Hover& hover) {
  return hover.docstring.empty() ? hover.headline
                                 : absl::StrCat(hover.headline, "\n\n", InertMarkdown(hover.docstring));
}

std::string ToPlainText(const Hover& hover) {
  const std::string headline = absl::StrReplaceAll(hover.headline, {{"`", ""}});
  return hover.docstring.empty() ? headline : absl::StrCat(headline, "\n\n", hover.docstring);
}

}  // namespace overt::lsp
