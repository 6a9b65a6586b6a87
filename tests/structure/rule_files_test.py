#!/usr/bin/env python3
"""Fails when a rule lacks one of its files: its row, its source, its page with a finding, a suite that expects it.

The README's table of rules has to say what rules.def says.
"""

import re

import structure

ROW = re.compile(r'^RULE\((k\w+),\s*"([a-z-]+)",\s*(k\w+)(?:,\s*"[^"]*"){2},\s*"([^"]*)"\)', re.MULTILINE)
LEVELS = {"kError": "error", "kWarning": "warning", "kInfo": "info", "kIgnore": "off"}
HOOK = re.compile(r"^(?:ON|AT)_\w+\((k\w+),", re.MULTILINE)
HEADINGS = ("## Why", "## How to fix", "## How to silence", "## In other checkers")


def marker(rule):
    """What a line of a page or suite says when it expects a finding of the rule."""
    return re.compile(rf"(?:error|warning|info): (?:\[[a-z-]+\].*)?\[{rule}\]|(?:error|warning|info)\[{rule}\]")


def problems_of(root=structure.ROOT):
    """Yields a sentence for everything that a rule lacks, and for every page or hook that has no rule."""
    rows = ROW.findall((root / "diagnostics/rules.def").read_text())
    rules = {name: identifier for identifier, name, _, _ in rows}
    hooked = set(HOOK.findall((root / "checker/rules/hooks.def").read_text()))
    suites = "\n".join(path.read_text() for path in sorted((root / "tests").rglob("*.md")))
    readme = (root / "README.md").read_text() if (root / "README.md").is_file() else ""
    for _, rule, level, summary in rows:
        row = f"| [`{rule}`](diagnostics/docs/{rule}.md) | {LEVELS[level]} | {summary} |"
        if row not in readme.splitlines():
            yield f"{rule}: README.md has no row `{row}`"
    for rule, identifier in rules.items():
        if identifier not in hooked:
            yield f"{rule}: no row in checker/rules/hooks.def"
        source = root / f"checker/rules/{rule.replace('-', '_')}.cc"
        if not source.is_file():
            yield f"{rule}: no {source.relative_to(root)}"
        if not marker(rule).search(suites):
            yield f"{rule}: no suite below tests/ expects it"
        page = root / f"diagnostics/docs/{rule}.md"
        if not page.is_file():
            yield f"{rule}: no {page.relative_to(root)}"
            continue
        text = page.read_text()
        if not text.startswith(f"# {rule}\n"):
            yield f"{page.relative_to(root)}: the first line is not `# {rule}`"
        if not marker(rule).search(text):
            yield f"{page.relative_to(root)}: no example has a finding of the rule"
        for heading in HEADINGS:
            if f"\n{heading}\n" not in text:
                yield f"{page.relative_to(root)}: no part `{heading}`"
    for page in sorted((root / "diagnostics/docs").glob("*.md")):
        if page.stem not in rules:
            yield f"{page.relative_to(root)}: no rule has this name"


def main():
    problems = list(problems_of())
    pages = len(list((structure.ROOT / "diagnostics/docs").glob("*.md")))
    structure.finish("rule files", problems, f"{pages} pages")


if __name__ == "__main__":
    main()
