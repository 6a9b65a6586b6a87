"""overt on large public projects: what it finds there, how long it takes, how much memory.

    python3 tests/bench/projects.py --overt build/release/overt
    python3 tests/bench/projects.py --overt build/release/overt --only django sympy --json build/projects.json
    python3 tests/bench/projects.py --overt build/dev/overt --timed build/release/overt

Each project is installed from PyPI with all that it needs, so that bases resolve; projects that agree on their needs
share an environment. Environments are made once, below --environments, by `python3.N` of PATH. overt runs over the
project's package with the rules that are on by default, twice, of which the second run is measured, and then with
`missing-override`. Prints a Markdown table. Exit status 1 if overt did not run through somewhere.
"""

import argparse
import collections
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass(frozen=True)
class Environment:
    python: str
    requirements: str
    without_needs: str = ""  # installed too, but not what they need


ENVIRONMENTS = {
    "general": Environment("3.12", "django==6.1.3 sqlalchemy==2.1.9 sympy==1.14.0 pandas==3.1.1 scipy==1.18.1 "
                                   "matplotlib==3.11.2 sphinx==9.1.1 celery==5.7.0 tornado==6.6.1 twisted==26.10.0 "
                                   "pydantic==2.14.3 openai==3.54.0 textual==8.2.8 polars==2.1.0 narwhals==2.29.0 "
                                   "litestar==2.25.0 ansible-core==2.21.5"),
    "data": Environment("3.12", "ibis-framework[duckdb]==12.0.0 pyiceberg==0.12.0 dagster==1.13.29 langchain==1.4.7 "
                                "langchain-community==0.4.2 moto==5.2.1"),
    "airflow": Environment("3.12", "apache-airflow==3.3.2"),
    "home": Environment("3.13", "homeassistant==2025.1.0"),
    "learning": Environment("3.12", "scikit-learn==1.9.1 networkx==3.7 anthropic==2.12.0 trio==0.35.0 wandb==0.31.0 "
                                    "kubernetes==36.0.3", "transformers==5.23.0"),
    "cpython": Environment("3.11", ""),
}

# project: (environment, distribution, what is checked, below site-packages)
PROJECTS = {
    "CPython's Lib": ("cpython", "", "."),
    "airflow": ("airflow", "apache-airflow", "airflow"),
    "ansible-core": ("general", "ansible-core", "ansible"),
    "anthropic": ("learning", "anthropic", "anthropic"),
    "celery": ("general", "celery", "celery"),
    "dagster": ("data", "dagster", "dagster"),
    "django": ("general", "django", "django"),
    "homeassistant": ("home", "homeassistant", "homeassistant"),
    "ibis": ("data", "ibis-framework", "ibis"),
    "kubernetes": ("learning", "kubernetes", "kubernetes"),
    "langchain": ("data", "langchain", "langchain"),
    "langchain-community": ("data", "langchain-community", "langchain_community"),
    "langchain-core": ("data", "langchain-core", "langchain_core"),
    "langchain-classic": ("data", "langchain-classic", "langchain_classic"),
    "litestar": ("general", "litestar", "litestar"),
    "matplotlib": ("general", "matplotlib", "matplotlib"),
    "moto": ("data", "moto", "moto"),
    "narwhals": ("general", "narwhals", "narwhals"),
    "networkx": ("learning", "networkx", "networkx"),
    "numpy": ("general", "numpy", "numpy"),
    "openai": ("general", "openai", "openai"),
    "pandas": ("general", "pandas", "pandas"),
    "polars": ("general", "polars", "polars"),
    "pydantic": ("general", "pydantic", "pydantic"),
    "pyiceberg": ("data", "pyiceberg", "pyiceberg"),
    "scikit-learn": ("learning", "scikit-learn", "sklearn"),
    "scipy": ("general", "scipy", "scipy"),
    "sphinx": ("general", "sphinx", "sphinx"),
    "sqlalchemy": ("general", "sqlalchemy", "sqlalchemy"),
    "sympy": ("general", "sympy", "sympy"),
    "textual": ("general", "textual", "textual"),
    "tornado": ("general", "tornado", "tornado"),
    "transformers": ("learning", "transformers", "transformers"),
    "trio": ("learning", "trio", "trio"),
    "twisted": ("general", "twisted", "twisted"),
    "wandb": ("learning", "wandb", "wandb"),
}


@dataclasses.dataclass
class Place:
    python: pathlib.Path
    folder: pathlib.Path  # where the packages are
    version: str


