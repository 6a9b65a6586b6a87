// Paths as people write them in settings.
import { homedir } from "node:os";
import { isAbsolute, join, sep } from "node:path";
import { workspace } from "vscode";
import type { Uri } from "vscode";

// The folder whose relative paths are meant: that of `scope`, else the first one.
export function folderOf(scope: Uri | undefined): string {
  const folder = scope && workspace.getWorkspaceFolder(scope);
  return (folder ?? workspace.workspaceFolders?.[0])?.uri.fsPath ?? "";
}

// "~/env", "${userHome}/env", "${workspaceFolder}/env" and "env": the whole path. An empty one stays empty.
export function expand(path: string, folder: string): string {
  const full = path
    .replace(/^~(?=$|[\\/])/, () => homedir())
    .replaceAll("${userHome}", () => homedir())
    .replaceAll("${workspaceFolder}", () => folder);
  return !full || isAbsolute(full) || !folder ? full : join(folder, full);
}

// A text with paths, as people would say them: in the first folder without it, in their own with `~`.
export function shortened(text: string): string {
  const folder = folderOf(undefined);
  const within = folder ? text.replaceAll(folder + sep, "") : text;
  return within.replaceAll(homedir() + sep, () => `~${sep}`);
}

// The end of a path that is longer than so many characters, in whole parts: "…/versions/3.11.7". The last stays whole.
export function ending(path: string, most: number): string {
  if (path.length <= most) return path;
  const parts = path.split(sep);
  const isShort = (_: string, i: number): boolean => parts.slice(i).join(sep).length + 2 <= most;
  const first = parts.findIndex(isShort);
  return ["…", ...parts.slice(first < 0 ? -1 : first)].join(sep);
}
