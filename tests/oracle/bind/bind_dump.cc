// Prints what CPython can judge: scopes for `symtable_test.py`, reaching definitions for `flow_test.py`.
//
//   $ printf '%s\n' a.py b.py | bind_dump scopes
//   file a.py
//   module/class A@3 | x assigned local | y global
//
//   $ printf '%s\n' c.py | bind_dump flow       # at every call of `probe`, for the names a, b, c and d
//   file c.py
//   7 a:3,unbound b:5 c:E d:unbound
//
// Scopes: names are listed as CPython lists them, bound ones and used ones, private ones mangled. What a used name
// means is found with `ScopeAt` and `Find`, as later phases do.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/bind/module_index.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"

namespace overt::bind {
namespace {

using grammar::NodeKind;

class ScopePrinter {
 public:
  explicit ScopePrinter(const ModuleIndex& index) : index_(index), ast_(index.ast()), names_(index.scopes().size()) {}

  void Print() {
    for (const auto note : {&ScopePrinter::NoteVerbs, &ScopePrinter::NoteBound}) {
      for (uint32_t i = 0; i < index_.scopes().size(); ++i) {
        if (index_.scope(ScopeId(i)).kind != ScopeKind::kInstance) (this->*note)(ScopeId(i));
      }
    }
    for (uint32_t id = 0; id < ast_.node_count(); ++id) {
      if (ast_.kind(NodeId(id)) != NodeKind::kName) continue;
      NoteUse(index_.ScopeAt(NodeId(id)), ast_.Get<grammar::NameNode>(NodeId(id)).name());
    }
    for (uint32_t i = 0; i < index_.scopes().size(); ++i) {
      if (index_.scope(ScopeId(i)).kind == ScopeKind::kInstance) continue;
      std::string line = Path(ScopeId(i));
      for (const auto& [name, facts] : names_[i]) absl::StrAppend(&line, " | ", name, " ", facts);
      std::cout << line << "\n";
    }
  }

 private:
  static bool IsFunction(ScopeKind kind) {
    return kind == ScopeKind::kFunction || kind == ScopeKind::kLambda || kind == ScopeKind::kComprehension;
  }

  std::string Label(ScopeId id) const {
    const Scope& scope = index_.scope(id);
    NodeId place = scope.node;
    std::string label;
    switch (ast_.kind(scope.node)) {
      case NodeKind::kClassDef: {
        place = ast_.Get<grammar::ClassDefNode>(scope.node).name();
        label = absl::StrCat("class ", ast_.name(ast_.Get<grammar::IdentifierNode>(place).name()));
        break;
      }
      case NodeKind::kFunctionDef: {
        place = ast_.Get<grammar::FunctionDefNode>(scope.node).name();
        label = absl::StrCat("function ", ast_.name(ast_.Get<grammar::IdentifierNode>(place).name()));
        break;
      }
      case NodeKind::kLambda: label = "function lambda"; break;
      case NodeKind::kListComp: label = "function listcomp"; break;
      case NodeKind::kSetComp: label = "function setcomp"; break;
      case NodeKind::kDictComp: label = "function dictcomp"; break;
      case NodeKind::kGeneratorExp: label = "function genexpr"; break;
      default: return "module";
    }
    return absl::StrCat(label, "@", LineOf(ast_.line_starts(), ast_.range(place).begin) + 1);
  }

  std::string Path(ScopeId id) const {
    std::vector<std::string> parts;
    for (; id.present(); id = index_.scope(id).parent) {
      if (index_.scope(id).kind != ScopeKind::kTypeParameters) parts.push_back(Label(id));
    }
    std::reverse(parts.begin(), parts.end());
    return absl::StrJoin(parts, "/");
  }

  std::string Private(ScopeId scope, NameId name) const {
    for (; scope.present(); scope = index_.scope(scope).parent) {
      if (index_.scope(scope).kind != ScopeKind::kClass) continue;
      const NodeId identifier = ast_.Get<grammar::ClassDefNode>(index_.scope(scope).node).name();
      return Mangled(ast_.name(ast_.Get<grammar::IdentifierNode>(identifier).name()), ast_.name(name));
    }
    return std::string(ast_.name(name));
  }

  // Binds here, whatever is declared of it.
  static bool Binds(const Symbol& symbol) {
    return symbol.first.present() && (symbol.flags & (Symbol::kGlobal | Symbol::kNonlocal)) == 0;
  }

  std::string Meaning(ScopeId scope, NameId name) const {
    if (const SymbolId own = index_.Find(scope, name); own.present()) {
      const Symbol& symbol = index_.symbol(own);
      if ((symbol.flags & Symbol::kGlobal) != 0) return "global";
      if ((symbol.flags & Symbol::kNonlocal) != 0) return "free";
      if (BindsByItself(own, scope)) return scope.raw == 0 ? "local global" : "local";
    }
    for (scope = index_.scope(scope).parent; scope.present(); scope = index_.scope(scope).parent) {
      if (!IsFunction(index_.scope(scope).kind)) continue;
      const SymbolId outer = index_.Find(scope, name);
      if (!outer.present()) continue;
      if ((index_.symbol(outer).flags & Symbol::kGlobal) != 0) return "global";
      if (Binds(index_.symbol(outer))) return "free";
    }
    return "global";
  }

  // CPython does not call a name of the module bound by it that only functions bind.
  bool BindsByItself(SymbolId id, ScopeId scope) const {
    for (DefId def = index_.symbol(id).first; def.present(); def = index_.definition(def).next) {
      if (IsOwn(index_.definition(def), scope)) return true;
    }
    return false;
  }
  bool IsOwn(const Definition& definition, ScopeId scope) const {
    return (definition.flags & Definition::kFromInner) == 0 || definition.kind == DefKind::kWalrus ||
           definition.scope == scope;
  }

