// Runs the last of many calls, once they pause.
import type { Disposable } from "vscode";

export class Debounce implements Disposable {
  readonly #milliseconds: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }
  run(work: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(work, this.#milliseconds);
  }
  dispose(): void {
    clearTimeout(this.#timer);
  }
}
