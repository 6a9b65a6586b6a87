"""Golden tests of the language server: dialogues in Markdown, spoken with the real program.

    python3 run.py --overt BINARY [FILE.md[:PART OF A HEADING] …]

A heading with an `lsp` fence is a test. Its other fences are files of a fresh folder: the line `` `name.py`: `` before a
fence names it (default `main.py`, `overt.toml` for `toml`). In an `lsp` fence a line `> …` is what the client does:

    > start                                  starts the server; `start --option` with more words
    > hello                                  `initialize` and `initialized` for this folder; its answer is not shown
    > hello {"textDocument": {…}}            the same with these capabilities; a second object holds more parameters
    > open main.py                           `didOpen` with the text of the file, version 1; `open main.py again`
    > edit main.py 3:4-3:8 "text"            `didChange` of that range, with the next version; `edit main.py "whole text"`
    > close main.py      > save main.py
    > write main.py "text"  > remove main.py  > rename main.py new.py  changes the disk only
    > reply METHOD=JSON                      from here on the client answers the server so; also behind `start`
    > watched created|changed|deleted NAME   `workspace/didChangeWatchedFiles`
    > notebook rows.ipynb one.cell two.md    `notebookDocument/didOpen` of these files as cells: Python, and Markdown by `.md`;
                                             the URI of one is `rows.ipynb#one.cell` here and in what the client asks
    > cells rows.ipynb 1 2 three.cell        other cells instead of two from number 1 on; those that are open stay so
    > pull main.py                           `textDocument/diagnostic`
    > ask METHOD {params}                    any request, with the next id
    > tell METHOD {params}                   any notification
    > send {message}   > bytes "text"        a message as it is; bytes as they are (a Python literal)
    > repeat 100 ACTION                      the same often
    > status                                 nothing; what the server says next, or has said, of being ready is on the page
    > status .venv                           the same, when the environment that it names has this part
    > bye                                    `shutdown` and `exit`
    > end                                    closes the server's input
    >> ACTION                                the same, but the next action follows before anybody listens

`edit` of a cell is told as a change of its notebook, `close` and `save` of a notebook as its end and its saving. And `< …`
is what the server says then, a message each: the method and its params, or `answer` with result or error of a
request, positions as `3:4` and ranges as `3:4-3:8`. `? 0` is its exit code, `2> …` its standard error. `<folder>` stands
for the URI of the folder, `<cells>` for that of its cells, `<path>` for its path, `<cache>` for the URI of overt's cache, `<id>` for the last `resultId`,
`<answer>` for the first item of the last answer that was a list, `<uri>` for the URI in it. Whatever the server says that
is not on the page fails the test, and so does silence where something is; only `overt/status` comes when it likes, and
is on the page where `> status` asks for it. OVERT_UPDATE=1 writes what was said into the page.
"""

import argparse
import ast
import concurrent.futures
import json
import os
import pathlib
import re
import sys
import tempfile
import time

import client as lsp

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "harness"))
import markdown_pages  # noqa: E402

QUIET = 2.6  # seconds without a word after which an update believes that no more comes
WIDTH = 116


class Test:
    def __init__(self, section, fence):
        self.path, self.title, self.place = section.path, section.title, section.place()
        self.first, self.lines = fence.first, fence.lines
        self.files = [(one.name, one.text()) for one in section.fences if one.name]
        if not any(line.startswith("> ") for line in self.lines):
            sys.exit(f"{section.path}:{fence.first}: an `lsp` fence in which nobody is listened to")


def tests_of(path):
    tests = []
    for section in markdown_pages.sections(path):
        fences = [fence for fence in section.fences if fence.info == "lsp"]
        if len(fences) > 1:
            sys.exit(f"{path}:{fences[1].first}: one `lsp` fence for each heading")
        tests += [Test(section, fence) for fence in fences]
    return tests


def steps(lines):
    """The client's actions, each with the lines that should follow; None where nobody listens."""
    found = []
    for line in lines:
        if line.startswith((">> ", "> ")):
            arrows, _, action = line.partition(" ")
            found.append((action, [] if arrows == ">" else None))
        elif line.strip():
            found[-1][1].append(line)
    return found


def shortened(value):
    """The same with `3:4` for a position and `3:4-3:8` for a range, as `edit` spells them."""
    if isinstance(value, list):
        return [shortened(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"line", "character"}:
        return f"{value['line']}:{value['character']}"
    value = {key: shortened(member) for key, member in value.items()}
    return f"{value['start']}-{value['end']}" if value.keys() == {"start", "end"} else value


def show(value, indent, used):
    """JSON on one line where it fits behind the `used` columns, else its members line by line."""
    flat = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if used + len(flat) <= WIDTH or not isinstance(value, (dict, list)) or not value:
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, list):
        parts = [show(item, indent + 2, indent + 2) for item in value]
        return "[\n" + ",\n".join(inner + part for part in parts) + "]"
    labels = {key: f"{json.dumps(key)}: " for key in sorted(value)}
    parts = [label + show(value[key], indent + 2, indent + 2 + len(label)) for key, label in labels.items()]
    return "{\n" + ",\n".join(inner + part for part in parts) + "}"


