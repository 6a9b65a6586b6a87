// Lenses come from the server. Which kinds are shown is the user's choice, and following one is the editor's work.
import { Uri, commands } from "vscode";
import type { CodeLens, Disposable, TextDocument } from "vscode";
import type { Location, Position } from "vscode-languageclient/node";
import { settings } from "./settings";
import type { LensKind } from "./settings";
import { showLocations } from "./navigation";
import { asPosition } from "./places";

// The server says with each lens of which kind it is, in what the protocol lets it keep there.
interface OvertLens extends CodeLens {
  data?: { kind?: LensKind };
}

export function hideUnwantedLenses(document: TextDocument, lenses: CodeLens[] | null | undefined): CodeLens[] {
  return (lenses ?? []).filter((lens) => {
    const kind = (lens as OvertLens).data?.kind;
    return !kind || settings.showsLens(kind, document.uri);
  });
}

// The command of a lens: its arguments are the server's, in the words of the protocol.
export function registerLensCommand(): Disposable {
  return commands.registerCommand("overt.showLens", async (uri: string, position: Position, locations: Location[]) => {
    await showLocations(Uri.parse(uri), asPosition(position), locations);
  });
}
