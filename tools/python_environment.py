"""A virtual environment with pinned packages, made once and remade when the pins change.

    python3 tools/python_environment.py build/docs-env docs/requirements.txt     # prints the path of its Python

Several processes may ask for the same one at once: one makes it, the others wait.
"""

import fcntl
import hashlib
import pathlib
import shutil
import subprocess
import sys


def python_with(folder, requirements):
    """The Python of a virtual environment in `folder` that has exactly what the file `requirements` pins by hash."""
    folder, requirements = pathlib.Path(folder).absolute(), pathlib.Path(requirements)
    stamp = folder / ".requirements"
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_name(folder.name + ".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted:
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            subprocess.run([folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check",
                            "--require-hashes", "-r", requirements], check=True)
            stamp.write_text(wanted)
    return folder / "bin" / "python"


if __name__ == "__main__":
    print(python_with(*sys.argv[1:]))