class Dialogue:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.uri = folder.as_uri()
        self.cache = (folder.parent / "cache" / "overt").as_uri()
        self.client, self.versions, self.result_id, self.item = None, {}, "", None
        self.told = None  # the last `overt/status`
        self.cell_uri = f"vscode-notebook-cell:{folder}"
        self.notebooks = {}  # the cells of each that is open

    # --- What the client does ---------------------------------------------------------------------------------------

    def act(self, action):
        if self.client is None and not action.startswith("start"):
            self.start("")
        word, _, rest = action.partition(" ")
        getattr(self, word)(rest)

    def start(self, rest):
        environment = {**lsp.environment_in(self.folder.parent / "home"), "XDG_CACHE_HOME": str(self.folder.parent / "cache")}
        words, answers = [], {}
        for word in rest.split():
            if "=" in word and not word.startswith("-"):  # METHOD=JSON: how the client answers the server
                method, _, value = word.partition("=")
                answers[method] = json.loads(self.fill(value))
            else:
                words.append(word)
        self.client = lsp.Client([str(self.binary), "server", *words], self.folder, environment, answers)

    def fill(self, text):
        for name, value in (("<folder>", self.uri), ("<cells>", self.cell_uri), ("<path>", str(self.folder)), ("<cache>", self.cache),
                            ("<id>", self.result_id), ("<answer>", json.dumps(self.item)),
                            ("<uri>", str((self.item or {}).get("uri")))):
            text = text.replace(name, value)
        return text

    def hello(self, rest):
        capabilities, end = json.JSONDecoder().raw_decode(self.fill(rest or "{}"))
        params = {"processId": os.getpid(), "capabilities": capabilities, "rootUri": self.uri,
                  "workspaceFolders": [{"uri": self.uri, "name": "project"}],
                  **json.loads(self.fill(rest)[end:].strip() or "{}")}
        self.client.request("initialize", params)
        self.client.notify("initialized", {})

    def name(self, text):
        text = self.fill(text)
        if ".ipynb#" in text and ":" not in text:
            return f"{self.cell_uri}/{text}"
        return f"{self.uri}/{text}" if ":" not in text else text

    def open(self, rest):
        name, _, again = rest.partition(" ")
        self.versions[name] = self.versions.get(name, 0) + 1 if again else 1
        path = self.folder / name
        text = path.read_bytes().decode("utf-8") if ":" not in name and path.exists() else ""
        if again and again != "again":
            text = ast.literal_eval(again)
        language = {".toml": "toml", ".json": "json", ".ipynb": "json"}.get(pathlib.Path(name).suffix, "python")
        self.client.notify("textDocument/didOpen", {"textDocument": {"uri": self.name(name), "languageId": language,
                                                                     "version": self.versions[name], "text": text}})

    def edit(self, rest):
        name, _, what = rest.partition(" ")
        self.versions[name] = self.versions.get(name, 1) + 1
        place = re.match(r"(\d+):(\d+)-(\d+):(\d+) (.*)$", what)
        if place:
            line, column, last_line, last_column = (int(place[i]) for i in range(1, 5))
            change = {"range": {"start": {"line": line, "character": column},
                                "end": {"line": last_line, "character": last_column}},
                      "text": ast.literal_eval(place[5])}
        else:
            change = {"text": ast.literal_eval(what)}
        if ".ipynb#" in name:
            notebook = name.partition("#")[0]
            return self.change_cells(notebook, {"textContent": [
                {"document": {"uri": self.name(name), "version": self.versions[name]}, "changes": [change]}]})
        self.client.notify("textDocument/didChange", {
            "textDocument": {"uri": self.name(name), "version": self.versions[name]}, "contentChanges": [change]})

    def notebook(self, rest):
        notebook, *files = rest.split()
        cells, texts = self.read_cells(notebook, files)
        self.notebooks[notebook], self.versions[notebook] = files, 1
        self.client.notify("notebookDocument/didOpen", {
            "notebookDocument": {"uri": self.name(notebook), "notebookType": "jupyter-notebook", "version": 1, "cells": cells},
            "cellTextDocuments": texts})

    def read_cells(self, notebook, files):
        """The cells, and the texts of those that are not open."""
        cells, texts = [], []
        for file in files:
            name = f"{notebook}#{file}"
            cells.append({"kind": 1 if file.endswith(".md") else 2, "document": self.name(name)})
            if name in self.versions:
                continue
            self.versions[name] = 1
            texts.append({"uri": self.name(name), "languageId": "markdown" if file.endswith(".md") else "python",
                          "version": 1, "text": (self.folder / file).read_text(encoding="utf-8").removesuffix("\n")})
        return cells, texts

    def cells(self, rest):
        notebook, start, count, *files = rest.split()
        start, count, names = int(start), int(count), self.notebooks[notebook]
        cells, texts = self.read_cells(notebook, files)
        gone = [name for name in names[start:start + count] if name not in files]
        names[start:start + count] = files
        for name in gone:
            del self.versions[f"{notebook}#{name}"]
        self.change_cells(notebook, {"structure": {
            "array": {"start": start, "deleteCount": count, "cells": cells}, "didOpen": texts,
            "didClose": [{"uri": self.name(f"{notebook}#{name}")} for name in gone]}})

    def change_cells(self, notebook, change):
        self.versions[notebook] += 1
        self.client.notify("notebookDocument/didChange", {
            "notebookDocument": {"uri": self.name(notebook), "version": self.versions[notebook]},
            "change": {"cells": change}})

    def close(self, name):
        if name in self.notebooks:
            return self.client.notify("notebookDocument/didClose", {
                "notebookDocument": {"uri": self.name(name)},
                "cellTextDocuments": [{"uri": self.name(f"{name}#{file}")} for file in self.notebooks.pop(name)]})
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": self.name(name)}})

    def save(self, name):
        if name in self.notebooks:
            return self.client.notify("notebookDocument/didSave", {"notebookDocument": {"uri": self.name(name)}})
        self.client.notify("textDocument/didSave", {"textDocument": {"uri": self.name(name)}})

    def write(self, rest):
        name, _, text = rest.partition(" ")
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ast.literal_eval(text), encoding="utf-8")

    def remove(self, name):
        path = self.folder / name
        path.rmdir() if path.is_dir() else path.unlink()

    def rename(self, rest):
        name, new = rest.split()
        (self.folder / name).rename(self.folder / new)

    def reply(self, rest):
        method, _, value = rest.partition("=")
        self.client.answers[method] = json.loads(self.fill(value))

    def watched(self, rest):
        kind, *names = rest.split()
        number = {"created": 1, "changed": 2, "deleted": 3}[kind]
        self.client.notify("workspace/didChangeWatchedFiles",
                           {"changes": [{"uri": self.name(name), "type": number} for name in names]})

    def pull(self, rest):
        name, _, more = rest.partition(" ")
        self.client.start("textDocument/diagnostic",
                          {"textDocument": {"uri": self.name(name)}, **json.loads(self.fill(more or "{}"))})

    def ask(self, rest):
        method, _, params = rest.partition(" ")
        self.client.start(method, json.loads(self.fill(params or "null")))

    def tell(self, rest):
        method, _, params = rest.partition(" ")
        self.client.notify(method, json.loads(self.fill(params or "null")))

    def send(self, rest):
        self.client.send_text(self.fill(rest))

    def bytes(self, rest):
        data = eval(rest, {"__builtins__": {}})  # a literal, or one times a number
        self.client.send_bytes(data.encode("utf-8") if isinstance(data, str) else data)

    def repeat(self, rest):
        count, _, action = rest.partition(" ")
        for _ in range(int(count)):
            self.act(action)

    def status(self, part):
        def is_ready(message):
            return (message.get("method") == "overt/status" and message["params"]["phase"] == "ready"
                    and self.fill(part) in message["params"]["environment"])
        is_told = self.told is not None and is_ready(self.told)
        self.told = self.told if is_told else self.client.wait(is_ready)
        self.client.seen = [one for one in self.client.seen if one.get("method") != "overt/status"] + [self.told]

    def bye(self, _):
        self.client.request("shutdown")
        self.client.notify("exit")

    def end(self, _):
        self.client.process.stdin.close()

    def is_listened_to(self):
        return self.client.process.poll() is None and not self.client.process.stdin.closed

    # --- What the server says ---------------------------------------------------------------------------------------

    def words(self, message):
        message = {key: value for key, value in message.items() if key not in ("jsonrpc", "_received")}
        if "method" in message:
            start, value = f"< {message['method']} ", message.get("params")
        elif "error" in message:
            start, value = f"< answer {json.dumps(message['id'])} error ", message["error"]
        else:
            start, value = f"< answer {json.dumps(message['id'])} ", message["result"]
            if isinstance(value, list) and value:
                self.item = value[0]
        self.result_id = (re.findall(r'"resultId": "([0-9a-f]{16})"', json.dumps(value)) or [self.result_id])[-1]
        return (start + show(shortened(self.masked(value)), 2, len(start))).split("\n")

    def masked(self, value):
        """Without what differs from run to run."""
        text = json.dumps(value, ensure_ascii=False)
        for name, found in (("<folder>", self.uri), ("<cells>", self.cell_uri), ("<cache>", self.cache), ("<path>", str(self.folder))):
            text = text.replace(found, name)
        text = re.sub(r"(<cache>/(?:stubs|rules)/)[0-9a-f]{16}", r"\1<hash>", re.sub(r'"[0-9a-f]{16}"', '"<id>"', text))
        text = re.sub(r"\b[0-9a-f]{40}\b", "<commit>", text)
        for name in ("build", "commit", "system"):  # of `overt/debugInfo`
            text = re.sub(rf'"{name}": "[^"]*"', f'"{name}": "<{name}>"', text)
        text = re.sub(r"overt [0-9.]+, commit [^\\]*\\n  build: [^\\]*\\n  system: [^\\]*", "overt <program>", text)
        text = re.sub(r'_bytes": \d+', '_bytes": 0', re.sub(r"\d+\.\d MiB", "<size>", text))
        return json.loads(re.sub(r'"version": "\d[^"]*"', '"version": "<version>"', text))

    def hear(self, limit):
        """The next message as lines; at the end how the server ended; None if nothing comes."""
        if self.client.seen:
            return self.words(self.client.seen.pop(0))
        try:
            message = self.client.next(limit)
            while message is not None and message.get("method") == "overt/status":
                self.told = message
                message = self.client.next(limit)
        except TimeoutError:
            return None
        if message is not None:
            return self.words(message)
        self.client.messages.put(None)
        lines = [f"? {self.client.exit_code()}"]
        self.client.threads[1].join(5)
        return lines + [f"2> {line}" for line in self.client.errors.decode().splitlines()]


