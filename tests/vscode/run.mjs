// The extension in a real VS Code: node run.mjs [--vsix FILE] [PART OF A TEST'S NAME …]
//
// Wants `setup.sh` to have run. Screenshots go to build/vscode/screenshots.
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startCode } from "./editor.mjs";
import { tests } from "./tests.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const work = join(root, "build/vscode");
const { values, positionals } = parseArgs({ allowPositionals: true, options: { vsix: { type: "string" } } });

function newestVsix() {
  const folder = join(root, "vscode-ext");
  const found = readdirSync(folder).filter((name) => name.endsWith(".vsix")).sort().at(-1);
  if (!found) throw new Error("no .vsix in vscode-ext: `npm ci && npm run package` there");
  return join(folder, found);
}

const vsix = values.vsix ?? newestVsix();
const screenshots = join(work, "screenshots");
mkdirSync(screenshots, { recursive: true });

const wanted = Object.entries(tests).filter(
  ([name]) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);
let passed = 0;
const code = await startCode({ app: join(work, "app"), home: join(work, "home"), vsix });
const installed = readdirSync(join(work, "home/extensions")).find((name) => name.startsWith("overt."));
const bundled = join(work, "home/extensions", installed, "server/bin/overt");
for (const [name, test] of wanted) {
  const started = Date.now();
  // A folder of its own: windows remember what was open in one.
  const folder = join(work, "projects", name.replaceAll(" ", "-"));
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(here, "project"), folder, { recursive: true });
  let editor;
  // `clip`: the part that matters, for the pictures of the READMEs. What fades in or out has done so.
  const shoot = (picture, clip) =>
    editor.page.screenshot({ path: join(screenshots, `${picture}.png`), animations: "disabled", ...(clip && { clip }) });
  const open = async (settings = {}) => (editor = await code.open({ folder, settings }));
  try {
    await test({ open, shoot, folder, bundled });
    passed += 1;
    console.log(`ok     ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    await shoot("failed").catch(() => {}); // there may be no window any more
    console.log(`FAILED ${name}: ${error.stack}`);
  }
  await editor?.close();
}
await code.stop();
const failed = wanted.length - passed;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