  static const char* Verb(DefKind kind) {
    switch (kind) {
      case DefKind::kImport:
      case DefKind::kImportAs:
      case DefKind::kImportFrom: return "imported";
      case DefKind::kParameter: return "parameter";
      case DefKind::kClass:
      case DefKind::kFunction: return "namespace";
      default: return "assigned";
    }
  }

  // How names are bound, each noted where CPython notes it: in the scope whose statement binds, whatever `global` and
  // `nonlocal` say of the name there.
  void NoteVerbs(ScopeId scope) {
    const Scope& owner = index_.scope(scope);
    for (uint32_t i = 0; i < owner.symbol_count; ++i) {
      const Symbol& symbol = index_.symbol(SymbolId(owner.first_symbol + i));
      for (DefId def = symbol.first; def.present(); def = index_.definition(def).next) {
        const Definition& definition = index_.definition(def);
        const ScopeId place = IsOwn(definition, scope) ? scope : definition.scope;
        verbs_[{place.raw, symbol.name.raw}].insert(Verb(definition.kind));
      }
    }
  }

  void NoteBound(ScopeId scope) {
    const Scope& owner = index_.scope(scope);
    for (uint32_t i = 0; i < owner.symbol_count; ++i) {
      const Symbol& symbol = index_.symbol(SymbolId(owner.first_symbol + i));
      const std::set<std::string>& verbs = verbs_[{scope.raw, symbol.name.raw}];
      std::string facts;
      if (verbs.contains("assigned") || verbs.contains("namespace")) facts += "assigned ";
      if (verbs.contains("imported")) facts += "imported ";
      if (verbs.contains("parameter")) facts += "parameter ";
      // CPython looks for the scope under the mangled name and does not find it.
      const std::string name = Private(scope, symbol.name);
      if (verbs.contains("namespace") && name == std::string(ast_.name(symbol.name))) facts += "namespace ";
      if (facts.empty() && symbol.flags == 0) continue;
      names_[scope.raw][name] = facts + Meaning(scope, symbol.name);
    }
  }

  void NoteUse(ScopeId scope, NameId name) {
    names_[scope.raw].try_emplace(Private(scope, name), Meaning(scope, name));
  }

  const ModuleIndex& index_;
  const grammar::Ast& ast_;
  std::map<std::pair<uint32_t, uint32_t>, std::set<std::string>> verbs_;  // by scope and name
  std::vector<std::map<std::string, std::string>> names_;                 // by scope
};

// At every `probe(…)`: where the names may have been bound.
class FlowPrinter {
 public:
  explicit FlowPrinter(const ModuleIndex& index) : index_(index), ast_(index.ast()) {}

  void Print() const {
    for (uint32_t id = 0; id < ast_.node_count(); ++id) {
      if (!ast_.Is<grammar::ExpressionStatementNode>(NodeId(id))) continue;
      const NodeId value = ast_.Get<grammar::ExpressionStatementNode>(NodeId(id)).value();
      if (!ast_.Is<grammar::CallNode>(value)) continue;
      const NodeId callee = ast_.Get<grammar::CallNode>(value).callee();
      if (!ast_.Is<grammar::NameNode>(callee)) continue;
      if (ast_.name(ast_.Get<grammar::NameNode>(callee).name()) == "probe") PrintAt(NodeId(id));
    }
  }

 private:
  uint32_t Line(NodeId node) const { return LineOf(ast_.line_starts(), ast_.range(node).begin) + 1; }

  void PrintAt(NodeId statement) const {
    std::cout << Line(statement);
    const ScopeId scope = index_.ScopeAt(statement);
    for (const char* name : {"a", "b", "c", "d"}) {
      const SymbolId symbol = index_.Find(scope, name);
      std::vector<std::string> places;
      bool unbound = !symbol.present();
      if (symbol.present()) {
        for (const DefId id : index_.ReachingDefinitions(symbol, index_.FlowBefore(statement), &unbound)) {
          const Definition& definition = index_.definition(id);
          // The value tells the runner which definition it was: exceptions look alike.
          places.push_back(definition.kind == DefKind::kExceptionName ? "E"
                           : definition.kind == DefKind::kCapture     ? absl::StrCat(Line(definition.statement))
                                                                      : absl::StrCat(Line(definition.node)));
        }
      }
      if (unbound) places.push_back("unbound");
      std::cout << " " << name << ":" << absl::StrJoin(places, ",");
    }
    std::cout << "\n";
  }

  const ModuleIndex& index_;
  const grammar::Ast& ast_;
};

}  // namespace
}  // namespace overt::bind

int main(int argc, char** argv) {
  const bool flow = argc == 2 && std::string(argv[1]) == "flow";
  if (!flow && (argc != 2 || std::string(argv[1]) != "scopes")) {
    std::cerr << "bind_dump scopes|flow: paths of Python files on standard input\n";
    return 2;
  }
  std::string path;
  while (std::getline(std::cin, path)) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const auto source = overt::grammar::SourceFile::Decode(bytes);
    overt::bind::BindOptions options;
    options.target.platform = "all";
    const overt::bind::ModuleIndex index =
        overt::bind::Bind(overt::grammar::ParseSource(source, overt::grammar::FileKind::kSource), options);
    std::cout << "file " << path << "\n";
    if (flow) {
      overt::bind::FlowPrinter(index).Print();
    } else {
      overt::bind::ScopePrinter(index).Print();
    }
  }
  return 0;
}
