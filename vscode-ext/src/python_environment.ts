// Which Python the user selected in Microsoft's extensions, if one of them is there. Neither is needed.
import { EventEmitter, Uri, extensions } from "vscode";
import type { Disposable, Event, Extension } from "vscode";

// The parts of their interfaces that are used here.
interface EnvironmentsExtension {
  getEnvironment(scope: Uri | undefined): Promise<{ execInfo?: { run?: { executable?: string } } } | undefined>;
  onDidChangeEnvironment?: Event<unknown>;
}
interface PythonExtension {
  environments?: {
    getActiveEnvironmentPath(scope?: Uri): { path: string };
    onDidChangeActiveEnvironmentPath?: Event<unknown>;
  };
}

const ids = { environments: "ms-python.vscode-python-envs", python: "ms-python.python" };

async function exportsOf<T>(id: string): Promise<T | undefined> {
  const extension = extensions.getExtension(id) as Extension<T> | undefined;
  if (!extension) return undefined;
  return extension.isActive ? extension.exports : await extension.activate();
}

export class PythonEnvironment implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #listening: Disposable[] = [];
  readonly #heard = new Set<string>();

  readonly onDidChange: Event<void> = this.#changed.event;

  // Path of the selected interpreter; nothing when nobody knows one. Never throws: other people's extensions may.
  async interpreterFor(scope: Uri | undefined): Promise<string | undefined> {
    return (await this.#fromEnvironments(scope)) || (await this.#fromPython(scope)) || undefined;
  }

  async #fromEnvironments(scope: Uri | undefined): Promise<string | undefined> {
    try {
      const found = await exportsOf<EnvironmentsExtension>(ids.environments);
      this.#listen(ids.environments, found?.onDidChangeEnvironment);
      return (await found?.getEnvironment(scope))?.execInfo?.run?.executable;
    } catch {
      return undefined;
    }
  }

  async #fromPython(scope: Uri | undefined): Promise<string | undefined> {
    try {
      const found = (await exportsOf<PythonExtension>(ids.python))?.environments;
      this.#listen(ids.python, found?.onDidChangeActiveEnvironmentPath);
      const path = found?.getActiveEnvironmentPath(scope).path;
      // A bare "python" only says that nothing was selected.
      return path && /[\\/]/.test(path) ? path : undefined;
    } catch {
      return undefined;
    }
  }

  #listen(id: string, event: Event<unknown> | undefined): void {
    if (!event || this.#heard.has(id)) return;
    this.#heard.add(id);
    this.#listening.push(event(() => this.#changed.fire()));
  }

  dispose(): void {
    this.#changed.dispose();
    for (const one of this.#listening) one.dispose();
  }
}
