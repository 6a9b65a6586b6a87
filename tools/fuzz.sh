#!/usr/bin/env bash
# Runs fuzz targets: tools/fuzz.sh [--canary] [TARGET…]
#
# Without more each target makes as many runs as fit a test run (together above 100,000); FUZZ_SECONDS=3600 gives each an
# hour instead. What they find and learn is kept in build/fuzz/kept/<target>/. With --canary a build with one planted bug
# for each target must find it within a minute.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

declare -A runs=([decode_fuzz]=60000 [parse_fuzz]=45000 [pipeline_fuzz]=6000)
declare -A shards=([parse_fuzz]=2)
processes=()
canary=no
if [ "${1:-}" = --canary ]; then
  canary=yes
  shift
fi
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  for source in tests/fuzz/*_fuzz.cc; do
    targets+=("$(basename "$source" .cc)")
  done
fi

build=build/fuzz
options=()
if [ $canary = yes ]; then
  build=build/fuzz-canary
  options=(-B "$build" -DOVERT_PLANT_CANARY=ON)
fi
cmake --preset fuzz "${options[@]}" >/dev/null
nice cmake --build "$build" -j "$(nproc)" --target "${targets[@]}"

export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0:allocator_may_return_null=1}
run() {  # TARGET ARGUMENT…
  local target=$1 kept=$build/kept/$1
  shift
  mkdir -p "$kept/corpus" "$kept/crashes"
  "$build/tests/$target" -timeout=25 -rss_limit_mb=4096 -max_len=8192 -dict=tests/fuzz/python.dict \
    -artifact_prefix="$kept/crashes/" "$@" "$kept/corpus" "tests/fuzz/corpus/${target%_fuzz}"
}

failed=0
for target in "${targets[@]}"; do
  if [ $canary = yes ]; then
    rm -rf "$build/kept/$target"
    log=$build/$target.log
    if run "$target" -max_total_time=60 >"$log" 2>&1; then
      echo "$target did not find its canary within a minute" && failed=$((failed + 1))
    elif grep -q SpringCanary "$log"; then
      echo "$target found its canary after $(grep -oE '^#[0-9]+' "$log" | tail -1 | tr -d '#') runs"
    else
      tail -n 40 "$log" && echo "$target found something else" && failed=$((failed + 1))
    fi
  elif [ -n "${FUZZ_SECONDS:-}" ]; then
    run "$target" -max_total_time="$FUZZ_SECONDS" -print_final_stats=1 || failed=$((failed + 1))
  else
    # Side by side, each in as many processes as it has shards, with a seed of its own.
    for ((shard = 1; shard <= ${shards[$target]:-1}; ++shard)); do
      total=${FUZZ_RUNS:-${runs[$target]:-10000}}
      run "$target" -runs=$((total / ${shards[$target]:-1})) -seed="$shard" -print_final_stats=1 \
        >"$build/$target.$shard.log" 2>&1 &
      processes+=("$! $target.$shard")
    done
  fi
done
declare -A broken=()
for entry in "${processes[@]}"; do
  name=${entry#* }
  wait "${entry% *}" || broken[${name%.*}]=yes
  echo "$name: $(grep -E '^(#[0-9]+ +DONE|Done )' "$build/$name.log" | tail -1)"
  [ -z "${broken[${name%.*}]:-}" ] || tail -n 60 "$build/$name.log"
done
failed=$((failed + ${#broken[@]}))
echo "$((${#targets[@]} - failed)) of ${#targets[@]} targets as they should be"
[ "$failed" -eq 0 ]
