"""An mp4 of a drawing that grows path by path, in the order in which they are painted, over its background or white."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from dreamgen.io import images, video
from dreamgen.svg.curves import first
from dreamgen.svg.picture import picture
from renderers.drawing import Drawing

ACCEPTS = (Drawing,)

EDGE = 512                  # pixels of the longer side
FPS = 24
FRAMES = 96                 # at most while it grows, however many paths there are
HOLD = 36                   # of the whole drawing at the end


def write(asset: Drawing, name: str = "asset") -> dict[str, bytes]:
    """``{name.mp4: bytes}``; raises FileError where ffmpeg or the disk for temporary files fails."""
    with TemporaryDirectory() as folder:
        path = video.write(Path(folder) / f"{name}.mp4", frames(asset), FPS)
        return {f"{name}.mp4": path.read_bytes()}


def frames(drawing: Drawing) -> Iterator[np.ndarray]:
    """[H, W, 3] uint8: nothing, then more paths from the lowest up, then all of them for a while."""
    for n in np.unique(np.linspace(0, len(drawing.paths), FRAMES + 1).round().astype(int)):
        rgba = picture(first(drawing, n), EDGE)
        last = images.to_uint8(images.over_white(rgba[..., :3] * rgba[..., 3:], rgba[..., 3:]))
        yield last
    yield from [last] * HOLD
