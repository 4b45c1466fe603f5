r"""SVG's gradients as those of renderers/drawing.py: from x1, y1 to x2, y2, or around cx, cy with radius r.

    frame = canvas <- element <- box, if units are the box's <- gradientTransform <- (u, v, o)
    linear   o = (x1, y1),  u = (x2 - x1, y2 - y1),  v = u turned          radial   o = (cx, cy),  u = (r, 0),  v = (0, r)

What a gradient does not say, it has from the one that its href names. What is not kept, and counted: a focus beside the
centre, repetition where it would be seen, and more than MOST stops. Source: SVG 2, chapter 14.
"""

from collections import Counter

import numpy as np

from renderers.drawing import Gradient

from .elements import diagonal
from .grammar import color, length, matrix
from .shapes import Ramp, Subpath
from .style import INITIAL, Sheet
from .xml import Node

TAGS = ("linearGradient", "radialGradient")
MAX_LINKS = 10                      # a gradient may take its stops from another, and that from a third
MOST = 16                           # stops
ALL = ("gradientUnits", "gradientTransform", "spreadMethod")        # a gradient of the other kind hands these on as well
AWAY = 1e-3                         # of a radius: a focus nearer to the centre is in it
UNIT = np.array([[0.0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]])

RGBA = tuple[float, float, float, float]


def read(node: Node, ids: dict[str, Node], sheet: Sheet, outline: list[Subpath], at: np.ndarray,
         view: tuple[float, float], left_out: Counter) -> tuple[RGBA | None, Ramp | None]:
    """(color, ramp) of gradient ``node`` on a shape, the color's opacity being that beside the ramp's; the color alone
    where it is one; (None, None) where it paints nothing.

    Args:
        outline: the shape, in its own units.
        at: [3, 3] from there to the canvas.
        view: width and height, in the shape's units, of which percentages are.
        left_out: what could not be kept is added to it.
    """
    chain = linked(node, ids)
    stops = next((found for each in chain if len(found := stops_of(each, sheet))), np.zeros((0, 5)))
    if not len(stops):
        return None, None
    if len(stops) > MOST:
        left_out[f"gradients of more than {MOST} stops, now their mean color"] += 1
        return mean(stops), None
    if len(stops) == 1:
        return tuple(stops[0, 1:].tolist()), None
    attributes = {name: each.attributes[name] for each in reversed(chain) for name in each.attributes
            if each.tag == node.tag or name in ALL}
    of_box = attributes.get("gradientUnits") != "userSpaceOnUse"
    low, high = box(outline)
    wide, high_ = (1.0, 1.0) if of_box else view
    into = np.array([[high[0] - low[0], 0, low[0]], [0, high[1] - low[1], low[1]], [0, 0, 1]]) if of_box else np.eye(3)
    own = matrix(attributes.get("gradientTransform", ""))
    into = into if own is None else into @ own
    if abs(np.linalg.det(into)) < 1e-12:
        return None, None                               # SVG: a box without area has no gradient, but the fallback

    def size(name: str, otherwise: str, whole: float) -> float:
        found = length(attributes.get(name, otherwise), whole)
        return length(otherwise, whole) if found is None else found

    if node.tag == "linearGradient":
        o = np.array([size("x1", "0%", wide), size("y1", "0%", high_)])
        u = np.array([size("x2", "100%", wide), size("y2", "0%", high_)]) - o
        frame = np.stack([u, [-u[1], u[0]], o], 1)
    else:
        r = size("r", "50%", diagonal((wide, high_)))
        o = np.array([size("cx", "50%", wide), size("cy", "50%", high_)])
        focus = np.array([size("fx", repr(float(o[0])), wide), size("fy", repr(float(o[1])), high_)])
        left_out["focal points of gradients, now in the middle"] += bool(np.linalg.norm(focus - o) > AWAY * r)
        inner = min(max(size("fr", "0%", diagonal((wide, high_))) / r, 0.0), 1.0) if r > 0 else 0.0
        stops[:, 0] = inner + (1 - inner) * stops[:, 0]
        frame = np.array([[max(r, 0.0), 0, o[0]], [0, max(r, 0.0), o[1]]])
    if abs(np.linalg.det(frame[:, :2])) < 1e-18:
        return tuple(stops[-1, 1:].tolist()), None
    kind = Gradient.LINEAR if node.tag == "linearGradient" else Gradient.RADIAL
    frame = into @ np.concatenate([frame, [[0, 0, 1]]])
    if attributes.get("spreadMethod", "pad") in ("reflect", "repeat"):
        left_out["repetitions of gradients"] += beyond(kind, frame, low, high)
    return (*mean(stops)[:3], 1.0), Ramp(kind, (at @ frame)[:2], stops)


