"""Hooks as users have them: the real `pre-commit`, real git repositories, the mirror with a wheel of this build.

    python3 run.py --overt BINARY [--tools FOLDER] [PART OF A SCENARIO'S NAME …]

Every function below `scenarios` is one story. They share one installation of the hook, as a user's projects do; nothing
is fetched while they run. The tools (pre-commit, setuptools) are installed once, from PyPI, into --tools.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import make_wheel

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FINDING = re.compile(r"^(\S+?):\d+:\d+: (?:error|warning|info)\[([\w-]+)\]", re.MULTILINE)

BASE = """\
class Base:
    def read(self) -> str:
        return ""

    def close(self) -> None: ...
"""
CHILD = """\
from typing import override

from shop.base import Base


class Child(Base):
    @override
    def read(self) -> str:
        return "child"
"""
# Wrong since long, and nobody's business today.
LEGACY = """\
from typing import override


class Legacy:
    @override
    def run(self) -> None: ...
"""


# --- What is needed ---------------------------------------------------------------------------------------------------


def install_tools(folder):
    """pre-commit and the wheels that installing a hook needs; once for each list of requirements."""
    requirements = (HERE / "requirements.txt").read_text()
    stamp = folder / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != requirements:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        pip = [folder / "venv" / "bin" / "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "-r", HERE / "requirements.txt"], check=True)
        setuptools = re.search(r"^setuptools==.*$", requirements, re.MULTILINE)[0]
        subprocess.run([*pip, "download", "--no-deps", "--dest", folder / "wheels", setuptools], check=True)
        stamp.write_text(requirements)
    return folder


class World:
    """Everything that one run of the tests shares: the tools, the mirror, pre-commit's store."""

    def __init__(self, binary, tools, scratch):
        self.scratch, self.binary = pathlib.Path(scratch).resolve(), binary
        self.pre_commit = tools / "venv" / "bin" / "pre-commit"
        wheels = self.scratch / "wheels"
        shutil.copytree(tools / "wheels", wheels)
        make_wheel.make(binary, wheels)
        (self.scratch / "home").mkdir()
        # A machine without any Python that could be taken for the project's.
        programs = self.scratch / "bin"
        programs.mkdir()
        for folder in ("/usr/local/bin", "/usr/bin", "/bin"):
            for name in os.listdir(folder):
                if not re.match("python|pypy|pip|overt", name) and not os.path.lexists(programs / name):
                    os.symlink(f"{folder}/{name}", programs / name)
        self.environment = {
            "PATH": str(programs), "HOME": str(self.scratch / "home"), "LC_ALL": "C.UTF-8", "TERM": "dumb",
            "PRE_COMMIT_HOME": str(self.scratch / "store"), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels),
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
        }
        self.mirror = self.scratch / "mirror"
        shutil.copytree(HERE / "mirror", self.mirror)
        for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "v"], ["tag", "v" + make_wheel.version()]):
            subprocess.run(["git", *words], cwd=self.mirror, env=self.environment, check=True)


