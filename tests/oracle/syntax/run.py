"""Holds overt's verdict against CPython's `compile()`.

    python3 run.py --tool build/dev/tests/verdict_tool --node-modules third_party/node_modules [--count 20000] [--seed 1]
                   [--versions 11,14,15] [--whole 200]

Cases: files of the standard library as a whole, and the pieces and mutants of cases.py.
Interpreters: a Python 3.11 (`--python`; left out where that is another version), and 3.14 and 3.15 under Node. Accept
or reject must be equal on all; exceptions.txt lists the known differences, each with its reason. Exit code 77 says that
none of the interpreters is there.
"""

import argparse
import ast
import concurrent.futures
import pathlib
import random
import re
import shutil
import subprocess
import sys

import cases

HERE = pathlib.Path(__file__).parent


def pack(texts):
    return b"".join(b"%d\n%s" % (len(text), text) for text in texts)


def run(command, data):
    done = subprocess.run(command, input=data, stdout=subprocess.PIPE, check=False)
    lines = done.stdout.decode("utf-8", "replace").split("\n")
    return lines[:-1], done.returncode


def ask(name, command, texts):
    """One line for each text. A judge that dies on a case loses that case only."""
    verdicts, code = run(command, pack(texts))
    if code != 0 or len(verdicts) != len(texts):
        raise SystemExit(f"{name}: {len(verdicts)} verdicts on {len(texts)} cases, exit code {code}")
    return verdicts


def load_exceptions():
    """Lines `versions: regular expression on CPython's message: reason`; `#` begins a comment."""
    rows = []
    path = HERE / "exceptions.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.strip() and not line.startswith("#"):
            versions, pattern, reason = (part.strip() for part in line.split(" | "))
            rows.append((set(versions.split()), re.compile(pattern), reason))
    return rows


def excused(version, text, theirs, ours, exceptions):
    for versions, pattern, reason in exceptions:
        if version in versions and pattern.search(theirs + "\n" + ours + "\n" + text):
            return reason
    return None


def compare(version, texts, theirs, ours, options):
    exceptions = load_exceptions()
    differences = []
    reasons = {}
    for text, their, our in zip(texts, theirs, ours):
        if (their == "ok") == (our == "ok"):
            continue
        shown = text.decode("utf-8", "replace")
        reason = excused(version, shown, their, our, exceptions)
        if reason:
            reasons[reason] = reasons.get(reason, 0) + 1
        else:
            differences.append((their, our, shown))
    rejected = sum(their != "ok" for their in theirs)
    print(f"3.{version}: {len(texts)} cases, {rejected} rejected by CPython, {len(differences)} differences")
    for reason, count in sorted(reasons.items()):
        print(f"    {count} excused: {reason}")
    differences.sort(key=lambda d: (d[0] != "ok", len(d[2])))
    for their, our, text in differences[: options.examples]:
        print(f"--- CPython 3.{version}: {their}\n    overt: {our}")
        print("    " + text.rstrip("\n").replace("\n", "\n    "))
    return len(differences)


def is_python_311(python):
    try:
        shown = subprocess.run([python, "--version"], stdout=subprocess.PIPE, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return shown.startswith(b"Python 3.11.")


def is_there(version, options):
    if version == "11":
        return is_python_311(options.python)
    return shutil.which("node") is not None and (options.node_modules / f"pyodide-3{version}").is_dir()


def library_texts(library, count, seed):
    """Some of the library's files, the same ones for the same seed."""
    paths = cases.library_paths(library)
    chosen = random.Random(seed).sample(paths, min(count, len(paths)))
    return [path.read_bytes() for path in sorted(chosen)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", type=pathlib.Path, required=True)
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--node-modules", type=pathlib.Path, required=True)
    parser.add_argument("--library", type=pathlib.Path, default=pathlib.Path(ast.__file__).parent)
    parser.add_argument("--versions", default="11,14,15")
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, default=10)
    parser.add_argument("--only-grammar", action="store_true", help="the parser and the recogniser alone")
    parser.add_argument("--whole", type=int, default=100000, help="how many of the library's files to hold as a whole")
    options = parser.parse_args()

    texts = [case.encode("utf-8", "surrogatepass") for case in cases.make_cases(options.library, options.count, options.seed)]
    texts += library_texts(options.library, options.whole, options.seed)
    flags = ["--only-grammar"] if options.only_grammar else []

    def judge(version):
        if version == "11":
            return ask("CPython 3.11", [options.python, str(HERE / "judge.py"), *flags], texts)
        folder = options.node_modules / f"pyodide-3{version}"
        return ask(f"CPython 3.{version}", ["node", "--stack-size=4000", str(HERE / "judge.mjs"), str(folder), *flags], texts)

    def overt(version):
        return ask("overt", [str(options.tool), f"--minor={version}", *flags], texts)

    versions = [version for version in options.versions.split(",") if is_there(version, options)]
    if not versions:
        sys.exit(77)
    total = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        theirs = {version: pool.submit(judge, version) for version in versions}
        ours = {version: pool.submit(overt, version) for version in versions}
        for version in versions:
            total += compare(version, texts, theirs[version].result(), ours[version].result(), options)
    sys.exit(1 if total else 0)


if __name__ == "__main__":
    main()
