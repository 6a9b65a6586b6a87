"""Two laws of `--staged`, on random repositories and random edits, staged, unstaged and untracked.

    python3 index_law.py --overt BINARY [--rounds 30] [--seed 1]

1. What is checked is what the commit will hold: `--staged --scope project` in a working tree full of other edits prints
   the same bytes as `check` in a fresh export of the index.
2. `--staged` reports nothing that the whole run does not, and everything that was not there before the change.
"""

import argparse
import os
import pathlib
import random
import subprocess
import sys
import tempfile

NAMES = ["read", "close", "reset", "start"]
CONFIG = "[environment]\npython-version = \"3.13\"\n[rules]\nmissing-override = \"error\"\nunresolved-import = \"error\"\n"


class Project:
    """Modules of classes that derive from each other's classes; an edit may break any of them."""

    def __init__(self, folder, choice):
        self.folder, self.choice = folder, choice
        self.environment = {**os.environ, "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
                            "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}
        self.git("init", "-q", "-b", "main")
        (folder / "overt.toml").write_text(CONFIG)
        for number in range(8):
            self.write(f"m{number}.py")
        (folder / "pkg").mkdir()
        (folder / "pkg" / "__init__.py").write_text("from m0 import C0 as Alias\n")
        self.write("pkg/inner.py")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "start")

    def git(self, *words):
        return subprocess.run(["git", *words], cwd=self.folder, env=self.environment, check=True, text=True,
                              capture_output=True).stdout

    def files(self):
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.py"))

    def write(self, name):
        """A module of up to three classes with bases of anywhere, or of nowhere."""
        choice, lines = self.choice, ["from typing import override"]
        bases = ["object"]
        for _ in range(choice.randrange(3)):
            module = choice.choice(["m0", "m1", "m2", "m3", "m4", "pkg.inner", "gone"])
            base = f"C{choice.randrange(3)}"
            lines.append(f"from {module} import {base} as B{len(bases)}")
            bases.append(f"B{len(bases)}")
        if choice.random() < 0.2:
            lines.append("from pkg import Alias")
            bases.append("Alias")
        for number in range(choice.randrange(1, 4)):
            lines += ["", "", f"class C{number}({choice.choice(bases)}):"]
            for method in choice.sample(NAMES, choice.randrange(1, 3)):
                if choice.random() < 0.4:
                    lines.append("    @override" + choice.choice(["", "  # overt: ignore[override-without-base]"]))
                lines.append(f"    def {method}(self) -> None: ...")
            bases.append(f"C{number}")
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text("\n".join(lines) + "\n")

    def edit(self):
        """One thing that people do between two commits."""
        files, choice = self.files(), self.choice
        name = choice.choice(files)
        match choice.randrange(6):
            case 0 | 1:
                self.write(name)
            case 2:
                text = (self.folder / name).read_text()
                (self.folder / name).write_text(text.replace(*choice.sample(NAMES, 2)))
            case 3 if len(files) > 4:
                (self.folder / name).unlink()
            case 4:
                os.rename(self.folder / name, self.folder / f"m{choice.randrange(12)}.py")
            case _:
                self.write(f"m{choice.randrange(12)}.py")

    def stage_some(self):
        for name in self.git("ls-files", "-z", "--cached", "--others").split("\0"):
            if name.endswith(".py") and self.choice.random() < 0.6:
                if (self.folder / name).exists():
                    self.git("add", "--", name)
                elif self.git("ls-files", "--", name):
                    self.git("rm", "-q", "--cached", "--", name)


def check(binary, folder, *words):
    done = subprocess.run([binary, "check", "--output-format", "concise", "--quiet", *words], cwd=folder, text=True,
                          capture_output=True, timeout=60, check=False)
    if done.returncode not in (0, 1, 2):
        raise AssertionError(f"{words}: exit {done.returncode}\n{done.stderr}")
    return done.stdout.splitlines()


def without_position(line):
    path, _, rest = line.partition(":")
    return path, rest.split(": ", 1)[1]


def export(project, folder, *words):
    """The files of the index, or of a commit, in a folder of their own."""
    folder.mkdir()
    index = {**project.environment, "GIT_INDEX_FILE": str(folder.parent / f"{folder.name}.index")} if words else project.environment
    if words:
        subprocess.run(["git", "read-tree", *words], cwd=project.folder, env=index, check=True)
    subprocess.run(["git", "checkout-index", "-a", f"--prefix={folder}/"], cwd=project.folder, env=index, check=True)


def one_round(binary, seed):
    choice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="overt-index-") as scratch:
        root = pathlib.Path(scratch).resolve()
        (root / "project").mkdir()
        project = Project(root / "project", choice)
        for _ in range(choice.randrange(1, 5)):
            project.edit()
        project.stage_some()
        for _ in range(choice.randrange(4)):
            project.edit()
        export(project, root / "index")
        export(project, root / "head", "HEAD")
        whole, before = check(binary, root / "index"), check(binary, root / "head")
        # Untracked files can be imported: without them the export would know less.
        for name in project.git("ls-files", "-z", "--others").split("\0")[:-1]:
            if (root / "index" / name).exists():
                continue
            (project.folder / name).unlink()
        staged = check(binary, project.folder, "--staged", "--scope", "project")
        assert staged == whole, f"law 1, seed {seed}\n{project.git('status', '--short')}\nindex: {whole}\nstaged: {staged}"
        affected = check(binary, project.folder, "--staged")
        new = {without_position(line) for line in whole} - {without_position(line) for line in before}
        missing = new - {without_position(line) for line in affected}
        assert set(affected) <= set(whole), f"law 2, seed {seed}: more than there is: {set(affected) - set(whole)}"
        assert not missing, f"law 2, seed {seed}\n{project.git('status', '--short')}\nnew and not reported: {missing}"
        return len(whole), len(affected), len(new)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    totals = [0, 0, 0]
    for seed in range(options.seed, options.seed + options.rounds):
        try:
            found = one_round(options.overt.resolve(), seed)
        except AssertionError as problem:
            print(f"FAILED: {problem}")
            return 1
        totals = [sum(pair) for pair in zip(totals, found)]
    print(f"{options.rounds} repositories: {totals[0]} findings in all, {totals[1]} of the changes, {totals[2]} new")
    # A law that nothing could break says nothing.
    return 0 if totals[0] > totals[1] > totals[2] > options.rounds // 2 else 1


if __name__ == "__main__":
    sys.exit(main())
