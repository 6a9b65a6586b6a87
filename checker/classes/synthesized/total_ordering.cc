// Source: CPython's Lib/functools.py (`total_ordering`): what the class or an ancestor below `object` defines stays.
#include "checker/classes/synthesized/synthesized.h"

namespace overt::classes {

using bind::ModuleIndex;

void AddTotalOrderingMembers(const MemberTarget& target) {
  Engine& engine = target.engine;
  const MroInfo& mro = MroAlone(engine, target.info.ref);
  for (const absl::string_view name : {"__lt__", "__le__", "__gt__", "__ge__"}) {
    bool is_defined = false;
    for (const ClassRef ref : mro.order) {
      const ModuleIndex* index = engine.program.Index(ref.file);
      if (index == nullptr || index->ast().kind(ref.node) != grammar::NodeKind::kClassDef) continue;
      is_defined |= index->Find(index->ScopeOpenedBy(ref.node), name).present();
    }
    if (!is_defined) AddSynthesized(target, name);
  }
}

}  // namespace overt::classes
