// Everything that can be known of one file by itself: tree, scopes, symbols, flow, exports, imports, suppressions.
//
//   ModuleIndex index = Bind(std::move(ast), {.target = {.version = {3, 12}}});
//   SymbolId base = index.Find(index.module_scope(), "Base");
//   index.FinalDefinitions(base, nullptr)        # what `from thisfile import Base` may mean
//
// Depends on the file's bytes, the Python version and the platform, and on nothing else: any thread can make one, and
// it can be kept as long as those three stay. Ask `checker/program` for the index of another file.
#ifndef OVERT_CHECKER_BIND_MODULE_INDEX_H_
#define OVERT_CHECKER_BIND_MODULE_INDEX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "checker/bind/flow.h"
#include "checker/bind/static_condition.h"
#include "checker/bind/symbols.h"
#include "diagnostics/suppression.h"
#include "grammar/ast/ast.h"
#include "grammar/lower/lower.h"

namespace overt::bind {

struct BindOptions {
  Target target;
  enum class FileRole : uint8_t { kModule, kPackageInit };
  FileRole role = FileRole::kModule;
  grammar::FileKind file_kind = grammar::FileKind::kSource;
};

// One import of one module, for the resolver and for `unresolved-import`.
struct ImportRecord {
  NodeId statement;  // Import or ImportFrom
  NodeId alias;      // Import: its ImportAlias; ImportFrom: none (names are in the statement)
  uint16_t level = 0;
  Reach reach = Reach::kAlways;
  uint8_t flags = 0;  // Definition::kTryImport, kImportFallback, kTypeCheckingOnly

  NodeId place() const { return alias.present() ? alias : statement; }
};

// What `from m import *` takes, and what an importer may name.
struct Exports {
  enum class All : uint8_t { kAbsent, kKnown, kDynamic };  // kDynamic: `names` is a lower bound
  All all = All::kAbsent;
  std::vector<NodeId> names;             // of `__all__` in the order in which they were added: String nodes
  std::vector<NodeId> all_from_modules;  // `__all__ += m.__all__`, `__all__.extend(m.__all__)`: the expressions `m`
};

// `setattr(target, name, value)` or `target.__dict__.update(…)`, wherever it stands: `scope` tells what runs at import
// (modules and classes) from what runs when something calls it (`__init_subclass__`, a class decorator, any other
// function).
struct SetAttrCall {
  NodeId call;
  ScopeId scope;
};

class ModuleIndex {
 public:
  const grammar::Ast& ast() const { return ast_; }
  const BindOptions& options() const { return options_; }

  ScopeId module_scope() const { return ScopeId(0); }
  absl::Span<const Scope> scopes() const { return scopes_; }
  const Scope& scope(ScopeId id) const { return scopes_[id.raw]; }
  // The scope that a ClassDef, FunctionDef, Lambda, comprehension or Module node opens.
  ScopeId ScopeOpenedBy(NodeId node) const;
  // The innermost scope in which `node` is evaluated: decorators, defaults and bases belong to the scope around (or to
  // the scope of type parameters), a method's body to the method.
  ScopeId ScopeAt(NodeId node) const;
  // The scope itself; the one around it where it is that of type parameters (PEP 695): what `def m[T](self)` stands in.
  ScopeId PastTypeParameters(ScopeId id) const {
    while (scope(id).kind == ScopeKind::kTypeParameters) id = scope(id).parent;
    return id;
  }

  absl::Span<const Symbol> symbols() const { return symbols_; }
  const Symbol& symbol(SymbolId id) const { return symbols_[id.raw]; }
  SymbolId Find(ScopeId scope, NameId name) const;  // bound in exactly this scope, or none
  SymbolId Find(ScopeId scope, absl::string_view name) const;

  absl::Span<const Definition> definitions() const { return definitions_; }
  const Definition& definition(DefId id) const { return definitions_[id.raw]; }
  // For `for (DefId d = symbol.first; d.present(); d = index.definition(d).next)`.

  // The definitions of `symbol` that may be the current one at `flow`, in source order, statically dead ones left out.
  // `may_be_unbound` (optional) says whether a path without any definition reaches. A `del` ends a path and is not
  // listed; `x: int` is listed without ending the path (in a stub it does end it). A flow in a function that asks for a
  // name of another scope gets what that scope has at its end, since the function runs later. What functions bind by
  // `global` and `nonlocal` is always listed: they may have run.
  std::vector<DefId> ReachingDefinitions(SymbolId symbol, FlowId flow, bool* may_be_unbound) const;
  // All definitions that are live at the end of a scope: what an importer, or a method run later, sees. Of an instance
  // scope: every live one. Of a scope whose end is never reached: every live one, perhaps unbound.
  std::vector<DefId> FinalDefinitions(SymbolId symbol, bool* may_be_unbound) const;

