// What methods set on their first parameter, and the names of `__slots__`.
#include <algorithm>

#include "checker/classes/literal_strings.h"
#include "checker/classes/members.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::DefKind;
using bind::ModuleIndex;
using grammar::Ast;
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
      if (definition.reach == bind::Reach::kNever) continue;
      live.push_back(def);
      on_class |= definition.kind == DefKind::kClassStore;
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
void AddSlots(const MemberTarget& target, const ModuleIndex& index, bind::ScopeId scope) {
  const Ast& ast = index.ast();
  const bind::SymbolId slots = index.Find(scope, grammar::names::kSlots);
  if (!slots.present()) return;
  for (const DefId id : index.FinalDefinitions(slots, nullptr)) {
    const bind::Definition& def = index.definition(id);
    NodeId value;
    if (ast.kind(def.statement) == NodeKind::kAssign) value = ast.Get<grammar::AssignNode>(def.statement).value();
    if (ast.kind(def.statement) == NodeKind::kAnnAssign) {
      value = ast.Get<grammar::AnnAssignNode>(def.statement).value();
    }
    if (!value.present()) continue;
    LiteralStrings strings(index, scope, index.FlowBefore(def.statement));
    std::vector<LiteralString> names;
    if (IsString(ast, value)) {
      strings.Of(value, names);
    } else {
      strings.OfElements(value, names);
    }
    for (const LiteralString& name : names) {
      Member member = MakeMember(target, name.text, MemberKind::kInstanceAttribute, name.range);
      member.definitions.push_back(id);
      target.table.Add(std::move(member));
    }
  }
}

}  // namespace

void AddInstanceMembers(const MemberTarget& target, const ModuleIndex& index, NodeId class_def) {
  const bind::ScopeId scope = index.ScopeOpenedBy(class_def);
  if (!scope.present()) return;
  AddSlots(target, index, scope);
  const bind::ScopeId instance = index.scope(scope).instance;
  if (instance.present()) AddStores(target, index, instance);
}

}  // namespace overt::classes
