"""What one makes music with; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE, TIMBER
from .parts import (
    BROWN,
    CREAM,
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    dot,
    lathe,
    pair,
    plate,
    ring,
    rod,
    shade,
    tube,
    turned,
)

EBONY, MAPLE, BRASS, SILVER = (0.16, 0.12, 0.10), (0.80, 0.60, 0.36), (0.90, 0.68, 0.26), (0.78, 0.79, 0.82)
HOLE, PEARL, SKIN = (0.10, 0.07, 0.05), (0.95, 0.93, 0.88), (0.93, 0.87, 0.74)


def both(outline: np.ndarray) -> np.ndarray:
    """The right half of an outline, from the bottom to the top of the middle, and its mirror image."""
    return np.concatenate([outline, (outline * (-1, 1))[-2:0:-1]])


def lacquered(part: Part, gloss: float = 0.4) -> Part:
    return part.finished("wood", 0.16, amount=0.8, gloss=gloss)


def neck(low: float, high: float, z: float, wide: float, wood: Color) -> list[Part]:
    """Neck, fretboard, frets and strings down to y = ``low`` - 0.65."""
    frets = [box((wide, 0.03, 0.04), (0, y, z + 0.06), SILVER) for y in np.linspace(low + 0.12, high - 0.02, 8)]
    strings = [rod((x, low - 0.65, z + 0.085), (x, high + 0.25, z + 0.085), 0.013, PEARL, corners=5)
               for x in np.linspace(-0.36, 0.36, 4) * wide]
    back = lacquered(box((wide * 0.95, high - low + 0.2, 0.14), (0, (high + low) / 2, z - 0.05), wood, 0.4))
    return [back, box((wide, high - low, 0.08), (0, (high + low) / 2, z + 0.03), EBONY, 0.2), *frets, *strings]


def acoustic(rng: Generator, hue: Color) -> list[Part]:
    """With a sound hole, a bridge and a light binding."""
    waist, hip = rng.uniform(0.36, 0.44), rng.uniform(0.6, 0.68)
    outline = both(curve([(0, 0), (hip * 0.68, 0.05), (hip, 0.4), (waist, 0.86), (hip * 0.76, 1.2), (0.26, 1.45),
                          (0, 1.48)], 18))
    inner = outline * 0.93 + (0, 0.05)
    body = [plate(outline, 0.38, (0, 0, 0), shade(hue, 0.55), 0.05).glossy(0.4),
            plate(outline * 0.99 + (0, 0.007), 0.06, (0, 0, 0.18), CREAM, 0.02),
            lacquered(plate(inner, 0.06, (0, 0, 0.2), hue, 0.02))]
    hole = [lathe([(r, 0), (r, h)], c, corners=28).turned("x", 90).moved(0, 0.98, 0.22)
            for r, h, c in ((0.23, 0.02, shade(hue, 0.45)), (0.2, 0.025, CREAM), (0.17, 0.03, HOLE))]
    guard = plate(curve([(0.05, 0.72), (0.3, 0.62), (0.36, 0.8), (0.24, 0.98), (0.14, 0.84)], 12), 0.03,
                  (0.02, 0, 0.235), shade(hue, 0.35), 0.01)
    head = [lacquered(plate([(-0.12, 2.45), (0.12, 2.45), (0.19, 2.58), (0.17, 3.0), (0, 2.95), (-0.17, 3.0),
                             (-0.19, 2.58)], 0.12, (0, 0, 0.14), shade(hue, 0.5), 0.03)),
            *pair(*(dot((0.09, 0.05, 0.06), (0.24, 2.62 + 0.14 * k, 0.14), PEARL) for k in range(3)))]
    bridge = [box((0.5, 0.12, 0.08), (0, 0.42, 0.24), EBONY, 0.3), box((0.36, 0.04, 0.06), (0, 0.44, 0.28), PEARL)]
    return [*body, *hole, guard, *bridge, *neck(1.1, 2.46, 0.2, 0.22, shade(MAPLE, 0.7)), *head]


def solid_body(rng: Generator, hue: Color, outline: np.ndarray, guard: np.ndarray) -> list[Part]:
    """An electric guitar: pickups, knobs, a lacquered body, all pegs on one side."""
    plastic = (PEARL, (0.18, 0.18, 0.19))[rng.integers(2)]
    if np.abs(np.subtract(plastic, hue)).sum() < 0.5:
        plastic = (0.70, 0.24, 0.20)
    made = [plate(outline, 0.24, (0, 0, 0), hue, 0.07).glossy(0.55), plate(guard, 0.03, (0, 0, 0.125), plastic, 0.01)]
    for y in np.linspace(0.55, 0.95, int(rng.integers(2, 4))):
        made.append(box((0.28, 0.1, 0.06), (0, y, 0.15), (0.15, 0.15, 0.16) if plastic == PEARL else PEARL, 0.3))
    made += [box((0.3, 0.12, 0.08), (0, 0.34, 0.16), SILVER, 0.2).glossy(0.9),
             *(lathe([(0.06, 0), (0.05, 0.07)], SILVER, corners=14).turned("x", 90).moved(x, y, 0.14)
               for x, y in ((0.3, 0.42), (0.36, 0.24)))]
    head = plate(curve([(-0.11, 2.4), (-0.2, 2.55), (-0.17, 2.9), (-0.08, 3.1), (0.1, 3.12), (0.14, 2.95), (0.1, 2.7),
                        (0.12, 2.4)], 20), 0.1, (0, 0, 0.08), MAPLE, 0.03)
    pegs = [dot((0.09, 0.04, 0.05), (-0.23 + 0.02 * k, 2.56 + 0.11 * k, 0.08), SILVER) for k in range(5)]
    return [*made, *neck(1.02, 2.42, 0.14, 0.2, MAPLE), lacquered(head), *pegs]


def electric(rng: Generator, hue: Color) -> list[Part]:
    """With two horns."""
    horn = rng.uniform(1.45, 1.6)
    outline = curve([(0, 0), (0.42, 0.03), (0.6, 0.32), (0.46, 0.74), (0.5, 1.0), (0.6, horn - 0.18),
                     (0.5, horn - 0.16),
                     (0.3, 1.1), (0, 1.05), (-0.28, 1.16), (-0.5, horn + 0.02), (-0.62, horn), (-0.54, 1.0),
                     (-0.46, 0.72), (-0.62, 0.34), (-0.42, 0.03)], 44)
    guard = curve([(0.14, 0.26), (0.42, 0.14), (0.48, 0.34), (0.36, 0.72), (0.4, 1.06), (0.2, 1.02), (0, 1.0),
                   (-0.26, 1.06), (-0.4, 1.16), (-0.36, 0.86), (-0.14, 0.5)], 24)
    return solid_body(rng, hue, outline, guard)


def flying_guitar(rng: Generator, hue: Color) -> list[Part]:
    """With a body like an arrow's head."""
    wide, low = rng.uniform(0.72, 0.85), rng.uniform(-0.35, -0.2)
    half = np.array([(0, 0.28), (wide - 0.3, low), (wide, low + 0.12), (0.26, 1.15), (0.1, 1.2), (0, 1.2)])
    guard = np.array([(0.1, 0.2), (0.42, -0.05), (0.5, 0.05), (0.24, 0.98), (-0.1, 1.06), (-0.1, 0.5)])
    return solid_body(rng, hue, both(half), guard)


