// "Show Debug Information": what the server knows of itself, in an untitled document that can go into a report.
import { commands, window, workspace } from "vscode";
import type { Disposable } from "vscode";
import { notify } from "./notifications";
import type { OvertServer } from "./server";
import type { ServerProgram } from "./server_program";

// The program that was started stands above what it says of itself.
export function debugText(said: object, program: ServerProgram | undefined): string {
  return `${JSON.stringify({ ...(program && { program }), ...said }, null, 2)}\n`;
}

async function show(server: OvertServer): Promise<void> {
  if (!server.isRunning) return void notify("warning", "overt is not running: see its log (overt: Show Server Logs).");
  const answer = await server.askOutcome("overt/debugInfo", {});
  if (answer.is === "unknown") {
    const version = server.program?.version ?? "";
    return void notify("warning", `This server, overt ${version}, does not know \`overt/debugInfo\`: it needs a newer one.`);
  }
  if (answer.is !== "answered" || !answer.value) return void notify("warning", "overt does not tell; see its log.");
  const content = debugText(answer.value, server.program);
  await window.showTextDocument(await workspace.openTextDocument({ language: "json", content }));
}

export function registerDebugInformation(server: OvertServer): Disposable {
  return commands.registerCommand("overt.showDebugInformation", () => show(server));
}
