// `overt tree CLASS`: its ancestors in the order in which Python asks them, its subclasses, and who defines a member.
#include <unistd.h>

#include <vector>

#include <nlohmann/json.hpp>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/classes/family.h"
#include "checker/driver/commands/class_lookup.h"
#include "checker/driver/commands/commands.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

using classes::ClassInfo;
using classes::ClassRef;
using classes::MroInfo;
using Json = nlohmann::ordered_json;

class Tree {
 public:
  Tree(const Snapshot& snapshot, const TreeOptions& options) : snapshot_(snapshot), options_(options) {}

  std::string Text(ClassRef ref) {
    const MroInfo& mro = snapshot_.classes->MroOf(ref);
    std::string out;
    for (const ClassRef ancestor : mro.order) {
      absl::StrAppend(&out, ancestor == ref ? "" : "  ", Line(ancestor), "\n");
    }
    for (const classes::UnknownAncestor& unknown : mro.unknown) {
      const ClassInfo& through = snapshot_.classes->InfoOf(unknown.through);
      absl::StrAppend(&out, "  unknown: a base of `", through.name, "`: ", classes::ReasonPhrase(unknown.reason), "\n");
    }
    const std::vector<ClassRef> below = SubclassesOf(ref);
    if (!below.empty()) absl::StrAppend(&out, "subclasses:\n");
    for (const ClassRef one : below) absl::StrAppend(&out, "  ", Line(one), "\n");
    return out;
  }

  Json ToJson(ClassRef ref) {
    const MroInfo& mro = snapshot_.classes->MroOf(ref);
    Json json = Describe(ref);
    json["mro"] = Json::array();
    for (const ClassRef ancestor : mro.order) json["mro"].push_back(Describe(ancestor));
    json["unknown"] = Json::array();
    for (const classes::UnknownAncestor& unknown : mro.unknown) {
      json["unknown"].push_back({{"through", snapshot_.classes->InfoOf(unknown.through).qualified},
                                 {"reason", std::string(classes::ReasonPhrase(unknown.reason))}});
    }
    json["subclasses"] = Json::array();
    for (const ClassRef one : SubclassesOf(ref)) json["subclasses"].push_back(Describe(one));
    return json;
  }

 private:
  uint32_t LineNumber(const ClassInfo& info) {
    const bind::ModuleIndex* index = snapshot_.program->Index(info.ref.file);
    return index == nullptr ? 0 : LineOf(index->ast().line_starts(), info.name_range.begin) + 1;
  }

  bool Defines(ClassRef ref) const {
    const grammar::Atom name = snapshot_.program->interner().Intern(options_.member);
    return snapshot_.classes->MembersOf(ref).Find(name) != nullptr;
  }

  std::string Line(ClassRef ref) {
    const ClassInfo& info = snapshot_.classes->InfoOf(ref);
    std::string line =
        absl::StrCat(EscapeForTerminal(info.qualified), "  ",
                     EscapeForTerminal(snapshot_.program->file(ref.file).display), ":", LineNumber(info));
    if (!options_.member.empty() && Defines(ref)) absl::StrAppend(&line, "  defines `", options_.member, "`");
    return line;
  }

  Json Describe(ClassRef ref) {
    const ClassInfo& info = snapshot_.classes->InfoOf(ref);
    Json json = {
        {"class", info.qualified}, {"path", snapshot_.program->file(ref.file).display}, {"line", LineNumber(info)}};
    if (!options_.member.empty()) json["defines_member"] = Defines(ref);
    return json;
  }

  std::vector<ClassRef> SubclassesOf(ClassRef ref) {
    if (family_ == nullptr) family_ = FamilyOfLoaded(snapshot_);
    std::vector<ClassRef> found = family_->AllSubclasses(ref);
    std::erase_if(found, [&](ClassRef one) { return snapshot_.program->file(one.file).is_bundled; });
    absl::c_sort(found, [&](ClassRef a, ClassRef b) {
      return snapshot_.classes->InfoOf(a).qualified < snapshot_.classes->InfoOf(b).qualified;
    });
    return found;
  }

  const Snapshot& snapshot_;
  const TreeOptions& options_;
  classes::FamilyIndex::Pointer family_;  // made when first asked for
};

}  // namespace

ExitCode RunTree(const GlobalOptions& global, const TreeOptions& options) {
  LoadedProject project;
  if (const std::optional<ExitCode> refused = LoadProject(global, options.paths, project)) return *refused;
  const Snapshot& snapshot = project.snapshot;
  const std::vector<ClassRef> classes = snapshot.classes->FindClass(options.class_name);
  if (classes.empty()) return RefuseUnknownClass(snapshot, options.class_name);
  Tree tree(snapshot, options);
  if (options.output_format == "json") {
    Json list = Json::array();
    for (const ClassRef ref : classes) list.push_back(tree.ToJson(ref));
    WriteAll(STDOUT_FILENO, list.dump(2) + "\n");
  } else {
    for (const ClassRef ref : classes) WriteAll(STDOUT_FILENO, tree.Text(ref));
  }
  return ExitCode::kClean;
}

}  // namespace overt::driver
