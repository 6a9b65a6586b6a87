// What package.json promises, held to what it speaks of: the program's words, files, tables of documentation.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

interface Manifest {
  contributes: {
    commands: { command: string; title: string }[];
    configuration: { properties: Record<string, { enum?: string[]; enumDescriptions?: string[] }> };
    problemMatchers: { name: string; pattern: { regexp: string }; background?: { beginsPattern: string; endsPattern: string } }[];
    walkthroughs: { steps: { description: string; media: { image: string; altText: string } }[] }[];
    tomlValidation: { fileMatch: string[]; url: string }[];
  };
}
const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

test("a finding in the words of `--output-format concise`", () => {
  const lines: [string, string[] | undefined][] = [
    [
      "src/readers/csv reader.py:14:9: error[override-without-base] no base class defines `a: b`",
      ["src/readers/csv reader.py", "14", "9", "error", "override-without-base", "no base class defines `a: b`"],
    ],
    [
      "C:\\p\\a.py:1:7: warning[syntax-error] expected `)`, found `:`",
      ["C:\\p\\a.py", "1", "7", "warning", "syntax-error", "expected `)`, found `:`"],
    ],
    ["overt: 1 error (1 fixable with `overt fix`) in 4 files, 5 classes, 6 override pairs (0.17 s)", undefined],
    ["overt: overt.toml:2:1: unknown rule `foo`", undefined],
  ];
  for (const { pattern } of contributes.problemMatchers) {
    for (const [line, parts] of lines) assert.deepEqual(new RegExp(pattern.regexp).exec(line)?.slice(1), parts, line);
  }
});

test("a round of `--watch`, from its first line to its last", () => {
  const { background } = contributes.problemMatchers.find(({ name }) => name === "overt-watch")!;
  const begins = new RegExp(background!.beginsPattern);
  const ends = new RegExp(background!.endsPattern);
  assert.match("overt: src/readers/csv_reader.py changed", begins);
  assert.match("overt: src/base.py and 2 more changed", begins);
  assert.match("overt: watching 4 files; Ctrl-C ends", ends);
  assert.match("overt: watching 1 file; Ctrl-C ends", ends);
  assert.doesNotMatch("overt: no findings in 4 files, 5 classes, 7 override pairs (0.00 s)", ends);
});

test("the schema is the program's own, written when the extension is packaged", () => {
  assert.deepEqual(contributes.tomlValidation[0]?.fileMatch, ["overt.toml", ".overt.toml"]);
  const { url } = contributes.tomlValidation[0]!;
  assert.ok(readFileSync("scripts/copy-binary.mjs", "utf8").includes(url.replace("./server/", "")));
  assert.ok(!existsSync("overt.schema.json"));
});

test("the pictures of the walkthrough are there, and its buttons lead somewhere", () => {
  const steps = contributes.walkthroughs.flatMap((one) => one.steps);
  assert.equal(steps.length, 4);
  const known = contributes.commands.map(({ command }) => command);
  for (const { description, media } of steps) {
    assert.ok(existsSync(media.image) && media.altText, media.image);
    const [, command = ""] = /\(command:([\w.]+)\)/.exec(description) ?? [];
    assert.ok(known.includes(command) || command === "overt.problems.focus", command);
  }
});

test("every command is carried out by somebody", () => {
  const sources = readdirSync("src").map((name) => readFileSync(`src/${name}`, "utf8")).join("\n");
  for (const { command } of contributes.commands) assert.ok(sources.includes(`"${command}"`), command);
});

test("every command and every setting is told of, in both places", () => {
  for (const page of ["README.md", "../docs/editors/vscode.md"]) {
    const text = readFileSync(page, "utf8");
    for (const { command, title } of contributes.commands) assert.ok(text.includes(title), `${page}: ${title} (${command})`);
  }
  const own = readFileSync("README.md", "utf8");
  for (const name of Object.keys(contributes.configuration.properties)) {
    const [group, member] = name.replace("overt.", "").split(".");
    assert.ok(own.includes(`\`${name}\``) || (own.includes(`\`overt.${group}.`) && own.includes(`\`.${member}\``)), name);
  }
});
