// The last step of binding: definitions, each with a scope and a name, become symbols.
//
//   def f():
//       global x
//       x = 1       # written down for f; belongs to the module's `x`, flagged kFromInner
//
// Private to this folder.
#ifndef OVERT_CHECKER_BIND_SYMBOL_TABLE_H_
#define OVERT_CHECKER_BIND_SYMBOL_TABLE_H_

#include <vector>

#include "checker/bind/binder.h"

namespace overt::bind {

class SymbolTableBuilder {
 public:
  SymbolTableBuilder(ModuleIndex& index, std::vector<NameId> names, std::vector<ScopeDeclaration> declarations,
                     std::vector<StoreCandidate> candidates, bool receiver_rebound);
  void Build();

 private:
  void Redirect();
  ScopeId NonlocalScope(ScopeId scope, NameId name) const;
  void Group();
  std::vector<uint32_t> Order() const;
  void DropForeignStores();
  bool IsOwnStore(const StoreCandidate& candidate) const;
  bool StillMeansReceiver(const StoreCandidate& candidate, SymbolId symbol) const;
  void ArrangeScopes();
  void HashModuleNames();

  ModuleIndex& index_;
  std::vector<NameId> names_;    // by DefId
  std::vector<ScopeId> scopes_;  // by DefId: where the name is bound; none if that is not known
  std::vector<ScopeDeclaration> declarations_;
  std::vector<StoreCandidate> candidates_;
  bool receiver_rebound_;
  absl::flat_hash_map<std::pair<ScopeId, NameId>, uint8_t> declared_;
  absl::flat_hash_map<std::pair<ScopeId, NameId>, bool> bound_;  // of the names that are `nonlocal` somewhere
};

}  // namespace overt::bind

#endif  // OVERT_CHECKER_BIND_SYMBOL_TABLE_H_
