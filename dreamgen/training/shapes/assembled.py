"""Parts put together: one mesh, or the arrays that the renderer takes."""

from dataclasses import replace

import numpy as np

from renderers.assets import Mesh

from ...reading.creased import creased
from .parts import Part


def mesh(parts: list[Part]) -> Mesh:
    """All parts as one mesh, centred, its box's diagonal 1; no two faces share a corner, since each has its color."""
    low, high = bounds(parts)
    whole = [replace(p, vertices=(p.vertices - (low + high) / 2) / np.linalg.norm(high - low)) for p in parts]
    vertices, faces, normals, colors, _ = corners(whole)
    return Mesh(vertices=vertices.astype(np.float32), faces=faces.astype(np.int32), normals=normals, colors=colors)


def bounds(parts: list[Part]) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest coordinates [3]."""
    vertices = np.concatenate([p.vertices for p in parts])
    return vertices.min(0), vertices.max(0)


def corners(parts: list[Part]) -> tuple[np.ndarray, ...]:
    """Of parts in one: vertices [3F, 3], faces [F, 3], normals [3F, 3], colors [3F, 3] uint8 and grain [3F, 3]."""
    start = np.cumsum([0, *(len(p.vertices) for p in parts)])
    vertices, grain = (np.concatenate([getattr(p, name) for p in parts]) for name in ("vertices", "grain"))
    faces = np.concatenate([p.faces + k for p, k in zip(parts, start)])
    colors = np.concatenate([p.colors for p in parts]).repeat(3, 0)
    at = faces.reshape(-1)
    return (vertices[at], np.arange(len(at)).reshape(-1, 3), creased(vertices, faces).reshape(-1, 3),
            np.rint(colors.clip(0, 1) * 255).astype(np.uint8), grain[at])
