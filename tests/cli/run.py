"""Golden tests of the command line: transcripts in Markdown, run with the real program.

    python3 run.py --overt BINARY [FILE.md[:PART OF A HEADING] …]

A heading with a `console` fence is a test. Its other fences are files of a fresh folder: the line `` `name.py`: `` before
a fence names it (default `main.py`, `overt.toml` for `toml`); a `generate python` fence is run there to make what cannot
be written down. In a `console` fence

    $ overt check main.py                a command, for sh, in that folder
    main.py:1:1: error[…] …              what it prints to standard output
    2> checked 1 file in <time>          what it prints to standard error
    ? 1                                  its exit status, where that is not 0

Durations read `<time>`, hashes of commits `<commit>`, the folder `<folder>`; a line `…` stands for any number of lines.
The commands may use git; overt sees it on its PATH, and no Python. OVERT_UPDATE=1 writes what was printed into transcripts that differ. Whenever a command runs overt, nothing below the
folder, the home folder or the temporary folder may change. `<!-- needs: strace -->` skips a test, loudly, where a tool
is missing; `<!-- changes: a.py, pkg/b.py -->` names the files whose contents commands may change, and nothing but their
contents; `<!-- makes: a.json -->` files that they may make; `<!-- known-wrong: … -->` marks a pinned answer that should be another. `unprivileged` runs a command as a
user who may not read everything, `interrupt` sends it an interrupt while it works.
"""

import argparse
import concurrent.futures
import hashlib
import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "harness"))
import markdown_pages  # noqa: E402

TIME_LIMIT = 120  # seconds; a command that needs longer hangs

DURATION = re.compile(r"\b\d+(?:\.\d+)? ?(?:ms|µs|s)\b")
COMMIT = re.compile(r"\b[0-9a-f]{40}\b")
MAKES = re.compile(r"^<!-- makes: (.+) -->$")
CHANGES = re.compile(r"^<!-- changes: (.+) -->$")
NEEDS = re.compile(r"^<!-- needs: ([\w ,-]+) -->$")


class Block:
    """A `console` fence: where its lines stand, and the commands with what they should print."""

    def __init__(self, first, lines):
        self.first, self.lines = first, lines
        self.commands = []
        for line in lines:
            if line.startswith("$ "):
                self.commands.append((line[2:], []))
            elif self.commands:
                self.commands[-1][1].append(line)


class Test:
    def __init__(self, section):
        self.path, self.title, self.place = section.path, section.title, section.place()
        self.files, self.generators, self.blocks, self.needs = [], [], [], []
        self.changes, self.makes = [], []
        for fence in section.fences:
            if fence.info == "console":
                self.blocks.append(Block(fence.first, fence.lines))
                if not self.blocks[-1].commands:
                    sys.exit(f"{section.path}:{fence.first}: a `console` fence without a command")
            elif fence.info == "generate python":
                self.generators.append("\n".join(fence.lines))
            elif fence.name:
                self.files.append((fence.name, fence.text()))
        for line in section.prose:
            if needs := NEEDS.match(line):
                self.needs += re.split(r"[ ,]+", needs[1])
            elif changes := CHANGES.match(line):
                self.changes += changes[1].split(", ")
            elif makes := MAKES.match(line):
                self.makes += makes[1].split(", ")


def tests_of(path):
    return [test for test in map(Test, markdown_pages.sections(path)) if test.blocks]


def describe_tree(folder):
    """Every entry below a folder with kind, mode, time of change and contents. The time of reading does not count."""
    entries = {}
    for parent, folders, files in os.walk(os.fsencode(folder)):
        for name in folders + files:
            path = os.path.join(parent, name)
            facts = os.lstat(path)
            if stat.S_ISLNK(facts.st_mode):
                detail = os.readlink(path)
            elif stat.S_ISREG(facts.st_mode) and facts.st_size < 1 << 22:
                with open(path, "rb") as file:
                    detail = hashlib.sha256(file.read()).hexdigest()
            else:
                detail = ""
            entries[path] = (facts.st_mode, facts.st_size if not stat.S_ISDIR(facts.st_mode) else 0, facts.st_mtime_ns, detail)
    return entries


def matches(expected, actual):
    """Whether the lines agree, where `…` in `expected` stands for any lines."""
    if not expected:
        return not actual
    if expected[0] == "…":
        return any(matches(expected[1:], actual[start:]) for start in range(len(actual) + 1))
    return bool(actual) and expected[0] == actual[0] and matches(expected[1:], actual[1:])


def write_tools(folder, binary):
    """The commands that tests see. Written before any test starts: a file that a thread is writing while another starts
    a process cannot be run."""
    # On its PATH overt itself sees git and nothing else, or which Python this machine has would decide what its answers
    # are. Nor does it keep a cache: tests/cache has that, and here nothing may be written.
    path = f"${{OVERT_SEES_PATH-{folder}/only-git}}"
    (folder / "overt").write_text(f"#!/bin/sh\nPATH={path} OVERT_NO_CACHE=1 exec {binary} \"$@\"\n")
    (folder / "only-git").mkdir()
    if git := shutil.which("git"):
        os.symlink(git, folder / "only-git" / "git")
    for name in ("unprivileged", "interrupt"):
        (folder / name).write_text(f"#!/bin/sh\nexec {sys.executable} {HERE / 'tools.py'} {name} \"$@\"\n")
    for path in (folder, folder / "only-git", *folder.glob("[!o]*"), folder / "overt"):
        os.chmod(path, 0o755)


