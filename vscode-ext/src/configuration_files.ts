// Configuration files that only `overt.configurationFile` names: called otherwise, or outside their folder. The server hears
// of changes of the others; these it reads at its start.
import { basename, dirname } from "node:path";
import { Disposable, RelativePattern, Uri, workspace } from "vscode";
import type { OvertServer } from "./server";
import { settings } from "./settings";

const known = ["overt.toml", ".overt.toml", "pyproject.toml"];

function filesToWatch(): Set<string> {
  const files = new Set<string>();
  for (const folder of workspace.workspaceFolders ?? []) {
    const file = settings.configurationFile(folder.uri);
    const isHeardOf = known.includes(basename(file)) && workspace.getWorkspaceFolder(Uri.file(file)) === folder;
    if (file && !isHeardOf) files.add(file);
  }
  return files;
}

export function watchConfigurationFiles(server: OvertServer): Disposable {
  let watchers: Disposable[] = [];
  const stop = (): void => watchers.forEach((one) => one.dispose());
  const restart = (): void => void server.restart();
  const watch = (): void => {
    stop();
    watchers = [...filesToWatch()].flatMap((file) => {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(dirname(file)), basename(file)));
      return [watcher, watcher.onDidChange(restart), watcher.onDidCreate(restart), watcher.onDidDelete(restart)];
    });
  };
  watch();
  return Disposable.from(
    { dispose: stop },
    workspace.onDidChangeWorkspaceFolders(watch),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("overt.configurationFile")) watch();
    }),
  );
}
