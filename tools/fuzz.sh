#!/usr/bin/env bash
# Runs fuzz targets, each for FUZZ_SECONDS (60). What they find and learn is kept in build/fuzz/kept/<target>/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  for source in tests/fuzz/*_fuzz.cc; do
    [ -e "$source" ] && targets+=("$(basename "$source" .cc)")
  done
fi
if [ ${#targets[@]} -eq 0 ]; then
  echo "fuzz: there are no targets in tests/fuzz" >&2
  exit 1
fi

cmake --preset fuzz >/dev/null
cmake --build build/fuzz -j "$(nproc)" --target "${targets[@]}"

failed=0
for target in "${targets[@]}"; do
  kept=build/fuzz/kept/$target
  mkdir -p "$kept/corpus" "$kept/crashes"
  seeds=tests/fuzz/corpus/${target%_fuzz}
  [ -d "$seeds" ] || seeds=
  "build/fuzz/tests/$target" -max_total_time="${FUZZ_SECONDS:-60}" -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix="$kept/crashes/" "$kept/corpus" ${seeds:+"$seeds"} || failed=$((failed + 1))
done
echo "$((${#targets[@]} - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
