// What the tests of `checker/bind` share: source in, index out, and answers as short texts.
//
//   Reaching(Bound("x = 1\nif c: x = 2\nuse(x)\n"), "x", 3)    // "1 2": defined on lines 1 and 2, seen from line 3
#ifndef OVERT_TESTS_UNIT_BIND_BIND_TESTING_H_
#define OVERT_TESTS_UNIT_BIND_BIND_TESTING_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/bind/module_index.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"

namespace overt::bind {

inline ModuleIndex Bound(absl::string_view text, BindOptions options = {}) {
  const auto source = grammar::SourceFile::FromText(std::string(text));
  return Bind(grammar::ParseSource(source, options.file_kind), options);
}

inline uint32_t LineAt(const ModuleIndex& index, NodeId node) {
  return LineOf(index.ast().line_starts(), index.ast().range(node).begin) + 1;
}

// The first statement that begins on a line, 1-based.
inline NodeId StatementOn(const ModuleIndex& index, uint32_t line) {
  NodeId best;
  for (uint32_t id = 0; id < index.ast().node_count(); ++id) {
    const NodeId node(id);
    if (grammar::CategoryOf(index.ast().kind(node)) != grammar::NodeCategory::kStatement) continue;
    if (LineAt(index, node) != line) continue;
    if (!best.present() || index.ast().range(node).begin < index.ast().range(best).begin) best = node;
  }
  return best;
}

inline std::string Lines(const ModuleIndex& index, const std::vector<DefId>& ids, bool unbound) {
  std::vector<std::string> parts;
  for (const DefId id : ids) parts.push_back(absl::StrCat(LineAt(index, index.definition(id).node)));
  if (unbound) parts.push_back("unbound");
  return absl::StrJoin(parts, " ");
}

// The symbol that `name` means in the scope of a statement: the nearest scope with that name.
inline SymbolId Meaning(const ModuleIndex& index, NodeId statement, absl::string_view name) {
  for (ScopeId scope = index.ScopeAt(statement); scope.present(); scope = index.scope(scope).parent) {
    const SymbolId symbol = index.Find(scope, name);
    if (!symbol.present()) continue;
    const uint8_t flags = index.symbol(symbol).flags;
    if ((flags & Symbol::kGlobal) != 0) return index.Find(index.module_scope(), name);
    if ((flags & Symbol::kNonlocal) == 0) return symbol;
  }
  return SymbolId::None();
}

inline std::string Reaching(const ModuleIndex& index, absl::string_view name, uint32_t line) {
  const NodeId statement = StatementOn(index, line);
  const SymbolId symbol = Meaning(index, statement, name);
  if (!symbol.present()) return "no symbol";
  bool unbound = false;
  const auto ids = index.ReachingDefinitions(symbol, index.FlowBefore(statement), &unbound);
  return Lines(index, ids, unbound);
}

inline std::string Final(const ModuleIndex& index, absl::string_view name) {
  const SymbolId symbol = index.Find(index.module_scope(), name);
  if (!symbol.present()) return "no symbol";
  bool unbound = false;
  const auto ids = index.FinalDefinitions(symbol, &unbound);
  return Lines(index, ids, unbound);
}

inline ScopeId ClassScope(const ModuleIndex& index, absl::string_view name) {
  for (const ScopeId scope : index.class_scopes()) {
    const auto node = index.ast().Get<grammar::ClassDefNode>(index.scope(scope).node);
    if (index.ast().name(index.ast().Get<grammar::IdentifierNode>(node.name()).name()) == name) return scope;
  }
  return ScopeId::None();
}

// Names of a scope in source order of their first definition.
inline std::string NamesOf(const ModuleIndex& index, ScopeId scope) {
  if (!scope.present()) return "no scope";
  std::vector<std::pair<uint32_t, std::string>> names;
  for (uint32_t i = 0; i < index.scope(scope).symbol_count; ++i) {
    const Symbol& symbol = index.symbols()[index.scope(scope).first_symbol + i];
    names.emplace_back(symbol.first.raw, std::string(index.ast().name(symbol.name)));
  }
  std::sort(names.begin(), names.end());
  return absl::StrJoin(names, " ", [](std::string* out, const auto& name) { out->append(name.second); });
}

// Attributes that methods set on instances (and, by `cls`, on the class).
inline std::string InstanceNames(const ModuleIndex& index, absl::string_view class_name) {
  const ScopeId scope = ClassScope(index, class_name);
  return scope.present() ? NamesOf(index, index.scope(scope).instance) : "no class";
}

}  // namespace overt::bind

#endif  // OVERT_TESTS_UNIT_BIND_BIND_TESTING_H_
