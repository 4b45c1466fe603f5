#!/usr/bin/env bash
# Draw the gallery on the CPU cores of the machine with a GPU, one thread a run: SEEDS of each of PROMPTS, until END seconds have
# passed. $OUT gets what was made, as parts of one archive: cat part-* | tar xz; the page is then made here, by
# python -m dreamgen.tools.gallery --runs FOLDER. The machine has no ffmpeg, so there are no films.
set -u
source benchmarks/gpu_run/env.sh
export CUDA_VISIBLE_DEVICES= OMP_NUM_THREADS=1 NUMBA_NUM_THREADS=1
sed -i 's/turntable: [0-9]*/turntable: 0/' configs/text-to-3d.yaml
mkdir -p /tmp/gallery /tmp/pages
grep -v '^#' "${PROMPTS:-docs/gallery/prompts.txt}" | split -l 1 - /tmp/pages/prompt-
for seed in ${SEEDS:-0 1}; do
    for prompt in /tmp/pages/prompt-??; do
        timeout -k 5 "${END:-480}" python3 -m dreamgen.tools.gallery --prompts "$prompt" --seeds "$seed" --preset draft \
            --runs /tmp/gallery --out "/tmp/pages/out-$seed-${prompt##*-}" > "$prompt-$seed.log" 2>&1 &
    done
done
wait
cat /tmp/pages/*.log
tar cz -C /tmp/gallery --exclude=checkpoints --exclude=mesh.npz . | split -b 14m - "$OUT/part-"
echo "drawn at $SECONDS s"
