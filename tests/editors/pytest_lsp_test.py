"""The server, spoken to by a client that others wrote: pytest-lsp, with the types of lsprotocol.

    python3 pytest_lsp_test.py --overt BINARY [--work FOLDER] [--only-installed]

lsprotocol reads every answer into the classes of the protocol, and refuses what does not fit them. The packages of
`requirements.txt` are installed into FOLDER; with --only-installed the exit status is 77 where they are not.
"""

import argparse
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SKIPPED = 77


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--overt", required=True, type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("--work", default=ROOT / "build/editors", type=pathlib.Path)
    parser.add_argument("--only-installed", action="store_true", help="fetch nothing")
    options, rest = parser.parse_known_args()
    environment, wanted = options.work / "pytest-lsp", HERE / "requirements.txt"
    mark = environment / "installed"
    if not mark.exists() or mark.read_text() != wanted.read_text():
        if options.only_installed:
            print("SKIPPED: pytest-lsp is not here; without --only-installed it is fetched")
            sys.exit(SKIPPED)
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
        subprocess.run([environment / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted], check=True)
        mark.write_text(wanted.read_text())
    command = [environment / "bin/python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", HERE,
               "-o", "asyncio_mode=auto",
               "-o", "asyncio_default_fixture_loop_scope=function", HERE / "lsp_walk.py", *rest]
    sys.exit(subprocess.run(command, env=dict(os.environ, OVERT=str(options.overt)), check=False).returncode)


if __name__ == "__main__":
    main()
