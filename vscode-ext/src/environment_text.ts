// "Show Environment": a text of its own, read-only, which nobody is asked to save.
import { EventEmitter, Uri, window, workspace } from "vscode";
import type { Disposable } from "vscode";
import type { OvertServer } from "./server";

const scheme = "overt-environment";
const uri = Uri.parse(`${scheme}:overt environment`);

export class EnvironmentText implements Disposable {
  readonly #server: OvertServer;
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration: Disposable;
  #text = "";

  constructor(server: OvertServer) {
    this.#server = server;
    this.#registration = workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#text,
    });
  }

  // Of the project that the active file belongs to, else of the first folder.
  async show(): Promise<void> {
    const document = window.activeTextEditor?.document;
    const isAsked = document?.languageId === "python" && document.uri.scheme === "file";
    const answer = await this.#server.ask(
      "overt/environment",
      isAsked ? { textDocument: { uri: document.uri.toString() } } : {},
    );
    const { program } = this.#server;
    const lines = program ? [`overt ${program.version} (${program.origin}): ${program.path}`, ""] : [];
    lines.push(answer?.text ?? "The server does not tell: see its log (overt: Show Server Logs).");
    this.#text = lines.join("\n");
    this.#changed.fire(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