class Repository:
    """A user's repository, with the hook installed."""

    def __init__(self, world, name, hooks=("overt",), config="", files=None):
        self.world, self.folder = world, world.scratch / name
        self.folder.mkdir()
        self.run("git", "init", "-q", "-b", "main")
        listed = "".join(f"\n      - id: {hook}" for hook in hooks)
        self.write(".pre-commit-config.yaml",
                   f"repos:\n  - repo: {world.mirror}\n    rev: v{make_wheel.version()}\n    hooks:{listed}\n")
        self.write("pyproject.toml", f"[tool.overt.environment]\npython-version = \"3.13\"\n{config}")
        files = files or {"base.py": BASE, "child.py": CHILD, "legacy.py": LEGACY}
        for path, text in {"__init__.py": "", **files}.items():
            self.write(f"shop/{path}", text)
        self.git("add", ".")
        self.git("commit", "-q", "-m", "start")
        kinds = [word for kind in ("pre-commit", "pre-merge-commit") for word in ("--hook-type", kind)]
        self.expect(self.run(world.pre_commit, "install", *kinds).returncode == 0, "pre-commit cannot be installed")

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def read(self, path):
        return (self.folder / path).read_text()

    def replace(self, path, old, new):
        text = self.read(path)
        self.expect(old in text, f"{path} has no {old!r}")
        self.write(path, text.replace(old, new))

    def run(self, *words, **environment):
        return subprocess.run(words, cwd=self.folder, env={**self.world.environment, **environment}, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False)

    def git(self, *words):
        done = self.run("git", *words)
        self.expect(done.returncode == 0, f"git {words} failed:\n{done.stdout}")
        return done.stdout

    def commit(self, *words):
        """What `git commit` printed, and whether there is a new commit."""
        before = self.run("git", "rev-parse", "HEAD").stdout
        done = self.run("git", "commit", "-m", "change", *words)
        accepted = self.run("git", "rev-parse", "HEAD").stdout != before
        self.expect(accepted == (done.returncode == 0), f"git commit says {done.returncode}:\n{done.stdout}")
        return done.stdout, accepted

    def refused(self, *findings, words=()):
        """The commit is refused because of exactly these findings ("shop/child.py override-without-base")."""
        printed, accepted = self.commit(*words)
        self.expect(not accepted, f"the commit was accepted:\n{printed}")
        found = [" ".join(one) for one in FINDING.findall(printed)]
        self.expect(sorted(found) == sorted(findings), f"expected {findings}:\n{printed}")
        return printed

    def accepted(self, words=()):
        printed, accepted = self.commit(*words)
        self.expect(accepted, f"the commit was refused:\n{printed}")
        return printed

    def overt(self, *words, **environment):
        return subprocess.run([self.world.binary, *words], cwd=self.folder, env={**self.world.environment, **environment},
                              text=True, capture_output=True, timeout=120, check=False)

    @staticmethod
    def expect(condition, message):
        if not condition:
            raise AssertionError(message)


def lines_with_findings(text):
    return sorted(line for line in text.splitlines() if FINDING.match(line))


# --- Scenarios --------------------------------------------------------------------------------------------------------


def a_commit_is_refused_and_then_accepted(world):
    project = Repository(world, "refused")
    project.replace("shop/child.py", "def read", "def reed")
    project.git("add", ".")
    printed = project.refused("shop/child.py override-without-base")
    project.expect("`Child.reed` is marked `@override`" in printed, printed)
    project.replace("shop/child.py", "def reed", "def read")
    project.write("shop/more.py", "class More: ...\n")
    project.git("add", ".")
    project.accepted()


def a_base_edit_reports_the_subclass_that_was_not_touched(world):
    project = Repository(world, "base_edit")
    project.replace("shop/base.py", "def read", "def read_all")
    project.git("add", "shop/base.py")
    project.refused("shop/child.py override-without-base")
    project.replace("shop/child.py", "def read", "def read_all")
    project.git("add", "shop/child.py")
    project.accepted()


def deletion_of_a_base_method(world):
    project = Repository(world, "base_method")
    project.write("shop/base.py", BASE.partition("    def read")[0] + "    def close(self) -> None: ...\n")
    project.git("add", ".")
    project.refused("shop/child.py override-without-base")


def deletion_of_a_base_file(world):
    """Nothing is known of the class any more, so nothing is said of it; that its import is lost is certain."""
    project = Repository(world, "base_file", config="[tool.overt.rules]\nunresolved-import = \"error\"\n")
    project.git("rm", "-q", "shop/base.py")
    project.refused("shop/child.py unresolved-import")
    # Deleted for the commit only: what lies in the working tree does not count.
    project.write("shop/base.py", BASE)
    project.refused("shop/child.py unresolved-import")


def deletion_of_a_base_that_has_a_base(world):
    """The import still leads somewhere: to a class without the method."""
    project = Repository(world, "base_of_base", files={
        "old.py": "class Base: ...\n", "base.py": "from shop.old import Base as Old\n\n\n" + BASE.replace("Base:", "Base(Old):"),
        "child.py": CHILD, "legacy.py": LEGACY})
    project.write("shop/base.py", "from shop.old import Base\n")
    project.git("add", ".")
    project.refused("shop/child.py override-without-base")


def rename_of_a_base_file(world):
    project = Repository(world, "rename", config="[tool.overt.rules]\nunresolved-import = \"error\"\n")
    project.git("mv", "shop/base.py", "shop/core.py")
    project.refused("shop/child.py unresolved-import")
    project.replace("shop/child.py", "shop.base", "shop.core")
    project.git("add", ".")
    project.accepted()


