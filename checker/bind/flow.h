// The flow graph of one file: which definitions of a name reach a place.
//
//   try:
//       from fast import Base
//   except ImportError:
//       class Base: ...
//   class Child(Base): ...      # two definitions of `Base` reach here
//
// Nodes point backwards, to what may have run just before. Conditions keep their expression, so that later phases can
// narrow; this one only knows the static ones (`static_condition.h`), which cut edges.
#ifndef OVERT_CHECKER_BIND_FLOW_H_
#define OVERT_CHECKER_BIND_FLOW_H_

#include <cstdint>

#include "checker/bind/symbols.h"

namespace overt::bind {

enum class FlowKind : uint8_t {
  kStart,        // of a scope
  kUnreachable,  // after return, raise, break, continue, or on a statically false branch
  kDefinition,   // payload: DefId
  kStarImport,   // payload: NodeId of the ImportFrom: may define any name
  kCondition,    // payload: NodeId of the tested expression; `positive` says which way
  kJoin,         // antecedents: a list
  kLoop,         // antecedents: a list, the first from before the loop
};

struct FlowNode {
  FlowKind kind;
  bool positive = true;
  uint16_t count = 0;       // kJoin, kLoop: number of antecedents
  uint32_t antecedent = 0;  // FlowId, or for kJoin and kLoop the offset into ModuleIndex::flow_lists()
  uint32_t payload = 0;
};
static_assert(sizeof(FlowNode) == 12, "flow walks are a hot loop of later phases");

}  // namespace overt::bind

#endif  // OVERT_CHECKER_BIND_FLOW_H_
