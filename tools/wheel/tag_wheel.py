#!/usr/bin/env python3
"""Tags a wheel with the C library that it needs: tag_wheel.py WHEEL FOLDER

    overt-0.1.0-py3-none-linux_x86_64.whl -> FOLDER/overt-0.1.0-py3-none-manylinux_2_34_x86_64.whl

The tag is the newest version of a glibc symbol that any program or library in the wheel asks for. Source: PEP 600.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path


def needed_glibc(wheel: Path) -> tuple[int, int]:
    newest = (2, 17)
    with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
        for entry in archive.infolist():
            with archive.open(entry) as file:
                if file.read(4) != b"\x7fELF":
                    continue
            path = archive.extract(entry, folder)
            symbols = subprocess.run(["readelf", "--version-info", "--wide", path], check=True, capture_output=True, text=True)
            for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", symbols.stdout):
                newest = max(newest, (int(major), int(minor)))
    return newest


def main() -> None:
    wheel, folder = Path(sys.argv[1]), Path(sys.argv[2])
    major, minor = needed_glibc(wheel)
    platform = re.sub(r"^linux_", f"manylinux_{major}_{minor}_", wheel.stem.rsplit("-", 1)[1])
    tagged = subprocess.run(
        [sys.executable, "-m", "wheel", "tags", "--platform-tag", platform, str(wheel)],
        check=True, capture_output=True, text=True,
    ).stdout.strip()
    folder.mkdir(parents=True, exist_ok=True)
    result = folder / tagged
    shutil.move(wheel.parent / tagged, result)
    print(f"{result}: {result.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
