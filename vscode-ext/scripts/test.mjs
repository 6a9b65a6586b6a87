// Tests of what needs no VS Code: each file of test/ becomes one of JavaScript, with a stub in VS Code's place. How it looks and
// feels is tried in a real one: ../tests/vscode. With --only-installed: the exit status is 77 before `npm ci`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

if (process.argv.includes("--only-installed") && !existsSync("node_modules/esbuild")) {
  console.log("SKIPPED: the extension's packages are not here; `npm ci` in vscode-ext fetches them");
  process.exit(77);
}
const { build } = await import("esbuild");
const folder = "dist/test";
rmSync(folder, { recursive: true, force: true });
await build({
  entryPoints: readdirSync("test").filter((name) => name.endsWith(".test.ts")).map((name) => join("test", name)),
  outdir: folder,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  alias: { vscode: "./test/vscode_stub.ts" },
  sourcemap: "inline",
  logLevel: "warning",
});
const files = readdirSync(folder).map((name) => join(folder, name));
const words = ["--enable-source-maps", "--test", "--test-reporter", process.stdout.isTTY ? "spec" : "dot", ...files];
process.exit(spawnSync(process.execPath, words, { stdio: "inherit" }).status ?? 1);
