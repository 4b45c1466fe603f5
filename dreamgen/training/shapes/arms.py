"""Arms of knights, vikings and woodcutters; fronts face +z."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from .jewelry import hoop
from .palette import ANY, NONE
from .parts import (
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    lathe,
    moved,
    pair,
    plate,
    ring,
    rod,
    shade,
    skin,
    stripes,
    tube,
    turned,
)
from .toys import accent
from .treasures import BRONZE, GILT, IRON, OAK, SILVER, WALNUT, jewel, star

BLADE = (0.80, 0.82, 0.86)


# Swords

def blade(profile, thick: float) -> Part:
    """With a ridge along its middle; ``profile`` [(half width, y), ...] upwards."""
    return lathe(profile, BLADE, corners=4).turned("y", 45).scaled(z=thick).glossy(0.9)


def grip(low: float, high: float, radius: float, color: Color) -> list[Part]:
    """Wound with cord."""
    return [rod((0, low, 0), (0, high, 0), radius, color),
            *(ring(radius, 0.035, (0, y, 0), shade(color, 0.75)) for y in np.linspace(low + 0.06, high - 0.06, 5))]


def leather(rng: Generator) -> Color:
    return ((0.34, 0.20, 0.13), (0.20, 0.16, 0.18), (0.45, 0.14, 0.15), (0.17, 0.24, 0.40))[rng.integers(4)]


def sword(rng: Generator, hue: Color) -> list[Part]:
    """A knight's, upright on its pommel."""
    long, metal, drop = rng.uniform(1.5, 1.85), (GILT, BRONZE, IRON)[rng.integers(3)], rng.uniform(-0.08, 0.1)
    guard = tube(curve([(-0.46, drop, 0), (-0.2, 0, 0), (0.2, 0, 0), (0.46, drop, 0)], 11), [0.1, *[0.075] * 9, 0.1],
                 metal)
    return [blade([(0.17, 0), (0.155, long - 0.3), (0, long)], 0.36), *(p.glossy(0.9) for p in (
        guard, box((0.24, 0.18, 0.2), (0, 0, 0), metal, 0.3), ball(0.14, (0, -0.62, 0), metal, 16))),
        ball((0.07, 0.07, 0.05), (0, -0.62, 0.12), jewel(rng), 10).glossy(0.6),
            *grip(-0.52, -0.05, 0.085, leather(rng))]


def hero_sword(rng: Generator, hue: Color) -> list[Part]:
    """A wide one from a tale: winged guard and a jewel."""
    long, stone = rng.uniform(1.4, 1.65), jewel(rng)
    wing = plate(curve([(0, -0.12), (0.3, -0.06), (0.58, 0.22), (0.46, 0.22), (0.26, 0.12), (0, 0.12)], 18), 0.18,
                 (0, 0, 0), GILT, 0.05)
    edge = [(0.2, 0), (0.17, 0.2), (0.22, 0.5), (0.24, long - 0.5), (0, long)]
    return [blade(edge, 0.26), plate([(-0.06, 0.1), (0.06, 0.1), (0.05, long * 0.6), (0, long * 0.68),
                                      (-0.05, long * 0.6)],
                                     0.13, (0, 0, 0), shade(BLADE, 0.7), 0.02).glossy(0.8),
            *(p.glossy(0.9) for p in (*pair(wing), box((0.2, 0.28, 0.22), (0, 0, 0), GILT, 0.4),
                                      lathe([(0.05, -0.86), (0.16, -0.72), (0.1, -0.58)], GILT, corners=8))),
            *(ball((0.1, 0.1, 0.06), (0, 0, s * 0.1), stone, 12).glossy(0.6) for s in (1, -1)),
            *grip(-0.62, -0.1, 0.09, leather(rng))]


