"""One file that ends the process costs no other file's result.

    python3 tests/crash/crash_test.py --overt build/dev/overt --trap build/dev/tests/libtrap.so

`trap.c` stands before the C library and ends the process when it opens certain names.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

OPTIONS = None
BROKEN = "from typing import override\n\nclass A:\n    @override\n    def f(self): ...\n"
FINDING = "error[override-without-base]"


def words(name):
    return {"segv": "a segmentation fault", "abort": "an abort", "stack": "a segmentation fault",
            "divide": "an arithmetic error"}[name]


class Crash(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="overt-crash-")
        self.root = pathlib.Path(self.folder.name)
        for name in ("a.py", "m.py", "z.py"):
            (self.root / name).write_text(BROKEN)

    def tearDown(self):
        self.folder.cleanup()

    def run_overt(self, *arguments):
        environment = {**os.environ, "LD_PRELOAD": OPTIONS.trap}
        environment.pop("OVERT_CRASHED", None)
        return subprocess.run([OPTIONS.overt, "check", "--no-cache", "--python-version", "3.12", *arguments], cwd=self.root,
                              env=environment, capture_output=True, text=True, timeout=120, check=False)

    def test_every_way_to_end(self):
        for way in ("segv", "abort", "stack", "divide"):
            for threads in ("1", "2"):
                with self.subTest(way=way, threads=threads):
                    trap = self.root / f"trap_{way}.py"
                    trap.write_text(BROKEN)
                    done = self.run_overt("-j", threads, "--output-format", "concise", ".")
                    trap.unlink()
                    self.assertEqual(done.returncode, 101, done.stderr)
                    self.assertEqual([line.split(":")[0] for line in done.stdout.splitlines() if FINDING in line],
                                     ["a.py", "m.py", "z.py"])
                    self.assertIn(f"overt: internal error in trap_{way}.py: the process was ended by {words(way)}\n",
                                  done.stderr)

    def test_several_files(self):
        for way in ("segv", "abort", "divide"):
            (self.root / f"trap_{way}.py").write_text(BROKEN)
        done = self.run_overt("--output-format", "json", ".")
        self.assertEqual(done.returncode, 101, done.stderr)
        answer = json.loads(done.stdout)
        self.assertEqual(len(answer["internal_errors"]), 3)
        self.assertEqual(done.stderr.count("internal error in"), 3)

    def test_an_imported_file_that_was_not_asked_for(self):
        (self.root / "trap_segv.py").write_text("class Base: ...\n")
        (self.root / "a.py").write_text("import trap_segv\n" + BROKEN.replace("class A:", "class A(trap_segv.Base):"))
        done = self.run_overt("--output-format", "concise", "a.py", "z.py")
        self.assertEqual(done.returncode, 101, done.stderr)
        # What the base has is not known, so nothing is said of A; z.py has nothing to do with it.
        self.assertEqual([line.split(":")[0] for line in done.stdout.splitlines()], ["z.py"])
        self.assertIn("trap_segv.py: the process was ended by a segmentation fault", done.stderr)

    def test_a_watched_file_is_tried_again_when_it_changed(self):
        (self.root / "trap_segv.py").write_text(BROKEN)
        environment = {**os.environ, "LD_PRELOAD": OPTIONS.trap}
        environment.pop("OVERT_CRASHED", None)
        with subprocess.Popen([OPTIONS.overt, "check", "--watch", "."], cwd=self.root, env=environment, text=True,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            def report():
                lines = []
                while not lines or not lines[-1].startswith("overt: watching"):
                    lines.append(process.stderr.readline())
                    self.assertTrue(lines[-1], lines)
                return "".join(lines)

            try:
                self.assertIn("internal error in trap_segv.py", report())
                (self.root / "a.py").write_text("")
                self.assertIn("internal error in trap_segv.py", report())
                (self.root / "trap_segv.py").rename(self.root / "mended.py")
                self.assertNotIn("internal error", report())
            finally:
                process.kill()

    def test_it_gives_up_in_the_end(self):
        for number in range(20):
            (self.root / f"p{number}").mkdir()
            (self.root / f"p{number}" / "trap_segv.py").write_text(BROKEN)
        done = self.run_overt("--output-format", "concise", ".")
        self.assertEqual(done.returncode, 101)
        self.assertIn("overt: internal error: the process was ended by a segmentation fault", done.stderr)

    def test_a_variable_that_is_not_ours(self):
        environment = {**os.environ, "OVERT_CRASHED": "11 4000:a.py"}
        done = subprocess.run([OPTIONS.overt, "check", "--no-cache", "--python-version", "3.12", "--output-format", "concise", "."],
                              cwd=self.root, env=environment, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stdout.count(FINDING), 3)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--overt", required=True)
    parser.add_argument("--trap", required=True)
    OPTIONS, rest = parser.parse_known_args()
    OPTIONS.overt, OPTIONS.trap = os.path.abspath(OPTIONS.overt), os.path.abspath(OPTIONS.trap)
    unittest.main(argv=[sys.argv[0], *rest])
