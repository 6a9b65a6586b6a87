"""Cases for the comparison of verdicts: pieces of the standard library, pieces written by hand, and mutants of both.

    python3 cases.py --count 20000 --seed 1 > cases.bin      # each: its length as a decimal line, then its bytes

A piece is a function, a class or a statement of at most 40 lines. A mutant differs from its piece in one or two tokens
or in the indentation of a line. The same seed makes the same bytes on the same Python.
"""

import argparse
import ast
import io
import pathlib
import random
import sys
import textwrap
import tokenize

HERE = pathlib.Path(__file__).parent
MAX_LINES = 40

# Tokens that make most of a grammar's corners.
POOL = """
( ) [ ] { } , : ; . ... = == != <> < <= >= := -> @ * ** / // % + - ~ & | ^ << >> += **= ! ? $ `
and or not in is if else elif for while try except finally with as def class return yield lambda pass break
continue raise import from global nonlocal assert del async await None True False
match case type lazy print exec _ __debug__ self x y name
0 1 0x1F 0o17 0b1 1.5 1e5 1j 0777 00 0_0 1_000 1__0 1_ 0xg 0x 0b2 0o8 1e 1.e 12abc 1if 1_a 0_7 08.5 09e1 0777j
'' "x" b'x' r'\\d' u'x' ur'x' bu'x' fb'x' Rb'x' F'x' rf'{x}' f'{x}' f'{x!r:>{y}}' f'{}' f'{x!z}' f'{x' f'}' f'{{}}'
f'{x["a"]}' f'{x['a']}' f"{'\\n'}" f'{x=}' f'{x:{y:{z}}}' f'{lambda: 1}' f'{*x}' f'{yield}' f'{x!r }' f'{x#}' t'{x}'
'\\x1' '\\N{BULLET}' '\\N' '\\u12' '\\U00110000' b'\\u12' b'\u00e9' '''a''' 'a \u00e9 \u20ac \u00a0 \\ # @x
""".split(" ")
POOL = [token for line in " ".join(POOL).split("\n") for token in line.split(" ") if token]


def pieces_of_file(path):
    try:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (SyntaxError, UnicodeDecodeError, ValueError):
        return
    lines = text.splitlines(keepends=True)
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt):
            continue
        begin = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])])
        size = node.end_lineno - begin + 1
        nested = node.col_offset > 0
        compound = hasattr(node, "body")
        if size > MAX_LINES or (not compound and (nested or size < 2)) or (compound and size < 3):
            continue
        piece = "".join(lines[begin - 1 : node.end_lineno])
        if nested and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            head = "async def f():\n" if "await " in piece or "async " in piece else "def f():\n"
            piece = head + textwrap.indent(textwrap.dedent(piece), "    ")
        else:
            piece = textwrap.dedent(piece)
        yield piece if piece.endswith("\n") else piece + "\n"


def library_paths(root):
    """The standard library's own files: what is installed beside it differs from machine to machine."""
    foreign = {"dist-packages", "site-packages"}
    return sorted(path for path in root.rglob("*.py") if foreign.isdisjoint(path.parts))


def library_pieces(root, limit, generator):
    paths = library_paths(root)
    generator.shuffle(paths)
    pieces = []
    for path in paths:
        own = list(pieces_of_file(path))
        generator.shuffle(own)
        pieces += own[: max(4, limit // 200)]
        if len(pieces) >= limit:
            break
    return pieces[:limit]


def written_pieces():
    """The pieces of pieces.txt, which lines of `%%` separate."""
    text = (HERE / "pieces.txt").read_text(encoding="utf-8")
    return [piece.strip("\n") + "\n" for piece in text.split("\n%%\n") if piece.strip()]


def token_spans(text):
    """Offsets of the tokens, as far as Python's own module finds them."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    spans = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            begin = starts[token.start[0] - 1] + token.start[1]
            end = starts[token.end[0] - 1] + token.end[1]
            if end > begin and token.type not in (tokenize.INDENT, tokenize.COMMENT):
                spans.append((begin, end))
    except (tokenize.TokenError, SyntaxError, IndexError):
        pass
    return spans


def change_indentation(text, generator):
    lines = text.split("\n")
    i = generator.randrange(len(lines))
    change = generator.choice([" ", "    ", "\t", "  ", "-1", "-4", "-2", "        ", "\f", "tab", "\\\n"])
    if change.startswith("-"):
        count = int(change[1:])
        stripped = lines[i][:count].lstrip(" ")
        lines[i] = stripped + lines[i][count:]
    elif change == "tab":
        lines[i] = lines[i].replace("        ", "\t", 1)
    else:
        lines[i] = change + lines[i]
    return "\n".join(lines)


def change_lines(text, generator):
    lines = text.split("\n")
    i = generator.randrange(len(lines))
    way = generator.randrange(4)
    if way == 0:
        del lines[i]
    elif way == 1:
        lines.insert(i, lines[generator.randrange(len(lines))])
    elif way == 2 and i + 1 < len(lines):
        lines[i : i + 2] = [lines[i] + " " + lines[i + 1].lstrip()]
    else:
        j = generator.randrange(len(lines))
        lines[i], lines[j] = lines[j], lines[i]
    return "\n".join(lines)


def change_tokens(text, spans, pool, generator):
    i = generator.randrange(len(spans))
    begin, end = spans[i]
    token = text[begin:end]
    way = generator.randrange(10)
    if way <= 1:
        return text[:begin] + text[end:]
    if way == 2:
        return text[:end] + " " + token + text[end:]
    if way == 3 and i + 1 < len(spans):
        next_begin, next_end = spans[i + 1]
        return text[:begin] + text[next_begin:next_end] + text[end:next_begin] + token + text[next_end:]
    if way == 4:
        other_begin, other_end = spans[generator.randrange(len(spans))]
        return text[:begin] + text[other_begin:other_end] + text[end:]
    if way <= 7:
        return text[:begin] + generator.choice(pool) + text[end:]
    if way == 8:
        return text[:begin] + generator.choice(pool) + " " + text[begin:]
    if generator.random() < 0.3:
        return text[:begin]
    return text[:begin] + "(" + token + ")" + text[end:]


def mutant(text, pool, generator):
    for _ in range(1 if generator.random() < 0.85 else 2):
        way = generator.random()
        if way < 0.07:
            text = change_indentation(text, generator)
        elif way < 0.12:
            text = change_lines(text, generator)
        else:
            spans = token_spans(text)
            if not spans:
                return text
            text = change_tokens(text, spans, pool, generator)
    return text


def make_cases(library, count, seed):
    generator = random.Random(seed)
    written = written_pieces()
    pieces = library_pieces(library, max(200, count // 4), generator)
    cases = written + pieces
    while len(cases) < count + len(written) + len(pieces):
        piece = generator.choice(written if generator.random() < 0.6 else pieces)
        cases.append(mutant(piece, POOL, generator))
    seen = set()
    return [case for case in cases if not (case in seen or seen.add(case))]


def write_cases(cases, out):
    for case in cases:
        data = case.encode("utf-8", "surrogatepass")
        out.write(b"%d\n" % len(data))
        out.write(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=pathlib.Path, default=pathlib.Path(ast.__file__).parent)
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write_cases(make_cases(arguments.library, arguments.count, arguments.seed), sys.stdout.buffer)


if __name__ == "__main__":
    main()
