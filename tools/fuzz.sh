#!/usr/bin/env bash
# Runs fuzz targets: tools/fuzz.sh [--canary] [TARGET…]
#
# Without more each target makes as many runs as fit a test run (together above 100,000); FUZZ_SECONDS=3600 gives each an
# hour instead. What they find and learn is kept in build/fuzz/kept/<target>/. With --canary each target has one planted bug
# and must find it within ten minutes (one or two are usual), from its seeds alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

declare -A runs=([decode_fuzz]=60000 [parse_fuzz]=36000 [pipeline_fuzz]=5000 [lsp_fuzz]=1500)
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
cmake --preset fuzz >/dev/null
nice cmake --build "$build" -j "$(nproc)" --target "${targets[@]}"

# What was freed stays unusable for 32 MB; more of it costs a quarter of the runs.
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0:allocator_may_return_null=1:quarantine_size_mb=32:malloc_context_size=5}
kept_in=$build/kept
if [ $canary = yes ]; then
  kept_in=$build/canary
  export OVERT_PLANT_CANARY=1
  rm -rf "$kept_in"
fi
run() {  # TARGET CORPUS ARGUMENT…
  local target=$1 kept=$kept_in/$1 corpus=$kept_in/$1/$2
  shift 2
  mkdir -p "$corpus" "$kept/crashes"
  # Leaks are not looked for, so no input needs to be run twice.
  "$build/tests/$target" -detect_leaks=0 -timeout=25 -rss_limit_mb=4096 -max_len=8192 -dict=tests/fuzz/python.dict \
    -artifact_prefix="$kept/crashes/" "$@" "$corpus" "tests/fuzz/corpus/${target%_fuzz}"
}

failed=0
for target in "${targets[@]}"; do
  if [ $canary = yes ]; then
    run "$target" corpus -len_control=0 -max_len=1024 -seed=1 -max_total_time=600 >"$build/$target.canary.log" 2>&1 &
    processes+=("$! $target")
  elif [ -n "${FUZZ_SECONDS:-}" ]; then
    run "$target" corpus -max_total_time="$FUZZ_SECONDS" -print_final_stats=1 || failed=$((failed + 1))
  else
    # Side by side, each in as many processes as it has shards, with a seed of its own. None looks at what another has
    # learnt: from the same sources a test run makes the same inputs.
    for ((shard = 1; shard <= ${shards[$target]:-1}; ++shard)); do
      total=${FUZZ_RUNS:-${runs[$target]:-10000}}
      run "$target" "corpus.$shard" -runs=$((total / ${shards[$target]:-1})) -seed="$shard" -reload=0 -print_final_stats=1 \
        >"$build/$target.$shard.log" 2>&1 &
      processes+=("$! $target.$shard")
    done
  fi
done
declare -A broken=()
for entry in "${processes[@]}"; do
  name=${entry#* }
  if [ $canary = yes ]; then
    log=$build/$name.canary.log
    if wait "${entry% *}"; then
      echo "$name did not find its canary within ten minutes"
      broken[$name]=yes
    elif grep -q SpringCanary "$log"; then
      echo "$name found its canary after $(grep -oE '^#[0-9]+' "$log" | tail -1 | tr -d '#') runs"
    else
      tail -n 40 "$log" && echo "$name found something else"
      broken[$name]=yes
    fi
    continue
  fi
  wait "${entry% *}" || broken[${name%.*}]=yes
  echo "$name: $(grep -E '^(#[0-9]+ +DONE|Done )' "$build/$name.log" | tail -1)"
  [ -z "${broken[${name%.*}]:-}" ] || tail -n 60 "$build/$name.log"
done
failed=$((failed + ${#broken[@]}))
echo "$((${#targets[@]} - failed)) of ${#targets[@]} targets as they should be"
[ "$failed" -eq 0 ]
