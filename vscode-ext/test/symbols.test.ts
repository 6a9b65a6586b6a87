import assert from "node:assert/strict";
import { test } from "node:test";
import type { DocumentSymbol, TypeHierarchyItem } from "vscode-languageclient/node";
import { innermostClass, isSameClass, nameMeantAt } from "../src/symbols";

const kinds = { class: 5, method: 6, field: 8, function: 12 } as const;

// `column` is that of the name.
function symbol(
  kind: keyof typeof kinds, name: string, first: number, nameLine: number, last: number, column: number, children: DocumentSymbol[] = [],
): DocumentSymbol {
  const start = { line: nameLine, character: column };
  const end = { line: nameLine, character: column + name.length };
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 80 } };
  return { kind: kinds[kind], name, range, selectionRange: { start, end }, children };
}

//  0  def helper(): ...
//  1  class Reader(
//  2      Base,
//  3  ):
//  4      @override
//  5      def open(self):
//  6          self.lines = []
//  7          def inner(): ...
//  8          class Local:
//  9              def read(self):
// 10                  pass
// 11          return Local
// 12
// 13      size = 3
// 14
// 15      class Meta:
// 16
// 17          name = ""
const local = symbol("class", "Local", 8, 8, 10, 14, [symbol("method", "read", 9, 9, 10, 16)]);
const open = symbol("method", "open", 4, 5, 11, 8, [symbol("function", "inner", 7, 7, 7, 12), local]);
const meta = symbol("class", "Meta", 15, 15, 17, 10, [symbol("field", "name", 17, 17, 17, 8)]);
const reader = symbol("class", "Reader", 1, 1, 17, 6, [
  open,
  symbol("field", "lines", 6, 6, 6, 13),
  symbol("field", "size", 13, 13, 13, 4),
  meta,
]);
const tree = [symbol("function", "helper", 0, 0, 0, 4), reader];

test("the name that a cursor means", () => {
  const meant = (line: number, character = 0): string => {
    const found = nameMeantAt(tree, { line, character });
    return found ? `${found.line}:${found.character}` : "";
  };
  assert.equal(meant(0), ""); // no class around it
  assert.equal(meant(1), "1:6"); // the head of a class
  assert.equal(meant(4), "5:8"); // the mark above a method
  assert.equal(meant(5), "5:8");
  assert.equal(meant(6, 14), "5:8"); // an attribute of the instance: the method that makes it
  assert.equal(meant(7, 14), "5:8"); // a function in a method
  assert.equal(meant(8), "8:14");
  assert.equal(meant(10), "9:16"); // in a class in a method
  assert.equal(meant(11, 15), "5:8"); // deep in the body
  assert.equal(meant(12), ""); // between members
  assert.equal(meant(13), "13:4");
  assert.equal(meant(16), ""); // between members of a class in a class
  assert.equal(meant(17, 8), "17:8");
});

test("a class in one line", () => {
  const one = [symbol("class", "Flag", 0, 0, 0, 6, [symbol("field", "on", 0, 0, 0, 12)])];
  assert.deepEqual(nameMeantAt(one, { line: 0, character: 7 }), { line: 0, character: 6 });
  assert.deepEqual(nameMeantAt(one, { line: 0, character: 13 }), { line: 0, character: 12 });
});

test("the class that a cursor stands in", () => {
  assert.deepEqual([0, 5, 10, 13, 16].map((line) => innermostClass(tree, line)?.name), [
    undefined, "Reader", "Local", "Reader", "Meta",
  ]);
});

test("classes of one name in one file are two", () => {
  const item = (line: number, uri = "file:///m.py"): TypeHierarchyItem => {
    const range = { start: { line, character: 10 }, end: { line, character: 14 } };
    return { name: "Meta", kind: 5, uri, range, selectionRange: range };
  };
  assert.ok(isSameClass(item(3), item(3)));
  assert.ok(!isSameClass(item(3), item(9)));
  assert.ok(!isSameClass(item(3), item(3, "file:///n.py")));
  assert.ok(!isSameClass(item(3), undefined));
  assert.ok(isSameClass(undefined, undefined));
});
