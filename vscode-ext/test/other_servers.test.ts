import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Uri as RealUri } from "vscode";
import { others } from "../src/other_servers";
import { Uri, extensionsHere, foldersHere, forgetAll, valuesHere } from "./vscode_stub";

const file = (path: string): RealUri => Uri.file(path) as unknown as RealUri;

beforeEach(forgetAll);

test("alone, overt shows all that it has", () => {
  assert.equal(others.showOutline(file("/a/m.py")), false);
  assert.equal(others.completeOverrides(file("/a/m.py")), false);
});

test("beside another server the outline is that one's", () => {
  extensionsHere.set("astral-sh.ty", {});
  assert.equal(others.showOutline(file("/a/m.py")), true);
  assert.equal(others.completeOverrides(file("/a/m.py")), false);
  valuesHere.set("ty.disableLanguageServices", true);
  assert.equal(others.showOutline(file("/a/m.py")), false);
});

test("Pylance that is installed but not chosen shows nothing", () => {
  extensionsHere.set("ms-python.vscode-pylance", {});
  foldersHere.push("/a", "/b");
  valuesHere.set("python.languageServer", "Default");
  valuesHere.set("/b python.languageServer", "None");
  assert.equal(others.showOutline(file("/a/m.py")), true);
  assert.equal(others.completeOverrides(file("/a/m.py")), true);
  assert.equal(others.showOutline(file("/b/m.py")), false);
  assert.equal(others.completeOverrides(file("/b/m.py")), false);
});
