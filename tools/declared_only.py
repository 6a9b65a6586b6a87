"""Methods that typeshed declares and CPython's classes lack: rows of checker/classes/synthesized/declared_only.def.

    python3 tools/declared_only.py --typeshed FOLDER python3.9 python3.11 python3.13

A method counts if no interpreter that has the class finds the name on it, on its instances (`self.name = …`,
`setattr(self, …)`) or behind a `__getattr__` of the class's own. Branches for versions or platforms that nobody asked has
are left out, and so are modules that none can import: nothing is known of them. Interpreters are asked for one module
each time, for importing some of them ends the process.
"""

import argparse
import ast
import json
import pathlib
import subprocess
import sys
import textwrap

ASK = """
import importlib, inspect, json, sys, warnings
warnings.simplefilter("ignore")
module = importlib.import_module(sys.argv[1])
answer = {}
def source(one):
    try:
        return inspect.getsource(one)
    except (OSError, TypeError):
        return ""
def lacks(cls, text, member):
    return not any(member in vars(one) for one in cls.__mro__) and f"self.{member} =" not in text
for name, members in json.loads(sys.argv[2]).items():
    value = getattr(module, name, None)
    if isinstance(value, type):
        text = "".join(map(source, value.__mro__))
        has_others = "setattr(self," in text or any("__getattr__" in vars(one) for one in value.__mro__)
        answer[name] = [] if has_others else [one for one in members if lacks(value, text, one)]
print("ANSWER" + json.dumps(answer))
"""
# Stubs declare these as classes that they are not.
SPECIAL = {"NamedTuple", "_TypedDict"}
# Importing these starts a program, opens a window or prints.
LEFT_OUT = {"antigravity", "this", "idlelib", "turtledemo", "__main__"}
# What these have depends on how the interpreter was built, or came with a bug-fix release of several versions.
UNSURE = {"bdb", "multiprocessing.resource_tracker", "pyexpat", "sqlite3", "tarfile", "tokenize"}


def is_reached(test, newest):
    """Whether some interpreter asked, the newest of which is a 3.`newest`, may run the branch."""
    match test:
        case ast.Compare(left=ast.Attribute(attr="version_info"), ops=[ast.GtE()], comparators=[ast.Tuple(elts=parts)]):
            return parts[-1].value <= newest
        case ast.Compare(left=ast.Attribute(attr="platform"), ops=[ast.Eq()], comparators=[ast.Constant(value=name)]):
            return name == sys.platform
        case ast.BoolOp(op=ast.And(), values=values):
            return all(is_reached(one, newest) for one in values)
    return True


def methods_of(stub, newest):
    """{"Class": {"method", …}} of a stub's text: all branches of an `if` that somebody runs."""
    found = {}

    def visit(body, outer):
        for node in body:
            if isinstance(node, ast.If):
                visit(node.body if is_reached(node.test, newest) else [], outer)
                visit(node.orelse, outer)
            elif isinstance(node, ast.ClassDef):
                if not outer and node.name not in SPECIAL:
                    found.setdefault(node.name, set())
                    visit(node.body, node.name)
            elif outer and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                # What is declared as a property may be set on instances: there it is.
                decorators = [ast.unparse(one) for one in node.decorator_list]
                is_property = any("property" in one or ".setter" in one for one in decorators)
                is_mangled = node.name.startswith("__") and not node.name.endswith("__")
                if not is_property and not is_mangled:
                    found[outer].add(node.name)

    visit(ast.parse(stub).body, "")
    return {name: sorted(members) for name, members in found.items() if members}


def missing(python, module, classes):
    """{"Class": [members that it lacks]} of the classes that this interpreter has; None without the module."""
    try:
        done = subprocess.run([python, "-c", ASK, module, json.dumps(classes)], capture_output=True, text=True,
                              timeout=60, stdin=subprocess.DEVNULL, check=False)
    except subprocess.TimeoutExpired:
        return None
    _, found, answer = done.stdout.rpartition("ANSWER")
    return json.loads(answer) if found else None


def rows(typeshed, interpreters):
    library = typeshed / "stdlib"
    ask_version = ["-c", "import sys; print(sys.version_info.minor)"]
    newest = max(int(subprocess.run([python, *ask_version], capture_output=True, check=True).stdout)
                 for python in interpreters)
    for path in sorted(library.rglob("*.pyi")):
        parts = path.relative_to(library).with_suffix("").parts
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        classes = methods_of(path.read_text(encoding="utf-8"), newest)
        if not classes or parts[0] in LEFT_OUT or module in UNSURE:
            continue
        answers = [one for python in interpreters if (one := missing(python, module, classes)) is not None]
        for name, members in classes.items():
            lists = [one[name] for one in answers if name in one]
            nowhere = [member for member in members if lists and all(member in one for one in lists)]
            if nowhere:
                yield module, name, nowhere


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--typeshed", type=pathlib.Path, required=True)
    parser.add_argument("interpreters", nargs="+")
    options = parser.parse_args()
    for module, name, members in rows(options.typeshed, options.interpreters):
        lines = textwrap.wrap(" ".join(members), 100)
        text = "\n".join(f'              "{line}{" " if line is not lines[-1] else ""}"' for line in lines).lstrip()
        gap = " " if len(lines) == 1 and len(module + name + text) < 98 else "\n              "
        print(f'DECLARED_ONLY("{module}", "{name}",{gap}{text})')
    return 0


if __name__ == "__main__":
    sys.exit(main())
