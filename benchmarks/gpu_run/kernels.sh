#!/usr/bin/env bash
# Are the kernels right on this GPU, and how fast are they? tests/gpu for at most half of LIMIT seconds, then the table of the
# operations in OPS, each for at most a minute. What there is lies in $OUT at any time.
set -u
source benchmarks/gpu_run/env.sh
export PYTHONPATH=$PYTHONPATH:$PWD/.gpu/rivals       # nerfacc, tinycudann and others, if they were built and brought along
limit=${LIMIT:-300} device=${DEVICE:-cuda}
left() { local rest=$((limit - SECONDS)); echo $((rest < ${1:-60} ? rest : ${1:-60})); }
nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader
python3 -m dreamgen doctor > "$OUT/doctor.txt" 2>&1
timeout "$(left $((limit / 2)))" python3 -m pytest -q -m gpu tests/gpu/test_gpu_steps.py tests/gpu -p no:cacheprovider --junitxml "$OUT/gpu-tests.xml" > "$OUT/gpu-tests.txt" 2>&1
tail -15 "$OUT/gpu-tests.txt"; echo "tested at $SECONDS s"
for op in ${OPS:-splat fill rasterize antialias surface nerf hashgrid composite march field varying shadow}; do
    [ "$(left)" -gt 5 ] || { echo "no time left for $op"; continue; }
    timeout "$(left)" python3 -m dreamgen bench "$op" --device "$device" --csv "$OUT" > "$OUT/bench-$op.txt" 2>&1 || echo "$op: failed or took too long"
    tail -n +3 "$OUT/bench-$op.txt" | grep -E "^\||Error"
done
echo "done at $SECONDS s"