def a_partly_staged_file_is_checked_as_staged(world):
    project = Repository(world, "partly")
    project.replace("shop/child.py", "def read", "def reed")
    project.git("add", ".")
    project.replace("shop/child.py", "def reed", "def read")
    project.refused("shop/child.py override-without-base")
    project.expect("def read(" in project.read("shop/child.py"), "the working tree changed")
    # The other way round, with the program alone: nothing is stashed then.
    project.git("add", ".")
    project.replace("shop/base.py", "close", "shut")
    project.git("add", ".")
    project.replace("shop/child.py", "def read", "def reed")
    project.expect(project.overt("check", "--staged").returncode == 0, "the working tree was checked")
    project.expect(project.overt("check", "--changed").returncode == 1, "the working tree was not checked")
    project.accepted()
    project.expect("def reed(" in project.read("shop/child.py"), "the working tree changed")


def a_commit_of_some_files_only(world):
    """`git commit FILE` has an index of its own, which git names to the hook."""
    project = Repository(world, "some_files")
    project.replace("shop/base.py", "def read", "def read_all")
    project.write("shop/more.py", "class More: ...\n")
    project.git("add", ".")
    project.accepted(words=["shop/more.py"])
    project.refused("shop/child.py override-without-base", words=["shop/base.py"])
    project.refused("shop/child.py override-without-base", words=["-a"])


def a_merge_that_breaks_what_both_sides_had_right(world):
    project = Repository(world, "merge")
    project.git("checkout", "-q", "-b", "side")
    project.write("shop/grandchild.py", CHILD.replace("class Child", "class Other"))
    project.git("add", ".")
    project.accepted()
    project.git("checkout", "-q", "main")
    project.replace("shop/base.py", "def read", "def read_all")
    project.replace("shop/child.py", "def read", "def read_all")
    project.git("add", ".")
    project.accepted()
    merged = project.run("git", "merge", "side", "-m", "merge")
    found = [" ".join(one) for one in FINDING.findall(merged.stdout)]
    project.expect(merged.returncode != 0 and found == ["shop/grandchild.py override-without-base"], merged.stdout)
    project.replace("shop/grandchild.py", "def read", "def read_all")
    project.git("add", ".")
    project.accepted()
    project.expect(len(project.git("rev-list", "--parents", "-n", "1", "HEAD").split()) == 3, "no merge commit")


def a_merge_with_conflicts(world):
    project = Repository(world, "conflict")
    for branch, name in (("one", "read_one"), ("two", "read_two")):
        project.git("checkout", "-q", "-b", branch, "main")
        project.replace("shop/base.py", "def read", f"def {name}")
        project.replace("shop/child.py", "def read", f"def {name}")
        project.git("add", ".")
        project.accepted()
    project.expect(project.run("git", "merge", "one").returncode != 0, "no conflict")
    done = project.overt("check", "--staged")
    project.expect(done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr)
    project.expect("shop/base.py and 1 more; resolve them and `git add` them" in done.stderr, done.stderr)
    project.git("checkout", "--ours", "shop/base.py")
    project.git("checkout", "--theirs", "shop/child.py")
    project.git("add", ".")
    project.refused("shop/child.py override-without-base")
    project.git("checkout", "two", "--", "shop/child.py")
    project.accepted()


def untracked_files_are_not_checked(world):
    project = Repository(world, "untracked")
    project.write("shop/draft.py", CHILD.replace("def read", "def reed"))
    project.replace("shop/base.py", "close", "shut")
    project.git("add", "shop/base.py")
    project.accepted()


def a_commit_without_python_is_not_held_up(world):
    project = Repository(world, "no_python")
    project.write("notes.txt", "none")
    project.git("add", ".")
    project.accepted()
    printed = project.run(world.pre_commit, "run", "--verbose").stdout
    project.expect("no changed Python files" in printed, printed)


def the_projects_environment_counts_and_the_hooks_does_not(world):
    project = Repository(world, "environment", config="[tool.overt.src]\nexclude = [\".venv\"]\n")
    site = ".venv/lib/python3.13/site-packages"
    project.write(".gitignore", ".venv/\n")
    project.write(".venv/pyvenv.cfg", f"home = {project.folder}\nversion = 3.13.1\n")
    project.write(f"{site}/framework.py", "class Handler:\n    def handle(self) -> None: ...\n")
    project.write("shop/handlers.py", "from typing import override\n\nfrom framework import Handler\n\n\n"
                  "class Mine(Handler):\n    @override\n    def hanlde(self) -> None: ...\n")
    project.git("add", ".")
    project.refused("shop/handlers.py override-without-base")
    # Without it the base is unknown: silence, and one line that says why.
    os.rename(project.folder / ".venv", project.folder / "elsewhere")
    printed = project.run(world.pre_commit, "run", "--verbose").stdout
    said = [line for line in printed.splitlines() if "no Python environment of this project was found" in line]
    project.expect(len(said) == 1 and "pre-commit made it to run a tool in" in said[0] and "`.venv` in" in said[0], printed)
    project.expect(not FINDING.search(printed), printed)
    project.accepted()
    # Named by the configuration it is found wherever it is.
    project.replace("pyproject.toml", "[tool.overt.src]", "python = \"elsewhere\"\n[tool.overt.src]")
    project.replace("shop/handlers.py", "hanlde", "handel")
    project.git("add", "shop/handlers.py", "pyproject.toml")
    project.refused("shop/handlers.py override-without-base")


