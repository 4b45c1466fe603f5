"""Gaussians whose picture is known: a ball of flat ones, the colors of its sides, and rows at random."""

import numpy as np

from renderers.assets import Splats
from renderers.splats import Y0, logits

DISTANCE, TAN = 1.55, np.tan(np.pi / 9)         # of the usual cameras: metres, half the field of view


def pixel(edge: int) -> float:
    """Metres that a pixel covers at the origin, in pictures of ``edge`` pixels from the usual cameras."""
    return float(2 * DISTANCE * TAN / edge)


def ball(count: int = 2000, radius: float = 0.35, edge: int = 64, opacity: float = 0.9) -> Splats:
    """Disks on a sphere that touch: red to the right, green to the top, blue to the front; dark on the opposite sides."""
    k = np.arange(count) + 0.5
    y, turn = 1 - 2 * k / count, k * np.pi * (1 + 5 ** 0.5)                       # a Fibonacci lattice
    normals = np.stack([np.sqrt(1 - y * y) * np.cos(turn), y, np.sqrt(1 - y * y) * np.sin(turn)], 1)
    q = np.concatenate([1 + normals[:, 2:], -normals[:, 1:2], normals[:, :1], np.zeros((count, 1))], 1)  # +z to the normal
    q /= np.linalg.norm(q, axis=1, keepdims=True)
    spacing = radius * np.sqrt(4 * np.pi / count)
    scale = np.tile([0.5 * spacing, 0.5 * spacing, 0.05 * spacing], (count, 1))
    rgb = 0.5 + 0.4 * normals
    parts = (radius * normals, np.log(scale), q, logits(np.full(count, opacity)), (rgb - 0.5) / Y0)
    return Splats(*(part.astype(np.float32) for part in parts), pixel=pixel(edge))


def at_random(count: int = 100, seed: int = 0, pixel: float = 0.0) -> Splats:
    """Of all shapes, in all directions, some colors beyond [0, 1]."""
    rng = np.random.default_rng(seed)
    q = rng.normal(size=(count, 4))
    parts = (rng.uniform(-0.5, 0.5, (count, 3)), rng.uniform(-5, -2, (count, 3)), q / np.linalg.norm(q, axis=1, keepdims=True),
             rng.normal(0, 2, count), rng.normal(size=(count, 3)))
    return Splats(*(part.astype(np.float32) for part in parts), pixel=pixel)
