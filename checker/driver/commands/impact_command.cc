// `overt impact CLASS.MEMBER`: what depends on a member, so what a change of it would reach.
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "checker/bind/special_names.h"
#include "checker/classes/member_impact.h"
#include "checker/driver/commands/class_lookup.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/impact_json.h"
#include "checker/driver/positions.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

using classes::ClassInfo;
using classes::ClassRef;
using classes::ClassTable;
using classes::ImpactPlace;
using classes::MemberImpact;
using Json = nlohmann::ordered_json;

// A member that was asked for, with the class that has it in its body.
struct AskedMember {
  ClassRef asked, owner;
  const classes::Member* member;
};

std::optional<AskedMember> FindMember(const ClassTable& table, ClassRef ref, absl::string_view name) {
  const grammar::Atom atom = table.program().interner().Intern(bind::Mangled(table.InfoOf(ref).name, name));
  if (const classes::Member* own = table.MembersOf(ref).Find(atom)) return AskedMember{ref, ref, own};
  const classes::Inherited found = table.FindInherited(ref, atom);
  if (found.certainty != classes::Certainty::kFound) return std::nullopt;
  return AskedMember{ref, found.owner, found.member};
}

ExitCode RefuseUnknownMember(const ClassTable& table, ClassRef ref, absl::string_view name) {
  const ClassInfo& info = table.InfoOf(ref);
  std::vector<std::string> names;
  const auto add = [&](grammar::Atom atom) {
    names.emplace_back(bind::WrittenName(info.name, table.program().interner().text(atom)));
  };
  for (const classes::Member& member : table.MembersOf(ref).all()) add(member.name);
  for (const grammar::Atom atom : table.InheritedNames(ref)) add(atom);
  const bool is_complete = table.MroOf(ref).complete();
  return Refuse(absl::StrCat("`", info.qualified, "` has no member `", name, "`",
                             is_complete ? "" : " that is known, and not all of its bases are",
                             MeantAmong(std::move(names), name)));
}

class ImpactWriter {
 public:
  explicit ImpactWriter(const Snapshot& snapshot) : snapshot_(snapshot), positions_(*snapshot.program) {}

  std::string Text(const MemberImpact& impact, ClassRef asked) {
    std::string out = Line(impact.member);
    if (asked != impact.member.class_ref) absl::StrAppend(&out, "  inherited by ", NameOf(asked));
    absl::StrAppend(&out, "\n");
    AppendSection("overrides", impact.overrides, out);
    AppendSection("overridden by", impact.overridden_by, out);
    AppendSection("inherited by", impact.inherited_by, out);
    AppendSection("called through super()", impact.super_calls, out);
    AppendSection("named through the class", impact.named, out);
    AppendSection("used through self", impact.through_self, out);
    return out;
  }

 private:
  std::string NameOf(ClassRef ref) const { return EscapeForTerminal(snapshot_.classes->InfoOf(ref).qualified); }
  const std::string& PathOf(const ImpactPlace& place) const { return snapshot_.program->file(place.file).display; }

  LineColumn PositionIn(const ImpactPlace& place) { return positions_.Of({place.file, place.range}); }

  std::string Line(const ImpactPlace& place) {
    const LineColumn at = PositionIn(place);
    return absl::StrCat(EscapeForTerminal(place.name), "  ", EscapeForTerminal(PathOf(place)), ":", at.line, ":",
                        at.column);
  }

  void AppendSection(absl::string_view title, const std::vector<ImpactPlace>& places, std::string& out) {
    if (places.empty()) return;
    absl::StrAppend(&out, title, ":\n");
    for (const ImpactPlace& place : places) {
      absl::StrAppend(&out, "  ", Line(place), place.is_marked ? "  @override" : "");
      if (place.by_way_of.present()) absl::StrAppend(&out, "  for objects of ", NameOf(place.by_way_of));
      absl::StrAppend(&out, "\n");
    }
  }

  const Snapshot& snapshot_;
  Positions positions_;
};

// What is wrong with words that lead to no class; the part before the last dot is the class.
ExitCode RefuseWords(const Snapshot& snapshot, absl::string_view words, absl::string_view class_name) {
  if (!ClassesNamed(snapshot, words).empty()) {
    return Refuse(absl::StrCat("`", words, "` is a class: write one of its members, as in `", words, ".MEMBER`"));
  }
  return RefuseUnknownClass(snapshot, class_name);
}

}  // namespace

ExitCode RunImpact(const GlobalOptions& global, const ImpactOptions& options) {
  const absl::string_view words = options.member;
  const size_t dot = words.rfind('.');
  const bool has_both = dot != absl::string_view::npos && dot > 0 && dot + 1 < words.size();
  if (!has_both) {
    return Refuse(absl::StrCat("`", words, "` names no member of a class: write `CLASS.MEMBER`, as in `Reader.close`"));
  }
  LoadedProject project;
  if (const std::optional<ExitCode> refused = LoadProject(global, options.paths, project)) return *refused;
  const Snapshot& snapshot = project.snapshot;
  const std::vector<ClassRef> named = ClassesNamed(snapshot, words.substr(0, dot));
  if (named.empty()) return RefuseWords(snapshot, words, words.substr(0, dot));
  std::vector<AskedMember> members;
  for (const ClassRef ref : named) {
    if (const auto found = FindMember(*snapshot.classes, ref, words.substr(dot + 1))) members.push_back(*found);
  }
  if (members.empty()) return RefuseUnknownMember(*snapshot.classes, named.front(), words.substr(dot + 1));
  const classes::FamilyIndex::Pointer family = FamilyOfLoaded(snapshot);
  ImpactWriter writer(snapshot);
  Json list = Json::array();
  std::string text;
  for (const AskedMember& one : members) {
    const MemberImpact impact = ImpactOf(*family, one.owner, *one.member, project.checked);
    if (options.output_format == "json") {
      list.push_back(ImpactJson(snapshot, impact, one.asked));
    } else {
      absl::StrAppend(&text, writer.Text(impact, one.asked));
    }
  }
  absl::StrAppend(&text, "not listed: uses through other objects, which need types, and names in strings\n");
  WriteAll(STDOUT_FILENO, options.output_format == "json" ? JsonDocument(list) : text);
  return ExitCode::kClean;
}

}  // namespace overt::driver
