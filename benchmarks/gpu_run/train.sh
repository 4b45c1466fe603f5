#!/usr/bin/env bash
# One call on a GPU that is had for ten minutes: the CPUs draw pictures until the end, and a prior is trained from
# FROM until second END of the call. What was published last is kept in $OUT as it goes, in files of
# 15 MiB, so that a call that is cut off loses minutes only.
set -u
source benchmarks/gpu_run/env.sh
end=${END:-520} from=${FROM:-.gpu/start} data=${DATA:-/dev/shm/data} made=${MADE:-/tmp/prior}
keep() {
    [ -f "$made/card.json" ] || return
    split -b 15M -d "$made/unet/diffusion_pytorch_model.safetensors" "$OUT/unet."
    tar cf "$OUT/rest.tar" -C "$made" mean sight scheduler README.md card.json train.json log.jsonl unet/config.json
}
train() {       # until END; the first argument is how many minutes it has trained before
    python3 -m dreamgen prior train "$data" --out "$made" \
        --minutes "$(python3 -c "print($1 + max(0.2, ($end - $SECONDS - 40) / 60))")" "${@:2}" >> "$OUT/train.log" 2>&1
}
anew() {
    rm -rf "$made"
    train 0 --from "$from" --batch "${BATCH:-256}" --mean-batch 128 --flat 0.4 "$@"
}
trained() {     # minutes, as its newest checkpoint has them; fails where there is none
    python3 -c "from pathlib import Path; from dreamgen.io.checkpoint import read; print(read(Path('$made/checkpoints'))[1]['minutes'])"
}
nvidia-smi --query-gpu=name,driver_version --format=csv,noheader
nice -n 19 python3 -m dreamgen prior data --out "$data" --shapes 400 --arrays --size 128 --views 16 --samples 2 \
    --seconds $((end - 40)) --jobs "${JOBS:-14}" --device cpu > "$OUT/data.log" 2>&1 &
while [ "$(ls "$data" | grep -c json)" -lt "${PARTS:-48}" ] && [ $SECONDS -lt 120 ]; do sleep 1; done
echo "$(ls "$data" | grep -c json) parts at $SECONDS s"
(while sleep 60; do keep; done) & keeper=$!
anew --graph --lr "${LR:-1e-3}" || {
    tail -3 "$OUT/train.log"
    if minutes=$(trained 2> /dev/null); then
        echo "on from the checkpoint of minute $minutes, more carefully"; train "$minutes" --resume --lr 5e-4
    else
        echo "again, more carefully"; anew --lr 5e-4
    fi
}
kill $keeper
keep
tail -4 "$OUT/train.log"; tail -1 "$OUT/data.log"; ls "$data" | grep -c json
cp "$(ls -t "$made"/samples/*.png | head -1)" "$OUT/sheet.png"
timeout 30 python3 benchmarks/gpu_run/peek.py "$data" "$OUT/data.png"
echo "done at $SECONDS s"
