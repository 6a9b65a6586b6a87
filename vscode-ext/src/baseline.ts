// "Create Baseline" and "Update Baseline": the program itself in the project's folder, over what is saved, with the interpreter
// and the configuration that the server goes by. The server sees the file that it writes.
import { execFile } from "node:child_process";
import { Disposable, commands, window, workspace } from "vscode";
import type { Uri } from "vscode";
import { folderOf } from "./paths";
import { notify } from "./notifications";
import type { OvertServer } from "./server";

export type BaselineAction = "create" | "update";

// The words behind the program's name.
export function baselineWords(action: BaselineAction, settingWords: string[]): string[] {
  return ["baseline", action, ...settingWords];
}

// What the program says in the end, in one line: its last line is the sum of the others.
export function lastLine(output: string): string {
  return output.trimEnd().split("\n").at(-1)?.trim() ?? "";
}

interface Outcome {
  isDone: boolean;
  text: string;
}

function run(program: string, words: string[], folder: string): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(program, words, { cwd: folder }, (error, stdout, stderr) => {
      const said = lastLine(stdout) || lastLine(stderr);
      resolve({ isDone: !error, text: said || (error?.message ?? "done") });
    });
  });
}

export function registerBaselineCommands(server: OvertServer): Disposable {
  const write = async (action: BaselineAction): Promise<void> => {
    const active: Uri | undefined = window.activeTextEditor?.document.uri;
    const folder = folderOf(active);
    const program = server.program?.path;
    if (!program || !folder) {
      await notify("warning", program ? "No folder is open." : "overt is not running.");
      return;
    }
    if (workspace.textDocuments.some((one) => one.isDirty && one.languageId === "python")) {
      void notify("warning", "Some files are not saved: the baseline is made of what is on disk.");
    }
    const { isDone, text } = await run(program, baselineWords(action, await server.settingWords(active, program)), folder);
    await notify(isDone ? "info" : "error", `overt: ${text}`);
  };
  return Disposable.from(
    commands.registerCommand("overt.createBaseline", () => write("create")),
    commands.registerCommand("overt.updateBaseline", () => write("update")),
  );
}
