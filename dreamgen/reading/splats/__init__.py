"""Files of 3D Gaussians, of ours or of somebody else's, one file format a file; each gives the record ``Splats``.

    READERS[suffix].read(data, beside) -> (Splats in the world's axes, notes)

A note is a phrase about something that the file has and the record has not. Here the rows are made what the record
promises: those that are no numbers are left out and counted, quaternions get unit length, opacities of 0 and 1, whose
logits are infinite, become finite. What cannot be read is refused in one phrase, as models are.
"""

from pathlib import Path

import numpy as np

from renderers.assets import Splats

from .. import LARGEST_FILE, phrase
from .._beside import Beside
from ..piece import Refused
from . import gltf, ply, splat, spz

READERS = {".ply": ply, ".splat": splat, ".spz": spz, ".glb": gltf, ".gltf": gltf}
SUFFIXES = tuple(READERS)
LOGIT = 16.0                # |opacity_logits| at most: opacity 1e-7 from 0 or 1
SMALLEST, LARGEST = -20.0, 20.0     # log_scales: 2 nanometres to 500,000 km


def read(path: Path) -> tuple[Splats, list[str]]:
    """The Gaussians of a file, at least one, and what was dropped of it.

    Raises:
        ValueError: one phrase: not such a file, damaged, too large, or something that is not understood.
        OSError: it cannot be opened.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise Refused(f"not a file of Gaussians; have {', '.join(SUFFIXES)}")
    if (size := path.stat().st_size) > LARGEST_FILE:
        raise Refused(f"{size / 2**30:.1f} GiB large, at most {LARGEST_FILE >> 30} are read")
    data = path.read_bytes()
    try:
        with np.errstate(all="ignore"):         # numbers that are none are looked for below
            return clean(*reader.read(data, Beside(path.parent, plain=False)))
    except Refused:
        raise
    except Exception as error:          # readers of damaged files stumble over whatever there is
        raise ValueError(f"cannot be read ({phrase(error)})") from None


def clean(found: Splats, notes: list[str]) -> tuple[Splats, list[str]]:
    """The rows that are numbers, in the ranges of the record; raises Refused where there is none."""
    length = np.linalg.norm(found.quaternions, axis=1)
    logits, log_scales = np.clip(found.opacity_logits, -LOGIT, LOGIT), np.clip(found.log_scales, SMALLEST, LARGEST)
    good = np.isfinite(logits) & np.isfinite(length) & (length > 1e-6)
    for rows in (found.positions, log_scales, found.colors):
        good &= np.isfinite(rows).all(axis=1)
    if not good.any():
        raise Refused("no Gaussians" if not len(good) else f"none of its {len(good)} Gaussians has finite numbers")
    if not good.all():
        notes = [*notes, f"{(~good).sum()} of {len(good)} Gaussians are not finite or have no rotation, and are left out"]
    parts = (found.positions, log_scales, found.quaternions / np.maximum(length, 1e-6)[:, None], logits, found.colors)
    return Splats(*(np.ascontiguousarray(part[good], np.float32) for part in parts)), notes
