// "Show Impact of Member": the places that depend on the member at the cursor, in the peek that shows references.
import { isAbsolute, join } from "node:path";
import { Location, Position, Uri, commands, window } from "vscode";
import type { Disposable } from "vscode";
import { notify } from "./notifications";
import { folderOf } from "./paths";
import type { Impact, ImpactPlace } from "./protocol";
import type { OvertServer } from "./server";
import { nameMeantAt } from "./symbols";

// What a change of the member reaches. What it overrides itself stands above it and is not among them.
const kinds = [
  "overridden_by", "inherited_by", "called_through_super", "named_through_class", "used_through_self",
] as const;

// Each place once, in the order of the kinds. Paths are relative to the folder of the workspace.
export function impactPlaces(impacts: readonly Impact[], folder: string): { path: string; line: number; column: number }[] {
  const places = new Map<string, { path: string; line: number; column: number }>();
  for (const impact of impacts) {
    for (const place of kinds.flatMap((kind): ImpactPlace[] => impact[kind] ?? [])) {
      const path = isAbsolute(place.path) ? place.path : join(folder, place.path);
      places.set(`${path}:${place.line}:${place.column}`, { path, line: place.line, column: place.column });
    }
  }
  return [...places.values()];
}

async function showImpact(server: OvertServer): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) return;
  const { uri } = editor.document;
  const textDocument = { uri: uri.toString() };
  const cursor = editor.selection.active;
  const symbols = await server.ask("textDocument/documentSymbol", { textDocument });
  const { line, character } = nameMeantAt(symbols ?? [], cursor) ?? cursor;
  const impacts = await server.ask("overt/impact", { textDocument, position: { line, character } });
  if (!impacts) return void notify("warning", "overt does not answer; see its log.");
  if (impacts.length === 0) return void notify("info", "There is no member at the cursor.");
  const places = impactPlaces(impacts, folderOf(uri));
  if (places.length === 0) {
    const [{ class: owner, member } = { class: "", member: "" }] = impacts;
    return void notify("info", `Nothing in the workspace depends on ${owner}.${member}.`);
  }
  const locations = places.map((one) => new Location(Uri.file(one.path), new Position(one.line - 1, one.column - 1)));
  await commands.executeCommand("editor.action.showReferences", uri, new Position(line, character), locations);
}

export function registerImpact(server: OvertServer): Disposable {
  return commands.registerCommand("overt.showImpact", () => showImpact(server));
}
