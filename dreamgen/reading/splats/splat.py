"""antimatter15's .splat: rows of 32 bytes and nothing else; formats/splat.py has the layout."""

import numpy as np

from renderers.assets import Splats
from renderers.splats import Y0, logits, rdf

from .._beside import Beside
from ._limits import at_most

ROW = np.dtype([("position", "<f4", 3), ("scale", "<f4", 3), ("rgba", "u1", 4), ("rotation", "u1", 4)])


def read(data: bytes, beside: Beside) -> tuple[Splats, list[str]]:
    if over := len(data) % ROW.itemsize:
        raise ValueError(f"cut short: {len(data)} bytes are {len(data) // ROW.itemsize} rows of {ROW.itemsize} and {over} more")
    rows = np.frombuffer(data, ROW, at_most(len(data) // ROW.itemsize))
    rgba = rows["rgba"].astype(np.float32) / 255
    if (rows["scale"] < 0).any():
        raise ValueError(f"row {(rows['scale'] < 0).any(1).argmax()} has a negative scale")
    splats = Splats(rows["position"], np.log(rows["scale"]), (rows["rotation"].astype(np.float32) - 128) / 128,
                    logits(rgba[:, 3]), (rgba[:, :3] - 0.5) / np.float32(Y0))
    return rdf(splats), []
