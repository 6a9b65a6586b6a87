"""A project that has findings of many rules and is as unkind as a project may be."""

import json
import os
import subprocess

FILES = {
    "rules.py": '''\
from abc import ABC, abstractmethod
from typing import Any, final, override

import nowhere_to_be_found

class Base(ABC):
    def read(self) -> None: ...
    @final
    def close(self) -> None: ...
    @abstractmethod
    def must(self) -> None: ...

class Misspelt(Base):
    @override
    def raed(self) -> None: ...

class Unmarked(Base):
    def read(self) -> None: ...
    def close(self) -> None: ...

class Twice(Base, Base): ...
class Loop(Loop): ...
class Yes(bool): ...
class Order(object, Base): ...
class Layout(int, str): ...
class Meta1(type): ...
class Meta2(type): ...
class M1(metaclass=Meta1): ...
class M2(metaclass=Meta2): ...
class Both(M1, M2): ...
class OfValue(3): ...

@override
def alone() -> None: ...

x = 1  # overt: ignore[duplicate-base]
y = 1  # overt: ignore[no-such-rule]
''',
    "broken.py": "class A(:\n    def f(self) -> None\n",
    # What stands in the source is quoted by formats that show it, and is in the message where it is a name.
    "texts.py": '''\
from typing import override
class Ünïcödé𝒳:
    def größe(self) -> None: ...
class B(Ünïcödé𝒳):
    @override
    def grösse(self) -> None: "]]> </script> ::error::x ##vso[task.complete] ##teamcity[x] ##[error] &amp; \\u202e"
''',
}

# Names of files; each has one finding.
NAMES = [
    b"::error file=x,line=1::boo.py",
    b"a,b:c%0A::error::<&'\"]]>.py",
    b"##vso[task.setvariable variable=x]y.py",
    b"##teamcity[message text='x'].py",
    b"##[error]x.py",
    b"e\x1b[31m.py",
    b"bell\x07 osc\x1b]0;title\x07.py",
    b"line\nbreak.py",
    b"return\rhere.py",
    b"\xe2\x80\xae bidi.py",
    b"not\xff utf8.py",
    b"not\xfe utf8.py",
    b"</script>.py".replace(b"/", b"\xe2\x88\x95"),  # a slash cannot stand in a name
    "ünï 𝒳.py".encode(),
]
TWICE = "class A(str, str): ...\n"
FORMATS = ["full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson", "grouped", "azure", "teamcity",
           "pylint", "markdown", "mypy", "mypy-json", "pyright-json"]
STRICT = ["--error", "missing-override", "--warn", "unresolved-import", "--info", "unimplemented-abstract"]


def write(folder):
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in NAMES:
        with open(os.path.join(os.fsencode(folder), name), "w", encoding="utf-8") as file:
            file.write(TWICE)


def run(folder, output_format, *arguments, environment=None):
    """The exit code, standard output as bytes, and standard error as text, of a check of everything in `folder`."""
    kept = {name: value for name, value in os.environ.items()
            if name not in ("GITHUB_ACTIONS", "VIRTUAL_ENV", "CONDA_PREFIX", "FORCE_COLOR", "NO_COLOR")}
    done = subprocess.run([os.environ["OVERT_BINARY"], "check", "--python-version", "3.13", *STRICT, *arguments,
                           *(["--output-format", output_format] if output_format else []), "."], cwd=folder,
                          env={**kept, **(environment or {})}, capture_output=True, timeout=300, check=False)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def lines_of(output):
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]
