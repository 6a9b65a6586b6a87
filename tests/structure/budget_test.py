#!/usr/bin/env python3
"""Fails when a function or a file is longer than its budget. budgets.txt lists exceptions; it may only shrink."""

import functions
import structure

FUNCTION_WANTED, FUNCTION_LIMIT = 60, 120
FILE_WANTED, FILE_LIMIT = 600, 1000


def read_exceptions(root=structure.ROOT):
    """budgets.txt as {path or path:Function: lines}."""
    exceptions = {}
    for line in (root / "budgets.txt").read_text().splitlines():
        line = line.partition("#")[0].strip()
        if line:
            name, lines = line.split()
            exceptions[name] = int(lines)
    return exceptions


def measure(path, text):
    """Yields (name, lines, wanted, limit) for a file and every function in it."""
    yield str(path), len(text.splitlines()), FILE_WANTED, FILE_LIMIT
    if path.suffix != ".def":
        for function in functions.functions(text):
            yield f"{path}:{function.name}", function.lines, FUNCTION_WANTED, FUNCTION_LIMIT


def judge(measured, exceptions):
    """The problems of a list of measurements, against the limits and the exceptions."""
    problems, longest = [], {}
    for name, lines, _, limit in measured:
        longest[name] = max(longest.get(name, 0), lines)
        if lines > max(limit, exceptions.get(name, 0)):
            problems.append(f"{name} is {lines} lines (limit {exceptions.get(name, limit)}); split it")
    limits = {name: limit for name, _, _, limit in measured}
    for name, allowed in exceptions.items():
        if name not in longest:
            problems.append(f"budgets.txt: there is no {name}; take the line out")
        elif longest[name] <= limits[name]:
            problems.append(f"budgets.txt: {name} needs no exception any more; take the line out")
        elif longest[name] < allowed:
            problems.append(f"budgets.txt: {name} is {longest[name]} lines now; lower its {allowed}")
    return problems


def main():
    measured, problems = [], []
    for path in structure.product_sources():
        try:
            measured += measure(path, (structure.ROOT / path).read_text())
        except functions.Unbalanced as error:
            problems.append(f"{path}: {error}")
    problems += judge(measured, read_exceptions())
    over = sum(lines > wanted for _, lines, wanted, _ in measured)
    structure.finish("budget", problems, f"{len(measured)} files and functions, {over} longer than wanted")


if __name__ == "__main__":
    main()
