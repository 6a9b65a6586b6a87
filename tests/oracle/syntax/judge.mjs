// judge.py inside a WebAssembly CPython:  node judge.mjs FOLDER_OF_PYODIDE [--only-grammar] < cases.bin
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const folder = path.resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: folder });
const here = path.dirname(fileURLToPath(import.meta.url));
python.runPython(fs.readFileSync(path.join(here, "judge.py"), "utf8").replace(/\nif __name__[^]*$/, "\n"));
python.globals.set("cases", new Uint8Array(Buffer.concat(chunks)));
const flag = process.argv.includes("--only-grammar") ? "True" : "False";
const verdicts = python.runPython(`judge(bytes(cases.to_py()), ${flag})`);
process.stdout.write(verdicts, () => process.exit(0));
