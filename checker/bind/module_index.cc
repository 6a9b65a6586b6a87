#include "checker/bind/module_index.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace overt::bind {

absl::string_view ModuleIndex::ImportedName(const ImportRecord& record) const {
  if (record.alias.present()) return ast_.name(ast_.Get<grammar::ImportAliasNode>(record.alias).name());
  const NameId module = ast_.Get<grammar::ImportFromNode>(record.statement).module();
  return module.present() ? ast_.name(module) : absl::string_view();
}

ScopeId ModuleIndex::ScopeOpenedBy(NodeId node) const {
  // The scope of type parameters comes first where there are two.
  const auto after = std::upper_bound(scopes_by_node_.begin(), scopes_by_node_.end(), node,
                                      [&](NodeId id, ScopeId scope) { return id < scopes_[scope.raw].node; });
  if (after == scopes_by_node_.begin()) return ScopeId::None();
  const ScopeId found = *(after - 1);
  return scopes_[found.raw].node == node ? found : ScopeId::None();
}

const ModuleIndex::ScopeExtent* ModuleIndex::ExtentAt(uint32_t offset) const {
  const auto after = std::upper_bound(extents_.begin(), extents_.end(), offset,
                                      [](uint32_t at, const ScopeExtent& extent) { return at < extent.begin; });
  if (after == extents_.begin()) return nullptr;
  const ScopeExtent* extent = &*(after - 1);
  while (extent->end <= offset) {
    if (extent->around == UINT32_MAX) return nullptr;
    extent = &extents_[extent->around];
  }
  return extent;
}

ScopeId ModuleIndex::ScopeAt(NodeId node) const {
  const TextRange range = ast_.range(node);
  for (const ScopeExtent* extent = ExtentAt(range.begin); extent != nullptr;
       extent = extent->around == UINT32_MAX ? nullptr : &extents_[extent->around]) {
    const Scope& scope = scopes_[extent->scope.raw];
    if (scope.kind == ScopeKind::kModule) break;
    if (scope.node == node) continue;  // a comprehension stands outside of what it opens
    if (scope.kind != ScopeKind::kComprehension) return extent->scope;
    // The first iterable is evaluated in the scope around. All comprehensions have the same fields.
    const uint32_t* words = ast_.words() + ast_.node(scope.node).data;
    if (words[2] == 0) return extent->scope;
    const NodeId generator(ast_.words()[words[1]]);
    if (!ast_.range(ast_.Get<grammar::ComprehensionNode>(generator).iterable()).contains(range)) return extent->scope;
  }
  return module_scope();
}

SymbolId ModuleIndex::Find(ScopeId scope_id, NameId name) const {
  const Scope& owner = scopes_[scope_id.raw];
  const auto begin = symbols_.begin() + owner.first_symbol;
  const auto end = begin + owner.symbol_count;
  const auto found =
      std::lower_bound(begin, end, name, [](const Symbol& symbol, NameId id) { return symbol.name < id; });
  if (found == end || found->name != name) return SymbolId::None();
  return SymbolId(static_cast<uint32_t>(found - symbols_.begin()));
}

SymbolId ModuleIndex::Find(ScopeId scope_id, absl::string_view name) const {
  if (scope_id.raw == 0 && !module_names_.empty()) {
    const size_t mask = module_names_.size() - 1;
    for (size_t slot = XXH3_64bits(name.data(), name.size()) & mask; module_names_[slot].present();
         slot = (slot + 1) & mask) {
      if (ast_.name(symbols_[module_names_[slot].raw].name) == name) return module_names_[slot];
    }
    return SymbolId::None();
  }
  const Scope& owner = scopes_[scope_id.raw];
  for (uint32_t i = 0; i < owner.symbol_count; ++i) {
    const SymbolId id(owner.first_symbol + i);
    if (ast_.name(symbols_[id.raw].name) == name) return id;
  }
  return SymbolId::None();
}

FlowId ModuleIndex::FlowBefore(NodeId statement) const {
  const uint32_t offset = ast_.node(statement).begin;
  const auto after = std::upper_bound(flow_points_.begin(), flow_points_.end(), offset,
                                      [](uint32_t at, const FlowPoint& point) { return at < point.offset; });
  return after == flow_points_.begin() ? FlowAtEnd(module_scope()) : (after - 1)->flow;
}

FlowId ModuleIndex::FlowAtEnd(ScopeId scope_id) const { return scope_ends_[scope_id.raw]; }

bool ModuleIndex::IsReachable(NodeId statement) const { return FlowBefore(statement) != kUnreachableFlow; }

size_t ModuleIndex::MemoryUse() const {
  const auto size_of = [](const auto& vector) { return vector.capacity() * sizeof(vector[0]); };
  return ast_.bytes().size() + size_of(scopes_) + size_of(symbols_) + size_of(definitions_) + size_of(extents_) +
         size_of(scopes_by_node_) + size_of(scope_ends_) + size_of(module_names_) + size_of(flow_nodes_) +
         size_of(flow_lists_) + size_of(flow_suites_) + size_of(flow_points_) + size_of(imports_) +
         size_of(star_imports_) + size_of(setattr_calls_) + size_of(class_scopes_) + size_of(attribute_stores_) +
         size_of(exports_.names) + size_of(exports_.all_from_modules) + static_names_.MemoryUse() + sizeof(ModuleIndex);
}

bool ModuleIndex::BindsUnseen() const {
  return !star_imports_.empty() || (scope(module_scope()).flags & Scope::kDynamic) != 0;
}

NodeId AssignedValue(const grammar::Ast& ast, const Definition& definition) {
  if (definition.kind == DefKind::kAssignment && ast.Is<grammar::AssignNode>(definition.statement)) {
    return ast.Get<grammar::AssignNode>(definition.statement).value();
  }
  if (definition.kind == DefKind::kAnnotated && ast.Is<grammar::AnnAssignNode>(definition.statement)) {
    return ast.Get<grammar::AnnAssignNode>(definition.statement).value();
  }
  return NodeId::None();
}

bool IsPrivateName(absl::string_view name) {
  // A dotted name is an import's: it is not mangled.
  return name.size() > 2 && name[0] == '_' && name[1] == '_' &&
         !(name[name.size() - 1] == '_' && name[name.size() - 2] == '_') && name.find('.') == absl::string_view::npos;
}

std::string Mangled(absl::string_view class_name, absl::string_view name) {
  if (!IsPrivateName(name)) return std::string(name);
  const size_t first = class_name.find_first_not_of('_');
  if (first == absl::string_view::npos) return std::string(name);
  return absl::StrCat("_", class_name.substr(first), name);
}

}  // namespace overt::bind
