"""The cache of `overt check` never changes what is said, and never stands in the way.

    python3 tests/cache/cache_test.py --overt build/dev/overt [Test.test_name]

Every test compares runs that use a cache with runs under `--no-cache`: standard output byte by byte, standard error but
for the time that the run took, and the exit status.
"""

import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

OPTIONS = None
TIME = re.compile(rb" \(\d+\.\d\d s\)")
NOBODY = 65534

BASE = """\
from typing import override
class Base:
    def close(self) -> None: ...
    def read(self, size): ...
"""
DERIVED = """\
from typing import override
from base import Base
class Derived(Base):
    @override
    def close(self) -> None: ...
    @override
    def reed(self, size): ...
"""


class Project(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="overt-cache-")
        self.world = pathlib.Path(self.scratch.name).resolve()
        os.chmod(self.world, 0o755)
        self.root = self.world / "project"
        self.root.mkdir()
        self.write("base.py", BASE)
        self.write("derived.py", DERIVED)
        self.write("overt.toml", "")
        self.cache = self.root / ".overt_cache"

    def tearDown(self):
        self.scratch.cleanup()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def age(self):
        """Lets everything written so far become old enough for its stamps to be trusted."""
        time.sleep(2.1)

    def environment(self, more=()):
        kept = {name: value for name, value in os.environ.items() if name.startswith(("ASAN_", "UBSAN_"))}
        return {**kept, "PATH": "/nowhere", "HOME": str(self.world), "LC_ALL": "C.UTF-8", **dict(more)}

    def overt(self, *words, env=(), **options):
        done = subprocess.run([OPTIONS.overt, *words], cwd=options.pop("cwd", self.root), env=self.environment(env),
                              capture_output=True, timeout=120, check=False, **options)
        return TIME.sub(b"", done.stdout), TIME.sub(b"", done.stderr), done.returncode

    def check(self, *words, **options):
        return self.overt("check", "--python-version", "3.12", *words, **options)

    def assert_same(self, *words, **options):
        """A run with the cache says what one without says. Returns what it said of the cache under `-v`."""
        plain = self.check("--no-cache", "-v", *words, **options)
        cached = self.check("-v", *words, **options)
        lines = cached[1].splitlines(keepends=True)
        about = b"".join(line for line in lines if line.startswith(b"overt: cache: ") or b"the cache" in line)
        rest = b"".join(line for line in lines if not line.startswith(b"overt: cache: ") and b"the cache" not in line)
        self.assertEqual((cached[0], rest, cached[2]), plain)
        return about.decode()


class Baselines(Project):
    """A replayed run has asked the baseline as well."""

    def accept_all(self):
        self.assertEqual(self.overt("baseline", "create")[2], 0)
        self.baseline = self.root / "overt-baseline.json"

    def test_accepted_findings_are_replayed_as_such(self):
        self.accept_all()
        self.age()
        first = self.overt("check")
        self.assertIn(b"1 accepted", first[1])
        self.assertEqual(self.overt("check"), first)
        self.assertIn(b"run replayed", self.overt("check", "-v")[1] + self.overt("check", "-v")[1])

    def test_another_baseline_is_another_run(self):
        self.age()
        self.assertEqual(self.overt("check")[2], 1)
        self.assertEqual(self.overt("check")[2], 1)
        self.accept_all()
        self.assertEqual(self.overt("check")[2], 0)
        self.age()
        self.assertEqual(self.overt("check")[2], 0)
        self.write("overt-baseline.json", '{"schema_version": 1, "findings": []}')
        self.assertEqual(self.overt("check")[2], 1)
        self.write("overt-baseline.json", "{")
        self.assertEqual(self.overt("check")[2], 2)
        self.baseline.unlink()
        self.assertEqual(self.overt("check")[2], 1)

    def test_a_run_that_writes_is_not_replayed(self):
        self.accept_all()
        full = self.baseline.read_text()
        self.write("derived.py", DERIVED.replace("reed", "read"))
        self.age()
        for _ in range(3):
            self.baseline.write_text(full)
            self.age()
            self.assertIn(b"1 finding gone", self.overt("check")[1])
            self.assertNotEqual(self.baseline.read_text(), full)

    def test_ci_is_asked_again(self):
        self.accept_all()
        self.write("derived.py", DERIVED.replace("reed", "read"))
        self.age()
        for _ in range(2):
            self.assertEqual(self.overt("check", env={"CI": "true"}.items())[2], 1)
        self.assertEqual(self.overt("check")[2], 0)
        self.assertEqual(self.overt("check", env={"CI": "true"}.items())[2], 0)