  FlowId FlowBefore(NodeId statement) const;  // kUnreachable for dead code
  FlowId FlowAtEnd(ScopeId scope) const;
  bool IsReachable(NodeId statement) const;
  absl::Span<const FlowNode> flow_nodes() const { return flow_nodes_; }
  absl::Span<const uint32_t> flow_lists() const { return flow_lists_; }

  absl::Span<const ImportRecord> imports() const { return imports_; }
  // The module as it is written, without leading dots: "a.b" of `import a.b as c` and of `from ..a.b import c`; empty
  // for `from . import c`.
  absl::string_view ImportedName(const ImportRecord& record) const;
  absl::Span<const NodeId> star_imports() const { return star_imports_; }  // ImportFrom statements at module level
  const Exports& exports() const { return exports_; }
  // Whether names of the module may be bound where no definition shows it: a star import, `globals()[…] = …`, `exec`.
  bool BindsUnseen() const;
  // What names mean in static conditions.
  const StaticNames& static_names() const { return static_names_; }
  absl::Span<const SetAttrCall> setattr_calls() const { return setattr_calls_; }
  // All ClassDef nodes of the file in source order, those in functions included, with their class scopes.
  absl::Span<const ScopeId> class_scopes() const { return class_scopes_; }
  // `Name.attribute = …` and `Name.attribute: …` at module level, outside functions: kClassStore definitions whose
  // class is known only by name, so their `symbol` is none. (node: the Attribute, its value a Name.)
  absl::Span<const DefId> attribute_stores() const { return attribute_stores_; }

  // A fresh table for one check of this file: using it records what was used.
  SuppressionTable MakeSuppressions() const;
  // Whether a comment at a member's definition, whose name stands at `name`, allows its overrides what the rule
  // reports.
  bool IsOpenTo(Rule rule, TextRange name) const;

  // Covers everything an importer can observe; equal hashes mean importers need no second look.
  uint64_t interface_hash() const { return interface_hash_; }

  std::string Dump() const;      // `--print=symbols`
  std::string DumpFlow() const;  // `--print=flow`
  size_t MemoryUse() const;      // bytes, the tree included when it is owned

 private:
  friend class Binder;
  friend class DefinitionWalk;
  friend class SymbolTableBuilder;
  struct ScopeExtent {
    uint32_t begin, end;  // bytes of what is evaluated in the scope or in scopes within
    ScopeId scope;
    uint32_t around;  // index of the extent that encloses this one
  };
  struct FlowPoint {
    uint32_t offset;
    FlowId flow;
  };
  const ScopeExtent* ExtentAt(uint32_t offset) const;
  void ReadOpenMembers();

  grammar::Ast ast_;
  BindOptions options_;
  std::vector<Scope> scopes_;
  std::vector<Symbol> symbols_;
  std::vector<Definition> definitions_;
  std::vector<ScopeExtent> extents_;     // by `begin`
  std::vector<ScopeId> scopes_by_node_;  // by Scope::node, the type parameters' scope before the one it surrounds
  std::vector<FlowId> scope_ends_;       // by ScopeId
  std::vector<SymbolId> module_names_;   // open-addressed by the hash of the text, a power of two long
  std::vector<FlowNode> flow_nodes_;
  std::vector<uint32_t> flow_lists_;
  std::vector<FlowSuite> flow_suites_;  // by `begin`
  std::vector<FlowPoint> flow_points_;  // by offset: where the flow before a statement changes
  std::vector<ImportRecord> imports_;
  std::vector<NodeId> star_imports_;
  std::vector<SetAttrCall> setattr_calls_;
  std::vector<ScopeId> class_scopes_;
  std::vector<DefId> attribute_stores_;
  Exports exports_;
  StaticNames static_names_;
  std::vector<Suppression> open_;  // the comments that open members to their overrides
  uint64_t interface_hash_ = 0;
};

ModuleIndex Bind(grammar::Ast ast, const BindOptions& options);

// The value that a plain or an annotated assignment gives its name; none for other definitions.
NodeId AssignedValue(const grammar::Ast& ast, const Definition& definition);

// Python's private names: `__x` in class `_Foo` is `_Foo__x`. The name itself where nothing is mangled: not private,
// dunder on both sides, or a class whose name is only underscores. Source: the language reference, "Identifiers
// (Names)".
std::string Mangled(absl::string_view class_name, absl::string_view name);
bool IsPrivateName(absl::string_view name);

}  // namespace overt::bind

#endif  // OVERT_CHECKER_BIND_MODULE_INDEX_H_
