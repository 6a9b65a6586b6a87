"""The typing conformance suite: how much of it overt passes, and that nothing gets worse.

    python3 run.py --overt BINARY [--suite FOLDER] [--verbose]

A file passes when, by line: every line with `# E` has a finding, of the lines with `# E[tag]` exactly one has (with
`# E[tag+]` at least one), a line with `# E?` may have one, and no other line has one. The suite is not part of this
repository: --suite, OVERT_CONFORMANCE or `../shared/conformance` beside the repository says where it is. `expected.txt`
records what passes; it may only improve, and OVERT_UPDATE=1 writes it anew. Exit status 77 if there is no suite.
"""

import argparse
import collections
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
EXPECTED = HERE / "expected.txt"
SKIPPED = 77

FINDING = re.compile(r"^(?P<path>[^:]+\.pyi?):(?P<line>\d+):\d+: (?P<level>\w+)\[(?P<rule>[a-z-]+)\] (?P<message>.*)$")
TAG = re.compile(r"#\s*E\[(?P<tag>[^\]]+)\]")
ERROR = re.compile(r"#\s*E(?=:|\s|$)")
MAYBE = re.compile(r"#\s*E\?")


class Expected:
    """What the comments of one file ask for."""

    def __init__(self, text):
        self.required, self.optional = set(), set()
        self.tags = collections.defaultdict(set)
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.partition("#")[0].strip():
                continue  # a case that is commented out
            if tag := TAG.search(line):
                self.tags[tag["tag"]].add(number)
            elif MAYBE.search(line):
                self.optional.add(number)
            elif ERROR.search(line):
                self.required.add(number)

    def lines(self):
        return self.required | self.optional | {line for lines in self.tags.values() for line in lines}

    def judge(self, reported):
        """(errors found, errors asked for, what is wrong)."""
        wrong = [f"line {line}: no finding" for line in sorted(self.required - reported)]
        found = len(self.required & reported)
        for tag, lines in sorted(self.tags.items()):
            hits = len(lines & reported)
            found += hits > 0
            if not hits or (hits > 1 and not tag.endswith("+")):
                wrong.append(f"lines {sorted(lines)} with tag {tag}: {hits} findings")
        wrong += [f"line {line}: unexpected" for line in sorted(reported - self.lines())]
        return found, len(self.required) + len(self.tags), wrong


def find_suite(argument):
    for place in (argument, os.environ.get("OVERT_CONFORMANCE"), HERE.parents[1].parent / "shared" / "conformance"):
        if place and pathlib.Path(place).is_dir():
            inner = pathlib.Path(place, "tests")
            return inner if inner.is_dir() else pathlib.Path(place)
    return None


def run_overt(binary, suite):
    command = [binary, "check", "--no-cache", "--isolated", "--root", ".", "--python-version", "3.14", "--output-format", "concise", "--color", "never", "."]
    done = subprocess.run(command, cwd=suite, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"overt exited with {done.returncode}\n{done.stderr}")
    findings = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in done.stdout.splitlines():
        if not (match := FINDING.match(line)):
            sys.exit(f"not a finding: {line}")
        findings[match["path"]][int(match["line"])].append(f"{match['level']}[{match['rule']}] {match['message']}")
    return findings


def read_expected():
    recorded = {}
    for line in EXPECTED.read_text(encoding="utf-8").splitlines() if EXPECTED.is_file() else ():
        if line and not line.startswith("#"):
            name, verdict, found = line.split()
            recorded[name] = (verdict == "pass", int(found))
    return recorded


def write_expected(results):
    lines = ["# file, whether it passes, errors found: written by OVERT_UPDATE=1, may only improve"]
    lines += [f"{name} {'pass' if passed else 'fail'} {found}" for name, (passed, found) in sorted(results.items())]
    EXPECTED.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", required=True, type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--suite")
    parser.add_argument("--verbose", action="store_true", help="say for each file what is wrong")
    options = parser.parse_args()
    suite = find_suite(options.suite)
    if suite is None:
        print("SKIPPED: the conformance suite is not here; set OVERT_CONFORMANCE or --suite")
        return SKIPPED
    findings = run_overt(options.overt, suite)
    results, asked, unexpected = {}, 0, []
    for path in sorted(suite.glob("*.py*")):
        if path.suffix not in (".py", ".pyi"):
            continue
        expected = Expected(path.read_text(encoding="utf-8"))
        reported = findings.get(path.name, {})
        for line in sorted(set(reported) - expected.lines()):
            unexpected += [f"{path.name}:{line}: {text}" for text in reported[line]]
        if path.name.startswith("_"):
            continue
        found, wanted, wrong = expected.judge(set(reported))
        results[path.name] = (not wrong, found)
        asked += wanted
        if options.verbose and wrong:
            print(f"{path.name}: {'; '.join(wrong)}")
    recorded = read_expected()
    worse = [name for name, old in recorded.items() if name in results and results[name] < old]
    passed = sum(ok for ok, _ in results.values())
    print(f"passed {passed} of {len(results)}, errors found {sum(n for _, n in results.values())} of {asked}, "
          f"unexpected lines {len(unexpected)}")
    for line in unexpected:
        print(f"unexpected: {line}")
    for name in worse:
        print(f"worse than recorded: {name} was {recorded[name]}, is {results[name]}")
    if os.environ.get("OVERT_UPDATE") == "1" and not worse:
        write_expected(results)
    elif results != recorded and not worse:
        print("better than recorded: OVERT_UPDATE=1 writes it down")
    return 1 if unexpected or worse else 0


if __name__ == "__main__":
    sys.exit(main())
