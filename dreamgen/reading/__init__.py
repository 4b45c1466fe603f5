"""Model files of somebody else's, one file a format; each gives the same record (piece.py).

    READERS[suffix].read(data, beside) -> Iterator[Piece]

A reader says in one phrase what it cannot give as the author meant it (``Refused``), and what its file declares must
have arrived. Whatever else it stumbles over in a damaged file becomes "cannot be read (...)". In front of the readers:
_beside.py finds the files that a model needs, _polygons.py makes triangles, _colors.py turns linear light into sRGB.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np

from . import gltf, obj, off, ply, stl
from ._beside import Beside
from .piece import Piece, Refused
from .whole import mesh

__all__ = ["READERS", "SUFFIXES", "Piece", "Refused", "mesh", "read"]

READERS = {".glb": gltf, ".gltf": gltf, ".obj": obj, ".ply": ply, ".stl": stl, ".off": off}
SUFFIXES = tuple(READERS)
LARGEST_FILE = 1 << 30      # bytes
MOST_FACES = 2_000_000


def read(path: Path, plain: bool = False, materials: bool = False) -> list[Piece]:
    """The pieces of a model, at least one with a face.

    Args:
        plain: where a material or a texture is missing, take what color there is instead of refusing; the first piece's
            ``left_out`` says so.
        materials: fill in ``Piece.material``; else only what is seen of it is read.

    Raises:
        ValueError: one phrase: not a mesh, damaged, too large, a vertex that is no number, something that it needs is
            missing, or something that is not understood.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise Refused(f"not a mesh file; have {', '.join(SUFFIXES)}")
    if (size := path.stat().st_size) > LARGEST_FILE:
        raise Refused(f"{size / 2**30:.1f} GiB large, at most {LARGEST_FILE >> 30} are read")
    pieces, faces, beside = [], 0, Beside(path.parent, plain, materials)
    try:
        with np.errstate(all="ignore"):         # numbers that are none are looked for below
            for piece in reader.read(path.read_bytes(), beside):
                faces += len(piece.faces)
                if faces > MOST_FACES:
                    raise Refused(f"more than {MOST_FACES:,} faces, which is the most that is read")
                if len(piece.faces):
                    pieces.append(piece)
                    if not np.isfinite(piece.vertices[piece.faces]).all():
                        raise Refused("a vertex is not finite")
    except Refused:
        raise
    except Exception as error:          # readers of damaged files stumble over whatever there is
        raise ValueError(f"cannot be read ({phrase(error)})") from None
    if not faces:
        raise Refused("no faces")
    return [replace(pieces[0], left_out=(*pieces[0].left_out, *beside.without)), *pieces[1:]]


def phrase(error: Exception) -> str:
    words = " ".join(str(error).split())
    if isinstance(error, KeyError):
        return f"{words} is missing in it"
    return words if isinstance(error, ValueError) and words else f"{type(error).__name__}: {words}"
