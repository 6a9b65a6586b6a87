"""What the documentation's site takes from the program instead of from a page: a hook of mkdocs.

A line `<!-- from overt: NAME -->` in a page becomes what NAME says, as the program in OVERT_BINARY tells it: `help`,
`options` (of each command), `rules`, `keys` (of the configuration), `codes` (of other checkers). Each rule has a page, which
`overt explain` writes. Transcripts (`console` fences, which are tests) are shown without the marks that tests need. Pictures of
the extension lie in its folder, where its own README shows them. For programs there are `llms.txt`, which lists the pages and
the rules, and `rules.json`, which is all that `overt explain` has to say.
"""

import json
import os
import pathlib
import re
import subprocess

from mkdocs.structure.files import File

MARK = re.compile(r"^<!-- from overt: (\w+) -->$", re.MULTILINE)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GROUPS = {"mro": "Bases and method resolution order", "marker": "`@override`", "final": "`@final` and `Final`",
          "abstract": "Abstract classes", "imports": "Imports", "syntax": "Syntax", "suppression": "Suppression comments"}
CHECKERS = ["mypy and zuban", "pyright and basedpyright", "pyrefly", "ty", "pylint", "ruff"]


def overt(*arguments):
    return subprocess.run([os.environ["OVERT_BINARY"], *arguments], capture_output=True, text=True, check=True).stdout


def rules():
    return json.loads(overt("rules", "--isolated", "--output-format", "json"))


def level(word):
    return "off" if word == "ignore" else word


def table(head, rows):
    # Braces at the end of a cell would be read as attributes.
    escaped = [[re.sub(r"\{([^}]*)\}$", r"&#123;\1&#125;", cell.replace("|", "\\|")) for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *escaped]) + "\n"


# --- Parts of pages ---------------------------------------------------------------------------------------------------


def help_part():
    return f"```text\n{overt('--help')}```\n"


def options_part():
    listed = overt("--help").partition("commands\n")[2].partition("often used\n")[0]
    return "\n".join(f"### overt {name}\n\n```text\n{overt(name, '--help')}```\n"
                     for name in re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE))


def rules_part():
    parts = []
    listed = rules()
    for group in sorted({rule["group"] for rule in listed}):
        rows = [[f"[`{rule['name']}`]({rule['name']}.md)", level(rule["default"]), rule["summary"]]
                for rule in listed if rule["group"] == group]
        parts.append(f"## {GROUPS.get(group, group)} {{ #{group} }}\n\nGroup `{group}`.\n\n"
                     + table(["rule", "level", "finds"], rows))
    return "\n".join(parts)


def form_of(value):
    """A schema in words."""
    if "anyOf" in value:
        return ", or ".join(form_of(one) for one in value["anyOf"])
    if "enum" in value:
        return ", ".join(f"`{json.dumps(word)}`" for word in value["enum"])
    if value.get("type") == "array":
        if "enum" in value["items"]:
            return "a list of rules and groups"
        return "a list of strings" if value["items"].get("type") == "string" else "a list of tables"
    if value.get("type") == "integer":
        return f"a whole number, {value['minimum']} to {value['maximum']}"
    return {"string": "a string", "boolean": "`true` or `false`", "object": "a table"}[value["type"]]


def keys_part():
    schema = json.loads(overt("config", "schema"))
    sections = {}
    for name, value in schema["properties"].items():
        if name in ("rules", "overrides"):
            sections.setdefault("", []).append((name, value))
        else:
            sections[name] = list(value["properties"].items()) if "properties" in value else [(name, value)]
    parts = []
    for section, keys in sections.items():
        heading = f"### `[{section}]` {{ #{section} }}" if section else "### `[rules]` and `[[overrides]]` { #rules }"
        rows = [[f"`{name}`", form_of(value), f"`{json.dumps(value['default'])}`" if "default" in value else "not set",
                 value["description"]] for name, value in keys]
        parts.append(f"{heading}\n\n" + table(["key", "value", "default", "what it does"], rows))
    return "\n".join(parts)


