"""What people install: small, hardened, complete, and needing nothing but the C library.

    python3 tests/wheel/wheel_test.py --source . --overt build/release/overt [--dist dist]

Makes the wheel from the release build and the sdist (unless a folder with both is given), installs the wheel without any
index, and runs it in an environment and in a root that holds the C library and the wheel's files alone.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

OPTIONS = None
WHEEL = None
SDIST = None
MOST_BYTES = 15_000_000
# What a root needs that can run any program at all: the loader and glibc's own libraries.
C_LIBRARY = ("ld-linux-x86-64.so.2", "libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1")


def run(*words, **options):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=300, check=False, **options)


def make_wheel_and_sdist(folder):
    done = run(OPTIONS.source / "tools/wheel/build_wheel.sh", folder, cwd=OPTIONS.source)
    if done.returncode != 0:
        raise SystemExit(f"the wheel was not made:\n{done.stdout}{done.stderr}")


def findings_of(text):
    return [line for line in text.splitlines() if re.match(r"\S+:\d+:\d+: ", line)]


class Wheel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="overt-wheel-")
        cls.root = pathlib.Path(cls.folder.name)
        subprocess.run([sys.executable, "-m", "venv", cls.root / "venv"], check=True)
        cls.installed = run(cls.root / "venv/bin/pip", "install", "--no-index", "--no-deps", WHEEL)
        cls.overt = cls.root / "venv/bin/overt"
        cls.example = cls.root / "plugins"
        shutil.copytree(OPTIONS.source / "examples/plugins", cls.example)
        cls.environment = {"PATH": "/nowhere", "HOME": str(cls.root)}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_it_is_small(self):
        self.assertLessEqual(WHEEL.stat().st_size, MOST_BYTES)

    def test_its_tag_names_the_c_library(self):
        self.assertRegex(WHEEL.name, r"^overt-[0-9.]+-py3-none-manylinux_2_\d+_x86_64\.whl$")

    def test_it_holds_the_licences(self):
        names = zipfile.ZipFile(WHEEL).namelist()
        for name in ("licenses/LICENSE", "licenses/NOTICE", "licences/libtbb-dev", "licences/libmimalloc-dev",
                     "licences/libstdc++6", "licences/tree-sitter", "licences/typeshed"):
            with self.subTest(name):
                self.assertTrue(any(path.endswith(name) for path in names), names)

    def test_it_installs_without_an_index(self):
        self.assertEqual(self.installed.returncode, 0, self.installed.stderr)

    def test_both_ways_to_start_it(self):
        program = run(self.overt, "--version", env=self.environment)
        module = run(self.root / "venv/bin/python", "-m", "overt", "--version", env=self.environment)
        self.assertEqual(program.returncode, 0, program.stderr)
        self.assertRegex(program.stdout, r"^overt \d+\.\d+\.\d+\ntypeshed [0-9a-f]{40}\n$")
        self.assertEqual(module.stdout, program.stdout)

    def test_a_missing_program_is_named(self):
        shutil.copytree(self.root / "venv/lib", self.root / "lonely", dirs_exist_ok=True)
        (package,) = (self.root / "lonely").glob("python*/site-packages")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.root / "empty"], check=True)
        done = run(self.root / "empty/bin/python", "-m", "overt", cwd=package, env={"PATH": "/nowhere", "HOME": "/nowhere"})
        self.assertEqual(done.returncode, 1)
        self.assertIn("overt: the program is missing from this installation", done.stderr)

    def test_verbose_version_says_where_it_comes_from(self):
        done = run(self.overt, "version", "--verbose", env=self.environment)
        self.assertRegex(done.stdout, r"\ncommit ([0-9a-f]{12}|unknown)\nbuilt with .*optimised, hardened")

    def test_it_says_what_the_build_says(self):
        words = ("check", "--isolated", "--python-version", "3.12", "--output-format", "concise", ".")
        built = run(OPTIONS.overt, *words, cwd=self.example)
        wheel = run(self.overt, *words, cwd=self.example, env=self.environment)
        self.assertEqual(wheel.returncode, 1, wheel.stderr)
        self.assertTrue(findings_of(wheel.stdout))
        self.assertEqual(wheel.stdout, built.stdout)

    def test_it_finds_what_the_readme_shows(self):
        readme = (OPTIONS.source / "README.md").read_text()
        shown = set(re.findall(r"^(?:error|warning)\[.*$", readme, re.MULTILINE))
        done = run(self.overt, "check", "--python-version", "3.12", "--output-format", "full", "plugins", cwd=self.root,
                   env=self.environment)
        self.assertTrue(shown)
        self.assertLessEqual(shown, set(done.stdout.splitlines()))

    def test_broken_configuration_is_a_message(self):
        """toml++ throws: the exception must find its way through the bundled C++ runtime."""
        folder = self.root / "broken"
        folder.mkdir(exist_ok=True)
        (folder / "overt.toml").write_text("[rules\n")
        (folder / "a.py").write_text("")
        done = run(self.overt, "check", ".", cwd=folder, env=self.environment)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("overt.toml:1", done.stderr)

    def test_it_runs_in_a_bare_root(self):
        """Nothing but the C library and the wheel's own files: no compiler, no Python, no Node, no other library."""
        root = self.root / "bare"
        (root / "lib64").mkdir(parents=True)
        for name in C_LIBRARY:
            for folder in ("/lib64", "/lib/x86_64-linux-gnu", "/usr/lib64"):
                if os.path.exists(f"{folder}/{name}"):
                    shutil.copy(f"{folder}/{name}", root / "lib64" / name)
                    break
        with zipfile.ZipFile(WHEEL) as archive:
            for entry in archive.infolist():
                match = re.match(r"overt-[^/]*\.data/(data|scripts)/(.*)$", entry.filename)
                if not match:
                    continue
                target = root / ("bin" if match[1] == "scripts" else "") / match[2]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(entry))
                target.chmod(0o755)
        shutil.copytree(self.example, root / "plugins")
        enter = ["chroot", root] if os.geteuid() == 0 else ["unshare", "--map-root-user", "chroot", root]
        words = ("check", "--isolated", "--python-version", "3.12", "--output-format", "concise", "plugins")
        # There is no /proc, by which the loader learns where a program lies; this tells it in its place.
        variables = {"LD_LIBRARY_PATH": "/lib64", "LD_ORIGIN_PATH": "/bin", "PATH": os.environ["PATH"]}
        done = run(*enter, "/bin/overt", *words, env=variables)
        inside = findings_of(done.stdout)
        outside = findings_of(run(self.overt, *words, cwd=self.root, env=self.environment).stdout)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertTrue(inside)
        self.assertEqual(inside, outside)

    def test_it_is_hardened(self):
        """PIE, full RELRO, no executable stack, stack protector, fortified calls."""
        headers = run("readelf", "--wide", "--file-header", "--program-headers", "--dynamic", self.overt).stdout
        symbols = run("readelf", "--wide", "--dyn-syms", self.overt).stdout
        self.assertRegex(headers, r"Type:\s+DYN")
        self.assertRegex(headers, r"\(FLAGS_1\).*PIE")
        self.assertIn("GNU_RELRO", headers)
        self.assertRegex(headers, r"\(FLAGS_1\).*NOW")
        self.assertRegex(headers, r"GNU_STACK(\s+0x\S+){5}\s+RW\s")
        self.assertIn("__stack_chk_fail", symbols)
        self.assertRegex(symbols, r"__\w+_chk@")

    def test_it_finds_its_libraries_beside_itself(self):
        dynamic = run("readelf", "--wide", "--dynamic", self.overt).stdout
        self.assertRegex(dynamic, r"R(UN)?PATH.*\[\$ORIGIN/\.\./share/overt/lib\]")
        needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic))
        bundled = {path.name for path in (self.root / "venv/share/overt/lib").iterdir()}
        self.assertEqual(needed - bundled - set(C_LIBRARY), set())

    def test_a_target_folder_is_complete(self):
        """`pip install --target` knows three folders only and leaves out everything else that a wheel brings."""
        target = self.root / "target"
        done = run(self.root / "venv/bin/pip", "install", "--no-index", "--no-deps", "--target", target, WHEEL)
        self.assertEqual(done.returncode, 0, done.stderr)
        for name in ("libtbb.so.12", "libmimalloc.so.2", "libstdc++.so.6", "libgcc_s.so.1"):
            with self.subTest(name):
                self.assertTrue((target / "share/overt/lib" / name).is_file())
        module = run(sys.executable, "-m", "overt", "--version", env={**self.environment, "PYTHONPATH": str(target)})
        self.assertRegex(module.stdout, r"^overt \d")