def stick(start, end, wood: Color = MAPLE) -> list[Part]:
    """A drumstick, its bead at the end."""
    return [rod(start, end, 0.06, wood, 0.04), ball(0.085, end, wood, 12)]


def zigzag(low: float, high: float, wide: float, count: int, color: Color, narrow: float = 1.0) -> list[Part]:
    """Cords up and down a drum, ``wide`` above and ``narrow`` times it below."""
    step = 360 / count
    up = rod((0, low, wide * narrow), (wide * np.sin(np.radians(step / 2)), high, wide * np.cos(np.radians(step / 2))),
             0.035, color, corners=6)
    return [*around(up, count), *around(up.scaled(x=-1), count)]


def toy_drum(rng: Generator, hue: Color) -> list[Part]:
    """With zigzag cords and sticks across it."""
    high, rim = rng.uniform(0.75, 1.0), (BRASS, PEARL, MAPLE)[rng.integers(3)]
    hoops = [lathe([(0.74, y), (0.79, y + 0.02), (0.79, y + 0.13), (0.74, y + 0.15)], rim, corners=36,
                   closed=True).glossy(0.5)
             for y in (0, high - 0.15)]
    sticks = [*stick((-0.75, high + 0.1, 0.42), (0.55, high + 0.1, -0.3)),
              *stick((0.75, high + 0.2, 0.42), (-0.5, high + 0.12, -0.35))]
    return [lathe([(0.72, 0.02), (0.72, high - 0.1)], hue, corners=36).glossy(0.3), *hoops,
            lathe([(0.7, high - 0.1), (0.7, high + 0.02), (0.66, high + 0.035)], SKIN, corners=36),
            *zigzag(0.13, high - 0.13, 0.745, 10, PEARL), *sticks]


