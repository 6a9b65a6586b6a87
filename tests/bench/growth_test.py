"""The work that overt does for twice the input: instructions, counted, so that no busy machine changes the answer.

    python3 growth_test.py --overt BINARY

All shapes of `run.py` in one project, each with about as much work as the others, at a size and at twice that. A shape that
becomes quadratic quadruples its share. `./dev bench --only linearity` has each shape for itself, at ten times the size.
"""

import argparse
import pathlib
import shutil
import sys

import run

SIZES = {"class count": 120, "chain depth": 150, "fan-out": 120, "members": 120, "nesting": 1000, "file count": 60}
MOST_GROWTH = 2.15
SKIPPED = 77


def project(times):
    sources = {}
    for name, size in SIZES.items():
        make, _ = run.SHAPES[name]
        made = make(size * times)
        # One file stands for its shape; several import each other by their names.
        sources |= made if len(made) > 1 else {f"{name.replace(' ', '_').replace('-', '_')}.py": made["main.py"]}
    return sources


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", type=lambda word: pathlib.Path(word).resolve(), required=True)
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        print("SKIPPED, no valgrind here")
        return SKIPPED
    start = run.instructions(options, {"main.py": "x = 1\n"})
    once, twice = (run.instructions(options, project(times)) - start for times in (1, 2))
    growth = twice / once
    print(f"{once:,} instructions, {twice:,} for twice the input: {growth:.3f} times as many; at most {MOST_GROWTH} are wanted")
    return 0 if growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
