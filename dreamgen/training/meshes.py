"""Model files of somebody else's as parts to draw: read by ``dreamgen.reading``, turned into the world's axes.

What cannot be drawn as its author meant it is refused in one phrase, and so is a file whose material or texture is
missing: a chair that has lost its colors would teach that chairs are grey.
"""

from pathlib import Path

import numpy as np

from ..reading import SUFFIXES, read
from ..reading.creased import creased
from ..reading.piece import Piece
from .render import Part

__all__ = ["SUFFIXES", "load"]


def load(path: Path, turn: np.ndarray | None = None, plain: bool = False) -> list[Part]:
    """The parts of a model in the world's axes.

    Args:
        turn: [3, 3] by ``look.turned``, from the file's axes; None where they are the world's (glTF's are).
        plain: where a texture is missing, take the material's plain color instead of refusing.

    Raises:
        ValueError: one phrase, as ``reading.read`` does.
    """
    return [part(piece, np.eye(3) if turn is None else turn) for piece in read(path, plain)]


def part(piece: Piece, turn: np.ndarray) -> Part:
    vertices = piece.vertices @ turn.T
    vertices = np.where(np.isfinite(vertices), vertices, 0.0)           # those of no face do not matter
    return Part(vertices, piece.faces, piece.color, creased(vertices, piece.faces), piece.colors, piece.uv,
                piece.texture, wrap=piece.wrap, glow=piece.glow, glow_texture=piece.glow_texture)
