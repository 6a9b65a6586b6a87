"""Random typing through the real server, after each of which it must say what `overt check` says of the same texts.

    python3 edits.py --overt BINARY [--steps 150] [--seed 1]

The files are those of examples/plugins. Each step edits one buffer and writes the same text to a second folder, where the
command line checks it cold; rule, place, level and title must agree for every open file.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import client as lsp

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEVELS = {"error": 1, "warning": 2, "info": 3}
TYPED = ["\n", "    ", ")", "(", ":", '"', '"""', "#", "class X(", "def read(self): ...\n", "@", "🌊", "import ", "\\\n", ".",
         "pass", "=", ","]


def cold(overt, folder, environment):
    """What the command line says: by file, (line, column, level, rule, title)."""
    done = subprocess.run([overt, "check", "--output-format", "json", "--no-progress", "."], cwd=folder, env=environment,
                          capture_output=True, check=False)
    found = {}
    for one in json.loads(done.stdout)["diagnostics"]:
        start = one["location"]["start"]
        found.setdefault(one["location"]["path"], []).append(
            (start["line"], start["column"], LEVELS[one["severity"]], one["rule"], one["message"]))
    return {path: sorted(rows) for path, rows in found.items()}


def shown(diagnostics):
    return sorted((one["range"]["start"]["line"] + 1, one["range"]["start"]["character"] + 1, one["severity"], one["code"],
                   one["message"].split("\n")[0]) for one in diagnostics)


def position(text, offset):
    line = text.count("\n", 0, offset)
    return {"line": line, "character": offset - (text.rfind("\n", 0, offset) + 1)}


def edited(random_, text, texts):
    """One edit: where, and what instead."""
    begin = random_.randrange(len(text) + 1)
    end = min(len(text), begin + random_.choice([0, 0, 0, 1, 2, 5, 40]))
    if random_.random() < 0.3:
        lines = random_.choice(texts).splitlines(keepends=True) or [""]
        piece = random_.choice(lines)
    else:
        piece = random_.choice(TYPED)
    return begin, end, piece


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", default=os.environ.get("OVERT_BINARY"))
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    overt = pathlib.Path(options.overt).resolve()
    random_ = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="overt-lsp-") as scratch:
        live, twin = (pathlib.Path(scratch).resolve() / name for name in ("live", "twin"))
        for folder in (live, twin):
            shutil.copytree(ROOT / "examples" / "plugins", folder)
        environment = lsp.environment_in(scratch)
        names = sorted(str(path.relative_to(live)) for path in live.rglob("*.py"))
        texts = {name: (live / name).read_text(encoding="utf-8") for name in names}
        originals = dict(texts)
        with lsp.Client([str(overt), "server"], live, environment) as client:
            client.request("initialize", {"capabilities": {"general": {"positionEncodings": ["utf-32"]}},
                                          "rootUri": live.as_uri()})
            client.notify("initialized", {})
            uris = {(live / name).as_uri(): name for name in names}
            said, versions, answer = {}, {}, {}

            def settle():
                """Until the server's last words on every open file are what is expected."""
                while said != answer:
                    message = client.wait(lambda one: one.get("method") == "textDocument/publishDiagnostics", 20)
                    params = message["params"]
                    said[uris[params["uri"]]] = shown(params["diagnostics"])

            for step in range(options.steps + len(names)):
                if step < len(names):
                    name = names[step]
                    versions[name] = 1
                    client.notify("textDocument/didOpen", {"textDocument": {
                        "uri": (live / name).as_uri(), "languageId": "python", "version": 1, "text": texts[name]}})
                else:
                    name = random_.choice(names)
                    versions[name] += 1
                    if random_.random() < 0.1:
                        texts[name] = originals[name]
                        changes = [{"text": texts[name]}]
                    else:
                        before = texts[name]
                        begin, end, piece = edited(random_, before, list(originals.values()))
                        texts[name] = before[:begin] + piece + before[end:]
                        changes = [{"range": {"start": position(before, begin), "end": position(before, end)},
                                    "text": piece}]
                    (twin / name).write_text(texts[name], encoding="utf-8", newline="")
                    client.notify("textDocument/didChange", {
                        "textDocument": {"uri": (live / name).as_uri(), "version": versions[name]},
                        "contentChanges": changes})
                found = cold(overt, twin, environment)
                answer.clear()
                answer.update({one: found.get(one, []) for one in versions})
                for one in versions:
                    said.setdefault(one, None)
                try:
                    settle()
                except TimeoutError:
                    print(f"step {step}, seed {options.seed}: the server and a cold run disagree after an edit of {name}")
                    for one in versions:
                        if said[one] != answer[one]:
                            print(f"{one}\n  server {said[one]}\n  cold   {answer[one]}\n--- text\n{texts[one]}")
                    return 1
    print(f"{options.steps} edits: the server said what a cold run said after each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
