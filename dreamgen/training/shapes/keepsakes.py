"""Small things for a shelf, a pocket or a hand; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import (
    BROWN,
    CREAM,
    DARK,
    RED,
    STEEL,
    WHITE,
    WOOD,
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    lathe,
    moved,
    pair,
    prism,
    ring,
    rod,
    shade,
    skin,
    stripes,
    tube,
)

FLAME, BRASS, INK = (1.0, 0.68, 0.18), (0.88, 0.69, 0.28), (0.17, 0.18, 0.2)


def flames(y: float, size: float = 1.0) -> list[Part]:
    line = np.array(curve([(0, 0), (0.11, 0.13), (0.08, 0.28), (0, 0.46)], 10)) * size
    return [lathe(line, FLAME, (0, y, 0), 14), lathe(line * (0.6, 0.55), (1.0, 0.93, 0.6), (0, y, 0.05 * size), 10)]


def wax(fat: float, low: float, high: float, hue: Color, rng: Generator) -> list[Part]:
    """A candle with a rim, drops that ran down, and a wick."""
    drops = [tube(curve([(fat * 0.8, high + 0.01, 0), (fat * 1.02, high - 0.04, 0), (fat * 1.0, high - d, 0)], 7),
                  [0.04, 0.045, 0.045, 0.045, 0.045, 0.055, 0.04], shade(hue, 1.12), 8).turned("y", a) for a,
             d in zip((20, 95, 160, 250, 310), rng.uniform(0.12, 0.4, 5) * (high - low))]
    return [lathe([(fat, low), (fat, high - 0.04), (fat * 0.92, high), (fat * 0.75, high - 0.02), (0, high - 0.06)],
                  hue).glossy(0.2), *drops, rod((0, high - 0.08, 0), (0, high + 0.12, 0), 0.026, DARK)]


def chamberstick(rng: Generator, hue: Color) -> list[Part]:
    """A candle in a brass dish with a ring to hold it."""
    high, metal = rng.uniform(0.9, 1.25), (BRASS, BRASS, (0.7, 0.72, 0.75))[rng.integers(3)]
    dish = lathe([(0.3, 0), (0.42, 0.02), (0.56, 0.12), (0.56, 0.16), (0.5, 0.15), (0.38, 0.07), (0, 0.07)], metal,
                 corners=28)
    return [*(p.glossy(0.85) for p in (dish, lathe([(0.24, 0.05), (0.22, 0.1), (0.25, 0.24), (0.21, 0.26)], metal),
                                       ring(0.16, 0.05, (0, 0, 0), metal).turned("x", 90).moved(0.68, 0.17, 0))),
            *wax(0.18, 0.1, high, hue, rng), *flames(high + 0.06)]


def pillar_candle(rng: Generator, hue: Color) -> list[Part]:
    """A thick one on a saucer."""
    fat, high = rng.uniform(0.34, 0.42), rng.uniform(0.75, 1.0)
    return [lathe([(0.4, 0), (0.5, 0.02), (0.58, 0.09), (0.54, 0.11), (0.44, 0.07), (0, 0.07)],
                  (CREAM, (0.36, 0.26, 0.2), (0.6, 0.62, 0.64))[rng.integers(3)], corners=28).glossy(0.5),
            *wax(fat, 0.07, high, hue, rng), *flames(high - 0.02, 1.15)]


def jar_candle(rng: Generator, hue: Color) -> list[Part]:
    """Scented, in a glass of its color with a label."""
    high = rng.uniform(0.85, 1.0)
    jar = lathe([(0.46, 0), (0.5, 0.04), (0.5, high), (0.46, high + 0.03), (0.43, high), (0.43, high - 0.16),
                 (0, high - 0.16)], hue, corners=28).glossy(0.5)
    a = np.linspace(-0.6, 0.6, 9)
    outer = np.stack([0.515 * np.sin(a), 0.515 * np.cos(a)], -1)
    inner = np.stack([0.48 * np.sin(a), 0.48 * np.cos(a)], -1)[::-1]
    label = prism(np.concatenate([outer, inner]), high * 0.42, (0, 0, 0),
                  CREAM).turned("x", 90).scaled(y=1, z=-1).moved(0, high * 0.45, 0)
    label = label.scaled(z=1 if label.vertices[:, 2].mean() > 0 else -1)
    mark = ball((0.1, 0.1, 0.03), (0, high * 0.45, 0.515), shade(hue, 0.6), 12)
    return [jar, label, mark, lathe([(0.425, high - 0.2), (0.425, high - 0.13)], CREAM),
            rod((0, high - 0.2, 0), (0, high, 0), 0.026, DARK), *flames(high - 0.04, 1.1)]


def dial(radius: float, z: float, rng: Generator, face: Color = WHITE, ink: Color = INK) -> list[Part]:
    """The face of a clock to +z: marks, two hands, a knob."""
    hour, minute = rng.uniform(0, 360), rng.choice((-60, 0, 60, 120))
    marks = [box((radius * (0.11 if k % 3 == 0 else 0.06), radius * (0.2 if k % 3 == 0 else 0.13), 0.03),
                 (0, radius * 0.8, z + 0.02), ink).turned("z", 30 * k) for k in range(12)]
    hands = [box((radius * 0.12, radius * 0.56, 0.03), (0, radius * 0.22, z + 0.05), ink, 0.3).turned("z", hour),
             box((radius * 0.085, radius * 0.76, 0.03), (0, radius * 0.32, z + 0.07), ink, 0.3).turned("z", minute)]
    return [lathe([(radius, -0.03), (radius, 0.02), (0, 0.02)], face, corners=32).turned("x", 90).moved(0, 0, z),
            *marks, *hands, ball((radius * 0.1, radius * 0.1, 0.05), (0, 0, z + 0.08), RED, 10)]


def alarm_clock(rng: Generator, hue: Color) -> list[Part]:
    """Two bells and a hammer on top, two feet, keys at the back."""
    metal = ((0.78, 0.79, 0.81), BRASS)[rng.integers(2)]
    bell = [lathe([*curve([(0.25, 0), (0.22, 0.12), (0.1, 0.2), (0, 0.22)], 7)],
                  metal).turned("z", -36).moved(0.36, 0.63, 0).glossy(0.85), ball(0.06, (0.5, 0.82, 0), metal, 10),
            rod((0.34, -0.5, 0), (0.5, -0.82, 0.02), 0.07, metal, 0.09)]
    case = lathe([(0.6, -0.22), (0.68, -0.16), (0.7, 0.0), (0.68, 0.2), (0.63, 0.25), (0.58, 0.2), (0.57, 0.15)], hue,
                 corners=32).turned("x", 90).glossy(0.4)
    return [case, *dial(0.575, 0.17, rng, (WHITE, CREAM)[rng.integers(2)]), *pair(*bell),
            rod((0, 0.64, 0), (0, 0.86, 0), 0.04, metal), ball((0.1, 0.06, 0.06), (0, 0.88, 0), metal, 10),
            tube(curve([(-0.34, 0.84, -0.02), (-0.24, 1.04, -0.02), (0.24, 1.04, -0.02), (0.34, 0.84, -0.02)], 10),
                 0.035, metal, 8),
            lathe([(0.5, 0), (0.5, 0.03)], metal).turned("x",
                                                         -90).moved(0, 0, -0.2), *pair(box((0.2, 0.09, 0.06),
                                                                      (0.18, -0.14, -0.25), BRASS, 0.3)), ball((0.09,
                                                                      0.09, 0.05), (0, 0.2, -0.24), DARK, 10)]


def wall_clock(rng: Generator, hue: Color) -> list[Part]:
    """Round and flat, a broad rim in color."""
    rim = lathe([(0.86, -0.12), (1.0, -0.1), (1.03, 0.0), (0.98, 0.1), (0.88, 0.12), (0.84, 0.05)], hue,
                corners=40).turned("x", 90).glossy(0.4)
    return [rim, *dial(0.85, 0.03, rng, ((0.98, 0.97, 0.93), CREAM, (0.9, 0.93, 0.95))[rng.integers(3)]),
            lathe([(0.8, 0), (0.8, 0.04)], shade(hue, 0.7), corners=32).turned("x", -90).moved(0, 0, -0.1),
            box((0.3, 0.3, 0.06), (0, 0, -0.15), DARK, 0.2), box((0.12, 0.06, 0.05), (0, 0.6, -0.15), STEEL)]


def mantel_clock(rng: Generator, hue: Color) -> list[Part]:
    """An arched case on a foot, its dial in a brass ring."""
    a = np.linspace(0, np.pi, 18)
    outline = [(-0.85, 0), (-0.82, 0.14), *((-0.62 + 0.0 * t, 0.3) for t in (0,)),
               *((-0.6 * np.cos(t), 0.72 + 0.6 * np.sin(t)) for t in a), (0.62, 0.3), (0.82, 0.14), (0.85, 0)]
    return [prism(outline, 0.44, (0, 0.1, 0), hue).finished("wood_x", 0.1, gloss=0.3),
            box((1.95, 0.14, 0.6), (0, 0.06, 0), shade(hue, 0.7), 0.3),
            ring(0.5, 0.05, (0, 0, 0), BRASS).turned("x", 90).moved(0, 0.84, 0.22).glossy(0.85),
            *moved(dial(0.48, 0.22, rng, CREAM), y=0.84), box((0.7, 0.06, 0.04), (0, 0.24, 0.22), BRASS,
                                                              0.3).glossy(0.8),
            box((0.6, 0.7, 0.04), (0, 0.76, -0.21), shade(hue, 0.75), 0.1),
            *pair(ball((0.09, 0.06, 0.09), (0.82, -0.04, 0.2), BRASS, 10),
                  ball((0.09, 0.06, 0.09), (0.82, -0.04, -0.2), BRASS, 10))]


def open_umbrella(rng: Generator, hue: Color) -> list[Part]:
    """Eight panels over a wooden crook, the ribs' tips beyond its scalloped rim."""
    other = (WHITE, CREAM, shade(hue, 0.8), shade(hue, 0.8))[rng.integers(4)]
    outer = np.array(curve([(1.0, 0), (0.86, 0.27), (0.5, 0.5), (0.0, 0.6)], 9))
    inner = [(r * 0.97, y - 0.05) for r, y in outer[::-1]]
    cover = lathe([*outer, *inner], hue, corners=32)
    v = cover.vertices.copy()
    a = np.arctan2(v[:, 0], v[:, 2]) - np.pi / 32
    r = np.hypot(v[:, 0], v[:, 2])
    v[:, 1] += 0.1 * np.abs(np.sin(4 * a)) * np.clip(r, 0, 1) ** 4
    cover = Part(v, cover.faces, cover.colors).painted(stripes(4, 32), other)
    hook = tube(curve([(0, 0.1, 0), (0, -0.85, 0), (0.07, -1.02, 0), (0.22, -1.03, 0), (0.28, -0.88, 0)], 22), 0.052,
                (WOOD, DARK, BROWN)[rng.integers(3)]).finished("wood", 0.06, gloss=0.3)
    tips = around(ball(0.035, (0, 0.0, 1.0), STEEL, 8), 8, 5.6)
    ribs = around(rod((0, -0.1, 0.03), (0, 0.34, 0.6), 0.02, STEEL, corners=5), 8, 5.6)
    return [cover, *tips, *ribs, rod((0, -0.6, 0), (0, 0.55, 0), 0.035, STEEL),
            rod((0, 0.54, 0), (0, 0.78, 0), 0.045, STEEL, 0.025), hook]


