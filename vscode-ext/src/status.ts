// The entry of overt in the editor's language status: what it does now, in which environment, as which program.
import { Disposable, LanguageStatusSeverity, languages } from "vscode";
import type { Command, LanguageStatusItem } from "vscode";
import { shortened } from "./paths";
import type { Status } from "./protocol";
import type { OvertServer } from "./server";
import type { ServerState } from "./server_life";
import type { ServerProgram } from "./server_program";

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

// `status`: what the server that runs said last.
export function describe(state: ServerState, status: Status | undefined, program: ServerProgram | undefined) {
  const isAway = state === "failed" || state === "stopped";
  const isReady = state === "running" && (status?.phase ?? "ready") === "ready";
  const version = program && `${program.version} (${program.origin})`;
  return {
    text: state === "running" ? (phases[status?.phase ?? "ready"] ?? phases.ready) : states[state],
    // What does not fit is cut off at its end.
    detail: [version, shortened(status?.environment ?? "")].filter(Boolean).join(" · "),
    busy: !isReady && !isAway,
    severity: isAway ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information,
    command: isAway ? restart : showEnvironment,
  };
}

const documents = [{ scheme: "file", language: "python" }];

// An entry has one command: the way to the logs is an entry of its own, which is there while the server is not.
function wayToLogs(): LanguageStatusItem {
  const item = languages.createLanguageStatusItem("overt.logs", documents);
  item.name = "overt's logs";
  item.text = "What the server said";
  item.severity = LanguageStatusSeverity.Error;
  item.command = showLogs;
  return item;
}

export function showStatus(server: OvertServer): Disposable {
  const item = languages.createLanguageStatusItem("overt", documents);
  item.name = "overt";
  let state: ServerState = "starting";
  let status: Status | undefined;
  let logs: LanguageStatusItem | undefined;
  const show = (): void => {
    Object.assign(item, describe(state, status, server.program));
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
    { dispose: () => logs?.dispose() },
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
