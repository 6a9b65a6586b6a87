#include "checker/lsp/requests.h"

namespace overt::lsp {
namespace {

void AdvertiseDiagnostics(const Client& client, Json& capabilities) {
  if (!client.pulls_diagnostics) return;
  capabilities["diagnosticProvider"] = {{"identifier", "overt"},
                                        {"interFileDependencies", true},
                                        {"workspaceDiagnostics", true},
                                        {"workDoneProgress", true}};
}

constexpr RequestRow kRows[] = {
    {"textDocument/diagnostic", OnDocumentDiagnostic, AdvertiseDiagnostics},
    {"workspace/diagnostic", OnWorkspaceDiagnostic, nullptr},
};

}  // namespace

absl::Span<const RequestRow> RequestRows() { return kRows; }

const RequestRow* FindRequest(absl::string_view method) {
  for (const RequestRow& row : kRows) {
    if (row.method == method) return &row;
  }
  return nullptr;
}

}  // namespace overt::lsp
