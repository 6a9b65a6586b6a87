"""`python -m overt`: the program of the same installation as this package, in the place of this interpreter."""

import os
import sys
import sysconfig
from pathlib import Path


def candidates():
    """Where installers put the program, nearest first: `--target`, then an environment or prefix around this package, then
    where this interpreter has its scripts."""
    packages = Path(__file__).resolve().parent.parent
    yield packages / "bin"
    if len(packages.parents) > 2:
        yield packages.parents[2] / "bin"  # prefix/lib/python3.12/site-packages
    yield Path(sysconfig.get_path("scripts"))


def find_program() -> str:
    for folder in candidates():
        program = folder / "overt"
        if program.is_file():
            return str(program)
    raise SystemExit(f"overt: the program is missing from this installation ({sysconfig.get_path('scripts')})")


if __name__ == "__main__":
    program = find_program()
    os.execv(program, [program, *sys.argv[1:]])
