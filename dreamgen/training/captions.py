"""What a picture is shown as: its caption, its camera, and how it is mirrored, scaled and tinted.

    caption = [article] [colour] name [", front | side | back | overhead view"]       or "" for guidance's other branch

Everything is drawn from one row of uniform numbers, so that picture k of step s is a function of (seed, s, k) alone.
View words follow the same borders as the prompts of a run (guidance.prompts).
"""

from dataclasses import dataclass
from math import pi, radians
from statistics import NormalDist

import torch
from torch import Tensor

from guidance.prompts import VIEWS, seen_from, view_weights

from .data import Data

COLOURS = {                 # sRGB in [0, 1], as paint, cloth and fruit have them: no neon
    "red": (0.76, 0.13, 0.11), "orange": (0.91, 0.48, 0.13), "yellow": (0.94, 0.77, 0.22), "green": (0.30, 0.54, 0.24),
    "blue": (0.17, 0.36, 0.70), "purple": (0.45, 0.26, 0.60), "pink": (0.92, 0.58, 0.67), "brown": (0.45, 0.28, 0.15),
    "black": (0.12, 0.12, 0.13), "white": (0.94, 0.94, 0.93)}
EMPTY = 0.10                # of the pictures have neither caption nor camera
NO_POSE = 0.05              # of the others hide their camera
SPOKEN = 0.70               # of the names that have another form are said in it
BARE, WITH_VIEW = 0.10, 0.40            # "red apple"; "a red apple, front view"; the rest: "a red apple"
TINTED, TINTED_ANYWAY = 0.56, 0.12      # of views of neutral models; of other models
OWN = 0.85                  # of the pictures whose own colour is known say it; none of them is tinted
VIEW_SCALE = (0.85, 1.0)                # a model's picture is scaled by; beyond 1 wide things would touch the frame
ICON_SCALE = (0.62, 0.80)               # one without a camera fills its square, and a distilled object must not
ICON_ELEVATION = NormalDist(radians(15), radians(12))
ICON_RANGE = radians(-10), radians(45)
NUMBERS = 12                # uniform ones that a draw takes, at most


@dataclass(frozen=True)
class Draw:
    """One picture of a batch.

    Attributes:
        row: index into the data.
        caption: "" for guidance's other branch.
        azimuth, elevation: radians, of the picture as shown (mirrored where it is).
        pose: whether the network is told them.
        mirrored: left for right.
        scale: of the picture in its square.
        tint: a name of COLOURS, or None.
    """

    row: int
    caption: str
    azimuth: float
    elevation: float
    pose: bool
    mirrored: bool
    scale: float
    tint: str | None


class Captions:
    """Draws from ``data``: every name alike, then every picture of that name alike."""

    def __init__(self, data: Data):
        self.data, self.names = data, data.names
        self.rows: dict[str, list[int]] = {name: [] for name in self.names}
        for i, row in enumerate(data.rows):
            self.rows[row.name].append(i)

    def draw(self, count: int, rng: torch.Generator) -> list[Draw]:
        numbers = torch.rand(count, NUMBERS, generator=rng, dtype=torch.float64)
        return [self.one(row) for row in numbers.tolist()]

    def one(self, numbers: list[float]) -> Draw:
        u = iter(numbers)
        name = pick(self.names, next(u))
        i = pick(self.rows[name], next(u))
        row, mirrored = self.data.rows[i], next(u) < 0.5
        around, above, size, said, tint, colour, form, pose, empty = u
        if row.azimuth is None:
            # A picture without a camera stands for every side of its object: better than a prior that knows no side.
            low, high = ICON_RANGE
            azimuth = (2 * around - 1) * pi
            elevation = min(max(ICON_ELEVATION.inv_cdf(min(max(above, 1e-9), 1 - 1e-9)), low), high)
        else:
            azimuth, elevation = -row.azimuth if mirrored else row.azimuth, row.elevation
        scale = between(ICON_SCALE if row.azimuth is None else VIEW_SCALE, size)
        spoken = self.data.spoken.get(name, name) if said < SPOKEN else name
        tints, own = tints_for(spoken), row.colour is not None
        chance = OWN if own else 0.0 if row.object is None else TINTED if self.data.neutral[i] else TINTED_ANYWAY
        shade = (row.colour if own else pick(tints, colour)) if tints and tint < chance else None
        tint = None if own else shade
        if empty < EMPTY:
            return Draw(i, "", azimuth, elevation, False, mirrored, scale, tint)
        if form < BARE and shade is None:
            caption = spoken
        else:
            caption = described(spoken, shade)
            if BARE <= form < BARE + WITH_VIEW:
                caption = seen_from(caption, view_word(azimuth, elevation))
        return Draw(i, caption, azimuth, elevation, pose >= NO_POSE, mirrored, scale, tint)

    def all(self) -> list[str]:
        """Every caption that can be drawn, sorted, "" the first."""
        made = {""}
        for name in self.names:
            rows = [self.data.rows[i] for i in self.rows[name]]
            shades = {row.colour for row in rows if row.colour is not None}
            if any(row.object is not None and row.colour is None for row in rows):
                shades |= set(COLOURS)
            for spoken in {name, self.data.spoken.get(name, name)}:
                plain = [described(spoken, shade) for shade in (None, *(shades if tints_for(spoken) else ()))]
                made.update([spoken, *plain, *(seen_from(text, view) for text in plain for view in VIEWS)])
        return sorted(made)


def described(name: str, colour: str | None) -> str:
    thing = f"{colour} {name}" if colour else name
    return f"{'an' if thing[0] in 'aeiou' else 'a'} {thing}"


def tints_for(name: str) -> list[str]:
    """The colours that a name takes: all, or none where it names one itself, as "red apple"."""
    return [] if set(name.split()) & set(COLOURS) else list(COLOURS)


def view_word(azimuth: float, elevation: float) -> str:
    angles = torch.tensor([[azimuth], [elevation]], dtype=torch.float64)
    return VIEWS[int(view_weights(*angles).argmax())]


def pick(choices: list, u: float):
    return choices[min(int(u * len(choices)), len(choices) - 1)]


def between(ends: tuple[float, float], u: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * u


def poses(draws: list[Draw], pose) -> Tensor:
    """[B, P] by ``pose(azimuth [B], elevation [B])``; zeros where the camera is not told."""
    azimuth, elevation = (torch.tensor([getattr(d, name) for d in draws]) for name in ("azimuth", "elevation"))
    return pose(azimuth, elevation) * torch.tensor([[float(d.pose)] for d in draws])