def env_names_the_hooks_environment_with_the_reason(world):
    project = Repository(world, "env_command")
    project.run(world.pre_commit, "install-hooks")
    hook = next((world.scratch / "store").glob("repo*/py_env-*"))
    done = subprocess.run([hook / "bin" / "overt", "env"], cwd=project.folder, text=True, capture_output=True, check=False,
                          env={**world.environment, "VIRTUAL_ENV": str(hook), "PRE_COMMIT": "1",
                               "PATH": f"{hook / 'bin'}:{world.environment['PATH']}"})
    for place in ("VIRTUAL_ENV", "on PATH in"):
        project.expect(re.search(f"{place}.*rejected, pre-commit made it", done.stdout), done.stdout)
    project.expect("environment: none" in done.stdout, done.stdout)


def the_hook_says_what_the_command_line_says(world):
    """Byte for byte: everything with `overt-full`, those of the family with `overt`."""
    project = Repository(world, "parity", hooks=("overt", "overt-full", "overt-files"))
    shutil.copytree(ROOT / "examples" / "plugins", project.folder / "plugins")
    project.git("add", ".")
    project.git("commit", "-q", "--no-verify", "-m", "plugins")
    whole = lines_with_findings(project.overt("check", "--output-format", "concise").stdout)
    project.expect(len(whole) > 5, whole)
    printed = project.run(world.pre_commit, "run", "overt-full", "--all-files", "--hook-stage", "manual").stdout
    project.expect(lines_with_findings(printed) == whole, f"{whole}\n{printed}")
    printed = project.run(world.pre_commit, "run", "overt-files", "--files", "plugins/src/plugins/csv.py").stdout
    here = [line for line in whole if line.startswith("plugins/src/plugins/csv.py:")]
    project.expect(here and lines_with_findings(printed) == here, f"{here}\n{printed}")
    # A comment more in the base class: the family's findings, as they were, and no others.
    project.replace("plugins/src/plugins/base.py", "class Reader", "# A reader.\nclass Reader")
    project.git("add", ".")
    whole = lines_with_findings(project.overt("check", "--output-format", "concise").stdout)
    printed = project.run(world.pre_commit, "run", "overt").stdout
    found = lines_with_findings(printed)
    project.expect(found and set(found) < set(whole), f"{whole}\n{printed}")
    deriving = set()
    for name in ("Reader",):
        tree = json.loads(project.overt("tree", name, "plugins", "--output-format", "json").stdout)
        deriving |= {one["path"] for one in subclasses(tree)}
    project.expect({line.partition(":")[0] for line in found} <= deriving | {"plugins/src/plugins/base.py"}, f"{deriving}\n{printed}")
    for line in set(whole) - set(found):
        project.expect(not line.startswith("plugins/src/plugins/base.py:"), line)


def subclasses(tree):
    trees = tree if isinstance(tree, list) else [tree]
    for one in trees:
        for child in one.get("subclasses", []):
            yield child
            yield from subclasses(child)


def excluded_files_are_not_checked_by_name(world):
    project = Repository(world, "excluded", hooks=("overt-files",), config="[tool.overt.src]\nexclude = [\"shop/old/\"]\n")
    project.write("shop/old/child.py", CHILD.replace("def read", "def reed"))
    project.git("add", ".")
    project.accepted()


def the_projects_own_overt(world):
    project = Repository(world, "system", hooks=("overt-system",))
    programs = world.scratch / "system-bin"
    programs.mkdir()
    os.symlink(world.binary, programs / "overt")
    project.replace("shop/base.py", "def read", "def read_all")
    project.git("add", ".")
    printed = project.run("git", "commit", "-m", "x", PATH=f"{programs}:{world.environment['PATH']}").stdout
    project.expect(FINDING.findall(printed) == [("shop/child.py", "override-without-base")], printed)


