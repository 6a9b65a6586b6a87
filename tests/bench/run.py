"""Benchmarks: overt against other checkers, and against itself.

    ./dev bench                                       # everything, against zuban, pyrefly and ty
    ./dev bench --only cold --corpus moto --runs 7 --peer mypy
    ./dev bench --only linearity

Peers and corpora are installed from PyPI into build/bench, once; OVERT_BENCH_PEERS (a folder of programs) and
OVERT_BENCH_CORPORA (a folder of folders) name others. Programs run in turn (overt, peer, peer, …, overt, …), so that
whatever else the machine does meets all of them; the table shows medians. Nothing is timed by the tests.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import unittest.mock

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BENCH = ROOT / "build" / "bench"

PEERS = {"zuban": "0.10.2", "pyrefly": "1.4.1", "ty": "0.0.105", "mypy": "2.4.1", "pyright": "1.1.414"}
CORPORA = {"moto": "moto==5.2.1", "django": "django==6.1", "homeassistant": "homeassistant==2025.1.0"}


# --- What is needed ---------------------------------------------------------------------------------------------------


def peers_folder(names):
    if given := os.environ.get("OVERT_BENCH_PEERS"):
        return pathlib.Path(given)
    environment = BENCH / "venv"
    if not (environment / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    missing = [name for name in names if not (environment / "bin" / name).exists()]
    if missing:
        print(f"installing {', '.join(missing)}")
        subprocess.run([environment / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check",
                        *[f"{name}=={PEERS[name]}" for name in missing]], check=True)
    return environment / "bin"


def corpus_folder(name):
    if given := os.environ.get("OVERT_BENCH_CORPORA"):
        return pathlib.Path(given) / name
    folder = BENCH / "corpora" / name
    if not folder.is_dir():
        print(f"installing {CORPORA[name]}")
        temporary = folder.with_name(name + ".part")
        shutil.rmtree(temporary, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
                        "--ignore-requires-python", "--no-compile", "--target", temporary, CORPORA[name]], check=True)
        temporary.rename(folder)
    return folder


@contextlib.contextmanager
def staged(name):
    """A copy of a corpus that lies below no project and sees an environment without packages.

    Checkers take the nearest project file above what they check for the root of imports, and look for packages in the
    Python that PATH leads to. Below this checkout one of them finds no module of the corpus, and skips the work.
    """
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as stage:
        folder, environment = pathlib.Path(stage, name), pathlib.Path(stage, "environment")
        shutil.copytree(corpus_folder(name), folder, symlinks=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
        seen = {"PATH": f"{environment / 'bin'}:/usr/bin:/bin", "VIRTUAL_ENV": str(environment)}
        with unittest.mock.patch.dict(os.environ, seen):
            yield folder.resolve()


def commands(overt, peers, folder):
    """What each checker is called with: cold, all of the folder, no cache read or written, defaults otherwise."""
    known = {
        "overt": [overt, "check", "--no-cache", "--exit-zero", "--quiet", "--output-format", "concise", "."],
        "zuban": ["zuban", "check", "."],
        "pyrefly": ["pyrefly", "check", "--no-progress-bar", "--output-format", "min-text", "."],
        "ty": ["ty", "check", "--no-progress", "--output-format", "concise", "."],
        "mypy": ["mypy", "--no-incremental", "--cache-dir", os.devnull, "."],
        "pyright": ["pyright", "."],
    }
    return {name: [str(word) for word in (known[name] if name == "overt" else [folder / known[name][0], *known[name][1:]])]
            for name in ["overt", *peers]}


# --- Measuring --------------------------------------------------------------------------------------------------------


class Sample:
    def __init__(self, wall, processor, memory):
        self.wall, self.processor, self.memory = wall, processor, memory


def run_once(command, cwd):
    """Wall-clock and processor seconds, and the peak memory in MiB, of a program with all its children."""
    with tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            errors.seek(0)
            last_words = errors.read().decode("utf-8", "replace")[-500:]
            sys.exit(f"{' '.join(command)} exited with {process.returncode}: {last_words}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def medians(samples):
    return Sample(*(statistics.median(getattr(sample, field) for sample in samples)
                    for field in ("wall", "processor", "memory")))


def table(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]))


def measure_cold(options, name):
    all_commands = commands(options.overt, options.peers, peers_folder(options.peers))
    samples = {checker: [] for checker in all_commands}
    with staged(name) as folder:
        for _ in range(options.runs):
            for checker, command in all_commands.items():
                samples[checker].append(run_once(command, folder))
        size = count_lines(folder)
    result = {checker: medians(of_checker) for checker, of_checker in samples.items()}
    rivals = [sample for checker, sample in result.items() if checker != "overt"]
    print(f"\n{name}: {size}, {options.runs} runs each, cold")
    rows = [["", "wall s", "× fastest peer", "processor s", "× fastest peer", "peak MiB", "× leanest peer"]]
    for checker, sample in result.items():
        cells = [checker]
        for field in ("wall", "processor", "memory"):
            value = getattr(sample, field)
            cells += [f"{value:.2f}" if field != "memory" else f"{value:.0f}",
                      f"{value / min(getattr(rival, field) for rival in rivals):.2f}" if rivals else "-"]
        rows.append(cells)
    table(rows)
    return {checker: vars(sample) for checker, sample in result.items()}


def count_lines(folder):
    files = lines = 0
    for path in folder.rglob("*.py"):
        files += 1
        lines += path.read_bytes().count(b"\n")
    return f"{files:,} files, {lines:,} lines"


def measure_start(options):
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as folder:
        pathlib.Path(folder, "main.py").write_text("import argparse\nimport collections\nimport json\nimport os\n"
                                                   "import threading\n\nclass Work(threading.Thread):\n"
                                                   "    def run(self): ...\n")
        command = [str(options.overt), "check", "--no-cache", "--quiet", "--error", "missing-override", "main.py"]
        samples = [run_once(command, folder) for _ in range(max(21, options.runs))]
    result = medians(samples)
    fastest = min(sample.wall for sample in samples)
    print(f"\nstart-up, one file with five imports: {result.wall * 1000:.1f} ms (fastest {fastest * 1000:.1f}), "
          f"{result.memory:.0f} MiB")
    return {"median_ms": result.wall * 1000, "fastest_ms": fastest * 1000, "memory_mib": result.memory}


def measure_parse(options):
    program = options.parse_bench
    if not program.exists():
        print(f"\n{program} is not built: cmake --build build/release --target parse_bench")
        return None
    results = {}
    rows = [["", "files", "lines", "parse s", "lines/s", "parse + lower s", "lines/s", "ratio"]]
    for name in options.corpora:
        output = subprocess.run([program, corpus_folder(name), str(options.runs)], capture_output=True, text=True, check=True)
        one = results[name] = json.loads(output.stdout)
        parse, both = one["parse_seconds"], one["parse_and_lower_seconds"]
        rows.append([name, f"{one['files']:,}", f"{one['lines']:,}", f"{parse:.3f}", f"{one['lines'] / parse:,.0f}",
                     f"{both:.3f}", f"{one['lines'] / both:,.0f}", f"{both / parse:.2f}"])
    print("\nparse and lower against the bare parse, one thread")
    table(rows)
    return results


# --- Growth -----------------------------------------------------------------------------------------------------------


def classes(n):
    return {"main.py": "class Base:\n    def method(self): ...\n" +
            "".join(f"class C{i}(Base):\n    def method(self): ...\n" for i in range(n))}


def depth(n):
    return {"main.py": "class C0:\n    def method(self): ...\n" +
            "".join(f"class C{i}(C{i - 1}):\n    def method(self): ...\n" for i in range(1, n))}


def fan_out(n):
    names = ", ".join(f"B{i}" for i in range(n))
    return {"main.py": "".join(f"class B{i}:\n    def m{i}(self): ...\n" for i in range(n)) +
            f"class Wide({names}):\n" + "".join(f"    def m{i}(self): ...\n" for i in range(n))}


def members(n):
    body = "".join(f"    def m{i}(self): ...\n" for i in range(n))
    return {"main.py": f"class A:\n{body}class B(A):\n{body}"}


def nesting(n):
    # Expressions, since Python allows a hundred levels of indentation only: a sum nests to the left without brackets.
    return {"main.py": "x = 1" + " + 1" * n + "\n" + "y = a" + ".b" * n + "\n" + "z = a" + "(1)" * n + "\n"}


def files(n):
    return {f"m{i}.py": f"from m{i // 2} import C{i // 2}\n\nclass C{i}({f'C{i // 2}' if i else 'object'}):\n"
                        "    def method(self): ...\n" for i in range(n)}


SHAPES = {"class count": (classes, 4000), "chain depth": (depth, 500), "fan-out": (fan_out, 500),
          "members": (members, 4000), "nesting": (nesting, 4000), "file count": (files, 500)}


def instructions(options, sources):
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as folder:
        for name, text in sources.items():
            pathlib.Path(folder, name).write_text(text)
        command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={os.devnull}", options.overt,
                   "check", "--no-cache", "--isolated", "--quiet", "--exit-zero", "--no-progress", "-j", "1",
                   "--error", "missing-override", "--output-format", "concise", "."]
        done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    if not found:
        sys.exit(f"valgrind gave no count: {done.stderr[-500:]}")
    return int(found[1].replace(",", ""))


def measure_linearity(options):
    if not shutil.which("valgrind"):
        print("\nlinearity: SKIPPED, no valgrind here")
        return None
    base = instructions(options, {"main.py": "x = 1\n"})
    rows = [["", "size", "instructions", "twice the size", "growth"]]
    results = {}
    for name, (make, size) in SHAPES.items():
        small, large = (instructions(options, make(n)) - base for n in (size, 2 * size))
        results[name] = large / small
        rows.append([name, str(size), f"{small:,}", f"{large:,}", f"{large / small:.2f}"])
    print(f"\ngrowth when the input doubles, less {base:,} instructions to start")
    table(rows)
    return results


def measure_lsp(options):
    import lsp_bench  # beside this file; it takes its corpus and its peers from here

    options.strokes, options.peer_strokes = 400, 120
    peers, options.peers = options.peers, [name for name in options.peers if name in lsp_bench.COMMANDS]
    results = lsp_bench.run(options)
    options.peers = peers
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", type=pathlib.Path, default=ROOT / "build" / "release" / "overt")
    parser.add_argument("--parse-bench", type=pathlib.Path, default=ROOT / "build" / "release" / "tests" / "parse_bench")
    parser.add_argument("--only", action="append", choices=["cold", "start", "parse", "linearity", "lsp"], default=[])
    parser.add_argument("--corpus", action="append", dest="corpora", choices=list(CORPORA), default=[])
    parser.add_argument("--peer", action="append", dest="more", choices=["mypy", "pyright"], default=[],
                        help="a slow one besides zuban, pyrefly and ty")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=pathlib.Path, help="write the figures here as well")
    options = parser.parse_args()
    options.corpora = options.corpora or list(CORPORA)
    options.peers = [] if options.no_peers else ["zuban", "pyrefly", "ty", *options.more]
    options.overt = options.overt.resolve()
    options.parse_bench = options.parse_bench.resolve()
    parts = options.only or ["cold", "start", "parse", "linearity", "lsp"]
    figures = {}
    if "cold" in parts:
        figures["cold"] = {name: measure_cold(options, name) for name in options.corpora}
    for part, measure in (("start", measure_start), ("parse", measure_parse), ("linearity", measure_linearity)):
        if part in parts:
            figures[part] = measure(options)
    if "lsp" in parts:
        figures["lsp"] = measure_lsp(options)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
