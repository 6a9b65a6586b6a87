// Where a cursor stands, by the symbols of its document.
import type { DocumentSymbol, Position, SymbolKind, TypeHierarchyItem } from "vscode-languageclient/node";

const classKind: typeof SymbolKind.Class = 5;

export function innermostClass(symbols: DocumentSymbol[], line: number): DocumentSymbol | undefined {
  for (const symbol of symbols) {
    if (!holdsLine(symbol, line)) continue;
    const inner = innermostClass(symbol.children ?? [], line);
    return inner ?? (symbol.kind === classKind ? symbol : undefined);
  }
  return undefined;
}

// The name of the member or the class that a cursor means: of the member around it, or of the class whose head it stands in.
// Nothing in a class between its members, and outside classes.
export function nameMeantAt(symbols: DocumentSymbol[], position: Position): Position | undefined {
  return symbolMeantAt(symbols, position)?.selectionRange.start;
}

// What is defined in a method belongs to the method, but for classes.
function symbolMeantAt(symbols: DocumentSymbol[], position: Position, owner?: DocumentSymbol): DocumentSymbol | undefined {
  const { line, character } = position;
  const around = longestAt(symbols, line);
  if (!around) return undefined;
  const isClass = around.kind === classKind;
  const { start, end } = around.selectionRange;
  const isInName = line === start.line && start.character <= character && character <= end.character;
  if (isClass && isInName) return around; // and not what stands in the same line: `class A: x = 1`
  const isMeant = isClass ? line <= end.line : owner?.kind === classKind;
  return symbolMeantAt(around.children ?? [], position, around) ?? (isMeant ? around : undefined);
}

// Attributes of an instance stand beside the method that makes them, in whose lines they lie.
function longestAt(symbols: DocumentSymbol[], line: number): DocumentSymbol | undefined {
  let longest: DocumentSymbol | undefined;
  for (const symbol of symbols) {
    if (holdsLine(symbol, line) && (!longest || linesOf(symbol) > linesOf(longest))) longest = symbol;
  }
  return longest;
}

function holdsLine({ range }: DocumentSymbol, line: number): boolean {
  return range.start.line <= line && line <= range.end.line;
}
function linesOf({ range }: DocumentSymbol): number {
  return range.end.line - range.start.line;
}

// Classes of one name may stand in one file: the place of the name tells them apart.
export function isSameClass(one: TypeHierarchyItem | undefined, other: TypeHierarchyItem | undefined): boolean {
  if (!one || !other) return one === other;
  const [a, b] = [one.selectionRange.start, other.selectionRange.start];
  return one.uri === other.uri && one.name === other.name && a.line === b.line && a.character === b.character;
}
