// The rules that an open configuration names, for requests about it: it is no file of a snapshot.
//
//   [rules]
//   missing-override = "warn"      # {its range, "missing-override"}
#ifndef OVERT_CHECKER_LSP_RULE_NAMES_H_
#define OVERT_CHECKER_LSP_RULE_NAMES_H_

#include <vector>

#include "checker/driver/config_file.h"
#include "checker/lsp/requests.h"

namespace overt::lsp {

// Ranges are bytes of the document's text. Nothing if the request's document is no configuration.
std::vector<driver::NamedRule> RulesNamedInConfig(const RequestContext& context);
Json RangeInConfig(const RequestContext& context, TextRange range);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_RULE_NAMES_H_