def make_environment(name, folder):
    environment = ENVIRONMENTS[name]
    if (folder / "bin" / "python").exists():
        return
    print(f"making {name}", file=sys.stderr)
    subprocess.run([f"python{environment.python}", "-m", "venv", folder], check=True)
    for words in (environment.requirements.split(), ["--no-deps", *environment.without_needs.split()]):
        if words and words != ["--no-deps"]:
            subprocess.run([folder / "bin" / "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check",
                            *words], check=True)


def ask(python, code):
    return subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def place_of(project, environments):
    environment, distribution, _ = PROJECTS[project]
    folder = environments / environment
    make_environment(environment, folder)
    python = folder / "bin" / "python"
    kind = "purelib" if distribution else "stdlib"
    packages = pathlib.Path(ask(python, f"import sysconfig; print(sysconfig.get_path({kind!r}))"))
    version = f"importlib.metadata.version({distribution!r})" if distribution else "platform.python_version()"
    return Place(folder, packages, ask(python, f"import importlib.metadata, platform; print({version})"))


@dataclasses.dataclass
class Run:
    findings: collections.Counter
    summary: str
    seconds: float
    mebibytes: float


def run(overt, place, target, *rules):
    command = [overt, "check", "--no-cache", target, "--exclude", "site-packages/", "--python", place.python,
               "--output-format", "concise", "--color", "never", "--no-progress", *rules]
    with open(os.devnull, "rb") as nothing:
        start = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], cwd=place.folder, stdin=nothing, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{target}: exit status {process.returncode}\n{output[-2000:]}")
    summary = next((line for line in output.splitlines() if line.startswith("overt: ")), "")
    rules_found = re.findall(r"^\S.*?:\d+:\d+: \w+\[([a-z-]+)\]", output, re.MULTILINE)
    return Run(collections.Counter(rules_found), summary, seconds, used.ru_maxrss / 1024)


def number(summary, noun):
    found = re.search(rf"([\d,]+) {noun}", summary)
    return int(found[1].replace(",", "")) if found else 0


def lines_of(overt, place, target):
    listed = subprocess.run([overt, "files", target, "--exclude", "site-packages/", "--python", place.python],
                            cwd=place.folder, check=True, capture_output=True, text=True).stdout
    return sum((place.folder / name).read_bytes().count(b"\n") for name in listed.splitlines() if name)


def measure(project, options):
    place = place_of(project, options.environments)
    target = PROJECTS[project][2]
    # The second of two, for warm files.
    timed = [run(options.timed or options.overt, place, target) for _ in range(2)][-1]
    default = run(options.overt, place, target) if options.timed else timed
    strict = run(options.overt, place, target, "--error", "missing-override")
    return {"project": project, "version": place.version, "lines": lines_of(options.overt, place, target),
            **{key: number(default.summary, noun)
               for key, noun in (("files", "files?"), ("classes", "class(?:es)?"), ("pairs", "override pairs?"))},
            "findings": dict(sorted(default.findings.items())), "missing": strict.findings["missing-override"],
            "seconds": round(timed.seconds, 2), "mebibytes": round(timed.mebibytes)}


COUNTS = ("files", "lines", "classes", "pairs")
HEADER = ["project", "files", "lines", "classes", "override pairs", "findings, default rules", "`missing-override`",
          "time", "memory"]


def row(result):
    findings = ", ".join(f"{rule} {count}" for rule, count in result["findings"].items()) or "none"
    cells = [f"{result['project']} {result['version']}".strip(), *(f"{result[key]:,}" for key in COUNTS), findings,
             f"{result['missing']:,}", f"{result['seconds']:.2f} s", f"{result['mebibytes']} MiB"]
    return f"| {' | '.join(cells)} |"


def total(results):
    findings = collections.Counter()
    for result in results:
        findings.update(result["findings"])
    sums = {key: sum(result[key] for result in results) for key in (*COUNTS, "missing")}
    return row({"project": "together", "version": "", **sums, "findings": dict(sorted(findings.items())),
                "seconds": sum(result["seconds"] for result in results),
                "mebibytes": max(result["mebibytes"] for result in results)})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    absolute = lambda text: pathlib.Path(text).absolute()
    parser.add_argument("--overt", required=True, type=absolute)
    parser.add_argument("--timed", type=absolute, help="another build, for the time and the memory")
    parser.add_argument("--environments", type=absolute, default=ROOT / "build" / "bench" / "environments")
    parser.add_argument("--only", nargs="+", choices=sorted(PROJECTS), default=list(PROJECTS), metavar="PROJECT")
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    options.environments.mkdir(parents=True, exist_ok=True)
    results = []
    print(f"| {' | '.join(HEADER)} |\n|{' --- |' * len(HEADER)}")
    for project in options.only:
        results.append(measure(project, options))
        print(row(results[-1]), flush=True)
    print(total(results))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
