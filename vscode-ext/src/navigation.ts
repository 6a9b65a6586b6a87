// Up to the base's member and down to the overrides. One place is gone to, several are offered in a peek.
import { Disposable, Position, commands, window } from "vscode";
import type { TextEditor, Uri } from "vscode";
import type { Location } from "vscode-languageclient/node";
import type { OvertServer } from "./server";

export async function showLocations(
  uri: Uri,
  position: Position,
  locations: Location[],
  server: OvertServer,
  nothing = "Nothing to go to",
): Promise<void> {
  const places = locations.map((one) => server.converter.asLocation(one));
  await commands.executeCommand("editor.action.goToLocations", uri, position, places, "peek", nothing);
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

const ways = {
  base: { method: "overt/superMember", nothing: "No base has this member" },
  overrides: { method: "textDocument/implementation", nothing: "No subclass overrides this" },
} as const;

export function registerNavigation(server: OvertServer): Disposable {
  const goTo = async (way: keyof typeof ways, context: unknown): Promise<void> => {
    const editor = window.activeTextEditor;
    if (!editor) return;
    const { uri } = editor.document;
    const position = placeOf(editor, context);
    const { method, nothing } = ways[way];
    const found = await server.ask(method, {
      textDocument: { uri: uri.toString() },
      position: { line: position.line, character: position.character },
    });
    await showLocations(uri, position, found ?? [], server, nothing);
  };
  return Disposable.from(
    commands.registerCommand("overt.goToBase", (context: unknown) => goTo("base", context)),
    commands.registerCommand("overt.goToOverrides", (context: unknown) => goTo("overrides", context)),
  );
}
