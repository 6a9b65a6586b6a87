import assert from "node:assert/strict";
import { homedir } from "node:os";
import { beforeEach, test } from "node:test";
import type { ConfigurationParams } from "vscode-languageclient/node";
import { ending, expand, shortened } from "../src/paths";
import { Presets } from "../src/presets";
import { PythonEnvironment } from "../src/python_environment";
import { answerConfiguration } from "../src/server_settings";
import { settings } from "../src/settings";
import { Memory, foldersHere, forgetAll, valuesHere } from "./vscode_stub";

beforeEach(forgetAll);

test("what people write for a path", () => {
  assert.equal(expand("", "/w"), "");
  assert.equal(expand("/opt/python", "/w"), "/opt/python");
  assert.equal(expand(".venv/bin/python", "/w"), "/w/.venv/bin/python");
  assert.equal(expand("${workspaceFolder}/.venv", "/w/$&"), "/w/$&/.venv");
  assert.equal(expand("~", "/w"), homedir());
  assert.equal(expand("~/env", "/w"), `${homedir()}/env`);
  assert.equal(expand("${userHome}/env", "/w"), `${homedir()}/env`);
  assert.equal(expand("~env", "/w"), "/w/~env");
  assert.equal(expand("env", ""), "env");
});

test("how paths are said", () => {
  assert.equal(shortened(`environment ${homedir()}/env`), "environment ~/env");
  foldersHere.push("/a", "/b");
  assert.equal(shortened("environment /a/.venv"), "environment .venv");
  assert.equal(shortened("environment /b/.venv"), "environment /b/.venv");
});

test("without a scope the first folder is meant", () => {
  foldersHere.push("/a", "/b");
  valuesHere.set("overt.path", " tools/overt ");
  assert.equal(settings.path(), "/a/tools/overt");
});

test("each folder is told its own paths", async () => {
  foldersHere.push("/a", "/b");
  valuesHere.set("overt.interpreter", ".venv");
  valuesHere.set("/b overt.configurationFile", "${workspaceFolder}/strict.toml");
  const ask = { items: ["", "/a", "/b"].map((path) => ({ section: "overt", ...(path && { scopeUri: `file://${path}` }) })) };
  const answers = await answerConfiguration(ask as ConfigurationParams, new PythonEnvironment(), new Presets(new Memory()));
  const paths = answers.map((answer) => {
    const { interpreter, configurationFile } = answer as Record<string, unknown>;
    return [interpreter, configurationFile];
  });
  assert.deepEqual(paths, [
    ["/a/.venv", ""],
    ["/a/.venv", ""],
    ["/b/.venv", "/b/strict.toml"],
  ]);
});

test("the server gets its own settings and nobody else's", async () => {
  const params = { items: [{ section: "overt" }, { section: "python" }] };
  const [own, other] = await answerConfiguration(params, new PythonEnvironment(), new Presets(new Memory()));
  assert.deepEqual(Object.keys(own as object).sort(), [
    "codeLens", "configuration", "configurationFile", "configurationPreference", "diagnosticMode", "disabledFeatures",
    "enable", "fixOnSave", "inlayHints", "interpreter", "languageFeatures", "logFile", "logLevel", "showBaselined",
    "showNotifications", "showSyntaxErrors",
  ]);
  assert.equal(other, null);
});

test("the end of a long path, in whole parts", () => {
  assert.equal(ending("/a/b", 4), "/a/b");
  assert.equal(ending("/aaa/bbb/ccc", 11), "…/bbb/ccc");
  assert.equal(ending("/aaa/bbb/ccc", 8), "…/ccc");
  assert.equal(ending("/a/what-is-long-itself", 5), "…/what-is-long-itself");
});