class Use(Project):
    def test_the_second_run_parses_nothing_and_the_third_is_replayed(self):
        self.age()
        self.assertIn("0 of 2 trees", self.assert_same("--output-format", "json"))
        self.assertIn("2 of 2 trees", self.assert_same("--output-format", "concise"))
        self.assertIn("run replayed, 2 files", self.assert_same("--output-format", "concise"))

    def test_a_run_for_several_versions_is_replayed_until_what_one_of_them_reads_changes(self):
        self.write("newer.py", "class Base:\n    def run(self): ...\n")
        self.write("many.py",
                   "import sys\nfrom typing import override\n"
                   "if sys.version_info >= (3, 12):\n    from newer import Base\n"
                   "else:\n    class Base:\n        def run(self): ...\n"
                   "class Child(Base):\n    @override\n    def run(self): ...\n")
        self.age()
        command = ("check", "--python-version", "3.11..3.12", "-v", "many.py")
        self.assertEqual(self.overt(*command)[2], 0)
        self.overt(*command)
        self.assertIn(b"run replayed", self.overt(*command)[1])
        self.write("newer.py", "class Base:\n    def ran(self): ...\n")
        said, _, code = self.overt(*command)
        self.assertEqual(code, 1)
        self.assertIn(b"(Python 3.12)", said)

    def test_one_changed_file_is_parsed_alone(self):
        self.age()
        self.assert_same()
        self.write("base.py", BASE.replace("read", "reed"))
        self.assertIn("1 of 2 trees", self.assert_same())
        self.assertIn("run replayed", self.assert_same())

    def test_a_touch_without_a_change_is_replayed(self):
        self.age()
        self.assert_same()
        os.utime(self.root / "base.py")
        self.assertIn("run replayed", self.assert_same())

    def test_trees_of_damaged_files_are_kept_too(self):
        """What is checked of a kept tree refuses none that lowering makes, however broken its text."""
        dice = random.Random(20261128)
        text = (BASE + DERIVED + pathlib.Path(__file__).read_text())[:6000].encode()
        for number in range(200):
            damaged = bytearray(text)
            for _ in range(dice.randrange(1, 12)):
                begin = dice.randrange(len(damaged))
                damaged[begin:begin + dice.randrange(30)] = dice.choice(
                    (b"", b"(", b")", b"\n  ", b"lambda", b'"', b"\'\'\'", b"match", b":", b"\\", b"\xff", b"{", b"*", b"@"))
            (self.root / f"damaged{number}.py").write_bytes(damaged)
        self.age()
        self.assertIn("0 of 202 trees", self.assert_same("--output-format", "json"))
        self.assertIn("202 of 202 trees", self.assert_same("--output-format", "concise"))

    def test_the_folder_marks_itself(self):
        self.check()
        self.assertEqual((self.cache / ".gitignore").read_text(), "*\n")
        self.assertTrue((self.cache / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f0688"))
        self.assertEqual(stat.S_IMODE(self.cache.stat().st_mode), 0o700)

    def test_where_it_lies(self):
        for name, words, env in (("by-flag", ["--cache-dir", "by-flag"], ()),
                                 ("by-variable", [], {"OVERT_CACHE_DIR": "by-variable"}.items())):
            with self.subTest(name):
                self.check(*words, env=env)
                self.assertTrue((self.root / name / "data.mdb").exists())
        self.write("overt.toml", 'cache-dir = "deep/by-config"\n')
        self.check()
        self.assertTrue((self.root / "deep/by-config/data.mdb").exists())
        self.assertFalse(self.cache.exists())

    def test_a_configuration_may_not_point_out_of_the_project(self):
        for place in ("/tmp/elsewhere", "../elsewhere", "."):
            with self.subTest(place):
                self.write("overt.toml", f'cache-dir = "{place}"\n')
                _, errors, code = self.check()
                self.assertEqual(code, 2)
                self.assertIn(b"`cache-dir` must lie below the project", errors)

    def test_none_when_told_so(self):
        self.check("--no-cache")
        self.check(env={"OVERT_NO_CACHE": "1"}.items())
        self.assertFalse(self.cache.exists())

    def test_nothing_is_written_for_a_run_that_did_not_happen(self):
        self.check("no-such-file.py")
        self.check("--print=ast", "base.py")
        self.write("overt.toml", "nonsense = 1\n")
        self.check()
        self.assertFalse(self.cache.exists())

    def test_a_run_that_is_not_replayed_for_another_question(self):
        self.age()
        for words in (["--output-format", "json"], ["--exit-zero"], ["-q"], ["--error", "missing-override"], ["base.py"]):
            with self.subTest(words):
                self.assert_same(*words)
                self.assertNotIn("run replayed", self.assert_same(*words, "-j", "1"))

    def test_variables_count(self):
        self.assert_same()
        about = self.assert_same(env={"GITHUB_ACTIONS": "true"}.items())
        self.assertNotIn("replayed", about)


class Clocks(Project):
    """What a file holds decides, whatever the clocks say."""

    def test_new_content_under_the_old_size_and_time(self):
        self.age()
        self.assert_same()
        self.assertIn("run replayed", self.assert_same())
        path = self.root / "base.py"
        before = path.stat()
        path.write_text(BASE.replace("read", "reed"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        after = path.stat()
        self.assertEqual((after.st_size, after.st_mtime_ns), (before.st_size, before.st_mtime_ns))
        self.assertIn("1 of 2 trees", self.assert_same())

    def test_another_file_moved_into_its_place_under_the_old_size_and_time(self):
        self.write("elsewhere/base.txt", BASE.replace("read", "reed"))
        before = (self.root / "base.py").stat()
        os.utime(self.root / "elsewhere/base.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
        self.age()
        self.assert_same()
        self.assertIn("run replayed", self.assert_same())
        os.rename(self.root / "elsewhere/base.txt", self.root / "base.py")
        self.assertIn("1 of 2 trees", self.assert_same())

    def test_a_clock_that_went_backwards(self):
        """Files from the future, the first second, and before it: as if they were written before the clock was set back."""
        for seconds in (time.time() + 86_400 * 365, 0, -86_400):
            self.write("base.py", BASE)
            os.utime(self.root / "base.py", (seconds, seconds))
            self.age()
            self.assert_same()
            self.assertIn("run replayed", self.assert_same())
            self.write("base.py", BASE.replace("read", "reed"))
            os.utime(self.root / "base.py", (seconds, seconds))
            self.assertNotIn("run replayed", self.assert_same())
            self.assert_same()


class Clean(Project):
    def test_it_removes_the_cache(self):
        self.check()
        out, _, code = self.overt("clean")
        self.assertEqual(code, 0)
        self.assertIn(b"removed", out)
        self.assertFalse(self.cache.exists())
        self.assertEqual(self.overt("clean")[2], 0)

    def test_it_removes_only_what_is_ours(self):
        self.check()
        (self.cache / "mine.txt").write_text("kept")
        (self.world / "target").write_text("kept")
        (self.cache / "data.mdb").unlink()
        (self.cache / "data.mdb").symlink_to(self.world / "target")
        self.overt("clean")
        self.assertEqual([path.name for path in self.cache.iterdir()], ["mine.txt"])
        self.assertEqual((self.world / "target").read_text(), "kept")

    def test_it_leaves_strange_folders_alone(self):
        other = self.world / "other"
        other.mkdir()
        (other / "data.mdb").write_text("kept")
        self.cache.symlink_to(other)
        for place in (str(self.cache), str(other), str(self.root / "base.py")):
            with self.subTest(place):
                _, errors, code = self.overt("clean", "--cache-dir", place)
                self.assertEqual(code, 2)
                self.assertIn(b"is left alone", errors)
        self.assertEqual((other / "data.mdb").read_text(), "kept")


class Hostile(Project):
    def is_refused(self, reason):
        about = self.assert_same()
        self.assertIn("is not used: " + reason, about)
        self.assertEqual(about.count("\n"), 1)

    def test_a_file(self):
        self.cache.write_text("")
        self.is_refused("it is not a folder")

    def test_links(self):
        for target in ("/", str(self.world / "elsewhere"), str(self.world / "nowhere")):
            with self.subTest(target):
                (self.world / "elsewhere").mkdir(exist_ok=True)
                self.cache.symlink_to(target)
                self.is_refused("it is a symbolic link")
                self.cache.unlink()
                self.assertEqual(list((self.world / "elsewhere").iterdir()), [])

    def test_writable_for_others(self):
        self.check()
        for mode in (0o777, 0o770, 0o702):
            with self.subTest(oct(mode)):
                os.chmod(self.cache, mode)
                self.is_refused("others may write to it")

    def test_a_folder_that_holds_other_things(self):
        self.cache.mkdir(mode=0o700)
        (self.cache / "precious.txt").write_text("kept")
        self.is_refused("it lacks the mark of overt's caches")
        self.assertEqual([path.name for path in self.cache.iterdir()], ["precious.txt"])

    @unittest.skipUnless(os.geteuid() == 0, "needs root")
    def test_owned_by_someone_else(self):
        self.check()
        os.chown(self.cache, NOBODY, NOBODY)
        self.is_refused("it belongs to another user")

    def test_links_inside(self):
        target = self.world / "target"
        target.write_text("kept")
        for name in ("data.mdb", "lock", "CACHEDIR.TAG", ".gitignore"):
            with self.subTest(name):
                shutil.rmtree(self.cache, ignore_errors=True)
                self.check()
                (self.cache / name).unlink()
                (self.cache / name).symlink_to(target)
                self.assert_same()
                self.assertEqual(target.read_text(), "kept")

    def test_strange_files_inside(self):
        for name in ("data.mdb", "lock"):
            for kind in ("folder", "fifo", "empty", "text"):
                with self.subTest(name=name, kind=kind):
                    shutil.rmtree(self.cache, ignore_errors=True)
                    self.check()
                    path = self.cache / name
                    path.unlink()
                    if kind == "folder":
                        path.mkdir()
                    elif kind == "fifo":
                        os.mkfifo(path)
                    else:
                        path.write_bytes(b"" if kind == "empty" else b"no database " * 5000)
                    self.assert_same()
                    self.assert_same()

    def test_a_cache_of_another_program(self):
        self.age()
        self.check()
        # The same program under another name is another one: nothing of the first one's is taken.
        copy = self.world / "bin"
        copy.mkdir()
        shutil.copy(OPTIONS.overt, copy / "overt")
        stubs = pathlib.Path(OPTIONS.overt).parent / "typeshed.overt-stubs"
        done = subprocess.run([copy / "overt", "check", "-v", "--python-version", "3.12"], cwd=self.root,
                              env=self.environment({"OVERT_STUBS": str(stubs)}.items()), capture_output=True, check=False)
        self.assertIn(b"cache: 0 of 2 trees", done.stderr)

    def test_a_cache_from_elsewhere(self):
        self.age()
        self.check()
        other = self.world / "copied"
        shutil.copytree(self.root, other)
        self.assert_same(cwd=other)
        self.assert_same(cwd=other)


class NoRoom(Project):
    def test_disk_full(self):
        """No file may grow beyond some bytes: what was to be kept is dropped, and the report is whole."""
        for limit in (0, 1, 4096, 8192, 20_000, 30_000, 60_000):
            with self.subTest(limit):
                shutil.rmtree(self.cache, ignore_errors=True)
                full = {"preexec_fn": lambda most=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))}
                plain = self.check("--no-cache", "-q")
                self.assertEqual(self.check("-q", **full), plain)
                self.assertEqual(self.check("-q", **full), plain)
                self.assert_same(**full)
                self.assert_same()

    @unittest.skipUnless(os.geteuid() == 0, "needs root to become nobody")
    def test_read_only_project_and_home(self):
        os.chmod(self.root, 0o555)
        become = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        about = self.assert_same(env={"HOME": "/nowhere", "TMPDIR": "/nowhere"}.items(), **become)
        self.assertIn("keeps nothing: ", about)
        _, errors, _ = self.check(**become)
        self.assertEqual(errors.count(b"keeps nothing: "), 1)
        self.assertEqual(self.check("-q", **become), self.check("-q", "--no-cache", **become))
        self.assertFalse(self.cache.exists())


    def test_a_folder_that_cannot_be_made(self):
        for words in (("--cache-dir", "/proc/nowhere"), ("--cache-dir", str(self.root / "base.py" / "cache"))):
            with self.subTest(words):
                _, errors, code = self.check(*words)
                self.assertEqual((errors.count(b"the cache "), code), (1, 1))
                self.assertEqual(self.check("-q", *words), self.check("-q", "--no-cache"))


class Together(Project):
    def test_sixteen_at_once(self):
        for number in range(30):
            self.write(f"p/m{number}.py", DERIVED.replace("Derived", f"D{number}"))
        plain = self.check("--no-cache", "--output-format", "concise")
        for _ in range(6):
            with concurrent.futures.ThreadPoolExecutor(16) as pool:
                answers = list(pool.map(lambda _: self.check("--output-format", "concise"), range(16)))
            for answer in answers:
                self.assertEqual(answer, plain)
            self.write("base.py", BASE + f"# {random.random()}\n")
        self.assertIn("trees", self.assert_same("-j", "1"))

    def test_killed_at_any_moment(self):
        """1,000 runs that want to write, each ended by SIGKILL somewhere on its way; the cache serves all of them."""
        kills = 1000
        self.write("p/__init__.py", "")
        for number in range(6):
            self.write(f"p/m{number}.py", DERIVED)
        start = time.monotonic()
        self.check("-q")
        whole = time.monotonic() - start
        dice = random.Random(20261128)
        moments = [dice.random() * whole * 1.1 for _ in range(kills)]

        def kill_one(job):
            number, moment = job
            # Each has something of its own to add.
            path = self.root / f"p/own{number % 4}.py"
            path.write_text(f"x = {number}\n")
            process = subprocess.Popen([OPTIONS.overt, "check", "-q", "-j", "1", "--python-version", "3.12"], cwd=self.root,
                                       env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
            return process.wait()

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            codes = list(pool.map(kill_one, enumerate(moments)))
        self.assertGreater(codes.count(-signal.SIGKILL), kills // 4)
        self.assertGreater(len(codes) - codes.count(-signal.SIGKILL), 0, "some ran to their end")
        self.assertFalse([code for code in codes if code not in (-signal.SIGKILL, 0, 1)])
        self.age()
        self.assert_same("--output-format", "json")
        self.assertIn("trees", self.assert_same("--output-format", "concise"))
        self.assertIn("run replayed", self.assert_same("--output-format", "concise"))
        self.assertFalse([path for path in self.cache.iterdir()
                          if path.name not in ("data.mdb", "lock", ".gitignore", "CACHEDIR.TAG")])


class Law(Project):
    """After any sequence of changes a run with the cache says what one without it says."""

    NAMES = ("a.py", "b.py", "p/__init__.py", "p/c.py", "p/d.pyi", "q/e.py")
    TEXTS = (BASE, DERIVED, DERIVED.replace("base", "a"), BASE.replace("read", "reed"), "def broken(:\n", "x = 1\n", "",
             "from p import *\nfrom a import Base\nclass E(Base):\n    def close(self): ...\n", "x = 2\n")
    SETTINGS = ("", '[rules]\nmissing-override = "error"\n', '[src]\nexclude = ["q"]\n', "[src]\nmax-file-size = 1\n",
                '[rules]\nall = "warn"\n', '[environment]\nroot = ["p"]\n', "nonsense = 1\n")

    def step(self, dice):
        path = self.root / dice.choice(self.NAMES)
        other = self.root / dice.choice(self.NAMES)
        path.parent.mkdir(exist_ok=True)
        other.parent.mkdir(exist_ok=True)
        action = dice.randrange(12)
        if action <= 2:
            path.unlink(missing_ok=True)
            path.write_text(dice.choice(self.TEXTS))
        elif action == 3:
            path.unlink(missing_ok=True)
        elif action == 4 and path.exists():
            os.replace(path, other)
        elif action == 5:
            self.write("overt.toml", dice.choice(self.SETTINGS))
        elif action == 6 and path.is_file():
            os.utime(path, ns=(1, dice.randrange(10**18)))
        elif action == 7 and path.is_file() and path.stat().st_size > 0:
            # Another text of the same length under the old time of change.
            before = path.stat()
            text = path.read_text()
            with open(path, "r+") as file:
                file.write(text.replace("close", "cloze") if "close" in text else text.replace("1", "3").replace("2", "1"))
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        elif action == 8:
            self.write(dice.choice((".gitignore", "p/.gitignore", "q/overt.toml")), dice.choice(("", "# no\n")))
        elif action == 9:
            path.unlink(missing_ok=True)
            path.symlink_to(other if other != path else self.root / "base.py")
        elif action == 10 and (self.root / "q").is_dir() and not (self.root / "q").is_symlink():
            shutil.rmtree(self.root / "q")
        elif action == 11 and path.is_file():
            os.chmod(path, dice.choice((0o644, 0o600)))

    def test_random_changes(self):
        seed = int(os.environ.get("OVERT_SEED", time.time_ns() % 10**9))
        print(f"Law.test_random_changes: OVERT_SEED={seed}", file=sys.stderr)
        dice = random.Random(seed)
        replayed = 0
        end = time.monotonic() + OPTIONS.law_seconds
        steps = 0
        while time.monotonic() < end:
            for _ in range(dice.choice((0, 1, 1, 1, 2, 5))):
                self.step(dice)
            if dice.random() < 0.05:
                self.age()
            replayed += "replayed" in self.assert_same("--output-format", "concise")
            replayed += "replayed" in self.assert_same("--output-format", "concise")
            steps += 1
        self.assertGreater(steps, 20)
        self.assertGreater(replayed, steps // 3, "a law about replays needs replays")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--overt", required=True)
    parser.add_argument("--law-seconds", type=float, default=40)
    OPTIONS, rest = parser.parse_known_args()
    OPTIONS.overt = str(pathlib.Path(OPTIONS.overt).resolve())
    unittest.main(argv=[sys.argv[0], *rest])
