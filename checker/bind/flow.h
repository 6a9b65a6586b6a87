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

// Flow 0: nothing gets here.
inline constexpr FlowId kUnreachableFlow{0};

enum class FlowKind : uint8_t {
  kStart,        // of a scope, payload: ScopeId; antecedent: the flow around for classes and comprehensions, which run
                 // where they stand, and 0 for the module, functions and lambdas. Parameters are bound here
  kUnreachable,  // after return, raise, break, continue, or on a statically false branch
  kDefinition,   // payload: DefId
  kStarImport,   // payload: NodeId of the ImportFrom: may define any name
  kCondition,    // payload: NodeId of the tested expression, or of the MatchCase; `positive` says which way
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

// A stretch of flow nodes that run one after the other: the body of a branch, a loop, a function. Walks that look for
// one name use them to leap over what cannot matter, so that a question costs the nesting, not the length of the file.
struct FlowSuite {
  uint32_t begin = 0;  // nodes [begin, end), those of suites within included
  uint32_t end = 0;
  uint32_t entry = 0;  // the flow just before the first of them
  uint32_t after = 0;  // the flow after the whole compound statement that the suite is a part of
  uint32_t parent = UINT32_MAX;
};

}  // namespace overt::bind

#endif  // OVERT_CHECKER_BIND_FLOW_H_
