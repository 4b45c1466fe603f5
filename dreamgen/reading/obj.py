"""OBJ: vertices, polygons and materials, as Wavefront wrote it down and as others write it.

    f v/vt/vn ...   from 1;  below 0: from what stands above the line, -1 the last

Colors behind the places of vertices (MeshLab, ZBrush's neighbours) are bytes where one of them is above 1. A picture
takes the place of Kd: exporters differ on whether Kd tints it, and many leave it black.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ._beside import Beside
from ._colors import to_bytes, unit
from ._mtl import Map, Material, all_of, library, lines, pictures
from ._polygons import triangles
from ._words import number, whole
from .piece import BLACK, GREY, Piece, Refused

NOBODY = ("", "none", "(null)", "null")        # what exporters write where there is no material
NOT_READ = ("curv", "curv2", "surf", "bmat", "call", "csh")


@dataclass
class Group:
    """The faces of one material, in numbers of vertices and of places in its picture, from 0; -1 is none."""

    corners: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


@dataclass
class Wavefront:
    """What the lines of a file say."""

    vertices: list[list[float]] = field(default_factory=list)
    colors: dict[int, list[float]] = field(default_factory=dict)
    uv: list[list[float]] = field(default_factory=list)
    groups: dict[str, Group] = field(default_factory=dict)
    libraries: list[str] = field(default_factory=list)


def read(data: bytes, beside: Beside) -> Iterator[Piece]:
    model = parsed(data)
    materials: dict[str, Material] = {}
    worn = [name for name, group in model.groups.items() if group.sizes and name.lower() not in NOBODY]
    for line in model.libraries if worn else []:
        materials |= in_libraries(line, beside)
    vertices = np.array(model.vertices, np.float64).reshape(-1, 3)
    uv = np.nan_to_num(np.array(model.uv, np.float64).reshape(-1, 2), posinf=0.0, neginf=0.0)
    colors = None
    if model.colors:
        colors = np.ones_like(vertices)
        colors[list(model.colors)] = unit(np.array(list(model.colors.values())))
    for name, group in model.groups.items():
        if name in worn and name not in materials and model.libraries:
            beside.spare(Refused(f"its material {name} is not in {', '.join(model.libraries)}"))
        if group.sizes:
            yield piece(group, vertices, uv, colors, materials.get(name), beside, name)


def in_libraries(line: str, beside: Beside) -> dict[str, Material]:
    """The materials of a line's libraries: one name, which may have spaces, or several."""
    names = [line] if len(line.split()) == 1 or beside.find(line) else line.split()
    found = {}
    for name in names:
        try:
            found |= library(beside.data(name))
        except Refused as lack:
            beside.spare(lack)
    return found


def parsed(data: bytes) -> Wavefront:
    """Raises ValueError with the line's number."""
    model, name = Wavefront(), ""
    group = model.groups.setdefault(name, Group())
    for row, line in enumerate(lines(data), 1):
        words = line.split()
        if not words:
            continue
        key = words[0]
        try:
            if key == "v":
                numbers = list(map(number, words[1:]))
                if len(numbers) < 3:
                    raise ValueError("a vertex needs three numbers")
                if len(numbers) >= 6:
                    model.colors[len(model.vertices)] = numbers[3:6]
                model.vertices.append(numbers[:3])
            elif key == "vt":
                model.uv.append([number(words[1]), number(words[2]) if len(words) > 2 else 0.0])
            elif key in ("f", "fo"):
                face(words[1:], model, group)
            elif key == "usemtl":
                name = " ".join(words[1:])
                group = model.groups.setdefault(name, Group())
            elif key == "mtllib":
                model.libraries.append(line.strip()[len(key):].strip())
            elif key in NOT_READ:
                raise Refused(f"has free-form curves or surfaces ({key}), which are not read")
        except Refused:
            raise
        except (ValueError, IndexError) as error:
            raise ValueError(f"line {row}: {error if isinstance(error, ValueError) else 'too short'}") from None
    return model


def face(words: list[str], model: Wavefront, group: Group) -> None:
    corners, places = [], []
    for word in words:
        parts = word.split("/")
        corners.append(at(parts[0], len(model.vertices), "vertices"))
        places.append(at(parts[1], len(model.uv), "vt") if len(parts) > 1 and parts[1] else -1)
    group.corners += corners
    group.places += places
    group.sizes.append(len(words))


def at(word: str, count: int, what: str) -> int:
    number = whole(word)
    index = number - 1 if number > 0 else count + number
    if number == 0 or index < 0:
        raise ValueError(f"{number} of {count} {what}, which are counted from 1 or back from -1")
    return index


def piece(group: Group, vertices, uv, colors, material: Material | None, beside: Beside, name: str = "") -> Piece:
    corners, places = np.array(group.corners, np.int64), np.array(group.places, np.int64)
    if corners.max() >= len(vertices) or places.max() >= len(uv):
        raise ValueError(f"a face names vertex {corners.max() + 1} of {len(vertices)} or vt {places.max() + 1} of {len(uv)}")
    texture = glow_texture = where = None
    if material is not None and (places >= 0).any():
        texture, glow_texture, where = pictures(material, beside)
    placed_at = where or (Map("") if beside.materials and (places >= 0).any() else None)
    keys = corners * (len(uv) + 1) + (places + 1 if placed_at else 0)        # a vertex for each pair
    keys, index = np.unique(keys, return_inverse=True)
    pairs = np.stack([keys // (len(uv) + 1), keys % (len(uv) + 1) - 1], 1)
    found, _ = triangles(vertices[corners], np.array(group.sizes, np.int64))
    faces, own = index.ravel()[found], None if colors is None else to_bytes(colors[pairs[:, 0]])
    if material is None:
        color, glow = (GREY if own is None else (1.0, 1.0, 1.0, 1.0)), BLACK
    else:
        color, glow = material.base, material.glow
        if "map_kd" in material.words and texture is not None or own is not None and not any(material.color("kd") or ()):
            color = (1.0, 1.0, 1.0, color[3])
    if material is not None and "map_ke" in material.words and glow_texture is None:
        glow = BLACK                    # of which only its picture says where it glows
    all_of_it, left_out = None, ()
    if beside.materials and material is not None:
        all_of_it, left_out = all_of(material, color, texture, glow_texture, where, beside, name)
    if placed_at is None:
        return Piece(vertices[pairs[:, 0]], faces, color, own, glow=glow, material=all_of_it, left_out=left_out)
    if glow_texture is not None and not any(glow):
        glow = (1.0, 1.0, 1.0)
    placed = uv[np.maximum(pairs[:, 1], 0)] * placed_at.scale + placed_at.offset
    return Piece(vertices[pairs[:, 0]], faces, color, own, np.stack([placed[:, 0], 1 - placed[:, 1]], 1), texture,
                 (placed_at.wrap, placed_at.wrap), glow, None if glow_texture is None else glow_texture[..., :3],
                 material=all_of_it, left_out=left_out)
