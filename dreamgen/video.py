"""Frames to an mp4 that plays everywhere: H.264, yuv420p, even sizes, colours tagged. The only file that imports imageio."""

import os
from collections.abc import Iterable
from pathlib import Path

import imageio.v2 as imageio
import numpy as np

from .files import FileError, discard, partial
from .pictures import to_uint8

CRF = 18                    # x264's constant quality: 0 lossless, 23 its default, 18 hardly told from the source
BT709 = ["-vf", "scale=out_color_matrix=bt709", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
OUTPUT = [*BT709, "-crf", str(CRF), "-movflags", "+faststart", "-fflags", "+bitexact", "-flags:v", "+bitexact"]


def write(path: Path, frames: Iterable[np.ndarray], fps: int = 24) -> Path:
    """Save frames [H, W, 3] (float sRGB in [0, 1] or uint8, all of one size) as ``path``, whole or not at all.

    A turntable loops well when its frames are a full turn *without* the first one again at the end (``renderers.camera.ring``).

    Raises:
        ValueError: no frames, or frames of several sizes.
        FileError: ffmpeg is missing or fails, or the disk is full; an earlier ``path`` is as it was.
    """
    path = Path(path)
    pictures = [even(to_uint8(frame)) for frame in frames]
    sizes = {picture.shape for picture in pictures}
    if len(sizes) != 1:
        raise ValueError(f"{path}: a video needs frames of one size, got {sorted(sizes) if sizes else 'no frames'}")
    beside = partial(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with imageio.get_writer(beside, format="FFMPEG", fps=fps, codec="libx264", pixelformat="yuv420p", quality=None,
                                macro_block_size=1, output_params=OUTPUT) as writer:
            for picture in pictures:
                writer.append_data(picture)
        with open(beside, "rb+") as file:
            if not file.seek(0, os.SEEK_END):
                raise OSError("ffmpeg wrote nothing")
            os.fsync(file.fileno())
        os.replace(beside, path)
    except (OSError, RuntimeError, ImportError) as error:
        discard([beside])
        raise FileError(f"{path}: the video cannot be written ({reason(error)}); what was there before is whole") from None
    return path


def even(picture: np.ndarray) -> np.ndarray:
    """yuv420p halves the colour's size, so an odd picture repeats its last row or column."""
    H, W = picture.shape[:2]
    return np.pad(picture, ((0, H % 2), (0, W % 2), (0, 0)), mode="edge")


def reason(error: Exception) -> str:
    """The last thing that was said: imageio appends ffmpeg's whole log to its own message."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
