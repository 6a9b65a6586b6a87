"""What editors and people do to a language server, and what it does then.

    python3 hardships.py --overt BINARY [NAME …]

Each function below that is listed in HARDSHIPS is one promise; it fails with an assertion.
"""

import argparse
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

import client as lsp

TWICE = "class A(str, str): ...\n"
BUSY = 10  # times as long as on an idle machine is what a busy one may take


class Editor(lsp.Client):
    def __init__(self, overt, folder, capabilities=None, process_id=None):
        self.folder, self.versions = folder, {}
        super().__init__([str(overt), "server"], folder, lsp.environment_in(folder.parent))
        self.request("initialize", {"processId": process_id, "capabilities": capabilities or {},
                                    "rootUri": folder.as_uri()})
        self.notify("initialized", {})

    def uri(self, name):
        return (self.folder / name).as_uri()

    def open(self, name, text):
        self.versions[name] = 1
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": self.uri(name), "languageId": "python", "version": 1, "text": text}})

    def write(self, name, text):
        self.versions[name] += 1
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": self.uri(name), "version": self.versions[name]}, "contentChanges": [{"text": text}]})

    def findings(self, name, limit=lsp.TIME_LIMIT):
        """Of the current version: the codes."""
        params = self.wait_for("textDocument/publishDiagnostics", limit=limit, wanted=lambda one: (
            one["uri"] == self.uri(name) and one.get("version") == self.versions[name]))
        return [one["code"] for one in params["diagnostics"]]


def nobody_reads(overt, folder):
    """Answers that nobody reads are kept within bounds, and the newest findings are among them."""
    with Editor(overt, folder) as editor:
        names = [f"m{number}.py" for number in range(20)]
        for name in names:
            editor.open(name, TWICE)
        for name in names:
            editor.findings(name)
        before = editor.resident()
        editor.reads.clear()
        for number in range(4000):
            editor.write(names[number % 20], TWICE * (1 + number % 9) + f"# {number}\n")
            time.sleep(0.001)
        time.sleep(1)
        grown = editor.resident() - before
        editor.reads.set()
        for name in names:
            editor.write(name, TWICE)
        for name in names:
            assert editor.findings(name) == ["duplicate-base"]
    assert grown < 64, f"grown by {grown:.0f} MiB while nobody read"


def branch_switch(overt, folder):
    """Ten thousand files change at once, again and again: the last state counts, and nothing piles up."""
    (folder / "base.py").write_text("class Base:\n    def rows(self): ...\n", encoding="utf-8")
    with Editor(overt, folder) as editor:
        editor.open("main.py", "from base import Base\nfrom typing import override\nclass A(Base):\n"
                    "    @override\n    def rows(self): ...\n")
        assert editor.findings("main.py") == []
        weights = []
        for turn in range(60):
            name = "rows" if turn % 2 else "lines"
            (folder / "base.py").write_text(f"class Base:\n    def {name}(self): ...\n", encoding="utf-8")
            changes = [{"uri": editor.uri(f"p{number % 100}/m{number}.py"), "type": 1 + number % 3} for number in range(10_000)]
            editor.notify("workspace/didChangeWatchedFiles",
                          {"changes": [*changes, {"uri": editor.uri("base.py"), "type": 2}]})
            wanted = [] if turn % 2 else ["override-without-base"]
            start = time.monotonic()
            editor.wait_for("textDocument/publishDiagnostics", lambda params, wanted=wanted: [
                one["code"] for one in params["diagnostics"]] == wanted)
            assert time.monotonic() - start < 0.5 * BUSY
            weights.append(editor.resident())
    # Where one state is read while another is worked on, a message of ten thousand changes is held on top.
    one_message = 8
    early, late = max(weights[:30]), max(weights[30:])
    print(f"  {early:.0f} MiB, then {late:.0f} MiB")
    assert late < early + one_message, f"weights in MiB: {weights}"


def editor_dies(overt, folder):
    """The server follows within two seconds: when its input ends, and when another process keeps the input open."""
    with Editor(overt, folder) as server:
        server.process.stdin.close()
        assert server.exit_code(2 * BUSY) == 1
    stand_in = subprocess.Popen(["/bin/sleep", "600"])
    try:
        with Editor(overt, folder, process_id=stand_in.pid) as server:
            stand_in.kill()
            stand_in.wait()
            assert server.exit_code(2 * BUSY) == 1
    finally:
        stand_in.kill()


