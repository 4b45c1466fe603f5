"""SVG that every viewer draws alike: paths of one color or a gradient in the order they are painted, one group a layer.

Absolute coordinates, sorted attributes and ids by place, so that a small change of the drawing is a small change of the
file. The drawing is cleaned first (``dreamgen.svg.clean``). Read again, it gives the same file. Source: W3C, SVG 2.
"""

from html import escape
from itertools import groupby

import numpy as np

from dreamgen.svg.clean import clean, decimals, distinct
from dreamgen.svg.curves import of_drawing
from dreamgen.svg.shapes import Ramp, Shape, Subpath
from renderers.drawing import Drawing, Gradient, Paint

ACCEPTS = (Drawing,)

CAPS = {Paint.ROUND: "round", Paint.SQUARE: "square"}                  # butt is the one not written


def write(asset: Drawing, name: str = "asset") -> dict[str, bytes]:
    """``{name.svg: bytes}``, the same bytes for the same drawing; raises ValueError for a canvas without a size."""
    return {f"{name}.svg": text(clean(asset).drawing).encode("utf-8")}


def text(drawing: Drawing) -> str:
    """The file of a clean drawing."""
    width, height = (f"{side:.6f}".rstrip("0").rstrip(".") for side in drawing.size)
    lines = [element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} {height}",
                             "width": width, "height": height}, end="")]
    if drawing.title:
        lines.append(f"  <title>{escape(drawing.title, quote=False)}</title>")
    if drawing.background is not None:
        lines.append("  " + element("rect", {"id": "background", "width": width, "height": height,
                                             "fill": hexadecimal(drawing.background)}))
    d, n, every = decimals(drawing.size), 0, of_drawing(drawing).shapes()
    ramps = [line for k, shape in enumerate(every) if shape.ramp is not None for line in gradient(f"gradient-{k}", shape.ramp, d)]
    if ramps:
        lines += ["  <defs>", *(f"    {line}" for line in ramps), "  </defs>"]
    for layer, shapes in groupby(every, lambda shape: shape.layer):
        lines.append("  " + element("g", {"id": f"layer-{layer}"}, end=""))
        for shape in shapes:
            path = {"id": f"path-{n}", "d": path_data(shape.subpaths, d), **paint(shape, f"gradient-{n}")}
            lines.append("    " + element("path", path))
            n += 1
        lines.append("  </g>")
    return "\n".join([*lines, "</svg>", ""])


def element(tag: str, attributes: dict[str, str], end: str = "/") -> str:
    """Attributes are numbers, colors and ids of ours, in which there is nothing to escape."""
    written = " ".join(f'{key}="{value}"' for key, value in sorted(attributes.items()))
    return f"<{tag} {written}{end}>"


def gradient(name: str, ramp: Ramp, d: int) -> list[str]:
    """The lines of an element with that id, ``d`` decimals in what is of the canvas."""
    u, v, o = ramp.frame.T
    attributes = {"gradientUnits": "userSpaceOnUse", "id": name}
    if ramp.kind == Gradient.LINEAR:
        tag, where = "linearGradient", dict(zip(("x1", "y1", "x2", "y2"), (*o, *(o + u)), strict=True))
    else:
        tag = "radialGradient"
        circle = u[1] == v[0] == 0 and u[0] == v[1]
        where = dict(zip(("cx", "cy", "r"), (*o, u[0]) if circle else (0, 0, 1), strict=True))
        attributes |= {} if circle else {"gradientTransform": f"matrix({' '.join(number(x, d) for x in (*u, *v, *o))})"}
    stops = [{"offset": number(t, 3), "stop-color": hexadecimal(tuple(rgb))} | ({"stop-opacity": number(a, 3)} if a < 1 else {})
             for t, *rgb, a in ramp.stops[:distinct(ramp.stops)]]
    return [element(tag, attributes | {key: number(value, d) for key, value in where.items()}, end=""),
            *("  " + element("stop", stop) for stop in stops), f"</{tag}>"]


def paint(shape: Shape, name: str) -> dict[str, str]:
    """The attributes of how ``shape`` is painted, without those that are SVG's own defaults; ``name``: its gradient's id."""
    kind = "stroke" if shape.paint.is_stroke else "fill"
    found = {kind: hexadecimal(shape.color[:3]) if shape.ramp is None else f"url(#{name})"}
    if shape.color[3] < 1:
        found[f"{kind}-opacity"] = number(shape.color[3], 3)
    if shape.paint == Paint.EVENODD:
        found["fill-rule"] = "evenodd"
    if shape.paint.is_stroke:
        found |= {"fill": "none", "stroke-linejoin": "round", "stroke-width": number(shape.width, 6)}
        found |= {"stroke-linecap": CAPS[shape.paint]} if shape.paint in CAPS else {}
    return found


def path_data(subpaths: list[Subpath], d: int) -> str:
    """M, then C, L, H or V, then Z, with ``d`` decimals."""
    return "".join(_subpath(each, d) for each in subpaths)


def _subpath(each: Subpath, d: int) -> str:
    (x, y), last = (number(value, d) for value in each.points[0]), "M"
    data = [f"M{x} {y}"]
    for cubic in each.cubics:
        straight = (cubic[0] == cubic[1]).all() and (cubic[2] == cubic[3]).all()
        numbers = [number(value, d) for value in (cubic[3:] if straight else cubic[1:]).reshape(-1)]
        if not straight:
            letter = "C"
        elif numbers[1] == y:
            letter, numbers = ("H", numbers[:1])
        elif numbers[0] == x:
            letter, numbers = ("V", numbers[1:])
        else:
            letter = "L"
        data.append((" " if letter == last else letter) + " ".join(numbers))
        (x, y), last = (number(value, d) for value in cubic[3]), letter
    return "".join(data) + ("Z" if each.closed else "")


def number(value: float, d: int) -> str:
    """``value`` with at most ``d`` decimals and no more characters than it needs."""
    written = f"{value:.{d}f}"
    written = written.rstrip("0").rstrip(".") if d else written
    return "0" if written in ("-0", "") else written


def hexadecimal(rgb: tuple[float, ...]) -> str:
    return "#" + "".join(f"{int(np.rint(value * 255)):02x}" for value in rgb)
