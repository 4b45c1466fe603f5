r"""The borders of regions as lines that meet: each border between two regions once, from one junction to the next.

    label map -> cracks between pixels of two labels -> arcs between junctions -> lines through junctions, smoothed

A junction is a corner of pixels where more than two cracks meet. Of the arcs that end there, the two that go on most
nearly in one direction are one line, and the others end on it: a T. All share the junction's place, so lines join without
a gap. The symmetric half of a map ends on its axis, which a line meets as its mirror image does.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

SMOOTH = 4.0                # pixels along a line by which its stairs are smoothed, standard deviation
AHEAD = 10                  # pixels from which a line's direction at a junction is read
STRAIGHT = np.cos(np.deg2rad(60.0))     # of the turn up to which a line goes on through a junction
EASE = 12                   # pixels over which a line's end is led to where the junction has moved

Node = tuple[int, int]      # x, y of a corner of pixels


@dataclass(frozen=True)
class Border:
    """points: [K, 2] x, y, pixels, about one apart; closed: the last is next to the first; a line's first and last are
    where it ends. on_axis: whether the first and the last point lie on the axis of symmetry."""

    points: np.ndarray
    closed: bool
    on_axis: tuple[bool, bool] = (False, False)


def borders(label: np.ndarray, axis: int | None = None) -> list[Border]:
    """The lines between the regions of ``label`` [h, w] int, 0 outside.

    Args:
        axis: only what is right of the pixels' edge x = ``axis``, about which ``label`` is symmetric; all of it if None.
    """
    steps = cracks(label, axis)
    found = [(nodes, smoothed(nodes, axis)) for nodes in through(traced(steps))]
    place = {nodes[k]: line.points[k] for nodes, line in found for k in passed(nodes, steps)}
    return [led(line, nodes, place) for nodes, line in found]


def cracks(label: np.ndarray, axis: int | None) -> dict[Node, list[Node]]:
    """The neighbours of each corner of pixels along the edges between two labels."""
    wide = np.pad(label, 1)
    steps: dict[Node, list[Node]] = {}
    upright = np.argwhere(wide[1:-1, 1:] != wide[1:-1, :-1])                # y, x of the edge's upper end
    level = np.argwhere(wide[1:, 1:-1] != wide[:-1, 1:-1])
    for found, way in ((upright, (0, 1)), (level, (1, 0))):
        for y, x in found.tolist():
            if axis is None or x >= axis:
                a, b = (x, y), (x + way[0], y + way[1])
                steps.setdefault(a, []).append(b)
                steps.setdefault(b, []).append(a)
    return steps


def traced(steps: dict[Node, list[Node]]) -> list[list[Node]]:
    """Arcs from junction to junction, or to an end; those without either come back to where they began."""
    left = {node: list(others) for node, others in steps.items()}
    arcs = []

    def follow(start: Node) -> list[Node]:
        arc = [start]
        while left[arc[-1]]:
            here, there = arc[-1], left[arc[-1]].pop(0)
            left[there].remove(here)
            arc.append(there)
            if len(steps[there]) != 2 or there == start:
                break
        return arc

    for node in sorted(steps, key=lambda node: (len(steps[node]) == 2, node)):     # junctions and ends first
        while left[node]:
            arcs.append(follow(node))
    return arcs


def through(arcs: list[list[Node]]) -> list[list[Node]]:
    """The arcs joined where one goes on as another."""
    lines = dict(enumerate(arcs))
    for node in sorted({end for arc in arcs if arc[0] != arc[-1] for end in (arc[0], arc[-1])}):
        here = ending(lines, node)
        ways = [direction(lines[k], side) for k, side in here]
        pairs = [(float(ways[a] @ ways[b]), a, b) for a in range(len(here)) for b in range(a)]
        if not pairs or min(pairs)[0] > -STRAIGHT:
            continue
        _, a, b = min(pairs)
        (i, at), (j, to) = here[a], here[b]
        if i == j:                                      # it comes back to where it began
            continue
        before = lines[i] if at == -1 else lines[i][::-1]
        after = lines.pop(j)
        lines[i] = before + (after if to == 0 else after[::-1])[1:]
    return list(lines.values())


def ending(lines: dict[int, list[Node]], node: Node) -> list[tuple[int, int]]:
    """(line, 0 or -1) of the ends that lie at ``node``."""
    return [(k, side) for k, line in lines.items() if line[0] != line[-1] for side in (0, -1) if line[side] == node]


def direction(line: list[Node], side: int) -> np.ndarray:
    """[2] in which ``line`` leaves its end."""
    ordered = line if side == 0 else line[::-1]
    way = np.subtract(ordered[min(AHEAD, len(line) - 1)], ordered[0]).astype(float)
    return way / max(np.linalg.norm(way), 1e-9)


def passed(nodes: list[Node], steps: dict[Node, list[Node]]) -> list[int]:
    """Where on a line it passes a junction."""
    first = 0 if nodes[0] == nodes[-1] else 1
    return [k for k in range(first, len(nodes) - 1) if len(steps[nodes[k]]) > 2]


def smoothed(nodes: list[Node], axis: int | None) -> Border:
    """A line without its stairs, its ends where they were; on the axis smooth as with its mirror image."""
    points = np.array(nodes, float)
    if nodes[0] == nodes[-1]:
        return Border(gaussian_filter1d(points[:-1], SMOOTH, axis=0, mode="wrap"), True)
    reach = min(int(4 * SMOOTH), len(points) - 1)
    on_axis = tuple(axis is not None and end[0] == axis for end in (nodes[0], nodes[-1]))
    before, after = points[reach:0:-1], points[-2:-reach - 2:-1]
    before = before * [-1, 1] + [2 * axis, 0] if on_axis[0] else 2 * points[0] - before
    after = after * [-1, 1] + [2 * axis, 0] if on_axis[1] else 2 * points[-1] - after
    out = gaussian_filter1d(np.concatenate([before, points, after]), SMOOTH, axis=0, mode="nearest")
    return Border(out[reach:reach + len(points)], False, on_axis)


def led(line: Border, nodes: list[Node], place: dict[Node, np.ndarray]) -> Border:
    """The line with its ends on the lines that they end on."""
    points = line.points.copy()
    if line.closed:
        return line
    ease = np.maximum(1 - np.arange(len(points)) / EASE, 0)[:, None]
    for side, weight in ((0, ease), (-1, ease[::-1])):
        if nodes[side] in place:
            points += weight * (place[nodes[side]] - points[side])
    return Border(points, False, line.on_axis)
