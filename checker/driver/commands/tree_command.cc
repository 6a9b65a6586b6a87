// `overt tree CLASS`: its ancestors in the order in which Python asks them, its subclasses, and who defines a member.
#include <unistd.h>

#include <vector>

#include <nlohmann/json.hpp>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "checker/classes/family.h"
#include "checker/driver/commands/class_lookup.h"
#include "checker/driver/commands/commands.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

using classes::ClassInfo;
using classes::ClassRef;
using Json = nlohmann::ordered_json;

class Tree {
 public:
  Tree(const Snapshot& snapshot, const TreeOptions& options) : snapshot_(snapshot), options_(options) {}

  std::string Text(ClassRef ref) {
    std::string out;
    for (const ClassRef one : OrderOf(ref)) absl::StrAppend(&out, one == ref ? "" : "  ", Line(one), "\n");
    for (const classes::UnknownAncestor& unknown : UnknownOf(ref)) {
      const ClassInfo& through = snapshot_.classes->InfoOf(unknown.through);
      absl::StrAppend(&out, "  unknown: a base of `", through.name, "`: ", classes::ReasonPhrase(unknown.reason), "\n");
    }
    const std::vector<ClassRef> below = SubclassesOf(ref);
    if (!below.empty()) absl::StrAppend(&out, "subclasses:\n");
    for (const ClassRef one : below) absl::StrAppend(&out, "  ", Line(one), "\n");
    return out;
  }

  Json ToJson(ClassRef ref) {
    Json json = Describe(ref);
    json["mro"] = Json::array();
    for (const ClassRef ancestor : OrderOf(ref)) json["mro"].push_back(Describe(ancestor));
    json["unknown"] = Json::array();
    for (const classes::UnknownAncestor& unknown : UnknownOf(ref)) {
      json["unknown"].push_back({{"through", snapshot_.classes->InfoOf(unknown.through).qualified},
                                 {"reason", std::string(classes::ReasonPhrase(unknown.reason))}});
    }
    json["subclasses"] = Json::array();
    for (const ClassRef one : SubclassesOf(ref)) json["subclasses"].push_back(Describe(one));
    return json;
  }

  // For Graphviz: an arrow from each class to each of its bases, upwards.
  std::string Dot(const std::vector<ClassRef>& asked) {
    std::string out = "digraph hierarchy {\n  rankdir=BT;\n  node [shape=box];\n";
    const Graph graph = GraphOf(asked);
    for (const ClassRef one : graph.nodes) {
      const absl::string_view style = absl::c_linear_search(asked, one) ? ", penwidth=2" : "";
      absl::StrAppend(&out, "  ", graph.Id(one), " [label=\"", Label(one), "\"", style, "];\n");
    }
    ForEachEdge(graph, [&](ClassRef below, ClassRef base) {
      absl::StrAppend(&out, "  ", graph.Id(below), " -> ", graph.Id(base), ";\n");
    });
    return out + "}\n";
  }

  // For Mermaid, which many a README shows as a picture.
  std::string Mermaid(const std::vector<ClassRef>& asked) {
    std::string out = "classDiagram\n";
    const Graph graph = GraphOf(asked);
    for (const ClassRef one : graph.nodes) {
      absl::StrAppend(&out, "  class ", graph.Id(one), "[\"", Label(one), "\"]\n");
    }
    ForEachEdge(graph, [&](ClassRef below, ClassRef base) {
      absl::StrAppend(&out, "  ", graph.Id(base), " <|-- ", graph.Id(below), "\n");
    });
    return out;
  }

 private:
  // --- Graphs

  struct Graph {
    std::vector<ClassRef> nodes;
    absl::flat_hash_map<ClassRef, size_t> numbers;
    void Add(ClassRef ref) {
      if (numbers.try_emplace(ref, nodes.size()).second) nodes.push_back(ref);
    }
    std::string Id(ClassRef ref) const { return absl::StrCat("c", numbers.at(ref)); }
  };

  // The classes with all that is above and below them, each once.
  Graph GraphOf(const std::vector<ClassRef>& asked) {
    Graph graph;
    for (const ClassRef ref : asked) {
      for (const ClassRef one : OrderOf(ref)) graph.Add(one);
      for (const ClassRef one : SubclassesOf(ref)) graph.Add(one);
    }
    return graph;
  }

  // What stands between quotes in either language. A name may hold what its call wrote: `type("a\"b", …)`.
  std::string Label(ClassRef ref) const {
    const std::string& name = snapshot_.classes->InfoOf(ref).qualified;
    const bool is_marked = !options_.member.empty() && Defines(ref);
    const std::string label = is_marked ? absl::StrCat(name, " defines ", options_.member) : name;
    return absl::StrReplaceAll(EscapeForTerminal(label), {{"\\", "\\\\"}, {"\"", "'"}});
  }

  void ForEachEdge(const Graph& graph, absl::FunctionRef<void(ClassRef, ClassRef)> visit) const {
    for (const ClassRef one : graph.nodes) {
      for (const classes::Base& base : snapshot_.classes->InfoOf(one).bases) {
        for (const classes::Entity& entity : base.alternatives) {
          if (entity.is_class() && graph.numbers.contains(entity.class_ref)) visit(one, entity.class_ref);
        }
      }
    }
  }

  // --- Parts

  // The class itself, then its ancestors if they are wanted.
  std::vector<ClassRef> OrderOf(ClassRef ref) const {
    return options_.is_down_only ? std::vector<ClassRef>{ref} : snapshot_.classes->MroOf(ref).order;
  }

  std::vector<classes::UnknownAncestor> UnknownOf(ClassRef ref) const {
    return options_.is_down_only ? std::vector<classes::UnknownAncestor>() : snapshot_.classes->MroOf(ref).unknown;
  }

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
    if (options_.is_up_only) return {};
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
  const std::vector<ClassRef> classes = ClassesNamed(snapshot, options.class_name);
  if (classes.empty()) return RefuseUnknownClass(snapshot, options.class_name);
  Tree tree(snapshot, options);
  if (options.output_format == "dot" || options.output_format == "mermaid") {
    WriteAll(STDOUT_FILENO, options.output_format == "dot" ? tree.Dot(classes) : tree.Mermaid(classes));
  } else if (options.output_format == "json") {
    Json list = Json::array();
    for (const ClassRef ref : classes) list.push_back(tree.ToJson(ref));
    WriteAll(STDOUT_FILENO, list.dump(2) + "\n");
  } else {
    for (const ClassRef ref : classes) WriteAll(STDOUT_FILENO, tree.Text(ref));
  }
  return ExitCode::kClean;
}

}  // namespace overt::driver
