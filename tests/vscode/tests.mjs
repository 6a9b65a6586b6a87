// What a person does with the extension, and what they see.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

// The name that is misspelt: line 14 of csv_reader.py.
const broken = "`CsvReader.read_rows` is marked `@override`, but no base class defines `read_rows`";

async function waitForServer(editor) {
  await editor.until("the broken override is underlined", async () => (await editor.squiggles()) > 0);
}

// An entry of the status with its command, which a text that is too long pushes out of view.
async function seeWhole(editor, entry) {
  const frame = await editor.page.locator(".monaco-hover", { has: entry }).first().boundingBox();
  const command = await entry.locator(".right a").first().boundingBox();
  assert.ok(command.x + command.width <= frame.x + frame.width, `cut off: ${await entry.innerText()}`);
}

function makeEnvironment(path) {
  mkdirSync(join(path, "lib/python3.13/site-packages"), { recursive: true });
  writeFileSync(join(path, "pyvenv.cfg"), "home = /usr/bin\nversion = 3.13.0\n");
}

function aWalk(theme, name) {
  return async ({ open, shoot, folder }) => {
    const environment = join(dirname(folder), "environments that lie somewhere else", "python 3.13");
    makeEnvironment(environment);
    const editor = await open({ "workbench.colorTheme": theme, "overt.interpreter": environment });
    await editor.openFile("csv_reader.py");
    await waitForServer(editor);

    await editor.until("marks", async () => (await editor.gutter()).includes("broken"));
    assert.deepEqual(await editor.gutter(), ["overrides-overridden", "broken", "overrides", "overrides"]);
    await editor.until("lenses", async () => (await editor.lenses()).length >= 6);
    assert.deepEqual(await editor.lenses(), [
      "2 subclasses", "overrides Reader.open", "overridden in 1 class", "overrides Reader.close", "1 subclass",
      "overrides CsvReader.open",
    ]);
    await shoot(`${name}-marks`);

    // The message, with the base's member beside it.
    await editor.goTo(14, 12);
    await editor.run("Show or Focus Hover");
    await editor.seeText(".monaco-hover", broken.replaceAll("`", "").slice(0, 9));
    const hover = (await editor.page.locator(".monaco-hover:visible").first().innerText()).replaceAll("\u00a0", " ");
    assert.ok(hover.includes(broken), hover);
    await shoot(`${name}-message`);
    await shoot(`${name}-message-part`, { x: 340, y: 0, width: 840, height: 740 });
    await editor.press("Escape");

    // The class at the cursor, up and down.
    await editor.run("Focus on Class Family View");
    await editor.until("the family", async () => (await editor.rows("Class Family")).length >= 5);
    await editor.page.locator(".pane:has(.pane-header[aria-label^='Class Family'])").hover();
    assert.deepEqual(await editor.rows("Class Family"), [
      "CsvReader  readers.csv_reader", "Bases  1", "Reader  readers.base", "Subclasses  1", "TabReader  readers.csv_reader",
    ]);
    await shoot(`${name}-family`);
    await shoot(`${name}-family-part`);

    // Down from a method's body, where the one override is, and from the same place up to the base in another file.
    await editor.openFile("csv_reader.py");
    await editor.goTo(11, 9);
    await editor.press("Alt+d");
    await editor.seePlace("csv_reader.py:24:9");
    await editor.goTo(11, 9);
    await editor.press("Alt+u");
    await editor.seePlace("base.py:18:9");
    await editor.until("marks of the base", async () => (await editor.gutter()).includes("overridden"));
    await editor.until("lenses of the base", async () => (await editor.lenses()).includes("overridden in 3 classes"));
    await shoot(`${name}-base`);

    // Down again: several overrides, so they are offered.
    await editor.press("Alt+d");
    await editor.see(".peekview-widget .monaco-list-row");
    await editor.until("places", async () => (await editor.page.locator(".peekview-widget .ref-tree .monaco-list-row").count()) >= 3);
    await shoot(`${name}-overrides`);
    await editor.press("Escape");

    // What the server is and does.
    await editor.page.locator("[id='status.languageStatus']").click();
    const status = await editor.seeText(".hover-language-status", "overt: ready");
    assert.match(await status.innerText(), /\d+\.\d+\.\d+ \(bundled\)/);
    const where = await editor.seeText(".hover-language-status", "environment …/python 3.13");
    await seeWhole(editor, where);
    await shoot(`${name}-status`);
    await editor.press("Escape");
  };
}

