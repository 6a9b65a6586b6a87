// Cells of notebooks are documents for VS Code as well. A server that takes notebooks gets them with their notebook, as the client
// does by itself, and is asked about them; to another one they would be files that nobody can read. Which of both it is, its
// answer to `initialize` says.
import type { DocumentSelector, StaticFeature } from "vscode-languageclient/node";

const cells = { scheme: "vscode-notebook-cell", language: "python" };

// `selector`: the client's own, before its features read it.
export function takesNotebooks(selector: DocumentSelector): StaticFeature {
  return {
    fillClientCapabilities() {},
    preInitialize(capabilities) {
      if (capabilities.notebookDocumentSync) selector.push(cells);
    },
    initialize() {},
    getState: () => ({ kind: "static" }),
    clear() {},
  };
}
