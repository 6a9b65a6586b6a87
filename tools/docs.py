"""Builds the documentation's site and checks its links.

    python3 tools/docs.py --overt build/release/overt --site build/docs

Every warning of mkdocs is an error. Links within the site, those of its `llms.txt` too, must lead to a page and an anchor
that exist; links to other sites are listed with `--external` and not fetched.
"""

import argparse
import html.parser
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import python_environment  # noqa: E402: found by the line above

ROOT = pathlib.Path(__file__).resolve().parents[1]


MARKDOWN_LINK = re.compile(r"\]\(([^)\s]+)\)")


class MarkdownPage:
    """The links of a text of Markdown that is served as it is."""

    def __init__(self, path):
        self.links, self.anchors = MARKDOWN_LINK.findall(path.read_text(encoding="utf-8")), set()


class Page(html.parser.HTMLParser):
    """The links and the anchors of a page."""

    def __init__(self, path):
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.anchors |= {values[name] for name in ("id", "name") if values.get(name)}
        self.links += [values[name] for name in ("href", "src") if values.get(name)]


def check_links(site):
    """(problems, links to other sites, number of links) of all pages below a folder."""
    site = pathlib.Path(site).resolve()
    pages = {path: Page(path) for path in sorted(site.rglob("*.html"))}
    pages |= {path: MarkdownPage(path) for path in sorted(site.rglob("llms.txt"))}
    problems, external, count = [], set(), 0
    for path, page in pages.items():
        for link in page.links:
            count += 1
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                if parts.scheme in ("http", "https"):
                    external.add(link)
                elif parts.scheme not in ("mailto", "data"):
                    problems.append(f"{path.relative_to(site)}: {link}: no link that a reader could follow")
                continue
            # The page for what was not found stands at the root of wherever the site is served.
            base = site if parts.path.startswith("/") else path.parent
            target = (base / urllib.parse.unquote(parts.path).lstrip("/")).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            if not target.is_relative_to(site) or not target.is_file():
                problems.append(f"{path.relative_to(site)}: {link}: there is no such page")
            elif parts.fragment and target in pages and urllib.parse.unquote(parts.fragment) not in pages[target].anchors:
                problems.append(f"{path.relative_to(site)}: {link}: the page has no such anchor")
    return problems, external, count


def build(overt, site, environment, root=ROOT):
    """Builds the site; (whether it was fine, what mkdocs said)."""
    python = python_environment.python_with(environment, ROOT / "docs" / "requirements.txt")
    done = subprocess.run([python, "-m", "mkdocs", "build", "--strict", "--site-dir", pathlib.Path(site).absolute()],
                          cwd=root, env={**os.environ, "OVERT_BINARY": str(pathlib.Path(overt).resolve()),
                                         "NO_MKDOCS_2_WARNING": "1"},  # the theme's news of its successor
                          capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overt", required=True)
    parser.add_argument("--site", default=ROOT / "build" / "docs")
    parser.add_argument("--environment", default=ROOT / "build" / "docs-env")
    parser.add_argument("--external", action="store_true", help="list links to other sites")
    options = parser.parse_args()
    fine, words = build(options.overt, options.site, options.environment)
    if not fine:
        sys.exit(f"{words}\nthe site could not be built")
    problems, external, count = check_links(options.site)
    print(*problems, *(sorted(external) if options.external else []), sep="\n", end="\n" if problems or options.external else "")
    print(f"{options.site}/index.html: {count} links, {len(problems)} broken, {len(external)} to other sites (not fetched)")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