async function quickFix({ open, shoot }) {
  const editor = await open({ "workbench.colorTheme": "Default Dark Modern" });
  await editor.openFile("csv_reader.py");
  await waitForServer(editor);
  await editor.goTo(14, 12);
  await editor.press("Control+.");
  await editor.seeText(".action-widget .monaco-list-row.focused", "rename to `read_row`");
  await shoot("quick-fix");
  await shoot("quick-fix-part", { x: 342, y: 186, width: 560, height: 300 });
  await editor.press("Enter");
  await editor.until("the new name", async () => (await editor.text()).includes("def read_row(self)"));
  await editor.until("no squiggle", async () => (await editor.squiggles()) === 0);
  await editor.until("a mark that it implements", async () => (await editor.gutter()).includes("implements"));
  await editor.until("a lens as well", async () => (await editor.lenses()).includes("implements Reader.read_row"));
  await shoot("fixed");
}

// Each lens leads where it says: to one place at once.
async function followLens({ open }) {
  const editor = await open();
  await editor.openFile("json_reader.py");
  await (await editor.seeText(".codelens-decoration a", "implements Reader.read_row")).click();
  await editor.seePlace("base.py:15:9");
}

async function switchedOff({ open }) {
  const editor = await open({
    "overt.codeLens.overrides": false,
    "overt.codeLens.overridden": false,
    "overt.gutterIcons.enabled": false,
    "overt.diagnosticMode": "off",
  });
  await editor.openFile("csv_reader.py");
  await editor.until("lenses of classes only", async () => (await editor.lenses()).join() === "2 subclasses,1 subclass");
  assert.deepEqual(await editor.gutter(), []);
  assert.equal(await editor.squiggles(), 0);
}

async function leftToOthers({ open }) {
  const editor = await open({ "overt.gutterIcons.kinds": ["overridden", "broken"], "overt.disabledFeatures": ["codeLens"] });
  await editor.openFile("csv_reader.py");
  await waitForServer(editor);
  await editor.until("two kinds of marks", async () => (await editor.gutter()).join() === "overridden,broken");
  assert.deepEqual(await editor.lenses(), []);
}

async function commandsOfTheServer({ open, shoot }) {
  const editor = await open();
  await editor.openFile("csv_reader.py");
  await waitForServer(editor);
  await editor.run("overt: Fix All in File");
  await editor.until("the new name", async () => (await editor.text()).includes("def read_row(self)"));
  await editor.run("overt: Add @override in Workspace");
  await editor.until("a third mark", async () => (await editor.text()).match(/@override\s+def close/));
  await editor.run("overt: Show Environment");
  await editor.until("the environment", async () => (await editor.text()).includes("bundled stubs: typeshed"));
  await shoot("environment");
  await editor.run("overt: Show Server Logs");
  await editor.seeText(".panel .view-lines", "(bundled)");
  await editor.openFile("json_reader.py");
  await editor.run("overt: Restart Server");
  await editor.until("marks again", async () => (await editor.gutter()).includes("implements"));
}

async function commandsOfAClass({ open }) {
  const editor = await open({ "overt.inlayHints.baseMember": true });
  await editor.openFile("csv_reader.py");
  await waitForServer(editor);
  await editor.until("a hint", async () => (await editor.text()).includes("↑ Reader.open"));
  await editor.goTo(14, 10);
  await editor.run("overt: Explain Rule at Cursor");
  await editor.seeText(".tab.active", "override-without-base");
  await editor.openFile("json_reader.py");
  await editor.goTo(16, 10);
  await editor.run("overt: Override Methods…");
  await editor.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "overrides Reader.close" }).click();
  await editor.press("Enter");
  await editor.until("the method", async () => /@override\s+def close\(self\) -> None:/.test(await editor.text()));
}

