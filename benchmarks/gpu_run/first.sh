#!/usr/bin/env bash
# First call on a GPU that is had for minutes: what is there, the pictures to train on, how fast a step is.
# The pictures stay in /dev/shm and the compiled kernels in /tmp for the second call (train.sh) on the same machine.
set -u
source benchmarks/gpu_run/env.sh
nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader; nproc
python3 -c "import torch, diffusers, triton; print(torch.__version__, diffusers.__version__, triton.__version__)"
timed() { timeout 45 python3 benchmarks/gpu_run/step.py "$@" 2>&1 | grep -E "^step|Error" | tail -2; }
timed --batch 512                   # alone on the machine: before anything is drawn
timed --batch 512 --graph
timed --batch 160 --graph
timeout "$((${DRAW:-100} + 20))" python3 -m dreamgen prior data --out /dev/shm/data --shapes 64 --arrays --size 128 --views 20 \
    --seconds "${DRAW:-100}" --jobs "${JOBS:-6}" --device cuda 2>&1 | tail -5
du -sh /dev/shm/data
timeout 30 python3 benchmarks/gpu_run/peek.py /dev/shm/data "$OUT/data.png" 2>&1 | tail -1