def codes_part():
    by_checkers = {name: {} for name in CHECKERS}
    for rule in rules():
        for one in rule["elsewhere"]:
            mentioned = set(one["checkers"].split(", "))
            for name in CHECKERS:
                if mentioned & set(name.split(" and ")):
                    mentioned -= set(name.split(" and "))
                    by_checkers[name].setdefault(one["code"], []).append(rule["name"])
            assert not mentioned, f"{mentioned}: no part of the page lists the codes of these"
    parts = []
    for checkers, codes in by_checkers.items():
        rows = [[f"`{code}`", ", ".join(f"[`{name}`](rules/{name}.md)" for name in names)]
                for code, names in sorted(codes.items(), key=lambda item: item[0].lower())]
        parts.append(f"### {checkers}\n\n" + table(["code", "rules of overt"], rows))
    return "\n".join(parts)


PARTS = {"help": help_part, "options": options_part, "rules": rules_part, "keys": keys_part, "codes": codes_part}


def rule_page(rule):
    text = json.loads(overt("explain", rule["name"], "--output-format", "json"))[0]["documentation"]
    title, _, rest = text.partition("\n")
    facts = (f"Group [`{rule['group']}`](index.md#{rule['group']}) · default level **{level(rule['default'])}** · since "
             f"{rule['since']}")
    return f"{title}\n\n{facts}\n{rest}"


# --- Pages for programs -----------------------------------------------------------------------------------------------


def pages_of(nav):
    """The paths of a navigation's pages, in its order."""
    for entry in nav:
        value = next(iter(entry.values())) if isinstance(entry, dict) else entry
        yield from pages_of(value) if isinstance(value, list) else [value]


def llms_text(config):
    """https://llmstxt.org: a title, a sentence, lists of links."""
    docs = pathlib.Path(config["docs_dir"])
    lines = [f"# {config['site_name']}", "", f"> {config['site_description']}", "", "## Pages", ""]
    for name in pages_of(config["nav"]):
        if (docs / name).is_file():
            title = (docs / name).read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
            lines.append(f"- [{title}]({pathlib.PurePosixPath(name).with_suffix('.html')})")
    lines += ["", "## Rules", ""]
    lines += [f"- [{rule['name']}](rules/{rule['name']}.html): {rule['summary']}" for rule in rules()]
    lines += ["", "## Optional", "", "- [rules.json](rules.json): every rule with its whole page",
              "- [overt-findings.schema.json](schemas/overt-findings.schema.json): the schema of a report in JSON"]
    return "\n".join(lines) + "\n"


# --- What mkdocs calls ------------------------------------------------------------------------------------------------


def on_config(config):
    """The pages of rules stand behind the list of rules."""
    for section in config["nav"]:
        for entry in next(iter(section.values())):
            if isinstance(entry, dict) and "Rules" in entry:
                entry["Rules"] += [f"rules/{rule['name']}.md" for rule in rules()]
    return config


def on_files(files, config):
    for rule in rules():
        files.append(File.generated(config, f"rules/{rule['name']}.md", content=rule_page(rule)))
    files.append(File.generated(config, "llms.txt", content=llms_text(config)))
    files.append(File.generated(config, "rules.json", content=overt("explain", "--all", "--output-format", "json")))
    root = pathlib.Path(config["config_file_path"]).parent
    for picture in sorted((root / "vscode-ext/images").glob("*.png")):
        name = picture.relative_to(root).as_posix()
        files.append(File.generated(config, name, abs_src_path=str(picture)))
    return files


def shown(transcript):
    """A transcript as a reader would see it on a terminal."""
    lines = []
    for line in transcript.splitlines():
        if re.fullmatch(r"\? \d+", line):
            continue  # the exit status: a page that cares says it in words
        lines.append(line.removeprefix("2> ").replace("<time>", "0.01 s").replace("<folder>", "/home/you/project"))
    return "\n".join(lines) + "\n"


def on_page_markdown(markdown, **_):
    markdown = markdown.replace("](../../vscode-ext/", "](../vscode-ext/")
    markdown = MARK.sub(lambda found: PARTS[found[1]](), markdown)
    return CONSOLE.sub(lambda found: f"```console\n{shown(found[1])}```", markdown)