// Findings stand below the base's member that they break; a click goes to the place, and what is mended goes.
function contractProblems(theme, name) {
  return async ({ open, shoot }) => {
    const editor = await open({ "workbench.colorTheme": theme });
    await editor.openFile("csv_reader.py");
    await waitForServer(editor);
    await editor.run("Focus on Contract Problems View");
    await editor.until("the finding below its base", async () => (await editor.rows("Contract Problems")).length === 2);
    assert.deepEqual(await editor.rows("Contract Problems"), [
      "Reader defines read_row  1", `csv_reader.py:14  ${broken.replaceAll("`", "")}`,
    ]);
    await editor.until("marks", async () => (await editor.gutter()).includes("broken"));
    await shoot(`${name}-problems`);
    const pane = editor.page.locator(".pane:has(> .pane-header[aria-label^='Contract Problems'])");
    await pane.locator(".monaco-list-row").first().click();
    await editor.seePlace("base.py:15:17"); // behind the name, which is selected
    await pane.locator(".monaco-list-row").nth(1).click();
    await editor.seePlace("csv_reader.py:14:18");
    await editor.run("overt: Fix All in File");
    await editor.seeText(".pane .welcome-view-content", "overt has found nothing");
    await shoot(`${name}-no-problems`);
  };
}

async function pickFromList(editor, text) {
  await editor.page.locator(".quick-input-list .monaco-list-row .label-name").getByText(text, { exact: true }).first().click();
}

// With a file of the project open, so that the server is there.
async function startTask(editor, task) {
  await editor.openFile("json_reader.py");
  await editor.until("marks", async () => (await editor.gutter()).includes("implements"));
  await editor.runExactly("Tasks: Run Task");
  await pickFromList(editor, "overt");
  await pickFromList(editor, task);
}

// What a task finds in files that nobody opened stands among the problems.
async function aTask({ open, shoot }) {
  const editor = await open();
  await startTask(editor, "overt: check");
  await editor.seeText("[id='status.problems']", "1"); // before that the terminal comes to the front
  await shoot("task-terminal");
  await editor.run("Problems: Focus on Problems View");
  await editor.seeText(".markers-panel .monaco-list-row", broken);
  await editor.seeText(".markers-panel .monaco-list-row", "override-without-base");
  await shoot("task");
}

// Each round of a watch begins anew: what was mended is no problem any more.
async function aWatch({ open, folder }) {
  const editor = await open();
  await startTask(editor, "overt: watch");
  await editor.seeText("[id='status.problems']", "1");
  const file = join(folder, "src/readers/csv_reader.py");
  writeFileSync(file, readFileSync(file, "utf8").replace("read_rows", "read_row"));
  await editor.until("no problem", async () => (await editor.page.locator("[id='status.problems']").innerText()).trim().startsWith("0"));
}

async function commandsAtTheCursor({ open, shoot, folder }) {
  writeFileSync(join(folder, "overt-baseline.json"), JSON.stringify({ schema_version: 1, findings: [] }));
  const editor = await open();
  await editor.openFile("csv_reader.py");
  await waitForServer(editor);
  await editor.goTo(14, 12);
  await editor.run("overt: Accept Finding into Baseline");
  await editor.until("it is accepted", async () => (await editor.squiggles()) === 0);
  assert.ok(readFileSync(join(folder, "overt-baseline.json"), "utf8").includes("CsvReader"));
  await editor.goTo(8, 8);
  await editor.run("overt: Implement Abstract Members…");
  await editor.until("the member", async () => /def read_row\(self\)/.test(await editor.text()));
  await editor.run("overt: Add @override in This File");
  await editor.until("a mark", async () => /@override\s+def close/.test(await editor.text()));
  await editor.openFile("json_reader.py");
  await editor.goTo(13, 10);
  await editor.run("overt: Implement Abstract Members…");
  await editor.seeText(".notification-toast", "There are no abstract members to implement");
  await editor.run("Notifications: Clear All Notifications");
  await editor.openFile("base.py");
  await editor.goTo(18, 9);
  await editor.run("overt: Show Impact of Member");
  const places = editor.page.locator(".peekview-widget .ref-tree .monaco-list-row");
  await editor.until("what depends on it", async () => (await places.count()) >= 3);
  await shoot("impact");
  await editor.press("Escape");
  // A line's number has the ways that lead on from that line.
  await editor.until("marks of the base", async () => (await editor.gutter()).includes("overridden"));
  await editor.page.locator(".editor-instance .line-numbers").getByText("18", { exact: true }).first().click({ button: "right" });
  await editor.seeText(".monaco-menu .action-label", "Go to Overrides");
  await editor.seeText(".monaco-menu .action-label", "Show Family");
  assert.equal(await editor.page.locator(".monaco-menu .action-label").filter({ hasText: "Go to Base Member" }).count(), 0);
  await shoot("line-menu");
  await editor.press("Escape");
  await editor.goTo(8, 8);
  await editor.run("overt: Show Family");
  await editor.until("the family", async () => (await editor.rows("Class Family")).includes("Reader  readers.base"));
}