def listen(dialogue, expected, updating):
    """What the server says: as many lines as are expected, and whatever is said without waiting."""
    heard = []
    while True:
        if heard and heard[-1].startswith(("? ", "2> ")):
            return heard
        missing = len(heard) < len(expected)
        lines = dialogue.hear(QUIET if updating else lsp.TIME_LIMIT if missing else 0.001)
        if lines is None:
            return heard
        heard += lines


class Result:
    def __init__(self, test):
        self.test, self.failures, self.fresh = test, [], []


def run_test(test, binary):
    result, updating = Result(test), markdown_pages.is_updating()
    with tempfile.TemporaryDirectory(prefix="overt-lsp-") as scratch:
        folder = pathlib.Path(scratch).resolve() / "project"
        folder.mkdir()
        (folder.parent / "home").mkdir()
        for name, text in test.files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        dialogue = Dialogue(binary, folder)
        try:
            for action, expected in steps(test.lines):
                dialogue.act(action)
                if expected is None:
                    result.fresh.append(f">> {action}")
                    continue
                heard = listen(dialogue, expected, updating)
                result.fresh += [f"> {action}", *heard]
                if heard != expected:
                    result.failures.append("\n".join([f"> {action}", "--- expected", *expected, "--- said", *heard]))
                    if not updating:
                        break
            if not result.failures and dialogue.is_listened_to():
                # Nothing may be left unsaid on the page.
                end = time.monotonic() + lsp.TIME_LIMIT
                dialogue.client.start("shutdown")
                while time.monotonic() < end and (said := dialogue.hear(lsp.TIME_LIMIT)):
                    if said[0].startswith("< answer") and said[0].endswith("null"):
                        break
                    result.failures.append("\n".join(["at the end", "--- not on the page", *said]))
                    if said[0].startswith("?"):
                        break
        except (TimeoutError, EOFError, OSError, lsp.LspError) as problem:
            result.failures.append(f"{type(problem).__name__}: {problem}")
        finally:
            if dialogue.client:
                dialogue.client.kill()
    return result


def rewrite(results):
    by_path = {}
    for result in results:
        if result.failures and result.fresh:
            by_path.setdefault(result.test.path, []).append((result.test.first, result.test.lines, result.fresh))
    for path, changes in by_path.items():
        markdown_pages.rewrite(path, changes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", default=os.environ.get("OVERT_BINARY"), help="default: OVERT_BINARY")
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("tests", nargs="*")
    options = parser.parse_args()
    if not options.overt:
        sys.exit("--overt or OVERT_BINARY must name the program")
    binary = pathlib.Path(options.overt).resolve()
    tests = markdown_pages.select(options.tests, HERE, tests_of)
    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        results = list(pool.map(lambda test: run_test(test, binary), tests))
    for result in results:
        for failure in result.failures:
            print(f"FAILED: {result.test.place}\n{failure}\n")
    if markdown_pages.is_updating():
        rewrite(results)
    failed = sum(bool(result.failures) for result in results)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
