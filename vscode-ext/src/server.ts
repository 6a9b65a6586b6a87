// The server and its life: started once, restarted by the user, by another choice of program, and after a crash.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { EventEmitter, window, workspace } from "vscode";
import type { CancellationToken, Disposable, Event, LogOutputChannel } from "vscode";
import {
  CodeLensRequest,
  ErrorCodes,
  LSPErrorCodes,
  LanguageClient,
  ResponseError,
  RevealOutputChannelOn,
  State,
} from "vscode-languageclient/node";
import type { DocumentSelector, Middleware, StaticFeature } from "vscode-languageclient/node";
import { hideUnwantedLenses } from "./lenses";
import { others } from "./other_servers";
import { gutterChangedNotification, statusNotification } from "./protocol";
import type { Requests, Status } from "./protocol";
import type { PythonEnvironment } from "./python_environment";
import { chooseProgram } from "./server_program";
import type { ServerProgram } from "./server_program";
import { answerConfiguration } from "./server_settings";

export const selector: DocumentSelector = [
  { scheme: "file", language: "python" },
  { scheme: "file", pattern: "**/{overt,pyproject}.toml" }, // their mistakes are findings too
];

// The server sends its own notifications, and lenses with a command, only to a client that says that it knows them.
const knowsOvert: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), overt: true };
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};

// Answers that mean "not now" or "not this server", which nobody needs to read about.
const quietErrors: number[] = [
  ErrorCodes.MethodNotFound,
  LSPErrorCodes.RequestCancelled,
  LSPErrorCodes.ServerCancelled,
  LSPErrorCodes.ContentModified,
];

export class OvertServer implements Disposable {
  readonly #log: LogOutputChannel;
  readonly #messages: LogOutputChannel;
  readonly #client: LanguageClient;
  readonly #stateChanged = new EventEmitter<State>();
  readonly #statusTold = new EventEmitter<Status>();
  readonly #gutterChanged = new EventEmitter<void>();
  readonly #extensionPath: string;
  readonly #python: PythonEnvironment;
  #program: ServerProgram | undefined;

  readonly onDidChangeState: Event<State> = this.#stateChanged.event;
  readonly onStatus: Event<Status> = this.#statusTold.event;
  readonly onGutterChanged: Event<void> = this.#gutterChanged.event;

  constructor(extensionPath: string, python: PythonEnvironment) {
    this.#extensionPath = extensionPath;
    this.#python = python;
    this.#log = window.createOutputChannel("overt", { log: true });
    this.#messages = window.createOutputChannel("overt messages", { log: true });
    this.#client = new LanguageClient("overt", "overt", () => this.#spawn(), {
      documentSelector: selector,
      outputChannel: this.#log,
      traceOutputChannel: this.#messages,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: this.#middleware(),
    });
    this.#client.registerFeature(knowsOvert);
    this.#client.onDidChangeState(({ newState }) => this.#stateChanged.fire(newState));
    this.#client.onNotification(statusNotification, (status) => this.#statusTold.fire(status));
    this.#client.onNotification(gutterChangedNotification, () => {
      this.#gutterChanged.fire();
      this.refreshLenses();
    });
  }

  get program(): ServerProgram | undefined {
    return this.#program;
  }
  get isRunning(): boolean {
    return this.#client.state === State.Running;
  }
  get converter(): LanguageClient["protocol2CodeConverter"] {
    return this.#client.protocol2CodeConverter;
  }

  async start(): Promise<void> {
    await this.#orTell("overt does not start", () => this.#client.start());
  }
  async restart(): Promise<void> {
    await this.#orTell("overt does not start", async () => {
      if (this.#client.state !== State.Stopped) await this.#client.stop();
      await this.#client.start();
    });
  }
  showLogs(): void {
    this.#log.show();
  }

  // The answer; nothing while the server is away, does not know the request or would rather not answer now.
  async ask<M extends keyof Requests>(
    method: M,
    params: Requests[M][0],
    token?: CancellationToken,
  ): Promise<Requests[M][1] | undefined> {
    if (!this.isRunning) return undefined;
    try {
      // A token that is undefined would be sent as a second parameter.
      return await (token
        ? this.#client.sendRequest<Requests[M][1]>(method, params, token)
        : this.#client.sendRequest<Requests[M][1]>(method, params));
    } catch (error) {
      if (!(error instanceof ResponseError && quietErrors.includes(error.code))) {
        this.#log.warn(`${method}: ${error instanceof Error ? error.message : String(error)}`);
      }
      return undefined;
    }
  }

  // Lenses tell of other files too, and VS Code asks for them anew only where somebody types.
  refreshLenses(): void {
    const document = window.visibleTextEditors.map((editor) => editor.document).find((one) => one.languageId === "python");
    if (!document || !this.isRunning) return;
    this.#client.getFeature(CodeLensRequest.method).getProvider(document)?.onDidChangeCodeLensEmitter.fire();
  }

  // The server asks for its settings again, and is told about the environment that is selected now.
  async settingsChanged(): Promise<void> {
    if (this.isRunning) await this.#client.sendNotification("workspace/didChangeConfiguration", { settings: null });
  }

  async #spawn(): Promise<ChildProcess> {
    const program = await chooseProgram(this.#extensionPath, this.#python, this.#log);
    this.#program = program;
    this.#log.info(`overt ${program.version} (${program.origin}): ${program.path}`);
    const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
    return spawn(program.path, ["server"], folder ? { cwd: folder } : {});
  }

  #middleware(): Middleware {
    return {
      workspace: { configuration: (params) => answerConfiguration(params, this.#python) as Promise<never[]> },
      provideCodeLenses: async (document, token, next) => hideUnwantedLenses(document, await next(document, token)),
      provideDocumentSymbols: (document, token, next) =>
        others.showOutline() ? undefined : next(document, token),
      provideCompletionItem: (document, position, context, token, next) =>
        others.completeOverrides() ? undefined : next(document, position, context, token),
    };
  }

  async #orTell(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#log.error(`${what}: ${why}`);
      const answer = await window.showErrorMessage(`${what}: ${why}`, "Show Logs");
      if (answer) this.showLogs();
    }
  }

  async dispose(): Promise<void> {
    if (this.#client.state !== State.Stopped) await this.#client.stop();
    await this.#client.dispose();
    for (const one of [this.#stateChanged, this.#statusTold, this.#gutterChanged, this.#log, this.#messages]) one.dispose();
  }
}
