// Which `overt` is started: `overt.path`, then by `overt.importStrategy` the one of the project's environment and of the
// `PATH`, then the one that the extension brings along.
//
// In a workspace that is not trusted only the last one is started, and nothing is asked whether it is overt: VS Code itself
// leaves out the workspace's own values of the settings that name programs.
import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { workspace } from "vscode";
import type { LogOutputChannel, Uri } from "vscode";
import type { PythonEnvironment } from "./python_environment";
import { settings } from "./settings";

export interface ServerProgram {
  path: string;
  origin: string; // why this one: "bundled", "`overt.path`", …
  version: string;
}

const suffix = process.platform === "win32" ? ".exe" : "";
const versionLimit = 10_000; // milliseconds

export function bundledProgram(extensionPath: string): string {
  return join(extensionPath, "server", "bin", `overt${suffix}`);
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// "0.1.0"; nothing if the program is not overt.
async function versionOf(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ["version"], { timeout: versionLimit });
    return /^overt (\S+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

async function environmentPrograms(folder: Uri | undefined, python: PythonEnvironment): Promise<[string, string][]> {
  const found: [string, string][] = [];
  const selected = settings.interpreter(folder) || (await python.interpreterFor(folder));
  if (selected) {
    // Either an interpreter beside which overt lies, or the environment's folder.
    found.push([join(dirname(selected), `overt${suffix}`), "the selected environment"]);
    for (const scripts of ["bin", "Scripts"]) {
      found.push([join(selected, scripts, `overt${suffix}`), "the selected environment"]);
    }
  }
  for (const name of folder ? [".venv", "venv"] : []) {
    for (const scripts of ["bin", "Scripts"]) {
      found.push([join(folder!.fsPath, name, scripts, `overt${suffix}`), `\`${name}\``]);
    }
  }
  for (const place of (process.env["PATH"] ?? "").split(delimiter)) {
    if (isAbsolute(place)) found.push([join(place, `overt${suffix}`), "the `PATH`"]);
  }
  return found;
}

export async function chooseProgram(
  extensionPath: string,
  python: PythonEnvironment,
  log: LogOutputChannel,
): Promise<ServerProgram> {
  const bundled = bundledProgram(extensionPath);
  const candidates: [string, string][] = [];
  if (workspace.isTrusted) {
    if (settings.path()) candidates.push([settings.path(), "`overt.path`"]);
    else if (settings.importStrategy() === "fromEnvironment") {
      candidates.push(...(await environmentPrograms(workspace.workspaceFolders?.[0]?.uri, python)));
    }
  }
  for (const [path, origin] of candidates) {
    if (!(await canRun(path))) {
      if (origin === "`overt.path`") log.warn(`\`overt.path\` is no program that can be started: ${path}`);
      continue;
    }
    const version = await versionOf(path);
    if (version) return { path, origin, version };
    log.warn(`${path} does not answer as overt does: left alone`);
  }
  const version = await versionOf(bundled);
  if (!version) throw new Error(`the bundled program does not start on this machine: ${bundled}`);
  return { path: bundled, origin: "bundled", version };
}
