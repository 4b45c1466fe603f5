"""OFF: points, then polygons, with the colors that the header's letters declare.

    [ST][C][N]OFF,  vertices faces edges,  x y z [nx ny nz] [r g b a] [s t],  n i_1 ... i_n [r g b [a]]

Colors are bytes where all of a face's or of the vertices' numbers are whole, else in [0, 1].
"""

import re
from collections.abc import Iterator

import numpy as np

from ._beside import Beside
from ._colors import to_bytes, unit
from ._polygons import by_corner, triangles, within
from ._words import number, numbers, whole
from .piece import GREY, Piece, Refused

WHITE = (1.0, 1.0, 1.0, 1.0)
HEADER = re.compile(r"(ST)?(C)?(N)?(4)?(n)?OFF(\s+BINARY)?", re.ASCII)


def read(data: bytes, beside: Beside) -> Iterator[Piece]:
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line for line in (line.partition("#")[0].strip() for line in text.split("\n")) if line]
    header = HEADER.match(lines[0]) if lines else None
    if header is None:
        raise ValueError("no OFF file: it does not begin with OFF")
    placed, colored, normals, four, many, binary = header.groups()
    if four or many or binary:
        raise Refused(f"is {header[0]}, of which only points in space and in text are read")
    rest = lines[0][header.end():].strip()                  # the counts may follow on the same line
    lines = [rest, *lines[1:]] if rest else lines[1:]
    count, polygons = (*map(whole, lines[0].split()[:2] if lines else ()), -1, -1)[:2]
    if count < 0 or polygons < 0 or len(lines) < 1 + count + polygons:
        raise ValueError(f"cut short: {count} vertices and {polygons} faces declared, {len(lines) - 1} lines there")
    rows = [line.split() for line in lines[1:1 + count]]
    width = len(rows[0]) if rows else 3
    plain = 3 + 3 * bool(normals) + 2 * bool(placed)
    if any(len(row) != width for row in rows) or width not in ((plain + 3, plain + 4) if colored else (plain,)):
        raise ValueError(f"its vertices have {width} numbers, which is not what {header[0]} declares")
    table = numbers(word for row in rows for word in row).reshape(count, width)
    vertices, first = table[:, :3], 3 + 3 * bool(normals)
    faces, own = polygons_of(lines[1 + count:1 + count + polygons], count, vertices)
    if own is not None:
        faces, vertices = by_corner(faces, vertices)
        yield Piece(vertices, faces, WHITE, np.repeat(own, 3, axis=0))
    elif colored:
        bytes_ = all(re.fullmatch(r"\d+", word) for row in rows for word in row[first:first + 3])
        colors = table[:, first:first + 3]
        yield Piece(vertices, faces, WHITE, to_bytes(colors / 255 if bytes_ else unit(colors)))
    else:
        yield Piece(vertices, faces)


def polygons_of(lines: list[str], count: int, vertices: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    """[F, 3] triangles, and [F, 3] uint8 of each where any face has a color."""
    corners, sizes, colors = [], [], []
    for line in lines:
        words = line.split()
        n = whole(words[0])
        if n < 0 or len(words) < 1 + n:
            raise ValueError(f"a face of {n} corners has {len(words) - 1}")
        corners += map(whole, words[1:1 + n])
        sizes.append(n)
        colors.append(face_color(words[1 + n:]))
    index = within(np.array(corners, np.int64), count)
    faces, owner = triangles(vertices[index], np.array(sizes, np.int64))
    if not any(color is not None for color in colors):
        return index[faces], None
    table = np.array([GREY[:3] if color is None else color for color in colors])
    return index[faces], to_bytes(table[owner])


def face_color(words: list[str]) -> tuple[float, ...] | None:
    """sRGB in [0, 1] of what follows a face's corners; None without (one number is a place in a map not in the file)."""
    if len(words) not in (3, 4):
        return None
    most = 255 if all(re.fullmatch(r"\d+", word) for word in words) else 1
    return tuple(number(word) / most for word in words[:3])
