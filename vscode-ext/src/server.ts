// The server as the rest of the extension sees it: its state, what it says, and questions to it. Started once, restarted by the
// user, by another choice of program, and after a crash.
import { EventEmitter, window } from "vscode";
import type { CancellationToken, Disposable, Event, LogOutputChannel } from "vscode";
import { CodeLensRequest, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageclient/node";
import type { Middleware } from "vscode-languageclient/node";
import { hideUnwantedLenses } from "./lenses";
import { notify } from "./notifications";
import { others } from "./other_servers";
import type { Requests, Status } from "./protocol";
import type { PythonEnvironment } from "./python_environment";
import { ServerLife } from "./server_life";
import type { ServerState } from "./server_life";
import { chooseProgram } from "./server_program";
import type { ServerProgram } from "./server_program";
import { ServerSession } from "./server_session";
import { answerConfiguration } from "./server_settings";
import { settings } from "./settings";

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
  readonly #life: ServerLife<ServerSession>;
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly #statusTold = new EventEmitter<Status>();
  readonly #gutterChanged = new EventEmitter<void>();
  readonly #extensionPath: string;
  readonly #python: PythonEnvironment;
  #isUnwanted = false;

  readonly onDidChangeState: Event<ServerState> = this.#stateChanged.event;
  readonly onStatus: Event<Status> = this.#statusTold.event;
  readonly onGutterChanged: Event<void> = this.#gutterChanged.event;

  constructor(extensionPath: string, python: PythonEnvironment) {
    this.#extensionPath = extensionPath;
    this.#python = python;
    this.#log = window.createOutputChannel("overt", { log: true });
    this.#messages = window.createOutputChannel("overt messages", { log: true });
    this.#life = new ServerLife((ended) => this.#session(ended), (state, why) => this.#enter(state, why));
  }

  // That of the server that runs.
  get program(): ServerProgram | undefined {
    return this.#life.running?.program;
  }
  get isRunning(): boolean {
    return this.#life.running !== undefined;
  }

  // The first start as well. What goes wrong is told, and nobody waits until it is read.
  restart(): Promise<void> {
    this.#isUnwanted = false;
    return this.#life.restart();
  }

  // Until it is restarted: no other choice of program starts it.
  stop(): Promise<void> {
    this.#isUnwanted = true;
    return this.#life.stop();
  }

  // After a change of what decides which program is started: another one is started, the same one reads its settings anew.
  async reconsider(): Promise<void> {
    await this.#life.settled();
    if (this.#isUnwanted) return;
    const running = this.#life.running;
    const chosen = running && (await this.#chooseProgram().catch(() => undefined));
    const isSame = chosen?.path === running?.program?.path && chosen?.version === running?.program?.version;
    if (running && chosen && isSame) await this.settingsChanged();
    else await this.restart();
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
    const client = this.#life.running?.client;
    if (!client) return undefined;
    try {
      // A token that is undefined would be sent as a second parameter.
      return await (token
        ? client.sendRequest<Requests[M][1]>(method, params, token)
        : client.sendRequest<Requests[M][1]>(method, params));
    } catch (error) {
      if (!(error instanceof ResponseError && quietErrors.includes(error.code))) {
        this.#log.warn(`${method}: ${messageOf(error)}`);
      }
      return undefined;
    }
  }

  // Lenses tell of other files too, and VS Code asks for them anew only where somebody types. Beside a file its older version
  // may be shown, which has no lenses.
  refreshLenses(): void {
    const client = this.#life.running?.client;
    const document = window.visibleTextEditors
      .map((editor) => editor.document)
      .find((one) => one.languageId === "python" && one.uri.scheme === "file");
    if (!client || !document) return;
    client.getFeature(CodeLensRequest.method).getProvider(document)?.onDidChangeCodeLensEmitter.fire();
  }

  // The server asks for its settings again, and is told about the environment that is selected now.
  async settingsChanged(): Promise<void> {
    try {
      await this.#life.running?.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    } catch (error) {
      this.#log.warn(`the server was not told of changed settings: ${messageOf(error)}`);
    }
  }

  #chooseProgram(): Promise<ServerProgram> {
    return chooseProgram(this.#extensionPath, this.#python, this.#log);
  }

  #session(ended: () => void): ServerSession {
    return new ServerSession({
      log: this.#log,
      messages: this.#messages,
      middleware: this.#middleware(),
      chooseProgram: () => this.#chooseProgram(),
      onStatus: (status) => this.#statusTold.fire(status),
      onGutterChanged: () => {
        this.#gutterChanged.fire();
        this.refreshLenses();
      },
      onEnd: ended,
    });
  }

  #middleware(): Middleware {
    return {
      workspace: { configuration: (params) => answerConfiguration(params, this.#python) as Promise<never[]> },
      provideCodeLenses: async (document, token, next) => hideUnwantedLenses(document, await next(document, token)),
      provideDocumentSymbols: (document, token, next) =>
        !settings.isFull(document.uri) && others.showOutline(document.uri) ? undefined : next(document, token),
      provideCompletionItem: (document, position, context, token, next) =>
        !settings.isFull(document.uri) && others.completeOverrides(document.uri) ? undefined : next(document, position, context, token),
    };
  }

  #enter(state: ServerState, why: unknown): void {
    this.#stateChanged.fire(state);
    if (why !== undefined) void this.#tell(state === "failed" ? "overt could not start" : "overt stopped", why);
  }

  async #tell(what: string, why: unknown): Promise<void> {
    const text = `${what}: ${messageOf(why)}`;
    this.#log.error(text);
    const answer = await notify("error", text, "Restart", "Show Logs");
    if (answer === "Restart") await this.restart();
    else if (answer) this.showLogs();
  }

  async dispose(): Promise<void> {
    await this.#life.dispose();
    for (const one of [this.#stateChanged, this.#statusTold, this.#gutterChanged, this.#log, this.#messages]) one.dispose();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
