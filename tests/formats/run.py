"""Runs the tests of this folder with the packages that they need.

    python3 run.py --overt BINARY [--trap LIBRARY] [--work FOLDER] [TEST …]

`--trap`: the library of tests/crash, for reports of runs that lose a file. The packages are installed into FOLDER.
"""

import argparse
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import python_environment  # noqa: E402: found by the line above


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", required=True)
    parser.add_argument("--trap")
    parser.add_argument("--work", default=ROOT / "build" / "formats")
    parser.add_argument("tests", nargs="*", default=["report_test", "config_schema_test"])
    options = parser.parse_args()
    work = pathlib.Path(options.work).absolute()
    python = python_environment.python_with(work / "env", HERE / "requirements.txt")
    environment = {**os.environ, "OVERT_BINARY": str(pathlib.Path(options.overt).resolve()), "OVERT_TEST_WORK": str(work),
                   "PYTHONDONTWRITEBYTECODE": "1"}
    if options.trap:
        environment["OVERT_TEST_TRAP"] = str(pathlib.Path(options.trap).resolve())
    return subprocess.run([python, "-m", "unittest", *options.tests], cwd=HERE, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
