#!/usr/bin/env bash
# First call on a GPU that is had for minutes: what is there, the pictures to train on, how fast a step is.
# The pictures stay in /dev/shm and the compiled kernels in /tmp for the second call (train.sh) on the same machine.
set -u
source benchmarks/gpu_run/env.sh
nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader; df -h /dev/shm /tmp | tail -2; nproc
python3 -c "import torch, diffusers, triton, transformers; print(torch.__version__, diffusers.__version__, triton.__version__, transformers.__version__)"
python3 benchmarks/gpu_run/draw.py /dev/shm/data --seconds "${DRAW:-110}" --processes 13 > "$OUT/draw.log" 2>&1 &
drawing=$!
timeout 60 python3 benchmarks/gpu_run/step.py --batch 512 2>&1 | tail -3
timeout 100 python3 benchmarks/gpu_run/step.py --batch 512 --compile 2>&1 | tail -3
wait $drawing
tail -3 "$OUT/draw.log"
ls /dev/shm/data | wc -l; du -sh /dev/shm/data
timeout 40 python3 benchmarks/gpu_run/step.py --batch 512 2>&1 | tail -1
timeout 40 python3 benchmarks/gpu_run/step.py --batch 512 --compile 2>&1 | tail -1
python3 benchmarks/gpu_run/peek.py /dev/shm/data "$OUT/data.png" 2>&1 | tail -1
