#!/usr/bin/env bash
# Second call, on the same machine: the prior's training for MINUTES, its sheets, and the weights packed into 15 MiB files.
set -u
source benchmarks/gpu_run/env.sh
args=(/dev/shm/data --out /tmp/prior --minutes "${MINUTES:-7}" --batch "${BATCH:-512}" --lr "${LR:-1.2e-3}" --flat 0.4 ${MORE:-})
python3 -m dreamgen prior train "${args[@]}" > "$OUT/train.log" 2>&1
tail -5 "$OUT/train.log"
cp /tmp/prior/log.jsonl "$OUT/"
split -b 15M -d /tmp/prior/unet/diffusion_pytorch_model.safetensors "$OUT/unet."
tar cf "$OUT/rest.tar" -C /tmp/prior mean sight scheduler README.md card.json train.json unet/config.json
last=$(ls -t /tmp/prior/samples/*.png | head -1); cp "$last" "$OUT/sheet.png"
ls -la "$OUT"
