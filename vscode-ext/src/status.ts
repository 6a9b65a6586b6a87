// The entries of overt in the editor's language status: what it does now and as which program; in which environment.
//
// An entry has one command and 500 pixels: what does not fit into these hides the command.
import { Disposable, LanguageStatusSeverity, languages, window, workspace } from "vscode";
import type { Command, LanguageStatusItem } from "vscode";
import { ending, shortened } from "./paths";
import type { Presets } from "./presets";
import type { Status } from "./protocol";
import type { OvertServer } from "./server";
import type { ServerState } from "./server_life";
import type { ServerProgram } from "./server_program";
import { settings } from "./settings";

const phases: Record<Status["phase"], string> = {
  loading: "overt: loading",
  checking: "overt: checking",
  ready: "overt: ready",
};
const states: Record<Exclude<ServerState, "running">, string> = {
  starting: phases.loading,
  stopped: "overt: stopped",
  failed: "overt: could not start",
};
const restart: Command = { title: "Restart", command: "overt.restart" };
const showLogs: Command = { title: "Logs", command: "overt.showLogs" };
const showEnvironment: Command = { title: "Environment", command: "overt.showEnvironment" };
const selectPreset: Command = { title: "Select", command: "overt.selectPreset" };
const mostOfAPath = 30; // characters

// `status`: what the server that runs said last.
export function describe(state: ServerState, status: Status | undefined, program: ServerProgram | undefined) {
  const isAway = state === "failed" || state === "stopped";
  const isReady = state === "running" && (status?.phase ?? "ready") === "ready";
  return {
    text: state === "running" ? (phases[status?.phase ?? "ready"] ?? phases.ready) : states[state],
    detail: program ? `${program.version} (${program.origin})` : "",
    busy: !isReady && !isAway,
    severity: isAway ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information,
    command: isAway ? restart : showLogs,
  };
}

// "Python 3.13, environment /project/.venv", as the server says it, in two parts. Nothing before it has said so.
export function describeEnvironment(status: Status | undefined): { text: string; detail: string } | undefined {
  const [text, rest] = shortened(status?.environment ?? "").split(/, (.*)/s);
  if (!text) return undefined;
  return { text, detail: (rest ?? "").replace(/(?<=^environment ).*/s, (path) => ending(path, mostOfAPath)) };
}

// What the workspace's choice or the settings say. Nothing where the project's own levels hold.
export function describePreset(chosen: string, setting: string): { text: string; detail: string } | undefined {
  if (chosen) return { text: `Preset: ${chosen}`, detail: "selected here" };
  return setting ? { text: `Preset: ${setting}`, detail: "of the settings" } : undefined;
}

const documents = [{ scheme: "file", language: "python" }];

// An entry that is there only while there is something to say.
class PassingEntry implements Disposable {
  readonly #make: () => LanguageStatusItem;
  #item: LanguageStatusItem | undefined;

  constructor(id: string, name: string, command: Command) {
    this.#make = () => Object.assign(languages.createLanguageStatusItem(id, documents), { name, command });
  }

  show(said: Pick<LanguageStatusItem, "text"> & Partial<LanguageStatusItem> | undefined): void {
    if (said) Object.assign((this.#item ??= this.#make()), said);
    else this.dispose();
  }
  dispose(): void {
    this.#item?.dispose();
    this.#item = undefined;
  }
}

function showPreset(presets: Presets): Disposable {
  const entry = new PassingEntry("overt.preset", "overt's preset", selectPreset);
  const show = (): void => entry.show(describePreset(presets.chosen, settings.preset(window.activeTextEditor?.document.uri)));
  show();
  return Disposable.from(
    entry,
    presets.onDidChange(show),
    window.onDidChangeActiveTextEditor(show),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("overt.preset")) show();
    }),
  );
}

// The way to the logs while the server is away: its own entry starts it then.
const wayToLogs = { text: "What the server said", severity: LanguageStatusSeverity.Error };

export function showStatus(server: OvertServer, presets: Presets): Disposable {
  const item = languages.createLanguageStatusItem("overt", documents);
  item.name = "overt";
  const logs = new PassingEntry("overt.logs", "overt's logs", showLogs);
  const environment = new PassingEntry("overt.environment", "overt's environment", showEnvironment);
  let state: ServerState = "starting";
  let status: Status | undefined;
  const show = (): void => {
    Object.assign(item, describe(state, status, server.program));
    environment.show(describeEnvironment(status));
    logs.show(state === "failed" || state === "stopped" ? wayToLogs : undefined);
  };
  show();
  return Disposable.from(
    item,
    logs,
    environment,
    showPreset(presets),
    server.onDidChangeState((next) => {
      state = next;
      if (next !== "running") status = undefined;
      show();
    }),
    server.onStatus((said) => {
      status = said;
      show();
    }),
  );
}