def linked(node: Node, ids: dict[str, Node]) -> list[Node]:
    """``node`` and the gradients that it refers to, in turn, none twice."""
    chain = [node]
    while len(chain) < MAX_LINKS:
        other = ids.get(chain[-1].attributes.get("href", "").removeprefix("#"))
        if other is None or other.tag not in TAGS or any(other is each for each in chain):
            break
        chain.append(other)
    return chain


def hand_down(root: Node, sheet: Sheet) -> None:
    """Write on each gradient the ``color`` that it has where it stands, for its stops that are of the current one."""
    waiting = [(root, INITIAL["color"])]
    while waiting:
        node, above = waiting.pop()
        here = sheet.style(node, {"color": above})["color"]
        if node.tag in TAGS:
            node.attributes["color"] = here
        waiting += [(child, here) for child in node.children]


def stops_of(node: Node, sheet: Sheet) -> np.ndarray:
    """[K, 5] the stops of ``node`` itself, whose places never fall."""
    rows: list[tuple[float, ...]] = []
    own = sheet.style(node, INITIAL)
    for stop in (child for child in node.children if child.tag == "stop"):
        style = sheet.style(stop, own)
        written = style.get("stop-color", "black")
        rgba = color(style["color"] if written == "currentcolor" else written) or (0.0, 0.0, 0.0, 1.0)
        opacity = length(style.get("stop-opacity", "1"), 1)
        place = length(stop.attributes.get("offset", "0"), 1)
        rows.append((min(max(place or 0.0, rows[-1][0] if rows else 0.0), 1.0), *rgba[:3],
                     rgba[3] * min(max(1.0 if opacity is None else opacity, 0), 1)))
    return np.array(rows, np.float64).reshape(-1, 5)


def mean(stops: np.ndarray) -> RGBA:
    """One color for ``stops``, each by the share of the way that it colors."""
    at = np.array([0.0, *stops[:, 0], 1.0])
    share = (at[2:] - at[:-2]) / 2                              # half of the way to each neighbour ...
    share[0] += stops[0, 0] / 2                                 # ... and all of it before the first and behind the last
    share[-1] += (1 - stops[-1, 0]) / 2
    a = float(share @ stops[:, 4])
    r, g, b = (share @ (stops[:, 1:4] * stops[:, 4:]) / max(a, 1e-9)).tolist()
    return r, g, b, a


def box(outline: list[Subpath]) -> tuple[np.ndarray, np.ndarray]:
    """[2] lowest and highest x, y of the curves themselves."""
    c = np.concatenate([each.cubics for each in outline])                                   # [S, 4, 2]
    d = 3 * np.diff(c, axis=1)
    A, B, C = d[:, 0] - 2 * d[:, 1] + d[:, 2], 2 * (d[:, 1] - d[:, 0]), d[:, 0]             # A t^2 + B t + C = 0
    with np.errstate(all="ignore"):
        root = np.sqrt(B * B - 4 * A * C)
        t = np.stack([(-B + root) / (2 * A), (-B - root) / (2 * A), -C / B], 1)             # [S, 3, 2]
    t = np.where((t > 0) & (t < 1), t, 0.0)
    s = 1 - t
    p = [c[:, None, k] for k in range(4)]
    on = s**3 * p[0] + 3 * s * s * t * p[1] + 3 * s * t * t * p[2] + t**3 * p[3]
    every = np.concatenate([c[:, [0, 3]], on], 1).reshape(-1, 2)
    return every.min(0), every.max(0)


def beyond(kind: Gradient, frame: np.ndarray, low: np.ndarray, high: np.ndarray) -> bool:
    """Whether the box from ``low`` to ``high`` reaches over the first or the last stop of a ``frame`` [3, 3]."""
    corners = UNIT * [*(high - low), 1] + [*low, 0]
    q = corners @ np.linalg.inv(frame).T
    t = q[:, 0] if kind == Gradient.LINEAR else np.hypot(q[:, 0], q[:, 1])
    return bool(t.max() > 1 + AWAY or t.min() < -AWAY)
