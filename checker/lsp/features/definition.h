// From an override to what it overrides, and from `super()` to what it reaches.
//
//   class Child(Base):
//       @override                      # to Base.run
//       def run(self):                 # the name: to Base.run
//           super().run()              # `run`: to Base.run; `super()`: to Base
#ifndef OVERT_CHECKER_LSP_FEATURES_DEFINITION_H_
#define OVERT_CHECKER_LSP_FEATURES_DEFINITION_H_

#include <vector>

#include "checker/lsp/features/relations.h"

namespace overt::lsp {

// Empty where overt has nothing to add to what the user's main server answers.
std::vector<Target> DefinitionAt(const driver::Snapshot& snapshot, FileId file, uint32_t offset);

// The member that no further base has: where the name was first declared, on each way up.
std::vector<Target> DeclarationAt(const driver::Snapshot& snapshot, FileId file, uint32_t offset);

// What the method or attribute overrides in whose definition `offset` stands, wherever in it; the innermost that a
// class body binds.
std::vector<Target> SuperMembersAround(const driver::Snapshot& snapshot, FileId file, uint32_t offset);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_DEFINITION_H_
