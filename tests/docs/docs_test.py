"""The documentation's site builds, its links lead somewhere, and what it says of the program is so.

    python3 docs_test.py --overt BINARY [--work FOLDER] [unittest's arguments]
"""

import argparse
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import docs  # noqa: E402: found by the line above

PAGES = sorted((ROOT / "docs").rglob("*.md"))
FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
OPTIONS = None


def overt(*arguments):
    return subprocess.run([OPTIONS.overt, *arguments], capture_output=True, text=True, check=True).stdout


def commands_shown():
    """Every call of overt in the pages' code: in fences of the shell and of YAML, and in backticks; as lists of words."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for _, info, body in FENCE.findall(text):
            if info.strip() in ("sh", "yaml", "console"):
                if info.strip() == "console":  # what is typed, not what is printed
                    body = "\n".join(line for line in body.splitlines() if line.startswith("$ "))
                for call in re.findall(r"(?:^|[\s`])overt ([^\n|>#&]*)", body):
                    yield page, call.split()
        for call in re.findall(r"`overt ([^`\n]*)`", FENCE.sub("", text)):
            yield page, call.split()


class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = OPTIONS.work / "site"
        cls.fine, cls.words = docs.build(OPTIONS.overt, cls.site, OPTIONS.work / "env")

    def page(self, name):
        return (self.site / name).read_text(encoding="utf-8")

    def test_it_builds_without_a_warning(self):
        self.assertTrue(self.fine, self.words)

    def test_links_lead_somewhere(self):
        problems, external, count = docs.check_links(self.site)
        self.assertEqual(problems, [])
        self.assertGreater(count, 500)
        self.assertTrue(all(link.startswith("https://") for link in external), external)

    def test_nothing_is_fetched_from_elsewhere(self):
        """A reader of the site tells nobody else of it."""
        for path in self.site.rglob("*.html"):
            loaded = re.findall(r"<(?:script|img|link)\b[^>]*?(?:src|href)=\"?(https?:[^\s\">]+)", path.read_text("utf-8"))
            self.assertEqual(loaded, [], path)

    def test_the_search_finds_rules(self):
        index = json.loads(self.page("search/search_index.json"))
        places = {document["location"] for document in index["docs"]}
        self.assertIn("rules/missing-override.html", places)

    def test_every_rule_has_a_page(self):
        listed = self.page("rules/index.html")
        for rule in json.loads(overt("rules", "--isolated", "--output-format", "json")):
            page = self.page(f"rules/{rule['name']}.html")
            self.assertIn(f'href="{rule["name"]}.html"', listed)
            for heading in ("why", "how-to-fix", "how-to-silence", "in-other-checkers"):
                self.assertIn(f'id="{heading}"', page, rule["name"])

    def test_every_key_is_described(self):
        page = self.page("configuration.html")
        text = html.unescape(re.sub(r"<[^>]+>", "", page))
        for section, value in json.loads(overt("config", "schema"))["properties"].items():
            keys = value["properties"] if "properties" in value and section != "rules" else {section: value}
            for key, described in keys.items():
                self.assertIn(f"<code>{key}</code>", page)
                self.assertIn(described["description"].replace("`", ""), text)

    def test_every_code_of_another_checker_is_listed(self):
        page = self.page("migration.html")
        codes = {one["code"] for rule in json.loads(overt("rules", "--isolated", "--output-format", "json"))
                 for one in rule["elsewhere"]}
        self.assertGreater(len(codes), 40)
        for code in codes:
            self.assertIn(f"<code>{code}</code>", page)
            overt("explain", code)  # would fail for one that is not known

    def test_every_format_is_listed(self):
        page = self.page("output-formats.html")
        choices = json.loads(overt("config", "schema"))["properties"]["terminal"]["properties"]["output-format"]["enum"]
        for name in choices:
            self.assertIn(f"<code>{name}</code>", page)

    def test_programs_read_every_rule_and_every_page(self):
        self.assertEqual(self.page("rules.json"), overt("explain", "--all", "--output-format", "json"))
        listed = self.page("llms.txt")
        self.assertTrue(listed.startswith("# overt\n\n> "), listed)
        for rule in json.loads(self.page("rules.json")):
            self.assertIn(f"- [{rule['name']}](rules/{rule['name']}.html): {rule['summary']}\n", listed)
        for page in PAGES:
            self.assertIn(f"]({page.relative_to(ROOT / 'docs').with_suffix('.html').as_posix()})", listed)

    def test_the_schema_is_served(self):
        self.assertEqual(self.page("schemas/overt-findings.schema.json"),
                         (ROOT / "docs/schemas/overt-findings.schema.json").read_text(encoding="utf-8"))


class Transcripts(unittest.TestCase):
    def test_they_are_true(self):
        with_transcripts = [page for page in PAGES if "```console" in page.read_text(encoding="utf-8")]
        self.assertGreater(len(with_transcripts), 5)
        done = subprocess.run([sys.executable, ROOT / "tests/cli/run.py", "--overt", OPTIONS.overt, *with_transcripts],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(" 0 failed, 0 skipped", done.stdout)


class Commands(unittest.TestCase):
    def test_options_exist(self):
        known = set(OPTION.findall(overt("completions", "bash")))  # of every command
        shown = 0
        for page, words in commands_shown():
            for option in OPTION.findall(" ".join(words)):
                shown += 1
                self.assertIn(option, known, f"{page.name}: overt {' '.join(words)}")
        self.assertGreater(shown, 20)

    def test_commands_exist(self):
        listed = overt("--help").partition("commands\n")[2].partition("often used\n")[0]
        known = set(re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE))
        folders = {"src", "tests"}  # `overt src` means `overt check src`
        for page, words in commands_shown():
            if words and not words[0].startswith("-"):
                self.assertIn(words[0], known | folders, f"{page.name}: overt {' '.join(words)}")


class Readme(unittest.TestCase):
    def test_its_command_line_is_the_help(self):
        self.assertIn(f"## Command line\n\n```text\n{overt('--help')}```\n",
                      (ROOT / "README.md").read_text(encoding="utf-8"))

    def test_its_links_lead_to_files_and_name_every_page(self):
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        links = {link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link}
        for link in links:
            self.assertTrue((ROOT / link).exists(), link)
        # The list of rules stands in the README itself.
        pages = {str(page.relative_to(ROOT)) for page in PAGES} - {"docs/rules/index.md"}
        self.assertEqual(pages - links, set(), "the README does not name these pages")


class Checker(unittest.TestCase):
    """The checks find what they are for."""

    def check(self, **pages):
        with tempfile.TemporaryDirectory() as site:
            for name, text in pages.items():
                (pathlib.Path(site) / f"{name}.html").write_text(text, encoding="utf-8")
            return docs.check_links(site)

    def test_broken_links_are_found(self):
        problems, external, count = self.check(
            a='<h1 id="top">A</h1><a href="b.html#there">1</a><a href="#top">2</a><a href="https://example.com/">3</a>',
            b='<p id="there"><a href="c.html">4</a><a href="a.html#nowhere">5</a><a href="../outside.html">6</a>')
        self.assertEqual(problems, ["b.html: c.html: there is no such page", "b.html: a.html#nowhere: the page has no such anchor",
                                    "b.html: ../outside.html: there is no such page"])
        self.assertEqual((external, count), ({"https://example.com/"}, 6))

    def test_a_list_for_language_models_is_read_too(self):
        with tempfile.TemporaryDirectory() as site:
            (pathlib.Path(site) / "llms.txt").write_text("- [A](a.html)\n- [B](https://example.com/)\n", encoding="utf-8")
            problems, external, count = docs.check_links(site)
        self.assertEqual((problems, external, count), (["llms.txt: a.html: there is no such page"], {"https://example.com/"}, 2))

    def test_a_link_within_the_pages_that_leads_nowhere_stops_the_build(self):
        with tempfile.TemporaryDirectory() as scratch:
            copy = pathlib.Path(scratch)
            shutil.copytree(ROOT / "docs", copy / "docs")
            (copy / "tools").mkdir()
            shutil.copy(ROOT / "tools/docs_pages.py", copy / "tools")
            shutil.copy(ROOT / "mkdocs.yml", copy)
            page = copy / "docs/cache.md"
            page.write_text(page.read_text(encoding="utf-8") + "\n[nowhere](ci.md#nowhere)\n", encoding="utf-8")
            fine, words = docs.build(OPTIONS.overt, copy / "site", OPTIONS.work / "env", root=copy)
        self.assertFalse(fine)
        self.assertIn("#nowhere", words)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", required=True)
    parser.add_argument("--work", default=ROOT / "build", type=pathlib.Path)
    OPTIONS, rest = parser.parse_known_args()
    OPTIONS.overt = str(pathlib.Path(OPTIONS.overt).resolve())
    OPTIONS.work = OPTIONS.work.absolute() / "docs-test"
    OPTIONS.work.mkdir(parents=True, exist_ok=True)
    unittest.main(argv=[sys.argv[0], *rest])
