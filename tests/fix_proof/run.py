"""The proof of `overt fix --select missing-override`: real code, fixed, and nothing but the marks has changed.

    python3 run.py --overt BINARY --stdlib                                   # the standard library's own modules
    python3 run.py --overt BINARY --tree moto=/path/to/moto --install rich==13.9.4 attrs==24.2.0 …

Copies each tree into a temporary folder, fixes the copy, and then holds that

  1. a check finds nothing of that rule any more;
  2. every file that CPython compiled before still compiles, and is the same program: its syntax tree differs in
     `override` decorators and imports alone;
  3. every module that could be imported before still can, and its classes are the same: their bases, their method
     resolution order, the names and the kinds of what their `__dict__` holds; functions may have got `__override__`
     and nothing else;
  4. a second fix changes no byte.

Exit status 1 if any of that fails, or if less was fixed than `--at-least` asks for.
"""

import argparse
import ast
import concurrent.futures
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import warnings

HERE = pathlib.Path(__file__).resolve().parent
RULE = "missing-override"
OVERRIDE_MODULES = {"typing", "typing_extensions"}
TARGET = f"{sys.version_info[0]}.{sys.version_info[1]}"


# --- Trees ------------------------------------------------------------------------------------------------------------


def loaded_by_override():
    """Top-level modules that the interpreter and the import of `override` load: they cannot import it themselves."""
    code = "import typing_extensions, typing, sys, site, encodings.idna; print('\\n'.join(sys.modules))"
    if sys.version_info >= (3, 12):
        code = code.replace("typing_extensions, ", "")
    names = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    return {name.partition(".")[0] for name in names}


def copy_stdlib(target, with_tests):
    library = pathlib.Path(os.__file__).resolve().parent
    left_out = loaded_by_override() | {"site-packages", "dist-packages", "lib2to3", "turtledemo", "ensurepip"}
    left_out |= set() if with_tests else {"test"}

    def ignore(folder, names):
        if pathlib.Path(folder) == library:
            return [name for name in names if name.partition(".")[0] in left_out or name == "__pycache__"]
        return [name for name in names if name == "__pycache__" or name.endswith((".so", ".pyc"))]

    shutil.copytree(library, target, ignore=ignore)


def copy_tree(source, target):
    source = pathlib.Path(source)
    name = source.name
    shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", ".git"))


def install(packages, target):
    # With what they need beside them, so that they can be imported.
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target",
                    str(target), *packages], check=True)
    # Cannot import `override` from itself; the interpreter has its own.
    for path in target.glob("typing_extensions*.py"):
        path.unlink()


def python_files(root):
    return sorted(path for path in root.rglob("*.py") if path.is_file() and not path.is_symlink())


# --- Programs ---------------------------------------------------------------------------------------------------------


