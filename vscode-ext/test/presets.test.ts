import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { Presets, presetPicks, presets } from "../src/presets";
import { PythonEnvironment } from "../src/python_environment";
import { answerConfiguration } from "../src/server_settings";
import { describePreset } from "../src/status";
import { Memory, forgetAll, valuesHere } from "./vscode_stub";

beforeEach(forgetAll);

test("the presets are the program's, and the setting has the same", () => {
  const table = readFileSync("../diagnostics/presets.def", "utf8");
  const rows = [...table.matchAll(/^PRESET\(k\w+, "(.*?)", "(.*?)"\)$/gm)].map(([, name, summary]) => [name, summary]);
  assert.deepEqual(presets, rows);
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  assert.deepEqual(contributes.configuration.properties["overt.preset"].enum, ["", ...presets.map(([name]) => name)]);
});

async function told(memory: Memory): Promise<Record<string, unknown>> {
  const items = [{ section: "overt" }];
  const [answer] = await answerConfiguration({ items }, new PythonEnvironment(), new Presets(memory));
  return answer as Record<string, unknown>;
}

test("what was selected goes before the setting, and is remembered", async () => {
  const memory = new Memory();
  assert.ok(!("preset" in (await told(memory)))); // an older program does not know it
  valuesHere.set("overt.preset", "strict");
  assert.equal((await told(memory))["preset"], "strict");
  await memory.update("overt.preset", "like-mypy");
  assert.equal((await told(memory))["preset"], "like-mypy");
  await memory.update("overt.preset", "gone-since");
  assert.equal((await told(memory))["preset"], "strict");
});

test("lenses of broken contracts can be switched off", async () => {
  assert.deepEqual((await told(new Memory()))["codeLens"], { minimum: undefined });
  valuesHere.set("overt.codeLens.breaks", false);
  assert.deepEqual((await told(new Memory()))["codeLens"], { minimum: undefined, breaks: false });
});

test("the choice that holds is ticked", () => {
  const ticked = (chosen: string, setting = "") =>
    presetPicks(chosen, setting).filter(({ label }) => label.startsWith("$(check)")).map(({ label, name }) => [label, name]);
  assert.deepEqual(ticked(""), [["$(check) No choice", ""]]);
  assert.deepEqual(ticked("strict"), [["$(check) strict", "strict"]]);
  assert.equal(presetPicks("", "basic")[0]?.detail, "`overt.preset` holds: basic");
});

test("the status tells of a preset that is not the project's", () => {
  assert.equal(describePreset("", ""), undefined);
  assert.deepEqual(describePreset("", "basic"), { text: "Preset: basic", detail: "of the settings" });
  assert.deepEqual(describePreset("all", "basic"), { text: "Preset: all", detail: "selected here" });
});
