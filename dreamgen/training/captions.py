"""The random draws of a training batch: each picture's caption, camera, mirroring, scale and tint.

    caption = [article] [color] name [", front | side | back | overhead view"]       or "" for the unconditional case

Everything is drawn from one row of uniform numbers, so that picture k of step s is a function of (seed, s, k) alone; a
batch is drawn at once, as tensors on the device of the training. View words follow the same borders as the prompts of a
run (guidance.prompts). Half of the pictures of an object come with a reference: another view of the same object.
"""

from collections import defaultdict
from dataclasses import dataclass, fields
from math import pi, radians

import torch
from torch import Tensor

from guidance.prompts import VIEWS, seen_from, view_weights

from .data import Data, Row

COLORS = {                 # sRGB in [0, 1], as paint, cloth and fruit have them: no neon
    "red": (0.76, 0.13, 0.11), "orange": (0.91, 0.48, 0.13), "yellow": (0.94, 0.77, 0.22), "green": (0.30, 0.54, 0.24),
    "blue": (0.17, 0.36, 0.70), "purple": (0.45, 0.26, 0.60), "pink": (0.92, 0.58, 0.67), "brown": (0.45, 0.28, 0.15),
    "black": (0.12, 0.12, 0.13), "white": (0.94, 0.94, 0.93)}
EMPTY = 0.10                # of the pictures have neither caption nor camera
NO_POSE = 0.05              # of the others hide their camera
SPOKEN = 0.70               # of the names that have another form are said in it
BARE, WITH_VIEW = 0.10, 0.40            # "red apple"; "a red apple, front view"; the rest: "a red apple"
TINTED, TINTED_ANYWAY = 0.56, 0.12      # of views of neutral models; of other models
OWN = 0.85                  # of the pictures whose own color is known say it; none of them is tinted
VIEW_SCALE = (0.85, 1.0)                # a model's picture is scaled by; beyond 1 wide things would touch the frame
ICON_SCALE = (0.62, 0.80)               # one without a camera fills its square, and a distilled object must not
ICON_ELEVATION = radians(15), radians(12)       # mean and deviation of a normal distribution
ICON_RANGE = radians(-10), radians(45)
REFERENCE = 0.5             # of the pictures of an object come with another view of it
REFERENCE_AZIMUTH, REFERENCE_ELEVATION = radians(80), (radians(-8), radians(48))       # from where it may be seen
NUMBERS = 14                # uniform ones that a draw takes, at most
BARE_FORM, PLAIN_FORM, VIEW_FORM = 0, 1, 2      # "red apple"; "a red apple"; from here on, with each view word


@dataclass(frozen=True)
class Draws:
    """B pictures of a batch; tensors on one device.

    Attributes:
        row: [B] index into the data.
        caption: [B] index into ``Captions.texts``; 0, the empty one, for guidance's other branch.
        azimuth, elevation: [B] radians, of the picture as shown (mirrored where it is).
        pose: [B] bool, whether the network receives them.
        mirrored: [B] bool, left for right.
        scale: [B] of the picture in its square.
        tint: [B] index into COLORS, -1 for none.
        reference: [B] index into the data of another view of the object, -1 for none.
        reference_azimuth, reference_elevation: [B] radians, of the reference as shown.
    """

    row: Tensor
    caption: Tensor
    azimuth: Tensor
    elevation: Tensor
    pose: Tensor
    mirrored: Tensor
    scale: Tensor
    tint: Tensor
    reference: Tensor
    reference_azimuth: Tensor
    reference_elevation: Tensor

    def __len__(self) -> int:
        return len(self.row)

    def __getitem__(self, rows) -> "Draws":
        return Draws(*(getattr(self, field.name)[rows] for field in fields(self)))


