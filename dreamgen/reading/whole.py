"""The pieces of a model as one mesh, each material once.

    vertices of all pieces, one after the other;  part of a face = its piece's material

A piece whose file says nothing of its material wears its plain color.
"""

import warnings
from dataclasses import replace

import numpy as np

from renderers.assets import Material, Mesh

from ._colors import linear
from .piece import Piece

NOTHING = 1e-12             # length below which a normal says no direction
LARGEST = 1e18              # coordinates whose squares float32 still holds


def mesh(pieces: list[Piece]) -> Mesh:
    """One mesh, in the file's own axes and units; warns of what is left out of its materials.

    Vertex colors are kept where a piece has them and no picture. Raises ValueError for coordinates beyond ``LARGEST``.
    """
    if notes := list(dict.fromkeys(phrase for piece in pieces for phrase in piece.left_out)):
        warnings.warn("; ".join(notes), stacklevel=2)
    refuse_far(pieces)
    materials: dict[tuple, Material] = {}
    worn = [materials.setdefault(*keyed(material_of(piece))) for piece in pieces]
    numbers = {id(material): k for k, material in enumerate(materials.values())}
    start = np.cumsum([0, *(len(piece.vertices) for piece in pieces)])
    vertices = np.concatenate([piece.vertices for piece in pieces])
    faces = np.concatenate([piece.faces + at for piece, at in zip(pieces, start[:-1], strict=True)])
    part = np.repeat([numbers[id(one)] for one in worn], [len(piece.faces) for piece in pieces]).astype(np.int32)
    return shortened(Mesh(
        np.nan_to_num(vertices, nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32), faces.astype(np.int32),
        normals_of(pieces), stacked(pieces, "uv", 2, 0.0, np.float32), None, stacked(pieces, "colors", 3, 255, np.uint8),
        tuple(materials.values()), part))


def refuse_far(pieces: list[Piece]) -> None:
    """Raise ValueError for coordinates beyond ``LARGEST``."""
    largest = max(np.abs(piece.vertices[piece.faces]).max() for piece in pieces)
    if largest > LARGEST:
        raise ValueError(f"its coordinates reach {largest:.0e}, at most {LARGEST:.0e} can be computed with")


def shortened(mesh: Mesh) -> Mesh:
    """``mesh`` as a plain one where its only material is plain."""
    if len(mesh.materials) > 1:
        return mesh
    only, inside = mesh.materials[0], mesh.uv is not None and 0 <= mesh.uv.min() and mesh.uv.max() <= 1
    bare = replace(only, texture=None, name="", **({"wrap": Material.wrap} if inside else {}))
    if bare == Material() and (only.texture is not None) == (mesh.uv is not None):
        return replace(mesh, texture=only.texture, materials=(), part=None)
    return replace(mesh, part=None)


def material_of(piece: Piece) -> Material:
    if piece.material is not None:
        return piece.material
    rgb, opacity = linear(np.asarray(piece.color[:3], np.float64)), float(piece.color[3])
    picture = piece.texture
    holes = picture is not None and picture.shape[2] == 4 and bool((picture[..., 3] < 255).any())
    if picture is not None and not holes:
        picture = np.ascontiguousarray(picture[..., :3])
    return Material((*rgb.tolist(), opacity), picture, emissive=tuple(linear(np.asarray(piece.glow)).tolist()),
                    emissive_texture=piece.glow_texture, alpha="BLEND" if opacity < 1 else "MASK" if holes else "OPAQUE",
                    wrap=piece.wrap)


def keyed(material: Material) -> tuple[tuple, Material]:
    """Two materials are one where they say the same and share their pictures."""
    values = {name: value for name, value in vars(material).items() if not isinstance(value, np.ndarray)}
    return (tuple(values.items()), tuple((name, id(picture)) for name, picture in material.pictures.items())), material


def stacked(pieces: list[Piece], name: str, width: int, otherwise: float, kind: type) -> np.ndarray | None:
    """[V, width] of all pieces, ``otherwise`` where one has none; None where no piece has any."""
    rows = [getattr(piece, name) for piece in pieces]
    if all(row is None for row in rows):
        return None
    return np.concatenate([np.full((len(piece.vertices), width), otherwise, kind) if row is None else row.astype(kind)
                           for piece, row in zip(pieces, rows, strict=True)])


def normals_of(pieces: list[Piece]) -> np.ndarray:
    """[V, 3] float32 unit: the file's where it has them, else the mean of the faces' around a vertex, by area."""
    return np.concatenate([smooth(piece.vertices, piece.faces) if piece.normals is None else unit(piece.normals)
                           for piece in pieces]).astype(np.float32)


def smooth(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    a, b, c = vertices[faces].transpose(1, 0, 2)
    area, total = np.cross(b - a, c - a), np.zeros_like(vertices)
    np.add.at(total, faces.ravel(), np.repeat(area / max(np.abs(area).max(initial=0), 1e-300), 3, axis=0))
    return unit(total)


def unit(normals: np.ndarray) -> np.ndarray:
    """Rows of length 1; +y where there is no direction."""
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.where(length > NOTHING, normals / np.maximum(length, NOTHING), [0.0, 1.0, 0.0])
