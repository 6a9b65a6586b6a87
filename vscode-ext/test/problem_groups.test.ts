import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnostic, Uri } from "vscode";
import { groupProblems } from "../src/problem_groups";

const file = (name: string): Uri => ({ toString: () => `file:///p/${name}` }) as Uri;
const at = (line: number) => ({ start: { line, character: 8 }, end: { line, character: 12 } });
const related = (message: string, name: string, line: number) => ({ message, location: { uri: file(name), range: at(line) } });

function finding(code: unknown, line: number, relatedInformation?: unknown[], source = "overt"): Diagnostic {
  return { code, source, message: `finding of line ${line}`, range: at(line), relatedInformation } as unknown as Diagnostic;
}
const groups = (...all: [string, Diagnostic[]][]) =>
  groupProblems(all.map(([name, findings]) => [file(name), findings])).map(({ label, place, problems }) => [
    label,
    place ? `${place.uri}:${place.range.start.line}` : "",
    ...problems.map(({ uri, finding: one, rule }) => `${uri}:${one.range.start.line} ${rule}`),
  ]);

test("what breaks one member is one group, whatever its class and rule; the largest stands first", () => {
  const base = (): unknown => related("`Reader` defines `rows`", "base.py", 4);
  assert.deepEqual(
    groups(
      ["b.py", [finding("missing-override", 9, [related("overridden here", "base.py", 7)]), finding("override-of-final", 3, [base()])]],
      ["a.py", [finding({ value: "override-without-base", target: {} }, 5, [related("marked here", "a.py", 4), base()])]],
    ),
    [
      ["Reader defines rows", "file:///p/base.py:4", "file:///p/a.py:5 override-without-base", "file:///p/b.py:3 override-of-final"],
      ["overridden here", "file:///p/base.py:7", "file:///p/b.py:9 missing-override"],
    ],
  );
});

test("what names no base stands below its rule", () => {
  assert.deepEqual(groups(["a.py", [finding("invalid-base", 1), finding("invalid-base", 8, [related("marked here", "a.py", 7)])]]), [
    ["invalid-base", "", "file:///p/a.py:1 invalid-base", "file:///p/a.py:8 invalid-base"],
  ]);
});

test("others' findings are theirs, and what a task found again is one", () => {
  const told = finding("missing-override", 3, [related("`Reader` defines `rows`", "base.py", 4)]);
  assert.deepEqual(groups(["a.py", [finding("missing-override", 3), told, finding("reportFoo", 3, [], "Pylance")]]), [
    ["Reader defines rows", "file:///p/base.py:4", "file:///p/a.py:3 missing-override"],
  ]);
  assert.deepEqual(groups(), []);
});
