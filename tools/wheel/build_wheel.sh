#!/usr/bin/env bash
# The wheel and the sdist that are published: tools/wheel/build_wheel.sh [FOLDER], by default dist/
#
# The wheel holds the profile-guided release (`tools/build_release.sh`), installed by the same rules as for `pip wheel .`
# (cmake/Install.cmake), so that nothing is compiled twice, and is tagged with the oldest C library that it runs on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

out=${1:-dist}
venv=build/wheel-tools
tools/build_release.sh
if ! cmp -s tools/wheel/requirements.txt "$venv/installed"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r tools/wheel/requirements.txt
  cp tools/wheel/requirements.txt "$venv/installed"
fi
rm -rf build/packed && mkdir -p "$out"
cmake --install build/release --strip --prefix build/packed/installed >/dev/null
"$venv/bin/python" tools/wheel/pack_wheel.py build/packed/installed "$out"
"$venv/bin/python" -c 'import sys; from scikit_build_core import build; print(build.build_sdist(sys.argv[1]))' "$out" \
  >build/packed/sdist.log || { cat build/packed/sdist.log >&2 && exit 1; }
