// What methods set on their first parameter, and the names of `__slots__`.
#include <algorithm>

#include "checker/classes/members.h"
#include "checker/classes/slots.h"

namespace overt::classes {

using bind::DefKind;
using bind::ModuleIndex;
using grammar::NodeKind;

namespace {

// `self.x: Final = …` and its like.
uint16_t StoreFlags(const MemberTarget& target, const ModuleIndex& index, const bind::Definition& def) {
  if (index.ast().kind(def.statement) != NodeKind::kAnnAssign) return 0;
  const Site site{target.file(), &index, def.scope, index.FlowBefore(def.statement)};
  return QualifierFlags(target.engine, site, index.ast().Get<grammar::AnnAssignNode>(def.statement).annotation());
}

void AddStores(const MemberTarget& target, const ModuleIndex& index, bind::ScopeId instance) {
  const bind::Scope& scope = index.scope(instance);
  std::vector<bind::SymbolId> symbols;
  symbols.reserve(scope.symbol_count);
  for (uint32_t i = 0; i < scope.symbol_count; ++i) symbols.emplace_back(scope.first_symbol + i);
  std::sort(symbols.begin(), symbols.end(),
            [&index](bind::SymbolId a, bind::SymbolId b) { return index.symbol(a).first < index.symbol(b).first; });
  for (const bind::SymbolId id : symbols) {
    const bind::Symbol& symbol = index.symbol(id);
    std::vector<DefId> live;
    bool on_class = false;
    uint16_t flags = 0;
    for (DefId def = symbol.first; def.present(); def = index.definition(def).next) {
      const bind::Definition& definition = index.definition(def);
      const bool is_on_class = definition.kind == DefKind::kClassStore;
      if (definition.reach == bind::Reach::kNever) continue;
      if (is_on_class && IsOfInitSubclass(index, definition.scope)) continue;
      live.push_back(def);
      on_class |= is_on_class;
      flags |= StoreFlags(target, index, definition);
    }
    if (live.empty()) continue;
    const TextRange range = NameRangeOf(index.ast(), index.definition(live.back()));
    Member member = MakeMember(target, index.ast().name(symbol.name),
                               on_class ? MemberKind::kAttribute : MemberKind::kInstanceAttribute, range);
    member.flags |= flags;
    member.definitions = std::move(live);
    target.table.Add(std::move(member));
  }
}

// Each slot is a descriptor of the class.
void AddSlots(const MemberTarget& target, const ModuleIndex& index, NodeId class_def) {
  for (const SlotName& slot : ReadSlots(index, class_def).names) {
    Member member = MakeMember(target, slot.name.text, MemberKind::kInstanceAttribute, slot.name.range);
    member.definitions.push_back(slot.definition);
    target.table.Add(std::move(member));
  }
}

}  // namespace

void AddInstanceMembers(const MemberTarget& target, const ModuleIndex& index, NodeId class_def) {
  const bind::ScopeId scope = index.ScopeOpenedBy(class_def);
  if (!scope.present()) return;
  AddSlots(target, index, class_def);
  const bind::ScopeId instance = index.scope(scope).instance;
  if (instance.present()) AddStores(target, index, instance);
}

}  // namespace overt::classes
