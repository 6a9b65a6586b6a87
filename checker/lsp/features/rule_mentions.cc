#include "checker/lsp/features/rule_mentions.h"

namespace overt::lsp {

std::vector<driver::NamedRule> RulesNamedInComments(const driver::Snapshot& snapshot, FileId file) {
  std::vector<driver::NamedRule> found;
  const bind::ModuleIndex* index = snapshot.program->Index(file);
  if (index == nullptr) return found;
  const SuppressionTable suppressions = index->MakeSuppressions();
  for (const Suppression& suppression : suppressions.all()) {
    for (const SuppressionEntry& entry : suppression.entries) {
      if (!entry.name.empty() && !entry.rules.empty()) found.push_back({entry.range, entry.name});
    }
  }
  return found;
}

}  // namespace overt::lsp
