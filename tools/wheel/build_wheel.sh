#!/usr/bin/env bash
# The wheel that is published: tools/wheel/build_wheel.sh [FOLDER], by default dist/
#
# The same as `pip wheel .`, but from the profile-guided release (`tools/build_release.sh`, whose build folder is used
# again, so that nothing is compiled twice), and tagged with the oldest C library that it runs on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

out=${1:-dist}
tools/build_release.sh
venv=build/wheel-tools
if ! [ -x "$venv/bin/pip" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet -r tools/wheel/requirements.txt
fi
profile=$(grep -oP '^OVERT_PROFILE:STRING=\K.*' build/release/CMakeCache.txt)
rm -rf build/wheel-out && mkdir -p build/wheel-out "$out"
env CC=clang-19 CXX=clang++-19 "$venv/bin/pip" wheel . --quiet --no-deps --no-build-isolation --wheel-dir build/wheel-out \
  -C build-dir=build/release -C "cmake.define.OVERT_PROFILE=$profile" -C cmake.define.OVERT_FETCH_PACKAGES=OFF
"$venv/bin/python" tools/wheel/tag_wheel.py build/wheel-out/overt-*.whl "$out"
