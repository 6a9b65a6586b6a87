// Findings in the protocol's words.
//
//   {"range": …, "severity": 1, "code": "override-without-base", "source": "overt", "message": "…",
//    "relatedInformation": [the base member], "tags": [1], "data": {"rule": …},
//    "codeDescription": {"href": the rule's page}}
//
// The message is the title as the command line prints it, then its notes, a line each.
#ifndef OVERT_CHECKER_LSP_DIAGNOSTICS_JSON_H_
#define OVERT_CHECKER_LSP_DIAGNOSTICS_JSON_H_

#include <string>
#include <vector>

#include "checker/driver/config.h"
#include "checker/driver/session.h"
#include "checker/lsp/client.h"
#include "checker/lsp/place_json.h"

namespace overt::lsp {

// A list of diagnostics. `open` gives URIs as the client spells them. `extent`: only those that begin there, which is
// what a cell shows of its notebook (`Document::extent`).
Json WriteFindings(const driver::FileReport& report, const Client& client, const OpenDocuments& open,
                   TextRange extent = {0, UINT32_MAX});

// The same for problems of a configuration file with that text.
Json WriteConfigProblems(const std::vector<driver::ConfigProblem>& problems, absl::string_view text,
                         const Client& client);

// Equal for equal lists: `resultId`.
std::string ResultId(const Json& items);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_DIAGNOSTICS_JSON_H_
