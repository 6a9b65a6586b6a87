"""`overt check --watch` reports what a run that begins at that moment reports.

    python3 tests/watch/watch_test.py --overt build/dev/overt [Test.test_name]

A report ends with the line on standard error that says what is watched; what stands on standard output was written
before it. Nothing here waits for a time: changes are made at once (a file is moved to its place when it is whole), and
that something was no reason for a report is seen by the reason that the next one gives.
"""

import argparse
import os
import pathlib
import pty
import random
import re
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

OPTIONS = None
LIMIT = 120  # seconds; a report that takes longer does not come
TIME = re.compile(rb" \(\d+\.\d\d s\)")
WATCHING = re.compile(rb"^overt: watching (\d+) files?; Ctrl-C ends\n", re.MULTILINE)
REASON = re.compile(rb"\A\novert: (.+) changed\n")

BASE = "class Base:\n    def read(self, size): ...\n    def close(self) -> None: ...\n"
CHILD = """\
from typing import override
from pkg.base import Base
class Child(Base):
    @override
    def read(self, size): ...
"""
TWICE = "from pkg.base import Base\nclass Twice(Base, Base): ...\n"


class Report:
    def __init__(self, out, err):
        watching = WATCHING.search(err)
        self.files = int(watching[1])
        reason = REASON.match(err)
        self.reason = reason[1].decode() if reason else None
        self.out = out
        self.err = TIME.sub(b"", err[reason.end() if reason else 0 : watching.start()])


