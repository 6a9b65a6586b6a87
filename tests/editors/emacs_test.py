"""The documented configurations of Emacs, in Emacs.

    python3 emacs_test.py --overt BINARY [--only-installed]

What `docs/editors/emacs.md` says is read from there, word for word. Wants Debian's `emacs-nox`, `elpa-eglot` and
`elpa-lsp-mode`; what is not installed is not tried.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs/editors/emacs.md"
CLIENTS = ("eglot", "lsp-mode")
SKIPPED = 77
TIME_LIMIT = 120  # seconds
OPTIONS = None

BASE = """class Reader:
    def read_row(self) -> list[str]: ...
    def open(self) -> None: ...
"""
SUBCLASS = """from typing import override

from base import Reader


class CsvReader(Reader):
    @override
    def read_rows(self) -> list[str]:
        return []

    def open(self) -> None: ...
"""


def snippet(heading):
    part = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.search(r"```elisp\n(.*?)```", part, re.DOTALL)[1]


def has(feature):
    asked = ["emacs", "--batch", "--eval", f"(progn (package-initialize) (require '{feature}))"]
    return shutil.which("emacs") is not None and subprocess.run(asked, capture_output=True, check=False).returncode == 0


class Emacs(unittest.TestCase):
    def walk(self, client, heading):
        if not has(client):
            self.skipTest(f"there is no {client}")
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name).resolve()
            project, programs = folder / "project", folder / "bin"
            (project / ".git").mkdir(parents=True)
            programs.mkdir()
            (programs / "overt").symlink_to(OPTIONS.overt)
            (project / "pyproject.toml").write_text('[project]\nname = "p"\nrequires-python = ">=3.13"\n')
            (project / "base.py").write_text(BASE)
            (project / "csv_reader.py").write_text(SUBCLASS)
            (folder / "init.el").write_text(snippet(heading))
            environment = dict(os.environ, PATH=f"{programs}{os.pathsep}{os.environ['PATH']}", HOME=name,
                               OVERT_PROJECT=str(project), OVERT_CLIENT=client)
            done = subprocess.run(["emacs", "--batch", "-f", "package-initialize", "-l", folder / "init.el",
                                   "-l", HERE / "emacs_steps.el"],
                                  env=environment, capture_output=True, text=True, timeout=TIME_LIMIT, check=False)
        self.assertIn("all steps passed", done.stderr)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_eglot(self):
        self.walk("eglot", "Eglot")

    def test_lsp_mode(self):
        self.walk("lsp-mode", "lsp-mode")


def main():
    global OPTIONS
    parser = argparse.ArgumentParser()
    parser.add_argument("--overt", required=True, type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("--only-installed", action="store_true", help="exit with 77 where neither client is here")
    OPTIONS, rest = parser.parse_known_args()
    if OPTIONS.only_installed and not any(map(has, CLIENTS)):
        print(f"SKIPPED: Emacs is not here, or neither of {' and '.join(CLIENTS)} in it")
        sys.exit(SKIPPED)
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
