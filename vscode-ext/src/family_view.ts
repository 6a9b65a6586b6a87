// The tree "Class Family": the class at the cursor, up to its bases and down to its subclasses.
import { Disposable, EventEmitter, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, window, workspace } from "vscode";
import type { Event, TextEditor, TreeDataProvider } from "vscode";
import type { TypeHierarchyItem } from "vscode-languageclient/node";
import { Debounce } from "./debounce";
import { asRange } from "./places";
import type { OvertServer } from "./server";
import { innermostClass, isSameClass } from "./symbols";

type Way = "up" | "down";
type Node =
  | { is: "class"; item: TypeHierarchyItem; way: Way | "both" }
  | { is: "group"; way: Way; members: TypeHierarchyItem[] };

const pause = 250; // milliseconds after the cursor's last move

const steps = { up: "typeHierarchy/supertypes", down: "typeHierarchy/subtypes" } as const;

export class FamilyView implements TreeDataProvider<Node>, Disposable {
  readonly #server: OvertServer;
  readonly #debounce = new Debounce(pause);
  readonly #changed = new EventEmitter<void>();
  readonly #disposables: Disposable[];
  #root: TypeHierarchyItem | undefined;
  #isVisible = false;

  readonly onDidChangeTreeData: Event<void> = this.#changed.event;

  constructor(server: OvertServer) {
    this.#server = server;
    const view = window.createTreeView("overt.family", { treeDataProvider: this, showCollapseAll: true });
    this.#isVisible = view.visible;
    const later = (): void => this.#debounce.run(() => void this.#follow(false));
    const laterAnew = (): void => this.#debounce.run(() => void this.#follow(true));
    this.#disposables = [
      view,
      view.onDidChangeVisibility(({ visible }) => {
        this.#isVisible = visible;
        laterAnew();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === window.activeTextEditor) later();
      }),
      window.onDidChangeActiveTextEditor(later),
      workspace.onDidChangeTextDocument((event) => {
        if (event.document.languageId === "python" && event.contentChanges.length > 0) laterAnew();
      }),
      server.onGutterChanged(laterAnew), // relations changed, perhaps in another file
      server.onDidChangeState(laterAnew),
    ];
  }

  // `anew`: relations may have changed even if the class is the same.
  async #follow(anew: boolean): Promise<void> {
    const editor = window.activeTextEditor;
    // A look at the output or the tree itself does not empty it.
    if (!this.#isVisible || !editor || editor.document.uri.scheme !== "file") return;
    const root = await this.#classAtCursor(editor);
    const isSame = isSameClass(root, this.#root);
    this.#root = root;
    if (anew || !isSame) this.#changed.fire();
  }

  async #classAtCursor(editor: TextEditor): Promise<TypeHierarchyItem | undefined> {
    if (editor.document.languageId !== "python") return undefined;
    const textDocument = { uri: editor.document.uri.toString() };
    const tree = await this.#server.ask("textDocument/documentSymbol", { textDocument });
    const found = innermostClass(tree ?? [], editor.selection.active.line);
    if (!found) return undefined;
    const items = await this.#server.ask("textDocument/prepareTypeHierarchy", {
      textDocument,
      position: found.selectionRange.start,
    });
    return items?.[0];
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return this.#root ? [{ is: "class", item: this.#root, way: "both" }] : [];
    if (node.is === "group") return node.members.map((item) => ({ is: "class", item, way: node.way }));
    if (node.way !== "both") {
      const { way } = node;
      return (await this.#relatives(node.item, way)).map((item) => ({ is: "class", item, way }));
    }
    const groups: Node[] = [];
    for (const way of ["up", "down"] as const) {
      const members = await this.#relatives(node.item, way);
      if (members.length > 0) groups.push({ is: "group", way, members });
    }
    return groups;
  }

  async #relatives(item: TypeHierarchyItem, way: Way): Promise<TypeHierarchyItem[]> {
    return (await this.#server.ask(steps[way], { item })) ?? [];
  }

  getTreeItem(node: Node): TreeItem {
    if (node.is === "group") {
      const group = new TreeItem(node.way === "up" ? "Bases" : "Subclasses", TreeItemCollapsibleState.Expanded);
      group.iconPath = new ThemeIcon(node.way === "up" ? "arrow-up" : "arrow-down");
      group.description = String(node.members.length);
      return group;
    }
    const { item } = node;
    const state = node.way === "both" ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
    const row = new TreeItem(item.name, state);
    row.iconPath = new ThemeIcon("symbol-class");
    row.description = item.detail ?? "";
    row.tooltip = item.detail ? `${item.detail}.${item.name}` : item.name;
    row.command = {
      title: "Open",
      command: "vscode.open",
      arguments: [Uri.parse(item.uri), { selection: asRange(item.selectionRange) }],
    };
    return row;
  }

  dispose(): void {
    this.#debounce.dispose();
    this.#changed.dispose();
    for (const one of this.#disposables) one.dispose();
  }
}