class Captions:
    """Draws from ``data``: every name alike, then every picture of that name alike.

    Attributes:
        texts: every caption that can be drawn, "" the first.
    """

    def __init__(self, data: Data, device: str | torch.device = "cpu"):
        self.data, self.names = data, data.names
        self.shades = [*COLORS, *sorted({row.colour for row in data.rows if row.colour} - set(COLORS))]
        number = {name: n for n, name in enumerate(self.names)}
        shade = {word: k for k, word in enumerate(self.shades)}
        self.texts = [""]
        forms = self.wordings()

        def tensor(values, dtype=torch.long) -> Tensor:
            return torch.tensor(values, dtype=dtype, device=device)

        # Rows of one name stand together, so that a uniform number picks one.
        order = sorted(range(len(data.rows)), key=lambda i: data.rows[i].name)
        counts = torch.zeros(len(self.names), dtype=torch.long)
        for row in data.rows:
            counts[number[row.name]] += 1
        self.order, self.count = tensor(order), counts.to(device)
        self.start = self.count.cumsum(0) - self.count
        spoken = [data.spoken.get(name, name) for name in self.names]
        self.takes_tint = tensor([bool(tints_for(name)) for name in spoken], torch.bool)
        self.caption = tensor(forms)                                    # [names, 2, 1 + shades, forms]
        self.known = tensor([row.azimuth is not None for row in data.rows], torch.bool)
        self.azimuth = tensor([row.azimuth or 0.0 for row in data.rows], torch.float32)
        self.elevation = tensor([row.elevation or 0.0 for row in data.rows], torch.float32)
        self.own = tensor([-1 if row.colour is None else shade[row.colour] for row in data.rows])
        self.chance = tensor([OWN if row.colour is not None else 0.0 if row.object is None else
                              TINTED if neutral else TINTED_ANYWAY
                              for row, neutral in zip(data.rows, data.neutral, strict=True)], torch.float32)
        groups = references(data)
        flat = [i for group in groups.values() for i in group]
        begin = dict(zip(groups, torch.tensor([0, *map(len, groups.values())]).cumsum(0).tolist(), strict=False))
        self.references = tensor(flat or [-1])
        self.reference_start = tensor([begin.get(thing(row), 0) for row in data.rows])
        place = {i: k for group in groups.values() for k, i in enumerate(group)}
        self.place = tensor([place.get(i, len(flat)) for i in range(len(data.rows))])     # of a row in its own group
        self.reference_count = tensor([len(groups.get(thing(row), ())) - (i in place)
                                       for i, row in enumerate(data.rows)])

    def wordings(self) -> list:
        """Indices into ``texts`` by [name][spoken otherwise, spoken][no shade, shades][forms]; -1 where never drawn."""
        index = {"": 0}

        def of(text: str) -> int:
            if text not in index:
                index[text] = len(self.texts)
                self.texts.append(text)
            return index[text]

        by_name = defaultdict(list)
        for row in self.data.rows:
            by_name[row.name].append(row)
        table = []
        for name in self.names:
            rows, spoken = by_name[name], self.data.spoken.get(name, name)
            own = {row.colour for row in rows if row.colour is not None}
            tinted = COLORS if any(row.object is not None and row.colour is None for row in rows) else ()
            allowed = {*own, *tinted} if tints_for(spoken) else set()
            both = []
            for form in (name, spoken):
                shades = []
                for word in (None, *self.shades):
                    if word is not None and word not in allowed:
                        shades.append([-1] * (VIEW_FORM + len(VIEWS)))
                        continue
                    plain = described(form, word)
                    bare = of(form) if word is None else -1
                    shades.append([bare, of(plain), *(of(seen_from(plain, view)) for view in VIEWS)])
                both.append(shades)
            table.append(both)
        return table

    def draw(self, count: int, rng: torch.Generator) -> Draws:
        return self.of(numbers(count, rng))

    def of(self, numbers: Tensor) -> Draws:
        """The draws of uniform ``numbers`` [B, NUMBERS]; each depends on its own row alone."""
        device = self.order.device
        (name, which, mirror, around, above, size, wording, tint, color, form, pose, empty, reference,
         other) = numbers.T.float().to(device)
        name = pick(len(self.names), name)
        row = self.order[self.start[name] + pick(self.count[name], which)]
        mirrored, known = mirror < 0.5, self.known[row]
        sign = torch.where(mirrored, -1.0, 1.0)
        # A picture without a camera stands for every side of its object: better than a prior that knows no side.
        mean, deviation = ICON_ELEVATION
        guess = (mean + deviation * torch.special.ndtri(above.clamp(1e-6, 1 - 1e-6))).clamp(*ICON_RANGE)
        azimuth = torch.where(known, sign * self.azimuth[row], (2 * around - 1) * pi)
        elevation = torch.where(known, self.elevation[row], guess)
        scale = torch.where(known, between(VIEW_SCALE, size), between(ICON_SCALE, size))

        own, shaded = self.own[row], (tint < self.chance[row]) & self.takes_tint[name]
        tinted = pick(len(COLORS), color)
        shade = torch.where(shaded, torch.where(own >= 0, own, tinted), -1)
        bare = (form < BARE) & (shade < 0)
        with_view = (form >= BARE) & (form < BARE + WITH_VIEW)
        view = view_weights(azimuth.double(), elevation.double()).argmax(-1)
        kind = torch.where(bare, BARE_FORM, torch.where(with_view, VIEW_FORM + view, PLAIN_FORM))
        caption = self.caption[name, (wording < SPOKEN).long(), shade + 1, kind]
        nothing = empty < EMPTY

        choices = self.reference_count[row]
        nth = pick(choices, other)
        nth = self.reference_start[row] + nth + (nth >= self.place[row])        # any but the picture itself
        at = self.references[nth.clamp(max=len(self.references) - 1)]
        shown = (reference < REFERENCE) & (choices > 0)
        return Draws(row, torch.where(nothing, 0, caption), azimuth, elevation, ~nothing & (pose >= NO_POSE), mirrored,
                     scale, torch.where(own >= 0, -1, shade), torch.where(shown, at, -1), sign * self.azimuth[at],
                     self.elevation[at])


