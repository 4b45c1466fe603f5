"""Drawings at random with all that a Drawing can say, and resvg to say how they look."""

from io import BytesIO

import numpy as np
import resvg_py
from PIL import Image

from dreamgen.svg.curves import of_shapes
from dreamgen.svg.shapes import Shape, Subpath
from renderers.drawing import Drawing, Paint

SIZES = ((20.0, 20.0), (96.0, 48.0), (512.0, 384.0), (1000.0, 250.0))        # units; 256 pixels divide evenly


def random_drawing(seed: int) -> Drawing:
    """3 to 16 paths on a canvas of 20 to 1000 units: blobs, polygons, rings, lines; some of them beyond its edge."""
    rng = np.random.default_rng(seed)
    size = SIZES[rng.integers(len(SIZES))]
    shapes = [random_shape(rng, np.array(size), layer) for layer in range(3) for _ in range(rng.integers(1, 6))]
    background = tuple(rng.random(3)) if rng.random() < 0.5 else None
    return of_shapes(shapes).drawing(size, background)


def random_shape(rng: np.random.Generator, size: np.ndarray, layer: int) -> Shape:
    paint = Paint(int(rng.integers(5)))
    centre = rng.uniform(-0.1, 1.1, 2) * size
    radius = rng.uniform(0.05, 0.5) * min(size)
    subpaths = [random_subpath(rng, centre, radius * shrink, paint) for shrink in (1.0, 0.5)[:rng.integers(1, 3)]]
    color = (*rng.random(3), 1.0 if rng.random() < 0.4 else rng.uniform(0.05, 1))
    return Shape(paint, color, rng.uniform(0.005, 0.06) * min(size) if paint.is_stroke else 0.0, subpaths, layer)


def random_subpath(rng: np.random.Generator, centre: np.ndarray, radius: float, paint: Paint) -> Subpath:
    """A chain of cubics around ``centre``, closed or not, in which every third piece or so is straight."""
    S = int(rng.integers(2, 7))
    turn = np.linspace(0, 2 * np.pi, S + 1) + rng.uniform(0, 1, S + 1)
    joints = centre + radius * rng.uniform(0.5, 1, (S + 1, 1)) * np.stack([np.cos(turn), np.sin(turn)], 1)
    closed = not paint.is_stroke or rng.random() < 0.3
    if closed:
        joints[-1] = joints[0]
    points = [joints[0]]
    for a, b in zip(joints[:-1], joints[1:], strict=True):
        bend = 0.0 if rng.random() < 0.3 else radius / 4
        points += [a + rng.normal(size=2) * bend, b + rng.normal(size=2) * bend, b]
    return Subpath(np.array(points), closed)


def resvg(data: bytes, width: int) -> np.ndarray:
    """[H, W, 4] float in [0, 1], premultiplied, of an SVG file."""
    png = resvg_py.svg_to_bytes(svg_string=data.decode("utf-8"), width=width, dpi=96)
    rgba = np.asarray(Image.open(BytesIO(bytes(png))).convert("RGBA"), np.float32) / 255
    return np.concatenate([rgba[..., :3] * rgba[..., 3:], rgba[..., 3:]], 2)
