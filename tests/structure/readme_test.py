#!/usr/bin/env python3
"""Fails when a folder of the product has no README.md with the four headings, or one that says other layers."""

import re

import structure

HEADINGS = ("Turns / into", "May include", "Start reading at", "Look inside with")
CODE = re.compile(r"`([^`]+)`")


def sections(text):
    """{heading: body} of the second-level headings."""
    parts = re.split(r"^## +(.+?) *$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def problems_of(layer, text, layers):
    """Yields a sentence for everything wrong with one README."""
    found = sections(text)
    for heading in HEADINGS:
        if not found.get(heading, "").strip():
            yield f"{layer}/README.md: nothing below the heading `## {heading}`"
    said = set(CODE.findall(found.get("May include", ""))) & set(layers)
    if said != layers[layer]:
        wanted = ", ".join(f"`{name}`" for name in layers if name in layers[layer]) or "no layer"
        yield f"{layer}/README.md: `## May include` must name what layers.txt allows: {wanted}"


def main():
    layers = structure.read_layers()
    holds_sources = {structure.layer_of(path, layers) for path in structure.product_sources()}
    folders = [layer for layer in layers if layer in holds_sources and (structure.ROOT / layer).is_dir()]
    problems = []
    for layer in folders:
        readme = structure.ROOT / layer / "README.md"
        if readme.exists():
            problems += problems_of(layer, readme.read_text(), layers)
        else:
            problems.append(f"{layer}/README.md is missing; its headings are {', '.join(HEADINGS)}")
    structure.finish("readme", problems, f"{len(folders)} folders")


if __name__ == "__main__":
    main()
