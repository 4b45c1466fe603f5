#!/usr/bin/env bash
# Second call, on the same machine: the prior's training until END seconds of this call, its sheets, and the weights
# packed into files of 15 MiB. A step recorded as a CUDA graph is tried first; if it fails, the time that is left is
# trained without.
set -u
source benchmarks/gpu_run/env.sh
end=${END:-560}                     # of the ten minutes; 25 s of them pack
train() {
    rm -rf /tmp/prior
    python3 -m dreamgen prior train /dev/shm/data --out /tmp/prior --batch "${BATCH:-512}" --lr "${LR:-1e-3}" --flat 0.4 \
        --minutes "$(python3 -c "print(max(0.2, ($end - $SECONDS - 60) / 60))")" ${MORE:-} "$@" >> "$OUT/train.log" 2>&1
}
train --graph || { tail -3 "$OUT/train.log"; echo "again without a graph"; train; }
tail -3 "$OUT/train.log"
cp /tmp/prior/log.jsonl "$OUT/"
split -b 15M -d /tmp/prior/unet/diffusion_pytorch_model.safetensors "$OUT/unet."
tar cf "$OUT/rest.tar" -C /tmp/prior mean sight scheduler README.md card.json train.json unet/config.json
cp "$(ls -t /tmp/prior/samples/*.png | head -1)" "$OUT/sheet.png"
