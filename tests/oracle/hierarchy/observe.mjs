// Runs observe.py in a CPython that is compiled to WebAssembly.
//
//   node observe.mjs PYODIDE_FOLDER MODULES_FOLDER OUT.json
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [pyodideFolder, modules, out] = process.argv.slice(2).map((name) => path.resolve(name));
const here = path.dirname(fileURLToPath(import.meta.url));
const { loadPyodide } = await import(pathToFileURL(path.join(pyodideFolder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: pyodideFolder });
for (const [inside, outside] of [["/modules", modules], ["/out", path.dirname(out)], ["/oracle", here]]) {
  python.FS.mkdir(inside);
  python.mountNodeFS(inside, outside);
}
python.globals.set("out_name", path.basename(out));
python.runPython(`
import sys
sys.path.insert(0, "/oracle")
sys.dont_write_bytecode = True
import observe
observe.main("/modules", "/out/" + out_name)
`);
process.exit(0);
