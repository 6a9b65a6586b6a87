// The requests that are answered by looking at a snapshot: one row each, so that a feature plugs in with a function.
//
//   {"textDocument/hover", OnHover, Advertise…}       in `requests.cc`
//
// A handler runs on a helper thread. It may take its time: while it does, `call.cancelled` tells whether anybody still
// wants the answer. Lifecycle, texts and settings are the server's own business (`server.h`).
#ifndef OVERT_CHECKER_LSP_REQUESTS_H_
#define OVERT_CHECKER_LSP_REQUESTS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "checker/lsp/analysis.h"
#include "checker/lsp/client.h"
#include "checker/lsp/connection.h"

namespace overt::lsp {

struct RequestContext {
  const Call& call;
  const View& view;
  const Client& client;
  Connection& connection;
};

// The answer, or why there is none: kInvalidArgument (InvalidParams), kAborted (ServerCancelled, ask again), everything
// else is InternalError.
struct RequestResult {
  absl::Status status;
  Json value;
};
inline RequestResult Answered(Json value) { return {absl::OkStatus(), std::move(value)}; }
inline RequestResult Failed(absl::Status status) { return {std::move(status), Json()}; }

using RequestHandler = RequestResult (*)(const RequestContext& context);

struct RequestRow {
  absl::string_view method;
  RequestHandler handler;
  void (*advertise)(const Client& client, Json& capabilities);  // null: nothing to say
};

absl::Span<const RequestRow> RequestRows();
const RequestRow* FindRequest(absl::string_view method);

// `textDocument/diagnostic` and `workspace/diagnostic` (pull_diagnostics.cc).
RequestResult OnDocumentDiagnostic(const RequestContext& context);
RequestResult OnWorkspaceDiagnostic(const RequestContext& context);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_REQUESTS_H_