def numbers(count: int, rng: torch.Generator) -> Tensor:
    """[count, NUMBERS] uniform: what the draws of a batch are made of."""
    return torch.rand(count, NUMBERS, generator=rng, dtype=torch.float64)


def thing(row: Row) -> tuple[str | None, str]:
    return row.object, row.name


def references(data: Data) -> dict[tuple, list[int]]:
    """The views of each object that may be its reference: those from the front, or all where there is none."""
    groups, front = defaultdict(list), defaultdict(list)
    low, high = REFERENCE_ELEVATION
    for i, row in enumerate(data.rows):
        if row.object is not None and row.azimuth is not None:
            groups[thing(row)].append(i)
            turn = (row.azimuth + pi) % (2 * pi) - pi
            if abs(turn) <= REFERENCE_AZIMUTH and low <= row.elevation <= high:
                front[thing(row)].append(i)
    return {key: front.get(key) or rows for key, rows in groups.items()}


def described(name: str, color: str | None) -> str:
    thing = f"{color} {name}" if color else name
    return f"{'an' if thing[0] in 'aeiou' else 'a'} {thing}"


def tints_for(name: str) -> list[str]:
    """The colors that a name takes: all, or none where it names one itself, as "red apple"."""
    return [] if set(name.split()) & set(COLORS) else list(COLORS)


def view_word(azimuth: float, elevation: float) -> str:
    angles = torch.tensor([[azimuth], [elevation]], dtype=torch.float64)
    return VIEWS[int(view_weights(*angles).argmax())]


def pick(count, u: Tensor) -> Tensor:
    """[B] integers below ``count`` (a number, or [B]), by uniform ``u`` [B]; 0 where ``count`` is 0."""
    at = (u * count).long()
    return (at.minimum(count - 1) if isinstance(count, Tensor) else at.clamp(max=count - 1)).clamp(min=0)


def between(ends: tuple[float, float], u: Tensor) -> Tensor:
    return ends[0] + (ends[1] - ends[0]) * u
