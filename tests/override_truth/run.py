"""Recall and precision of `missing-override` against what CPython says of installed packages.

    python3 run.py --overt BINARY --python INTERPRETER                      # the packages of the oracle's list
    python3 run.py --overt BINARY --python INTERPRETER --package sqlalchemy rich --truth other.json
    python3 run.py --overt BINARY --truth truth.json --sample missed 20

The oracle is not part of this repository: --oracle, OVERT_ORACLE or `../shared/tools/override_oracle` beside the
repository says where it is. The truth is made once (it takes minutes, needs the packages, and imports them) and kept in
--truth; then overt is run over each package's sources. Findings on what a base declares or sets only as an attribute of
its instances are right, though they are in no class's `__dict__`: the adjusted precision counts them so.
Exit status 77 if there is no oracle, 1 if --recall or --precision is asked for and not reached.
"""

import argparse
import json
import os
import pathlib
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
EXEMPT = "init,new,init_subclass,post_init"


def find_oracle(argument):
    beside = HERE.parents[1].parent / "shared" / "tools" / "override_oracle"
    for place in (argument, os.environ.get("OVERT_ORACLE"), beside):
        if place and pathlib.Path(place, "score.py").is_file():
            return pathlib.Path(place)
    return None


def make_truth(oracle, options):
    packages = options.package or (oracle / "packages.txt").read_text().split()
    subprocess.run([sys.executable, oracle / "runtime_truth.py", "--python", options.python, "--package", *packages,
                    "--out", options.truth], check=True)


def interpreter_of(truth):
    python = truth["python"]
    return next((str(python[key]) for key in ("executable", "python") if key in python), str(python["prefix"]))


def score(oracle, options, truth):
    version = truth["python"]["version"].rpartition(".")[0]
    command = [str(options.overt), "check", "--no-cache", "{root}", "--output-format", "concise", "--color", "never", "--quiet",
               "--ignore", "all", "--error", "missing-override", "--python", interpreter_of(truth),
               "--python-version", version, *shlex.split(options.extra)]
    arguments = ["--truth", options.truth, "--cmd", shlex.join(command), "--format", "concise",
                 "--rule", "missing-override", "--exempt", EXEMPT, "--out", options.out]
    if options.package:
        arguments += ["--package", *options.package]
    if options.keep:
        arguments += ["--keep", options.keep]
    done = subprocess.run([sys.executable, oracle / "score.py", *arguments], check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.returncode)
    return done.returncode


def adjusted(total):
    hits, missed, false, attribute = (total[key] for key in ("hits", "missed", "false", "attribute"))
    right = hits + attribute
    return hits / max(hits + missed, 1), right / max(right + false - attribute, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", required=True, type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--truth", required=True, type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--python", help="the interpreter that has the packages: only to make the truth")
    parser.add_argument("--package", nargs="+", default=[])
    parser.add_argument("--oracle")
    parser.add_argument("--out", type=lambda text: pathlib.Path(text).resolve(), default=pathlib.Path("score.json").resolve())
    parser.add_argument("--keep", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--extra", default="", help="more arguments for overt, in one string")
    parser.add_argument("--sample", nargs=2, metavar=("LIST", "COUNT"), help="print some: missed, false or unjudged")
    parser.add_argument("--recall", type=float, default=0.0, help="fail below this, as 0.975")
    parser.add_argument("--precision", type=float, default=0.0, help="fail below this, adjusted, as 0.999")
    options = parser.parse_args()
    oracle = find_oracle(options.oracle)
    if oracle is None:
        print("SKIPPED: the override oracle is not here; set OVERT_ORACLE or --oracle")
        return SKIPPED
    if not options.truth.is_file():
        if not options.python:
            sys.exit(f"{options.truth} is not there, and no --python to make it with")
        make_truth(oracle, options)
    failed = score(oracle, options, json.loads(options.truth.read_text()))
    recall, precision = adjusted(json.loads(options.out.read_text())["total"])
    print(f"\nrecall {recall:.2%}, precision with attributes of a base counted as right {precision:.2%}")
    if options.sample:
        subprocess.run([sys.executable, oracle / "sample.py", "--score", options.out, "--truth", options.truth,
                        "--list", options.sample[0], "--count", options.sample[1]], check=True)
    return 1 if failed or recall < options.recall or precision < options.precision else 0


if __name__ == "__main__":
    sys.exit(main())
