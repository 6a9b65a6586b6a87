#include "checker/bind/symbol_table.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "grammar/base/names.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace overt::bind {

using grammar::NodeKind;
namespace names = grammar::names;

SymbolTableBuilder::SymbolTableBuilder(ModuleIndex& index, std::vector<NameId> names,
                                       std::vector<ScopeDeclaration> declarations,
                                       std::vector<StoreCandidate> candidates, bool receiver_rebound)
    : index_(index),
      names_(std::move(names)),
      declarations_(std::move(declarations)),
      candidates_(std::move(candidates)),
      receiver_rebound_(receiver_rebound) {}

void SymbolTableBuilder::Build() {
  scopes_.reserve(names_.size());
  for (const Definition& definition : index_.definitions_) scopes_.emplace_back(definition.symbol.raw);
  if (!declarations_.empty()) Redirect();
  Group();
  ArrangeScopes();
  const bool created = std::any_of(candidates_.begin(), candidates_.end(),
                                   [](const StoreCandidate& candidate) { return candidate.created; });
  if (receiver_rebound_ || created) DropForeignStores();
  HashModuleNames();
  index_.definitions_.shrink_to_fit();
  index_.flow_nodes_.shrink_to_fit();
  index_.flow_points_.shrink_to_fit();
  index_.flow_suites_.shrink_to_fit();
  index_.flow_lists_.shrink_to_fit();
  index_.scopes_.shrink_to_fit();
  index_.extents_.shrink_to_fit();
}

// Gives definitions below `global` and `nonlocal` to the scope that they bind in.
void SymbolTableBuilder::Redirect() {
  absl::flat_hash_set<NameId> nonlocal_names;
  std::vector<bool> declares(index_.scopes_.size(), false);
  for (const ScopeDeclaration& declaration : declarations_) {
    declared_[{declaration.scope, declaration.name}] |= declaration.flags;
    declares[declaration.scope.raw] = true;
    if (declaration.flags == Symbol::kNonlocal) nonlocal_names.insert(declaration.name);
  }
  if (!nonlocal_names.empty()) {
    for (size_t i = 0; i < names_.size(); ++i) {
      if (scopes_[i].present() && nonlocal_names.contains(names_[i])) bound_[{scopes_[i], names_[i]}] = true;
    }
  }
  for (size_t i = 0; i < names_.size(); ++i) {
    if (!scopes_[i].present() || !declares[scopes_[i].raw]) continue;
    const auto found = declared_.find({scopes_[i], names_[i]});
    if (found == declared_.end()) continue;
    const ScopeId target = (found->second & Symbol::kGlobal) != 0 ? ScopeId(0) : NonlocalScope(scopes_[i], names_[i]);
    if (!target.present()) continue;
    scopes_[i] = target;
    index_.definitions_[i].flags |= Definition::kFromInner;
  }
}

// The nearest function around that binds `name` itself.
ScopeId SymbolTableBuilder::NonlocalScope(ScopeId scope, NameId name) const {
  for (scope = index_.scopes_[scope.raw].parent; scope.present(); scope = index_.scopes_[scope.raw].parent) {
    const ScopeKind kind = index_.scopes_[scope.raw].kind;
    if (kind != ScopeKind::kFunction && kind != ScopeKind::kLambda) continue;
    const auto declared = declared_.find({scope, name});
    if (declared != declared_.end()) {
      if ((declared->second & Symbol::kGlobal) != 0) return ScopeId::None();
      continue;
    }
    if (bound_.contains({scope, name})) return scope;
  }
  return ScopeId::None();
}