def goblet_drum(rng: Generator, hue: Color) -> list[Part]:
    """A djembe: a waist, ropes and a skin."""
    foot, rope = rng.uniform(0.34, 0.44), PEARL if sum(hue) < 2 else BROWN
    shell = lathe([*curve([(foot, 0), (foot * 0.8, 0.25), (0.27, 0.6), (0.34, 0.85), (0.58, 1.2), (0.64, 1.5)], 16)],
                  hue, corners=32)
    return [lacquered(shell, 0.25), *zigzag(1.02, 1.42, 0.655, 12, rope, 0.7),
            *(ring(r, 0.05, (0, y, 0), rope) for r, y in ((0.67, 1.46), (0.44, 1.0), (0.31, 0.74))),
            ring(foot * 0.93, 0.05, (0, 0.08, 0), shade(hue, 0.7)),
            lathe([(0.66, 1.44), (0.67, 1.52), (0.62, 1.56), (0, 1.57)], SKIN, corners=32).finished("clouded", 0.3,
                                                                                                    shade(SKIN, 0.85))]


def bass_drum(rng: Generator, hue: Color) -> list[Part]:
    """On its side and on two feet, a beater above."""
    deep, wood = rng.uniform(0.55, 0.75), (MAPLE, EBONY, PEARL)[rng.integers(3)]
    hoop = lathe([(0.9, 0), (0.98, 0.02), (0.98, 0.11), (0.9, 0.13)], wood, corners=40, closed=True)
    lug = box((0.09, deep * 0.7, 0.09), (0, deep / 2, 0.93), SILVER, 0.3).glossy(0.9)
    star = [(r * np.sin(a), r * np.cos(a)) for k in range(10)
            for r, a in [(0.4 if k % 2 == 0 else 0.18, k * np.pi / 5)]]
    drum = [lathe([(0.9, 0.07), (0.9, deep - 0.07)], hue, corners=40).glossy(0.45), hoop, hoop.moved(y=deep - 0.13),
            lathe([(0.89, deep - 0.1), (0.89, deep - 0.03), (0, deep - 0.01)], SKIN, corners=40),
            lathe([(0.89, 0.1), (0.89, 0.03), (0, 0.01)][::-1], SKIN, corners=40), *around(lug, 8, 22.5)]
    feet = pair(*(rod((0.45, -0.75, z), (0.8, -1.1, z + 0.1), 0.055, SILVER).glossy(0.8) for z in (deep * 0.75,)),
                rod((0.45, -0.75, deep * 0.25), (0.8, -1.1, deep * 0.25 - 0.1), 0.055, SILVER).glossy(0.8))
    return [*turned(drum, "x", 90), *feet, plate(star, 0.04, (0, 0, deep), hue, 0.01),
            *stick((0.35, 0.75, deep + 0.12), (-0.1, 1.3, deep + 0.0), MAPLE)]


VARNISH = (0.62, 0.30, 0.12), (0.50, 0.22, 0.10), (0.72, 0.42, 0.18)


def fiddle(rng: Generator) -> list[Part]:
    """A violin, upright."""
    color = VARNISH[rng.integers(3)]
    hip = rng.uniform(0.5, 0.56)
    outline = both(np.concatenate([curve([(0, 0), (hip * 0.7, 0.05), (hip, 0.35), (hip * 0.92, 0.56)], 9),
                                   curve([(hip * 0.86, 0.57), (hip * 0.56, 0.78), (hip * 0.7, 1.0)], 6),
                                   curve([(hip * 0.78, 1.0), (hip * 0.84, 1.2), (hip * 0.5, 1.46), (0, 1.5)], 8)]))
    holes = pair(tube(np.insert(curve([(0.2, 0.62), (0.26, 0.66), (0.2, 0.8), (0.17, 0.92), (0.24, 0.97)], 10), 2, 0.2,
                                axis=1), 0.03, HOLE, 6), dot(0.05, (0.26, 0.64, 0.19), HOLE),
                 dot(0.05, (0.18, 0.96, 0.19), HOLE))
    scroll = [lathe([(0.1, -0.09), (0.12, -0.07), (0.12, 0.07), (0.1, 0.09)], shade(color, 0.8), corners=16)
              .turned("z", 90).moved(0, 2.72, 0.1), ball(0.06, (0.1, 2.72, 0.1), color, 10),
              ball(0.06, (-0.1, 2.72, 0.1), color, 10)]
    pegs = [rod((-0.2 * s, y, 0.13), (0.2 * s, y, 0.13), 0.035, EBONY, 0.055, 8) for s, y in
            ((1, 2.3), (-1, 2.4), (1, 2.5), (-1, 2.6))]
    strings = [rod((x, 0.35, 0.26), (x, 2.3, 0.24), 0.012, PEARL, corners=5) for x in (-0.05, 0, 0.05)]
    tail = plate([(-0.06, 0.02), (0.06, 0.02), (0.1, 0.46), (-0.1, 0.46)], 0.07, (0, 0, 0.23), EBONY, 0.02)
    return [lacquered(plate(outline, 0.26, (0, 0, 0), shade(color, 0.75), 0.05), 0.5),
            lacquered(plate(outline * 0.985 + (0, 0.01), 0.1, (0, 0, 0.13), color, 0.045), 0.5), *holes,
            box((0.34, 0.05, 0.12), (0, 0.78, 0.22), MAPLE, 0.2), tail,
            plate(curve([(0.1, 0.03), (0.36, 0.1), (0.4, 0.32), (0.24, 0.36), (0.12, 0.24)], 12), 0.08, (0, 0, 0.2),
                  EBONY, 0.03),
            plate([(-0.11, 1.0), (0.11, 1.0), (0.07, 2.26), (-0.07, 2.26)], 0.07, (0, 0, 0.21), EBONY, 0.02),
            lacquered(box((0.15, 1.3, 0.14), (0, 2.02, 0.12), color, 0.4)), *scroll, *pegs, *strings]


