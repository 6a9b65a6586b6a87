// What the tested parts use of VS Code. Tests put their own into `extensionsHere`, `foldersHere` and `valuesHere`, and read what
// people were shown in `shownHere`.
import { dirname } from "node:path";

export const extensionsHere = new Map<string, unknown>();
export const foldersHere: string[] = [];
// By setting, or by folder and setting: "overt.interpreter", "/a overt.interpreter".
export const valuesHere = new Map<string, unknown>();

export function forgetAll(): void {
  extensionsHere.clear();
  foldersHere.length = 0;
  valuesHere.clear();
  workspace.isTrusted = true;
  shownHere.length = 0;
}

// What a workspace remembers.
export class Memory {
  readonly #values = new Map<string, unknown>();
  get<T>(key: string, fallback?: T): T {
    return (this.#values.get(key) ?? fallback) as T;
  }
  update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
    return Promise.resolve();
  }
  keys(): string[] {
    return [...this.#values.keys()];
  }
}

export class Uri {
  constructor(readonly fsPath: string) {}
  static file(path: string): Uri {
    return new Uri(path);
  }
  static parse(text: string): Uri {
    return new Uri(text.replace("file://", ""));
  }
}

export class EventEmitter<T> {
  readonly #hearers: ((value: T) => void)[] = [];
  readonly event = (hearer: (value: T) => void) => {
    this.#hearers.push(hearer);
    return { dispose() {} };
  };
  fire(value: T): void {
    for (const hearer of this.#hearers) hearer(value);
  }
  dispose(): void {}
}

export const extensions = { getExtension: (id: string): unknown => extensionsHere.get(id) };

function folderAround(uri: Uri): { uri: Uri } | undefined {
  for (let path = uri.fsPath; path !== dirname(path); path = dirname(path)) {
    if (foldersHere.includes(path)) return { uri: new Uri(path) };
  }
  return undefined;
}

export const workspace = {
  isTrusted: true,
  get workspaceFolders() {
    return foldersHere.map((path) => ({ uri: new Uri(path) }));
  },
  getWorkspaceFolder: folderAround,
  getConfiguration: (section: string | undefined, scope?: Uri) => ({
    get: (name: string, fallback?: unknown): unknown => {
      const key = section ? `${section}.${name}` : name;
      const folder = scope && folderAround(scope)?.uri.fsPath;
      return valuesHere.get(`${folder} ${key}`) ?? valuesHere.get(key) ?? fallback;
    },
  }),
};

export enum LanguageStatusSeverity {
  Information,
  Warning,
  Error,
}
export const languages = {};
export const tasks = {};
export class Location {}
export class Position {}
export class Selection {}
export class Task {}
export class ProcessExecution {}
export const commands = {};
export const env = {};
export class Disposable {}

// What was shown, by how much it weighs.
export const shownHere: string[] = [];
const show = (weight: string) => (text: string) => {
  shownHere.push(`${weight}: ${text}`);
  return Promise.resolve(undefined);
};
export const window = {
  showErrorMessage: show("error"),
  showWarningMessage: show("warning"),
  showInformationMessage: show("info"),
};
