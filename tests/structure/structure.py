"""What the structure tests share: where things are, which layers exist, which files are ours."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRODUCT_FOLDERS = ("diagnostics", "grammar", "stubs", "checker")
SUFFIXES = {".h", ".cc", ".c", ".def"}


def read_layers(root=ROOT):
    """layers.txt as {layer: set of layers it may include besides itself}, lowest first."""
    layers = {}
    for line in (root / "layers.txt").read_text().splitlines():
        line = line.partition("#")[0].strip()
        if not line:
            continue
        name, _, allowed = line.partition(":")
        unknown = set(allowed.split()) - set(layers)
        if unknown or name in layers:
            raise SystemExit(f"layers.txt: {name}: named twice, or names a later layer: {sorted(unknown)}")
        layers[name] = set(allowed.split())
    return layers


def layer_of(path, layers):
    """The layer that holds a path relative to the root; None outside of every layer."""
    for length in range(len(path.parts), 0, -1):
        name = "/".join(path.parts[:length])
        if name in layers:
            return name
    return None


def product_sources(root=ROOT):
    """Every C++ source of the product, relative to the root, in a fixed order."""
    for folder in PRODUCT_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES:
                yield path.relative_to(root)


def finish(name, problems, summary):
    """One line a problem; exit code 1 when there is any."""
    for problem in problems:
        print(f"{name}: {problem}")
    print(f"{name}: {len(problems)} problems; {summary}")
    raise SystemExit(1 if problems else 0)