def violin(rng: Generator, hue: Color) -> list[Part]:
    return fiddle(rng)


def violin_and_bow(rng: Generator, hue: Color) -> list[Part]:
    """Leaning back a little, the bow across."""
    lean = rng.uniform(28, 42)
    bow = [rod((0, -1.15, 0.46), (0, 1.2, 0.46), 0.035, VARNISH[1]), box((0.05, 2.2, 0.03), (0, 0, 0.33), PEARL),
           box((0.08, 0.18, 0.17), (0, -1.0, 0.39), EBONY, 0.2), box((0.06, 0.08, 0.18), (0, 1.15, 0.39), VARNISH[1],
                                                                     0.2)]
    return [*fiddle(rng), *(p.turned("z", 90 - lean).moved(0.1, 0.95, 0) for p in bow)]


def trumpet(rng: Generator, hue: Color) -> list[Part]:
    """Its bell to the right, three valves in the middle."""
    metal, wide = (BRASS, BRASS, SILVER)[rng.integers(3)], rng.uniform(0.38, 0.46)
    a = np.linspace(np.pi / 2, -np.pi / 2, 9)
    front = [(0.62 + 0.22 * np.cos(t), 0.22 * np.sin(t), 0.13) for t in a]
    rear = [(-0.85 - 0.22 * np.cos(t), 0.22 * np.sin(t), -0.08) for t in a[::-1]]
    lead = tube([(-1.35, 0.22, 0.13), *front, (0.0, -0.22, 0.13)], 0.055, metal, 12)
    back = tube([(0.0, -0.22, -0.08), *rear, (0.7, 0.22, -0.08)], 0.06, metal, 12)
    bell = lathe([*curve([(0.06, 0), (0.08, 0.3), (0.14, 0.62), (0.26, 0.82), (wide, 0.95)], 14), (wide + 0.02, 0.97),
                  (wide - 0.02, 0.97), *curve([(wide - 0.05, 0.94), (0.2, 0.78), (0.08, 0.5), (0, 0.45)], 8)], metal,
                 corners=32).turned("z", -90).moved(0.6, 0.22, -0.08)
    mouth = lathe([(0.04, 0), (0.06, 0.1), (0.12, 0.16), (0.12, 0.2), (0.08, 0.18), (0, 0.1)], SILVER,
                  corners=16).turned("z", 90).moved(-1.33, 0.22, 0.13)
    valves = []
    for x in (-0.28, -0.04, 0.2):
        valves += [lathe([(0.1, -0.42), (0.115, -0.4), (0.115, 0.3), (0.08, 0.34)], metal, (x, 0, 0.03), 16),
                   *(ring(0.11, 0.03, (x, y, 0.03), SILVER) for y in (-0.36, 0.28)),
                   rod((x, 0.3, 0.03), (x, 0.48, 0.03), 0.035, SILVER), lathe([(0.09, 0), (0.09, 0.05)], PEARL,
                                                                              (x, 0.47, 0.03), 14)]
    braces = [rod((x, 0.22, -0.08), (x, 0.22, 0.13), 0.035, metal) for x in (-0.6, 0.55)]
    hook = ring(0.09, 0.03, (0, 0, 0), metal).turned("x", 90).moved(0.42, 0.34, 0.13)
    return [p.glossy(0.95) for p in (lead, back, bell, mouth, *valves, *braces, hook)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "guitar": (TIMBER, acoustic, electric, flying_guitar),
    "drum": (ANY, toy_drum, goblet_drum, bass_drum),
    "violin": (NONE, violin, violin_and_bow),
    "trumpet": (NONE, trumpet),
}