def katana(rng: Generator, hue: Color) -> list[Part]:
    """Slim and curved, its grip wound in diamonds."""
    bend, long, wrap = rng.uniform(0.12, 0.22), rng.uniform(1.7, 1.9), leather(rng)
    y = np.linspace(0, 1, 12)
    back, front = (np.stack([s * 0.105 - bend * y ** 2, y * (long - (0.16 if s > 0 else 0))], -1) for s in (1, -1))
    steel = plate(np.concatenate([back, front[::-1]]), 0.1, (0, 0, 0), BLADE, 0.03).glossy(0.9)
    handle = box((0.2, 0.7, 0.15), (0, -0.42, 0), wrap, 0.4)
    pale = [plate([(0, -0.07), (0.06, 0), (0, 0.07), (-0.06, 0)], 0.18, (0, k, 0), (0.90, 0.86, 0.76), 0.01)
            for k in np.arange(-0.68, -0.1, 0.15)]
    return [steel, lathe([(0.22, -0.06), (0.25, -0.03), (0.22, 0.0)], (GILT, IRON)[rng.integers(2)],
                         corners=24).glossy(0.8),
            box((0.2, 0.08, 0.16), (0, 0.03, 0), GILT, 0.2).glossy(0.8), handle, *pale,
            box((0.22, 0.09, 0.17), (0, -0.78, 0), GILT, 0.3).glossy(0.8)]


def cutlass(rng: Generator, hue: Color) -> list[Part]:
    """A pirate's: a broad curved blade, a bow around the hand."""
    long, metal = rng.uniform(1.35, 1.55), (GILT, BRONZE)[rng.integers(2)]
    outline = curve([(-0.11, 0), (-0.12, long * 0.4), (-0.04, long * 0.75), (0.22, long), (0.24, long * 0.75),
                     (0.16, long * 0.4), (0.12, 0)], 26)
    bow = tube(curve([(0.1, -0.02, 0), (0.36, -0.1, 0), (0.34, -0.42, 0), (0.04, -0.6, 0)], 14), 0.065, metal)
    return [plate(outline, 0.1, (0, 0, 0), BLADE, 0.04).glossy(0.9), *grip(-0.56, -0.02, 0.09, leather(rng)),
            *(p.glossy(0.9) for p in (bow, ball((0.34, 0.07, 0.2), (0.02, 0, 0), metal, 16),
                                      ball(0.13, (0, -0.62, 0), metal, 14)))]


# Axes

def haft(low: float, high: float, wood: Color, bent: float = 0.08) -> Part:
    way = curve([(0, low, 0), (-bent, low + 0.2, 0), (0, (low + high) / 2, 0), (0, high, 0)], 14)
    return tube(way, [0.1, 0.11, *np.linspace(0.09, 0.075, 12)], wood, 12).scaled(z=0.8).finished("wood", 0.14,
                                                                                                  gloss=0.2)


def bit(outline, color: Color) -> Part:
    """The head of an axe to the right, thinner towards its bright edge at x = 0.66."""
    head = plate(outline, 0.26, (0, 0, 0), color, 0.04)
    x, y, z = head.vertices.T
    thin = np.interp(x, (0.12, 0.66), (1.0, 0.22))
    return replace(head, vertices=np.stack([x, y, z * thin], -1)).painted(lambda c: c[:, 0] > 0.5, BLADE)


def edge(wide: float, x: float = 0.66) -> list[tuple[float, float]]:
    """The bow of an axe's edge, from below, with a line along it where the bright steel begins."""
    return [(0.49, -wide * 0.86), (x - 0.12, -wide), (x - 0.02, -wide * 0.5), (x, 0), (x - 0.02, wide * 0.5),
            (x - 0.12, wide),
            (0.49, wide * 0.86)]


def axe(rng: Generator, hue: Color) -> list[Part]:
    """A woodcutter's, its edge to the right."""
    wide, wood = rng.uniform(0.34, 0.42), (OAK, (0.72, 0.52, 0.30), WALNUT)[rng.integers(3)]
    paint = ((0.70, 0.17, 0.15), (0.30, 0.32, 0.35), (0.18, 0.36, 0.50))[rng.integers(3)]
    head = bit([(-0.3, -0.15), (0.1, -0.14), *edge(wide), (0.1, 0.16), (-0.3, 0.17)], paint).glossy(0.5)
    return [haft(-1.15, 0.72, wood), head.moved(0, 0.45, 0), ball((0.12, 0.1, 0.1), (0.0, -1.16, 0), shade(wood, 0.8),
                                                                  12),
            box((0.2, 0.34, 0.3), (0, 0.45, 0), shade(paint, 0.75), 0.2)]


