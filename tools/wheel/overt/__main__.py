"""`python -m overt`: the program that was installed beside this interpreter."""

import os
import sys
import sysconfig
from pathlib import Path


def find_program() -> str:
    """The `overt` of the same installation as this package: in the scripts folder, or beside it with `--target`."""
    name = "overt" + (sysconfig.get_config_var("EXE") or "")
    here = Path(__file__).resolve().parent.parent
    user = sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user"))
    for folder in (sysconfig.get_path("scripts"), user, str(here / "bin")):
        program = Path(folder) / name
        if program.is_file():
            return str(program)
    raise SystemExit(f"overt: the program is missing from this installation ({sysconfig.get_path('scripts')})")


if __name__ == "__main__":
    program = find_program()
    os.execv(program, [program, *sys.argv[1:]])
