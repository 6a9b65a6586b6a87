"""Random hierarchies: overt must accept and refuse the classes that CPython accepts and refuses, with the same MRO.

    python3 run.py --overt BINARY --work DIR --python /usr/bin/python3
    python3 run.py --overt BINARY --work DIR --pyodide PYODIDE_FOLDER

Writes the modules (generate.py), asks CPython (observe.py; its answer is kept below --work for as long as generator and
observer stay the same), runs `overt check`, compares class by class and prints every kind of difference with examples.
Exit status 1 if there is any difference, 77 if the interpreter is missing.
"""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
KNOWN = HERE / "known.json"

# What CPython's reasons are called by overt. A class refused for one reason may have a second fault, which CPython does
# not get to: so any rule of the group counts as "refused", and the reason is compared apart.
RULES = {
    "duplicate": {"duplicate-base"},
    "mro": {"inconsistent-mro"},
    "layout": {"layout-conflict"},
    "metaclass": {"metaclass-conflict"},
    "protocol": {"invalid-base"},
    "generic": {"invalid-base", "duplicate-base", "inconsistent-mro"},
    "enum": {"subclass-of-final", "invalid-base"},
    "base": {"invalid-base", "subclass-of-final", "layout-conflict"},
}
# Refusals that have nothing to do with bases (a slot that is there already, type variables that are not listed, …): no
# rule of overt speaks of them yet, so both answers are right.
UNJUDGED = {"unjudged", "slots", "variables"}
REFUSALS = {"duplicate-base", "inconsistent-mro", "layout-conflict", "metaclass-conflict", "invalid-base", "cyclic-base"}
# The standard library's stubs call classes final that CPython lets one derive from, and the other way round.
FINAL = "subclass-of-final"

FINDING = re.compile(r"^(?P<path>.*?\.py):(?P<line>\d+):\d+: \w+\[(?P<rule>[a-z-]+)\] (?P<message>.*)$")


def stamp(options):
    sources = b"".join((HERE / name).read_bytes() for name in ("generate.py", "observe.py", "observe.mjs"))
    key = f"{options.families}/{options.seed}/{bool(options.pyodide)}".encode()
    return hashlib.sha256(sources + key).hexdigest()[:16]


def generate(options, folder):
    if folder.is_dir():
        return
    temporary = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    modern = ["--modern"] if options.pyodide else []
    subprocess.run([sys.executable, HERE / "generate.py", "--out", temporary, "--families", str(options.families),
                    "--seed", str(options.seed), *modern], check=True)
    try:
        temporary.rename(folder)
    except OSError:  # A run beside this one, for another version, was done first with the same files.
        shutil.rmtree(temporary)


def ask_python(options, modules):
    out = modules.with_name(f"{modules.name}-{pathlib.Path(options.pyodide or 'system').name}.json")
    if not out.is_file():
        temporary = out.with_suffix(".part")
        if options.pyodide:
            command = ["node", HERE / "observe.mjs", options.pyodide, modules, temporary]
        else:
            command = [options.python, HERE / "observe.py", modules, temporary]
        subprocess.run(command, check=True)
        temporary.rename(out)
    return json.loads(out.read_text(encoding="utf-8"))


def run_overt(options, modules, version, *arguments):
    command = [options.overt, "check", "--no-cache", "--isolated", "--python-version", version, "--color", "never", *arguments, "."]
    done = subprocess.run(command, cwd=modules, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}\nexited with {done.returncode}\n{done.stderr}")
    return done.stdout


def ask_overt(options, modules, version):
    """Findings by module and line; MROs by module and class name."""
    findings = collections.defaultdict(list)
    for line in run_overt(options, modules, version, "--output-format", "concise", "--ignore", "all",
                          *[word for rule in sorted(REFUSALS | {FINAL}) for word in ("--error", rule)]).splitlines():
        found = FINDING.match(line)
        if not found:
            sys.exit(f"not a finding: {line}")
        findings[pathlib.Path(found["path"]).name, int(found["line"])].append((found["rule"], found["message"]))
    return findings, read_mros(run_overt(options, modules, version, "--print=classes"))


def read_mros(text):
    """`--print=classes`: for each file a line with its path, for each class `class NAME …` and below it `mro A, B …`."""
    mros, module, name = {}, "", ""
    for line in text.splitlines():
        words = line.split()
        if not words:
            continue
        if words[-1].endswith(".py") or words[0].endswith(".py:"):
            module = pathlib.Path(words[-1].rstrip(":")).name
        elif words[0] == "class":
            name = words[1].rpartition(".")[2]
        elif words[0].rstrip(":") == "mro":
            mros[module, name] = [word.rstrip(",").rpartition(".")[2] for word in words[1:] if word != "->"]
    return mros


