r"""A vector drawing: paths of one kind, painted over each other, and nothing that an SVG could not say.

With ``hold``, flat and sketch, and outline of lines of one width, are few whole shapes that keep their form
(``vector/held.py``); else, and in the other styles, N free paths (``vector/free.py``). The canvas is the unit square.
"""

from dataclasses import dataclass
from typing import Literal

import torch

from ..vector.free import FreeDrawing
from ..vector.held import HeldDrawing
from ..vector.styles import BLOBS, BUDGET, HELD, MOST, TILES
from ._config import fractions, positive

CAMERA = "Sheet"
ASSET = "Drawing"
REGULARIZERS = ("xing", "bend", "saturation", "entropy")


@dataclass
class Config:
    particles: int = 1              # drawings that share the method; see renderers/particles.py
    style: Literal["iconography", "flat", "outline", "sketch", "painting", "pixel", "lowpoly"] = "flat"
    hold: bool = True               # flat, sketch: keep the form of whole shapes; false: free paths that begin anew
    gradients: bool = False         # flat: give a shape a gradient where that is worth its bytes, and learn it
    paths: int = 0                  # budget; 0 = the style's own: 24 if held, else as in BUDGET; tiles fill a square grid
    segments: int = 0               # cubics of a path; 0 = the style's own (4, of a painting 2); tiles have none
    radius: float = 0.06            # of the first blobs, canvases; half the length of the first strokes
    width: float = 0.012            # of the first strokes, canvases
    background: Literal["white", "none", "learned"] = "white"       # none: transparent, over random colors in training
    dead_opacity: float = 0.1       # free paths: one that is fainter begins anew ...
    dead_area: float = 2e-4         # ... and one that is smaller (64 of 600 x 600 pixels), canvases ...
    revive_every: int = 20          # ... looked for after so many steps ...
    revive_until: float = 0.5       # ... up to this progress; if held: up to which a shape that does not pay is left out

    def __post_init__(self):
        if self.style == "outline" and not self.hold:
            raise ValueError("hold: need true for outline, which has no free paths")
        if self.gradients and not (self.hold and self.style == "flat"):
            raise ValueError(f"gradients: need style flat and hold, got {self.style}")
        paths, cubics = (2 if self.style == "lowpoly" else 1), (2 if self.style in BLOBS else 1)        # at least
        if self.paths and not paths <= self.paths <= MOST:
            raise ValueError(f"paths: need {paths} to {MOST}, or 0 for the style's own, got {self.paths}")
        if self.segments and (self.segments < cubics or self.style in TILES):
            need = "0, tiles have no cubics" if self.style in TILES else f"{cubics} or more, or 0 for the style's own"
            raise ValueError(f"segments: need {need}, got {self.segments}")
        positive(self, "particles", "radius", "width", "revive_every")
        fractions(self, "dead_opacity", "dead_area", "revive_until")

    @property
    def budget(self) -> int:
        return self.paths or (HELD if self.held else BUDGET)[self.style]

    @property
    def held(self) -> bool:
        return self.hold and self.style in HELD

    @property
    def cubics(self) -> int:
        return self.segments or (2 if self.style == "painting" else 4)

    @property
    def lacks(self) -> dict[str, dict[str, object]]:
        """The regularizers that it does not have, and with which setting."""
        gone = () if self.held else ("bend", "xing") if self.style == "pixel" else ("bend",)
        return dict.fromkeys(gone, {"hold": "false"} if self.style in HELD else {"style": self.style})


def Scene(cfg: Config, rng: torch.Generator) -> FreeDrawing | HeldDrawing:  # noqa: N802
    """The scene of a Config, before it begins from a picture or a drawing."""
    return HeldDrawing(cfg, rng) if cfg.held else FreeDrawing(cfg, rng)
