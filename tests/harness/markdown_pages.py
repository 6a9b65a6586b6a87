"""Pages of tests in Markdown, as `tests/cli/run.py` and `tests/lsp/run.py` read, choose and rewrite them.

A heading is a section; what stands in its fences are files of a fresh folder or what happens there. The line `` `name.py`: ``
before a fence names it:

    # A misspelt member

    `pkg/a.py`:
    ```py
    class A: ...
    ```

    ```console
    $ overt check pkg
    ```

What a fence means is not decided here, but by the runner that asks for it.
"""

import os
import pathlib
import re
import sys

DEFAULT_NAMES = {"py": "main.py", "pyi": "main.pyi", "toml": "overt.toml"}
FENCE = re.compile(r"^(`{3,})\s*([^`]*)$")
NAME = re.compile(r"^`([^`]+)`:$")


class Fence:
    """`info`: the word behind the ticks; `name`: of the file, or "". `first`: the index of the first line in the page."""

    def __init__(self, info, name, first, lines):
        self.info, self.name, self.first, self.lines = info, name or DEFAULT_NAMES.get(info, ""), first, lines

    def text(self):
        return "".join(f"{line}\n" for line in self.lines)


class Section:
    """`line`: of its heading, 1-based; `prose`: its lines outside fences."""

    def __init__(self, path, title, line):
        self.path, self.title, self.line = path, title, line
        self.fences, self.prose = [], []

    def place(self):
        return f"{self.path}:{self.line}: {self.title}"


def sections(path):
    """The sections of a page in its order, the first being what stands above all headings."""
    lines = path.read_text(encoding="utf-8").split("\n")
    found, name, number = [Section(path, path.stem, 1)], "", 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if fence := FENCE.match(line):
            first = number
            while number < len(lines) and not lines[number].startswith(fence[1]):
                number += 1
            found[-1].fences.append(Fence(fence[2].strip(), name, first, lines[first:number]))
            number += 1
            name = ""
        elif line.startswith("#"):
            found.append(Section(path, line.lstrip("# "), number))
        elif line:
            found[-1].prose.append(line)
            name = named[1] if (named := NAME.match(line)) else ""
    return found


def select(words, folder, tests_of):
    """The tests that `words` name (`FILE.md[:PART OF A HEADING]`; all pages of `folder` if there are none), in order.

    `tests_of`: from a page's path to its tests, each with a `title`. A word that names no test ends the program, because
    a test that does not run must not look like one that passed.
    """
    chosen = []
    for word in words or [str(path) for path in sorted(folder.glob("*.md")) if path.name != "README.md"]:
        name, _, part = word.partition(":")
        path = pathlib.Path(name)
        if not path.exists():
            sys.exit(f"{name}: no such page")
        tests = [test for test in tests_of(path) if part.lower() in test.title.lower()]
        if not tests:
            sys.exit(f"{name}: no test here" + (f" has '{part}' in its heading" if part else ""))
        chosen += tests
    return chosen


def is_updating():
    """Whether what was seen should be written over what was expected."""
    return os.environ.get("OVERT_UPDATE") == "1"


def rewrite(path, changes):
    """Writes the page anew. `changes`: of each fence the first line, the lines that it had, and its new ones."""
    text = path.read_text(encoding="utf-8").split("\n")
    for first, old, new in sorted(changes, key=lambda change: -change[0]):
        text[first:first + len(old)] = new
    path.write_text("\n".join(text), encoding="utf-8")
    print(f"rewritten: {path}")
