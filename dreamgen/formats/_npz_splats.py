"""Gaussians as plain arrays in one file, as they were optimised: from it `dreamgen export` writes every format, each with
the 3D filter baked in anew; not itself a format that is offered. Their surface lies in a file of its own (_npz.py)."""

from io import BytesIO
from pathlib import Path

import numpy as np

from renderers.assets import Splats

NUMBERS = ("positions", "log_scales", "quaternions", "opacity_logits", "colors", "pixel")


def packed(splats: Splats) -> bytes:
    """The bytes of an .npz file."""
    data = BytesIO()
    np.savez_compressed(data, **{name: np.asarray(getattr(splats, name)) for name in NUMBERS})
    return data.getvalue()


def unpacked(path: Path) -> Splats:
    """The Gaussians in a file that ``packed`` made; raises ValueError for another file."""
    with np.load(path, allow_pickle=False) as file:
        if missing := [name for name in NUMBERS if name not in file.files]:
            raise ValueError(f"{path}: has no {missing[0]!r}; have {', '.join(file.files)}")
        arrays = {name: file[name] for name in NUMBERS}
    return Splats(**arrays | {"pixel": float(arrays["pixel"])})
