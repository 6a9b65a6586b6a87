#!/usr/bin/env bash
# The release binary, in two stages: one that writes a profile while it checks real Python, one that uses it.
#
# The profile is kept below build/ under a name made of the sources it was taken from, so a second run only rebuilds what
# changed, and a change that does not touch parsing keeps the profile.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

jobs=$(nproc)
sources_hash() {
  { cat third_party/package-lock.json; git ls-files -s grammar checker/bind checker/classes; git diff HEAD -- grammar checker/bind checker/classes; } |
    sha256sum | cut -c1-16
}

build() {  # PRESET PROFILE
  cmake --preset "$1" -DOVERT_PROFILE="$2" >/dev/null
  cmake --build "build/$1" -j "$jobs" --target overt
}

# Real Python to learn from: the standard library, and the tests' own examples.
train() {  # OUTPUT
  local raw=build/instrumented/profile
  rm -rf "$raw" && mkdir -p "$raw"
  local library
  library=$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
  local status=0
  LLVM_PROFILE_FILE="$raw/%p.profraw" build/instrumented/overt check --no-cache --isolated --exit-zero --quiet \
    --error missing-override -j 2 "$library" >/dev/null 2>"$raw/errors" || status=$?
  # A run that did not check anything would be kept as a profile that slows everything down.
  if [ "$status" -gt 1 ]; then
    echo "build_release: no profile: the training run ended with $status: $(tail -n 3 "$raw/errors")" >&2
    return 1
  fi
  llvm-profdata-19 merge -o "$1" "$raw"/*.profraw
}

profile=build/profiles/$(sources_hash).profdata
if [ ! -f "$profile" ] && [ "${OVERT_PGO:-on}" = on ]; then
  build instrumented GENERATE
  mkdir -p build/profiles
  train "$profile" || true
fi
if [ -f "$profile" ]; then
  build release "$PWD/$profile"
else
  build release ""
fi