// A preset is remembered for the workspace, told in the status, and written nowhere.
async function aPreset({ open, shoot, folder }) {
  const editor = await open({ "workbench.colorTheme": "Default Light Modern" });
  await editor.openFile("csv_reader.py");
  await waitForServer(editor);
  await editor.run("overt: Select Preset…");
  await editor.seeText(".quick-input-list .monaco-list-row", "what mypy reports without a configuration");
  await shoot("presets");
  await pickFromList(editor, "strict");
  await editor.page.locator("[id='status.languageStatus']").click();
  await seeWhole(editor, await editor.seeText(".hover-language-status", "Preset: strict"));
  await shoot("preset-status");
  await editor.press("Escape");
  assert.ok(!existsSync(join(folder, ".vscode/settings.json")));
}

function aWalkthrough(theme, name) {
  return async ({ open, shoot }) => {
    const editor = await open({ "workbench.colorTheme": theme });
    await editor.openFile("csv_reader.py");
    await editor.run("View: Toggle Primary Side Bar Visibility"); // without it there is room beside the steps
    await editor.run("Welcome: Open Walkthrough...");
    await pickFromList(editor, "Class hierarchies with overt");
    await editor.seeText(".getting-started-step", "See what breaks a base's contract");
    await editor.until("its picture", () =>
      editor.page.locator(".getting-started-media img").first().evaluate((image) => image.complete && image.naturalWidth > 0));
    await shoot(`${name}-walkthrough`);
  };
}

async function stopAndStart({ open }) {
  const editor = await open();
  await editor.openFile("csv_reader.py");
  await waitForServer(editor);
  await editor.run("overt: Stop Server");
  await editor.until("no findings", async () => (await editor.squiggles()) === 0);
  await editor.run("overt: Start Server");
  await waitForServer(editor);
}

