#!/usr/bin/env bash
# Train in the background at the lowest priority:  bash training/background.sh FOLDER PACK [OPTION…]
# FOLDER gets run.pt and run.log; the options are those of training.train. End it, saved: touch FOLDER/run.pt.stop
# PYTHON names the interpreter (default python3). jemalloc keeps a CPU run at 3.4 GB where glibc's allocator grows to 11 GB.
set -euo pipefail
folder=$(realpath -m "${1:?folder for run.pt and run.log}") pack=$(realpath "${2:?arrays made by training.prepare}")
shift 2
mkdir -p "$folder"
cd "$(dirname "$0")/.."
jemalloc=$(ls /usr/lib/*/libjemalloc.so.2 2>/dev/null | head -1 || true)
[ -n "$jemalloc" ] || echo "no libjemalloc.so.2 (Debian: libjemalloc2): a tenth slower, three times the memory" >&2
grep -qE 'avx512_bf16|amx_bf16' /proc/cpuinfo || echo "this CPU has no bf16 products: a fifth of the speed" >&2
LD_PRELOAD=$jemalloc MALLOC_CONF="oversize_threshold:0,dirty_decay_ms:-1,muzzy_decay_ms:-1,narenas:2,thp:always" \
  setsid nohup nice -n 19 "${PYTHON:-python3}" -m training.train "$pack" --checkpoint "$folder/run.pt" "$@" \
  >>"$folder/run.log" 2>&1 </dev/null &
process=$!
# Linux groups processes by session and shares the CPU between the groups: nice alone only counts within one.
sleep 1 && echo 19 2>/dev/null >"/proc/$process/autogroup" || true
echo "training in the background, process $process: $folder/run.log"
