// Commands that the server carries out: it sends the edits, VS Code applies them.
import { Disposable, commands, window } from "vscode";
import { notify } from "./notifications";
import type { ServerCommand } from "./protocol";
import type { OvertServer } from "./server";

export function registerServerCommands(server: OvertServer): Disposable {
  const run = async (command: ServerCommand, args: unknown[], nothing: string): Promise<void> => {
    const answer = await server.ask("workspace/executeCommand", { command, arguments: args });
    if (answer === undefined) void notify("warning", "overt does not answer; see its log.");
    else if (answer?.files === 0) void notify("info", nothing);
  };
  return Disposable.from(
    commands.registerCommand("overt.fixFile", async () => {
      const uri = window.activeTextEditor?.document.uri;
      if (uri) await run("overt.fixAll", [uri.toString()], "overt has nothing to fix in this file.");
    }),
    commands.registerCommand("overt.addOverrides", () =>
      run("overt.addOverrideInWorkspace", [], "Every override is marked already."),
    ),
  );
}
