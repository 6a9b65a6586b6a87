"""What `run.py` makes of an oracle, with one that is made up: no packages, no network.

    python3 run_test.py --overt BINARY
"""

import argparse
import contextlib
import io
import json
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

import run

OVERT = None

# Runs the command that it was given over the package, and takes the findings for the score: this many are in the truth.
ORACLE = """
import argparse, json, shlex, subprocess, sys
parser = argparse.ArgumentParser()
for name in ("--truth", "--cmd", "--format", "--rule", "--exempt", "--out"):
    parser.add_argument(name)
options = parser.parse_args()
truth = json.load(open(options.truth))
command = [word.replace("{root}", truth["root"]) for word in shlex.split(options.cmd)]
done = subprocess.run(command, capture_output=True, text=True)
if done.returncode == 2:
    sys.exit(done.stderr)
hits = done.stdout.count("[" + options.rule + "]")
total = {"hits": hits, "missed": truth["wanted"] - hits, "false": 0, "attribute": 0}
json.dump({"total": total}, open(options.out, "w"))
"""

PACKAGE = """class Base:
    def read(self): ...

class One(Base):
    def read(self): ...

class Two(Base):
    def read(self): ...
"""


class Truth(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name).resolve()

    def run_it(self, *words):
        said = io.StringIO()
        arguments = ["run.py", "--overt", str(OVERT), "--truth", str(self.folder / "truth.json"),
                     "--out", str(self.folder / "score.json"), *words]
        with mock.patch.object(sys, "argv", arguments), contextlib.redirect_stdout(said):
            return run.main(), said.getvalue()

    def make_oracle(self, wanted):
        oracle, package = self.folder / "oracle", self.folder / "package"
        oracle.mkdir()
        package.mkdir()
        (oracle / "score.py").write_text(ORACLE)
        (package / "readers.py").write_text(PACKAGE)
        environment = self.folder / "environment"
        (environment / "lib/python3.11/site-packages").mkdir(parents=True)
        python = {"version": "3.11.2", "prefix": str(environment)}
        (self.folder / "truth.json").write_text(json.dumps({"root": str(package), "wanted": wanted, "python": python}))
        return str(oracle)

    def test_without_an_oracle(self):
        with mock.patch.object(run, "HERE", self.folder / "a/b/c"), mock.patch.dict(run.os.environ, clear=True):
            code, said = self.run_it()
        self.assertEqual(code, run.SKIPPED)
        self.assertIn("SKIPPED", said)

    def test_without_a_truth(self):
        oracle = self.make_oracle(2)
        (self.folder / "truth.json").unlink()
        with self.assertRaisesRegex(SystemExit, "no --python to make it with"):
            self.run_it("--oracle", oracle)

    def test_findings_are_counted(self):
        code, said = self.run_it("--oracle", self.make_oracle(2), "--recall", "1", "--precision", "1")
        self.assertIn("recall 100.00%, precision with attributes of a base counted as right 100.00%", said)
        self.assertEqual(code, 0)

    def test_too_little_was_found(self):
        code, said = self.run_it("--oracle", self.make_oracle(4), "--recall", "0.6")
        self.assertIn("recall 50.00%", said)
        self.assertEqual(code, 1)

    def test_attributes_of_a_base_are_right(self):
        self.assertEqual(run.adjusted({"hits": 3, "missed": 1, "false": 2, "attribute": 1}), (0.75, 0.8))
        self.assertEqual(run.adjusted({"hits": 0, "missed": 0, "false": 0, "attribute": 0}), (0.0, 0.0))

    def test_which_interpreter(self):
        self.assertEqual(run.interpreter_of({"python": {"executable": "/a/python", "prefix": "/a"}}), "/a/python")
        self.assertEqual(run.interpreter_of({"python": {"prefix": "/a"}}), "/a")


def main():
    global OVERT
    parser = argparse.ArgumentParser()
    parser.add_argument("--overt", required=True, type=lambda path: pathlib.Path(path).resolve())
    options, rest = parser.parse_known_args()
    OVERT = options.overt
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
