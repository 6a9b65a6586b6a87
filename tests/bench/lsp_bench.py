"""From keystroke to diagnostics: overt's language server beside others, in the same run.

    python3 lsp_bench.py --overt build/release/overt            # moto, all peers
    python3 lsp_bench.py --overt build/release/overt --no-peers --strokes 500

Opens `moto/sagemaker/models.py` in the workspace moto and types a method into one of its classes, letter by letter, each
letter when the diagnostics of the one before have come. Time runs from the moment before a keystroke is written to the
moment the diagnostics of its version are read. Servers that push nothing within three minutes are asked by pulling. Medians, 99th percentiles, the resident
memory at the end, the time to the first diagnostics after a cold start, and how soon a cancelled request is answered.
"""

import argparse
import importlib.util
import json
import pathlib
import statistics
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "lsp"))

import client as lsp  # noqa: E402: the folder must be known first

FILE = "moto/sagemaker/models.py"
STROKES = "\n    def describe_stroke(self, name: str) -> str:\n        value = self.names[name]\n        return value.lower()\n"
COMMANDS = {"zuban": ["zuban", "server"], "pyrefly": ["pyrefly", "lsp"], "ty": ["ty", "server"]}
LIMIT = 180


def load_run():
    spec = importlib.util.spec_from_file_location("bench_run", HERE / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Typist:
    def __init__(self, command, folder, pulls):
        self.pulls = pulls
        self.start_time = time.perf_counter()
        self.client = lsp.Client(command, folder)
        self.uri = (folder / FILE).as_uri()
        self.text = (folder / FILE).read_text(encoding="utf-8")
        self.version = 0
        document = {"publishDiagnostics": {"versionSupport": True, "relatedInformation": True}, "synchronization": {}}
        if pulls:
            document["diagnostic"] = {"dynamicRegistration": False}
        self.client.request("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {
            "textDocument": document, "workspace": {"configuration": True, "workspaceFolders": True},
            "window": {"workDoneProgress": True}, "general": {"positionEncodings": ["utf-16"]}},
            "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}]}, LIMIT)
        self.client.notify("initialized", {})

    def diagnostics(self):
        """When the diagnostics of the current version have come."""
        if self.pulls:
            number = self.client.start("textDocument/diagnostic", {"textDocument": {"uri": self.uri}})
            message = self.client.wait(lambda one: one.get("id") == number and "method" not in one, LIMIT)
        else:
            message = self.client.wait(lambda one: one.get("method") == "textDocument/publishDiagnostics" and
                                       one["params"]["uri"] == self.uri and
                                       one["params"].get("version", self.version) == self.version, LIMIT)
        self.client.seen.clear()
        return message["_received"]

    def open(self):
        self.version = 1
        before = time.perf_counter()
        self.client.notify("textDocument/didOpen", {"textDocument": {
            "uri": self.uri, "languageId": "python", "version": 1, "text": self.text}})
        return self.diagnostics() - before

    def edit(self, start, end, text):
        self.version += 1
        before = time.perf_counter()
        self.client.notify("textDocument/didChange", {
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"range": {"start": start, "end": end}, "text": text}]})
        return self.diagnostics() - before

    def type(self, strokes):
        """Milliseconds from each keystroke to its diagnostics. What was typed is taken out again when it is complete."""
        lines = self.text.split("\n")
        first = next(i for i in range(len(lines) // 2, len(lines)) if lines[i].startswith("class "))
        body = next(i for i in range(first, len(lines)) if lines[i].startswith("    def ")) - 1
        times, line, column = [], body, len(lines[body])
        begin = {"line": line, "character": column}
        for number in range(strokes):
            letter = STROKES[number % len(STROKES)]
            place = {"line": line, "character": column}
            times.append(self.edit(place, place, letter) * 1000)
            line, column = (line + 1, 0) if letter == "\n" else (line, column + 1)
            if (number + 1) % len(STROKES) == 0:
                self.edit(begin, {"line": line, "character": column}, "")
                line, column = begin["line"], begin["character"]
        return times

    def cancel(self):
        """Milliseconds until a request that is cancelled at once has its answer."""
        times = []
        for _ in range(20):
            number = self.client.start("workspace/diagnostic", {"previousResultIds": []})
            before = time.perf_counter()
            self.client.notify("$/cancelRequest", {"id": number})
            message = self.client.wait(lambda one, number=number: one.get("id") == number and "method" not in one, LIMIT)
            times.append((message["_received"] - before) * 1000)
        return statistics.median(times)


def measure(command, folder, strokes, pulls):
    typist = Typist(command, folder, pulls)
    try:
        typist.open()
        result = {"first_ms": (time.perf_counter() - typist.start_time) * 1000}
        times = typist.type(strokes)
        result |= {"median_ms": statistics.median(times), "p99_ms": sorted(times)[int(len(times) * 0.99)],
                   "memory_mib": typist.client.resident(), "cancel_ms": typist.cancel() if pulls else None,
                   "strokes": len(times)}
        return result
    finally:
        typist.client.kill()


def best_way(command, folder, strokes):
    """By pushing; by pulling where nothing is pushed."""
    try:
        result = measure(command, folder, strokes, pulls=False)
        result["way"] = "push"
    except (TimeoutError, lsp.LspError, EOFError):
        result = measure(command, folder, strokes, pulls=True)
        result["way"] = "pull"
    return result


def run(options):
    bench = load_run()
    commands = {"overt": [str(options.overt), "server"]}
    for name in options.peers:
        program, *words = COMMANDS[name]
        commands[name] = [str(bench.peers_folder(options.peers) / program), *words]
    results = {}
    with bench.staged("moto") as folder:
        for name, command in commands.items():
            results[name] = best_way(command, folder, options.strokes if name == "overt" else options.peer_strokes)
        results["overt"]["cancel_ms"] = measure(commands["overt"], folder, 5, pulls=True)["cancel_ms"]
    fastest = min((one["median_ms"] for name, one in results.items() if name != "overt"), default=None)
    rows = [["", "way", "strokes", "median ms", "p99 ms", "× overt", "first ms", "cancel ms", "MiB"]]
    for name, one in results.items():
        rows.append([name, one["way"], str(one["strokes"]), f"{one['median_ms']:.1f}", f"{one['p99_ms']:.1f}",
                     f"{one['median_ms'] / results['overt']['median_ms']:.1f}", f"{one['first_ms']:.0f}",
                     "-" if one["cancel_ms"] is None else f"{one['cancel_ms']:.1f}", f"{one['memory_mib']:.0f}"])
    print(f"\nkeystroke to diagnostics, {FILE} in moto")
    bench.table(rows)
    if fastest:
        print(f"the fastest peer needs {fastest / results['overt']['median_ms']:.1f} times as long")
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", type=pathlib.Path, default=HERE.parents[1] / "build" / "release" / "overt")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--peer", action="append", dest="peers", choices=list(COMMANDS), default=[])
    parser.add_argument("--strokes", type=int, default=400)
    parser.add_argument("--peer-strokes", type=int, default=120)
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    options.overt = options.overt.resolve()
    options.peers = [] if options.no_peers else options.peers or list(COMMANDS)
    results = run(options)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
