// Up to the base's member and down to the overrides. One place is gone to, several are offered in a peek.
import { Disposable, Position, Selection, commands, window } from "vscode";
import type { TextEditor, Uri } from "vscode";
import type { Location } from "vscode-languageclient/node";
import { asLocation } from "./places";
import type { OvertServer } from "./server";
import { nameMeantAt } from "./symbols";

export async function showLocations(
  uri: Uri,
  position: Position,
  locations: Location[],
  nothing = "Nothing to go to",
): Promise<void> {
  await commands.executeCommand("editor.action.goToLocations", uri, position, locations.map(asLocation), "peek", nothing);
}

// The menu of line numbers tells its line; everything else means the cursor.
interface LineNumberContext {
  lineNumber: number; // from 1
}
function placeOf(editor: TextEditor, context: unknown): Position {
  const line = (context as Partial<LineNumberContext> | undefined)?.lineNumber;
  if (typeof line !== "number") return editor.selection.active;
  const text = editor.document.lineAt(line - 1);
  // The marks stand at the line of the name: behind `def` a server finds it.
  const def = /^\s*(?:async\s+)?(?:def|class)\s+/.exec(text.text);
  return new Position(line - 1, def ? def[0].length : text.firstNonWhitespaceCharacterIndex);
}

// Both answer anywhere in a member: `overt/superMember` does so itself, implementations are asked for at the member's name.
const ways = {
  base: { method: "overt/superMember", nothing: "No base has this member" },
  overrides: { method: "textDocument/implementation", nothing: "No subclass overrides this" },
} as const;
type Way = keyof typeof ways;

async function find(way: Way, uri: Uri, position: Position, server: OvertServer): Promise<Location[]> {
  const textDocument = { uri: uri.toString() };
  const symbols = way === "overrides" ? await server.ask("textDocument/documentSymbol", { textDocument }) : undefined;
  const { line, character } = nameMeantAt(symbols ?? [], position) ?? position;
  return (await server.ask(ways[way].method, { textDocument, position: { line, character } })) ?? [];
}

export function registerNavigation(server: OvertServer): Disposable {
  const goTo = async (way: Way, context: unknown): Promise<void> => {
    const editor = window.activeTextEditor;
    if (!editor) return;
    const { uri } = editor.document;
    const position = placeOf(editor, context);
    await showLocations(uri, position, await find(way, uri, position, server), ways[way].nothing);
  };
  // The view follows the cursor, so that goes to the line whose menu was asked.
  const showFamily = async (context: unknown): Promise<void> => {
    const editor = window.activeTextEditor;
    const position = editor && placeOf(editor, context);
    if (position) editor.selection = new Selection(position, position);
    await commands.executeCommand("overt.family.focus");
  };
  return Disposable.from(
    commands.registerCommand("overt.showFamily", showFamily),
    commands.registerCommand("overt.goToBase", (context: unknown) => goTo("base", context)),
    commands.registerCommand("overt.goToOverrides", (context: unknown) => goTo("overrides", context)),
  );
}
