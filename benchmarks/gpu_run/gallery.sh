#!/usr/bin/env bash
# Draw the gallery on the CPU cores of the machine with a GPU, a row of `dreamgen batch` each: SEEDS of each of PROMPTS, until END
# seconds have passed. $OUT gets what was made, as parts of one archive: cat part-* | tar xz -C FOLDER; the page is then made here,
# by python -m dreamgen.tools.gallery --from FOLDER. The machine has no ffmpeg, so there are no films.
set -u
source benchmarks/gpu_run/env.sh
export CUDA_VISIBLE_DEVICES=
made=${MADE:-/tmp/gallery}
timeout "${END:-480}" python3 -m dreamgen batch "${PROMPTS:-docs/gallery/prompts.txt}" --seeds "${SEEDS:-0,1}" --out "$made" \
    preset=draft export.turntable=0 > "$OUT/gallery.log" 2>&1
tail -4 "$OUT/gallery.log"
tar cz -C "$made" --exclude=checkpoints --exclude=mesh.npz . | split -b 14m - "$OUT/part-"
echo "drawn at $SECONDS s"
