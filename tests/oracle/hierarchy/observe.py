"""What CPython says of every class statement of generated modules: accepted with which MRO, or refused and why.

    python3 observe.py DIR OUT.json

Runs the modules statement by statement. A refused class leaves its name unbound; what derives from it is not judged.
"""

import ast
import json
import pathlib
import re
import sys
import warnings

# Parts of CPython's messages, first match wins, and what overt calls the same thing.
KINDS = [
    ("duplicate", r"^duplicate base class"),
    ("mro", r"^Cannot create a consistent method resolution"),
    ("layout", r"instance lay-out conflict"),
    ("metaclass", r"^metaclass conflict"),
    ("slots", r"nonempty __slots__|__slots__ slot disallowed|__dict__ slot|__weakref__ slot|"
              r"in __slots__ conflicts with class variable|arbitrary __slots__ not supported"),
    ("protocol", r"^Protocols can only inherit"),
    ("generic", r"Cannot inherit from plain Generic|Generic\[.*\] multiple|Cannot inherit from Generic"),
    ("variables", r"Some type variables|must be type variables|is not a generic class|type parameters? |Too (many|few)"),
    ("enum", r"cannot extend|new enumerations should be|too many data types|_generate_next_value_|"
             r"invalid Flag|metaclass.*Enum"),
    ("base", r"."),
]


def kind_of(error):
    if isinstance(error, NameError):
        return "unjudged"
    return next(kind for kind, pattern in KINDS if re.search(pattern, str(error), re.MULTILINE))


def kind_of_refusal(error, bases):
    """A base that is no class shows as a conflict of its type with `type`: what is wrong is the base."""
    kind = kind_of(error)
    if kind == "metaclass" and any(not isinstance(base, type) and not hasattr(base, "__mro_entries__") for base in bases):
        return "base"
    return kind


def bases_of(node, namespace):
    try:
        return [eval(compile(ast.Expression(base), "base", "eval"), namespace) for base in node.bases]
    except Exception:
        return []


def name_of(cls):
    return cls.__qualname__ if cls.__module__ == "__generated__" else f"{cls.__module__}.{cls.__qualname__}"


def observe(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    namespace = {"__name__": "__generated__"}
    answers = []
    for node in tree.body:
        code = compile(ast.Module([node], []), path.name, "exec", dont_inherit=True)
        if not isinstance(node, ast.ClassDef):
            try:
                exec(code, namespace)
            except NameError:
                pass  # an alias of a refused class
            continue
        answer = {"line": node.lineno, "name": node.name}
        try:
            exec(code, namespace)
            answer["mro"] = [name_of(cls) for cls in namespace[node.name].__mro__]
        except Exception as error:  # TypeError nearly always; enumerations raise others
            answer.update(kind=kind_of_refusal(error, bases_of(node, namespace)), message=str(error).replace("\n", " ")[:200])
        answers.append(answer)
    return answers


def main(folder, out):
    warnings.simplefilter("ignore")
    answers = {path.name: observe(path) for path in sorted(pathlib.Path(folder).glob("*.py"))}
    document = {"version": list(sys.version_info[:3]), "modules": answers}
    pathlib.Path(out).write_text(json.dumps(document), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