// A program that is not overt and that says so when it is started.
function trap(path, mark) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\ntouch '${mark}'\n`);
  chmodSync(path, 0o755);
}

async function seeProgram(editor, origin) {
  await editor.run("overt: Show Server Logs");
  await editor.seeText(".panel .view-lines", `(${origin})`);
}

async function untrusted({ open, folder }) {
  const mark = join(folder, "started");
  trap(join(folder, "evil"), mark);
  trap(join(folder, ".venv/bin/overt"), mark);
  mkdirSync(join(folder, ".vscode"));
  writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ "overt.path": "${workspaceFolder}/evil" }));
  const editor = await open({
    "security.workspace.trust.enabled": true,
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
  });
  await editor.seeText(".statusbar", "Restricted Mode");
  await editor.openFile("csv_reader.py");
  await waitForServer(editor);
  await seeProgram(editor, "bundled");
  assert.ok(!existsSync(mark), "a program of the workspace was started");
}

// With trust the environment's program is taken, if it is overt.
async function programOfTheEnvironment({ open, folder, bundled, shoot }) {
  mkdirSync(join(folder, ".venv/bin"), { recursive: true });
  symlinkSync(bundled, join(folder, ".venv/bin/overt"));
  makeEnvironment(join(folder, ".venv"));
  const editor = await open({ "workbench.colorTheme": "Default Light Modern" });
  await editor.openFile("csv_reader.py");
  await waitForServer(editor);
  await editor.until("lenses", async () => (await editor.lenses()).length >= 6);
  await editor.page.locator("[id='status.languageStatus']").click();
  const status = await editor.seeText(".hover-language-status", "overt: ready");
  assert.match(await status.innerText(), /\d+\.\d+\.\d+ \(`\.venv`\)/);
  assert.match(await (await editor.seeText(".hover-language-status", "Python 3.13")).innerText(), /environment \.venv/);
  await shoot("status");
  await shoot("status-part", { x: 800, y: 658, width: 380, height: 82 });
  await editor.press("Escape");
  await seeProgram(editor, "`.venv`");
}

async function programThatIsNotOvert({ open, folder }) {
  trap(join(folder, ".venv/bin/overt"), join(folder, "started"));
  const editor = await open();
  await editor.openFile("csv_reader.py");
  await waitForServer(editor);
  await seeProgram(editor, "bundled");
  await editor.seeText(".panel .view-lines", "does not answer as overt does");
}

// A server that does not come up is told of, and can be started once it is repaired.
async function programThatDoesNotStart({ open, folder, bundled, shoot }) {
  const program = join(folder, ".venv/bin/overt");
  mkdirSync(dirname(program), { recursive: true });
  writeFileSync(program, "#!/bin/sh\n[ \"$1\" = version ] && echo overt 0.0.1 && exit\nexit 3\n");
  chmodSync(program, 0o755);
  const editor = await open();
  await editor.openFile("csv_reader.py");
  await editor.seeText(".notification-toast", "overt could not start: the server ended before it answered (exit code 3)");
  await editor.page.locator("[id='status.languageStatus']").click();
  await editor.seeText(".hover-language-status", "overt: could not start");
  await editor.seeText(".hover-language-status", "Restart");
  await editor.seeText(".hover-language-status", "Logs");
  await editor.seeNone(".hover-language-status:has-text('Environment')"); // nobody knows it any more
  await shoot("could-not-start");
  await editor.press("Escape");
  rmSync(program);
  symlinkSync(bundled, program);
  await editor.run("overt: Restart Server");
  await waitForServer(editor);
  await editor.run("overt: Restart Server");
  await editor.run("overt: Restart Server");
  await editor.until("marks again", async () => (await editor.gutter()).includes("broken"));
}

// What an edit of the base breaks is seen while it is made, in a file that is open beside it.
async function editOfTheBase({ open, shoot }) {
  const editor = await open();
  await editor.openFile("json_reader.py");
  await editor.until("marks", async () => (await editor.gutter()).includes("implements"));
  await editor.openFile("base.py");
  await editor.press("Control+\\");
  await editor.until("two groups", async () => (await editor.page.locator(".editor-group-container").count()) === 2);
  await editor.openFile("json_reader.py");
  await editor.press("Control+1");
  await editor.until("the base in front", async () => (await editor.page.locator(".monaco-editor.focused").count()) === 1);
  await editor.goTo(18, 9);
  await editor.press("Control+Shift+ArrowRight");
  await editor.page.keyboard.type("start");
  await editor.until("the subclass complains", async () => (await editor.squiggles()) > 0);
  await editor.until("its mark too", async () => (await editor.gutter()).includes("broken"));
  await editor.until("lenses of both", async () => (await editor.lenses()).includes("implements Reader.read_row")
    && (await editor.lenses()).includes("overridden in 1 class"));
  await shoot("edit-of-the-base");
}

export const tests = {
  "a walk in dark": aWalk("Default Dark Modern", "dark"),
  "a walk in light": aWalk("Default Light Modern", "light"),
  "quick fix": quickFix,
  "a lens is followed": followLens,
  "what is switched off": switchedOff,
  "what is left to others": leftToOthers,
  "commands of the server": commandsOfTheServer,
  "commands of a class": commandsOfAClass,
  "contract problems in dark": contractProblems("Default Dark Modern", "dark"),
  "contract problems in light": contractProblems("Default Light Modern", "light"),
  "a task": aTask,
  "a watch": aWatch,
  "commands at the cursor": commandsAtTheCursor,
  "a preset": aPreset,
  "the walkthrough in dark": aWalkthrough("Default Dark Modern", "dark"),
  "the walkthrough in light": aWalkthrough("Default Light Modern", "light"),
  "stop and start": stopAndStart,
  "a workspace that is not trusted": untrusted,
  "the program of the environment": programOfTheEnvironment,
  "a program that is not overt": programThatIsNotOvert,
  "a program that does not start": programThatDoesNotStart,
  "an edit of the base": editOfTheBase,
};
