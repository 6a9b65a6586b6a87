// The .vsix for this machine's platform, since it holds a program: overt-linux-x64-0.1.0.vsix. Words behind are vsce's.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const target = `${process.platform}-${process.arch}`;
const vsce = join(dirname(createRequire(import.meta.url).resolve("@vscode/vsce/package.json")), "vsce");
// The pictures of the README lie in the package: their links stay as they are.
const words = ["package", "--target", target, "--no-dependencies", "--no-rewrite-relative-links", ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, [vsce, ...words], { stdio: "inherit" }).status ?? 1);
