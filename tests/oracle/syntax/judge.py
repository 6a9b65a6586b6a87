"""CPython's verdict on each case of standard input: "ok" or "line:column Error: message", one line a case.

    python3 judge.py [--only-grammar] < cases.bin        # cases as cases.py writes them

Runs in the interpreter that is asked: Debian's own, or a WebAssembly one through judge.mjs, which calls `judge`.
`--only-grammar` stops after the parser, where the compiler's own checks have not run.
"""

import sys
import warnings


def verdict(source, flags):
    try:
        compile(source, "case", "exec", flags, True)
    except SyntaxError as error:
        return f"{error.lineno}:{error.offset} {type(error).__name__}: {error.msg}".replace("\n", " ")
    except (ValueError, MemoryError, RecursionError, OverflowError) as error:
        return f"0:0 {type(error).__name__}: {error}".replace("\n", " ")
    return "ok"


def judge(data, only_grammar):
    """`data` holds the cases; returns the verdicts as lines."""
    warnings.simplefilter("ignore")
    flags = 0x400 if only_grammar else 0  # PyCF_ONLY_AST
    verdicts = []
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        size = int(data[at:end])
        source = data[end + 1 : end + 1 + size]
        at = end + 1 + size
        verdicts.append(verdict(source, flags))
    return "\n".join(verdicts) + "\n"


if __name__ == "__main__":
    sys.stdout.write(judge(sys.stdin.buffer.read(), "--only-grammar" in sys.argv))
