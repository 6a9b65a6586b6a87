#!/usr/bin/env python3
"""Fails on an include that layers.txt does not allow, and on tree-sitter outside of its one door."""

import re

import structure

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
DOOR = "grammar/syntax"


def problems_of(path, text, layers, root=structure.ROOT):
    """Yields a sentence for every include of one file that must not be."""
    own = structure.layer_of(path, layers)
    if own is None:
        yield f"{path} lies in no layer of layers.txt"
        return
    for match in INCLUDE.finditer(text):
        included = match[1] or match[2]
        place = f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
        if included.startswith("tree_sitter/") and not str(path).startswith(DOOR + "/"):
            yield f"{place}: includes {included}: only {DOOR} may know tree-sitter"
        if match[2]:
            continue
        if not included.startswith(tuple(folder + "/" for folder in (*structure.PRODUCT_FOLDERS, "tests"))):
            if (root / path.parent / included).exists():
                yield f'{place}: includes "{included}": write the path from the root of the repository'
            continue
        other = structure.layer_of(structure.pathlib.PurePath(included), layers)
        if other is None:
            yield f"{place}: includes {included}, which lies in no layer of layers.txt"
        elif other != own and other not in layers[own]:
            yield f"{place}: {own} may not include {other} ({included})"


def main():
    layers = structure.read_layers()
    sources = list(structure.product_sources())
    problems = [problem for path in sources
                for problem in problems_of(path, (structure.ROOT / path).read_text(), layers)]
    structure.finish("layering", problems, f"{len(sources)} files, {len(layers)} layers")


if __name__ == "__main__":
    main()