def battle_axe(rng: Generator, hue: Color) -> list[Part]:
    """With two edges, a spike and a wound grip."""
    wide, wood, metal = rng.uniform(0.46, 0.58), (WALNUT, OAK)[rng.integers(2)], (IRON, BRONZE)[rng.integers(2)]
    head = bit([(0, -0.12), (0.16, -0.12), (0.3, -0.2), *edge(wide), (0.3, 0.2), (0.16, 0.12), (0, 0.12)],
               metal).glossy(0.8)
    return [rod((0, -1.1, 0), (0, 0.85, 0), 0.085, wood).finished("wood", 0.14), *pair(head.moved(0.02, 0.5, 0)),
            lathe([(0.13, 0.25), (0.15, 0.3), (0.15, 0.7), (0.12, 0.78), (0, 1.1)], metal, corners=16).glossy(0.8),
            *moved(grip(-0.3, 0.3, 0.1, leather(rng)), 0, -0.6, 0), ball(0.14, (0, -1.12, 0), metal, 14).glossy(0.8)]


# Shields

def domed(outline: np.ndarray, high: float, back: float, color: Color) -> Part:
    """A plate, its front swelling to ``high`` and its back at ``back``."""
    levels = [(0.5, back + high * 0.4), (1.0, back), *((t, high * (1 - t * t)) for t in (1.0, 0.85, 0.6, 0.3, 0.05))]
    middle = np.array([0.0, outline[:, 1].mean()])
    return skin(np.stack([np.insert(middle + t * (outline - middle), 2, z, axis=1) for t, z in levels]), color)


def straps(wide: float, y: float, z: float) -> list[Part]:
    """Two leather bows on a shield's back."""
    return [tube(curve([(-wide, y + k, z), (-wide * 0.6, y + k, z - 0.14), (wide * 0.6, y + k, z - 0.14),
                        (wide, y + k, z)], 9), 0.055,
                 WALNUT, 8) for k in (0.2, -0.2)]


def heater(top: float, low: float) -> np.ndarray:
    """Outline of a knight's shield, counter-clockwise from its top."""
    half = np.array([(0, 0.82 + top), *curve([(0, 0.82 + top), (0.35, 0.8), (0.76, 0.88)], 6)[1:],
                     *curve([(0.76, 0.88), (0.78, 0.3), (0.62, -0.35), (0.3, low * 0.78), (0, low)], 12)[1:]])
    return np.concatenate([half, (half * (-1, 1))[-2:0:-1]])[::-1]


def emblem(rng: Generator, color: Color, at: float, size: float) -> list[Part]:
    """A star, a cross, a chevron or a lily's three leaves, in relief."""
    kind = int(rng.integers(4))
    if kind == 0:
        return [plate(star(size, size * 0.45), 0.12, (0, 0.12, at), color, 0.03)]
    if kind == 1:
        return [box((size * 0.52, size * 2.2, 0.12), (0, 0.05, at), color, 0.2), box((size * 1.7, size * 0.52, 0.12),
                                                                                    (0, 0.25, at), color, 0.2)]
    if kind == 2:
        v = np.array([(0, 0.35), (0.9, -0.35), (0.9, -0.85), (0, -0.15), (-0.9, -0.85), (-0.9, -0.35)]) * size
        return [plate(v, 0.12, (0, y, at), color, 0.03) for y in (0.35, 0.0)]
    leaf = curve([(0, -0.3), (0.24, 0.2), (0, 1.0), (-0.24, 0.2)], 14) * size
    side = pair(plate(curve([(0.1, -0.3), (0.5, 0.1), (0.75, 0.6), (0.9, 0.2), (0.5, -0.3)], 16) * size, 0.1,
                      (0, 0.05, at), color, 0.03))
    return [plate(leaf, 0.13, (0, 0.1, at), color, 0.03), *side, box((size * 1.1, size * 0.22, 0.14), (0, -0.16, at),
                                                                     color, 0.3),
            plate(np.array([(-0.2, 0), (0.2, 0), (0, -0.6)]) * size, 0.12, (0, -0.2, at), color, 0.02)]


