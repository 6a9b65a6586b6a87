"""Scopes and names of the standard library: overt against CPython's own `symtable`.

    symtable_test.py BIND_DUMP [FOLDER_OR_FILE ...]

Every scope of every file must agree: which names it binds and how (assigned, imported, parameter, def or class), and
whether each name that it mentions is local, global or free. CPython also lists names that a scope only hands on to one
within it, and leaves out annotations below `from __future__ import annotations`: a name that is bound on neither side may
be missing on one.
"""
import os
import subprocess
import symtable
import sys
import sysconfig
import tokenize


def python_files(roots):
    for root in roots:
        if os.path.isfile(root):
            yield root
        for folder, folders, files in os.walk(root):
            folders.sort()
            for name in sorted(files):
                if name.endswith(".py"):
                    yield os.path.join(folder, name)


def label(table):
    if table.get_type() == "module":
        return "module"
    return f"{table.get_type()} {table.get_name()}@{table.get_lineno()}"


def meaning(symbol, in_module):
    if in_module:
        return "local global" if symbol.is_assigned() or symbol.is_imported() else "global"
    if symbol.is_global():
        return "global"
    if symbol.is_free():
        return "free"
    return "local"


def describe(table, prefix, out):
    path = prefix + label(table)
    in_module = table.get_type() == "module"
    is_comprehension = table.get_name() in ("listcomp", "setcomp", "dictcomp", "genexpr")
    functions_and_classes = {child.get_name() for child in table.get_children()}
    parts = []
    for symbol in sorted(table.get_symbols(), key=lambda symbol: symbol.get_name()):
        name = symbol.get_name()
        if name == ".0" or name == "__class__" and symbol.is_free():
            continue  # made up by the compiler
        walrus = is_comprehension and symbol.is_assigned() and (symbol.is_global() or symbol.is_free())
        facts = ""
        if symbol.is_assigned() and not walrus:
            facts += "assigned "
        if symbol.is_imported():
            facts += "imported "
        if symbol.is_parameter():
            facts += "parameter "
        if name in functions_and_classes and symbol.is_namespace():
            facts += "namespace "
        parts.append(f"{name} {facts}{meaning(symbol, in_module)}")
    out.append(" | ".join([path] + parts))
    for child in table.get_children():
        describe(child, path + "/", out)


def expected(path):
    try:
        with tokenize.open(path) as file:
            text = file.read()
        table = symtable.symtable(text, path, "exec")
    except (SyntaxError, UnicodeDecodeError, ValueError, RecursionError):
        return None
    out = []
    describe(table, "", out)
    return sorted(out)


def entries(lines):
    """{scope: {name: facts}} of lines as `describe` writes them."""
    scopes = {}
    for line in lines:
        path, *names = line.split(" | ")
        scopes.setdefault(path, []).append(dict(name.split(" ", 1) for name in names))
    return scopes


def differences(right, ours):
    """A sentence for everything in which the two lists of lines differ."""
    right, ours = entries(right), entries(ours)
    for path in sorted(right.keys() ^ ours.keys()):
        yield f"{path}: a scope of {'CPython' if path in right else 'overt'} alone"
    for path in filter(is_table_of_names, sorted(right.keys() & ours.keys())):
        for expected_names, found_names in zip(right[path], ours[path]):
            for name in sorted(expected_names.keys() | found_names.keys()):
                pair = expected_names.get(name), found_names.get(name)
                if pair[0] != pair[1] and not (None in pair and (pair[0] or pair[1]) in ("free", "global")):
                    yield f"{path}: {name} is {pair[0]} in CPython, {pair[1]} in overt"


def is_table_of_names(path):
    """CPython 3.11 takes a function called `top` for the module, whose table has that name."""
    return "function top@" not in path


def found(program, paths):
    run = subprocess.run([program, "scopes"], input="\n".join(paths) + "\n", capture_output=True, text=True, check=True)
    files = {}
    for line in run.stdout.splitlines():
        if line.startswith("file "):
            lines = files.setdefault(line[len("file "):], [])
        else:
            lines.append(line)
    return {path: sorted(lines) for path, lines in files.items()}


def main():
    program, *roots = sys.argv[1:]
    paths = list(python_files(roots or [sysconfig.get_paths()["stdlib"]]))
    answers = {}
    for start in range(0, len(paths), 200):
        answers.update(found(program, paths[start:start + 200]))
    checked = scopes = wrong = 0
    for path in paths:
        right = expected(path)
        if right is None:
            continue
        checked += 1
        scopes += len(right)
        for difference in differences(right, answers[path]):
            wrong += 1
            print(f"{path}: {difference}")
    print(f"{checked} files, {scopes} scopes, {wrong} differ")
    return 1 if wrong or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