def beach_umbrella(rng: Generator, hue: Color) -> list[Part]:
    """A broad striped cone on a pole, a fringe around it, standing in sand."""
    other = (WHITE, CREAM, (0.98, 0.82, 0.35))[rng.integers(3)]
    cover = lathe([(1.1, 0), (1.08, 0.08), *curve([(1.05, 0.1), (0.55, 0.4), (0.0, 0.52)], 7), (0, 0.44), (0.98, 0.04)],
                  hue, corners=24).painted(stripes(6), other)
    tilt = rng.uniform(0, 12)
    top = [p.turned("x", tilt).moved(y=1.45) for p in (cover, ball(0.07, (0, 0.55, 0), WHITE, 12),
                                                       rod((0, -1.55, 0), (0, 0.5, 0), 0.05, (0.9, 0.88, 0.84)))]
    return [*top, ball((0.5, 0.16, 0.5), (0, -0.05, -0.3 * np.sin(np.radians(tilt)) * 5), (0.90, 0.78, 0.55),
                       16).finished("stone", 0.08)]


def old_key(rng: Generator, hue: Color) -> list[Part]:
    """An old door's: a bow of rings above, a collar, teeth to the right."""
    long, metal = rng.uniform(1.3, 1.6), ((0.86, 0.66, 0.24), (0.70, 0.48, 0.26), (0.66, 0.68, 0.71),
                                          (0.36, 0.34, 0.33))[rng.integers(4)]
    if rng.random() < 0.5:
        bow = [ring(0.3, 0.1, (0, 0, 0), metal).turned("x", 90).moved(y=0.36)]
    else:
        bow = [p for x, y in ((0.21, 0.22), (-0.21, 0.22), (0, 0.54))
               for p in [ring(0.19, 0.075, (0, 0, 0), metal).turned("x", 90).moved(x, y)]]
    teeth = [box((0.38, 0.15, 0.13), (0.22, -long + 0.1, 0), metal, 0.2),
             box((0.2, 0.13, 0.13), (0.14, -long + 0.25, 0), metal, 0.2),
             box((0.34, 0.15, 0.13), (0.2, -long + 0.4, 0), metal, 0.2)]
    return [p.glossy(0.85) for p in (*bow, rod((0, 0.06, 0), (0, -long, 0), 0.095, metal), *teeth,
                                     *(lathe([(0.12, -0.05), (0.16, 0), (0.12, 0.05)], metal, (0, y, 0), 16)
                                       for y in (0.0, -0.16)), ball((0.1, 0.08, 0.1), (0, -long, 0), metal, 12))]


