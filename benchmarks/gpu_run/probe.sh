#!/usr/bin/env bash
# What a GPU does with a training step, before any is trained: sizes, graph, where the time goes; then, side by side, how
# long torch.compile takes, how fast the CPUs draw pictures, a draft and a drawing. More than four minutes where compiling is slow.
set -u
source benchmarks/gpu_run/env.sh
widths=${WIDTHS:-64,96,160,192}
step() { timeout "$1" python3 benchmarks/gpu_run/step.py "${@:2}" 2>&1 | grep -E "^step|Error" | tail -4; }
nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader; nproc; lscpu | grep "Model name"
step 40 --batch 512 256 128 --widths "$widths" --graph
step 40 --batch 512 160 --widths "$widths" --profile "$OUT/profile.txt"
step 30 --batch 512 256 --graph
echo "alone until $SECONDS s"
step 150 --batch 256 512 --widths "$widths" --graph --compile > "$OUT/compiled.txt" & compiled=$!
timeout 60 python3 -m dreamgen prior data --out /dev/shm/probe --shapes 64 --arrays --size 128 --views 16 --samples 2 \
    --seconds 45 --jobs 12 --device cpu > "$OUT/drawn.txt" 2>&1
tail -1 "$OUT/drawn.txt"; echo "drawn at $SECONDS s"
(timeout 80 python3 -m dreamgen 3d "a red apple" --preset draft --out /tmp/runs --quiet; timeout 40 python3 -m dreamgen svg "a red apple" --out /tmp/runs --quiet) > "$OUT/made.txt" 2>&1
tail -12 "$OUT/made.txt"; echo "made at $SECONDS s"
wait $compiled; cat "$OUT/compiled.txt"; echo "compiled at $SECONDS s"
tar cf "$OUT/compiled.tar" -C /tmp ind tri 2>/dev/null; ls -la "$OUT"
for run in /tmp/runs/*; do cp "$run"/*.png "$OUT/" 2>/dev/null; tail -2 "$run"/*.jsonl; done