POISON = {
    "brackets": "x = " + "(" * 60_000 + "\n",
    "unary": "x = " + "-" * 100_000 + "1\n",
    "attributes": "x = a" + ".b" * 100_000 + "\n",
    "indents": "".join(" " * depth + "if x:\n" for depth in range(3_000)),
    "chain": "class C0: ...\n" + "".join(f"class C{n}(C{n - 1}): ...\n" for n in range(1, 1_000)),
    "diamonds": "class D0: ...\nclass E0: ...\n" + "".join(
        f"class D{n}(D{n - 1}, E{n - 1}): ...\nclass E{n}(D{n - 1}, E{n - 1}): ...\n" for n in range(1, 200)),
    "circle": "".join(f"class C{n}(C{n + 1}): ...\n" for n in range(2_000)) + "class C2000(C0): ...\n",
    "members": "class A:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(20_000)) + "class B(A): ...\n",
    "docstring": 'class A:\n    """' + "a word, and another\n" * 10_000 + '"""\n',
    "line": "x = [" + "1, " * 100_000 + "]\n",
    "quotes": '"""' * 50_001 + "\n",
}


def poison(overt, folder):
    """Bad inputs that are typed: their own file may be too complex, the others' answers come all the same."""
    with Editor(overt, folder) as editor:
        editor.open("good.py", TWICE)
        assert editor.findings("good.py") == ["duplicate-base"]
        for name, text in POISON.items():
            editor.open(f"{name}.py", text[: len(text) // 2])
            editor.write(f"{name}.py", text)
            start = time.monotonic()
            editor.write("good.py", TWICE + f"# {name}\n")
            assert editor.findings("good.py", 20) == ["duplicate-base"], name
            took = time.monotonic() - start
            print(f"  {name}: {took * 1000:.0f} ms for another file")
            assert took < 0.5 * BUSY, f"{name}: {took:.1f} s"
            place = {"textDocument": {"uri": editor.uri(f"{name}.py")}, "position": {"line": 0, "character": 6}}
            for method in ("hover", "documentSymbol", "codeLens", "prepareTypeHierarchy", "implementation", "completion"):
                start = time.monotonic()
                editor.request(f"textDocument/{method}", place, 20)
                took = time.monotonic() - start
                assert took < 0.5 * BUSY, f"{name}, {method}: {took:.1f} s"
            editor.notify("textDocument/didClose", {"textDocument": {"uri": editor.uri(f"{name}.py")}})


def chain(count):
    return "class C0:\n    def m(self): ...\n" + "".join(
        f"class C{n}(C{n - 1}):\n    def m(self): ...\n" for n in range(1, count))


def long_chain(overt, folder):
    """Four times as many classes, each below all before it, take four times as long to count, not sixteen times."""
    with Editor(overt, folder) as editor:
        for method in ("textDocument/codeLens", "overt/gutter", "textDocument/documentSymbol"):
            took = []
            for count in (1_000, 4_000):
                editor.open(f"c{count}.py", chain(count))
                assert editor.findings(f"c{count}.py") == []
                tries = []
                for _ in range(3):
                    start = time.monotonic()
                    editor.request(method, {"textDocument": {"uri": editor.uri(f"c{count}.py")}})
                    tries.append(time.monotonic() - start)
                took.append(min(tries))
                editor.notify("textDocument/didClose", {"textDocument": {"uri": editor.uri(f"c{count}.py")}})
            print(f"  {method}: {took[0] * 1000:.0f} and {took[1] * 1000:.0f} ms")
            assert took[1] < 10 * took[0] + 0.02 * BUSY, f"{method}: {took[0]:.2f} s and {took[1]:.2f} s"


def cancelling(overt, folder):
    """Requests, edits and cancellations in any order: one reply for each request, the cancelled ones' at once."""
    for number in range(300):
        (folder / f"m{number}.py").write_text(f"class A{number}(str, str): ...\n", encoding="utf-8")
    random_ = random.Random(5)
    capabilities = {"textDocument": {"diagnostic": {"relatedDocumentSupport": True}}}
    with Editor(overt, folder, capabilities) as editor:
        editor.notify("workspace/didChangeConfiguration", {"settings": {"overt": {"diagnosticMode": "workspace"}}})
        editor.open("main.py", TWICE)
        replies, cancelled, waits = {}, {}, []

        def take(limit):
            while True:
                try:
                    message = editor.next(limit)
                except TimeoutError:
                    return
                if "method" not in message:
                    replies.setdefault(message["id"], []).append(message)

        asked = []
        for step in range(1_500):
            what = random_.random()
            if what < 0.3:
                editor.write("main.py", TWICE + "#\n" * random_.randrange(9))
            elif what < 0.7 or not asked:
                method, params = random_.choice([
                    ("textDocument/diagnostic", {"textDocument": {"uri": editor.uri("main.py")}}),
                    ("workspace/diagnostic", {"previousResultIds": []}),
                    ("textDocument/codeLens", {"textDocument": {"uri": editor.uri("main.py")}})])
                asked.append(editor.start(method, params))
            else:
                number = random_.choice(asked[-5:])
                cancelled.setdefault(number, time.perf_counter())
                editor.notify("$/cancelRequest", {"id": number})
            take(0.0005)
        for number in asked:
            cancelled.setdefault(number, time.perf_counter())
            editor.notify("$/cancelRequest", {"id": number})
        end = time.monotonic() + 20
        while time.monotonic() < end and not all(number in replies for number in asked):
            take(0.2)
        take(0.5)
    for number in asked:
        assert len(replies.get(number, [])) == 1, f"request {number} of {len(asked)}: {replies.get(number)}"
        reply = replies[number][0]
        if reply.get("error", {}).get("code") == -32800:
            waits.append((reply["_received"] - cancelled[number]) * 1000)
        else:
            assert "result" in reply or reply["error"]["code"] == -32802, reply
    slow = statistics.quantiles(waits, n=100)[-1]
    print(f"  {len(asked)} requests, {len(waits)} cancelled, the slowest hundredth within {slow:.0f} ms")
    assert slow < 200 * BUSY


def many_modules(folder):
    text = "".join(f"class C{number}:\n" + "    def m(self, x): return x + 1\n" * 50 for number in range(20))
    for number in range(1_000):
        (folder / f"m{number}.py").write_text(text, encoding="utf-8")


PROGRESS = {"window": {"workDoneProgress": True}}


def whole_progress(said, took):
    """What was said of work that took so many seconds: all of it with one token, from the beginning to the end."""
    kinds = [one["params"].get("value", {}).get("kind", "create") for one in said]
    print(f"  {took:.1f} s: {', '.join(kinds[:3])}, … {len(kinds)} words")
    if took > 1.5:
        assert kinds[:2] == ["create", "begin"] and kinds[-1] == "end", kinds
        assert set(kinds[2:-1]) <= {"report"}, kinds
        assert len({one["params"]["token"] for one in said}) == 1, said


def said_of_progress(editor):
    return [one for one in editor.seen if one["method"] in ("window/workDoneProgress/create", "$/progress")]


def first_check(overt, folder):
    """So is the first check, though it may be of one file; what an edit costs afterwards is not."""
    many_modules(folder)
    text = "".join(f"import m{number}\nclass D{number}(m{number}.C0): ...\n" for number in range(1_000))
    with Editor(overt, folder, PROGRESS) as editor:
        start = time.monotonic()
        editor.open("main.py", text)
        assert editor.findings("main.py") == []
        took = time.monotonic() - start
        # The end may come behind the findings, or have come before them.
        said = [one["params"].get("value", {}).get("kind") for one in said_of_progress(editor)]
        if (took > 1.5 or said) and "end" not in said:
            editor.seen.append(editor.wait(lambda one: one.get("params", {}).get("value", {}).get("kind") == "end"))
        whole_progress(said_of_progress(editor), took)
        editor.seen.clear()
        editor.write("main.py", text + "x = 1\n")
        assert editor.findings("main.py") == []
        assert said_of_progress(editor) == []


def long_work(overt, folder):
    """What takes longer than half a second is told of, from its beginning to its end."""
    many_modules(folder)
    with Editor(overt, folder, PROGRESS) as editor:
        editor.open("main.py", "class A:\n    def m(self): ...\n")
        assert editor.findings("main.py") == []
        start = time.monotonic()
        editor.request("textDocument/implementation", {
            "textDocument": {"uri": editor.uri("main.py")}, "position": {"line": 0, "character": 6}}, 60)
        took = time.monotonic() - start
        whole_progress(said_of_progress(editor), took)


HARDSHIPS = [nobody_reads, branch_switch, editor_dies, poison, long_chain, cancelling, first_check, long_work]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", default=os.environ.get("OVERT_BINARY"), help="default: OVERT_BINARY")
    parser.add_argument("names", nargs="*", help="default: all")
    options = parser.parse_args()
    failed = 0
    for hardship in HARDSHIPS:
        if options.names and hardship.__name__ not in options.names:
            continue
        with tempfile.TemporaryDirectory(prefix="overt-lsp-") as scratch:
            folder = pathlib.Path(scratch).resolve() / "project"
            folder.mkdir()
            try:
                hardship(pathlib.Path(options.overt).resolve(), folder)
                print(f"{hardship.__name__}: holds")
            except (AssertionError, TimeoutError, EOFError, OSError, lsp.LspError, subprocess.TimeoutExpired) as problem:
                print(f"{hardship.__name__}: FAILED: {type(problem).__name__}: {str(problem)[:3000]}")
                failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
