"""A wheel of overt from a program that is built already: for tests that install hooks, not for users.

    python3 make_wheel.py build/dev/overt build/dev/precommit/wheels     # prints the wheel's path

The binary goes into the environment's `bin`, the stub index into `share/overt`, where the program looks for it. The real
wheel is built by `pip wheel .`; this one takes a second instead of minutes, and may hold any build of overt.
"""

import base64
import hashlib
import pathlib
import re
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def version():
    """Of the project, as CMake has it."""
    return re.search(r"^project\(overt VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text(), re.MULTILINE)[1]


def add(wheel, records, name, data, mode):
    info = zipfile.ZipInfo(name)
    info.external_attr = (0o100000 | mode) << 16
    wheel.writestr(info, data)
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    records.append(f"{name},sha256={digest},{len(data)}")


def make(binary, folder):
    """Writes the wheel of `binary` into `folder` and gives back its path."""
    stem = f"overt-{version()}"
    metadata = f"Metadata-Version: 2.1\nName: overt\nVersion: {version()}\n"
    tags = "Wheel-Version: 1.0\nGenerator: overt's tests\nRoot-Is-Purelib: false\nTag: py3-none-linux_x86_64\n"
    folder.mkdir(parents=True, exist_ok=True)
    path, records = folder / f"{stem}-py3-none-linux_x86_64.whl", []
    with zipfile.ZipFile(path, "w") as wheel:
        add(wheel, records, f"{stem}.data/scripts/overt", binary.read_bytes(), 0o755)
        stubs = binary.parent / "typeshed.overt-stubs"
        add(wheel, records, f"{stem}.data/data/share/overt/{stubs.name}", stubs.read_bytes(), 0o644)
        add(wheel, records, f"{stem}.dist-info/METADATA", metadata.encode(), 0o644)
        add(wheel, records, f"{stem}.dist-info/WHEEL", tags.encode(), 0o644)
        record = f"{stem}.dist-info/RECORD"
        wheel.writestr(record, "\n".join([*records, f"{record},,", ""]))
    return path


if __name__ == "__main__":
    print(make(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