def shield(rng: Generator, hue: Color) -> list[Part]:
    """A knight's: a metal rim, an emblem; perhaps in two halves."""
    outline = heater(rng.uniform(-0.04, 0.16), rng.uniform(-1.15, -0.95))
    metal, sign = accent(rng, hue, (GILT, SILVER, IRON)), accent(rng, hue)
    body = domed(outline * 0.98, 0.2, -0.06, hue)
    if rng.random() < 0.4:
        body = body.painted(lambda c: (c[:, 0] < 0) & (c[:, 2] > -0.02), shade(hue, 0.6))
    return [body.glossy(0.35), hoop(outline, 0.075, metal).glossy(0.9), *straps(0.3, 0.0, -0.04),
            *(p.glossy(0.5) for p in emblem(rng, sign, 0.2, 0.34))]


def round_shield(rng: Generator, hue: Color) -> list[Part]:
    """A viking's: painted planks, an iron boss and rim, rivets."""
    metal = (IRON, BRONZE)[rng.integers(2)]
    pale = accent(rng, hue, ((0.90, 0.84, 0.70), (0.26, 0.22, 0.20), (0.86, 0.66, 0.30)))
    disc = lathe([(0.95, -0.04), (0.95, 0.02), *curve([(0.94, 0.04), (0.5, 0.12), (0, 0.14)], 7)], hue, corners=48)
    if (count := int(rng.choice((0, 2, 4)))):
        disc = disc.painted(stripes(count, 48), pale)
    disc = disc.painted(lambda c: c[:, 1] < -0.03, OAK)
    rivets = around(ball((0.055, 0.04, 0.055), (0, 0.08, 0.95), shade(metal, 1.3), 8), 12)
    boss = lathe([(0.34, 0.08), (0.34, 0.15), *curve([(0.24, 0.18), (0.2, 0.3), (0, 0.38)], 7)], metal, corners=24)
    front = [disc.finished("staves", 0.2), ring(0.95, 0.075, (0, 0, 0), metal).glossy(0.7), boss.glossy(0.8), *rivets,
             *around(ball(0.045, (0, 0.16, 0.29), shade(metal, 1.3), 8), 6)]
    return [*turned(front, "x", 90), *straps(0.35, 0.0, -0.02)]


def winged_shield(rng: Generator, hue: Color) -> list[Part]:
    """A hero's: pointed corners, a border of metal, wings and a jewel."""
    wide = rng.uniform(0.86, 1.0)
    half = np.array([(0, 0.98), (0.2, 0.78), (0.5, 0.8), (wide, 1.06), (0.82, 0.5), (0.8, 0.0), (0.55, -0.6),
                     (0.0, -1.15)])
    half = np.concatenate([half[:4], curve(half[3:], 12)[1:]])
    outline = np.concatenate([half, (half * (-1, 1))[-2:0:-1]])[::-1]
    inner, metal = outline * 0.87, accent(rng, hue, (GILT, GILT, SILVER, IRON))
    stone = jewel(rng)
    if np.abs(np.subtract(stone, hue)).sum() < 0.6:
        stone = (0.93, 0.93, 0.90)
    wing = [plate(curve([(0.1, -0.02 + k), (0.5 - 0.08 * i, 0.24 + k), (0.46 - 0.08 * i, 0.06 + k), (0.1, -0.16 + k)],
                        12), 0.1, (0, 0, 0.25), metal, 0.03)
            for i, k in enumerate((0.14, -0.1))]
    setting = lathe([(0.2, 0), (0.22, 0.04), (0.16, 0.1)], metal, corners=8).turned("x", 90).moved(0, 0.05, 0.23)
    return [domed(outline, 0.1, -0.08, metal).glossy(0.9), domed(inner, 0.2, 0.0, hue).moved(z=0.04).glossy(0.4),
            *(p.glossy(0.9) for p in (*pair(*wing), setting)),
            lathe([(0.15, 0), (0.09, 0.16)], stone, corners=8).turned("x", 90).moved(0, 0.05, 0.24).glossy(0.8),
            *straps(0.3, 0.0, -0.05)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "sword": (NONE, sword, hero_sword, katana, cutlass),
    "axe": (NONE, axe, battle_axe),
    "shield": (ANY, shield, round_shield, winged_shield),
}
