// One server: its process and the client that speaks to it.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { workspace } from "vscode";
import type { LogOutputChannel } from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } from "vscode-languageclient/node";
import type { DocumentSelector, ErrorHandler, Middleware, StaticFeature } from "vscode-languageclient/node";
import { within } from "./limits";
import { takesNotebooks } from "./notebooks";
import { gutterChangedNotification, statusNotification } from "./protocol";
import type { Status } from "./protocol";
import type { Session } from "./server_life";
import type { ServerProgram } from "./server_program";

// Configurations are read with their unsaved edits, and their mistakes are findings too.
const files: DocumentSelector = [
  { scheme: "file", language: "python" },
  { scheme: "file", pattern: "**/{overt,.overt,pyproject}.toml" },
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

// The client's own messages go into the log only: `OvertServer` tells people what went wrong, once.
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export interface SessionParts {
  log: LogOutputChannel;
  messages: LogOutputChannel;
  middleware: Middleware;
  chooseProgram(): Promise<ServerProgram>;
  onStatus(status: Status): void;
  onGutterChanged(): void;
  onEnd(): void; // the server went by itself
}

const tolerated = 3; // failed writes in a row
const exitLimit = 1_000; // milliseconds

export class ServerSession implements Session {
  readonly client: LanguageClient;
  readonly #parts: SessionParts;
  #program: ServerProgram | undefined;
  #process: ChildProcess | undefined;
  #isOver = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const selector = [...files];
    this.client = new QuietClient("overt", "overt", () => this.#spawn(), {
      documentSelector: selector,
      outputChannel: parts.log,
      traceOutputChannel: parts.messages,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: parts.middleware,
      initializationFailedHandler: () => false,
      errorHandler: this.#errorHandler(),
    });
    this.client.registerFeature(knowsOvert);
    this.client.registerFeature(takesNotebooks(selector));
    this.client.onNotification(statusNotification, (status) => {
      if (!this.#isOver) parts.onStatus(status);
    });
    this.client.onNotification(gutterChangedNotification, () => {
      if (!this.#isOver) parts.onGutterChanged();
    });
  }

  get program(): ServerProgram | undefined {
    return this.#program;
  }

  async start(): Promise<void> {
    this.#program = await this.#parts.chooseProgram();
    try {
      await this.client.start();
    } catch (error) {
      const ending = await this.#wayItEnded();
      throw ending ? new Error(`the server ended before it answered (${ending})`) : error;
    }
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.client.stop();
    const server = this.#process;
    if (server && isAlive(server)) await once(server, "exit");
  }

  kill(): void {
    this.#isOver = true;
    if (this.#process && isAlive(this.#process)) this.#process.kill("SIGKILL");
    this.client.dispose().catch(() => {}); // it minds that it never ran
  }

  async #spawn(): Promise<ChildProcess> {
    const program = this.#program;
    if (!program || this.#isOver) throw new Error("the server was stopped before it started");
    this.#parts.log.info(`overt ${program.version} (${program.origin}): ${program.path}`);
    const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
    const server = spawn(program.path, ["server"], folder ? { cwd: folder } : {});
    this.#process = server;
    // Without somebody who listens, a program that cannot be started would end the extension host.
    server.on("error", (error) => this.#parts.log.error(`${program.path}: ${error.message}`));
    await once(server, "spawn");
    return server;
  }

  // "exit code 3"; nothing if it goes on, or ended as the client wished. That the connection is lost is known a little before.
  async #wayItEnded(): Promise<string | undefined> {
    const server = this.#process;
    if (!server) return undefined;
    if (isAlive(server)) await within(exitLimit, once(server, "exit"));
    if (server.exitCode) return `exit code ${server.exitCode}`;
    return server.signalCode ?? undefined;
  }

  // A server that went is followed by another session, never by another start of this client.
  #errorHandler(): ErrorHandler {
    return {
      error: (_error, _message, count) => {
        if ((count ?? 0) > tolerated) this.#process?.kill();
        return { action: ErrorAction.Continue, handled: true };
      },
      closed: () => {
        // Only after the client has put away what belonged to this server.
        if (!this.#isOver) setTimeout(() => this.#parts.onEnd(), 0);
        return { action: CloseAction.DoNotRestart, handled: true, message: "The server ended." };
      },
    };
  }
}

function isAlive(server: ChildProcess): boolean {
  return server.pid !== undefined && server.exitCode === null && server.signalCode === null;
}
