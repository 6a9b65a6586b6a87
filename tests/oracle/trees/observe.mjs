// Runs expected_lines.py in a CPython that is compiled to WebAssembly.
//
//   node observe.mjs PYODIDE_FOLDER LIST OUT.txt
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [pyodideFolder, list, out] = process.argv.slice(2).map((name) => path.resolve(name));
const here = path.dirname(fileURLToPath(import.meta.url));
const { loadPyodide } = await import(pathToFileURL(path.join(pyodideFolder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: pyodideFolder });
for (const [inside, outside] of [["/outside", "/"], ["/oracle", here]]) {
  python.FS.mkdir(inside);
  python.mountNodeFS(inside, outside);
}
python.globals.set("list_name", "/outside" + list);
python.globals.set("out_name", "/outside" + out);
python.runPython(`
import sys
sys.path.insert(0, "/oracle")
sys.dont_write_bytecode = True
import expected_lines
expected_lines.main(list_name, out_name, "/outside")
`);
process.exit(0);
