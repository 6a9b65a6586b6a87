#!/usr/bin/env python3
"""Packs what `cmake --install` laid out as a wheel: pack_wheel.py INSTALLED FOLDER

    build/packed/installed  ->  FOLDER/overt-0.1.0-py3-none-manylinux_2_36_x86_64.whl

Metadata and the package come from pyproject.toml by scikit-build-core, as for `pip wheel .`; only the compiling is left
out. The tag is the newest version of a glibc symbol that any program or library in the wheel asks for (PEP 600).
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scikit_build_core import build

ROOT = Path(__file__).resolve().parents[2]


def wheel_tool(*words: object) -> str:
    return subprocess.run([sys.executable, "-m", "wheel", *map(str, words)], check=True, capture_output=True, text=True).stdout


def needed_glibc(folder: Path) -> tuple[int, int]:
    newest = (2, 17)
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        with path.open("rb") as file:
            if file.read(4) != b"\x7fELF":
                continue
        symbols = subprocess.run(["readelf", "--version-info", "--wide", path], check=True, capture_output=True, text=True)
        for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", symbols.stdout):
            newest = max(newest, (int(major), int(minor)))
    return newest


def main() -> None:
    installed, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory(prefix="overt-pack-") as name:
        work = Path(name)
        pure = build.build_wheel(str(work), {"wheel.cmake": "false"})
        wheel_tool("unpack", "--dest", work, work / pure)
        (unpacked,) = (path for path in work.iterdir() if path.is_dir())
        data = unpacked / f"{unpacked.name}.data"
        shutil.copytree(installed / "bin", data / "scripts")
        shutil.copytree(installed / "share", data / "data" / "share")
        (description,) = unpacked.glob("*.dist-info/WHEEL")
        description.write_text(re.sub("(?m)^Root-Is-Purelib: .*$", "Root-Is-Purelib: false", description.read_text()))
        (work / pure).unlink()
        wheel_tool("pack", "--dest", work, unpacked)
        major, minor = needed_glibc(installed)
        tagged = wheel_tool("tags", "--python-tag", "py3", "--abi-tag", "none", "--platform-tag",
                            f"manylinux_{major}_{minor}_{platform.machine()}", work / pure).strip().splitlines()[-1]
        result = out / tagged
        shutil.move(work / tagged, result)
    print(f"{result}: {result.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
