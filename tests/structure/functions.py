"""Finds the functions of a C++ source by matching braces, well enough to measure them."""

import dataclasses
import re

# What must not be read as code: comments, raw strings, strings, characters (not digit separators).
_SKIPPED = re.compile(
    r'//(?:\\\n|[^\n])*|/\*.*?\*/|R"(?P<delimiter>[^()\\\s]*)\(.*?\)(?P=delimiter)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.DOTALL)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)
_CONDITIONAL = re.compile(r"[ \t]*#[ \t]*(if|else|elif|endif)")
_TYPE_OR_NAMESPACE = re.compile(r'(?:\[\[.*?\]\]\s*)*(?:inline\s+|typedef\s+|static\s+|constexpr\s+|const\s+)*'
                                r'(?:(?:class|struct|union|namespace|enum)\b|extern\s*"[^"]*")', re.DOTALL)
_ACCESS = re.compile(r"\s*(?:(?:public|protected|private)\s*:(?!:)\s*)*")
_OPERATOR = re.compile(r"operator\s*(?:\(\s*\)|[^\s\w(]+)")
_MARK = re.compile(r"[{};]")
_MEMBER_INITIALISERS = re.compile(r"\)[\w\s]*:(?!:).*[\w>]\s*$", re.DOTALL)
_NAME = re.compile(r"((?:[\w~]+(?:<[^()]*?>)?::)*(?:operator\s*[^\s\w(]+|operator\s*\(\s*\)|~?\w+))\s*\(")


@dataclasses.dataclass(frozen=True)
class Function:
    """A function with its first line (where its declaration starts) and how many lines it takes."""
    name: str
    line: int
    lines: int


class Unbalanced(ValueError):
    """The braces of a file do not match, so it cannot be measured."""


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def _code(text):
    """The text without comments, literals, directives and second branches, at the same offsets."""
    text = _SKIPPED.sub(lambda m: _blank(m[0]) if m[0][0] in "/'" else '"' + _blank(m[0])[2:] + '"', text)
    inside, kept = [], []  # one entry an open #if: are we in a later branch of it?
    for line in text.split("\n"):
        conditional = _CONDITIONAL.match(line)
        if conditional and conditional[1] == "if":
            inside.append(False)
        elif conditional and conditional[1] == "endif":
            del inside[-1:]
        elif conditional and inside:
            inside[-1] = True
        kept.append(_blank(line) if any(inside) else line)
    return _DIRECTIVE.sub(lambda m: _blank(m[0]), "\n".join(kept))


def _without_template(header):
    """A declaration's header without its leading template<…>."""
    while header.startswith("template"):
        depth = 0
        for index, character in enumerate(header):
            depth += (character == "<") - (character == ">")
            if character == ">" and depth == 0:
                header = header[index + 1:].lstrip()
                break
        else:
            return header
    return header


def _closing(code, opening):
    depth = 0
    for match in re.compile(r"[{}]").finditer(code, opening):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    raise Unbalanced(f"no brace closes line {code.count(chr(10), 0, opening) + 1}")


def _what_opens(header):
    """What a brace after this header opens: a "scope", a "function", or "values", which hold no function."""
    if header.count("(") > header.count(")") or _MEMBER_INITIALISERS.search(header):
        return "values"  # a default argument, a member of a constructor
    if _TYPE_OR_NAMESPACE.match(header):
        return "values" if header.startswith("enum") else "scope"
    before, parenthesis, _ = _OPERATOR.sub("", header).partition("(")
    return "function" if parenthesis and "=" not in before else "values"


def functions(text):
    """Every function defined in a source, in order; a lambda counts as part of the function around it."""
    code = _code(text)
    found, depth, start, position = [], 0, 0, 0
    while match := _MARK.search(code, position):
        position = match.end()
        if match[0] == "{":
            start = _ACCESS.match(code, start).end()
            header = _without_template(code[start:match.start()].strip())
            opens = _what_opens(header)
            if opens == "scope":
                depth += 1
            else:
                position = _closing(code, match.start()) + 1
            if opens == "values":
                continue  # the header goes on
            if opens == "function":
                name = _NAME.search(header)
                first = code.count("\n", 0, start) + 1
                last = code.count("\n", 0, position) + 1
                found.append(Function(name[1] if name else "?", first, last - first + 1))
        elif match[0] == "}":
            depth -= 1
        start = position
    if depth != 0:
        raise Unbalanced(f"{abs(depth)} braces too {'many' if depth < 0 else 'few'} are closed")
    return found