class Watcher:
    """The process that stays."""

    def __init__(self, words, root, environment, prefix=()):
        self.process = subprocess.Popen(
            [*prefix, OPTIONS.overt, *words], cwd=root, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        self.read = {}
        self.streams = selectors.DefaultSelector()
        for stream in (self.process.stdout, self.process.stderr):
            os.set_blocking(stream.fileno(), False)
            self.streams.register(stream, selectors.EVENT_READ)
            self.read[stream] = b""

    def _take(self, stream):
        while chunk := os.read(stream.fileno(), 1 << 16):
            self.read[stream] += chunk
        self.streams.unregister(stream)

    def _read_what_is_there(self, stream):
        try:
            self._take(stream)
        except (BlockingIOError, ValueError, KeyError):
            pass

    def report(self):
        out, err = self.process.stdout, self.process.stderr
        end = time.monotonic() + LIMIT
        while not (watching := WATCHING.search(self.read[err])):
            if time.monotonic() > end or not self.streams.get_map():
                raise AssertionError(f"no report: {self.read[out]!r}, {self.read[err]!r}")
            self.streams.select(1)
            self._read_what_is_there(err)
        self._read_what_is_there(out)
        report = Report(self.read[out], self.read[err][: watching.end()])
        self.read[out], self.read[err] = b"", self.read[err][watching.end() :]
        return report

    def end(self, signal_number):
        self.process.send_signal(signal_number)
        out, err = self.process.communicate(timeout=LIMIT)
        return self.process.returncode, self.read[self.process.stdout] + out, self.read[self.process.stderr] + err

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()
        self.streams.close()


class Watching(unittest.TestCase):
    words = ["check"]

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="overt-watch-")
        self.addCleanup(scratch.cleanup)
        self.world = pathlib.Path(scratch.name).resolve()
        self.root, self.aside, home = (self.world / name for name in ("project", "aside", "home"))
        for folder in (self.root, self.aside, home):
            folder.mkdir()
        self.environment = {"PATH": "/nowhere", "HOME": str(home), "LC_ALL": "C.UTF-8"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "OVERT_STUBS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        self.write("overt.toml", "")
        self.write("pkg/__init__.py", "")
        self.write("pkg/base.py", BASE)
        self.write("pkg/child.py", CHILD)
        self.watcher = None

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = self.aside / "whole"
        whole.write_text(text)
        os.replace(whole, path)

    def start(self, *words, prefix=()):
        self.words = ["check", *words]
        self.watcher = Watcher([*self.words, "--watch"], self.root, self.environment, prefix)
        self.addCleanup(self.watcher.close)
        return self.compare(self.watcher.report())

    def compare(self, report):
        run = subprocess.run([OPTIONS.overt, *self.words, "--no-cache"], cwd=self.root, env=self.environment,
                             stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT)
        self.assertEqual(report.out, run.stdout)
        self.assertEqual(report.err, TIME.sub(b"", run.stderr))
        return report

    def expect(self, reason, holds=None):
        """The next report, which must be for this reason and be the one of a new run."""
        report = self.compare(self.watcher.report())
        self.assertEqual(report.reason, reason)
        if holds is not None:
            self.assertIn(holds, report.out.decode() + report.err.decode())
        return report


class Changes(Watching):
    def test_an_edit_of_a_base_is_felt_in_the_files_of_subclasses(self):
        self.start()
        self.write("pkg/base.py", BASE.replace("read", "reed"))
        self.expect("pkg/base.py", "pkg/child.py:5:9: error[override-without-base]")
        self.write("pkg/base.py", BASE)
        self.assertEqual(self.expect("pkg/base.py").out, b"")

    def test_an_edit_of_a_body_costs_no_finding(self):
        self.start()
        self.write("pkg/child.py", CHILD + TWICE)
        self.expect("pkg/child.py", "duplicate-base")
        self.write("pkg/base.py", "\n\n" + BASE)
        self.expect("pkg/base.py", "duplicate-base")

    def test_files_come_move_and_go(self):
        self.assertEqual(self.start().files, 3)
        self.write("pkg/new.py", TWICE)
        self.assertEqual(self.expect("pkg/new.py", "pkg/new.py:2:19: error[duplicate-base]").files, 4)
        os.replace(self.root / "pkg/new.py", self.root / "pkg/newer.py")
        self.expect("pkg/new.py and 1 more", "pkg/newer.py:2:19")
        (self.root / "pkg/newer.py").unlink()
        self.assertEqual(self.expect("pkg/newer.py").files, 3)
        (self.root / "pkg/base.py").unlink()
        self.expect("pkg/base.py")
        self.write("pkg/base.pyi", BASE.replace("read", "reed"))
        self.expect("pkg/base.pyi", "override-without-base")
        self.write("pkg/base.py", BASE)
        self.expect("pkg/base.py")  # the stub goes before it

    def test_folders_come_move_and_go(self):
        self.start()
        shutil.copytree(self.root / "pkg", self.aside / "sub/deep")
        (self.aside / "sub/deep/twice.py").write_text(TWICE)
        os.replace(self.aside / "sub", self.root / "sub")
        self.expect("sub", "sub/deep/twice.py:2:19")
        self.write("sub/deep/twice.py", TWICE + "x = (\n")
        self.expect("sub/deep/twice.py", "syntax-error")
        os.replace(self.root / "sub", self.root / "sup")
        self.expect("sub and 1 more", "sup/deep/twice.py")
        self.write("sup/deep/twice.py", TWICE)
        self.expect("sup/deep/twice.py", "duplicate-base")
        os.replace(self.root / "sup", self.aside / "gone")
        self.assertEqual(self.expect("sup").out, b"")

    def test_a_folder_takes_the_place_of_another(self):
        self.write("sub/m.py", TWICE)
        self.start()
        (self.aside / "sub").mkdir()
        (self.aside / "sub/m.py").write_text(BASE)
        (self.aside / "sub/overt.toml").write_text("[rules]\nall = 'ignore'\n")
        self.watcher.process.send_signal(signal.SIGSTOP)
        os.replace(self.root / "sub", self.aside / "old")
        os.replace(self.aside / "sub", self.root / "sub")
        self.watcher.process.send_signal(signal.SIGCONT)
        self.compare(self.watcher.report())
        self.write("sub/m.py", TWICE)
        self.assertEqual(self.expect("sub/m.py").out, b"")

    def test_many_at_once_are_one_reason(self):
        self.start()
        self.watcher.process.send_signal(signal.SIGSTOP)
        for number in range(200):
            self.write(f"pkg/m{number:03}.py", TWICE)
        self.watcher.process.send_signal(signal.SIGCONT)
        self.assertEqual(self.expect("pkg/m000.py and 199 more").files, 203)
        self.write("pkg/base.py", BASE + "\n")
        self.expect("pkg/base.py")

    def test_a_file_written_again_and_again_is_seen_as_it_is_in_the_end(self):
        self.start()
        path = self.root / "pkg/child.py"
        for number in range(50):
            path.write_text(CHILD.replace("read", f"re{number:02}"))
        report = self.watcher.report()
        while b"re49" not in report.out:
            report = self.watcher.report()
        self.compare(report)

    def test_named_files_and_folders_may_go_and_come_back(self):
        self.write("other/m.py", TWICE)
        self.start("pkg/child.py", "other")
        (self.root / "pkg/child.py").unlink()
        self.expect("pkg/child.py", "no such file")
        os.replace(self.root / "other", self.aside / "other")
        self.expect("other", "no such file")
        os.replace(self.aside / "other", self.root / "other")
        self.write("pkg/child.py", CHILD)
        report = self.watcher.report()
        while b"no such file" in report.err:
            report = self.watcher.report()
        self.compare(report)

    def test_what_is_imported_from_elsewhere_in_the_project_is_watched(self):
        self.start("pkg/child.py")
        self.write("pkg/base.py", BASE.replace("read", "reed"))
        self.expect("pkg/base.py", "override-without-base")

    def test_folders_that_are_left_out_are_no_reason(self):
        self.write("overt.toml", "[src]\nexclude = ['gen']\n")
        for folder in ("gen", ".venv/lib", "node_modules/x", "__pycache__"):
            self.write(f"{folder}/m.py", TWICE)
        self.start()
        for folder in ("gen", ".venv/lib", "node_modules/x", "__pycache__"):
            self.write(f"{folder}/m.py", TWICE + "\n")
        self.write("pkg/notes.txt", "")
        self.write("pkg/__pycache__/m.py", "")
        self.write("pkg/base.py", BASE + "\n")
        self.expect("pkg/base.py")

    def test_a_package_that_was_installed_meanwhile_is_seen_with_the_next_reason(self):
        self.write(".venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.12.0\n")
        site = ".venv/lib/python3.12/site-packages"
        self.write(f"{site}/dep/__init__.py", BASE)
        self.write("m.py", CHILD.replace("pkg.base", "dep"))
        self.start()
        self.write(f"{site}/dep/__init__.py", BASE.replace("read", "reed"))
        self.write(f"{site}/more.py", BASE)
        self.write("m.py", CHILD.replace("pkg.base", "dep") + "\nfrom more import Base as B\nclass C(B, B): ...\n")
        self.expect("m.py", "m.py:5:9: error[override-without-base]")


class Settings(Watching):
    def test_a_broken_configuration_is_waited_for(self):
        self.write("pkg/twice.py", TWICE)
        self.start()
        self.write("overt.toml", "[rules]\nduplicate-bases = 'warn'\n")
        self.expect("overt.toml", "did you mean")
        self.write("pkg/child.py", CHILD + "\n")
        self.expect("pkg/child.py", "did you mean")
        self.write("overt.toml", "[rules]\nduplicate-base = 'warn'\n")
        self.expect("overt.toml", "warning[duplicate-base]")
        (self.root / "overt.toml").unlink()
        self.expect("overt.toml", "error[duplicate-base]")
        self.write("pyproject.toml", "[tool.overt.rules]\nduplicate-base = 'ignore'\n")
        self.assertEqual(self.expect("pyproject.toml").out, b"")
        self.write("pkg/.overt.toml", "")
        self.expect("pkg/.overt.toml", "error[duplicate-base]")

    def test_a_broken_configuration_ends_with_the_last_file_below_it(self):
        self.write("sub/overt.toml", "[rules]\nno = 1\n")
        self.write("sub/m.py", TWICE)
        self.start()
        (self.root / "sub/m.py").unlink()
        self.expect("sub/m.py", "no findings")
        self.write("sub/m.py", TWICE)
        self.expect("sub/m.py", "unknown rule")

    def test_a_remark_about_a_configuration_ends_with_the_last_file_below_it(self):
        self.write("sub/overt.toml", "")
        self.write("sub/pyproject.toml", "[tool.overt]\n")
        self.write("sub/m.py", TWICE)
        self.start()
        (self.root / "sub/m.py").unlink()
        self.assertNotIn(b"ignored", self.expect("sub/m.py").err)
        self.write("sub/m.py", TWICE)
        self.expect("sub/m.py", "is ignored")

    def test_a_configuration_may_come_far_above(self):
        (self.root / "overt.toml").unlink()
        self.write("pkg/twice.py", TWICE)
        self.start("pkg")
        self.write("../overt.toml", "[rules]\nduplicate-base = 'warn'\n")
        self.expect("../overt.toml", "warning[duplicate-base]")
        (self.world / "overt.toml").unlink()
        self.expect("../overt.toml", "error[duplicate-base]")

    def test_what_a_configuration_extends_counts_as_one(self):
        self.write("shared/common.cfg.toml", "[rules]\nduplicate-base = 'warn'\n")
        self.write("overt.toml", "extend = 'shared/common.cfg.toml'\n")
        self.write("pkg/twice.py", TWICE)
        self.start()
        self.write("shared/common.cfg.toml", "[rules]\nduplicate-base = 'info'\n")
        self.expect("shared/common.cfg.toml", "info[duplicate-base]")

    def test_ignore_files(self):
        (self.root / ".git").mkdir()
        self.write("pkg/twice.py", TWICE)
        self.start()
        self.write(".gitignore", "twice.py\n")
        self.assertEqual(self.expect(".gitignore").files, 3)
        (self.root / ".gitignore").unlink()
        self.expect(".gitignore", "duplicate-base")

    def test_a_baseline_is_read_and_not_written(self):
        self.write("pkg/twice.py", TWICE)
        self.start("--baseline-mode", "discard")
        subprocess.run([OPTIONS.overt, "baseline", "create"], cwd=self.root, env=self.environment, check=True,
                       capture_output=True)
        report = self.watcher.report()
        while report.out:
            report = self.watcher.report()
        self.compare(report)
        before = (self.root / "overt-baseline.json").read_bytes()
        self.watcher.close()
        watcher = Watcher(["check", "--watch"], self.root, self.environment)
        self.addCleanup(watcher.close)
        watcher.report()
        self.write("pkg/twice.py", "")
        self.assertEqual(watcher.report().out, b"")
        self.assertEqual((self.root / "overt-baseline.json").read_bytes(), before)
        self.write("pkg/twice.py", TWICE)
        self.assertEqual(watcher.report().out, b"")

    def test_a_format_of_one_document_is_refused_wherever_it_was_chosen(self):
        self.start()
        self.write("overt.toml", "[terminal]\noutput-format = 'sarif'\n")
        report = self.watcher.report()
        self.assertEqual(report.out, b"")
        self.assertIn(b"`sarif` is one document", report.err)
        self.write("overt.toml", "[terminal]\noutput-format = 'json-lines'\n")
        self.expect("overt.toml")


class Formats(Watching):
    def test_lines_and_documents_for_programs(self):
        for name in ("json-lines", "json", "grouped", "full", "github"):
            with self.subTest(name):
                self.write("pkg/base.py", BASE)
                self.start("--output-format", name)
                self.write("pkg/base.py", BASE.replace("read", "reed"))
                self.expect("pkg/base.py")
                self.watcher.close()

    def test_counts(self):
        self.start("--statistics")
        self.write("pkg/base.py", BASE.replace("read", "reed"))
        self.expect("pkg/base.py", "override-without-base")

    def test_quiet(self):
        watcher = Watcher(["check", "--watch", "-q"], self.root, self.environment)
        self.addCleanup(watcher.close)
        self.write("pkg/base.py", BASE.replace("read", "reed"))
        end = time.monotonic() + LIMIT
        while not watcher.read[watcher.process.stdout] and time.monotonic() < end:
            watcher.streams.select(1)
            watcher._read_what_is_there(watcher.process.stdout)
        code, out, err = watcher.end(signal.SIGINT)
        self.assertEqual((code, err), (130, b"overt: interrupted\n"))
        self.assertIn(b"override-without-base", out)

    def test_a_terminal_is_cleared(self):
        ours, theirs = pty.openpty()
        self.addCleanup(os.close, ours)
        process = subprocess.Popen([OPTIONS.overt, "check", "--watch"], cwd=self.root, stdin=subprocess.DEVNULL,
                                   env=self.environment | {"TERM": "xterm"}, stdout=theirs, stderr=theirs)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        os.close(theirs)
        shown = b""
        for times in (1, 2):
            while len(WATCHING.findall(shown.replace(b"\r", b""))) < times:
                shown += os.read(ours, 1 << 16)
            self.write("pkg/base.py", BASE + "\n")
        self.assertEqual(shown.count(b"\x1b[H\x1b[2J"), 2)
        self.assertNotIn(b"changed", shown)


class Ends(Watching):
    def test_by_an_interrupt(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number.name):
                self.start()
                self.assertEqual(self.watcher.end(number), (130, b"", b"overt: interrupted\n"))

    def test_quietly_when_nobody_reads_any_more(self):
        self.start()
        self.watcher.streams.unregister(self.watcher.process.stdout)
        self.watcher.process.stdout.close()
        self.watcher.process.wait(timeout=LIMIT)
        self.assertEqual(self.watcher.process.returncode, 0)
        self.watcher._read_what_is_there(self.watcher.process.stderr)
        self.assertEqual(self.watcher.read[self.watcher.process.stderr], b"")


BOUND = pathlib.Path("/proc/sys/fs/inotify/max_queued_events")


class Overflow(Watching):
    def test_what_was_lost_is_seen_all_the_same(self):
        events = int(BOUND.read_text())
        if events > 100_000:
            print(f"skipped: {events} events would have to be made", file=sys.stderr)
            self.skipTest("the bound is too high")
        self.start()
        self.watcher.process.send_signal(signal.SIGSTOP)
        for name in ("x", "y"):
            (self.root / f"pkg/{name}.py").write_text("")
        for _ in range(events // 4 + 1):  # two renames at a time: equal events that follow each other count once
            for name in ("x", "y"):
                os.replace(self.root / f"pkg/{name}.py", self.root / f"pkg/{name}{name}.py")
            for name in ("x", "y"):
                os.replace(self.root / f"pkg/{name}{name}.py", self.root / f"pkg/{name}.py")
        self.write("pkg/base.py", BASE.replace("read", "reed"))
        self.watcher.process.send_signal(signal.SIGCONT)
        report = self.watcher.report()
        self.assertIn(b"more happened at once than the system keeps track of", report.err)
        self.assertIn(b"pkg/child.py:5:9", report.out)
        self.write("pkg/base.py", BASE)
        self.expect("pkg/base.py")


# A user namespace of its own has its own bounds.
FEW_WATCHES = ["unshare", "--user", "--map-root-user", "sh", "-c",
               'echo 2 > /proc/sys/user/max_inotify_watches && exec "$@"', "sh"]


class Blind(Watching):
    def setUp(self):
        super().setUp()
        environment = self.environment | {"PATH": os.environ["PATH"]}
        try:
            subprocess.run([*FEW_WATCHES, "true"], env=environment, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as problem:
            print(f"skipped: no bound of its own for inotify here: {problem}", file=sys.stderr)
            self.skipTest("no user namespaces")

    def test_every_file_is_looked_at_and_that_is_said_once(self):
        path = shutil.which("unshare")
        prefix = [path, *FEW_WATCHES[1:3], "/bin/sh", *FEW_WATCHES[4:]]
        self.watcher = Watcher(["check", "--watch"], self.root, self.environment, prefix)
        self.addCleanup(self.watcher.close)
        report = self.watcher.report()
        self.assertEqual(report.err.count(b"every file is looked at once a second instead"), 1, report.err)
        self.write("pkg/base.py", BASE.replace("read", "reed"))
        self.expect("pkg/base.py", "override-without-base")
        self.write("sub/twice.py", TWICE)
        report = self.watcher.report()
        while b"sub/twice.py" not in report.out:
            report = self.watcher.report()
        self.compare(report)
        (self.root / "sub/twice.py").unlink()
        self.expect("sub/twice.py")


class Law(Watching):
    """Any history of changes ends in the report of a run that knows none of it."""

    def change(self, chance):
        folders, modules = ("pkg", "sub", "sub/deep", "."), ("base", "child", "twice")
        names = [f"{folder}/{module}.py" for folder in folders for module in modules]
        name = chance.choice(names)
        kind = chance.random()
        path = self.root / name
        if kind < 0.5:
            text = chance.choice([BASE, CHILD, TWICE, BASE.replace("read", "reed"), "", "x = (\n"])
            self.write(name, "\n" * chance.randrange(3) + text)
        elif kind < 0.65:
            path.unlink(missing_ok=True)
        elif kind < 0.75 and path.exists():
            other = self.root / chance.choice(names)
            other.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, other)
        elif kind < 0.85:
            folder = self.root / chance.choice(["pkg", "sub", "sub/deep"])
            target = self.root / chance.choice(["other", "sub/other", "sub"])
            if folder.exists() and not target.exists() and target.parent.exists() and folder not in target.parents:
                os.replace(folder, target)
        elif kind < 0.95:
            text = chance.choice(["", "[rules]\nduplicate-base = 'warn'\n", "[src]\nexclude = ['sub']\n",
                                  "[rules]\nno = 1\n"])
            self.write(chance.choice(["overt.toml", "sub/overt.toml"]), text)
        else:
            (self.root / "sub/overt.toml").unlink(missing_ok=True)

    def test_any_history(self):
        seed = int(os.environ.get("OVERT_SEED", "1"))
        chance = random.Random(seed)
        self.start()
        for step in range(OPTIONS.steps):
            self.watcher.process.send_signal(signal.SIGSTOP)
            for _ in range(chance.choice([1, 1, 1, 2, 5])):
                self.change(chance)
            # A reason of its own, and the last one: the report that names it has seen all the others.
            self.write("pkg/mark.py", f"mark = {step}\n")
            self.watcher.process.send_signal(signal.SIGCONT)
            with self.subTest(seed=seed, step=step):
                self.compare(self.watcher.report())


def main():
    global OPTIONS
    parser = argparse.ArgumentParser()
    parser.add_argument("--overt", required=True, type=lambda name: str(pathlib.Path(name).resolve()))
    parser.add_argument("--steps", type=int, default=60)
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
