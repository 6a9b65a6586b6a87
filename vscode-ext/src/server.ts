// The server as the rest of the extension sees it: its state, what it says, and questions to it. Started once, restarted by the
// user, by another choice of program, and after a crash.
import { EventEmitter, window, workspace } from "vscode";
import type { CancellationToken, Disposable, Event, LogOutputChannel, Uri } from "vscode";
import { CodeLensRequest, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageclient/node";
import type { Middleware, WorkspaceEdit } from "vscode-languageclient/node";
import { hideUnwantedLenses } from "./lenses";
import { notify } from "./notifications";
import { others } from "./other_servers";
import { folderOf } from "./paths";
import type { Presets } from "./presets";
import { askProject, wordsFor } from "./program_words";
import type { Wishes } from "./program_words";
import type { Requests, Status } from "./protocol";
import type { PythonEnvironment } from "./python_environment";
import { ServerLife } from "./server_life";
import type { ServerState } from "./server_life";
import { chooseProgram } from "./server_program";
import type { ServerProgram } from "./server_program";
import { ServerSession } from "./server_session";
import { answerConfiguration } from "./server_settings";
import { settings } from "./settings";

// Answers that mean "not now", which nobody needs to read about.
const quietErrors: number[] = [
  LSPErrorCodes.RequestCancelled,
  LSPErrorCodes.ServerCancelled,
  LSPErrorCodes.ContentModified,
];

// "unknown": this server does not know the request. "failed": it is away, or would rather not answer now.
export type Outcome<T> = { is: "answered"; value: T } | { is: "unknown" | "failed" };

export class OvertServer implements Disposable {
  readonly #log: LogOutputChannel;
  readonly #messages: LogOutputChannel;
  readonly #life: ServerLife<ServerSession>;
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly #statusTold = new EventEmitter<Status>();
  readonly #gutterChanged = new EventEmitter<void>();
  readonly #extensionPath: string;
  readonly #python: PythonEnvironment;
  readonly #presets: Presets;
  #isUnwanted = false;

  readonly onDidChangeState: Event<ServerState> = this.#stateChanged.event;
  readonly onStatus: Event<Status> = this.#statusTold.event;
  readonly onGutterChanged: Event<void> = this.#gutterChanged.event;

  constructor(extensionPath: string, python: PythonEnvironment, presets: Presets) {
    this.#extensionPath = extensionPath;
    this.#python = python;
    this.#presets = presets;
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
    const outcome = await this.askOutcome(method, params, token);
    return outcome.is === "answered" ? outcome.value : undefined;
  }

  // For those who tell people why there is no answer.
  async askOutcome<M extends keyof Requests>(
    method: M,
    params: Requests[M][0],
    token?: CancellationToken,
  ): Promise<Outcome<Requests[M][1]>> {
    const client = this.#life.running?.client;
    if (!client) return { is: "failed" };
    try {
      // A token that is undefined would be sent as a second parameter.
      const value = await (token
        ? client.sendRequest<Requests[M][1]>(method, params, token)
        : client.sendRequest<Requests[M][1]>(method, params));
      return { is: "answered", value };
    } catch (error) {
      const code = error instanceof ResponseError ? error.code : undefined;
      if (code === ErrorCodes.MethodNotFound) return { is: "unknown" };
      if (code === undefined || !quietErrors.includes(code)) this.#log.warn(`${method}: ${messageOf(error)}`);
      return { is: "failed" };
    }
  }

  // An edit that the server wrote. False if VS Code did not make it.
  async applyEdit(edit: WorkspaceEdit): Promise<boolean> {
    const client = this.#life.running?.client;
    if (!client) return false;
    return workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit));
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

  // That of the server that runs, else the one that would be started.
  async programToStart(): Promise<ServerProgram | undefined> {
    return this.program ?? (await this.#chooseProgram().catch(() => undefined));
  }

  // What a program that is started beside the server must be told, so that it goes by the same settings.
  async settingWords(scope: Uri | undefined, program: string): Promise<string[]> {
    const configurationFile = settings.configurationFile(scope);
    const preset = this.#presets.nameFor(scope);
    const wishes: Wishes = {
      configurationFile,
      configuration: { ...settings.configuration(scope), ...(preset && { preset }) },
      preference: settings.configurationPreference(scope),
      interpreter: settings.interpreter(scope) || (await this.#python.interpreterFor(scope)) || "",
    };
    return wordsFor(wishes, await askProject(program, folderOf(scope), configurationFile));
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
      workspace: { configuration: (params) => answerConfiguration(params, this.#python, this.#presets) as Promise<never[]> },
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
