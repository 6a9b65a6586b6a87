"""Schemas that others publish, taken from npm packages that carry them: never copied into this repository."""

import base64
import fcntl
import hashlib
import io
import json
import os
import pathlib
import subprocess
import tarfile

# package and version: what npm must serve
PINS = {
    "@microsoft/jest-sarif@1.0.0-beta.0":
        "sha512-A1fOhPd6Ic5iDk4F9YPw1qNB4XF+7+IviR7xl8r2F6QzQkx5cpY9LsGk2rExiFIEcBbjpVnSmwWGBukASkiQ9A==",
    "@umbrelladocs/rdformat-validator@1.0.1":
        "sha512-yOQbzkvQBshV0fLfjw4S1QEv+dsYs6RRqR+4W2njaHzPchyWj/rYvK5ogJ8Jo+GRtX1hKPxyRFtIN18GFwVQVA==",
}
WORK = pathlib.Path(os.environ["OVERT_TEST_WORK"])


def unpacked(package):
    """The folder of a pinned package, without what it depends on: nothing of it is run but a file that exports data."""
    digest = PINS[package]
    folder = WORK / "schemas" / hashlib.sha256(digest.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "package").is_dir():
            done = subprocess.run(["npm", "pack", "--json", "--silent", package], cwd=folder, check=True, capture_output=True,
                                  text=True, timeout=300)
            archive = folder / json.loads(done.stdout)[0]["filename"]
            data = archive.read_bytes()
            served = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
            if served != digest:
                raise SystemExit(f"{package} is not what was pinned: {served}")
            with tarfile.open(fileobj=io.BytesIO(data)) as tar:
                tar.extractall(folder / "new", filter="data")
            (folder / "new" / "package").rename(folder / "package")
    return folder / "package"


def sarif():
    return json.loads((unpacked("@microsoft/jest-sarif@1.0.0-beta.0") / "lib/schemas/sarif-2.1.0-rtm.5.json").read_text())


def rdjson():
    module = unpacked("@umbrelladocs/rdformat-validator@1.0.1") / "dist/types/schema.js"
    printed = subprocess.run(["node", "-p", f"JSON.stringify(require({json.dumps(str(module))}).rdformatSchema)"], check=True,
                             capture_output=True, text=True, timeout=60).stdout
    return json.loads(printed)


# GitLab documents its code quality report in words and has no schema of it:
# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
LINE = {"type": "integer", "minimum": 1}
POSITION = {"type": "object", "required": ["line"], "properties": {"line": LINE, "column": LINE},
            "additionalProperties": False}
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path"],
                "oneOf": [{"required": ["lines"]}, {"required": ["positions"]}],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": "^\\./"}},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": LINE, "end": LINE},
                              "additionalProperties": False},
                    "positions": {"type": "object", "required": ["begin"],
                                  "properties": {"begin": POSITION, "end": POSITION}, "additionalProperties": False},
                },
            },
        },
    },
}

# One line of `mypy --output json`, by mypy's documentation and what mypy 2.4 prints.
MYPY = {
    "type": "object",
    "required": ["file", "line", "column", "end_line", "end_column", "message", "hint", "code", "severity"],
    "additionalProperties": False,
    "properties": {
        "file": {"type": "string", "minLength": 1},
        "line": LINE,
        "column": {"type": "integer", "minimum": 0},
        "end_line": LINE,
        "end_column": {"type": "integer", "minimum": 0},
        "message": {"type": "string", "minLength": 1},
        "hint": {"type": ["string", "null"], "minLength": 1},
        "code": {"type": ["string", "null"], "pattern": "^[a-z-]+$"},
        "severity": {"enum": ["error", "warning", "note"]},
    },
}

# What `pyright --outputjson` prints, by pyright's documentation and what pyright 1.1.414 prints.
PYRIGHT_POSITION = {
    "type": "object",
    "required": ["line", "character"],
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 0}, "character": {"type": "integer", "minimum": 0}},
}
PYRIGHT = {
    "type": "object",
    "required": ["version", "time", "generalDiagnostics", "summary"],
    "additionalProperties": False,
    "properties": {
        "version": {"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
        "time": {"type": "string", "pattern": r"^\d+$"},
        "generalDiagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["file", "severity", "message", "range"],
                "additionalProperties": False,
                "properties": {
                    "file": {"type": "string", "pattern": "^/"},
                    "severity": {"enum": ["error", "warning", "information"]},
                    "message": {"type": "string", "minLength": 1},
                    "rule": {"type": "string", "pattern": "^[a-z-]+$"},
                    "range": {"type": "object", "required": ["start", "end"], "additionalProperties": False,
                              "properties": {"start": PYRIGHT_POSITION, "end": PYRIGHT_POSITION}},
                },
            },
        },
        "summary": {
            "type": "object",
            "required": ["filesAnalyzed", "errorCount", "warningCount", "informationCount", "timeInSec"],
            "additionalProperties": False,
            "properties": {
                **{name: {"type": "integer", "minimum": 0}
                   for name in ("filesAnalyzed", "errorCount", "warningCount", "informationCount")},
                "timeInSec": {"type": "number", "minimum": 0},
            },
        },
    },
}
