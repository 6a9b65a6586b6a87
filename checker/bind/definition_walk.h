// The walk from a place back to the definitions of one name that may reach it.
//
//   x = 1
//   if c: x = 2
//   use(x)          # from here: `x = 2`, and past the condition `x = 1`
//
// Linear in what it visits, each node once, on a stack of its own; long stretches without the name are leapt over by
// FlowSuites. Private to this folder; ask `ModuleIndex::ReachingDefinitions`.
#ifndef OVERT_CHECKER_BIND_DEFINITION_WALK_H_
#define OVERT_CHECKER_BIND_DEFINITION_WALK_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "checker/bind/module_index.h"

namespace overt::bind {

class DefinitionWalk {
 public:
  // Steps taken one by one before it is worth while to look for a leap.
  static constexpr uint32_t kPatience = 32;

  DefinitionWalk(const ModuleIndex& index, SymbolId symbol, uint32_t patience = kPatience);

  void From(FlowId flow);
  void FromEnd();
  std::vector<DefId> Take(bool* may_be_unbound) &&;

 private:
  void Follow(uint32_t flow);
  uint32_t Start(uint32_t flow);
  uint32_t Leap(uint32_t flow);
  uint32_t SuiteOf(uint32_t flow) const;
  bool FirstVisit(uint32_t flow);
  bool EndsPath(DefId id);
  void AddAllLive();
  void AddFromFunctions();
  ScopeId Runner(ScopeId scope) const;

  const ModuleIndex& index_;
  SymbolId symbol_;
  uint32_t patience_;
  absl::InlinedVector<uint32_t, 16> todo_;
  absl::InlinedVector<uint32_t, 32> positions_;  // flow nodes of the symbol's definitions, ascending
  absl::flat_hash_set<uint32_t> visited_;        // from the first join on
  std::vector<DefId> found_;
  uint32_t steps_ = 0;
  bool joined_ = false;
  bool positions_known_ = false;
  bool went_to_end_ = false;
  bool unbound_ = false;
};

}  // namespace overt::bind

#endif  // OVERT_CHECKER_BIND_DEFINITION_WALK_H_
