// Which Python the user selected in Microsoft's extensions, if one of them is there. Neither is needed, and neither is waited
// for without end: they may take minutes until they have looked at everything that is installed.
import { EventEmitter, Uri, extensions } from "vscode";
import type { Disposable, Event, Extension } from "vscode";
import { late, within } from "./limits";

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
const usualLimit = 5_000; // milliseconds

export class PythonEnvironment implements Disposable {
  readonly #limit: number;
  readonly #changed = new EventEmitter<void>();
  readonly #listening: Disposable[] = [];
  readonly #heard = new Set<string>();
  readonly #slow = new Set<string>(); // that were waited for in vain

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(limit = usualLimit) {
    this.#limit = limit;
  }

  // Path of the selected interpreter; nothing when nobody knows one in time: `onDidChange` tells when it may be asked for again.
  // Never throws: other people's extensions may.
  async interpreterFor(scope: Uri | undefined): Promise<string | undefined> {
    const [first, second] = await Promise.all([this.#fromEnvironments(scope), this.#fromPython(scope)]);
    return first || second || undefined;
  }

  async #fromEnvironments(scope: Uri | undefined): Promise<string | undefined> {
    try {
      const found = await this.#exportsOf<EnvironmentsExtension>(ids.environments);
      this.#listen(ids.environments, found?.onDidChangeEnvironment);
      const environment = found && (await within(this.#limit, found.getEnvironment(scope)));
      return environment === late ? undefined : environment?.execInfo?.run?.executable;
    } catch {
      return undefined;
    }
  }

  async #fromPython(scope: Uri | undefined): Promise<string | undefined> {
    try {
      const found = (await this.#exportsOf<PythonExtension>(ids.python))?.environments;
      this.#listen(ids.python, found?.onDidChangeActiveEnvironmentPath);
      const path = found?.getActiveEnvironmentPath(scope).path;
      // A bare "python" only says that nothing was selected.
      return path && /[\\/]/.test(path) ? path : undefined;
    } catch {
      return undefined;
    }
  }

  // Who was late once is not waited for again, but taken when it comes.
  async #exportsOf<T>(id: string): Promise<T | undefined> {
    const extension = extensions.getExtension(id) as Extension<T> | undefined;
    if (!extension) return undefined;
    if (extension.isActive) return extension.exports;
    if (this.#slow.has(id)) return undefined;
    const activation = Promise.resolve(extension.activate());
    const found = await within(this.#limit, activation);
    if (found !== late) return found;
    if (!this.#slow.has(id)) {
      this.#slow.add(id);
      void activation.then(() => this.#changed.fire(), () => {});
    }
    return undefined;
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
