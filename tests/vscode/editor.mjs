// VS Code as a person has it: a server of our own, a browser, keys and what is to be seen.
//
//   const code = await startCode({ app, home, vsix });
//   const editor = await code.open({ folder, settings });
//   await editor.openFile("csv_reader.py");
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";

export const patience = Number(process.env.OVERT_VSCODE_TIME_LIMIT ?? 30) * 1000; // for one thing to appear

// What would come and go by itself, or ask somewhere else.
const quietSettings = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.layoutControl.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.reduceMotion": "on",
  "window.commandCenter": false,
  "chat.commandCenter.enabled": false,
  "chat.setupFromDialog": false,
  "git.enabled": false,
  "editor.minimap.enabled": false,
  "editor.cursorBlinking": "solid",
  "editor.fontFamily": "DejaVu Sans Mono",
  "editor.fontSize": 14,
  "files.autoSave": "off",
  "security.workspace.trust.enabled": false,
};

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function until(what, check, limit = patience) {
  const end = Date.now() + limit;
  let last;
  while (Date.now() < end) {
    try {
      last = await check();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not within ${limit / 1000} s: ${what}${last instanceof Error ? `: ${last.message}` : ""}`);
}

// `app`: where setup.sh installed VS Code. `home`: a fresh folder for everything that it writes.
export async function startCode({ app, home, vsix }) {
  const { chromium } = createRequire(join(app, "package.json"))("playwright-core");
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, "data/User"), { recursive: true });
  const entry = join(app, "node_modules/code-server/out/node/entry.js");
  const places = ["--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions")];
  // Without what leads to environments of this machine.
  const { PYENV_ROOT, PYENV_VERSION, VIRTUAL_ENV, CONDA_PREFIX, ...surroundings } = process.env;
  const env = {
    ...surroundings,
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "share"),
    XDG_CACHE_HOME: join(home, "cache"),
    EXTENSIONS_GALLERY: "{}",
  };
  execFileSync(process.execPath, [entry, ...places, "--install-extension", vsix], { env, stdio: "pipe" });

  const port = await freePort();
  const log = openSync(join(home, "code-server.log"), "w");
  const flags = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
  const server = spawn(process.execPath, [entry, "--bind-addr", `127.0.0.1:${port}`, ...flags, ...places], {
    env,
    stdio: ["ignore", log, log],
  });
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
  // One for all windows, whose cache makes the later ones quick. What a window remembers, it remembers for its folder.
  const context = await browser.newContext({ viewport: { width: 1180, height: 740 } });
  const url = `http://127.0.0.1:${port}/`;
  await until("code-server answers", async () => (await fetch(`${url}healthz`)).ok);
  return {
    async open({ folder, settings = {} }) {
      writeFileSync(join(home, "data/User/settings.json"), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
      const page = await context.newPage();
      await page.goto(`${url}?folder=${encodeURIComponent(folder)}`);
      const editor = new Editor(page);
      await editor.see(".monaco-workbench .statusbar", 2 * patience);
      return editor;
    },
    async stop() {
      await browser.close();
      const gone = once(server, "exit");
      server.kill();
      await gone;
    },
  };
}

export class Editor {
  constructor(page) {
    this.page = page;
  }

  // Waits for an element; `text`: that holds this, for selectors with many of them.
  async see(selector, limit = patience) {
    await this.page.locator(selector).first().waitFor({ state: "visible", timeout: limit });
    return this.page.locator(selector).first();
  }
  async seeText(selector, text) {
    const place = this.page.locator(selector).filter({ hasText: text }).first();
    await place.waitFor({ state: "visible", timeout: patience });
    return place;
  }
  async seeNone(selector) {
    await until(`no ${selector}`, async () => (await this.page.locator(selector).count()) === 0);
  }
  until(what, check) {
    return until(what, check);
  }
  close() {
    return this.page.close();
  }
  press(keys) {
    return this.page.keyboard.press(keys);
  }

  // A key that comes while a window is still busy may be lost: it is pressed again, but not while the list opens.
  async #pick(opener, text) {
    await until(`the list of ${opener}`, async () => {
      await this.press("Escape");
      await this.press(opener);
      await this.page.locator(".quick-input-widget input").first().waitFor({ state: "visible", timeout: patience / 10 });
      return true;
    });
    await this.page.locator(".quick-input-widget input").first().fill(text);
  }
  async openFile(name) {
    await this.#pick("Control+p", name);
    await this.seeText(".quick-input-list .monaco-list-row.focused", name);
    await this.press("Enter");
    await this.seeText(".tab.active", name);
    await this.see(".monaco-editor.focused .view-lines .view-line");
  }
  async run(command) {
    await this.#pick("F1", `>${command}`);
    await this.seeText(".quick-input-list .monaco-list-row.focused", command);
    await this.press("Enter");
  }
  // Where others with a longer name come first.
  async runExactly(command) {
    await this.#pick("F1", `>${command}`);
    await this.page.locator(".quick-input-list .monaco-list-row .label-name").getByText(command, { exact: true }).first().click();
  }
  // Both count from 1.
  async goTo(line, column) {
    await until(`the cursor in line ${line}`, async () => {
      await this.#pick("Control+g", `:${line}:${column}`);
      await this.press("Enter");
      return until("it is there", async () => (await this.place()) === `${line}:${column}`, patience / 10);
    });
  }
  // Of the cursor, as the status bar tells it.
  async place() {
    const text = await this.page.locator("[id='status.editor.selection']").innerText();
    return /Ln (\d+), Col (\d+)/.exec(text)?.slice(1, 3).join(":");
  }
  // "base.py:18:9" is both.
  seePlace(place) {
    return until(place, async () => `${await this.activeFile()}:${await this.place()}` === place);
  }
  async activeFile() {
    return (await this.page.locator(".tab.active .label-name").first().innerText()).trim();
  }
  async text() {
    const lines = await this.page.locator(".monaco-editor.focused .view-lines .view-line").evaluateAll((all) =>
      all.map((one) => [parseFloat(one.style.top), one.textContent.replaceAll("\u00a0", " ")]));
    return lines.sort((a, b) => a[0] - b[0]).map(([, text]) => text).join("\n");
  }
  // Names of the marks in the margin of the active editor, from above: ["overrides", …].
  gutter() {
    return this.page.locator(".editor-instance .glyph-margin-widgets .cgmr").evaluateAll((all) =>
      all
        .map((one) => [one.getBoundingClientRect().top, decodeURIComponent(getComputedStyle(one).backgroundImage)])
        .map(([top, image]) => [top, /icons\/(\w+)\/([\w-]+)\.svg/.exec(image)])
        .filter(([, match]) => match)
        .sort((a, b) => a[0] - b[0])
        .map(([, match]) => match[2]));
  }
  // From above.
  async lenses() {
    const all = await this.page.locator(".codelens-decoration").evaluateAll((found) =>
      found
        .map((one) => [one.getBoundingClientRect().top, one.innerText])
        .sort((a, b) => a[0] - b[0])
        .map(([, text]) => text));
    return all.flatMap((text) => text.split("|")).map((text) => text.replaceAll("\u00a0", " ").trim()).filter(Boolean);
  }
  async squiggles(kind = "error") {
    return this.page.locator(`.editor-instance .squiggly-${kind}`).count();
  }
  // What a view in the side bar lists: ["CsvReader  readers.csv_reader", …].
  async rows(view) {
    const pane = this.page.locator(`.pane:has(> .pane-header[aria-label^='${view}'])`);
    return pane.locator(".monaco-list-row").evaluateAll((all) =>
      all.map((row) =>
        [".label-name", ".label-description"].map((part) => row.querySelector(part)?.textContent).filter(Boolean).join("  ")));
  }
}