def compiles(data, path):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(data, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    except SystemError:  # CPython's own limit, on code made to exceed it
        return False
    return True


class WithoutOverride(ast.NodeTransformer):
    """Takes `override` out of decorators and imports; what is left must be what was there before."""

    def __init__(self, tree):
        self.names, self.modules = {"override"}, set(OVERRIDE_MODULES)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                self.names |= {alias.asname or alias.name for alias in node.names if alias.name == "override"}
            if isinstance(node, ast.Import):
                self.modules |= {alias.asname or alias.name for alias in node.names if alias.name in OVERRIDE_MODULES}

    def is_override(self, node):
        if isinstance(node, ast.Name):
            return node.id in self.names
        return (isinstance(node, ast.Attribute) and node.attr == "override" and isinstance(node.value, ast.Name)
                and node.value.id in self.modules)

    def visit_FunctionDef(self, node):
        node.decorator_list = [one for one in node.decorator_list if not self.is_override(one)]
        return self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ImportFrom(self, node):
        node.names = [one for one in node.names if one.name != "override"]
        return node if node.names else None

    def visit_Import(self, node):
        node.names = [one for one in node.names if one.name not in OVERRIDE_MODULES]
        return node if node.names else None


def program_of(data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(data)
    return ast.dump(WithoutOverride(tree).visit(tree))


def judge_file(job):
    """What is wrong with one file after the fix; nothing is the good answer."""
    path, before, after = job
    if before == after or not compiles(before, path):
        return None
    if not compiles(after, path):
        return f"{path}: does not compile any more"
    if program_of(before) != program_of(after):
        return f"{path}: is another program"
    return None


# --- Run time ---------------------------------------------------------------------------------------------------------

# Runs in a fresh interpreter: imports modules one by one, says of each what classes it has. One line a module, so that a
# module which ends the process loses only itself.
REPORTER = r"""
import importlib, json, os, sys, types
root, out_path = sys.argv[1:3]
names = json.load(sys.stdin)
sys.path.insert(0, root)
sys.stdin = open(os.devnull)
out = open(out_path, "a")
sys.argv = ["proof"]

def kind(value):
    function = value
    while isinstance(function, (classmethod, staticmethod)):
        function = function.__func__
    if isinstance(function, property):
        function = function.fget
    extra = sorted(set(vars(function)) - {"__override__"}) if isinstance(function, types.FunctionType) else []
    return [type(value).__module__ + "." + type(value).__qualname__, extra]

def name_of(cls):
    return f"{cls.__module__}.{cls.__qualname__}"

def table(module):
    seen, todo, rows = set(), [v for v in vars(module).values() if isinstance(v, type)], {}
    while todo:
        cls = todo.pop()
        if id(cls) in seen or getattr(cls, "__module__", None) != module.__name__:
            continue
        seen.add(id(cls))
        members = dict(type.__getattribute__(cls, "__dict__"))
        todo += [v for v in members.values() if isinstance(v, type)]
        # Weakref bookkeeping and caches that fill while the program runs say nothing of the class.
        keys = {k: kind(v) for k, v in members.items()
                if isinstance(k, str) and k not in ("__abstractmethods__", "_abc_impl", "__weakref__", "__slotnames__")}
        rows[cls.__qualname__] = {
            "bases": [name_of(b) for b in cls.__bases__], "mro": [name_of(b) for b in cls.__mro__],
            "abstract": sorted(getattr(cls, "__abstractmethods__", None) or ()) if type(cls).__name__ == "ABCMeta" else [],
            "dict": dict(sorted(keys.items()))}
    return rows

for name in names:
    print(json.dumps({"module": name, "start": True}), file=out, flush=True)
    try:
        row = table(importlib.import_module(name))
    except BaseException as problem:
        row = f"{type(problem).__name__}: {problem}"[:300]
    print(json.dumps({"module": name, "classes": row}), file=out, flush=True)
os._exit(0)
"""

# Modules that do something to the machine or the interpreter when they are imported.
NOT_IMPORTED = {"antigravity", "this", "__main__", "idlelib.idle", "setup", "conftest", "manage"}


def modules_of(root, files):
    names = []
    for path in files:
        parts = list(path.relative_to(root).with_suffix("").parts)
        if parts[-1] == "__init__":
            parts.pop()
        name = ".".join(parts)
        if parts[:1] != ["test"] and parts and all(part.isidentifier() for part in parts) and not NOT_IMPORTED & {name, parts[-1]}:
            names.append(name)
    return names


def run_reporter(root, names, out):
    rows, todo = {}, list(names)
    while todo:
        out.write_text("")
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
        try:
            subprocess.run([sys.executable, "-W", "ignore", "-c", REPORTER, str(root), str(out)],
                           input=json.dumps(todo), text=True, timeout=300, check=False, env=environment,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=out.parent)
        except subprocess.TimeoutExpired:
            pass
        lines = [json.loads(line) for line in out.read_text().splitlines()]
        rows.update({line["module"]: line["classes"] for line in lines if "classes" in line})
        begun = [line["module"] for line in lines if "start" in line]
        if begun and begun[-1] not in rows:
            rows[begun[-1]] = "ended the interpreter"
        rest = [name for name in todo if name not in rows]
        if len(rest) == len(todo):
            break
        todo = rest
    return rows


def run_time_tables(root, files, scratch, tag):
    """{module: {class: …} or why it cannot be imported}; halves run side by side, packages stay together."""
    names = modules_of(root, files)
    tops = sorted({name.partition(".")[0] for name in names})
    halves = [[name for name in names if tops.index(name.partition(".")[0]) % 2 == half] for half in (0, 1)]
    rows = {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(run_reporter, root, half, scratch / f"{tag}-{i}.jsonl") for i, half in enumerate(halves)]
        for job in jobs:
            rows.update(job.result())
    return rows


def compare_tables(before, after):
    problems, classes = [], 0
    for module, old in before.items():
        new = after.get(module)
        if isinstance(old, str):
            continue
        classes += len(old)
        if isinstance(new, str) or new is None:
            problems.append(f"{module}: could be imported before, now {new}")
            continue
        for name in sorted(set(old) | set(new)):
            if old.get(name) != new.get(name):
                problems.append(f"{module}.{name}: {json.dumps(old.get(name))[:300]} became {json.dumps(new.get(name))[:300]}")
    return problems, classes


# --- The proof --------------------------------------------------------------------------------------------------------


def overt(options, *arguments):
    done = subprocess.run([options.overt, *arguments, "--isolated", "--no-respect-ignore-files", "--color", "never",
                           "--python-version", TARGET], capture_output=True, text=True, errors="replace", check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"overt {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr[-3000:]}")
    return done


def digest(root, files):
    state = hashlib.sha256()
    for path in files:
        state.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return state.hexdigest()


def prove(name, root, scratch, options):
    """Figures and problems of one tree."""
    files = python_files(root)
    before = {path: path.read_bytes() for path in files}
    tables = run_time_tables(root, files, scratch, "before") if options.run_time else {}
    found = overt(options, "check", root, "--output-format", "concise", "--ignore", "all", "--error", RULE)
    findings = found.stdout.count(f"[{RULE}]")

    started = time.monotonic()
    fixed = overt(options, "fix", root, "--select", RULE)
    seconds = time.monotonic() - started
    problems = []

    left = overt(options, "check", root, "--output-format", "concise", "--ignore", "all", "--error", RULE).stdout
    # A file that Python refuses is not for us to fix.
    refused = {str(path) for path in files if not compiles(before[path], path)}
    left = [line for line in left.splitlines() if f"[{RULE}]" in line and line.partition(":")[0] not in refused]
    problems += [f"still found: {line}" for line in left]

    jobs = [(path, before[path], path.read_bytes()) for path in files]
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        problems += [problem for problem in pool.map(judge_file, jobs, chunksize=32) if problem]

    state = digest(root, files)
    overt(options, "fix", root, "--select", RULE)
    if digest(root, files) != state or python_files(root) != files:
        problems.append("a second fix changes something")

    after = run_time_tables(root, files, scratch, "after") if options.run_time else {}
    differences, classes = compare_tables(tables, after)
    problems += differences
    figures = {
        "files": len(files), "changed": sum(1 for _, old, new in jobs if old != new), "findings": findings,
        "refused": len(refused), "left": len(left), "imported": sum(1 for row in tables.values() if not isinstance(row, str)),
        "classes": classes, "seconds": round(seconds, 2), "said": fixed.stderr.strip().splitlines()[-1:]}
    print(f"{name}: {json.dumps(figures)}", flush=True)
    for problem in problems[: options.show]:
        print(f"  {problem}")
    if len(problems) > options.show:
        print(f"  … and {len(problems) - options.show} more")
    return figures, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", required=True, type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--stdlib", action="store_true", help="the interpreter's own library")
    parser.add_argument("--with-tests", action="store_true", help="its test package too, which is not imported")
    parser.add_argument("--tree", nargs="+", default=[], metavar="NAME=FOLDER", help="a package's folder")
    parser.add_argument("--install", nargs="+", default=[], metavar="PACKAGE==VERSION", help="by pip, all of them together")
    parser.add_argument("--no-run-time", dest="run_time", action="store_false", help="import nothing")
    parser.add_argument("--at-least", nargs=2, type=int, default=[0, 0], metavar=("FILES", "FIXES"))
    parser.add_argument("--show", type=int, default=20, help="so many problems of each tree")
    parser.add_argument("--keep", type=pathlib.Path, help="work here, and leave the fixed copies")
    options = parser.parse_args()

    sys.setrecursionlimit(20000)
    total, wrong = {"files": 0, "changed": 0, "findings": 0, "classes": 0}, 0
    with tempfile.TemporaryDirectory(prefix="overt-proof-") as temporary:
        scratch = (options.keep or pathlib.Path(temporary)).resolve()
        trees = []
        if options.stdlib:
            copy_stdlib(scratch / "stdlib", options.with_tests)
            trees.append(("stdlib", scratch / "stdlib"))
        for one in options.tree:
            name, _, source = one.partition("=")
            copy_tree(source, scratch / name)
            trees.append((name, scratch / name))
        if options.install:
            install(options.install, scratch / "installed")
            trees.append(("installed", scratch / "installed"))
        for name, root in trees:
            figures, problems = prove(name, root, scratch, options)
            wrong += len(problems)
            total = {key: total[key] + figures[key] for key in total}
    print(f"total: {json.dumps(total)}, {wrong} problems")
    enough = total["files"] >= options.at_least[0] and total["findings"] >= options.at_least[1]
    if not enough:
        print(f"fewer than {options.at_least[0]} files or {options.at_least[1]} findings: this proves nothing")
    return 1 if wrong or not enough else 0


if __name__ == "__main__":
    sys.exit(main())
