"""The angles at which a prompt gets its view words, and Perp-Neg's weights of the other views. Free of torch.

The defaults are those of the bundled prior's captions; the papers' recipes set their own.
"""

from dataclasses import dataclass
from typing import Literal

from .ranges import not_negative


@dataclass
class Views:
    """Angles in degrees, azimuth 0 at the front."""

    front_deg: float = 45.0         # "front" within this of the front ...
    back_deg: float = 45.0          # ... and "back" of the back; "side" between
    overhead_deg: float = 60.0      # "overhead" from this elevation on
    crossing_deg: float = 15.0      # half the width over which one text becomes the next, around these; 0 = a switch
    blend: Literal["borders", "quarters"] = "borders"       # quarters: front, side, back over 90 degrees each, no border
    repel: Literal["views", "stable-dreamfusion", "threestudio"] = "views"     # whose weights of Perp-Neg; repel.py

    def __post_init__(self):
        not_negative(crossing_deg=self.crossing_deg)
        for name in ("front_deg", "back_deg", "overhead_deg"):
            if not 0 <= getattr(self, name) <= 90:
                raise ValueError(f"{name}: need 0 to 90, got {getattr(self, name)}")


@dataclass
class Texts:
    """What a view shows, instead of "{prompt}, front view" and the like; "{prompt}" in it is replaced, "" leaves it."""

    front: str = ""
    side: str = ""
    back: str = ""
    overhead: str = ""
