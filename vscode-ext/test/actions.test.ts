import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeAction, Command, DocumentSelector, ServerCapabilities } from "vscode-languageclient/node";
import { actionPicks, actionsTitled } from "../src/code_actions";
import { debugText } from "../src/debug_information";
import { impactPlaces } from "../src/impact";
import { takesNotebooks } from "../src/notebooks";
import type { Impact } from "../src/protocol";

test("the actions that a command means, whatever case their titles have", () => {
  const offered: (CodeAction | Command)[] = [
    { title: "implement abstract member of `Reader`", kind: "quickfix" },
    { title: "Implement abstract members of `Closer`", kind: "refactor.rewrite" },
    { title: "implement abstract members of `Gone`", disabled: { reason: "the class has none" } },
    { title: "implement abstract members", command: "other.command" },
    { title: "accept in the baseline", kind: "quickfix" },
  ];
  const titles = (beginning: string): string[] => actionsTitled(offered, beginning).map(({ title }) => title);
  assert.deepEqual(titles("implement abstract member"), [
    "implement abstract member of `Reader`", "Implement abstract members of `Closer`",
  ]);
  assert.deepEqual(titles("accept in the baseline"), ["accept in the baseline"]);
  assert.deepEqual(titles("take out of"), []);
});

test("actions of one title are told apart by their findings", () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const accept: CodeAction = {
    title: "accept in the baseline",
    diagnostics: [{ range, code: "duplicate-base", message: "`B` lists `int` twice\nfirst listed here" }],
  };
  const [about, none] = actionPicks([accept, { title: "implement" }]);
  assert.deepEqual([about?.description, about?.detail], ["duplicate-base", "`B` lists `int` twice"]);
  assert.deepEqual([none?.description, none?.detail], ["", undefined]);
});

test("the places that a member reaches, each once", () => {
  const place = (path: string, line: number): { path: string; line: number; column: number } => ({ path, line, column: 9 });
  const impact: Impact = {
    ...place("base.py", 2),
    class: "base.Reader",
    member: "close",
    overrides: [place("root.py", 1)], // above it
    overridden_by: [place("main.py", 7)],
    called_through_super: [place("main.py", 8), place("/lib/other.py", 3)],
    used_through_self: [place("main.py", 8)],
  };
  assert.deepEqual(impactPlaces([impact], "/p"), [place("/p/main.py", 7), place("/p/main.py", 8), place("/lib/other.py", 3)]);
  assert.deepEqual(impactPlaces([], "/p"), []);
});

test("what a report of a fault should hold", () => {
  const text = debugText({ files: 3 }, { path: "/x/overt", version: "0.1.0", origin: "bundled" });
  assert.deepEqual(JSON.parse(text), { program: { path: "/x/overt", version: "0.1.0", origin: "bundled" }, files: 3 });
  assert.equal(debugText({}, undefined), "{}\n");
});

test("a server hears of cells only if it takes notebooks", () => {
  const selector: DocumentSelector = [{ scheme: "file", language: "python" }];
  const feature = takesNotebooks(selector);
  feature.preInitialize?.({}, selector);
  assert.equal(selector.length, 1);
  const capabilities: ServerCapabilities = { notebookDocumentSync: { notebookSelector: [{ cells: [{ language: "python" }] }] } };
  feature.preInitialize?.(capabilities, selector);
  assert.deepEqual(selector[1], { scheme: "vscode-notebook-cell", language: "python" });
});
