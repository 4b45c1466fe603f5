"""Eyes, smiles, limbs and wings, as creatures and persons have them."""

from itertools import pairwise

import numpy as np

from .parts import WHITE, Color, Part, Point, ball, curve, dot, lathe, pair, prism, rod, skin, tube

BLACK = (0.08, 0.07, 0.08)


def eyes(x: float, y: float, z: float, size: float, white: Color = WHITE, out: float = 0.0, up: float = 0.0,
         iris: Color = BLACK) -> list[Part]:
    """Two eyeballs around (+-x, y, z) that look to the front, ``out`` degrees to their sides and ``up`` upwards.

    ``white`` BLACK makes beads of them.
    """
    made = [ball((size, size * 1.1, size * 0.6), (0, 0, 0), white, 14),
            ball((size * 0.66, size * 0.74, size * 0.3), (0, 0, size * 0.42), iris, 12)]
    if iris != BLACK:
        made.append(ball((size * 0.36, size * 0.48, size * 0.2), (0, 0, size * 0.6), BLACK, 10))
    made.append(dot((size * 0.22, size * 0.22, size * 0.12), (0.02 * size, size * 0.3, size * 0.7), WHITE))
    return pair(*(p.glossy(0.5).turned("x", -up).turned("y", out).moved(x, y, z) for p in made))


def smile(y: float, z: float, wide: float, drop: float, thick: float, color: Color, back: float = 0.05) -> Part:
    """A mouth's line around (0, y, z), its corners ``back`` behind its middle."""
    return tube(curve([(-wide, y + drop, z - back), (-wide * 0.5, y + drop * 0.25, z - back * 0.25), (0, y, z),
                       (wide * 0.5, y + drop * 0.25, z - back * 0.25), (wide, y + drop, z - back)], 11),
                [thick * 0.4] + [thick] * 9 + [thick * 0.4], color, 6)


def limb(points, radii, color: Color, count: int = 9, corners: int = 12) -> Part:
    """A smooth tube with round ends; ``radii`` are spread evenly along it."""
    path = curve(points, count)
    r = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(radii)), radii)
    angles = np.radians([90, 55, 25])
    start, end = path[0] - path[1], path[-1] - path[-2]
    start, end = start / np.linalg.norm(start), end / np.linalg.norm(end)
    path = np.concatenate([path[0] + np.outer(np.sin(angles), start) * r[0], path,
                           path[-1] + np.outer(np.sin(angles[::-1]), end) * r[-1]])
    return tube(path, np.concatenate([np.cos(angles) * r[0], r, np.cos(angles[::-1]) * r[-1]]), color, corners)


def spike(base: Point, tip: Point, radius: float, color: Color, flat: float = 1.0) -> Part:
    """A horn or thorn with a round point; ``flat`` below 1 makes a plate of it, thin in x."""
    a, b = np.array(base), np.array(tip)
    part = tube([a, a + 0.5 * (b - a), a + 0.85 * (b - a), b], [radius, radius * 0.68, radius * 0.34, radius * 0.08],
                color, 10)
    return part.moved(-base[0]).scaled(x=flat).moved(base[0])


def horn(points, radius: float, color: Color, count: int = 8) -> Part:
    """Bent, ever thinner."""
    return tube(curve(points, count), radius * np.linspace(1, 0.12, count), color, 10)


def cone(radius: float, high: float, color: Color, corners: int = 20) -> Part:
    """Upwards, its sides slightly curved, its tip round."""
    return lathe([(radius, 0), (radius * 0.7, high * 0.38), (radius * 0.36, high * 0.74), (radius * 0.13, high * 0.95),
                  (0, high)], color, corners=corners)


def bat_wing(size: float, skin_color: Color, bone: Color, thick: float = 0.05) -> list[Part]:
    """In the plane z = 0 from the origin towards +x and +y, scalloped below, with its fingers."""
    elbow, tips = (0.34, 0.62), [(1.2, 0.72), (1.08, 0.1), (0.7, -0.22), (0.16, -0.34)]
    outline = [(0.0, 0.05), elbow, (0.78, 0.82)]
    for (x0, y0), (x1, y1) in pairwise(tips):
        middle = (0.5 * (x0 + x1) * 0.84 + 0.04, 0.5 * (y0 + y1) + 0.14)
        outline += [tuple(p) for p in curve([(x0, y0), middle, (x1, y1)], 7)[:-1]]
    outline.append(tips[-1])
    made = [prism(np.array(outline) * size, thick, (0, 0, 0), skin_color)]
    for x, y in tips[:3]:
        made.append(rod((elbow[0] * size, elbow[1] * size, 0), (x * size * 0.99, y * size * 0.99, 0), thick * 0.85,
                        bone, thick * 0.4, 8))
    return made + [limb([(0, 0, 0), (0.2 * size, 0.3 * size, 0), (elbow[0] * size, elbow[1] * size, 0)],
                        [thick * 1.5, thick * 1.1], bone, 6, 8)]


def sheet_of(profile, color: Color, waves: int, deep: float, corners: int = 48) -> Part:
    """A lathe of ``profile`` from the bottom up whose hem swings in and out ``waves`` times, ever less further up."""
    r, y = np.asarray(profile, float).T[:, :, None]
    r = np.maximum(r, 0)
    a = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    share = ((y.max() - y) / np.ptp(y)) ** 2
    r = r * (1 + deep * share * np.cos(waves * a))
    return skin(np.stack([r * np.sin(a), y + 0 * a, r * np.cos(a)], -1), color)
