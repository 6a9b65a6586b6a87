// The marks in the margin. A line has one place there, so a member that both overrides and is overridden has a mark of
// its own.
import { CancellationTokenSource, Disposable, OverviewRulerLane, Range, ThemeColor, Uri, commands, window, workspace } from "vscode";
import type { TextEditor, TextEditorDecorationType } from "vscode";
import { Debounce } from "./debounce";
import type { GutterMark, MarkKind } from "./protocol";
import type { OvertServer } from "./server";
import { settings } from "./settings";

const upwards = ["overrides", "implements", "broken"] as const;
type Upwards = (typeof upwards)[number];
// The names of the icons.
type Icon = MarkKind | `${Upwards}-overridden`;
const icons: Icon[] = [...upwards, "overridden", ...upwards.map((kind) => `${kind}-overridden` as const)];

const pause = 150; // milliseconds after the last keystroke

export class Gutter implements Disposable {
  readonly #server: OvertServer;
  readonly #types: Map<Icon, TextEditorDecorationType>;
  readonly #debounce = new Debounce(pause);
  readonly #disposables: Disposable[];
  #asked = new CancellationTokenSource();

  constructor(server: OvertServer, extensionUri: Uri) {
    this.#server = server;
    this.#types = new Map(icons.map((icon) => [icon, makeType(icon, extensionUri)]));
    const later = (): void => this.#debounce.run(() => void this.#refresh());
    this.#disposables = [
      server.onGutterChanged(later),
      server.onDidChangeState(later),
      window.onDidChangeVisibleTextEditors(later),
      window.onDidChangeActiveTextEditor(later),
      workspace.onDidChangeTextDocument((event) => {
        if (event.document.languageId === "python" && event.contentChanges.length > 0) later();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("overt.gutterIcons")) later();
      }),
    ];
  }

  async #refresh(): Promise<void> {
    this.#asked.cancel();
    this.#asked.dispose();
    this.#asked = new CancellationTokenSource();
    const { token } = this.#asked;
    for (const editor of window.visibleTextEditors) {
      const { document } = editor;
      if (document.languageId !== "python" || document.uri.scheme !== "file") continue;
      const marks = await this.#server.ask("overt/gutter", { textDocument: { uri: document.uri.toString() } }, token);
      if (token.isCancellationRequested) return;
      // Without an answer the old marks stay, and move with the text; without a server they go.
      if (marks || !this.#server.isRunning) this.#show(editor, marks ?? []);
    }
  }

  #show(editor: TextEditor, marks: GutterMark[]): void {
    const lines = new Map<number, Icon>();
    const wanted = settings.gutterKinds(editor.document.uri);
    for (const { range, kind } of marks.filter((mark) => wanted.includes(mark.kind))) {
      const { line } = range.start;
      const other = lines.get(line);
      const pair = other && pairOf(other, kind);
      lines.set(line, pair ?? (other === "broken" ? other : kind));
    }
    const isWanted = settings.showsGutterIcons(editor.document.uri);
    for (const [icon, type] of this.#types) {
      const ranges = [...lines].filter(([, one]) => isWanted && one === icon).map(([line]) => new Range(line, 0, line, 0));
      editor.setDecorations(type, ranges);
    }
    if (editor === window.activeTextEditor) offerInLineMenu(lines);
  }

  dispose(): void {
    this.#asked.cancel();
    this.#asked.dispose();
    this.#debounce.dispose();
    for (const one of [...this.#disposables, ...this.#types.values()]) one.dispose();
  }
}

function pairOf(one: Icon, other: Icon): Icon | undefined {
  const up = upwards.find((kind) => kind === one || kind === other);
  return up && (one === "overridden" || other === "overridden") ? `${up}-overridden` : undefined;
}

// The menu at a line's number has the ways that lead on from that line.
function offerInLineMenu(lines: Map<number, Icon>): void {
  const numbers = (wanted: (icon: Icon) => boolean): number[] =>
    [...lines].filter(([, icon]) => wanted(icon)).map(([line]) => line + 1);
  const isUp = (icon: Icon): boolean => icon !== "overridden";
  const isDown = (icon: Icon): boolean => icon.endsWith("overridden");
  void commands.executeCommand("setContext", "overt.linesWithBase", numbers(isUp));
  void commands.executeCommand("setContext", "overt.linesWithOverrides", numbers(isDown));
}

function makeType(icon: Icon, extensionUri: Uri): TextEditorDecorationType {
  const file = (theme: string): Uri => Uri.joinPath(extensionUri, "icons", theme, `${icon}.svg`);
  return window.createTextEditorDecorationType({
    gutterIconSize: "contain",
    light: { gutterIconPath: file("light") },
    dark: { gutterIconPath: file("dark") },
    ...(icon.startsWith("broken") && {
      overviewRulerColor: new ThemeColor("editorOverviewRuler.errorForeground"),
      overviewRulerLane: OverviewRulerLane.Left,
    }),
  });
}
