"""A few colored shapes with captions: the smallest data that a prior can be trained on, and the smallest training."""

import json
from pathlib import Path

import numpy as np
import torch

from dreamgen.io import images
from dreamgen.training.captions import COLORS
from dreamgen.training.config import Config

SIZE = 16
CPU = torch.device("cpu")
TINY = Config(size=SIZE, fold=2, widths=(8, 16), batch=8, mean_batch=16, mean_first=0, minutes=0, images=160, lr=1e-2,
              warmup=0, report_steps=3, precision="float32")
STEPS = 20
CHAIR_AZIMUTHS = (0, 60, 180)


def disc(color, shift: float = 0.0) -> np.ndarray:
    """[16, 16, 4] uint8; ``shift`` pixels to the right of the centre."""
    y, x = np.mgrid[:SIZE, :SIZE] + 0.5 - SIZE / 2
    picture = np.zeros((SIZE, SIZE, 4), np.uint8)
    picture[np.hypot(x - shift, y) < 4] = (*color, 255)
    return picture


def write(folder: Path, files: dict[str, np.ndarray | bytes], rows: list[dict | str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in files.items():
        (folder / name).write_bytes(picture if isinstance(picture, bytes) else images.png(picture))
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / "metadata.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def row(file: str, name: str, azimuth=None, object=None) -> dict:
    return {"file": file, "name": name, "tags": [], "azimuth": azimuth, "elevation": None if azimuth is None else 15,
            "object": object, "source": "shapes", "creator": "a test"}


def make(folder: Path) -> Path:
    """A red apple and a green bush without cameras; a grey chair, seen from three sides, off its centre from one."""
    files = {"apple.png": disc((220, 30, 20)), "bush.png": disc((20, 160, 40)),
             **{f"chair{a}.png": disc((180, 180, 180), 3 if a == 60 else 0) for a in CHAIR_AZIMUTHS}}
    rows = [row("apple.png", "red apple"), row("bush.png", "bush"),
            *(row(f"chair{a}.png", "chair", a, 7) for a in CHAIR_AZIMUTHS)]
    return write(folder, files, rows)


def colors(x0) -> list[str]:
    """What each of x0 [B, 4, S, S] is painted in, of COLORS."""
    x = (x0 + 1) / 2
    solid = x[:, 3:] > 0.5
    mean = (x[:, :3] * solid).sum((2, 3)) / (x[:, 3:] * solid).sum((2, 3))
    palette = torch.tensor([*COLORS.values()])
    return [[*COLORS][k] for k in torch.cdist(mean, palette).argmin(-1).tolist()]


def centre(x0):
    """[B] mean column of what is opaque in [B, 4, S, S], 0 = the middle."""
    weight = (x0[:, 3] + 1).sum(1)
    return (weight * (torch.arange(x0.shape[-1]) + 0.5 - x0.shape[-1] / 2)).sum(1) / weight.sum(1)
