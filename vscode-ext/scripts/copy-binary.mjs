// The program, its stubs and its libraries into server/, laid out as in the wheel:
//
//   server/bin/overt    server/share/overt/typeshed.overt-stubs    server/share/overt/lib/…
//
// and beside them what the program says of its configuration, for extensions that read TOML: server/overt.schema.json.
//
// They come from OVERT_BINARY_DIR: a build folder (by default ../build/release), or a folder where overt was installed.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const source = resolve(process.env.OVERT_BINARY_DIR ?? join(extension, "../build/release"));
const server = join(extension, "server");

function sizeOf(path) {
  const info = statSync(path);
  return info.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : info.size;
}

rmSync(server, { recursive: true, force: true });
if (existsSync(join(source, "bin/overt"))) {
  cpSync(source, server, { recursive: true, verbatimSymlinks: true });
} else if (existsSync(join(source, "overt"))) {
  // The rules of cmake/Install.cmake, which the wheel is made by as well: nothing is compiled.
  execFileSync("cmake", ["--install", source, "--strip", "--prefix", server], { stdio: ["ignore", "ignore", "inherit"] });
} else {
  console.error(`no overt in ${source}: build it, or name its folder in OVERT_BINARY_DIR`);
  process.exit(1);
}
writeFileSync(join(server, "overt.schema.json"), execFileSync(join(server, "bin/overt"), ["config", "schema"]));
console.log(execFileSync(join(server, "bin/overt"), ["version"], { encoding: "utf8" }).split("\n")[0]);
console.log(`server/: ${(sizeOf(server) / 1e6).toFixed(1)} MB`);
