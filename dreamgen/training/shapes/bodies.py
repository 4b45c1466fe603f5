"""What animals are put together of: limbs, eyes, mouths, ears, paws, and bodies that sit or stand.

A head is made around the origin, its skull about 1 in radius, looking towards +z, and then ``placed`` on a body.
"""

from math import cos, radians, sin

import numpy as np
from numpy.random import Generator

from .palette import Color
from .parts import WHITE, Part, Point, ball, curve, lathe, loft, pair, shade, tube

BLACK = (0.09, 0.08, 0.09)
ROSE, TONGUE = (0.90, 0.62, 0.62), (0.88, 0.45, 0.48)
FLUFF = 0.80                            # how strong the fur's light and dark are


def pale(hue: Color) -> Color:
    """What an animal of this color has on its belly and its muzzle."""
    return shade(hue, 1.55) if max(hue) > 0.3 else (0.78, 0.72, 0.66)


def iris(hue: Color) -> Color | None:
    """Of the eyes in a face of this color: dark ones are lost on black."""
    return (0.82, 0.62, 0.30) if max(hue) < 0.3 else None


def limb(points, radii, color: Color, count: int = 8, corners: int = 12) -> Part:
    """A smooth rod through ``points``, of a radius at each, with round ends."""
    line = curve(np.column_stack([points, np.broadcast_to(radii, len(points))]), count)
    p, r = line[:, :3], np.maximum(line[:, 3], 0.004)
    a = np.radians([90, 65, 35])
    ends = []
    for k, towards in ((0, p[0] - p[1]), (-1, p[-1] - p[-2])):
        towards = towards / np.linalg.norm(towards)
        ends.append((p[k] + np.outer(np.sin(a), towards) * r[k], np.cos(a) * r[k] * (a < 1.57)))
    return tube(np.concatenate([ends[0][0], p, ends[1][0][::-1]]),
                np.concatenate([ends[0][1], r, ends[1][1][::-1]]), color, corners)


def torso(sections, color: Color, count: int = 16, corners: int = 24) -> Part:
    """A smooth loft along z, round at both ends; see ``loft`` for the sections."""
    line = curve(sections, count)
    line[:, 2:] = np.maximum(line[:, 2:], 0.004)
    a, ends = np.radians([90, 65, 35])[:, None], []
    for k, way in ((0, -1), (-1, 1)):
        z, y, w, h = line[k]
        ends.append(np.concatenate([z + way * min(w, h) * np.sin(a), y + 0 * a, w * np.cos(a), h * np.cos(a)], 1))
        ends[-1][0, 2:] = 0
    return loft(np.concatenate([ends[0], line, ends[1][::-1]]), color, corners=corners)


def on(size, at: Point, side: float, up: float, out: float = 1.0) -> Point:
    """The place on an ellipsoid that lies ``side`` degrees from its front towards +x, and ``up``."""
    a, b = radians(side), radians(up)
    way = np.array([sin(a) * cos(b), sin(b), cos(a) * cos(b)])
    return tuple((np.asarray(at) + out * np.broadcast_to(size, 3) * way).tolist())


def eyes(size, at: Point, side: float, up: float, r: float, ring: Color | None = None) -> list[Part]:
    """A pair on an ellipsoid: glossy and dark with a glint, in a colored ``ring`` if there is one."""
    eye = [ball((r * 0.88, r, r * 0.6), (0, 0, 0), ring or BLACK, 14).glossy(0.6),
           ball((r * 0.3, r * 0.3, r * 0.2), (r * 0.22, r * 0.36, r * (0.7 if ring else 0.5)), WHITE, 8)]
    if ring:
        eye.append(ball((r * 0.6, r * 0.74, r * 0.3), (0, 0, r * 0.42), BLACK, 12).glossy(0.6))
    return pair(*(p.turned("x", -up * 0.5).turned("y", side * 0.8).moved(*on(size, at, side, up, 0.97)) for p in eye))


def smile(size, at: Point, wide: float, up: float, drop: float, thick: float, color: Color = BLACK) -> Part:
    """A mouth on an ellipsoid, ``wide`` degrees to each side, its corners ``drop`` degrees higher than its middle."""
    sides = np.linspace(-wide, wide, 9)
    return limb([on(size, at, s, up + drop * (s / wide) ** 2, 1.01) for s in sides], thick, color, 9, 8)


def muzzle_lines(y: float, z: float, wide: float, thick: float) -> list[Part]:
    """The two bows under a cat's or a dog's nose."""
    return pair(limb([(0, y + wide * 0.45, z), (wide * 0.22, y, z), (wide * 0.7, y - wide * 0.02, z - wide * 0.1),
                      (wide, y + wide * 0.32, z - wide * 0.3)], thick, BLACK, 7, 8))


def pointed_ear(wide: float, high: float, color: Color, inner: Color, thick: float = 0.45) -> list[Part]:
    """Upright at the origin, hollow side to the front."""
    outline = curve([(wide, -0.1 * high), (wide * 0.95, 0.2 * high), (wide * 0.58, 0.65 * high), (0, high)], 9)
    return [lathe(outline, color, corners=16).scaled(z=thick),
            lathe(outline * (0.62, 0.78), inner, corners=16).scaled(z=thick).moved(0, 0.02 * high, wide * thick * 0.5)]


def hanging_ear(wide: float, long: float, color: Color, thick: float = 0.4) -> Part:
    """From the origin down, flat in x."""
    return limb([(0, 0, 0), (0, -0.35 * long, 0), (0, -0.75 * long, 0), (0, -long, 0)],
                [wide * 0.62, wide * 0.95, wide, wide * 0.7], color).scaled(x=thick)


