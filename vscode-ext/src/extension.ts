// Start reading here: what the extension consists of, and what makes the server start anew.
import { commands, workspace } from "vscode";
import type { ExtensionContext } from "vscode";
import { registerBaselineCommands } from "./baseline";
import { registerClassCommands } from "./class_commands";
import { registerCodeActionCommands } from "./code_actions";
import { watchConfigurationFiles } from "./configuration_files";
import { Debounce } from "./debounce";
import { registerDebugInformation } from "./debug_information";
import { EnvironmentText } from "./environment_text";
import { FamilyView } from "./family_view";
import { Gutter } from "./gutter";
import { registerImpact } from "./impact";
import { registerLensCommand } from "./lenses";
import { registerNavigation } from "./navigation";
import { Presets } from "./presets";
import { ProblemsView } from "./problems_view";
import { PythonEnvironment } from "./python_environment";
import { registerRuleText } from "./rule_text";
import { OvertServer } from "./server";
import { registerServerCommands } from "./server_commands";
import { programSettings } from "./settings";
import { showStatus } from "./status";
import { registerTasks } from "./tasks";

const pause = 500; // milliseconds: environments change in bursts

let running: OvertServer | undefined;

// VS Code waits for this, so this waits for nobody: neither until the server answers nor until an error is read.
export async function activate(context: ExtensionContext): Promise<void> {
  const python = new PythonEnvironment();
  const presets = new Presets(context.workspaceState);
  const server = new OvertServer(context.extensionPath, python, presets);
  running = server;
  const environment = new EnvironmentText(server);
  const choice = new Debounce(pause);
  const reconsider = (): void => choice.run(() => void server.reconsider());
  context.subscriptions.push(
    python,
    presets,
    environment,
    choice,
    new Gutter(server, context.extensionUri),
    new FamilyView(server),
    new ProblemsView(),
    showStatus(server, presets),
    presets.register(),
    registerLensCommand(),
    registerNavigation(server),
    registerServerCommands(server),
    registerClassCommands(server),
    registerCodeActionCommands(server),
    registerImpact(server),
    registerDebugInformation(server),
    registerRuleText(server),
    registerBaselineCommands(server),
    registerTasks(server),
    watchConfigurationFiles(server),
    commands.registerCommand("overt.restart", () => server.restart()),
    commands.registerCommand("overt.start", () => (server.isRunning ? undefined : server.restart())),
    commands.registerCommand("overt.stop", () => server.stop()),
    commands.registerCommand("overt.showLogs", () => server.showLogs()),
    commands.registerCommand("overt.showEnvironment", () => environment.show()),
    // What may be started is another question from then on.
    workspace.onDidGrantWorkspaceTrust(() => server.restart()),
    workspace.onDidChangeConfiguration((event) => {
      if (programSettings.some((name) => event.affectsConfiguration(name))) reconsider();
      if (event.affectsConfiguration("overt.codeLens")) server.refreshLenses();
    }),
    python.onDidChange(reconsider),
    presets.onDidChange(() => server.settingsChanged()),
  );
  void server.restart();
  await commands.executeCommand("setContext", "overt.isActive", true);
}

export async function deactivate(): Promise<void> {
  await running?.dispose();
  running = undefined;
}