class World:
    """The folders and the environment that the commands of one test see."""

    def __init__(self, binary, shared_tools, scratch):
        self.root = pathlib.Path(scratch).resolve()
        self.folder, self.home, self.temporary = (self.root / name for name in ("project", "home", "tmp"))
        for folder in (self.folder, self.home, self.temporary):
            folder.mkdir()
        os.chmod(self.root, 0o755)
        tools = self.root / "bin"
        os.symlink(shared_tools, tools)
        self.environment = {"PATH": f"{tools}:{os.environ.get('PATH', '/usr/bin:/bin')}", "HOME": str(self.home),
                            "TMPDIR": str(self.temporary), "LC_ALL": "C.UTF-8", "TERM": "dumb",
                            "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
                            "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
                            "OVERT_REAL_BINARY": str(binary), "PYTHONDONTWRITEBYTECODE": "1"}
        for name, value in os.environ.items():
            if name.startswith(("ASAN_", "UBSAN_", "LSAN_")):
                self.environment[name] = value

    def prepare(self, test):
        for name, text in test.files:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        for text in test.generators:
            subprocess.run([sys.executable, "-c", text], cwd=self.folder, env=self.environment, check=True)

    def trees(self, test):
        entries = {**describe_tree(self.folder), **describe_tree(self.home), **describe_tree(self.temporary)}
        for name in test.makes:
            entries.pop(os.fsencode(self.folder / name), None)
        for name in [*test.changes, *test.makes]:
            # The file keeps its place and its mode; the folder was written when it got its new contents.
            path = os.fsencode(self.folder / name)
            for one in (path, os.path.dirname(path)):
                if one in entries:
                    entries[one] = entries[one][:1]
        return entries

    def clean(self, output):
        text = output.decode("utf-8", "backslashreplace").replace(str(self.folder), "<folder>")
        text = text.replace(str(self.root), "<world>")
        return COMMIT.sub("<commit>", DURATION.sub("<time>", text))

    def run(self, command):
        process = subprocess.Popen(["/bin/sh", "-c", command], cwd=self.folder, env=self.environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   start_new_session=True)
        try:
            out, errors = process.communicate(timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return [f"? still running after {TIME_LIMIT} seconds"]
        lines = self.clean(out).split("\n")
        lines = lines[:-1] if lines[-1] == "" else [*lines[:-1], lines[-1] + "<no newline at end>"]
        lines += [f"2> {line}" for line in self.clean(errors).splitlines()]
        status = process.returncode
        if status:
            lines.append(f"? {status}" if status > 0 else f"? signal {-status}")
        return lines


def difference(before, after):
    lines = []
    for path in sorted({*before, *after}):
        if before.get(path) != after.get(path):
            what = "written" if path not in before else "removed" if path not in after else "changed"
            lines.append(f"{what}: {os.fsdecode(path)}")
    return lines


class Result:
    def __init__(self, test):
        self.test, self.failures, self.skipped = test, [], ""
        self.rewrites = []  # (block, lines)


def missing_needs(test, world):
    for need in test.needs:
        if need == "unprivileged":
            if subprocess.run(["/bin/sh", "-c", "unprivileged overt version"], env=world.environment,
                              capture_output=True, check=False).returncode:
                return "no way to run as another user who can reach the program"
        elif shutil.which(need) is None:
            return f"no {need} here"
    return ""


def run_test(test, binary, shared_tools):
    result = Result(test)
    with tempfile.TemporaryDirectory(prefix="overt-cli-") as scratch:
        world = World(binary, shared_tools, scratch)
        result.skipped = missing_needs(test, world)
        if result.skipped:
            return result
        if "strace" in test.needs:
            # Leaks cannot be looked for in a process that is traced.
            world.environment["LSAN_OPTIONS"] = "detect_leaks=0"
        world.prepare(test)
        for block in test.blocks:
            fresh, equal = [], True
            for command, expected in block.commands:
                before = world.trees(test)
                actual = world.run(command)
                if re.search(r"\bovert\b", command):
                    result.failures += [f"`{command}` left something: {line}" for line in difference(before, world.trees(test))]
                same = matches(expected, actual)
                equal = equal and same
                fresh += [f"$ {command}", *(expected if same else actual)]
                if not same:
                    result.failures.append("\n".join([f"$ {command}", "--- expected", *expected, "--- printed", *actual]))
            if not equal:
                result.rewrites.append((block, fresh))
        subprocess.run(["chmod", "-R", "u+rwX", str(world.root)], check=False, stderr=subprocess.DEVNULL)
    return result


def rewrite(results):
    by_path = {}
    for result in results:
        for block, lines in result.rewrites:
            by_path.setdefault(result.test.path, []).append((block.first, block.lines, lines))
    for path, changes in by_path.items():
        markdown_pages.rewrite(path, changes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", default=os.environ.get("OVERT_BINARY"), help="default: OVERT_BINARY")
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("tests", nargs="*")
    options = parser.parse_args()
    if not options.overt:
        sys.exit("--overt or OVERT_BINARY must name the program")
    binary = pathlib.Path(options.overt).resolve()
    tests = markdown_pages.select(options.tests, HERE, tests_of)
    with tempfile.TemporaryDirectory(prefix="overt-cli-") as shared, concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        shared_tools = pathlib.Path(shared).resolve()
        write_tools(shared_tools, binary)
        results = list(pool.map(lambda test: run_test(test, binary, shared_tools), tests))
    for result in results:
        if result.skipped:
            print(f"SKIPPED: {result.test.place}: {result.skipped}")
        for failure in result.failures:
            print(f"FAILED: {result.test.place}\n{failure}\n")
        if result.failures:
            print(f"only this one: python3 {pathlib.Path(__file__)} --overt {binary} "
                  f"'{result.test.path}:{result.test.title}'\n")
    if markdown_pages.is_updating():
        rewrite(results)
    failed = sum(bool(result.failures) for result in results)
    skipped = sum(bool(result.skipped) for result in results)
    print(f"{len(results) - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
