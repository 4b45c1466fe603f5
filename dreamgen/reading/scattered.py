r"""Points on the surface of a model, alike by area, with the color that is seen there without light.

    P(face) = its share of the area,   x = (1 - sqrt r) a + sqrt r (1 - s) b + sqrt r s c,   r, s ~ U(0, 1)
    color  = min(color * colors * texture + glow * glow_texture, 1)

A uniform point of a triangle is that of Osada et al., Shape Distributions (ACM TOG 21(4), 2002, eq. 1). A texture is read at
the nearest texel. Where it has a hole there is no surface: such points are drawn anew.
"""

import numpy as np
import torch

from .piece import CLAMP, MIRROR, Piece, Refused

ROUNDS = 20             # of drawing anew what fell into holes
HOLE = 128              # alpha of 255, below which a texel is one


def scattered(pieces: list[Piece], count: int, rng: torch.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(points [count, 3] in the file's axes and units, sRGB [count, 3] in [0, 1]), both float32.

    Raises:
        Refused: no surface: every triangle is a line or a point, or nearly all of it is holes.
    """
    areas = [_areas(piece) for piece in pieces]
    edges = np.concatenate(areas).cumsum()
    starts = np.cumsum([0, *map(len, areas)])
    if not edges[-1] > 0:
        raise Refused("its triangles have no area")
    points, colors, found = [], [], 0
    for _ in range(ROUNDS):
        picked, r, s = torch.rand(3, count, generator=rng, dtype=torch.float64).numpy()
        faces = np.searchsorted(edges, picked * edges[-1], side="right").clip(max=len(edges) - 1)
        weights = np.stack([1 - np.sqrt(r), np.sqrt(r) * (1 - s), np.sqrt(r) * s], 1)
        at, rgb, there = np.empty((count, 3)), np.empty((count, 3)), np.empty(count, bool)
        for k, piece in enumerate(pieces):
            rows = np.flatnonzero((faces >= starts[k]) & (faces < starts[k + 1]))
            corners, w = piece.faces[faces[rows] - starts[k]], weights[rows, :, None]
            at[rows] = (piece.vertices[corners] * w).sum(1)
            rgb[rows], there[rows] = _seen(piece, corners, w)
        points.append(at[there])
        colors.append(rgb[there])
        found += int(there.sum())
        if found >= count:
            return (np.concatenate(points)[:count].astype(np.float32), np.concatenate(colors)[:count].astype(np.float32))
    raise Refused("nearly all of its surface is holes of its textures")


def _areas(piece: Piece) -> np.ndarray:
    """[F]"""
    a, b, c = piece.vertices[piece.faces].transpose(1, 0, 2)
    return np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2


def _seen(piece: Piece, corners: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """sRGB [M, 3] and whether there is a surface [M], at the points of triangles ``corners`` [M, 3] with weights [M, 3, 1]."""
    M = len(corners)
    rgb, glow = np.tile(np.array(piece.color[:3]), (M, 1)), np.tile(np.array(piece.glow, float), (M, 1))
    there = np.ones(M, bool)
    if piece.colors is not None:
        rgb *= (piece.colors[corners] / 255 * w).sum(1)
    if piece.uv is not None:
        uv = (piece.uv[corners] * w).sum(1)
        if piece.texture is not None:
            texel = _texels(piece.texture, uv, piece.wrap)
            rgb *= texel[:, :3] / 255
            there = texel[:, 3] >= HOLE if texel.shape[1] == 4 else there
        if piece.glow_texture is not None:
            glow *= _texels(piece.glow_texture, uv, piece.wrap)[:, :3] / 255
    return np.minimum(rgb + glow, 1), there


def _texels(picture: np.ndarray, uv: np.ndarray, wrap: tuple[str, str]) -> np.ndarray:
    """[M, 3 or 4] uint8 nearest to ``uv`` [M, 2]."""
    H, W = picture.shape[:2]
    x, y = ((np.floor(_wrapped(uv[:, axis], way) * n).astype(np.int64)).clip(0, n - 1)
            for axis, (way, n) in enumerate(zip(wrap, (W, H), strict=True)))
    return picture[y, x]


def _wrapped(u: np.ndarray, way: str) -> np.ndarray:
    """In [0, 1]."""
    if way == CLAMP:
        return u.clip(0, 1)
    return 1 - np.abs(u % 2 - 1) if way == MIRROR else u % 1