def door_key(rng: Generator, hue: Color) -> list[Part]:
    """A flat modern one: a round head with a hole on a ring, a jagged blade."""
    metal, a = ((0.74, 0.75, 0.78), (0.87, 0.70, 0.32))[rng.integers(2)], np.linspace(-0.3 * np.pi, 1.3 * np.pi, 24)
    cuts = rng.uniform(0.02, 0.12, 6)
    jag = [p for k, c in enumerate(cuts) for p in ((0.15, -0.36 - 0.17 * k), (0.15 - c, -0.44 - 0.17 * k))]
    outline = [*((0.42 * np.cos(t), 0.34 + 0.42 * np.sin(t)) for t in a), (-0.16, -0.12), (-0.16, -1.36), (0.0, -1.5),
               (0.12, -1.4), *jag[::-1], (0.15, -0.3), (0.24, -0.26), (0.24, -0.14)]
    blade = prism(outline, 0.13, (0, 0, 0), metal).glossy(0.8)
    return [blade, *(box((0.08, 0.95, 0.03), (-0.06, -0.75, s * 0.065), shade(metal, 0.7)) for s in (1, -1)),
            *(lathe([(0.11, -0.005), (0.11, 0.01)], (0.3, 0.3, 0.32),
                    corners=18).turned("x", 90 * s).moved(0, 0.5, s * 0.066) for s in (1, -1)),
            ring(0.24, 0.045, (0, 0, 0), (0.6, 0.61, 0.64)).turned("z", 90).turned("y", 30).moved(0, 0.72,
                                                                      0).glossy(0.8)]


