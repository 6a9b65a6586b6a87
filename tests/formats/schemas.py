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
