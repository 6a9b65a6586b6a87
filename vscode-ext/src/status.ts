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

// The way to the logs while the server is away: its own entry starts it then.
function wayToLogs(): LanguageStatusItem {
  const item = languages.createLanguageStatusItem("overt.logs", documents);
  item.name = "overt's logs";
  item.text = "What the server said";
  item.severity = LanguageStatusSeverity.Error;
  item.command = showLogs;
  return item;
}

function environmentEntry(): LanguageStatusItem {
  const item = languages.createLanguageStatusItem("overt.environment", documents);
  item.name = "overt's environment";
  item.command = showEnvironment;
  return item;
}

function presetEntry(): LanguageStatusItem {
  const item = languages.createLanguageStatusItem("overt.preset", documents);
  item.name = "overt's preset";
  item.command = selectPreset;
  return item;
}

function showPreset(presets: Presets): Disposable {
  let item: LanguageStatusItem | undefined;
  const show = (): void => {
    const said = describePreset(presets.chosen, settings.preset(window.activeTextEditor?.document.uri));
    if (said) {
      item ??= presetEntry();
      Object.assign(item, said);
    } else {
      item?.dispose();
      item = undefined;
    }
  };
  show();
  return Disposable.from(
    { dispose: () => item?.dispose() },
    presets.onDidChange(show),
    window.onDidChangeActiveTextEditor(show),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("overt.preset")) show();
    }),
  );
}

export function showStatus(server: OvertServer, presets: Presets): Disposable {
  const item = languages.createLanguageStatusItem("overt", documents);
  item.name = "overt";
  let state: ServerState = "starting";
  let status: Status | undefined;
  let logs: LanguageStatusItem | undefined;
  let environment: LanguageStatusItem | undefined;
  const show = (): void => {
    Object.assign(item, describe(state, status, server.program));
    const where = describeEnvironment(status);
    if (where) {
      environment ??= environmentEntry();
      Object.assign(environment, where);
    } else {
      environment?.dispose();
      environment = undefined;
    }
    if (state === "failed" || state === "stopped") {
      logs ??= wayToLogs();
    } else {
      logs?.dispose();
      logs = undefined;
    }
  };
  show();
  return Disposable.from(
    item,
    showPreset(presets),
    { dispose: () => [logs, environment].forEach((one) => one?.dispose()) },
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