def facets(stone: Part, hue: Color) -> Part:
    """Each facet another shade of ``hue``, by the way that it looks."""
    p, q, r = stone.vertices[stone.faces].transpose(1, 0, 2)
    n = np.cross(q - p, r - p)
    n /= np.linalg.norm(n, axis=1, keepdims=True)
    key = np.round(n @ (3.1, 5.3, 4.7), 3)
    level = np.sin(key * 12.9) * 0.5 + 0.5
    for low, high, s in ((0, 0.25, 0.6), (0.25, 0.5, 0.84), (0.75, 1.01, 1.4)):
        chosen = (level >= low) & (level < high)
        stone = stone.painted(lambda _, chosen=chosen: chosen, shade(hue, s))
    return stone


def brilliant(rng: Generator, hue: Color) -> list[Part]:
    """A diamond's cut, standing on its point; each facet another shade."""
    crown, deep, n = rng.uniform(0.32, 0.42), rng.uniform(0.85, 1.05), int(rng.choice((6, 8, 8)))
    half = np.pi / n
    a = np.linspace(0, 2 * np.pi, n, endpoint=False) + half
    rings = [np.stack([r * np.sin(a - k * half), y + 0 * a, r * np.cos(a - k * half)], -1) for k,
             (r, y) in enumerate(((0, -deep), (0.62, -deep * 0.42), (1.0, -0.04), (1.0, 0.04), (0.84, crown * 0.55),
                                  (0.56, crown)))]
    stone = facets(skin(np.stack(rings), hue), hue)
    return [stone.painted(lambda c: c[:, 1] > crown - 0.01, shade(hue, 1.55)).glossy(0.6)]


