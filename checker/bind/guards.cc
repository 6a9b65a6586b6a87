#include "checker/bind/guards.h"

#include <vector>

namespace overt::bind {
namespace {

using grammar::NodeKind;
using Meaning = StaticNames::Meaning;

// A file has a handful. Every name in a condition is looked up among them, one by one.
constexpr size_t kMaxGuards = 64;

// What an assignment that is certainly made at module level gives to one name, if it may be a condition; else none.
NodeId GuardValue(const ModuleIndex& index, const Definition& definition) {
  if (definition.reach != Reach::kAlways || definition.scope != index.module_scope()) return NodeId::None();
  if ((definition.flags & (Definition::kTypeCheckingOnly | Definition::kFromInner)) != 0) return NodeId::None();
  const NodeId value = AssignedValue(index.ast(), definition);
  if (!value.present()) return NodeId::None();
  switch (index.ast().kind(value)) {
    case NodeKind::kCompare:
    case NodeKind::kUnaryOp:
    case NodeKind::kBoolOp:
    case NodeKind::kIfExp:
    case NodeKind::kCall:
    case NodeKind::kName:
    case NodeKind::kAttribute: return value;
    default: return NodeId::None();
  }
}

Meaning MeaningOf(const ConditionValue& value) {
  switch (value.truth) {
    case Truth::kTrue: return value.uses_type_checking ? Meaning::kTypeChecking : Meaning::kTrue;
    case Truth::kFalse: return value.uses_type_checking ? Meaning::kNone : Meaning::kFalse;
    case Truth::kUnknown: break;
  }
  return Meaning::kNone;
}

// In how many scopes each name is bound or declared; two stands for more.
std::vector<uint8_t> CountScopes(const ModuleIndex& index) {
  std::vector<uint8_t> counts(index.ast().name_count(), 0);
  for (const Symbol& symbol : index.symbols()) {
    uint8_t& count = counts[symbol.name.raw];
    if (count < 2) ++count;
  }
  return counts;
}

}  // namespace

StaticNames FindGuards(const ModuleIndex& index) {
  StaticNames guards;
  StaticNames known = index.static_names();
  std::vector<uint8_t> scopes;  // counted for the first candidate
  for (const Definition& definition : index.definitions()) {
    const NodeId value = GuardValue(index, definition);
    if (!value.present() || !definition.symbol.present()) continue;
    const Meaning meaning = MeaningOf(EvaluateCondition(index.ast(), value, index.options().target, &known));
    if (meaning == Meaning::kNone) continue;
    if (scopes.empty()) {
      if (index.BindsUnseen()) break;
      scopes = CountScopes(index);
    }
    const Symbol& symbol = index.symbol(definition.symbol);
    if (symbol.first != symbol.last || scopes[symbol.name.raw] != 1) continue;
    guards.Add(symbol.name, meaning);
    known.Add(symbol.name, meaning);
    if (guards.all().size() == kMaxGuards) break;
  }
  return guards;
}

}  // namespace overt::bind
