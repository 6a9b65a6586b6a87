// The rules that a file's comments name.
//
//   x = legacy()          # overt: ignore[override-without-base]
//                                         ^^^^^^^^^^^^^^^^^^^^^ {its range, "override-without-base"}
//
// Names of other tools' rules are none. What a configuration names is told by `driver::RulesNamedIn`.
#ifndef OVERT_CHECKER_LSP_FEATURES_RULE_MENTIONS_H_
#define OVERT_CHECKER_LSP_FEATURES_RULE_MENTIONS_H_

#include <vector>

#include "checker/driver/config_file.h"
#include "checker/driver/session.h"

namespace overt::lsp {

// In the order of the text. Without those that stand for no rule.
std::vector<driver::NamedRule> RulesNamedInComments(const driver::Snapshot& snapshot, FileId file);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_RULE_MENTIONS_H_