def written(names):
    """The classes of an MRO that the generated module itself defines: the library's own differ between stub and run."""
    return [name for name in names if re.fullmatch(r"F\d+[A-Z]", name)]


def story(path, line):
    """The class statement of that line and what it is made from, as far as the module itself defines it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    names, found = set(), []
    for number in range(line, 0, -1):
        text = lines[number - 1]
        if text.startswith("# F"):
            break
        head = re.match(r"(?:class )?(\w+)", text)
        if text[:1].isalpha() and (number == line or head[1] in names):
            names |= set(re.findall(r"F\d+[A-Z]\w*", text))
            body = [more.strip() for more in lines[number:number + 1] if more.startswith(" ")]
            found.append(" ".join([text, *body]))
    return reversed(found)


class Comparison:
    def __init__(self):
        self.counts = collections.Counter()
        self.differences = collections.defaultdict(list)

    def differ(self, kind, where, detail):
        self.counts["different"] += 1
        self.differences[kind].append(f"{where}: {detail}")

    def judge(self, module, answer, said, mro):
        kind = answer.get("kind")
        where = f"{module}:{answer['line']}"
        self.counts[kind or "accepted"] += 1
        if kind in UNJUDGED:
            return
        rules = [rule for rule, _ in said]
        refused = REFUSALS & set(rules)
        if kind is None:
            if refused:
                self.differ(f"CPython accepts, overt says {', '.join(sorted(refused))}", where, said[0][1])
            elif mro is None:
                self.differ("overt does not list the class", where, answer["name"])
            elif written(mro) != written(answer["mro"]):
                self.differ("another MRO", where, f"{written(answer['mro'])} became {written(mro)}")
        elif not RULES[kind] & set(rules) and not refused:
            self.differ(f"CPython refuses ({kind}), overt accepts", where, answer["message"])
        elif not RULES[kind] & set(rules):
            self.differ(f"CPython refuses ({kind}), overt says {', '.join(sorted(set(rules)))}", where, answer["message"])

    def report(self, examples, modules):
        print(", ".join(f"{name} {count}" for name, count in sorted(self.counts.items())))
        for kind, places in sorted(self.differences.items(), key=lambda item: -len(item[1])):
            print(f"\n{len(places)} × {kind}")
            for place in places[:examples]:
                print(f"    {place}")
                module, line, _ = place.split(":", 2)
                for statement in story(modules / module, int(line)):
                    print(f"        {statement}")
        judged = sum(count for name, count in self.counts.items() if name not in UNJUDGED | {"different"})
        print(f"\n{judged} classes judged, {self.counts['different']} differences")


def judge_against_known(version, found):
    """Differences that known.json lists may only become fewer; any other kind, or one more of a kind, fails."""
    known = json.loads(KNOWN.read_text()) if KNOWN.exists() else {}
    if os.environ.get("OVERT_UPDATE"):
        known[version] = dict(sorted(found.items()))
        KNOWN.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n")
        return 0
    allowed = known.get(version, {})
    worse = {kind: count for kind, count in found.items() if count > allowed.get(kind, 0)}
    for kind, count in sorted(worse.items()):
        print(f"worse than known.json: {count} × {kind}, listed {allowed.get(kind, 0)}")
    if not worse and found != allowed:
        print("better than known.json: OVERT_UPDATE=1 writes it down")
    return 1 if worse else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", required=True, type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--pyodide", help="a folder with the npm package: CPython as WebAssembly instead of --python")
    parser.add_argument("--families", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, default=5)
    options = parser.parse_args()
    missing = [need for need, there in [
        (options.python, options.pyodide or shutil.which(options.python)),
        ("node", not options.pyodide or shutil.which("node")),
        (options.pyodide, not options.pyodide or pathlib.Path(options.pyodide, "pyodide.mjs").is_file()),
    ] if not there]
    if missing:
        print(f"SKIPPED: no {', '.join(missing)} here")
        return SKIPPED
    options.work.mkdir(parents=True, exist_ok=True)
    modules = (options.work / stamp(options)).resolve()
    generate(options, modules)
    truth = ask_python(options, modules)
    version = ".".join(map(str, truth["version"][:2]))
    findings, mros = ask_overt(options, modules, version)
    comparison = Comparison()
    for module, answers in truth["modules"].items():
        for answer in answers:
            comparison.judge(module, answer, findings.get((module, answer["line"]), []),
                             mros.get((module, answer["name"])))
    print(f"CPython {version}, {options.families} families, seed {options.seed}")
    comparison.report(options.examples, modules)
    return judge_against_known(version, {kind: len(places) for kind, places in comparison.differences.items()})


if __name__ == "__main__":
    sys.exit(main())
