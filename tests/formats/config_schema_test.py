"""The schema of `overt config schema` gives the same verdict as `overt config validate`, for every key.

For each key, values that its form allows and values that it does not are written into an `overt.toml`; the program reads
the file, the schema sees what Python's TOML parser reads from it. Wrong values are the same for all keys, so a key whose
schema is too lenient, or too strict, shows.
"""

import json
import os
import pathlib
import random
import subprocess
import tempfile
import tomllib
import unittest

import jsonschema

OVERT = os.environ["OVERT_BINARY"]
# TOML as written. `50.0` is left out: JSON cannot tell it from 50.
VALUES = ['""', '"x"', '"3.12"', '"3.12.4"', '"3.7"', '"3.99"', '"py312"', '"linux"', '"all"', '"json"', '"jsonn"', '"error"', '"info"', '"lock"', '"strict"',
          '"warning"', '"typing"', "true", "false", "0", "1", "50", "2000", "2001", "-1", "1.5", "[]", '["a"]', '["a", 1]',
          "[1]", "[[]]", "{}", '{ a = 1 }', '{ level = "warn" }', '{ level = "warn", exempt = ["private"] }',
          '{ level = "warn", exempt = ["privat"] }', '{ exempt = [] }', '{ level = 1 }', '{ level = "warn", options = 1 }',
          "[{}]", '[{ include = ["a"] }]', '[{ include = "a" }]', '[{ rules = { duplicate-base = "off" } }]',
          '[{ rules = { duplicate-base = { level = "off" } } }]', '[{ rules = { no-such-rule = "off" } }]',
          '[{ exclude = ["a"], rules = { "@final" = "hint" } }]', '[{ more = 1 }]', '[{ preset = "like-ty" }]',
          '[{ preset = "strct" }]', '[{ preset = 1 }]', '[{ modules = ["a.*"], bases = ["a.B"], members = ["*.m"] }]', '[{ bases = "a.B" }]',
          '[{ decorators = [1] }]']
# Paths of all of VALUES exist, so that only their form is judged; and what stands for a version is one that this overt has.
OF_THE_WORLD = {
    ("extend",): ['"a.toml"', '"./a.toml"', *VALUES[VALUES.index("true"):]],
    ("required-version",): ['">=0.1"', '" ==0.*,!=0.0.1 "', '"~=0.1"', '"0.1.*"', '">0.0.1rc1"', '"~=0"', '">=0.*"', '"=>0.1"', '""',
                            '"newest"', '">=0.1,"', '"0.1.0.*rc1"', *VALUES[VALUES.index("true"):]],
    ("environment", "python"): ['"env"', *VALUES[VALUES.index("true"):]],
    ("environment", "typeshed"): ['"typeshed"', *VALUES[VALUES.index("true"):]],
}


def make_world(folder):
    """What the values above lead to: folders, a configuration, an environment, a copy of typeshed."""
    (folder / "a").mkdir()
    (folder / "a.toml").write_text("")
    (folder / "env/lib/python3.12/site-packages").mkdir(parents=True)
    (folder / "env/pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.12.1\n")
    (folder / "typeshed/stdlib").mkdir(parents=True)
    (folder / "typeshed/stdlib/VERSIONS").write_text("builtins: 3.0-\n")
    (folder / "typeshed/stdlib/builtins.pyi").write_text("class object: ...\n")


def schema_keys(schema, prefix=()):
    """Every key of the schema as a tuple of names; tables of rules count as one key."""
    for name, value in schema["properties"].items():
        if "properties" in value and name != "rules":
            yield from schema_keys(value, (*prefix, name))
        if "properties" not in value or name == "rules" or value["type"] != "object":
            yield (*prefix, name)


def toml_key(names):
    return ".".join(json.dumps(name) for name in names)


class Verdicts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(subprocess.run([OVERT, "config", "schema"], capture_output=True, check=True).stdout)
        kind = jsonschema.validators.validator_for(cls.schema)
        kind.check_schema(cls.schema)  # it is a JSON schema itself
        cls.validator = kind(cls.schema)
        cls.rules = [rule["name"] for rule in json.loads(
            subprocess.run([OVERT, "rules", "--isolated", "--output-format", "json"], capture_output=True, check=True).stdout)]

    def verdicts(self, texts):
        """Asks both about each text; the program reads one file for each."""
        with tempfile.TemporaryDirectory(prefix="overt-schema-") as scratch:
            make_world(pathlib.Path(scratch))
            for text in texts:
                path = pathlib.Path(scratch) / "overt.toml"
                path.write_text(text, encoding="utf-8")
                done = subprocess.run([OVERT, "config", "validate"], cwd=scratch, capture_output=True, text=True, check=False)
                self.assertIn(done.returncode, (0, 2), done.stderr)
                yield text, done.returncode == 0, self.validator.is_valid(tomllib.loads(text)), done.stderr

    def compare(self, texts):
        accepted = 0
        for text, by_program, by_schema, reason in self.verdicts(texts):
            accepted += by_program
            self.assertEqual(by_schema, by_program, f"{text}\nthe program: {reason or 'is fine'}")
        return accepted

    def test_every_key_with_every_value(self):
        keys = list(schema_keys(self.schema))
        self.assertGreaterEqual(len(keys), 19)
        for key in keys:
            with self.subTest(key=".".join(key)):
                values = OF_THE_WORLD.get(key, VALUES)
                accepted = self.compare([f"{toml_key(key)} = {value}\n" for value in values])
                self.assertGreater(accepted, 0)
                self.assertLess(accepted, len(values))

    def test_every_rule_and_group(self):
        groups = ["all", "@all", "mro", "@mro", "final", "@final", "marker", "@suppression"]
        names = [*self.rules, *groups, "no-such-rule", "@missing-override", "Missing-Override", ""]
        values = ['"error"', '"warn"', '"warning"', '"info"', '"hint"', '"ignore"', '"off"', '"none"', "1"]
        chosen = random.Random(20)
        texts = [f"[rules]\n{toml_key([name])} = {value}\n" for name in names for value in chosen.sample(values, 4)]
        texts += [f"[rules]\n{toml_key([name])} = {{ level = \"warn\", exempt = [\"constructors\"] }}\n" for name in names]
        self.assertGreater(self.compare(texts), len(names))

    def test_keys_that_do_not_exist(self):
        texts = []
        for key in schema_keys(self.schema):
            texts.append(f"{toml_key((*key[:-1], key[-1] + 's'))} = true\n")
            texts.append(f"{toml_key((*key[:-1], key[-1].upper()))} = true\n")
        self.assertEqual(self.compare([*texts, "[sources]\n", "[src.more]\n", "[tool.overt]\n"]), 0)

    def test_defaults_are_accepted(self):
        for key in schema_keys(self.schema):
            node = self.schema
            for name in key:
                node = node["properties"][name]
            self.assertTrue(node.get("description"), key)
            if "default" in node:
                whole = {}
                inner = whole
                for name in key[:-1]:
                    inner = inner.setdefault(name, {})
                inner[key[-1]] = node["default"]
                self.assertEqual([error.message for error in self.validator.iter_errors(whole)], [], key)

    def test_what_the_program_shows_is_a_configuration(self):
        shown = subprocess.run([OVERT, "config", "show", "--isolated"], capture_output=True, check=True, text=True).stdout
        self.assertEqual([error.message for error in self.validator.iter_errors(tomllib.loads(shown))], [])


if __name__ == "__main__":
    unittest.main()
