"""CPython's trees, one line a node, in the form that tree_lines.cc prints.

    python3 expected_lines.py LIST OUT

LIST names the files, one a line; OUT gets `=== path`, the lines of its tree, and a line `refused …` instead where CPython
does not parse it.
"""

import ast
import io
import re
import sys
import tokenize
import warnings

BINARY = {name: i for i, name in enumerate(
    ["Add", "Sub", "Mult", "MatMult", "Div", "FloorDiv", "Mod", "Pow", "LShift", "RShift", "BitOr", "BitXor", "BitAnd"])}
COMPARE = {name: i for i, name in enumerate(
    ["Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"])}
UNARY = {"Not": 0, "USub": 1, "UAdd": 2, "Invert": 3}
INTERPOLATION_POSITIONS = sys.version_info >= (3, 12)


class Printer:
    def __init__(self, text):
        self.text = text
        self.starts = [0]
        at = text.find(b"\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find(b"\n", at + 1)
        self.lines = []
        self.inside = 0

    def begin(self, node):
        return self.starts[node.lineno - 1] + node.col_offset

    def end(self, node):
        return self.starts[node.end_lineno - 1] + node.end_col_offset

    def say(self, *words):
        self.lines.append(" ".join(map(str, words)))

    def head(self, kind, node, *details):
        if self.inside and not INTERPOLATION_POSITIONS:
            self.say(kind, "*", "*", *details)
        else:
            self.say(kind, self.begin(node), self.end(node), *details)

    def visit(self, node):
        if node is None:
            self.say("-")
        else:
            getattr(self, "visit_" + type(node).__name__)(node)

    def visit_all(self, nodes):
        self.say(f"[{len(nodes)}")
        for node in nodes:
            self.visit(node)

    def identifier(self, name):
        self.say("-") if name is None else self.say("Identifier", 0, name)

    # --- Parts

    def visit_Module(self, node):
        self.say("Module", 0)
        self.visit_all(node.body)

    def decorators(self, node):
        self.say(f"[{len(node.decorator_list)}")
        for decorator in node.decorator_list:
            self.say("Decorator", 0)
            self.visit(decorator)

    def parameters(self, node):
        positional = node.posonlyargs + node.args
        defaults = [None] * (len(positional) - len(node.defaults)) + node.defaults
        rows = [(0, arg, default) for arg, default in zip(node.posonlyargs, defaults)]
        rows += [(1, arg, default) for arg, default in zip(node.args, defaults[len(node.posonlyargs):])]
        rows += [(2, node.vararg, None)] if node.vararg else []
        rows += [(3, arg, default) for arg, default in zip(node.kwonlyargs, node.kw_defaults)]
        rows += [(4, node.kwarg, None)] if node.kwarg else []
        self.say("Parameters", 0)
        self.say(f"[{len(rows)}")
        for kind, arg, default in rows:
            where = [] if self.inside and not INTERPOLATION_POSITIONS else [self.begin(arg)]
            self.say("Parameter", *where, kind, arg.arg)
            self.visit(arg.annotation)
            self.visit(default)

    def arguments(self, node, positional):
        arguments = positional + node.keywords
        if self.inside and not INTERPOLATION_POSITIONS:  # only order by value is left
            arguments.sort(key=lambda argument: (argument.lineno, argument.col_offset))
        else:
            arguments.sort(key=self.begin)
        self.visit_all(arguments)

    def visit_keyword(self, node):
        self.head("Keyword", node, 0, *([node.arg] if node.arg else []))
        self.visit(node.value)

    def visit_alias(self, node):
        self.head("ImportAlias", node, 0, node.name)
        self.identifier(node.asname)

    def type_parameters(self, node):
        self.visit_all(getattr(node, "type_params", []))

    def visit_TypeVar(self, node):
        self.head("TypeVarParameter", node, 0)
        self.identifier(node.name)
        self.visit(node.bound)
        self.visit(getattr(node, "default_value", None))

    def visit_TypeVarTuple(self, node, kind="TypeVarTupleParameter"):
        self.head(kind, node, 0)
        self.identifier(node.name)
        self.visit(getattr(node, "default_value", None))

    def visit_ParamSpec(self, node):
        self.visit_TypeVarTuple(node, "ParamSpecParameter")

    # --- Statements

    def visit_FunctionDef(self, node, *details):
        self.head("FunctionDef", node, 0, *details)
        self.decorators(node)
        self.identifier(node.name)
        self.type_parameters(node)
        self.parameters(node.args)
        self.visit(node.returns)
        self.visit_all(node.body)

    def visit_AsyncFunctionDef(self, node):
        self.visit_FunctionDef(node, "async")

    def visit_ClassDef(self, node):
        self.head("ClassDef", node, 0)
        self.decorators(node)
        self.identifier(node.name)
        self.type_parameters(node)
        self.arguments(node, list(node.bases))
        self.visit_all(node.body)

    def visit_Return(self, node):
        self.head("Return", node, 0)
        self.visit(node.value)

    def visit_Delete(self, node):
        self.head("Delete", node, 0)
        self.visit_all(node.targets)

    def visit_Assign(self, node):
        self.head("Assign", node, 0)
        self.visit_all(node.targets)
        self.visit(node.value)

    def visit_AugAssign(self, node):
        self.head("AugAssign", node, BINARY[type(node.op).__name__])
        self.visit(node.target)
        self.visit(node.value)

    def visit_AnnAssign(self, node):
        is_parenthesized = isinstance(node.target, ast.Name) and not node.simple
        self.head("AnnAssign", node, 0, *(["paren"] if is_parenthesized else []))
        self.visit(node.target)
        self.visit(node.annotation)
        self.visit(node.value)

    def visit_TypeAlias(self, node):
        self.head("TypeAlias", node, 0)
        self.identifier(node.name.id)
        self.type_parameters(node)
        self.visit(node.value)

    def visit_For(self, node, *details):
        self.head("For", node, 0, *details)
        self.visit(node.target)
        self.visit(node.iter)
        self.visit_all(node.body)
        self.visit_all(node.orelse)

    def visit_AsyncFor(self, node):
        self.visit_For(node, "async")

    def visit_While(self, node):
        self.head("While", node, 0)
        self.visit(node.test)
        self.visit_all(node.body)
        self.visit_all(node.orelse)

    def visit_If(self, node):
        branches = [node]
        while (len(branches[-1].orelse) == 1 and isinstance(branches[-1].orelse[0], ast.If)
               and self.text.startswith(b"elif", self.begin(branches[-1].orelse[0]))):
            branches.append(branches[-1].orelse[0])
        self.head("If", node, 0)
        self.say(f"[{len(branches) + bool(branches[-1].orelse)}")
        for branch in branches:
            self.say("IfBranch", 0)
            self.visit(branch.test)
            self.visit_all(branch.body)
        if branches[-1].orelse:
            self.say("IfBranch", 0)
            self.visit(None)
            self.visit_all(branches[-1].orelse)

    def visit_With(self, node, *details):
        self.head("With", node, 0, *details)
        self.say(f"[{len(node.items)}")
        for item in node.items:
            self.say("WithItem", 0)
            self.visit(item.context_expr)
            self.visit(item.optional_vars)
        self.visit_all(node.body)

    def visit_AsyncWith(self, node):
        self.visit_With(node, "async")

    def visit_Match(self, node):
        self.head("Match", node, 0)
        self.visit(node.subject)
        self.say(f"[{len(node.cases)}")
        for case in node.cases:
            self.say("MatchCase", 0)
            self.visit(case.pattern)
            self.visit(case.guard)
            self.visit_all(case.body)

    def visit_Raise(self, node):
        self.head("Raise", node, 0)
        self.visit(node.exc)
        self.visit(node.cause)

    def visit_Try(self, node, *details):
        self.head("Try", node, 0, *details)
        self.visit_all(node.body)
        self.visit_all(node.handlers)
        self.visit_all(node.orelse)
        self.visit_all(node.finalbody)

    def visit_TryStar(self, node):
        self.visit_Try(node, "star")

    def visit_ExceptHandler(self, node):
        self.head("ExceptHandler", node, 0)
        self.visit(node.type)
        self.identifier(node.name)
        self.visit_all(node.body)

    def visit_Assert(self, node):
        self.head("Assert", node, 0)
        self.visit(node.test)
        self.visit(node.msg)

    def visit_Import(self, node):
        self.head("Import", node, 0, *(["lazy"] if getattr(node, "is_lazy", 0) else []))
        self.visit_all(node.names)

    def visit_ImportFrom(self, node):
        self.head("ImportFrom", node, node.level or 0, *(["lazy"] if getattr(node, "is_lazy", 0) else []),
                  *([node.module] if node.module else []))
        self.visit_all(node.names)

    def names(self, kind, node):
        self.head(kind, node, 0)
        self.say(f"[{len(node.names)}")
        for name in node.names:
            self.identifier(name)

    def visit_Global(self, node):
        self.names("Global", node)

    def visit_Nonlocal(self, node):
        self.names("Nonlocal", node)

    def visit_Expr(self, node):
        self.head("ExpressionStatement", node, 0)
        self.visit(node.value)
        is_one_string = (isinstance(node.value, ast.Constant) and isinstance(node.value.value, (str, bytes)))
        if is_one_string:
            self.lines[-1] = self.lines[-1].rpartition(" ")[0] + " ?"

    def visit_Pass(self, node):
        self.head("Pass", node, 0)

    def visit_Break(self, node):
        self.head("Break", node, 0)

    def visit_Continue(self, node):
        self.head("Continue", node, 0)

    # --- Expressions

    def visit_Name(self, node):
        self.head("Name", node, 0, node.id)

    def visit_Attribute(self, node):
        self.head("Attribute", node, 0, node.attr)
        self.visit(node.value)

    def visit_Subscript(self, node):
        self.head("Subscript", node, 0)
        self.visit(node.value)
        self.visit(node.slice)

    def visit_Call(self, node):
        self.head("Call", node, 0)
        self.visit(node.func)
        self.arguments(node, list(node.args))

    def visit_BoolOp(self, node):
        self.head("BoolOp", node, 1 if isinstance(node.op, ast.Or) else 0)
        self.visit_all(node.values)

    def visit_BinOp(self, node):
        self.head("BinaryOp", node, BINARY[type(node.op).__name__])
        self.visit(node.left)
        self.visit(node.right)

    def visit_UnaryOp(self, node):
        self.head("UnaryOp", node, UNARY[type(node.op).__name__])
        self.visit(node.operand)

    def visit_Compare(self, node):
        self.head("Compare", node, 0)
        self.visit(node.left)
        self.say(f"[{len(node.ops)}")
        for op, value in zip(node.ops, node.comparators):
            self.say("CompareOperand", COMPARE[type(op).__name__])
            self.visit(value)

    def visit_NamedExpr(self, node):
        self.head("NamedExpr", node, 0)
        self.visit(node.target)
        self.visit(node.value)

    def visit_Lambda(self, node):
        self.head("Lambda", node, 0)
        self.parameters(node.args)
        self.visit(node.body)

    def visit_IfExp(self, node):
        self.head("IfExp", node, 0)
        self.visit(node.body)
        self.visit(node.test)
        self.visit(node.orelse)

    def visit_Dict(self, node):
        self.head("Dict", node, 0)
        self.say(f"[{len(node.keys)}")
        for key, value in zip(node.keys, node.values):
            self.say("DictItem", 0)
            self.visit(key)
            self.visit(value)

    def visit_Set(self, node):
        self.head("Set", node, 0)
        self.visit_all(node.elts)

    def visit_List(self, node):
        self.head("List", node, 0)
        self.visit_all(node.elts)

    def visit_Tuple(self, node):
        self.head("Tuple", node, 0)
        self.visit_all(node.elts)

    def visit_Starred(self, node):
        self.head("Starred", node, 0)
        self.visit(node.value)

    def visit_Slice(self, node):
        self.head("Slice", node, 0)
        self.visit(node.lower)
        self.visit(node.upper)
        self.visit(node.step)

    def comprehension(self, kind, node, element):
        self.head(kind, node, 0)
        element()
        self.say(f"[{len(node.generators)}")
        for generator in node.generators:
            self.say("Comprehension", 0, *(["async"] if generator.is_async else []))
            self.visit(generator.target)
            self.visit(generator.iter)
            self.visit_all(generator.ifs)

    def visit_ListComp(self, node):
        self.comprehension("ListComp", node, lambda: self.visit(node.elt))

    def visit_SetComp(self, node):
        self.comprehension("SetComp", node, lambda: self.visit(node.elt))

    def visit_GeneratorExp(self, node):
        self.comprehension("GeneratorExp", node, lambda: self.visit(node.elt))

    def visit_DictComp(self, node):
        def element():
            self.say("DictItem", 0)
            self.visit(node.key)
            self.visit(node.value)
        self.comprehension("DictComp", node, element)

    def visit_Await(self, node):
        self.head("Await", node, 0)
        self.visit(node.value)

    def visit_Yield(self, node):
        self.head("Yield", node, 0)
        self.visit(node.value)

    def visit_YieldFrom(self, node):
        self.head("YieldFrom", node, 0)
        self.visit(node.value)

    def visit_Constant(self, node):
        value = node.value
        if value is None or value is True or value is False or value is ...:
            self.head("Ellipsis" if value is ... else str(value), node, 0)
        elif isinstance(value, (str, bytes)):
            known = b"\\N{" not in self.text[self.begin(node):self.end(node)]
            if isinstance(value, str):
                value = re.sub("[\ud800-\udfff]", "\ufffd", value).encode("utf-8")
                kind = "String"
            else:
                kind = "Bytes"
            self.head(kind, node, value.hex() if known else "?")
        else:
            kind = {int: 0, float: 1, complex: 2}[type(value)]
            prefix = self.text[self.begin(node):self.begin(node) + 2].lower()
            has_value = kind == 0 and prefix not in (b"0x", b"0o", b"0b") and value < 0xFFFFFFFF
            self.head("Number", node, kind, *([value] if has_value else []))

    def interpolations(self, values):
        found = [value for value in values if not isinstance(value, ast.Constant)]
        self.say(f"[{len(found)}")
        self.inside += 1
        for value in found:
            self.head("Interpolation", value, max(value.conversion, 0))
            self.visit(value.value)
            if value.format_spec is None:
                self.say("-")
            else:
                self.say("Spec")
                self.interpolations(value.format_spec.values)
        self.inside -= 1

    def visit_JoinedStr(self, node):
        self.head("FormattedString", node)
        self.interpolations(node.values)

    def visit_TemplateStr(self, node):
        self.head("TemplateString", node)
        self.interpolations(node.values)

    # --- Patterns

    def visit_MatchValue(self, node):
        self.head("MatchValue", node, 0)
        self.visit(node.value)

    def visit_MatchSingleton(self, node):
        self.head("MatchValue", node, 0)
        self.head(str(node.value), node, 0)

    def visit_MatchSequence(self, node):
        self.head("MatchSequence", node, 0)
        self.visit_all(node.patterns)

    def visit_MatchMapping(self, node):
        self.head("MatchMapping", node, 0)
        self.say(f"[{len(node.keys)}")
        for key, pattern in zip(node.keys, node.patterns):
            self.say("MatchMappingItem", 0)
            self.visit(key)
            self.visit(pattern)
        self.identifier(node.rest)

    def visit_MatchClass(self, node):
        self.head("MatchClass", node, 0)
        self.visit(node.cls)
        self.say(f"[{len(node.patterns) + len(node.kwd_attrs)}")
        for pattern in node.patterns:
            self.visit(pattern)
        for name, pattern in zip(node.kwd_attrs, node.kwd_patterns):
            self.say("MatchKeyword", 0, name)
            self.visit(pattern)

    def visit_MatchStar(self, node):
        self.head("MatchStar", node, 0)
        self.identifier(node.name)

    def visit_MatchAs(self, node):
        self.head("MatchAs", node, 0)
        self.visit(node.pattern)
        self.identifier(node.name)

    def visit_MatchOr(self, node):
        self.head("MatchOr", node, 0)
        self.visit_all(node.patterns)


def lines_of(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding).encode("utf-8")
    except (SyntaxError, ValueError, UnicodeDecodeError) as error:
        return [f"refused {getattr(error, 'lineno', '')} {error}"]
    # A carriage return of its own ends a line; what overt keeps of its length is one byte, so offsets stay.
    text = text.replace(b"\r\n", b"\0\n").replace(b"\r", b"\n")
    printer = Printer(text)
    printer.visit(tree)
    return printer.lines


def main(names, out, root=""):
    sys.setrecursionlimit(2_000 if root else 20_000)
    with open(names, encoding="utf-8") as file:
        paths = file.read().splitlines()
    with open(out, "w", encoding="utf-8", errors="surrogateescape") as file:
        for path in paths:
            file.write(f"=== {path}\n" + "\n".join(lines_of(root + path)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