def whiskers(x: float, y: float, z: float, long: float, thick: float, color: Color = WHITE) -> list[Part]:
    return pair(*(limb([(x, y, z), (x + long * 0.6, y + 0.3 * rise * long, z - 0.05 * long),
                        (x + long, y + 0.42 * rise * long, z - 0.2 * long)],
                       [thick, thick * 0.9, thick * 0.6], color, 4, 6) for rise in (0.75, -0.45)))


def paw(r: float, at: Point, color: Color, long: float = 1.35) -> list[Part]:
    """A foot with three toes to the front."""
    x, y, z = at
    return [ball((r, r * 0.72, r * long), (x, y + r * 0.7, z), color, 14),
            *(ball(r * 0.42, (x + side * r * 0.55, y + r * 0.42, z + r * (long * 0.82 - 0.12 * abs(side))), color, 10)
              for side in (-1, 0, 1))]


def hoof(r: float, at: Point, color: Color) -> Part:
    return lathe([(r * 0.98, 0), (r * 1.12, r * 0.15), (r * 0.9, r * 0.95)], color, at, 14).glossy(0.25)


def placed(parts: list[Part], size: float, at: Point, nod: float = 0.0) -> list[Part]:
    """Smaller, bent down by ``nod`` degrees, and moved."""
    return [p.scaled(size, size, size).turned("x", nod).moved(*at) for p in parts]


def furry(parts: list[Part], size: float = 0.09, amount: float = FLUFF) -> list[Part]:
    return [p.finished("fur", size, amount=amount) for p in parts]


def marked(parts: list[Part], hue: Color, rng: Generator, often: float = 0.25) -> list[Part]:
    """Of fur, now and then with patches of another color."""
    if rng.random() > often:
        return furry(parts)
    dark = ((0.40, 0.27, 0.18), (0.22, 0.20, 0.20), (0.80, 0.48, 0.20))[rng.integers(3)]
    size = rng.uniform(0.18, 0.24)
    return [p.finished("hide", size, dark if min(hue) > 0.7 else (0.95, 0.93, 0.89)) for p in parts]


def skull(size: Point, coat: Color) -> Part:
    """A head's middle, of fur."""
    return ball(size, (0, 0, 0), coat, 24).finished("fur", 0.22, amount=FLUFF)


def sitting(coat: Color, chest: Color, feet: Color, fat: float = 1.0, high: float = 1.0) -> list[Part]:
    """As a cat or a dog sits; its neck ends about (0, 0.85 * high, 0.1)."""
    body = lathe(curve([(0, 0), (0.34 * fat, 0.03), (0.41 * fat, 0.2 * high), (0.35 * fat, 0.5 * high),
                        (0.25 * fat, 0.76 * high), (0.19, 0.95 * high), (0, 1.0 * high)], 18), coat)
    made = [body, ball((0.21 * fat, 0.3 * high, 0.15), (0, 0.58 * high, 0.19 * fat), chest)]
    leg = limb([(0.13, 0.62 * high, 0.17), (0.15, 0.35 * high, 0.3), (0.15, 0.08, 0.34)], [0.12, 0.095, 0.085], coat)
    thigh = ball((0.15, 0.24, 0.29), (0.3 * fat, 0.24, 0.02), coat).turned("y", 8)
    return made + pair(leg, thigh, *paw(0.1, (0.15, 0, 0.37), feet), *paw(0.1, (0.33 * fat, 0, 0.27), feet))


def slumped(coat: Color, belly: Color, soles: Color, limbs: Color | None = None, fat: float = 1.0) -> list[Part]:
    """As a teddy sits: legs to the front, arms hanging; its neck ends about (0, 0.95, 0)."""
    limbs = limbs or coat
    body = lathe(curve([(0, 0), (0.36 * fat, 0.03), (0.46 * fat, 0.3), (0.41 * fat, 0.62), (0.28, 0.92), (0, 1.0)], 18),
                 coat).scaled(z=0.92)
    made = [body, ball((0.33 * fat, 0.36, 0.2), (0, 0.42, 0.27 * fat), belly)]
    arm = limb([(0.28 * fat, 0.8, 0.02), (0.46 * fat, 0.6, 0.1), (0.55 * fat, 0.4, 0.26)], [0.13, 0.14, 0.155], limbs)
    leg = limb([(0.24, 0.2, 0.1), (0.33, 0.19, 0.38), (0.4, 0.19, 0.6)], [0.19, 0.18, 0.185], limbs)
    sole = ball((0.15, 0.17, 0.07), (0, 0, 0), soles, 16).turned("y", 14).moved(0.43, 0.2, 0.75)
    return made + pair(arm, leg, sole)


def legs(coat: Color, x: float, y: float, front: float, back: float, thick: float, bent: float = 1.0,
         foot: float = 1.0) -> list[Part]:
    """Four, from ``y`` down to the ground at z ``front`` and ``back``; ``bent``: how much the hind ones are."""
    fore = limb([(x, y, front), (x, y * 0.5, front + 0.02), (x, thick * 0.6, front)],
                [thick * 1.35, thick, thick * foot], coat)
    hind = limb([(x, y, back), (x, y * 0.62, back + 0.1 * bent), (x, y * 0.34, back - 0.1 * bent),
                 (x, thick * 0.6, back - 0.03 * bent)], [thick * 1.75, thick * 1.3, thick * 0.92, thick * foot], coat)
    return pair(fore, hind)