def emerald(rng: Generator, hue: Color) -> list[Part]:
    """Cut in steps, an oblong with bevelled corners, upright."""
    wide, high = rng.uniform(0.6, 0.72), rng.uniform(0.85, 1.0)

    def octagon(s: float, z: float):
        w, h, c = wide * s, high * s, 0.3 * s
        return [(w, h - c, z), (w - c, h, z), (c - w, h, z), (-w, h - c, z), (-w, c - h, z), (c - w, -h, z),
                (w - c, -h, z), (w, c - h, z)]

    stone = skin(np.array([octagon(s, z) for s, z in ((0.3, -0.5), (0.7, -0.3), (1.0, -0.03), (1.0, 0.05), (0.86, 0.2),
                                                      (0.64, 0.3))]), hue)
    return [facets(stone, hue).painted(lambda c: c[:, 2] > 0.29, shade(hue, 1.25)).glossy(0.6)]


def crystal(rng: Generator, hue: Color) -> list[Part]:
    """A cluster of pointed six-sided columns on a rock."""
    made = [ball((0.62, 0.24, 0.5), (0, -0.02, 0), (0.46, 0.45, 0.47), 12).finished("stone", 0.12)]
    for k, (x, z, lean, turn) in enumerate(((0, 0, 0, 0), (0.24, 0.12, 24, 0), (-0.26, 0.08, -26, 0),
                                            (0.1, 0.26, 18, -70), (-0.08, -0.24, 20, 80))):
        high, r = (1.3 if k == 0 else rng.uniform(0.65, 0.9)), (0.24 if k == 0 else rng.uniform(0.14, 0.19))
        one = facets(lathe([(r * 0.9, -0.1), (r, high * 0.68), (0, high)], hue, corners=6),
                     hue).turned("y", rng.uniform(0, 60))
        made += [one.turned("z", -lean).turned("y", turn).moved(x, 0.1, z).glossy(0.6)]
    return made


SHAPES = {                              # name: the colors that it comes in, and its designs
    "candle": (ANY, chamberstick, pillar_candle, jar_candle),
    "clock": (ANY, alarm_clock, wall_clock, mantel_clock),
    "umbrella": (ANY, open_umbrella, beach_umbrella),
    "key": (NONE, old_key, door_key),
    "gem stone": (ANY, brilliant, emerald, crystal),
}
