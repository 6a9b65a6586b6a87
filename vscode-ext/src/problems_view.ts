// The tree "Contract Problems": overt's findings below the base's member that they break, as many as there are now.
import { posix } from "node:path";
import {
  DiagnosticSeverity,
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  languages,
  window,
  workspace,
} from "vscode";
import type { Command, Disposable, Event, Location, Range, TreeDataProvider, TreeView, Uri } from "vscode";
import { Debounce } from "./debounce";
import { groupProblems } from "./problem_groups";
import type { Problem, ProblemGroup } from "./problem_groups";

type Node = ProblemGroup | Problem;
const isGroup = (node: Node): node is ProblemGroup => "problems" in node;

const pause = 200; // milliseconds: diagnostics change in bursts

const icons: Record<DiagnosticSeverity, [string, string]> = {
  [DiagnosticSeverity.Error]: ["error", "problemsErrorIcon.foreground"],
  [DiagnosticSeverity.Warning]: ["warning", "problemsWarningIcon.foreground"],
  [DiagnosticSeverity.Information]: ["info", "problemsInfoIcon.foreground"],
  [DiagnosticSeverity.Hint]: ["lightbulb", "problemsInfoIcon.foreground"],
};

export class ProblemsView implements TreeDataProvider<Node>, Disposable {
  readonly #debounce = new Debounce(pause);
  readonly #changed = new EventEmitter<void>();
  readonly #view: TreeView<Node>;
  readonly #disposables: Disposable[];
  #groups: ProblemGroup[] = [];

  readonly onDidChangeTreeData: Event<void> = this.#changed.event;

  constructor() {
    this.#view = window.createTreeView("overt.problems", { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [this.#view, languages.onDidChangeDiagnostics(() => this.#debounce.run(() => this.#refresh()))];
    this.#refresh();
  }

  #refresh(): void {
    const groups = groupProblems(languages.getDiagnostics());
    if (this.#groups.length === 0 && groups.length === 0) return; // somebody else's changed
    this.#groups = groups;
    const count = groups.reduce((sum, { problems }) => sum + problems.length, 0);
    this.#view.description = count > 0 ? String(count) : "";
    this.#changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (!node) return this.#groups;
    return isGroup(node) ? node.problems : [];
  }

  getTreeItem(node: Node): TreeItem {
    return isGroup(node) ? groupRow(node) : problemRow(node);
  }

  dispose(): void {
    this.#debounce.dispose();
    this.#changed.dispose();
    for (const one of this.#disposables) one.dispose();
  }
}

function groupRow({ label, place, problems }: ProblemGroup): TreeItem {
  const row = new TreeItem(label, TreeItemCollapsibleState.Expanded);
  row.id = place ? `${place.uri.toString()}:${place.range.start.line}` : label; // stays open or closed when others come and go
  row.description = String(problems.length);
  row.iconPath = new ThemeIcon(place ? "symbol-method" : "law");
  row.tooltip = place ? `${label}\n${placeText(place)}` : label;
  if (place) row.command = openAt(place.uri, place.range);
  return row;
}

function problemRow({ uri, finding, rule }: Problem): TreeItem {
  const [message = ""] = finding.message.split("\n");
  const row = new TreeItem(`${posix.basename(uri.path)}:${finding.range.start.line + 1}`);
  row.description = message.replaceAll("`", "");
  row.tooltip = `${message}\n${rule}`;
  const [icon, color] = icons[finding.severity];
  row.iconPath = new ThemeIcon(icon, new ThemeColor(color));
  row.command = openAt(uri, finding.range);
  return row;
}

function placeText({ uri, range }: Location): string {
  return `${workspace.asRelativePath(uri)}:${range.start.line + 1}`;
}
function openAt(uri: Uri, range: Range): Command {
  return { title: "Open", command: "vscode.open", arguments: [uri, { selection: range }] };
}
