"""What one wears on the face and the hand; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import Color, Part, around, ball, box, curve, dot, lathe, pair, plate, ring, rod, shade, skin, tube
from .toys import INK
from .treasures import GILT, JEWELS, SILVER

GLASS = (0.74, 0.85, 0.90)


def hoop(outline: np.ndarray, radius: float, color: Color) -> Part:
    """A round rod along the closed line ``outline`` [K, 2], counter-clockwise or not, in the plane z = 0."""
    way = np.roll(outline, -1, 0) - np.roll(outline, 1, 0)
    out = np.stack([way[:, 1], -way[:, 0]], -1) / np.linalg.norm(way, axis=1, keepdims=True)
    b = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    rings = [np.insert(p + radius * np.outer(np.cos(b), o), 2, radius * np.sin(b), axis=1) for p,
             o in zip(outline, out)]
    return skin(np.array(rings)[:, ::-1], color, closed=True)


def spectacles(outline: np.ndarray, hue: Color, glass: Color, thick: float, gloss: float,
               back: float = 1.35) -> list[Part]:
    """``outline`` [(x, y), ...] is that of the right lens, around (0.55, 0)."""
    rim = hoop(outline, thick, hue)
    lens = plate(outline, 0.05, (0, 0, 0), glass, 0.02).glossy(0.6)
    edge = outline[:, 0].max()
    temple = tube(curve([(edge, 0.18, 0), (edge + 0.1, 0.18, -0.08), (edge + 0.1, 0.17, -back * 0.7),
                         (edge + 0.06, 0.0, -back), (edge + 0.03, -0.24, -back - 0.1)], 16), thick, hue, 8)
    bridge = tube(curve([(-0.2, 0.06, 0), (-0.08, 0.15, 0.02), (0.08, 0.15, 0.02), (0.2, 0.06, 0)], 9), thick, hue, 8)
    pads = dot((0.05, 0.08, 0.06), (0.14, -0.1, -0.09), shade(hue, 1.3))
    return [*(p.glossy(gloss) for p in (*pair(rim, temple), bridge)), *pair(lens, pads)]


def round_glasses(rng: Generator, hue: Color) -> list[Part]:
    a, r = np.linspace(0, 2 * np.pi, 28, endpoint=False), rng.uniform(0.36, 0.43)
    return spectacles(np.stack([0.55 + r * np.cos(a), r * np.sin(a)], -1), hue, GLASS, rng.uniform(0.06, 0.08), 0.4)


def square_glasses(rng: Generator, hue: Color) -> list[Part]:
    """Thick rims, wider above."""
    h = rng.uniform(0.28, 0.36)
    outline = curve([(0.18, 0), (0.2, h), (0.55, h + 0.03), (0.94, h), (0.94, 0), (0.8, -h), (0.55, -h - 0.03),
                     (0.28, -h),
                     (0.18, 0)], 33)[:-1]
    return spectacles(outline, hue, GLASS, rng.uniform(0.075, 0.095), 0.35)


def sunglasses(rng: Generator, hue: Color) -> list[Part]:
    """Dark lenses, shaped like drops."""
    outline = curve([(0.18, 0.12), (0.3, 0.3), (0.6, 0.34), (0.92, 0.26), (0.96, 0.02), (0.8, -0.3), (0.56, -0.4),
                     (0.3, -0.24),
                     (0.18, 0.12)], 33)[:-1]
    lens = ((0.17, 0.18, 0.21), (0.36, 0.25, 0.18), (0.18, 0.28, 0.34))[rng.integers(3)]
    return spectacles(outline, hue, lens, rng.uniform(0.06, 0.08), 0.6)


def metal_of(rng: Generator) -> Color:
    return (GILT, SILVER, (0.88, 0.62, 0.50))[rng.integers(3)]


def cut_stone(size: float, color: Color, y: float) -> Part:
    """A brilliant, its table upwards."""
    return lathe([(0, -0.42 * size), (size, 0.14 * size), (size, 0.24 * size), (0.6 * size, 0.5 * size),
                  (0, 0.5 * size)],
                 color, (0, y, 0), corners=10).glossy(0.85)


def gem(rng: Generator) -> Color:
    return (*JEWELS, (0.80, 0.92, 0.97), (0.80, 0.92, 0.97))[rng.integers(6)]


def solitaire(rng: Generator, hue: Color) -> list[Part]:
    """One big stone held by prongs."""
    metal, size, stone = metal_of(rng), rng.uniform(0.4, 0.52), gem(rng)
    prong = tube(curve([(0, 0.72, 0.05), (0, 0.9, size * 0.6), (0, 1.2, size * 0.98), (0, 1.32, size * 0.9)], 9), 0.06,
                 metal, 8)
    shank = ring(0.72, 0.12, (0, 0, 0), metal).turned("x", 90).scaled(z=1.2)
    return [*(p.glossy(1.0) for p in (shank, *around(prong, 6))), cut_stone(size, stone, 1.06)]


def signet(rng: Generator, hue: Color) -> list[Part]:
    """Wide above, with an oval stone set into it."""
    metal, stone = metal_of(rng), gem(rng)
    a = np.linspace(0, 2 * np.pi, 36, endpoint=False)
    rings = []
    for t in a:
        top = max(0.0, np.cos(t)) ** 2
        r, high, wide = 0.72 + 0.1 * top, 0.09 + 0.09 * top, 0.16 + 0.3 * top
        b = np.linspace(0, 2 * np.pi, 14, endpoint=False)
        radius = r + high * np.cos(b)
        rings.append(np.stack([radius * np.sin(t), radius * np.cos(t), wide * np.sin(b)], -1))
    return [skin(np.array(rings), metal, closed=True).glossy(1.0), ball((0.34, 0.12, 0.4), (0, 0.98, 0), metal,
                                                                        20).glossy(1.0),
            ball((0.26, 0.12, 0.32), (0, 1.04, 0), stone, 20).glossy(0.85)]


def jewelled_band(rng: Generator, hue: Color) -> list[Part]:
    """Stones all around the front half, the middle one the largest."""
    metal, stone = metal_of(rng), gem(rng)
    shank = lathe([(0.66, -0.16), (0.78, -0.17), (0.82, -0.1), (0.82, 0.1), (0.78, 0.17), (0.66, 0.16)], metal,
                  closed=True,
                  corners=40).turned("x", 90)
    stones = [cut_stone(0.26 - 0.0016 * abs(k), stone, 0.86).turned("z", k) for k in (-64, -34, 0, 34, 64)]
    cups = [ball((0.22, 0.1, 0.22), (0, 0.82, 0), metal, 12).turned("z", k).glossy(1.0) for k in (-64, -34, 0, 34, 64)]
    return [shank.glossy(1.0), *stones, *cups]


def strap(color: Color, wide: float, kind: str, holes: bool = True) -> list[Part]:
    """A loop behind the watch, closed by a buckle at its back."""
    way = curve([(0, 0.34, 0.02), (0, 0.6, -0.12), (0, 0.74, -0.5), (0, 0.6, -0.98), (0, 0, -1.16), (0, -0.6, -0.98),
                 (0, -0.74, -0.5), (0, -0.6, -0.12), (0, -0.34, 0.02)], 30)
    loop = tube(way, 0.06, color, 12).scaled(x=wide / 0.06)
    buckle = [box((2 * wide + 0.1, 0.09, 0.08), (0, s * 0.17, -1.22), SILVER, 0.3) for s in (1, -1)]
    buckle += [box((0.09, 0.42, 0.08), (s * (wide + 0.03), 0, -1.22), SILVER, 0.3) for s in (1, -1)]
    pin = [box((0.07, 0.36, 0.07), (0, 0, -1.24), SILVER, 0.3)]
    return [loop.finished(kind, 0.1, gloss=0.2), *(p.glossy(0.9) for p in (*buckle, *pin))]


def dial(radius: float, color: Color, ink: Color, rng: Generator) -> list[Part]:
    """Marks and hands in front of z = 0.2."""
    marks = [box((0.05 if k % 3 else 0.075, 0.09 if k % 3 else 0.14, 0.03), (0, radius * 0.8, 0.21), ink).turned("z",
                                                                                                                 30 * k)
             for k in range(12)]
    hands = [box((0.065, radius * r, 0.03), (0, radius * r / 2 - 0.03, z), ink).turned("z", a) for r, z, a in
             ((0.5, 0.225, rng.uniform(20, 80)), (0.72, 0.24, -rng.uniform(20, 80)))]
    return [lathe([(radius, 0), (radius, 0.2)], color, corners=36).turned("x", 90), *marks, *hands,
            ball((0.05, 0.05, 0.03), (0, 0, 0.24), ink, 10)]


def round_watch(rng: Generator, hue: Color) -> list[Part]:
    """Hands on a round dial, a leather strap."""
    metal, dark, r = metal_of(rng), rng.random() < 0.35, rng.uniform(0.5, 0.58)
    face, ink = ((0.16, 0.19, 0.26), (0.92, 0.91, 0.88)) if dark else ((0.95, 0.94, 0.91), INK)
    case = [lathe([(r, -0.08), (r + 0.1, -0.02), (r + 0.1, 0.18), (r + 0.02, 0.27), (r - 0.04, 0.25), (r - 0.04, 0.0)],
                  metal,
                  corners=40, closed=True).turned("x", 90), lathe([(r, -0.1), (r, 0.05)], metal, corners=32).turned("x",
                                                                                                                    90),
            rod((r + 0.06, 0, 0.08), (r + 0.22, 0, 0.08), 0.085, metal, corners=10),
            *(box((0.16, 0.3, 0.16), (s * 0.3, t * (r + 0.06), 0.04), metal, 0.3) for s in (1, -1) for t in (1, -1))]
    return [*strap(hue, rng.uniform(0.25, 0.29), "leather"), *(p.glossy(0.95) for p in case),
            *dial(r - 0.03, face, ink, rng)]


def smart_watch(rng: Generator, hue: Color) -> list[Part]:
    """A rounded screen with the time and three signs on it, a rubber strap."""
    case, wide = ((0.20, 0.20, 0.22), SILVER)[rng.integers(2)], rng.uniform(0.48, 0.54)
    high = wide * rng.uniform(1.1, 1.25)
    segments = [(-0.22, 0.27), (-0.06, 0.27), (0.12, 0.27), (0.28, 0.27)]
    signs = [((0.90, 0.36, 0.36), -0.26), ((0.45, 0.78, 0.42), 0.0), ((0.40, 0.65, 0.92), 0.26)]
    made = [box((2 * wide, 2 * high, 0.3), (0, 0, 0.06), case, 0.45).glossy(0.7),
            box((2 * wide - 0.14, 2 * high - 0.14, 0.1), (0, 0, 0.18), (0.08, 0.09, 0.11), 0.4).glossy(0.6)]
    made += [box((0.11, 0.26, 0.03), (x * wide * 1.9, y * high, 0.235), (0.93, 0.95, 0.97)) for x, y in segments]
    made += [ball((0.11, 0.11, 0.03), (x * wide * 2.2, -0.3 * high, 0.23), c, 12) for c, x in signs]
    return [*strap(hue, wide * 0.66, "plain"), *made, rod((wide - 0.03, 0.14, 0.06), (wide + 0.09, 0.14, 0.06), 0.09,
                                                          case)]


def digital_watch(rng: Generator, hue: Color) -> list[Part]:
    """A chunky case in color with a grey display and buttons."""
    y = np.pi / 8 + np.arange(8) * np.pi / 4
    case = [plate(np.stack([0.62 * np.cos(y), 0.62 * np.sin(y)], -1), 0.32, (0, 0, 0.05), shade(hue, 0.8), 0.08),
            plate(np.stack([0.5 * np.cos(y), 0.5 * np.sin(y)], -1), 0.1, (0, 0, 0.2), INK, 0.03),
            box((0.66, 0.4, 0.06), (0, 0, 0.24), (0.70, 0.76, 0.66), 0.3)]
    digits = [box((0.035, 0.24, 0.03), (x, 0, 0.265), INK) for x in (-0.24, -0.13, 0.1, 0.24)]
    digits += [box((0.12, 0.035, 0.03), (x, y_, 0.265), INK) for x in (-0.185, 0.17) for y_ in (-0.11, 0, 0.11)]
    buttons = [box((0.1, 0.14, 0.14), (s * 0.6, t, 0.06), SILVER, 0.3) for s in (1, -1) for t in (0.17, -0.17)]
    return [*strap(hue, 0.32, "plain"), *case, *digits, *(p.glossy(0.8) for p in buttons)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "glasses": (ANY, round_glasses, square_glasses, sunglasses),
    "ring": (NONE, solitaire, signet, jewelled_band),
    "wrist watch": (ANY, round_watch, smart_watch, digital_watch),
}