def the_fix_hook_fixes_then_the_commit_passes(world):
    if "--fix" not in subprocess.run([world.binary, "--help"], text=True, capture_output=True, check=True).stdout:
        return "this overt has no --fix"
    project = Repository(world, "fix", hooks=("overt-fix", "overt"), config="[tool.overt.rules]\nmissing-override = \"error\"\n")
    project.write("shop/more.py", "from shop.base import Base\n\n\nclass More(Base):\n    def close(self) -> None: ...\n")
    project.git("add", ".")
    printed, accepted = project.commit()
    project.expect(not accepted and "files were modified by this hook" in printed, printed)
    project.expect("    @override\n    def close" in project.read("shop/more.py"), project.read("shop/more.py"))
    project.git("add", ".")
    project.accepted()
    # Outside of pre-commit nobody stashes: what is fixed in the one text must not be written into the other.
    project.replace("shop/more.py", "    @override\n", "")
    project.git("add", ".")
    project.write("shop/more.py", project.read("shop/more.py") + "\n# not staged\n")
    before = project.read("shop/more.py")
    done = project.overt("check", "--staged", "--fix")
    project.expect(done.returncode == 2 and "shop/more.py" in done.stderr, f"{done.returncode}: {done.stderr}")
    project.expect(project.read("shop/more.py") == before, "a partly staged file was written")
    return ""


def the_mirror_pins_this_version_and_has_the_same_hooks(world):
    ours, mirrors = ((folder / ".pre-commit-hooks.yaml").read_text() for folder in (ROOT, HERE / "mirror"))
    hooks = [text[text.index("- id:"):] for text in (ours, mirrors)]
    Repository.expect(hooks[0] == hooks[1], "mirror/.pre-commit-hooks.yaml differs from the repository's")
    pin = (HERE / "mirror" / "pyproject.toml").read_text()
    for line in (f'version = "{make_wheel.version()}"', f'dependencies = ["overt=={make_wheel.version()}"]'):
        Repository.expect(line in pin, f"mirror/pyproject.toml has no line {line}")
    for folder in (ROOT, world.mirror):
        done = subprocess.run([world.pre_commit, "validate-manifest", folder / ".pre-commit-hooks.yaml"], text=True,
                              capture_output=True, check=False, env=world.environment)
        Repository.expect(done.returncode == 0, done.stdout + done.stderr)


SCENARIOS = [
    the_mirror_pins_this_version_and_has_the_same_hooks, a_commit_is_refused_and_then_accepted,
    a_base_edit_reports_the_subclass_that_was_not_touched, deletion_of_a_base_method, deletion_of_a_base_file,
    deletion_of_a_base_that_has_a_base, rename_of_a_base_file, a_partly_staged_file_is_checked_as_staged,
    a_commit_of_some_files_only, a_merge_that_breaks_what_both_sides_had_right, a_merge_with_conflicts,
    untracked_files_are_not_checked, a_commit_without_python_is_not_held_up,
    the_projects_environment_counts_and_the_hooks_does_not, env_names_the_hooks_environment_with_the_reason,
    the_hook_says_what_the_command_line_says, excluded_files_are_not_checked_by_name, the_projects_own_overt,
    the_fix_hook_fixes_then_the_commit_passes,
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", type=pathlib.Path, required=True)
    parser.add_argument("--tools", type=pathlib.Path, help="default: `precommit` beside the program")
    parser.add_argument("parts", nargs="*", help="run the scenarios with one of these in their names")
    options = parser.parse_args()
    binary = options.overt.resolve()
    tools = install_tools((options.tools or binary.parent / "precommit").resolve())
    failed = skipped = 0
    wanted = [one for one in SCENARIOS if not options.parts or any(part in one.__name__ for part in options.parts)]
    with tempfile.TemporaryDirectory(prefix="overt-precommit-") as scratch:
        world = World(binary, tools, scratch)
        for scenario in wanted:
            start = time.monotonic()
            try:
                skip = scenario(world)
            except AssertionError as problem:
                failed += 1
                print(f"FAILED: {scenario.__name__}\n{problem}\n")
            else:
                skipped += bool(skip)
                print(f"{'SKIPPED: ' if skip else ''}{scenario.__name__}{': ' if skip else ''}{skip or ''} "
                      f"({time.monotonic() - start:.1f} s)", flush=True)
    print(f"{len(wanted) - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
