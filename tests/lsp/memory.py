"""Twenty thousand edits leave no memory behind.

    python3 memory.py --overt BINARY [--edits 20000]

Types in a base, in a subclass and in damaged code, opens and closes, saves the configuration now and then, and weighs the
server after a tenth of the edits and at the end: at most 1.15 times as much.
"""

import argparse
import os
import pathlib
import shutil
import sys
import tempfile

import client as lsp

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST = 1.15


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", default=os.environ.get("OVERT_BINARY"))
    parser.add_argument("--edits", type=int, default=20000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="overt-lsp-") as scratch:
        folder = pathlib.Path(scratch).resolve() / "project"
        shutil.copytree(ROOT / "examples" / "plugins", folder)
        (folder / "overt.toml").write_text("[rules]\nmissing-override = \"warn\"\n")
        names = sorted(folder.rglob("*.py"))
        with lsp.Client([str(pathlib.Path(options.overt).resolve()), "server"], folder,
                        lsp.environment_in(scratch)) as client:
            client.request("initialize", {"capabilities": {}, "rootUri": folder.as_uri()})
            client.notify("initialized", {})
            texts = {path: path.read_text(encoding="utf-8") for path in names}
            for path in names:
                client.notify("textDocument/didOpen", {"textDocument": {
                    "uri": path.as_uri(), "languageId": "python", "version": 0, "text": texts[path]}})
            weights = []
            for edit in range(1, options.edits + 1):
                path = names[edit % len(names)]
                document = {"uri": path.as_uri(), "version": edit}
                # Each way of typing comes to each file, and every second edit takes back the one before.
                addition = ["", f"\nclass C{edit % 7}:\n    def m{edit % 5}(self): ...\n", "\ndef broken(", "\nimport os"][edit // len(names) % 4]
                client.notify("textDocument/didChange", {"textDocument": document,
                                                         "contentChanges": [{"text": texts[path] + addition}]})
                if edit % 500 == 0:
                    client.notify("textDocument/didClose", {"textDocument": document})
                    client.notify("textDocument/didOpen", {"textDocument": {**document, "languageId": "python", "text": texts[path]}})
                if edit % 2000 == 0:
                    client.notify("workspace/didChangeWatchedFiles",
                                  {"changes": [{"uri": (folder / "overt.toml").as_uri(), "type": 2}]})
                if edit % 100 == 0:
                    client.request("textDocument/diagnostic", {"textDocument": {"uri": path.as_uri()}})
                    client.seen.clear()
                if edit in (options.edits // 10, options.edits):
                    weights.append(client.resident())
    growth = weights[-1] / weights[0]
    print(f"{options.edits} edits: {weights[0]:.0f} MiB after a tenth, {weights[-1]:.0f} MiB at the end, {growth:.2f} times")
    return 0 if growth <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
