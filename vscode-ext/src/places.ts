// Places in the words of VS Code.
import { Location, Position, Range, Uri } from "vscode";
import type * as protocol from "vscode-languageclient/node";

export function asPosition({ line, character }: protocol.Position): Position {
  return new Position(line, character);
}
export function asRange({ start, end }: protocol.Range): Range {
  return new Range(asPosition(start), asPosition(end));
}
export function asLocation({ uri, range }: protocol.Location): Location {
  return new Location(Uri.parse(uri), asRange(range));
}
