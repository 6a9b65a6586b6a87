import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnostic, Position } from "vscode";
import type { TypeHierarchyItem } from "vscode-languageclient/node";
import { baselineWords, lastLine } from "../src/baseline";
import { asPicks, dottedName } from "../src/class_commands";
import { rulesAt } from "../src/rule_text";

test("the dotted name of a class", () => {
  const named = (data: unknown): string => dottedName({ name: "CsvReader", data } as TypeHierarchyItem);
  assert.equal(named({ class: "plugins.csv.CsvReader" }), "plugins.csv.CsvReader");
  assert.equal(named({ class: "plugins.csv.CsvReader#2" }), "plugins.csv.CsvReader"); // the second of that name in its file
  assert.equal(named({ class: "" }), "CsvReader");
  assert.equal(named(undefined), "CsvReader");
});

test("what must be written is picked already", () => {
  const picks = asPicks([
    { name: "open", detail: "implements Reader.open", isAbstract: true },
    { name: "close", detail: "overrides Reader.close", isAbstract: false },
  ]);
  assert.deepEqual(picks, [
    { label: "open", description: "implements Reader.open", picked: true, name: "open" },
    { label: "close", description: "overrides Reader.close", picked: false, name: "close" },
  ]);
});

test("the rules of the findings at a cursor", () => {
  const finding = (code: unknown, first: number, last: number, source = "overt"): Diagnostic => {
    const contains = ({ line }: Position): boolean => first <= line && line <= last;
    return { code, source, range: { start: { line: first }, end: { line: last }, contains } } as unknown as Diagnostic;
  };
  const findings = [
    finding({ value: "missing-override", target: {} }, 2, 6),
    finding("invalid-override", 3, 3),
    finding("invalid-override", 3, 3),
    finding("reportFoo", 3, 3, "Pylance"),
    finding(undefined, 3, 3),
    finding("duplicate-base", 9, 9),
  ];
  const at = (line: number): string[] => rulesAt(findings, { line, character: 0 } as Position);
  assert.deepEqual(at(3), ["invalid-override", "missing-override"]);
  assert.deepEqual(at(9), ["duplicate-base"]);
  assert.deepEqual(at(0), []);
});

test("the program that writes a baseline", () => {
  assert.deepEqual(baselineWords("create", []), ["baseline", "create"]);
  assert.deepEqual(baselineWords("update", ["--config", "/p/strict.toml"]), ["baseline", "update", "--config", "/p/strict.toml"]);
  assert.equal(lastLine("one\novert-baseline.json: 2 kept\n"), "overt-baseline.json: 2 kept");
  assert.equal(lastLine(""), "");
});
