import assert from "node:assert/strict";
import { test } from "node:test";
import { describe, describeEnvironment } from "../src/status";

const program = { path: "/x/overt", version: "0.1.0", origin: "bundled" };

test("the version stands beside the state, the environment below", () => {
  const status = { phase: "ready", environment: "Python 3.13, no environment" } as const;
  const { text, detail, busy } = describe("running", status, program);
  assert.equal(text, "overt: ready");
  assert.equal(detail, "0.1.0 (bundled)");
  assert.equal(busy, false);
  assert.deepEqual(describeEnvironment(status), { text: "Python 3.13", detail: "no environment" });
});

test("of an environment far away the end is shown", () => {
  const environment = "Python 3.11, environment /opt/somewhere/else/versions/3.11, the new one/.venv";
  assert.deepEqual(describeEnvironment({ phase: "ready", environment }), {
    text: "Python 3.11",
    detail: "environment …/3.11, the new one/.venv",
  });
  assert.equal(describeEnvironment(undefined), undefined);
  assert.equal(describeEnvironment({ phase: "loading", environment: "" }), undefined);
});

test("a server that says nothing of what it does", () => {
  assert.equal(describe("running", undefined, program).text, "overt: ready");
  assert.equal(describe("running", undefined, program).detail, "0.1.0 (bundled)");
});

test("busy while it starts and checks", () => {
  assert.deepEqual([describe("starting", undefined, undefined).text, describe("starting", undefined, undefined).busy], [
    "overt: loading",
    true,
  ]);
  assert.equal(describe("running", { phase: "checking", environment: "" }, program).busy, true);
});

test("a server that is away can be started from here", () => {
  for (const [state, text] of [
    ["failed", "overt: could not start"],
    ["stopped", "overt: stopped"],
  ] as const) {
    const item = describe(state, undefined, undefined);
    assert.equal(item.text, text);
    assert.equal(item.busy, false);
    assert.equal(item.command.command, "overt.restart");
  }
});
