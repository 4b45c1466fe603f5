r"""An SVG file within a number of bytes: the same paths on a coarser grid, and, if that is not enough, fewer of them.

    x = round(u p / longer side),    u of LEVELS        coordinates are whole numbers, the viewBox is u long

``svg.py`` writes for people and programs: absolute coordinates, ids, groups. This writes what is drawn and nothing more:
relative commands, straight lines as h, v and l, a curve whose first handle mirrors the last one as s, nothing that closes
what is filled, one path where neighbours have one paint, short colors. Layers and the canvas's size are not in it. Of all
levels, each with as many paths as the bytes hold (``dreamgen/svg/budget.py``), the file whose picture differs least is
taken. Source: SVG 2, chapter 9.
"""

from dataclasses import replace
from html import escape

import numpy as np

from dreamgen.svg import shorten
from dreamgen.svg.budget import within
from dreamgen.svg.clean import clean, is_straight
from dreamgen.svg.curves import of_drawing
from dreamgen.svg.picture import picture
from dreamgen.svg.shapes import Ramp, Shape, Subpath
from dreamgen.svg.winding import nonzero
from renderers.drawing import Drawing, Paint

from . import svg

LEVELS = ((4096, False), (1024, False), (768, False), (512, False), (384, False), (256, False), (192, False), (128, False),
          (96, False), (64, False), (64, True))
                            # units of the longer side; whether colors have 4 bits
FEWER = 256                 # units from which on paths are left out: before, a coarser grid costs less
EDGE = 128                  # pixels in which pictures are compared
STRAIGHT = 0.75             # units that a handle may lie beside a straight line
OPAQUE = 0.97               # opacity from which it is not written, but on the finest level


def write(drawing: Drawing, most: int) -> tuple[bytes, int]:
    """The file, of at most ``most`` bytes if one path takes no more, and how many paths of the clean drawing it has.

    A drawing whose readable file (``svg.py``) is short enough is written so.
    """
    drawing = clean(drawing).drawing
    readable = svg.text(drawing).encode("utf-8")
    if len(readable) <= most:
        return readable, len(drawing.paths)
    whole, drawing = over_white(drawing), nonzero(drawing)
    found = []
    for units, short in LEVELS:
        writer = Writer(units, short)
        fits = len(writer.text(drawing)) <= most
        if not fits and units > FEWER:
            continue
        some = drawing if fits else within(drawing, most, lambda paths, writer=writer: len(writer.text(paths)))
        made = writer.text(some).encode("utf-8")
        off = float(np.square(over_white(writer.rounded(some)) - whole).mean())
        found.append((len(made) > most, off, len(made), made, len(some.paths)))
        if fits:
            break                                                       # a coarser one could only differ more
    *_, made, count = min(found, key=lambda each: each[:3])
    return made, count


def over_white(drawing: Drawing) -> np.ndarray:
    """[H, W, 3]."""
    seen = picture(drawing, EDGE)
    return seen[..., :3] * seen[..., 3:] + 1 - seen[..., 3:]


