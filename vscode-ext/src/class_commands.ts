// Commands about the class at the cursor: its dotted name for the clipboard, and the methods that it could override.
import { Disposable, commands, env, window } from "vscode";
import type { QuickPickItem, TextEditor } from "vscode";
import type { TypeHierarchyItem } from "vscode-languageclient/node";
import { notify } from "./notifications";
import type { Overridable } from "./protocol";
import type { OvertServer } from "./server";
import { innermostClass } from "./symbols";

// "plugins.csv.CsvReader": the server's own name for the class, without the number that tells it from another one.
export function dottedName(item: TypeHierarchyItem): string {
  const named = item.data as { class?: string } | undefined;
  return (named?.class || item.name).replace(/#\d+$/, "");
}

interface MethodPick extends QuickPickItem {
  name: string;
}
// What must be written stands first and is picked already.
export function asPicks(methods: readonly Overridable[]): MethodPick[] {
  return methods.map(({ name, detail, isAbstract }) => ({ label: name, description: detail, picked: isAbstract, name }));
}

async function classAtCursor(editor: TextEditor, server: OvertServer): Promise<TypeHierarchyItem | undefined> {
  const textDocument = { uri: editor.document.uri.toString() };
  const symbols = await server.ask("textDocument/documentSymbol", { textDocument });
  const around = innermostClass(symbols ?? [], editor.selection.active.line);
  if (!around) return undefined;
  const position = around.selectionRange.start;
  return (await server.ask("textDocument/prepareTypeHierarchy", { textDocument, position }))?.[0];
}

async function copyClassPath(editor: TextEditor, server: OvertServer): Promise<void> {
  const item = await classAtCursor(editor, server);
  if (item) await env.clipboard.writeText(dottedName(item));
  else await notify("info", "There is no class at the cursor.");
}

async function overrideMethods(editor: TextEditor, server: OvertServer): Promise<void> {
  const { line, character } = editor.selection.active;
  const position = { line, character };
  const uri = editor.document.uri.toString();
  const methods = await server.ask("overt/overridable", { textDocument: { uri }, position });
  if (!methods?.length) return void notify("info", "The class at the cursor has no method left to override.");
  const picks = await window.showQuickPick(asPicks(methods), {
    title: "Override which methods?",
    canPickMany: true,
    matchOnDescription: true,
  });
  if (!picks?.length) return;
  const names = picks.map((pick) => pick.name);
  await server.ask("workspace/executeCommand", { command: "overt.writeOverrides", arguments: [uri, position, names] });
}

export function registerClassCommands(server: OvertServer): Disposable {
  const register = (name: string, run: (editor: TextEditor, server: OvertServer) => Promise<void>): Disposable =>
    commands.registerCommand(name, async () => {
      const editor = window.activeTextEditor;
      if (editor) await run(editor, server);
    });
  return Disposable.from(
    register("overt.copyClassPath", copyClassPath),
    register("overt.overrideMethods", overrideMethods),
  );
}
