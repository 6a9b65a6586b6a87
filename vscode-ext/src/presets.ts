// "Select Preset…": another set of levels for a look at the code. The choice is the workspace's, kept where VS Code keeps such
// things: no settings are written. Without a choice `overt.preset` holds, and without that what the project says.
import { EventEmitter, commands, window } from "vscode";
import type { Disposable, Event, Memento, QuickPickItem, Uri } from "vscode";
import { settings } from "./settings";

// As in the program's own table: name, and what is in it.
export const presets: readonly (readonly [string, string])[] = [
  ["off", "syntax errors alone"],
  ["basic", "what Python itself refuses, whatever else the project wants"],
  ["standard", "the levels of rules without a configuration"],
  ["strict", "standard, `missing-override` and `unresolved-import`, all as errors; warnings fail the run"],
  ["all", "every rule as an error"],
  ["like-mypy", "what mypy reports without a configuration"],
  ["like-pyright", "what pyright reports without a configuration"],
  ["like-ty", "what ty reports without a configuration"],
  ["like-pyrefly", "what pyrefly reports without a configuration"],
];

const key = "overt.preset";

interface PresetPick extends QuickPickItem {
  name: string; // empty: no choice
}
// The one that holds is ticked.
export function presetPicks(chosen: string, setting: string): PresetPick[] {
  const none = { label: "No choice", name: "", detail: setting ? `\`overt.preset\` holds: ${setting}` : "the project's own levels" };
  const all = presets.map(([name, summary]): PresetPick => ({ label: name, name, detail: summary.replaceAll("`", "") }));
  return [none, ...all].map((one) => ({ ...one, label: one.name === chosen ? `$(check) ${one.label}` : one.label }));
}

export class Presets implements Disposable {
  readonly #memory: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  // What was picked here; empty without a choice, or if it is a preset no more.
  get chosen(): string {
    const name = this.#memory.get<string>(key, "");
    return presets.some(([one]) => one === name) ? name : "";
  }
  // What holds: the server is told it.
  nameFor(scope: Uri | undefined): string {
    return this.chosen || settings.preset(scope);
  }

  async choose(): Promise<void> {
    const picks = presetPicks(this.chosen, settings.preset());
    const pick = await window.showQuickPick(picks, { title: "Which rules, at which levels?", matchOnDetail: true });
    if (!pick || pick.name === this.chosen) return;
    await this.#memory.update(key, pick.name || undefined);
    this.#changed.fire();
  }

  register(): Disposable {
    return commands.registerCommand("overt.selectPreset", () => this.choose());
  }
  dispose(): void {
    this.#changed.dispose();
  }
}