// Definitions and declarations by scope, then name, then source: two stable counting sorts. Numbers from the count of
// definitions on are declarations. Those without a scope are left out.
std::vector<uint32_t> SymbolTableBuilder::Order() const {
  const auto definitions = static_cast<uint32_t>(names_.size());
  const auto total = definitions + static_cast<uint32_t>(declarations_.size());
  const auto name_of = [&](uint32_t i) {
    return i < definitions ? names_[i].raw : declarations_[i - definitions].name.raw;
  };
  const auto scope_of = [&](uint32_t i) {
    return i < definitions ? scopes_[i].raw : declarations_[i - definitions].scope.raw;
  };
  std::vector<uint32_t> starts(index_.ast_.name_count() + 1, 0);
  uint32_t kept = 0;
  const auto skip = [&](uint32_t i) { return scope_of(i) == ScopeId::kAbsent || name_of(i) == NameId::kAbsent; };
  for (uint32_t i = 0; i < total; ++i) {
    if (skip(i)) continue;
    ++starts[name_of(i) + 1];
    ++kept;
  }
  for (size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  std::vector<uint32_t> by_name(kept);
  for (uint32_t i = 0; i < total; ++i) {
    if (!skip(i)) by_name[starts[name_of(i)]++] = i;
  }
  starts.assign(index_.scopes_.size() + 1, 0);
  for (const uint32_t i : by_name) ++starts[scope_of(i) + 1];
  for (size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  std::vector<uint32_t> order(kept);
  for (const uint32_t i : by_name) order[starts[scope_of(i)]++] = i;
  return order;
}

void SymbolTableBuilder::Group() {
  const auto definitions = static_cast<uint32_t>(names_.size());
  for (Scope& scope : index_.scopes_) scope.first_symbol = scope.symbol_count = 0;
  for (Definition& definition : index_.definitions_) definition.symbol = SymbolId::None();
  const std::vector<uint32_t> order = Order();
  index_.symbols_.clear();
  index_.symbols_.reserve(order.size());
  for (const uint32_t i : order) {
    const bool is_definition = i < definitions;
    const ScopeId scope = is_definition ? scopes_[i] : declarations_[i - definitions].scope;
    const NameId name = is_definition ? names_[i] : declarations_[i - definitions].name;
    if (index_.symbols_.empty() || index_.symbols_.back().scope != scope || index_.symbols_.back().name != name) {
      Scope& owner = index_.scopes_[scope.raw];
      if (owner.symbol_count++ == 0) owner.first_symbol = static_cast<uint32_t>(index_.symbols_.size());
      Symbol& symbol = index_.symbols_.emplace_back();
      symbol.name = name;
      symbol.scope = scope;
    }
    Symbol& symbol = index_.symbols_.back();
    if (!is_definition) {
      symbol.flags |= declarations_[i - definitions].flags;
      continue;
    }
    Definition& definition = index_.definitions_[i];
    definition.symbol = SymbolId(static_cast<uint32_t>(index_.symbols_.size() - 1));
    definition.next = DefId::None();
    if (symbol.last.present()) {
      index_.definitions_[symbol.last.raw].next = DefId(i);
    } else {
      symbol.first = DefId(i);
    }
    symbol.last = DefId(i);
  }
  index_.symbols_.shrink_to_fit();
}

// Stores through a name that no longer means the receiver where they stand.
void SymbolTableBuilder::DropForeignStores() {
  std::vector<DefId> foreign;
  for (const StoreCandidate& candidate : candidates_) {
    if (!IsOwnStore(candidate)) foreign.push_back(candidate.definition);
  }
  if (foreign.empty()) return;
  for (const DefId id : foreign) scopes_[id.raw] = ScopeId::None();
  Group();
}

bool SymbolTableBuilder::IsOwnStore(const StoreCandidate& candidate) const {
  const Definition& store = index_.definitions_[candidate.definition.raw];
  for (ScopeId scope = store.scope; scope.present(); scope = index_.scopes_[scope.raw].parent) {
    // A class body sees its own names, functions in it do not.
    if (index_.scopes_[scope.raw].kind == ScopeKind::kClass && scope != store.scope) continue;
    const SymbolId symbol = index_.Find(scope, candidate.receiver);
    if (scope == candidate.method) return symbol.present() && StillMeansReceiver(candidate, symbol);
    if (!symbol.present()) continue;
    if ((index_.symbols_[symbol.raw].flags & Symbol::kNonlocal) == 0) return false;
  }
  return false;
}

bool SymbolTableBuilder::StillMeansReceiver(const StoreCandidate& candidate, SymbolId symbol) const {
  const Definition& store = index_.definitions_[candidate.definition.raw];
  if (!store.flow.present() || store.flow == kUnreachableFlow) return true;
  for (const DefId id : index_.ReachingDefinitions(symbol, store.flow, nullptr)) {
    const Definition& meaning = index_.definitions_[id.raw];
    if (!candidate.created) {
      if (meaning.kind == DefKind::kParameter) return true;
      continue;
    }
    if (index_.ast_.kind(meaning.statement) != NodeKind::kAssign) continue;
    const NodeId value = index_.ast_.Get<grammar::AssignNode>(meaning.statement).value();
    if (index_.ast_.kind(value) != NodeKind::kCall) continue;
    const NodeId callee = index_.ast_.Get<grammar::CallNode>(value).callee();
    if (index_.ast_.kind(callee) == NodeKind::kAttribute &&
        index_.ast_.Get<grammar::AttributeNode>(callee).attribute() == names::kNew) {
      return true;
    }
  }
  return false;
}

// Which extent encloses which, and scopes by the node that opens them.
void SymbolTableBuilder::ArrangeScopes() {
  auto& extents = index_.extents_;
  const auto starts_before = [](const ModuleIndex::ScopeExtent& a, const ModuleIndex::ScopeExtent& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  };
  if (!std::is_sorted(extents.begin(), extents.end(), starts_before)) {
    std::stable_sort(extents.begin(), extents.end(), starts_before);
  }
  std::vector<uint32_t> open;
  for (uint32_t i = 0; i < extents.size(); ++i) {
    while (!open.empty() && extents[open.back()].end <= extents[i].begin) open.pop_back();
    extents[i].around = open.empty() ? UINT32_MAX : open.back();
    open.push_back(i);
  }
  // Statements saved from damage are walked late.
  const auto stands_before = [](const ModuleIndex::FlowPoint& a, const ModuleIndex::FlowPoint& b) {
    return a.offset < b.offset;
  };
  auto& points = index_.flow_points_;
  if (!std::is_sorted(points.begin(), points.end(), stands_before)) {
    std::stable_sort(points.begin(), points.end(), stands_before);
  }
  auto& by_node = index_.scopes_by_node_;
  by_node.reserve(index_.scopes_.size());
  for (uint32_t i = 0; i < index_.scopes_.size(); ++i) {
    if (index_.scopes_[i].kind != ScopeKind::kInstance) by_node.emplace_back(i);
  }
  std::sort(by_node.begin(), by_node.end(), [&](ScopeId a, ScopeId b) {
    const NodeId left = index_.scopes_[a.raw].node;
    const NodeId right = index_.scopes_[b.raw].node;
    return left != right ? left < right : a < b;
  });
}

void SymbolTableBuilder::HashModuleNames() {
  const Scope& module = index_.scopes_[0];
  size_t size = 8;
  while (size < module.symbol_count * 2) size *= 2;
  index_.module_names_.assign(size, SymbolId::None());
  for (uint32_t i = 0; i < module.symbol_count; ++i) {
    const SymbolId id(module.first_symbol + i);
    const absl::string_view text = index_.ast_.name(index_.symbols_[id.raw].name);
    size_t slot = XXH3_64bits(text.data(), text.size()) & (size - 1);
    while (index_.module_names_[slot].present()) slot = (slot + 1) & (size - 1);
    index_.module_names_[slot] = id;
  }
}

}  // namespace overt::bind
