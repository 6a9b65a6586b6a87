#include "checker/bind/definition_walk.h"

#include <algorithm>
#include <utility>

namespace overt::bind {

DefinitionWalk::DefinitionWalk(const ModuleIndex& index, SymbolId symbol, uint32_t patience)
    : index_(index), symbol_(symbol), patience_(patience) {}

void DefinitionWalk::From(FlowId flow) {
  if (flow.present()) todo_.push_back(flow.raw);
  while (!todo_.empty()) {
    const uint32_t next = todo_.back();
    todo_.pop_back();
    Follow(next);
  }
}

// What the symbol's scope has when it is over.
void DefinitionWalk::FromEnd() {
  const Scope& scope = index_.scope(index_.symbol(symbol_).scope);
  const FlowId end = index_.FlowAtEnd(index_.symbol(symbol_).scope);
  const bool has_end =
      scope.kind == ScopeKind::kModule || scope.kind == ScopeKind::kClass || scope.kind == ScopeKind::kFunction;
  if (has_end && end != kUnreachableFlow) {
    From(end);
    return;
  }
  AddAllLive();
  // The end is never reached: what a reader sees depends on when it looks.
  unbound_ |= has_end;
}

std::vector<DefId> DefinitionWalk::Take(bool* may_be_unbound) && {
  AddFromFunctions();
  if (may_be_unbound != nullptr) *may_be_unbound = unbound_;
  std::sort(found_.begin(), found_.end());
  found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  return std::move(found_);
}

bool DefinitionWalk::FirstVisit(uint32_t flow) { return !joined_ || visited_.insert(flow).second; }

void DefinitionWalk::Follow(uint32_t flow) {
  while (flow != 0 && FirstVisit(flow)) {
    const FlowNode& node = index_.flow_nodes()[flow];
    ++steps_;
    switch (node.kind) {
      case FlowKind::kUnreachable: return;
      case FlowKind::kStart: flow = Start(flow); break;
      case FlowKind::kDefinition:
        if (index_.definition(DefId(node.payload)).symbol == symbol_ && EndsPath(DefId(node.payload))) return;
        flow = steps_ < patience_ ? node.antecedent : Leap(flow);
        break;
      case FlowKind::kStarImport:
      case FlowKind::kCondition: flow = steps_ < patience_ ? node.antecedent : Leap(flow); break;
      case FlowKind::kJoin:
      case FlowKind::kLoop:
        if (!joined_) visited_.insert(flow);
        joined_ = true;
        for (uint32_t i = node.count; i-- > 0;) todo_.push_back(index_.flow_lists()[node.antecedent + i]);
        return;
    }
  }
}

// Whether nothing before this definition of the symbol matters.
bool DefinitionWalk::EndsPath(DefId id) {
  const Definition& definition = index_.definition(id);
  if (definition.kind == DefKind::kDeletion) {
    unbound_ = true;
    return true;
  }
  found_.push_back(id);
  return definition.kind != DefKind::kDeclaration || index_.options().file_kind == grammar::FileKind::kStub;
}

// At the beginning of a scope: where to go on, or 0.
uint32_t DefinitionWalk::Start(uint32_t flow) {
  const FlowNode& node = index_.flow_nodes()[flow];
  const Symbol& symbol = index_.symbol(symbol_);
  if (ScopeId(node.payload) == symbol.scope) {
    bool is_parameter = false;
    for (DefId id = symbol.first; id.present(); id = index_.definition(id).next) {
      const Definition& definition = index_.definition(id);
      if (definition.kind != DefKind::kParameter && definition.kind != DefKind::kTypeParameter) continue;
      if (definition.flow != FlowId(flow)) continue;
      found_.push_back(id);
      is_parameter = true;
    }
    unbound_ |= !is_parameter;
    return 0;
  }
  if (node.antecedent != 0) return node.antecedent;
  // A function that runs later asks for a name outside.
  if (!std::exchange(went_to_end_, true)) FromEnd();
  return 0;
}

uint32_t DefinitionWalk::SuiteOf(uint32_t flow) const {
  const auto& suites = index_.flow_suites_;
  const auto after = std::upper_bound(suites.begin(), suites.end(), flow,
                                      [](uint32_t id, const FlowSuite& suite) { return id < suite.begin; });
  auto suite = static_cast<uint32_t>(after - suites.begin()) - 1;
  while (suites[suite].end <= flow) suite = suites[suite].parent;
  return suite;
}

// From a node that has one antecedent: straight to the next thing that can matter. Within a suite every path passes
// through every node of it, so that is the last definition of the name in this suite, or the end of the last statement
// of the suite that has one inside, or the beginning of the suite.
uint32_t DefinitionWalk::Leap(uint32_t flow) {
  if (!std::exchange(positions_known_, true)) {
    for (DefId id = index_.symbol(symbol_).first; id.present(); id = index_.definition(id).next) {
      const FlowId at = index_.definition(id).flow;
      if (at.present() && at != kUnreachableFlow) positions_.push_back(at.raw);
    }
    std::sort(positions_.begin(), positions_.end());
  }
  const auto& suites = index_.flow_suites_;
  const uint32_t suite = SuiteOf(flow);
  const auto after = std::lower_bound(positions_.begin(), positions_.end(), flow);
  if (after == positions_.begin() || *(after - 1) < suites[suite].begin) return suites[suite].entry;
  const uint32_t position = *(after - 1);
  uint32_t inner = SuiteOf(position);
  if (inner == suite) return position;
  while (suites[inner].parent != suite) inner = suites[inner].parent;
  const uint32_t end = suites[inner].after;
  return end == 0 || end >= flow ? index_.flow_nodes()[flow].antecedent : end;
}

void DefinitionWalk::AddAllLive() {
  for (DefId id = index_.symbol(symbol_).first; id.present(); id = index_.definition(id).next) {
    const Definition& definition = index_.definition(id);
    if (definition.reach == Reach::kNever || definition.kind == DefKind::kDeletion) continue;
    found_.push_back(id);
  }
}

// The function, lambda or module whose call runs the code of `scope`.
ScopeId DefinitionWalk::Runner(ScopeId scope) const {
  for (;;) {
    const Scope& here = index_.scope(scope);
    if (here.kind == ScopeKind::kModule || here.kind == ScopeKind::kFunction || here.kind == ScopeKind::kLambda) {
      return scope;
    }
    scope = here.parent;
  }
}

// `global x; x = …` in a function that may have been called.
void DefinitionWalk::AddFromFunctions() {
  const Symbol& symbol = index_.symbol(symbol_);
  for (DefId id = symbol.first; id.present(); id = index_.definition(id).next) {
    const Definition& definition = index_.definition(id);
    if ((definition.flags & Definition::kFromInner) == 0 || definition.reach == Reach::kNever) continue;
    if (definition.kind == DefKind::kDeletion) continue;
    if (Runner(definition.scope) != Runner(symbol.scope)) found_.push_back(id);
  }
}

namespace {

// The one definition that everybody sees in the end, if it is as simple as that.
bool IsOnlyAnswer(const ModuleIndex& index, const Symbol& symbol) {
  if (symbol.first != symbol.last || !symbol.first.present()) return false;
  const ScopeKind kind = index.scope(symbol.scope).kind;
  if (kind != ScopeKind::kModule && kind != ScopeKind::kClass) return false;
  const Definition& definition = index.definition(symbol.first);
  return definition.reach == Reach::kAlways && definition.kind != DefKind::kDeletion &&
         definition.kind != DefKind::kDeclaration && (definition.flags & Definition::kFromInner) == 0 &&
         index.FlowAtEnd(symbol.scope) != kUnreachableFlow;
}

}  // namespace

std::vector<DefId> ModuleIndex::ReachingDefinitions(SymbolId symbol_id, FlowId flow, bool* may_be_unbound) const {
  DefinitionWalk walk(*this, symbol_id);
  walk.From(flow);
  return std::move(walk).Take(may_be_unbound);
}

std::vector<DefId> ModuleIndex::FinalDefinitions(SymbolId symbol_id, bool* may_be_unbound) const {
  if (IsOnlyAnswer(*this, symbol(symbol_id))) {
    if (may_be_unbound != nullptr) *may_be_unbound = false;
    return {symbol(symbol_id).first};
  }
  DefinitionWalk walk(*this, symbol_id);
  walk.FromEnd();
  return std::move(walk).Take(may_be_unbound);
}

}  // namespace overt::bind
