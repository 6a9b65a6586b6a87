// Commands that are code actions of the server under a name of their own, so that they can be found without a light bulb and
// bound to a key: what is offered at a place is asked for, and the one that is meant is applied.
import { Disposable, commands, languages, window, workspace } from "vscode";
import type { QuickPickItem, TextEditor } from "vscode";
import type { CodeAction, CodeActionContext, Command, Position, Range } from "vscode-languageclient/node";
import { notify } from "./notifications";
import type { OvertServer } from "./server";
import { innermostClass } from "./symbols";

const byAPerson = 1; // CodeActionTriggerKind.Invoked: what holds at a save only does not count

const isAction = (one: CodeAction | Command): one is CodeAction => typeof one.command !== "string";

// Those whose title begins so, in any case of letters.
export function actionsTitled(offered: readonly (CodeAction | Command)[], beginning: string): CodeAction[] {
  const wanted = beginning.toLowerCase();
  return offered.filter(isAction).filter(({ title, disabled }) => !disabled && title.toLowerCase().startsWith(wanted));
}

interface ActionPick extends QuickPickItem {
  action: CodeAction;
}
// Several with one title are told apart by the findings that they are about.
export function actionPicks(actions: readonly CodeAction[]): ActionPick[] {
  return actions.map((action) => {
    const finding = action.diagnostics?.[0];
    const message = finding?.message ?? "";
    const [detail] = (typeof message === "string" ? message : message.value).split("\n");
    return { label: action.title, description: String(finding?.code ?? ""), ...(detail && { detail }), action };
  });
}

async function offeredAt(editor: TextEditor, server: OvertServer, range: Range, only: string[]) {
  const textDocument = { uri: editor.document.uri.toString() };
  const context: CodeActionContext = { diagnostics: [], only, triggerKind: byAPerson };
  return (await server.ask("textDocument/codeAction", { textDocument, range, context })) ?? [];
}

// Whether it was applied. A list may leave the edit for later.
async function apply(action: CodeAction, server: OvertServer): Promise<boolean> {
  const edit = action.edit ?? (await server.ask("codeAction/resolve", action))?.edit;
  const isDone = edit !== undefined && (await server.applyEdit(edit));
  if (!isDone) await notify("warning", `overt could not ${action.title}; see its log.`);
  return isDone;
}

async function choose(actions: CodeAction[], title: string): Promise<CodeAction | undefined> {
  if (actions.length <= 1) return actions[0];
  return (await window.showQuickPick(actionPicks(actions), { title }))?.action;
}

function cursorOf(editor: TextEditor): Position {
  const { line, character } = editor.selection.active;
  return { line, character };
}

async function implementAbstract(editor: TextEditor, server: OvertServer): Promise<void> {
  const textDocument = { uri: editor.document.uri.toString() };
  const symbols = await server.ask("textDocument/documentSymbol", { textDocument });
  const cursor = cursorOf(editor);
  const place = innermostClass(symbols ?? [], cursor.line)?.selectionRange.start ?? cursor;
  const offered = await offeredAt(editor, server, { start: place, end: place }, ["quickfix", "refactor.rewrite"]);
  const actions = actionsTitled(offered, "implement abstract member");
  if (actions.length === 0) return void notify("info", "There are no abstract members to implement in the class at the cursor.");
  const action = await choose(actions, "Implement which members?");
  if (action) await apply(action, server);
}

async function addOverrides(editor: TextEditor, server: OvertServer): Promise<void> {
  const start = { line: 0, character: 0 };
  const [action] = actionsTitled(await offeredAt(editor, server, { start, end: start }, ["source.addOverride.overt"]), "");
  if (action) await apply(action, server);
  else await notify("info", "Every override in this file is marked already.");
}

const noFinding = "overt has found nothing at the cursor.";
const noBaseline =
  "overt cannot accept a finding at the cursor: it is accepted already, or the project has no baseline (overt: Create Baseline).";

async function acceptFinding(editor: TextEditor, server: OvertServer): Promise<void> {
  const { uri } = editor.document;
  const here = languages.getDiagnostics(uri).filter((one) => one.source === "overt" && one.range.contains(editor.selection.active));
  const cursor = cursorOf(editor);
  const offered = await offeredAt(editor, server, { start: cursor, end: cursor }, ["quickfix"]);
  const actions = actionsTitled(offered, "accept in the baseline");
  if (actions.length === 0) return void notify("info", here.length === 0 ? noFinding : noBaseline);
  const action = await choose(actions, "Accept which finding?");
  if (!action || !(await apply(action, server))) return;
  // The server reads a baseline from disk. Nobody edits that file, so nothing else is saved with it.
  for (const document of workspace.textDocuments) {
    if (document.isDirty && Object.keys(action.edit?.changes ?? {}).includes(document.uri.toString())) await document.save();
  }
}

export function registerCodeActionCommands(server: OvertServer): Disposable {
  const register = (name: string, run: (editor: TextEditor, server: OvertServer) => Promise<void>): Disposable =>
    commands.registerCommand(name, async () => {
      const editor = window.activeTextEditor;
      if (!editor) return;
      if (server.isRunning) await run(editor, server);
      else await notify("warning", "overt is not running.");
    });
  return Disposable.from(
    register("overt.implementAbstract", implementAbstract),
    register("overt.addOverridesInFile", addOverrides),
    register("overt.acceptFinding", acceptFinding),
  );
}
