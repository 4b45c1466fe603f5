"""PLY: what the header declares, in text or in bytes of either order, and all of it.

    element NAME COUNT,  property TYPE NAME,  property list TYPE TYPE NAME

Vertices with x y z, colors (red, diffuse_red, r) and places in a picture (s t, u v, texture_u texture_v); faces with
vertex_indices or vertex_index, colors, and MeshLab's places by corner (texcoord); strips with -1 between them.
"""

from collections.abc import Iterator

import numpy as np

from ._beside import Beside
from ._colors import to_bytes, unit
from ._ply_rows import Element, elements
from ._polygons import by_corner, strip, triangles, within
from .piece import GREY, Piece, Refused

WHITE = (1.0, 1.0, 1.0, 1.0)
COLORS = ("red", "green", "blue"), ("diffuse_red", "diffuse_green", "diffuse_blue"), ("r", "g", "b")
PLACES = ("s", "t"), ("u", "v"), ("texture_u", "texture_v"), ("texture_s", "texture_t")


def read(data: bytes, beside: Beside) -> Iterator[Piece]:
    found, pictures = elements(data)
    vertex = found.get("vertex")
    if vertex is None or not {"x", "y", "z"} <= set(vertex.columns):
        raise Refused("no vertices with x, y and z")
    vertices = np.stack([vertex.columns[axis] for axis in "xyz"], 1).astype(np.float64)
    colors, uv = colors_of(vertex), next((np.stack([vertex.columns[name] for name in names], 1)
                                          for names in PLACES if set(names) <= set(vertex.columns)), None)
    if "tristrips" in found:
        yield Piece(vertices, strips(found["tristrips"], len(vertices)), GREY if colors is None else WHITE, colors)
    face = found.get("face")
    if face is None or not face.count:
        if "tristrips" not in found:
            raise Refused("no faces: it is a cloud of Gaussians" if "f_dc_0" in vertex.columns else
                          "no faces: it is a cloud of points")
        return
    corners = face.lists.get("vertex_indices") or face.lists.get("vertex_index")
    if corners is None:
        raise Refused(f"its faces have no vertex_indices; they have {', '.join([*face.lists, *face.columns]) or 'nothing'}")
    index = within(corners[1].astype(np.int64), len(vertices))
    faces, owner = triangles(vertices[index], corners[0])
    own, wedges = colors_of(face), face.lists.get("texcoord")
    if pictures and (uv is not None or wedges is not None):
        yield from textured(vertices[index], faces, owner, wedge(wedges, corners[0], uv, index), face, pictures, beside)
    elif own is not None:
        faces, vertices = by_corner(index[faces], vertices)
        yield Piece(vertices, faces, WHITE, np.repeat(own[owner], 3, axis=0))
    else:
        yield Piece(vertices, index[faces], GREY if colors is None else WHITE, colors)


def colors_of(element: Element) -> np.ndarray | None:
    """[N, 3] uint8 sRGB."""
    for names in COLORS:
        if set(names) <= set(element.columns):
            columns = [element.columns[name] for name in names]
            return to_bytes(unit(np.stack(columns, 1), columns[0].dtype))
    return None


def strips(element: Element, count: int) -> np.ndarray:
    """[F, 3]."""
    corners = element.lists.get("vertex_indices") or element.lists.get("vertex_index")
    if corners is None:
        raise Refused("its strips have no vertex_indices")
    faces, start = [np.zeros((0, 3), np.int64)], 0
    for size in corners[0].tolist():
        row = corners[1][start:start + size].astype(np.int64)
        start += size
        faces += [strip(within(run[run != -1], count)) for run in np.split(row, np.flatnonzero(row == -1))
                  if len(run[run != -1]) > 2]
    return np.concatenate(faces)


def wedge(texcoord, sizes: np.ndarray, uv: np.ndarray | None, index: np.ndarray) -> np.ndarray:
    """[N, 2] by corner of the polygons: the faces' own places, else their vertices'."""
    if texcoord is None:
        return uv[index].astype(np.float64)
    if not (texcoord[0] == 2 * sizes).all():
        raise ValueError("a face has not two numbers of texcoord for each corner")
    return texcoord[1].reshape(-1, 2).astype(np.float64)


def textured(vertices, faces, owner, uv, face: Element, pictures: list[str], beside: Beside) -> Iterator[Piece]:
    """A piece for each picture; all arrays by corner of the polygons."""
    uv = np.nan_to_num(np.stack([uv[:, 0], 1 - uv[:, 1]], 1), posinf=0.0, neginf=0.0)
    number = face.columns["texnumber"].astype(np.int64)[owner] if "texnumber" in face.columns else np.zeros(len(faces))
    within(number[number >= 0], len(pictures), "pictures")
    for k in np.unique(number).astype(int).tolist():
        mine = faces[number == k]
        picture = beside.picture(pictures[k]) if k >= 0 else None
        if picture is None:
            yield Piece(vertices, mine)
        else:
            yield Piece(vertices, mine, WHITE, uv=uv, texture=picture)
