import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { isShown, notify } from "../src/notifications";
import type { Notifications } from "../src/settings";
import { forgetAll, shownHere, valuesHere } from "./vscode_stub";

beforeEach(forgetAll);

test("which messages come up by themselves", () => {
  const shown = (wanted: Notifications) => (["error", "warning", "info"] as const).filter((weight) => isShown(weight, wanted));
  assert.deepEqual(shown("off"), []);
  assert.deepEqual(shown("onError"), ["error"]);
  assert.deepEqual(shown("onWarning"), ["error", "warning"]);
  assert.deepEqual(shown("always"), ["error", "warning", "info"]);
  assert.deepEqual(shown("sometimes" as Notifications), ["error", "warning", "info"]); // no value of the setting
});

test("a message is shown as what it is, or not at all", async () => {
  await notify("info", "one");
  valuesHere.set("overt.showNotifications", "onWarning");
  await notify("info", "two");
  await notify("warning", "three");
  await notify("error", "four");
  assert.deepEqual(shownHere, ["info: one", "warning: three", "error: four"]);
});
