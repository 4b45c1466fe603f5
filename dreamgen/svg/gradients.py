"""A gradient as one colour: the mean of its stops, each by the share of the way that it colours."""

import numpy as np

from .grammar import color, length
from .style import Sheet
from .xml import Node

TAGS = ("linearGradient", "radialGradient")
MAX_LINKS = 10                      # a gradient may take its stops from another, and that from a third


def mean(node: Node, ids: dict[str, Node], sheet: Sheet) -> tuple[float, float, float, float] | None:
    """sRGB and opacity of gradient ``node``; None where no stop is found."""
    for _ in range(MAX_LINKS):
        stops = [child for child in node.children if child.tag == "stop"]
        if stops:
            break
        node = ids.get(node.attributes.get("href", "").removeprefix("#"))
        if node is None or node.tag not in TAGS:
            return None
    else:
        return None
    colors, places = [], []
    for stop in stops:
        style = sheet.style(stop, {})
        own = color(style.get("stop-color", "black")) or (0.0, 0.0, 0.0, 1.0)
        opacity = length(style.get("stop-opacity", "1"), 1)
        place = length(stop.attributes.get("offset", "0"), 1)
        colors.append((*own[:3], own[3] * min(max(1.0 if opacity is None else opacity, 0), 1)))
        places.append(min(max(place or 0.0, places[-1] if places else 0.0), 1.0))
    at = np.array([0.0, *places, 1.0])
    share = (at[2:] - at[:-2]) / 2                              # half of the way to each neighbour ...
    share[0] += places[0] / 2                                   # ... and all of it before the first and behind the last
    share[-1] += (1 - places[-1]) / 2
    a = float(share @ np.array(colors)[:, 3])
    rgb = share @ (np.array(colors)[:, :3] * np.array(colors)[:, 3:]) / max(a, 1e-9)
    return *rgb.tolist(), a
