"""Every format, of a project that is as unkind as a project may be (`project.py`), read as its readers read it."""

import collections
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree as ElementTree

import jsonschema
import junitparser

import project
import schemas

ROOT = pathlib.Path(__file__).resolve().parents[2]
FINDINGS = json.loads((ROOT / "docs/schemas/overt-findings.schema.json").read_text(encoding="utf-8"))
BASELINE = json.loads((ROOT / "docs/schemas/overt-baseline.schema.json").read_text(encoding="utf-8"))
LINE = {**{key: value for key, value in FINDINGS.items() if key != "$ref"}, "$ref": "#/$defs/line"}
MOST_SHOWN = 10_000  # of one file


def validator(schema):
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def complaints(schema, value):
    return [f"{error.json_path}: {error.message[:300]}" for error in validator(schema).iter_errors(value)]


def github_commands(log):
    """The workflow commands in a log, as GitHub's runner finds them: lines that begin with `::`."""
    commands = []
    for line in log.splitlines():
        if found := re.match(r"\s*::(\w+)(?: ([^:]*))?::(.*)", line):
            values = dict(part.split("=", 1) for part in (found[2] or "").split(",") if part)
            for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
                values = {key: value.replace(code, character) for key, value in values.items()}
            commands.append((found[1], values, found[3]))
    return commands


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="overt-formats-")
        cls.folder = pathlib.Path(cls.scratch.name) / "project"
        cls.folder.mkdir()
        project.write(cls.folder)
        cls.runs = {name: project.run(cls.folder, name) for name in project.FORMATS}
        cls.findings = json.loads(cls.runs["json"][1])["diagnostics"]

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def text(self, name):
        return self.runs[name][1].decode("utf-8")  # strictly: a report is valid UTF-8

    def test_the_project_is_what_the_tests_need(self):
        self.assertEqual({run[0] for run in self.runs.values()}, {1})
        self.assertGreaterEqual(len({finding["rule"] for finding in self.findings}), 12)
        self.assertEqual({finding["severity"] for finding in self.findings}, {"error", "warning", "info"})
        twice = [finding for finding in self.findings if finding["message"] == "`A` lists `str` twice among its bases"]
        self.assertEqual(len({finding["location"]["path"] for finding in twice}), len(project.NAMES))

    def test_json(self):
        self.assertEqual(complaints(FINDINGS, json.loads(self.text("json"))), [])

    def test_json_offsets_are_those_of_the_file(self):
        for finding in self.findings:
            path = finding["location"]["path"]
            if path not in project.FILES:
                continue
            start, end = finding["location"]["start"], finding["location"]["end"]
            before = project.FILES[path].encode()[:start["offset"]].decode()
            self.assertEqual((start["line"], start["column"]), (before.count("\n") + 1, len(before.split("\n")[-1]) + 1))
            self.assertLessEqual(start["offset"], end["offset"])

    def test_json_lines(self):
        lines = project.lines_of(self.runs["json-lines"][1])
        for line in lines:
            self.assertEqual(complaints(LINE, line), [])
        self.assertEqual(lines, self.findings)

    def test_the_schema_refuses_what_it_should(self):
        """A schema that takes everything would pass all of the above."""
        whole = json.loads(self.text("json"))
        for damage in ({"schema_version": 2}, {"more": 1}, {"internal_errors": [""]}, {"omitted": [{"path": "a"}]},
                       {"diagnostics": [{**self.findings[0], "severity": "ignore"}]},
                       {"diagnostics": [{**self.findings[0], "extra": 1}]}):
            self.assertNotEqual(complaints(FINDINGS, {**whole, **damage}), [], damage)
        self.assertNotEqual(complaints(LINE, whole), [])

    def test_sarif(self):
        report = json.loads(self.text("sarif"))
        self.assertEqual(complaints(schemas.sarif(), report), [])
        results = report["runs"][0]["results"]
        rules = report["runs"][0]["tool"]["driver"]["rules"]
        self.assertEqual([result["ruleId"] for result in results], [finding["rule"] for finding in self.findings])
        for result in results:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
        fingerprints = [result["partialFingerprints"]["overt/v1"] for result in results]
        self.assertEqual(len(set(fingerprints)), len(fingerprints))
        uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
        self.assertTrue(all(re.fullmatch(r"[!-~]+", uri) for uri in uris), uris)
        # Decoded they are the very names, those that are no UTF-8 too.
        self.assertLessEqual(set(project.NAMES), {urllib.parse.unquote_to_bytes(uri) for uri in uris})

    def test_fixes_are_the_same_everywhere(self):
        results = json.loads(self.text("sarif"))["runs"][0]["results"]
        reviewed = json.loads(self.text("rdjson"))["diagnostics"]
        for finding, result, review in zip(self.findings, results, reviewed, strict=True):
            fixes = [fix for fix in finding["fixes"] if fix["edits"]]
            self.assertEqual([fix["description"]["text"] for fix in result.get("fixes", [])], [fix["title"] for fix in fixes])
            self.assertEqual([len(fix["artifactChanges"][0]["replacements"]) for fix in result.get("fixes", [])],
                             [len(fix["edits"]) for fix in fixes])
            self.assertEqual([one["text"] for one in review.get("suggestions", [])],
                             [fix["edits"][0]["replacement"] for fix in fixes if len(fix["edits"]) == 1])
            for fix in fixes:
                places = [offset for edit in fix["edits"]
                          for offset in (edit["location"]["start"]["offset"], edit["location"]["end"]["offset"])]
                self.assertEqual(places, sorted(places))
                self.assertEqual({edit["location"]["path"] for edit in fix["edits"]}, {finding["location"]["path"]})

    def test_a_baseline_of_everything(self):
        """Its file is what its schema says, and leaves nothing over but what SARIF has a word for."""
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            project.write(folder)
            made = subprocess.run([os.environ["OVERT_BINARY"], "baseline", "create", "--python-version", "3.13", *project.STRICT],
                                  cwd=folder, capture_output=True, check=True)
            self.assertEqual(made.stdout.decode(), f"overt-baseline.json: {len(self.findings)} findings accepted\n")
            baseline = json.loads((folder / "overt-baseline.json").read_text(encoding="utf-8"))
            self.assertEqual(complaints(BASELINE, baseline), [])
            self.assertEqual(sum(one.get("count", 1) for one in baseline["findings"]), len(self.findings))
            self.assertNotEqual(complaints(BASELINE, {**baseline, "schema_version": 2}), [])
            self.assertNotEqual(complaints(BASELINE, {**baseline, "findings": [{"rule": "x", "path": "y"}]}), [])
            for name in project.FORMATS:
                code, output, errors = project.run(folder, name)
                self.assertEqual(code, 0, errors)
                if name == "sarif":
                    report = json.loads(output)
                    self.assertEqual(complaints(schemas.sarif(), report), [])
                    states = [result["baselineState"] for result in report["runs"][0]["results"]]
                    self.assertEqual(states, ["unchanged"] * len(self.findings))
                elif name == "json":
                    self.assertEqual(json.loads(output)["diagnostics"], [])

    def test_fingerprints_outlive_a_change_of_lines(self):
        with tempfile.TemporaryDirectory() as scratch:
            moved = pathlib.Path(scratch)
            for name, text in project.FILES.items():
                (moved / name).write_text("\n\n# moved\n" + text.replace("\n\n", "\n\n\n"), encoding="utf-8")
            for name in ("sarif", "gitlab"):
                _, output, _ = project.run(moved, name)
                self.assertEqual(self.fingerprints(name, json.loads(output)),
                                 self.fingerprints(name, json.loads(self.text(name))), name)

    @staticmethod
    def fingerprints(name, report):
        """{fingerprint: rule} of what is in the files of FILES, but for syntax errors, whose text may say a line."""
        if name == "gitlab":
            found = [(one["fingerprint"], one["check_name"], one["location"]["path"]) for one in report]
        else:
            found = [(one["partialFingerprints"]["overt/v1"], one["ruleId"],
                      one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
                     for one in report["runs"][0]["results"]]
        return {mark: rule for mark, rule, path in found if path in project.FILES and rule != "syntax-error"}

    def test_gitlab(self):
        report = json.loads(self.text("gitlab"))
        self.assertEqual(complaints(schemas.GITLAB, report), [])
        self.assertEqual([one["check_name"] for one in report], [finding["rule"] for finding in self.findings])
        self.assertEqual(len({one["fingerprint"] for one in report}), len(report))

    def test_rdjson(self):
        report = json.loads(self.text("rdjson"))
        self.assertEqual(complaints(schemas.rdjson(), report), [])
        self.assertEqual([one["code"]["value"] for one in report["diagnostics"]],
                         [finding["rule"] for finding in self.findings])

    def test_junit(self):
        read = junitparser.JUnitXml.fromstring(self.runs["junit"][1])
        self.assertEqual((read.tests, read.failures, read.errors), (len(self.findings), len(self.findings), 0))
        cases = [case for suite in read for case in suite]
        self.assertEqual([case.result[0].type for case in cases], [finding["rule"] for finding in self.findings])
        self.assertEqual([case.result[0].message for case in cases], [finding["message"] for finding in self.findings])
        tags = collections.Counter(element.tag for element in ElementTree.fromstring(self.runs["junit"][1]).iter())
        self.assertEqual(tags, {"testsuites": 1, "testsuite": 1, "testcase": len(cases), "failure": len(cases)})

    def test_mypy(self):
        """Each line is one that mypy could have printed: read with the very pattern of its documentation's form."""
        lines = self.text("mypy").splitlines()
        found = [re.fullmatch(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<level>error|warning|note): "
                              r"(?P<text>.+?)(?:  \[(?P<code>[a-z-]+)\])?", line) for line in lines]
        self.assertTrue(all(found), lines)
        coded = [one for one in found if one["code"]]
        levels = {"error": "error", "warning": "warning", "info": "note"}
        self.assertEqual([(one["code"], one["level"], int(one["line"]), int(one["column"])) for one in coded],
                         [(finding["rule"], levels[finding["severity"]], finding["location"]["start"]["line"],
                           finding["location"]["start"]["column"]) for finding in self.findings])
        self.assertEqual({one["level"] for one in found if not one["code"]}, {"note"})
        self.assertEqual(len(found) - len(coded),
                         sum(len(finding["notes"]) + len(finding["related"]) for finding in self.findings))

    def test_mypy_json(self):
        lines = project.lines_of(self.runs["mypy-json"][1])
        self.assertEqual([problem for line in lines for problem in complaints(schemas.MYPY, line)], [])
        coded = [line for line in lines if line["code"]]
        for line, finding in zip(coded, self.findings, strict=True):
            start, end = finding["location"]["start"], finding["location"]["end"]
            self.assertEqual([line["file"], line["code"], line["message"]],
                             [finding["location"]["path"], finding["rule"], finding["message"]])
            self.assertEqual([line["line"], line["column"], line["end_line"], line["end_column"]],
                             [start["line"], start["column"] - 1, end["line"], end["column"] - 1])
            self.assertEqual(line["hint"], "\n".join(note["message"] for note in finding["notes"]) or None)
        self.assertEqual(len(lines) - len(coded), sum(len(finding["related"]) for finding in self.findings))

    def test_pyright_json(self):
        report = json.loads(self.text("pyright-json"))
        self.assertEqual(complaints(schemas.PYRIGHT, report), [])
        levels = {"error": "error", "warning": "warning", "info": "information"}
        for one, finding in zip(report["generalDiagnostics"], self.findings, strict=True):
            path = finding["location"]["path"]
            self.assertEqual([one["file"], one["rule"], one["severity"], one["message"].split("\n")[0]],
                             [f"{self.folder.resolve()}/{path}", finding["rule"], levels[finding["severity"]],
                              finding["message"]])
            if path in project.FILES:
                for name in ("start", "end"):
                    before = project.FILES[path].encode()[:finding["location"][name]["offset"]].decode().split("\n")
                    self.assertEqual(one["range"][name], {"line": len(before) - 1,
                                                          "character": len(before[-1].encode("utf-16-le")) // 2})
        totals = collections.Counter(one["severity"] for one in report["generalDiagnostics"])
        self.assertEqual({**report["summary"], "filesAnalyzed": 0},
                         {"filesAnalyzed": 0, "errorCount": totals["error"], "warningCount": totals["warning"],
                          "informationCount": totals["information"], "timeInSec": 0})

    def test_github(self):
        commands = github_commands(self.text("github"))
        self.assertEqual(len(commands), len(self.text("github").splitlines()))
        words = {"error": "error", "warning": "warning", "info": "notice"}
        self.assertEqual([(name, values["title"]) for name, values, _ in commands],
                         [(words[finding["severity"]], f"overt {finding['rule']}") for finding in self.findings])
        self.assertIn("%0Ahelp: did you mean `read` of `Base`?",
                      "".join(words for _, _, words in commands))
        self.assertIn("a,b:c%0A::error::<&'\"]]>.py", {values["file"] for _, values, _ in commands})

    def test_a_log_holds_no_command_of_a_project(self):
        """What people read in a CI log, on both streams, has no line that GitHub, Azure or TeamCity would obey."""
        for name in ("full", "concise", "github", "junit", "grouped", "pylint", "markdown", "mypy"):
            _, output, errors = self.runs[name]
            log = output.decode("utf-8") + errors
            self.assertEqual(re.findall(r"##\[|##vso\[|##teamcity\[", log), [], name)
            if name != "github":
                self.assertEqual(github_commands(log), [], name)
        _, output, errors = project.run(self.folder, None, environment={"GITHUB_ACTIONS": "true"})
        self.assertEqual(len(github_commands(output.decode("utf-8") + errors)), len(self.findings))

    def test_azure(self):
        _, output, errors = self.runs["azure"]
        lines = output.decode("utf-8").splitlines()
        self.assertEqual(len(lines), len(self.findings))
        kinds = set()
        for line, finding in zip(lines, self.findings, strict=True):
            found = re.fullmatch(r"##vso\[task\.logissue type=(error|warning);sourcepath=([^;\]]*);linenumber=(\d+);"
                                 r"columnnumber=(\d+);code=([a-z-]+);\](.*)", line)
            self.assertTrue(found, line)
            kinds.add(found[1])
            start = finding["location"]["start"]
            self.assertEqual([int(found[3]), int(found[4]), found[5]], [start["line"], start["column"], finding["rule"]])
            self.assertEqual(re.findall(r"##\[|##vso\[|##teamcity\[", line[2:]), [], line)
        self.assertEqual(kinds, {"error", "warning"})

    def test_teamcity(self):
        _, output, _ = self.runs["teamcity"]
        value = r"'((?:[^|'\[\]\r\n]|\|[|'\[\]nr]|\|0x[0-9a-fA-F]{4})*)'"
        types, found = set(), []
        for line in output.decode("utf-8").splitlines():
            if kind := re.fullmatch(rf"##teamcity\[inspectionType id={value} name={value} description={value} category='overt'\]", line):
                self.assertNotIn(kind[1], types)
                types.add(kind[1])
                continue
            one = re.fullmatch(rf"##teamcity\[inspection typeId={value} message={value} file={value} line='(\d+)' SEVERITY='(ERROR|WARNING|INFO)'\]", line)
            self.assertTrue(one, line)
            self.assertIn(one[1], types)
            found.append((one[1], int(one[4])))
        self.assertEqual(found, [(one["rule"], one["location"]["start"]["line"]) for one in self.findings])

    def test_markdown_is_one_table(self):
        _, output, _ = self.runs["markdown"]
        lines = output.decode("utf-8").splitlines()
        self.assertEqual(lines[1:4], ["", "| place | level | rule | finding |", "| --- | --- | --- | --- |"])
        rows = lines[4:]
        self.assertEqual(len(rows), len(self.findings))
        for row, finding in zip(rows, self.findings, strict=True):
            cells = re.split(r"(?<!\\)\|", row)  # a bar within a cell is escaped
            self.assertEqual(len(cells), 6, row)
            self.assertEqual(cells[3].strip(), f"`{finding['rule']}`")
            outside = re.sub(r"`[^`]*`", "", row)
            self.assertEqual(re.findall(r"[<>@]|://", outside), [], row)

    def test_a_line_for_each_finding(self):
        for name, pattern in (("pylint", r".+:\d+: \[[a-z-]+\] .+"), ("grouped", r"  \d+:\d+ [a-z]+\[[a-z-]+\] .+")):
            lines = [line for line in self.runs[name][1].decode("utf-8").splitlines() if re.fullmatch(pattern, line)]
            self.assertEqual(len(lines), len(self.findings), name)

    def test_nothing_reaches_a_terminal_raw(self):
        allowed = {"\n"}
        for name, (_, output, errors) in self.runs.items():
            for character in output.decode("utf-8") + errors:
                code = ord(character)
                is_control = code < 0x20 or 0x7F <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
                if is_control and character not in allowed and not (name.startswith(("json", "sarif", "gitlab", "rdjson",
                                                                                     "mypy-json", "pyright-json"))
                                                                    and code >= 0x7F):
                    self.fail(f"{name}: U+{code:04X}")

    def test_files_lists_names_that_are_safe_too(self):
        done = subprocess.run([os.environ["OVERT_BINARY"], "files", "."], cwd=self.folder, capture_output=True, check=True)
        log = done.stdout.decode("utf-8")
        self.assertEqual(len(log.splitlines()), len(project.NAMES) + len(project.FILES))
        self.assertEqual(github_commands(log), [])


@unittest.skipUnless("OVERT_TEST_TRAP" in os.environ, "no library that makes overt fail (--trap)")
class InternalErrors(unittest.TestCase):
    """A file that overt fails on, in the middle: the document is closed, the others' findings and the failure are in it."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="overt-formats-")
        cls.folder = pathlib.Path(cls.scratch.name)
        for name in ("a.py", "trap_segv.py", "z.py"):
            (cls.folder / name).write_text(project.TWICE)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def report(self, name):
        code, output, errors = project.run(self.folder, name, environment={"LD_PRELOAD": os.environ["OVERT_TEST_TRAP"]})
        self.assertEqual(code, 101, errors)
        self.assertIn("internal error in trap_segv.py: ", errors)
        return output.decode("utf-8")

    def test_json(self):
        report = json.loads(self.report("json"))
        self.assertEqual(complaints(FINDINGS, report), [])
        self.assertEqual([one["location"]["path"] for one in report["diagnostics"]], ["a.py", "z.py"])
        self.assertEqual(len(report["internal_errors"]), 1)
        self.assertRegex(report["internal_errors"][0], "^trap_segv.py: .+")

    def test_json_lines(self):
        lines = [json.loads(line) for line in self.report("json-lines").splitlines()]
        self.assertEqual([problem for line in lines for problem in complaints(LINE, line)], [])
        self.assertEqual([list(line)[0] for line in lines], ["rule", "rule", "internal_error"])

    def test_sarif(self):
        report = json.loads(self.report("sarif"))
        self.assertEqual(complaints(schemas.sarif(), report), [])
        invocation = report["runs"][0]["invocations"][0]
        self.assertFalse(invocation["executionSuccessful"])
        self.assertEqual(len(invocation["toolExecutionNotifications"]), 1)
        self.assertEqual(len(report["runs"][0]["results"]), 2)

    def test_gitlab(self):
        report = json.loads(self.report("gitlab"))
        self.assertEqual(complaints(schemas.GITLAB, report), [])
        self.assertEqual([one["check_name"] for one in report], ["duplicate-base", "duplicate-base", "internal-error"])

    def test_rdjson(self):
        report = json.loads(self.report("rdjson"))
        self.assertEqual(complaints(schemas.rdjson(), report), [])
        self.assertEqual([one["location"]["path"] for one in report["diagnostics"]], ["a.py", "z.py", "trap_segv.py"])

    def test_junit(self):
        read = junitparser.JUnitXml.fromstring(self.report("junit").encode())
        self.assertEqual((read.tests, read.failures, read.errors), (3, 2, 1))

    def test_mypy_json(self):
        lines = [json.loads(line) for line in self.report("mypy-json").splitlines()]
        self.assertEqual([problem for line in lines for problem in complaints(schemas.MYPY, line)], [])
        self.assertEqual([line["file"] for line in lines if line["severity"] == "error"], ["a.py", "z.py", "trap_segv.py"])

    def test_pyright_json(self):
        report = json.loads(self.report("pyright-json"))
        self.assertEqual(complaints(schemas.PYRIGHT, report), [])
        self.assertEqual([pathlib.Path(one["file"]).name for one in report["generalDiagnostics"]],
                         ["a.py", "z.py", "trap_segv.py"])

    def test_github(self):
        self.assertEqual([name for name, _, _ in github_commands(self.report("github"))], ["error"] * 3)


class AMillion(unittest.TestCase):
    """1,000,000 findings in 20 files: counted exactly, the first of each file shown, the others counted by file."""

    FILES, EACH = 20, 50_000

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="overt-formats-")
        cls.folder = pathlib.Path(cls.scratch.name)
        for number in range(cls.FILES):
            (cls.folder / f"m{number:02}.py").write_text("0# overt: ignore[cyclic-base]\n" * cls.EACH)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def test_json_lines(self):
        shown, omitted = collections.Counter(), {}
        _, output, errors = project.run(self.folder, "json-lines")
        for line in output.splitlines():
            record = json.loads(line)
            if "omitted" in record:
                omitted[record["omitted"]["path"]] = record["omitted"]["findings"]
                continue
            place = record["location"]
            shown[place["path"]] += 1
            self.assertEqual(place["start"]["line"], shown[place["path"]])  # the first ones, in order
        names = {f"m{number:02}.py" for number in range(self.FILES)}
        self.assertEqual(shown, {name: MOST_SHOWN for name in names})
        self.assertEqual(omitted, {name: self.EACH - MOST_SHOWN for name in names})
        self.assertRegex(errors, r"^overt: 1000000 warnings \(1000000 fixable with `overt fix`\) in 20 files")


class TooMany(unittest.TestCase):
    """One file with more findings than are shown, in every format."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="overt-formats-")
        cls.folder = pathlib.Path(cls.scratch.name)
        (cls.folder / "many.py").write_text("0# overt: ignore[cyclic-base]\n" * (MOST_SHOWN + 3))
        (cls.folder / "one.py").write_text("0# overt: ignore[cyclic-base]\n")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def report(self, name):
        code, output, _ = project.run(self.folder, name)
        self.assertEqual(code, 0)  # warnings
        return output.decode("utf-8")

    def test_json(self):
        report = json.loads(self.report("json"))
        self.assertEqual(complaints(FINDINGS, {**report, "diagnostics": []}), [])
        self.assertEqual(len(report["diagnostics"]), MOST_SHOWN + 1)
        self.assertEqual(report["omitted"], [{"path": "many.py", "findings": 3}])
        self.assertEqual(report["summary"]["warnings"], MOST_SHOWN + 4)

    def test_sarif(self):
        run = json.loads(self.report("sarif"))["runs"][0]
        self.assertEqual(len(run["results"]), MOST_SHOWN + 1)
        self.assertEqual(run["invocations"], [{"executionSuccessful": True, "toolExecutionNotifications": [
            {"level": "warning", "message": {"text": "3 more findings in this file are not shown"},
             "locations": [{"physicalLocation": {"artifactLocation": {"uri": "many.py"}}}]}]}])
        short = {"version": "2.1.0", "runs": [{**run, "results": run["results"][:2]}]}
        self.assertEqual(complaints(schemas.sarif(), short), [])

    def test_gitlab(self):
        report = json.loads(self.report("gitlab"))
        self.assertEqual(complaints(schemas.GITLAB, report[-2:]), [])
        self.assertEqual(report[-1]["description"], "3 more findings in this file are not shown")
        self.assertEqual(len(report), MOST_SHOWN + 2)

    def test_rdjson(self):
        report = json.loads(self.report("rdjson"))
        self.assertEqual(complaints(schemas.rdjson(), {**report, "diagnostics": report["diagnostics"][-2:]}), [])
        self.assertEqual(report["diagnostics"][-1]["location"], {"path": "many.py"})

    def test_mypy_json(self):
        lines = [json.loads(line) for line in self.report("mypy-json").splitlines()[-2:]]
        self.assertEqual([problem for line in lines for problem in complaints(schemas.MYPY, line)], [])
        self.assertEqual([lines[-1]["file"], lines[-1]["severity"], lines[-1]["message"]],
                         ["many.py", "note", "3 more findings in this file are not shown"])

    def test_pyright_json(self):
        report = json.loads(self.report("pyright-json"))
        last = report["generalDiagnostics"][-1]
        self.assertEqual(complaints(schemas.PYRIGHT, {**report, "generalDiagnostics": [last]}), [])
        self.assertEqual([last["severity"], last["message"]],
                         ["information", "3 more findings in this file are not shown"])
        self.assertEqual(report["summary"]["warningCount"], MOST_SHOWN + 4)

    def test_junit(self):
        read = junitparser.JUnitXml.fromstring(self.report("junit").encode())
        self.assertEqual((read.tests, read.failures), (MOST_SHOWN + 2, MOST_SHOWN + 2))

    def test_lines(self):
        text = "3 more findings in this file are not shown"
        self.assertEqual(self.report("concise").splitlines()[-1], f"many.py: {text}")
        self.assertEqual(self.report("mypy").splitlines()[-1], f"many.py:1:1: note: {text}")
        self.assertEqual(self.report("full").splitlines()[-2], f" --> many.py: {text}")
        self.assertEqual(self.report("github").splitlines()[-1], f"::notice title=overt,file=many.py::{text}")
        self.assertEqual(len(self.report("concise").splitlines()), MOST_SHOWN + 2)


if __name__ == "__main__":
    unittest.main()
