// "Explain Rule at Cursor": the rule's page, as the program brings it along, in a preview that nobody is asked to save.
import { Disposable, EventEmitter, Uri, commands, languages, window, workspace } from "vscode";
import type { Diagnostic, Position } from "vscode";
import { notify } from "./notifications";
import { ruleOf } from "./problem_groups";
import type { OvertServer } from "./server";

const scheme = "overt-rule";

// Of overt's findings at a place, each once, the narrowest first: `code` is the rule, with or without a link.
export function rulesAt(findings: readonly Diagnostic[], position: Position): string[] {
  const here = findings.filter((one) => one.source === "overt" && one.range.contains(position));
  here.sort((a, b) => linesOf(a) - linesOf(b));
  const rules = here.map(ruleOf);
  return [...new Set(rules)].filter((rule) => rule !== "");
}

function linesOf({ range }: Diagnostic): number {
  return range.end.line - range.start.line;
}

export function registerRuleText(server: OvertServer): Disposable {
  const pages = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const explain = async (): Promise<void> => {
    const editor = window.activeTextEditor;
    if (!editor) return;
    const rules = rulesAt(languages.getDiagnostics(editor.document.uri), editor.selection.active);
    const rule = rules.length > 1 ? await window.showQuickPick(rules, { title: "Explain which rule?" }) : rules[0];
    if (rule === undefined) {
      if (rules.length === 0) await notify("info", "overt has found nothing at the cursor.");
      return;
    }
    const answer = await server.ask("overt/explain", { rule });
    if (!answer) return void notify("warning", `overt does not explain \`${rule}\`; see its log.`);
    const uri = Uri.parse(`${scheme}:${rule}.md`);
    pages.set(uri.path, answer.text);
    changed.fire(uri);
    await commands.executeCommand("markdown.showPreview", uri);
  };
  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => pages.get(uri.path) ?? "",
    }),
    commands.registerCommand("overt.explainRule", explain),
  );
}
