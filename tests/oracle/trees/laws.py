"""Runs tree_laws over the standard library of a Python, and over the Python in the suites' pages.

    python3 laws.py --tool TREE_LAWS --work DIR --python python3 --suites FOLDER
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys

import run

FENCE = re.compile(r"^```py(?:thon)?\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(folder, work):
    """Every block of Python in the pages below a folder, as a file of its own."""
    work.mkdir(parents=True, exist_ok=True)
    for page in sorted(folder.rglob("*.md")):
        for number, found in enumerate(FENCE.finditer(page.read_text())):
            name = "_".join([*page.relative_to(folder).with_suffix("").parts, f"{number}.py"])
            (work / name).write_text(found[1])
            yield work / name


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--python", required=True)
    parser.add_argument("--suites", type=pathlib.Path, required=True)
    options = parser.parse_args()
    if not shutil.which(options.python):
        return run.SKIPPED
    options.pyodide = None
    _, library = run.ask_version(options)
    # Every third file: the laws are of the parser, and each file is parsed many times, damaged and not.
    files = [*list(run.sources([library]))[::3], *blocks(options.suites, options.work / "blocks")]
    names = "".join(f"{path}\n" for path in files)
    return subprocess.run([options.tool], input=names, text=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
