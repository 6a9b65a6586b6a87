#!/usr/bin/env python3
"""Fails when a folder of the product has no README.md with the four headings, or one that says other layers."""

import re

import structure

HEADINGS = ("Turns / into", "May include", "Start reading at", "Look inside with")
CODE = re.compile(r"`([^`]+)`")

# Folders without a README yet. It may only shrink: a listed folder that has one is a problem too.
UNWRITTEN = {
    "diagnostics", "grammar", "stubs", "checker/bind", "checker/classes", "checker/driver", "checker/infer",
    "checker/lsp", "checker/program", "checker/resolve", "checker/rules", "checker/types",
}


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
    problems = [f"{layer} is in UNWRITTEN but is no layer" for layer in sorted(UNWRITTEN - set(layers))]
    folders = [layer for layer in layers if (structure.ROOT / layer).is_dir()]
    for layer in folders:
        readme = structure.ROOT / layer / "README.md"
        if readme.exists():
            problems += problems_of(layer, readme.read_text(), layers)
            if layer in UNWRITTEN:
                problems.append(f"{layer}/README.md exists: take {layer} out of UNWRITTEN in readme_test.py")
        elif layer not in UNWRITTEN:
            problems.append(f"{layer}/README.md is missing; its headings are {', '.join(HEADINGS)}")
    structure.finish("readme", problems, f"{len(folders)} folders, {len(UNWRITTEN)} still unwritten")


if __name__ == "__main__":
    main()