class Sdist(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="overt-sdist-")
        with tarfile.open(SDIST) as archive:
            archive.extractall(cls.folder.name)
        (cls.root,) = pathlib.Path(cls.folder.name).iterdir()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_it_holds_every_source(self):
        tracked = run("git", "-C", OPTIONS.source, "ls-files").stdout.splitlines()
        left_out = (".ci/", ".clang-format", ".clang-tidy")
        missing = [path for path in tracked if not path.startswith(left_out) and not (self.root / path).exists()]
        self.assertTrue(tracked)
        self.assertEqual(missing, [])

    def test_what_is_built_of_it_knows_its_revision(self):
        """No compiling here: the build is laid out, and makes the one file that the revision stands in."""
        build = self.root / "build/test"
        laid_out = run("cmake", "-S", self.root, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DOVERT_RELEASE=ON",
                       f"-DOVERT_NPM={OPTIONS.source / 'third_party/node_modules'}")
        self.assertEqual(laid_out.returncode, 0, laid_out.stderr)
        self.assertEqual(run("cmake", "--build", build, "--target", "build_info").returncode, 0)
        revision = run("git", "-C", OPTIONS.source, "rev-parse", "--short=12", "HEAD").stdout.strip()
        self.assertIn(f'kBuildCommit[] = "{revision}"', (build / "generated/checker/driver/build_info.h").read_text())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.add_argument("--overt", required=True, type=pathlib.Path)
    parser.add_argument("--dist", type=pathlib.Path, help="a folder with one wheel and one sdist")
    OPTIONS, rest = parser.parse_known_args()
    OPTIONS.source, OPTIONS.overt = OPTIONS.source.resolve(), OPTIONS.overt.resolve()
    with tempfile.TemporaryDirectory(prefix="overt-wheel-made-") as made:
        if not OPTIONS.dist:
            make_wheel_and_sdist(made)
        (WHEEL,) = (OPTIONS.dist or pathlib.Path(made)).resolve().glob("overt-*.whl")
        (SDIST,) = (OPTIONS.dist or pathlib.Path(made)).resolve().glob("overt-*.tar.gz")
        unittest.main(argv=[sys.argv[0], *rest])
