"""A model file of the user's as one mesh to be textured: its triangles to the bit, its places kept or made.

    corner = (position, normal, uv);   vertices of the mesh = the corners that differ, faces in the file's order

Positions are those of the file as float32, in its own axes and units. A piece with places in a picture keeps them, and pieces of
one material share a map; all others lie together in a new atlas. Normals are the file's, else smooth but for creases.
"""

import warnings
from pathlib import Path

import numpy as np

from renderers.assets import Material, Model

from .. import reading
from ..errors import ConfigError
from ..reading.creased import creased
from ..reading.piece import Piece
from ..reading.whole import keyed, material_of, refuse_far
from .unwrap import unwrap

SECONDS = 180.0             # for xatlas: once for a run, of which all depends on it
FLAT = 1e-9                 # area of all of a piece's triangles in its picture, below which its places say nothing


def given(path: Path, keep: bool, texels: int) -> Model:
    """The model in a file; warns of what is left out and of an atlas that xatlas could not make.

    Args:
        keep: the file's own places, where it has any.
        texels: edge of the map for which the others are laid out.

    Raises:
        ConfigError: one sentence: there is no such file, or no mesh in it that can be textured.
    """
    try:
        pieces = reading.read(path, plain=True, materials=True)
        refuse_far(pieces)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from None
    notes = list(dict.fromkeys(phrase for piece in pieces for phrase in piece.left_out))
    own_places = [keep and placed(piece) for piece in pieces]
    positions = [piece.vertices[piece.faces].astype(np.float32) for piece in pieces]
    places = [piece.uv[piece.faces].astype(np.float32) if own else None for piece, own in zip(pieces, own_places, strict=True)]
    if not all(own_places):
        bare = [corners for corners, own in zip(positions, own_places, strict=True) if not own]
        unwrapped, reason = atlas(np.concatenate(bare), texels)
        notes += [f"{reason}; every triangle has a place of its own"] if reason else []
        rows = iter(np.split(unwrapped, np.cumsum([len(corners) for corners in bare])[:-1]))
        places = [next(rows) if one is None else one for one in places]
    materials: dict[tuple, Material] = {}
    part = []
    for piece, own in zip(pieces, own_places, strict=True):
        key, material = keyed(material_of(piece)) if own else (("atlas",), Material(double_sided=True))
        materials.setdefault(key, material)
        part.append(np.full(len(piece.faces), list(materials).index(key), np.int32))
    if any(material.alpha == "MASK" for material in materials.values()):
        notes.append("its cut-outs are painted whole, and cut in the file")
    if notes:
        warnings.warn(f"{path.name}: {'; '.join(notes)}", stacklevel=2)
    normals = [by_corner(piece) for piece in pieces]
    return assembled(np.concatenate(positions), np.concatenate(normals), np.concatenate(places), tuple(materials.values()),
                     np.concatenate(part))


def placed(piece: Piece) -> bool:
    """Whether its places tell its triangles apart."""
    if piece.uv is None:
        return False
    a, b, c = piece.uv[piece.faces].transpose(1, 0, 2)
    (x, y), (u, v) = (b - a).T, (c - a).T
    return bool(np.isfinite(piece.uv[piece.faces]).all()) and float(np.abs(x * v - y * u).sum()) > FLAT


def by_corner(piece: Piece) -> np.ndarray:
    """[F, 3, 3] float32 normals."""
    if piece.normals is not None:
        return piece.normals[piece.faces].astype(np.float32)
    return creased(piece.vertices, piece.faces)


def atlas(positions: np.ndarray, texels: int) -> tuple[np.ndarray, str]:
    """[F, 3, 2] places of the triangles [F, 3, 3], and why not by xatlas, or ""."""
    corners = positions.reshape(-1, 3).astype(np.float64)
    low, high = corners.min(0), corners.max(0)
    corners = (corners - low) / max(float((high - low).max()), 1e-300)              # xatlas has absolute tolerances
    welded, index = np.unique(corners.astype(np.float32), axis=0, return_inverse=True)
    unwrapped = unwrap(welded, index.reshape(-1, 3).astype(np.int32), texels, seconds=SECONDS)
    return unwrapped.uv[unwrapped.faces], unwrapped.reason


def assembled(positions: np.ndarray, normals: np.ndarray, uv: np.ndarray, materials: tuple[Material, ...],
              part: np.ndarray) -> Model:
    """Corners [F, 3, ...] as a mesh; raises nothing, merges only what is the same to the bit."""
    rows = np.ascontiguousarray(np.concatenate([positions, normals, uv], -1).reshape(-1, 8).astype(np.float32))
    words = rows.view(np.dtype((np.void, rows.dtype.itemsize * 8))).ravel()
    _, first, index = np.unique(words, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")                # vertices in the order in which the faces name them
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    vertices = rows[first[order]]
    return Model(vertices[:, :3].copy(), rank[index.ravel()].reshape(-1, 3).astype(np.int32), vertices[:, 3:6].copy(),
                 vertices[:, 6:].copy(), materials=materials, part=part if len(materials) > 1 else None)
