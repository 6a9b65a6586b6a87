// Tasks of type `overt`: the server's program in a terminal, once or as long as files change. Its findings come among the
// problems by the matchers `$overt` and `$overt-watch`, for files that are not open: of those the server tells.
import { ProcessExecution, Task, tasks, workspace } from "vscode";
import type { Disposable, TaskDefinition, WorkspaceFolder } from "vscode";
import { folderOf } from "./paths";
import type { OvertServer } from "./server";

const actions = ["check", "watch"] as const;

export interface OvertTask extends TaskDefinition {
  action: (typeof actions)[number];
  args?: string[];
}

// Without what is none: tasks are written by hand.
export function asOvertTask(definition: TaskDefinition): OvertTask | undefined {
  const { action, args } = definition as Partial<OvertTask>;
  if (!actions.some((one) => one === action)) return undefined;
  const isList = args === undefined || (Array.isArray(args) && args.every((one) => typeof one === "string"));
  return isList ? (definition as OvertTask) : undefined;
}

// What is written in the task comes last, and goes before the editor's settings.
export function taskWords({ action, args }: OvertTask, settingWords: string[]): string[] {
  const watch = action === "watch" ? ["--watch"] : [];
  return ["check", "--output-format", "concise", ...watch, ...settingWords, ...(args ?? [])];
}

// The command of a watch. On a terminal that can do more the program clears the screen before each round, and nothing would tell
// the matcher where one begins; what a task has in its environment does not reach it, since VS Code's terminals say themselves
// what they are. On Windows they do not.
export function plainCommand(program: string, words: string[], platform: string = process.platform): [string, string[]] {
  return platform === "win32" ? [program, words] : ["/usr/bin/env", ["TERM=dumb", program, ...words]];
}

// The program is the one that the server is, or would be: in a workspace that is not trusted the extension's own.
async function makeTask(definition: OvertTask, folder: WorkspaceFolder, server: OvertServer): Promise<Task | undefined> {
  const program = await server.programToStart();
  if (!program) return undefined;
  const words = taskWords(definition, await server.settingWords(folder.uri, program.path));
  const isWatch = definition.action === "watch";
  const [command, args] = isWatch ? plainCommand(program.path, words) : [program.path, words];
  const execution = new ProcessExecution(command, args, { cwd: folderOf(folder.uri) });
  const task = new Task(definition, folder, definition.action, "overt", execution, isWatch ? "$overt-watch" : "$overt");
  task.isBackground = isWatch;
  task.detail = isWatch ? "check, and again when a file changes" : "check this folder once";
  return task;
}

export function registerTasks(server: OvertServer): Disposable {
  return tasks.registerTaskProvider("overt", {
    provideTasks: async () => {
      const all = (workspace.workspaceFolders ?? []).flatMap((folder) =>
        actions.map((action) => makeTask({ type: "overt", action }, folder, server)));
      return (await Promise.all(all)).filter((task) => task !== undefined);
    },
    // The definition must be the same object, or VS Code does not know its task again.
    resolveTask: async ({ definition, scope }) => {
      const folder = typeof scope === "object" ? scope : workspace.workspaceFolders?.[0];
      const asked = asOvertTask(definition);
      return asked && folder ? makeTask(asked, folder, server) : undefined;
    },
  });
}
