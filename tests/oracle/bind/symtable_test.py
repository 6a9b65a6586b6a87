"""Scopes and names of the standard library: overt against CPython's own `symtable`.

    symtable_test.py BIND_DUMP [FOLDER_OR_FILE ...]

Every scope of every file must agree: which names it binds and how (assigned, imported, parameter, def or class), and
whether each name that it mentions is local, global or free.
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
        ours = answers[path]
        if ours == right:
            continue
        for line in sorted(set(right) - set(ours)):
            wrong += 1
            print(f"{path}\n  CPython: {line}")
        for line in sorted(set(ours) - set(right)):
            print(f"{path}\n  overt:   {line}")
    print(f"{checked} files, {scopes} scopes, {wrong} differ")
    return 1 if wrong or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
