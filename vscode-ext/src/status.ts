// The entry of overt in the editor's language status: what it does now, in which environment, as which program.
import { LanguageStatusSeverity, languages } from "vscode";
import type { Disposable } from "vscode";
import { State } from "vscode-languageclient/node";
import type { Status } from "./protocol";
import type { OvertServer } from "./server";

const phases: Record<Status["phase"], string> = {
  loading: "overt: loading",
  checking: "overt: checking",
  ready: "overt: ready",
};

export function showStatus(server: OvertServer): Disposable {
  const item = languages.createLanguageStatusItem("overt", [{ scheme: "file", language: "python" }]);
  item.name = "overt";
  const showState = (state: State): void => {
    const isStopped = state === State.Stopped;
    item.text = isStopped ? "overt: stopped" : phases[state === State.Running ? "ready" : "loading"];
    item.busy = state === State.Starting;
    item.severity = isStopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.command = isStopped
      ? { title: "Restart", command: "overt.restart" }
      : { title: "Environment", command: "overt.showEnvironment" };
    const { program } = server;
    item.detail = program ? `${program.version} (${program.origin})` : "";
  };
  showState(State.Starting);
  const listening = [
    server.onDidChangeState(showState),
    server.onStatus(({ phase, environment }) => {
      item.text = phases[phase] ?? phases.ready;
      item.busy = phase !== "ready";
      if (environment) item.detail = environment;
    }),
  ];
  return { dispose: () => [item, ...listening].forEach((one) => one.dispose()) };
}