class Writer:
    """Files with whole coordinates on a grid of ``units``; a path's data is made once, however often it is asked for."""

    def __init__(self, units: int, short: bool):
        self.units, self.short = units, short
        self.data: dict[tuple, str] = {}

    def text(self, drawing: Drawing) -> str:
        scale = self.units / max(drawing.size)
        width, height = (shorten.number(side * scale, 2) for side in drawing.size)
        shapes = of_drawing(drawing).shapes()
        ramps = [line.strip() for n, shape in enumerate(shapes) if shape.ramp is not None
                 for line in svg.gradient(f"g{n}", Ramp(shape.ramp.kind, shape.ramp.frame * scale, shape.ramp.stops), 0)]
        out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">']
        out += [f"<title>{escape(drawing.title, quote=False)}</title>"] if drawing.title else []
        out += ["<defs>", *ramps, "</defs>"] if ramps else []
        if drawing.background is not None:
            out.append(path({"fill": self.color(drawing.background)}, f"M0 0h{width}v{height}H0"))
        held, last, together = [], {}, ""                               # shapes of the path before, its paint and data
        for n, shape in enumerate(shapes):
            said, data = self.paint(shape, f"g{n}", scale), self.path_data(shape, scale)
            if held and said == last and joins(shape, held):
                held, together = [*held, shape], together + data
                out[-1] = path(said, together)
            elif data:
                held, last, together = [shape], said, data
                out.append(path(said, data))
        return "".join([*out, "</svg>"])

    def rounded(self, drawing: Drawing) -> Drawing:
        """What the file shows."""
        scale = self.units / max(drawing.size)
        colors = drawing.colors.copy()
        colors[:, 3] = [float(self.opacity(value)) for value in colors[:, 3]]
        if self.short:
            colors[:, :3] = np.rint(colors[:, :3] * 15) / 15
        return replace(drawing, points=(np.rint(drawing.points * scale) / scale).astype(np.float32), colors=colors)

    def paint(self, shape: Shape, name: str, scale: float) -> dict[str, str]:
        kind = "stroke" if shape.paint.is_stroke else "fill"
        said = {kind: self.color(shape.color[:3]) if shape.ramp is None else f"url(#{name})"}
        if kind == "fill" and said["fill"] in ("#000", "black"):
            said = {}
        if (opacity := self.opacity(shape.color[3])) != "1":
            said[f"{kind}-opacity"] = opacity
        if shape.paint == Paint.EVENODD:
            said["fill-rule"] = "evenodd"
        if shape.paint.is_stroke:
            said |= {"fill": "none", "stroke-width": shorten.number(shape.width * scale, 1), "stroke-linejoin": "round"}
            said |= {"stroke-linecap": svg.CAPS[shape.paint]} if shape.paint in svg.CAPS else {}
        return said

    def opacity(self, value: float) -> str:
        fine = self.units == LEVELS[0][0]
        return "1" if value >= OPAQUE and not fine else shorten.number(value, 3 if fine else 2)

    def color(self, rgb: tuple[float, ...]) -> str:
        return shorten.paint(svg.hexadecimal(np.rint(np.array(rgb) * 15) / 15 if self.short else rgb))

    def path_data(self, shape: Shape, scale: float) -> str:
        key = (scale, shape.paint, *(each.points.tobytes() for each in shape.subpaths))
        if key not in self.data:
            self.data[key] = shorten.path_data("".join(on_grid(each, shape.paint.is_stroke, scale)
                                                       for each in shape.subpaths), 0)
        return self.data[key]


def path(said: dict[str, str], data: str) -> str:
    """An element; there is nothing in it to escape."""
    return "<path " + "".join(f'{key}="{value}" ' for key, value in said.items()) + f'd="{data}"/>'


def on_grid(each: Subpath, stroked: bool, scale: float) -> str:
    """M, then L, C and S in whole numbers; "" for what is filled and has become a point."""
    p = np.rint(each.cubics * scale)
    straight, moves = is_straight(p, STRAIGHT), (p != p[:, :1]).any((1, 2))
    begin, mirrored, out = p[0, 0], None, []
    for cubic, line, last in zip(p[moves], straight[moves], np.arange(moves.sum()) == moves.sum() - 1, strict=True):
        if line and last and each.closed and (cubic[3] == begin).all():
            break                                                       # closing draws it
        kind, points = ("L", cubic[3:]) if line else ("C", cubic[1:])
        if mirrored is not None and not line and (cubic[1] == mirrored).all():
            kind, points = "S", cubic[2:]
        out.append(kind + " ".join(f"{value:.0f}" for value in points.reshape(-1)))
        mirrored = None if line else 2 * cubic[3] - cubic[2]
    if not out and not stroked:
        return ""
    where = f"{begin[0]:.0f} {begin[1]:.0f}"
    return f"M{where}" + ("".join(out) or f"L{where}") + ("Z" if stroked and each.closed else "")


def joins(shape: Shape, held: list[Shape]) -> bool:
    """Whether ``shape`` may stand in one path with those that it is painted over: one opaque paint, and nothing shared."""
    if shape.ramp is not None or shape.color[3] < 1:
        return False
    if shape.paint.is_stroke:
        return True
    low, high = box(shape)
    return all((low > other_high).any() or (high < other_low).any() for other_low, other_high in map(box, held))


def box(shape: Shape) -> tuple[np.ndarray, np.ndarray]:
    points = np.concatenate([each.points for each in shape.subpaths])
    return points.min(0), points.max(0)
