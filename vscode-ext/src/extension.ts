// Start reading here: what the extension consists of, and what makes the server start anew.
import { commands, workspace } from "vscode";
import type { ExtensionContext } from "vscode";
import { EnvironmentText } from "./environment_text";
import { FamilyView } from "./family_view";
import { Gutter } from "./gutter";
import { registerLensCommand } from "./lenses";
import { registerNavigation } from "./navigation";
import { PythonEnvironment } from "./python_environment";
import { OvertServer } from "./server";
import { registerServerCommands } from "./server_commands";
import { programSettings } from "./settings";
import { showStatus } from "./status";

let running: OvertServer | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const python = new PythonEnvironment();
  const server = new OvertServer(context.extensionPath, python);
  running = server;
  const environment = new EnvironmentText(server);
  context.subscriptions.push(
    python,
    environment,
    new Gutter(server, context.extensionUri),
    new FamilyView(server),
    showStatus(server),
    registerLensCommand(server),
    registerNavigation(server),
    registerServerCommands(server),
    commands.registerCommand("overt.restart", () => server.restart()),
    commands.registerCommand("overt.showLogs", () => server.showLogs()),
    commands.registerCommand("overt.showEnvironment", () => environment.show()),
    // What may be started is another question from then on.
    workspace.onDidGrantWorkspaceTrust(() => server.restart()),
    workspace.onDidChangeConfiguration((event) => {
      if (programSettings.some((name) => event.affectsConfiguration(name))) void server.restart();
      if (event.affectsConfiguration("overt.codeLens")) server.refreshLenses();
    }),
    python.onDidChange(() => server.settingsChanged()),
  );
  await commands.executeCommand("setContext", "overt.isActive", true);
  await server.start();
}

export async function deactivate(): Promise<void> {
  await running?.dispose();
  running = undefined;
}
