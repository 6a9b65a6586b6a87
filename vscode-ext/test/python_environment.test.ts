import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PythonEnvironment } from "../src/python_environment";
import { extensionsHere, forgetAll } from "./vscode_stub";

const limit = 10; // milliseconds
const selects = (path: string) => ({ environments: { getActiveEnvironmentPath: () => ({ path }) } });

beforeEach(forgetAll);

test("nobody there", async () => {
  assert.equal(await new PythonEnvironment(limit).interpreterFor(undefined), undefined);
});

test("the selected interpreter", async () => {
  extensionsHere.set("ms-python.python", { isActive: false, activate: async () => selects("/env/bin/python") });
  assert.equal(await new PythonEnvironment(limit).interpreterFor(undefined), "/env/bin/python");
});

test("a bare word says that nothing was selected", async () => {
  extensionsHere.set("ms-python.python", { isActive: true, exports: selects("python") });
  assert.equal(await new PythonEnvironment(limit).interpreterFor(undefined), undefined);
});

test("an extension that takes long is not waited for, and taken when it comes", async () => {
  let arrive: (exports: unknown) => void = () => {};
  const extension = { isActive: false, exports: {}, activate: () => new Promise((resolve) => (arrive = resolve)) };
  extensionsHere.set("ms-python.python", extension);
  const python = new PythonEnvironment(limit);
  let changes = 0;
  python.onDidChange(() => (changes += 1));
  assert.equal(await python.interpreterFor(undefined), undefined);
  // Nor a second time.
  const asked = Date.now();
  assert.equal(await new Promise((resolve) => resolve(python.interpreterFor(undefined))), undefined);
  assert.ok(Date.now() - asked < 1000);
  assert.equal(changes, 0);

  extension.exports = selects("/env/bin/python");
  extension.isActive = true;
  arrive(extension.exports);
  await new Promise((resolve) => setTimeout(resolve, 1));
  assert.equal(changes, 1);
  assert.equal(await python.interpreterFor(undefined), "/env/bin/python");
});

test("one that fails or never answers leaves the word to the other", async () => {
  extensionsHere.set("ms-python.python", { isActive: true, exports: selects("/env/bin/python") });
  const python = new PythonEnvironment(limit);
  const fails = { isActive: false, activate: () => Promise.reject(new Error("broken")) };
  extensionsHere.set("ms-python.vscode-python-envs", fails);
  assert.equal(await python.interpreterFor(undefined), "/env/bin/python");
  const hangs = { isActive: true, exports: { getEnvironment: () => new Promise(() => {}) } };
  extensionsHere.set("ms-python.vscode-python-envs", hangs);
  assert.equal(await python.interpreterFor(undefined), "/env/bin/python");
});
