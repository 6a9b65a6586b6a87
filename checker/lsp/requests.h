// The requests that are answered by looking at a snapshot: one row each, so that a feature plugs in with a function.
//
//   {"textDocument/hover", OnHover, Advertise…}       in `requests.cc`
//
// A handler runs on a helper thread. It may take its time: while it does, `call.cancelled` tells whether anybody still
// wants the answer. Lifecycle, texts and settings are the server's own business (`server.h`).
#ifndef OVERT_CHECKER_LSP_REQUESTS_H_
#define OVERT_CHECKER_LSP_REQUESTS_H_

#include <utility>
#include <vector>

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
  // What the parameters must name for the request to mean anything.
  enum class Needs : uint8_t { kNothing, kDocument, kPosition };

  absl::string_view method;
  Needs needs;
  RequestHandler handler;
  void (*advertise)(const Client& client, Json& capabilities);  // null: nothing to say
  absl::string_view feature = "";                               // what people switch it off by; empty: nobody can
  // The user's main server has more to say, and editors ask one server alone: overt offers it to who wants everything.
  bool is_main_servers = false;
};

absl::Span<const RequestRow> RequestRows();
const RequestRow* FindRequest(absl::string_view method);
// Whether it is about something else than findings and what is done about them.
bool IsBesideFindings(const RequestRow& row);
// Each once: "hover", "definition", …
std::vector<absl::string_view> FeatureNames();

// The URI of the open document that a request is about, in whichever of its parameters that stands; or empty.
std::string DocumentUriOf(const Json& params);
// Why nobody can answer a request with these parameters; empty if they will do. What lies past an end will do.
std::string ProblemOf(const RequestRow& row, const Json& params);

// `textDocument/diagnostic` and `workspace/diagnostic` (pull_diagnostics.cc).
RequestResult OnDocumentDiagnostic(const RequestContext& context);
RequestResult OnWorkspaceDiagnostic(const RequestContext& context);

// navigation_requests.cc
RequestResult OnHover(const RequestContext& context);
RequestResult OnDefinition(const RequestContext& context);
RequestResult OnDeclaration(const RequestContext& context);
RequestResult OnImplementation(const RequestContext& context);
RequestResult OnSuperMember(const RequestContext& context);  // `overt/superMember`: a list of locations
RequestResult OnImpact(const RequestContext& context);       // `overt/impact`: what `overt impact` prints as JSON

// hierarchy_requests.cc
RequestResult OnPrepareTypeHierarchy(const RequestContext& context);
RequestResult OnSupertypes(const RequestContext& context);
RequestResult OnSubtypes(const RequestContext& context);
RequestResult OnPrepareCallHierarchy(const RequestContext& context);
RequestResult OnIncomingCalls(const RequestContext& context);
RequestResult OnOutgoingCalls(const RequestContext& context);

// outline_requests.cc
RequestResult OnDocumentSymbol(const RequestContext& context);
RequestResult OnCodeLens(const RequestContext& context);
RequestResult OnResolveCodeLens(const RequestContext& context);
RequestResult OnInlayHint(const RequestContext& context);
RequestResult OnSemanticTokens(const RequestContext& context);
RequestResult OnGutter(const RequestContext& context);  // `overt/gutter`: [{range, kind, text}]

// rule_requests.cc
RequestResult OnDocumentLink(const RequestContext& context);

// workspace_symbol_request.cc
RequestResult OnWorkspaceSymbol(const RequestContext& context);

// completion_request.cc, code_actions.cc
RequestResult OnCompletion(const RequestContext& context);
RequestResult OnOverridable(const RequestContext& context);  // `overt/overridable`: [{name, detail, isAbstract}]
RequestResult OnCodeAction(const RequestContext& context);
RequestResult OnResolveCodeAction(const RequestContext& context);

// commands.cc
Json CommandNames();
RequestResult OnExecuteCommand(const RequestContext& context);
RequestResult OnEnvironment(const RequestContext& context);  // `overt/environment`: {text, python, version}
RequestResult OnDebugInfo(const RequestContext& context);    // `overt/debugInfo`: see debug_info.cc
RequestResult OnExplain(const RequestContext& context);      // `overt/explain` of {rule}: {rule, text} in Markdown

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_REQUESTS_H_
