"""Frames to an mp4 that plays everywhere: H.264, yuv420p, even sizes, colors tagged.

The program is the ffmpeg that imageio-ffmpeg carries, called directly: imageio's own writer does not look at its exit
status, and a disk that fills during a video would leave a broken one in the place of the good one.
"""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from ..errors import FileError
from .atomic import discard, partial
from .images import to_uint8

CRF = 18                    # x264's constant quality: 0 lossless, 23 its default, 18 hardly told from the source
QUIET = ["-hide_banner", "-loglevel", "error", "-y"]
BT709 = ("scale=out_color_matrix=bt709,"         # said in full: without primaries a browser guesses the matrix by size
         "setparams=colorspace=bt709:color_primaries=bt709:color_trc=iec61966-2-1")     # sRGB's own curve
H264 = ["-an", "-vcodec", "libx264", "-pix_fmt", "yuv420p", "-crf", str(CRF), "-vf", BT709, "-movflags", "+faststart",
        "-fflags", "+bitexact", "-flags:v", "+bitexact"]


def write(path: Path, frames: Iterable[np.ndarray], fps: int = 24) -> Path:
    """Save frames [H, W, 3] (float sRGB in [0, 1] or uint8, all of one size) as ``path``, whole or not at all.

    A turntable loops well when its frames are a full turn without the first one again at the end, as ``camera.ring``'s.

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
        encode(pictures, beside, fps)
        with open(beside, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(beside, path)
    except (OSError, RuntimeError) as error:
        discard([beside])
        what = (isinstance(error, OSError) and error.strerror) or str(error)
        raise FileError(f"{path}: the video cannot be written ({what}); what was there before is whole") from None
    return path


def encode(pictures: list[np.ndarray], path: Path, fps: int) -> None:
    """Run ffmpeg over raw frames; RuntimeError with the last thing that it said if it fails or cannot be found.

    The library is imported only here: where none is made, a film's program need not be installed.
    """
    try:
        import imageio_ffmpeg
    except ImportError:
        raise RuntimeError("the program ffmpeg comes with imageio-ffmpeg, which is missing: pip install imageio-ffmpeg") from None
    H, W = pictures[0].shape[:2]
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{W}x{H}", "-r", str(fps), "-i", "-"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), *QUIET, *raw, *H264, str(path)]
    done = subprocess.run(command, input=b"".join(picture.tobytes() for picture in pictures), capture_output=True)
    if done.returncode:
        lines = [line.strip() for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
        raise RuntimeError(lines[-1] if lines else f"ffmpeg ended with {done.returncode}")


def even(picture: np.ndarray) -> np.ndarray:
    """yuv420p halves the color's size, so an odd picture repeats its last row or column."""
    H, W = picture.shape[:2]
    return np.pad(picture, ((0, H % 2), (0, W % 2), (0, 0)), mode="edge")
