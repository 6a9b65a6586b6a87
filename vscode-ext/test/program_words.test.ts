import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, test } from "node:test";
import type { LogOutputChannel } from "vscode";
import { asToml, askProject, wordsFor } from "../src/program_words";
import type { ProjectKeys, Wishes } from "../src/program_words";
import { PythonEnvironment } from "../src/python_environment";
import { chooseProgram } from "../src/server_program";
import { asOvertTask, plainCommand, taskWords } from "../src/tasks";
import { forgetAll, valuesHere, workspace } from "./vscode_stub";

beforeEach(forgetAll);

const says = (sources: Record<string, string> = {}, rules: ProjectKeys["rules"] = {}): ProjectKeys => ({ sources, rules });
const wishes = (some: Partial<Wishes>): Wishes => ({
  configurationFile: "",
  configuration: {},
  preference: "filesystemFirst",
  interpreter: "",
  ...some,
});

test("values as a configuration file has them", () => {
  assert.equal(asToml("say \"so\"\n"), String.raw`"say \"so\"\n"`);
  assert.equal(asToml(["src", 3, true]), '["src", 3, true]');
  assert.equal(asToml({ level: "warn", "a key": {} }), '{ level = "warn", "a key" = {  } }');
});

test("nothing is set: nothing is said", () => {
  assert.deepEqual(wordsFor(wishes({}), says()), []);
});

test("a file, an interpreter and keys", () => {
  const configuration = { preset: "strict", rules: { "missing-override": "warn" }, environment: { root: ["src"] } };
  assert.deepEqual(wordsFor(wishes({ configuration, configurationFile: "/p/a.toml", interpreter: "/env" }), says()), [
    "--config", "/p/a.toml",
    "--config", 'preset="strict"',
    "--config", 'rules.missing-override="warn"',
    "--config", 'environment.root=["src"]',
    "--python", "/env",
  ]);
});

test("the project's own keys and interpreter go before the editor's", () => {
  const project = says(
    { preset: "overt.toml:1", "environment.python": "overt.toml:3", "src.extend-exclude": "overt.toml:4", "src.exclude": "default" },
    { "missing-override": { level: "error", source: "overt.toml:2" }, "duplicate-base": { level: "error", source: "default" } },
  );
  const configuration = {
    preset: "strict",
    rules: { "missing-override": "warn", "duplicate-base": "warn" },
    src: { "extend-exclude": ["old"], exclude: null },
  };
  assert.deepEqual(wordsFor(wishes({ configuration, interpreter: "/env" }), project), [
    "--config", 'rules.duplicate-base="warn"',
    "--config", 'src.extend-exclude=["old"]', // of which both hold
  ]);
  const first = wordsFor(wishes({ configuration, preference: "editorFirst" }), project);
  assert.ok(first.includes('preset="strict"') && first.includes('rules.missing-override="warn"'));
});

test("a group of rules says nothing of a rule that the project sets", () => {
  const project = says({}, { "missing-override": { level: "error", source: "overt.toml:2" } });
  assert.deepEqual(wordsFor(wishes({ configuration: { rules: { all: "warn" } } }), project), [
    "--config", 'rules.all="warn"',
    "--config", 'rules.missing-override="error"',
  ]);
});

test("where the editor alone is heard, no file is read", () => {
  const project = says({ "environment.python": "overt.toml:3" });
  const asked = wishes({ preference: "editorOnly", configurationFile: "/p/a.toml", interpreter: "/env" });
  assert.deepEqual(wordsFor(asked, project), ["--isolated", "--python", "/env"]);
  const configuration = { environment: { python: ".venv" } };
  assert.deepEqual(wordsFor({ ...asked, configuration }, project), ["--isolated", "--config", 'environment.python=".venv"']);
});

test("the words of a task", () => {
  assert.deepEqual(taskWords({ type: "overt", action: "check" }, []), ["check", "--output-format", "concise"]);
  assert.deepEqual(taskWords({ type: "overt", action: "watch", args: ["--select", "all", "src"] }, ["--python", "/env"]), [
    "check", "--output-format", "concise", "--watch", "--python", "/env", "--select", "all", "src",
  ]);
  assert.deepEqual(plainCommand("/x/overt", ["check"], "linux"), ["/usr/bin/env", ["TERM=dumb", "/x/overt", "check"]]);
  assert.deepEqual(plainCommand("C:\\overt.exe", ["check"], "win32"), ["C:\\overt.exe", ["check"]]);
  assert.equal(asOvertTask({ type: "overt" }), undefined);
  assert.equal(asOvertTask({ type: "overt", action: "fix" }), undefined);
  assert.equal(asOvertTask({ type: "overt", action: "check", args: "src" }), undefined);
  assert.ok(asOvertTask({ type: "overt", action: "check", args: ["src"] }));
});

// A program that answers as overt does.
function program(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\ncat <<'END'\n${text}\nEND\n`);
  chmodSync(path, 0o755);
  return path;
}

test("without trust the extension's own program is taken, for tasks as for the server", async () => {
  const folder = mkdtempSync(join(tmpdir(), "overt-"));
  const log = { warn() {} } as unknown as LogOutputChannel;
  const bundled = program(join(folder, "extension/server/bin/overt"), "overt 1.0.0");
  const own = program(join(folder, "workspace/overt"), "overt 2.0.0");
  valuesHere.set("overt.path", own);
  const choose = () => chooseProgram(join(folder, "extension"), new PythonEnvironment(), log);
  assert.equal((await choose()).path, own);
  workspace.isTrusted = false;
  assert.equal((await choose()).path, bundled);
  rmSync(folder, { recursive: true });
});

test("the program says which keys the project has", async () => {
  const folder = mkdtempSync(join(tmpdir(), "overt-"));
  const path = program(join(folder, "overt"), JSON.stringify({ sources: { preset: "overt.toml:1" }, settings: {} }));
  assert.deepEqual(await askProject(path, folder, ""), { sources: { preset: "overt.toml:1" }, rules: {} });
  assert.deepEqual(await askProject(program(path, "overt: no such file"), folder, "gone.toml"), { sources: {}, rules: {} });
  rmSync(folder, { recursive: true });
});
