"""Our trees against CPython's: every node's kind and place, over whole folders of Python.

    python3 run.py --tool TREE_LINES --work DIR --python python3 [FOLDER…]
    python3 run.py --tool TREE_LINES --work DIR --pyodide PYODIDE_FOLDER [FOLDER…]

Without a folder: the standard library of that Python. Files that CPython refuses are not compared; the
verdicts themselves are tests/oracle/syntax's. Exit status 1 if there is a difference, 77 if the interpreter is missing.
"""

import argparse
import collections
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


def sources(folders):
    for folder in map(pathlib.Path, folders):
        if folder.is_file():
            yield folder
        for pattern in ("*.py", "*.pyi"):
            yield from sorted(path for path in folder.rglob(pattern) if path.is_file() and not is_installed(path))


def is_installed(path):
    """What was installed into a standard library differs from machine to machine."""
    return "site-packages" in path.parts or "dist-packages" in path.parts


def ask_version(options):
    """The minor version of the interpreter, and where its standard library lies."""
    if options.pyodide:
        # The package is named by it: pyodide-314.
        return int(options.pyodide.rpartition("-")[2]) % 100, None
    code = "import sys, sysconfig; print(sys.version_info[1], sysconfig.get_path('stdlib'))"
    answer = subprocess.run([options.python, "-c", code], check=True, capture_output=True, text=True).stdout
    minor, _, folder = answer.strip().partition(" ")
    return int(minor), folder


def sections(stream):
    """Yields (path, lines) from text that has a line `=== path` before each."""
    path, lines = None, []
    for line in stream:
        line = line.rstrip("\n")
        if line.startswith("=== "):
            if path is not None:
                yield path, lines
            path, lines = line[4:], []
        else:
            lines.append(line)
    if path is not None:
        yield path, lines


def ask_python(options, names):
    out = options.work / "expected.txt"
    if options.pyodide:
        command = ["node", HERE / "observe.mjs", options.pyodide, names, out]
    else:
        command = [options.python, HERE / "expected_lines.py", names, out]
    subprocess.run(command, check=True)
    return out


def ask_overt(options, names):
    out = options.work / "actual.txt"
    flags = [] if options.minor >= 12 else ["--no-interpolation-positions"]
    with open(names, "rb") as stdin, open(out, "wb") as stdout:
        subprocess.run([options.tool, *flags], stdin=stdin, stdout=stdout, check=True)
    return out


class Comparison:
    def __init__(self):
        self.nodes = 0
        self.kinds = collections.Counter()
        self.differences = collections.defaultdict(list)

    def differ(self, path, text, kind, detail):
        self.kinds["different files"] += 1
        self.differences[kind].append(f"{path}{text}\n{detail}")

    def compare(self, path, expected, actual):
        if expected[0].startswith("refused"):
            self.kinds["refused by CPython"] += 1
            return
        self.kinds["accepted by CPython"] += 1
        self.nodes += sum(line[:1] not in "[-" for line in expected)
        if expected != actual:
            at = next((i for i, pair in enumerate(zip(expected, actual)) if pair[0] != pair[1]),
                      min(len(expected), len(actual)))
            want = expected[at] if at < len(expected) else "nothing more"
            have = actual[at] if at < len(actual) else "nothing more"
            context = "\n".join(f"      {line}" for line in expected[max(0, at - 3):at])
            self.differ(path, place(path, want, have), f"{want.split(' ')[0]} became {have.split(' ')[0]}",
                        f"{context}\n    - {want}\n    + {have}")


def place(path, *lines):
    """The source around the first position that one of the lines names."""
    for line in lines:
        numbers = [int(word) for word in line.split(" ")[1:3] if word.isdigit()]
        if len(numbers) == 2:
            text = pathlib.Path(path).read_bytes().removeprefix(b"\xef\xbb\xbf")
            return f":{text.count(10, 0, numbers[0]) + 1}: {text[numbers[0]:numbers[1]][:70]!r}"
    return ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--python")
    parser.add_argument("--pyodide")
    parser.add_argument("--examples", type=int, default=5)
    parser.add_argument("folders", nargs="*")
    options = parser.parse_args()
    if not (options.pyodide and shutil.which("node")) and not (options.python and shutil.which(options.python)):
        return SKIPPED
    options.minor, library = ask_version(options)
    options.work.mkdir(parents=True, exist_ok=True)
    names = options.work / "names.txt"
    files = [str(path.resolve()) for path in sources(options.folders or [library])]
    names.write_text("".join(f"{name}\n" for name in files))
    comparison = Comparison()
    with open(ask_python(options, names), errors="surrogateescape") as expected, \
            open(ask_overt(options, names), errors="surrogateescape") as actual:
        for (path, want), (other, have) in zip(sections(expected), sections(actual), strict=True):
            assert path == other, (path, other)
            comparison.compare(path, want, have)
    for kind, found in sorted(comparison.differences.items()):
        print(f"{len(found)} × {kind}")
        for example in found[:options.examples]:
            print(f"  {example}")
    print(f"3.{options.minor}: {len(files)} files, {comparison.nodes} nodes compared, {dict(comparison.kinds)}")
    return 1 if comparison.kinds["different files"] else 0


if __name__ == "__main__":
    sys.exit(main())
