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

// What needs no more than to be named.
template <const char* kProvider>
void Advertise(const Client&, Json& capabilities) {
  capabilities[kProvider] = true;
}
constexpr char kHover[] = "hoverProvider", kDefinition[] = "definitionProvider", kDeclaration[] = "declarationProvider",
               kImplementation[] = "implementationProvider", kTypeHierarchy[] = "typeHierarchyProvider",
               kCallHierarchy[] = "callHierarchyProvider", kSymbols[] = "documentSymbolProvider",
               kWorkspaceSymbols[] = "workspaceSymbolProvider";

void AdvertiseCodeLens(const Client&, Json& capabilities) {
  capabilities["codeLensProvider"] = {{"resolveProvider", true}};
}

void AdvertiseDocumentLinks(const Client&, Json& capabilities) {
  capabilities["documentLinkProvider"] = {{"resolveProvider", false}};
}

void AdvertiseInlayHints(const Client& client, Json& capabilities) {
  if (client.shows_inlay_hints) capabilities["inlayHintProvider"] = true;
}

// The legend is that of semantic_tokens.h.
void AdvertiseSemanticTokens(const Client& client, Json& capabilities) {
  if (!client.shows_semantic_tokens) return;
  capabilities["semanticTokensProvider"] = {{"legend",
                                             {{"tokenTypes", {"class", "method", "property"}},
                                              {"tokenModifiers", {"override", "abstract", "inherited", "final"}}}},
                                            {"full", true}};
}

// After `def ` and with each letter of the name.
void AdvertiseCompletion(const Client&, Json& capabilities) {
  capabilities["completionProvider"] = {{"triggerCharacters", {" "}}, {"resolveProvider", false}};
}

void AdvertiseCodeActions(const Client& client, Json& capabilities) {
  if (!client.code_action_literals) return;
  capabilities["codeActionProvider"] = {
      {"codeActionKinds", {"quickfix", "refactor.rewrite", "source.fixAll.overt", "source.addOverride.overt"}},
      {"resolveProvider", client.resolves_action_edits}};
}

void AdvertiseCommands(const Client& client, Json& capabilities) {
  if (client.applies_edits)
    capabilities["executeCommandProvider"] = {{"commands", CommandNames()}, {"workDoneProgress", true}};
}

using Needs = RequestRow::Needs;
constexpr RequestRow kRows[] = {
    {"textDocument/diagnostic", Needs::kDocument, OnDocumentDiagnostic, AdvertiseDiagnostics},
    {"workspace/diagnostic", Needs::kNothing, OnWorkspaceDiagnostic, nullptr},
    {"textDocument/hover", Needs::kPosition, OnHover, Advertise<kHover>, "hover"},
    {"textDocument/definition", Needs::kPosition, OnDefinition, Advertise<kDefinition>, "definition"},
    {"textDocument/declaration", Needs::kPosition, OnDeclaration, Advertise<kDeclaration>, "declaration"},
    {"textDocument/implementation", Needs::kPosition, OnImplementation, Advertise<kImplementation>, "implementation"},
    {"textDocument/prepareTypeHierarchy", Needs::kPosition, OnPrepareTypeHierarchy, Advertise<kTypeHierarchy>,
     "typeHierarchy"},
    {"typeHierarchy/supertypes", Needs::kNothing, OnSupertypes, nullptr},
    {"typeHierarchy/subtypes", Needs::kNothing, OnSubtypes, nullptr},
    {"textDocument/prepareCallHierarchy", Needs::kPosition, OnPrepareCallHierarchy, Advertise<kCallHierarchy>,
     "callHierarchy", /*is_main_servers=*/true},
    {"callHierarchy/incomingCalls", Needs::kNothing, OnIncomingCalls, nullptr},
    {"callHierarchy/outgoingCalls", Needs::kNothing, OnOutgoingCalls, nullptr},
    {"textDocument/documentSymbol", Needs::kDocument, OnDocumentSymbol, Advertise<kSymbols>, "documentSymbol"},
    {"workspace/symbol", Needs::kNothing, OnWorkspaceSymbol, Advertise<kWorkspaceSymbols>, "workspaceSymbol"},
    {"textDocument/documentLink", Needs::kDocument, OnDocumentLink, AdvertiseDocumentLinks, "documentLink"},
    {"textDocument/codeLens", Needs::kDocument, OnCodeLens, AdvertiseCodeLens, "codeLens"},
    {"codeLens/resolve", Needs::kNothing, OnResolveCodeLens, nullptr},
    {"textDocument/inlayHint", Needs::kDocument, OnInlayHint, AdvertiseInlayHints, "inlayHint"},
    {"textDocument/semanticTokens/full", Needs::kDocument, OnSemanticTokens, AdvertiseSemanticTokens, "semanticTokens",
     /*is_main_servers=*/true},
    {"textDocument/completion", Needs::kPosition, OnCompletion, AdvertiseCompletion, "completion"},
    {"textDocument/codeAction", Needs::kDocument, OnCodeAction, AdvertiseCodeActions, "codeAction"},
    {"codeAction/resolve", Needs::kNothing, OnResolveCodeAction, nullptr},
    {"workspace/executeCommand", Needs::kNothing, OnExecuteCommand, AdvertiseCommands},
    {"overt/superMember", Needs::kPosition, OnSuperMember, nullptr},
    {"overt/impact", Needs::kPosition, OnImpact, nullptr},
    {"overt/gutter", Needs::kDocument, OnGutter, nullptr},
    {"overt/overridable", Needs::kPosition, OnOverridable, nullptr},
    {"overt/explain", Needs::kNothing, OnExplain, nullptr},
    {"overt/debugInfo", Needs::kNothing, OnDebugInfo, nullptr},
    {"overt/environment", Needs::kNothing, OnEnvironment, nullptr},
};

}  // namespace

absl::Span<const RequestRow> RequestRows() { return kRows; }

const RequestRow* FindRequest(absl::string_view method) {
  for (const RequestRow& row : kRows) {
    if (row.method == method) return &row;
  }
  return nullptr;
}

bool IsBesideFindings(const RequestRow& row) {
  return row.handler == OnGutter || (!row.feature.empty() && row.handler != OnCodeAction);
}

std::vector<absl::string_view> FeatureNames() {
  std::vector<absl::string_view> names;
  for (const RequestRow& row : kRows) {
    if (!row.feature.empty()) names.push_back(row.feature);
  }
  return names;
}

std::string DocumentUriOf(const Json& params) {
  std::string uri = StringAt(params, {"textDocument", "uri"});
  if (uri.empty()) uri = StringAt(params, {"item", "data", "document"});
  if (uri.empty()) uri = StringAt(params, {"data", "document"});
  if (!uri.empty()) return uri;
  // A command's first argument.
  const Json* arguments = Find(params, {"arguments"});
  const bool has_one = arguments != nullptr && arguments->is_array() && !arguments->empty();
  return has_one && arguments->front().is_string() ? arguments->front().get<std::string>() : "";
}

std::string ProblemOf(const RequestRow& row, const Json& params) {
  if (!params.is_null() && !params.is_structured()) return "`params` is neither an object nor a list";
  if (row.needs == Needs::kNothing) return "";
  if (DocumentUriOf(params).empty()) return "no document is named";
  bool is_negative = false;
  const bool has_position = ReadPosition(Find(params, {"position"}), &is_negative).has_value() && !is_negative;
  return has_position || row.needs != Needs::kPosition ? "" : "`position` is none";
}

}  // namespace overt::lsp
