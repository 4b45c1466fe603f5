"""Armchairs and chairs; fronts face +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .joinery import (
    ACCENTS,
    BEECH,
    CHROME,
    IRON,
    OAK,
    WALNUT,
    WOODS,
    board,
    covered,
    cushion,
    pick,
    polished,
    sheet,
    spindle,
    wooden,
)
from .palette import ANY, TIMBER
from .parts import DARK, Color, Part, around, ball, box, curve, dot, four, lathe, pair, rod, shade, tube


def slim_legs(width: float, deep: float, high: float, color: Color, splay: float = 0.04) -> list[Part]:
    """Four tapered ones, standing out."""
    x, z = width / 2, deep / 2
    return four(wooden(tube([(x + splay, 0, z + splay), (x, high, z)], [0.02, 0.034], color)))


def bun_feet(width: float, deep: float, color: Color) -> list[Part]:
    foot = lathe(curve([(0.035, 0), (0.065, 0.04), (0.05, 0.085), (0.045, 0.12)], 7), color, corners=14)
    return four(wooden(foot).moved(width / 2, 0, deep / 2))


def rolled_arm(x: float, high: float, deep: float, radius: float, color: Color) -> list[Part]:
    """An upholstered wall under a roll that ends in a disc to the front."""
    middle = high - radius
    return [
        box((radius * 1.5, middle - 0.1, deep), (x, middle / 2 + 0.06, 0), color, 0.25),
        tube([(x + 0.02, middle, z) for z in (-deep / 2 + 0.02, deep / 2, deep / 2 + 0.03, deep / 2 + 0.04)],
             [radius, radius, radius * 0.94, radius * 0.8], color, 18),
        ball((radius * 0.62, radius * 0.62, 0.02), (x + 0.02, middle, deep / 2 + 0.04), shade(color, 0.8), 12)
    ]


def club_chair(rng: Generator, hue: Color) -> list[Part]:
    """Low and fat, rolled arms, a loose cushion; leather, or cloth."""
    width, deep, seat = rng.uniform(0.86, 1.0), rng.uniform(0.78, 0.88), rng.uniform(0.4, 0.46)
    arm, radius, high = rng.uniform(0.58, 0.66), rng.uniform(0.1, 0.13), rng.uniform(0.82, 0.95)
    inner = width - 3.4 * radius
    back = cushion((inner + 0.14, 0.24, high - 0.2), (0, 0, 0), hue, 0.4, 0.4).turned("x", -80)
    made = [
        box((inner + 0.1, seat - 0.2, deep - 0.06), (0, seat / 2 + 0.02, 0), shade(hue, 0.92), 0.2),
        *pair(*rolled_arm(width / 2 - radius, arm, deep - 0.06, radius, hue)),
        back.moved(0, (high + 0.2) / 2, -deep / 2 + 0.12),
        cushion((inner + 0.03, 0.19, deep - 0.18), (0, seat + 0.03, 0.08), shade(hue, 1.1), 0.4, 0.22)
    ]
    return covered(made, pick(rng, "leather", "fabric")) + bun_feet(width - 0.2, deep - 0.16, pick(rng, WALNUT, OAK))


def wing_chair(rng: Generator, hue: Color) -> list[Part]:
    """A high back that bends forward into wings and on into the arms."""
    x, front, back, high = rng.uniform(0.34, 0.39), 0.3, -0.3, rng.uniform(1.05, 1.2)
    arm, seat = rng.uniform(0.58, 0.64), 0.42
    plan = curve([(-x - 0.03, front), (-x, 0.05), (-x + 0.01, -0.16), (-x + 0.08, back), (0, back - 0.03),
                  (x - 0.08, back), (x - 0.01, -0.16), (x, 0.05), (x + 0.03, front)], 33)
    tall = np.interp(np.abs(np.linspace(-1, 1, 33)), [0, 0.35, 0.5, 0.62, 0.72, 1], [1, 0.97, 0.93, 0.84, 0.02, 0])
    rows = np.linspace(0, 1, 6)[:, None]
    y = 0.2 + rows * (arm + tall * (high - arm) - 0.2)
    shell = sheet(np.stack([0 * y + plan[:, 0], y, plan[:, 1] - 0.1 * rows * tall], -1), 0.1, hue)
    roll = tube([(x + 0.01, arm, 0.02), (x + 0.03, arm, front), (x + 0.03, arm, front + 0.04)], [0.06, 0.075, 0.06],
                hue, 14)
    pad = cushion((2 * x - 0.12, 0.12, high - seat - 0.1), (0, 0, 0), shade(hue, 1.1), 0.5, 0.35).turned("x", -84)
    buttons = [
        dot(0.022, (sx * x * 0.42, seat + 0.3 + 0.22 * k, back + 0.18 - 0.02 * k), shade(hue, 0.7)) for k in (0, 1)
        for sx in (-1, 1)
    ]
    made = [
        shell, *pair(roll),
        box((2 * x - 0.04, 0.2, front - back), (0, 0.28, 0.02), shade(hue, 0.92), 0.2),
        pad.moved(0, (high + seat) / 2 + 0.03, back + 0.12),
        cushion((2 * x - 0.08, 0.16, 0.58), (0, seat + 0.02, 0.05), shade(hue, 1.1), 0.4, 0.22)
    ]
    wood = pick(rng, *WOODS)
    legs = pair(
        wooden(
            tube(curve([(x - 0.03, 0.22, front - 0.04), (x + 0.02, 0.12, front + 0.01), (x, 0, front)], 6),
                 [0.05, 0.048, 0.04, 0.032, 0.027, 0.032], wood)),
        wooden(rod((x - 0.05, 0.22, back + 0.04), (x - 0.03, 0, back - 0.05), 0.04, wood, 0.027)))
    return covered(made, pick(rng, "fabric", "fabric", "leather")) + covered(buttons, "leather") + legs


def egg_chair(rng: Generator, hue: Color) -> list[Part]:
    """A shell like an egg, open to the front, on a star foot."""
    wide, tall, thick = rng.uniform(0.42, 0.47), rng.uniform(0.54, 0.62), 0.085
    a = np.radians(np.concatenate([np.linspace(0, 112, 13), np.linspace(112, 0, 13)]))
    reach = np.repeat([1.0, 1 - thick / wide], 13)
    shell = lathe(np.stack([reach * np.sin(a), -reach * np.cos(a)], -1), hue, corners=32)
    shell = shell.painted(lambda c: np.linalg.norm(c, axis=1) < 1 - 0.6 * thick / wide, shade(hue, 1.25))
    shell = shell.scaled(wide, 0.42, tall).turned("x", 90).scaled(y=-1).turned("x", -14)
    middle = 0.42 + tall * 0.72
    made = [
        shell.moved(0, middle, -0.02),
        cushion((wide * 1.45, 0.17, 0.52), (0, middle - tall * 0.58, 0.1), shade(hue, 1.2), 0.5, 0.5),
        cushion((wide * 1.1, 0.12, 0.4), (0, 0, 0), shade(hue, 1.2), 0.6,
                0.5).turned("x", -75).moved(0, middle + 0.06, -0.24)
    ]
    foot = [
        rod((0, 0.03, 0), (0, 0.36, 0), 0.045, CHROME),
        *around(tube([(0, 0.12, 0), (0, 0.09, 0.12), (0, 0.025, 0.36)], [0.045, 0.042, 0.025], CHROME), 4, 45)
    ]
    return covered(made, pick(rng, "fabric", "leather"), 0.12) + [polished(p) for p in foot]


def lounge_chair(rng: Generator, hue: Color) -> list[Part]:
    """A wooden frame with broad arms, and two loose cushions on it."""
    width, wood, tilt = rng.uniform(0.7, 0.8), pick(rng, *WOODS), rng.uniform(12, 20)
    x, high = width / 2, rng.uniform(0.56, 0.62)
    side = [
        wooden(tube([(x, 0, 0.36), (x, high, 0.27)], [0.028, 0.038], wood)),
        wooden(tube([(x, 0, -0.42), (x, high, -0.24)], [0.028, 0.038], wood)),
        board((0.1, 0.045, 0.78), (x, high + 0.01, -0.01), wood, 0.4),
        board((0.05, 0.07, 0.66), (x, 0.3, 0), wood)
    ]
    frame = [board((width, 0.06, 0.045), (0, 0.31, 0.28), wood), board((width, 0.06, 0.045), (0, 0.27, -0.26), wood)]
    slats = [
        board((0.045, 0.66, 0.035), (k * width / 6, 0.3, 0), wood).turned("x", -tilt).moved(0, 0.32, -0.3)
        for k in range(-2, 3)
    ] + [board((width - 0.1, 0.05, 0.045), (0, 0.64, 0), wood).turned("x", -tilt).moved(0, 0.32, -0.3)]
    pads = [
        cushion((width - 0.08, 0.17, 0.62), (0, 0, 0), hue, 0.4, 0.22).turned("x", -5).moved(0, 0.41, 0.04),
        cushion((width - 0.08, 0.17, 0.58), (0, 0, 0), hue, 0.4,
                0.22).turned("x", -90 + tilt).turned("x", -2 * tilt).moved(0, 0.72, -0.3)
    ]
    return pair(*side) + frame + slats + covered(pads, pick(rng, "fabric", "leather", "knit"))


def pillow(size: float, color: Color, x: float, y: float, z: float, lean: float = 68, roll: float = 0) -> Part:
    made = cushion((size, size * 0.36, size), (0, 0, 0), color, 1.0, 0.35, 20)
    return made.turned("y", roll).turned("x", -lean).moved(x, y, z)


def slat_chair(rng: Generator, hue: Color) -> list[Part]:
    """A kitchen chair with a ladder for a back."""
    wide, deep, seat, high = rng.uniform(0.42, 0.5), rng.uniform(0.42, 0.48), 0.45, rng.uniform(0.86, 1.05)
    thick, x, z, count = rng.uniform(0.024, 0.03), wide / 2 - 0.03, deep / 2 - 0.03, int(rng.integers(2, 5))
    post = tube(curve([(x, 0, -z - 0.04), (x, seat, -z), (x, high, -z - 0.09)], 9), thick, hue)
    made = pair(tube([(x, 0, z), (x, seat, z)], [thick * 0.85, thick * 1.1], hue), post,
                rod((x, 0.2, z), (x, 0.2, -z - 0.02), 0.017, hue)) + [rod((-x, 0.14, z), (x, 0.14, z), 0.017, hue)]
    made = [wooden(p) for p in made]
    step = (high - seat - 0.06) / count
    for k in range(count):
        y = high - 0.06 - step * k
        bow = np.linspace(-1, 1, 7)
        grid = np.array([[(b * x, y + h, -z - 0.035 - 0.09 * (y - seat) - 0.03 * (1 - b * b)) for b in bow]
                         for h in (-0.042, 0.0, 0.042 + 0.0)])
        made.append(wooden(sheet(grid[:, ::1], 0.026, shade(hue, 1.08)), "wood_x"))
    if rng.random() < 0.35:  # a pad tied on it
        made += covered([cushion((wide - 0.03, 0.08, deep - 0.04), (0, seat + 0.05, 0), pick(rng, *ACCENTS), 0.6, 0.3)],
                        "fabric")
    return [*made, board((wide, 0.05, deep), (0, seat, 0), hue, 0.4)]


def windsor_chair(rng: Generator, hue: Color) -> list[Part]:
    """A saddle seat, turned legs that stand out, spindles under a bow."""
    wide, seat, high = rng.uniform(0.23, 0.26), 0.45, rng.uniform(0.9, 1.02)
    arc = np.linspace(0, np.pi, 17)
    x, y, z = wide * np.cos(arc), seat + (high - seat) * np.sin(arc)**0.6, -0.15 - 0.12 * np.sin(arc)
    made = [
        wooden(tube(np.stack([x, y, z], -1), 0.022, hue)),
        wooden(
            lathe(curve([(0.16, -0.05), (0.25, -0.02), (0.255, 0.01), (0.2, 0.02), (0, 0.005)], 10),
                  hue).scaled(1, 1, 0.92).moved(0, seat, 0), "wood_z")
    ]
    for k in np.linspace(-0.68, 0.68, 6):
        top = seat + (high - seat) * (1 - k * k)**0.3
        made.append(
            wooden(
                rod((k * wide * 0.85, seat, -0.19), (k * wide, top, -0.15 - 0.12 * (1 - k * k)**0.5),
                    0.014,
                    hue,
                    corners=8)))
    turns = (0.7, 0.85, 1.25, 0.75, 1.2, 1.3, 0.8, 1.0)
    made += four(spindle((0.24, 0, 0.22), (0.15, seat, 0.13), 0.026, hue, turns))
    made += pair(rod((0.21, 0.16, 0.19), (0.21, 0.16, -0.19), 0.018, hue))
    return [*made, rod((-0.21, 0.16, 0), (0.21, 0.16, 0), 0.018, hue)]


def office_chair(rng: Generator, hue: Color) -> list[Part]:
    """On a star of five castors, with arms."""
    wide, high, seat = rng.uniform(0.5, 0.56), rng.uniform(0.5, 0.66), 0.5
    frame = pick(rng, IRON, IRON, CHROME)
    pads = [
        cushion((wide, 0.12, 0.52), (0, seat, 0.02), hue, 0.45, 0.3),
        cushion((wide * 0.94, 0.13, high), (0, 0, 0), hue, 0.5,
                0.35).turned("x", -82).moved(0, seat + 0.14 + high / 2, -0.26)
    ]
    star = around(tube([(0, 0.13, 0), (0, 0.12, 0.1), (0, 0.085, 0.32)], [0.036, 0.034, 0.026], frame), 5)
    castors = around(ball((0.035, 0.045, 0.045), (0, 0.045, 0.33), DARK, 10), 5)
    x = wide / 2 + 0.03
    arm = tube(
        curve([(wide / 2 - 0.1, seat - 0.05, 0), (x, seat, 0), (x + 0.01, seat + 0.12, 0), (x, seat + 0.2, 0.0)], 9),
        0.022, IRON)
    return (covered(pads, pick(rng, "fabric", "leather")) + [polished(p, 0.5) for p in star] + castors + [
        polished(rod((0, 0.1, 0), (0, seat - 0.06, 0), 0.034, CHROME)),
        rod((0, 0.12, 0), (0, 0.28, 0), 0.048, IRON),
        box((0.26, 0.05, 0.3), (0, seat - 0.06, 0), IRON, 0.3),
        tube(curve([(0, seat - 0.06, -0.1), (0, seat - 0.03, -0.33), (0, seat + 0.35, -0.35)], 8), 0.03, IRON),
        *pair(arm, box((0.075, 0.045, 0.28), (x, seat + 0.21, -0.01), IRON, 0.45))
    ])


def shell_chair(rng: Generator, hue: Color) -> list[Part]:
    """A moulded shell on four slanted legs."""
    wide, back, wood = rng.uniform(0.22, 0.25), rng.uniform(0.32, 0.4), pick(rng, BEECH, OAK, WALNUT, IRON)
    side = curve([(0.22, 0.425), (0.2, 0.45), (0.1, 0.44), (-0.08, 0.42), (-0.18, 0.46), (-0.215, 0.56),
                  (-0.24, 0.45 + back)], 16)
    half = wide * np.interp(np.linspace(0, 1, 16), [0, 0.3, 0.55, 0.75, 0.92, 1], [0.86, 1, 0.98, 1, 0.92, 0.74])
    u, ends = np.linspace(-1, 1, 13), np.linspace(-1, 1, 16)[:, None]**9  # both ends are round
    lift = np.interp(np.linspace(0, 1, 16), [0, 0.2, 0.5, 0.75, 1], [0, 0.02, 0.14, 0.06, 0.0])
    grid = np.stack([
        half[:, None] * u, side[:, 1:] + lift[:, None] * np.abs(u)**3 - 0.1 * ends.clip(0) * u**4,
        side[:, :1] + 1.2 * lift[:, None] * np.abs(u)**3 + 0.07 * ends.clip(None, 0) * u**4
    ], -1)
    shell = sheet(grid[::-1], 0.028, hue).glossy(0.35)
    legs = four(wooden(tube([(0.23, 0, 0.22), (0.12, 0.41, 0.1)], [0.018, 0.026], wood)))
    rails = [
        *pair(rod((0.14, 0.37, 0.1), (0.14, 0.37, -0.1), 0.016, IRON)),
        *(rod((-0.14, 0.37, z), (0.14, 0.37, z), 0.016, IRON) for z in (0.1, -0.1))
    ]
    return [shell, *legs, *rails]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "armchair": (ANY, club_chair, wing_chair, egg_chair, lounge_chair),
    "chair": (TIMBER, slat_chair, windsor_chair, shell_chair, office_chair),
}
