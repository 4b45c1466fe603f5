"""Vegetables, whole."""

import numpy as np
from numpy.random import Generator

from .fruit import stem
from .palette import NONE
from .pantry import FOLIAGE, STALK, TWIG, leaf, mix, ribbed
from .parts import Color, Part, around, ball, box, curve, lathe, moved, rod, shade, tube, turned


def sepals(count: int, long: float, wide: float, droop: float, color: Color = FOLIAGE) -> list[Part]:
    return around(leaf(long, wide, color, droop, 0.07), count)


def tomato(rng: Generator, hue: Color) -> list[Part]:
    flat = rng.uniform(0.82, 0.92)
    flesh = lathe(curve([(0, -0.95), (0.5, -0.88), (1.02, -0.2), (0.98, 0.35), (0.55, 0.8), (0.15, 0.78), (0, 0.7)],
                        24), hue,
                  corners=30).scaled(y=flat)
    return [flesh.glossy(0.5), *moved(sepals(6, 0.85, 0.16, -0.2), y=0.84 * flat),
            stem(0.7 * flat, 0.45, 0.08, STALK, 0.1)]


def beef_tomato(rng: Generator, hue: Color) -> list[Part]:
    """Flat, with ribs."""
    flesh = ribbed(lathe(curve([(0, -0.68), (0.5, -0.66), (1.1, -0.1), (1.05, 0.32), (0.62, 0.62), (0.2, 0.55),
                                (0, 0.42)], 24),
                         hue, corners=48), int(rng.integers(7, 10)), 0.1)
    return [flesh.glossy(0.5), *moved(sepals(6, 0.7, 0.15, 0.25), y=0.5), stem(0.38, 0.45, 0.1, STALK, 0.1)]


def carrot(rng: Generator, hue: Color, long: float = 2.1, fat: float = 0.46, fronds: int = 6) -> list[Part]:
    """Ringed, under feathery leaves."""
    line = curve([(0, -long), (0.06, -long * 0.97), (fat * 0.62, -long * 0.5), (fat, -0.15), (fat * 0.72, 0.06),
                  (0, 0.08)], 20)
    creases = [box((fat * 0.6, 0.055, 0.1), (0, y, r - 0.045), shade(hue, 0.72), 0.4).turned("y", a)
               for y, a in ((-0.25, 20), (-0.45, 160), (-0.6, -50), (-0.8, 80), (-1.0, 250), (-1.15, 0))
               for r in [float(np.interp(y, line[1:16, 1], line[1:16, 0]))] if -y < long * 0.75]
    made = [lathe(line, hue).finished("mottled", 0.3, gloss=0.15), *creases]
    for k in range(fronds):
        high, out = rng.uniform(0.8, 1.1), 0.5 if k else 0.0
        twig = curve([(0, 0, 0.05), (0, high * 0.5, 0.08 + out * 0.3), (0, high, out)], 7)
        tufts = [ball((0.13, 0.15, 0.13), tuple(p + (s * 0.09, 0, 0)), mix(FOLIAGE, STALK, 0.15 * j), 8)
                 for j, p in enumerate(twig[3:]) for s in (-1, 1)]
        made += [p.turned("y", 360 * k / max(fronds - 1, 1)) for p in (tube(twig, 0.065, STALK, 7), *tufts)]
    return made


def stubby_carrot(rng: Generator, hue: Color) -> list[Part]:
    """A toy's: short and fat, three big leaves."""
    body = carrot(rng, hue, rng.uniform(1.4, 1.6), 0.6, 1)[:-9]
    blades = [leaf(1.15, 0.26, mix(FOLIAGE, STALK, 0.3 * (k % 2)), 0.5, 0.1).turned("x", -48).turned("y", 72 * k)
              for k in range(5)]
    return [*body, *blades]


def eggplant(rng: Generator, hue: Color) -> list[Part]:
    """Hanging, its thick end down and a little aside; dark and glossy, under a green cap."""
    fat, bend, dark = rng.uniform(0.54, 0.64), rng.uniform(0.12, 0.3), shade(hue, 0.62)
    line = curve([(bend, -1.34, 0), (bend, -1.2, 0), (bend, -0.75, 0), (bend * 0.3, -0.1, 0), (0, 0.45, 0),
                  (0, 0.7, 0)], 26)
    thick = np.interp(line[:, 1], [-1.34, -1.32, -1.26, -1.12, -0.9, -0.7, -0.4, 0.1, 0.5, 0.7],
                      np.array([0.1, 0.35, 0.6, 0.85, 0.98, 1.0, 0.92, 0.64, 0.54, 0.42]) * fat)
    cap = lathe([(fat * 0.6, 0.48), (fat * 0.62, 0.6), (0.24, 0.82), (0.12, 0.9)], FOLIAGE)
    tips = [leaf(0.6, 0.17, FOLIAGE, -0.2, 0.1).turned("x", 68).moved(0, 0.6, fat * 0.5).turned("y", 72 * k)
            for k in range(5)]
    return [tube(line, thick, dark, 22).glossy(0.6), cap, *tips,
            tube(curve([(0, 0.8, 0), (0, 1.0, 0), (-0.12, 1.2, 0)], 6), [0.13, 0.11, 0.1, 0.1, 0.11, 0.13], STALK)]


def round_eggplant(rng: Generator, hue: Color) -> list[Part]:
    flesh = lathe(curve([(0, -0.95), (0.5, -0.88), (0.98, -0.1), (0.7, 0.65), (0.35, 0.95), (0, 1.0)], 22),
                  shade(hue, 0.62), corners=28)
    tips = [leaf(0.82, 0.25, FOLIAGE, -0.25, 0.1).turned("x", 22).moved(0, 1.02, 0.08).turned("y", 72 * k)
            for k in range(5)]
    return [flesh.glossy(0.6), *tips, lathe([(0.4, 0.86), (0.25, 1.02), (0.12, 1.06)], FOLIAGE),
            stem(0.95, 0.5, 0.2, STALK, 0.12)]


def pumpkin(rng: Generator, hue: Color, flat: float = 0.72) -> list[Part]:
    lobes = int(rng.integers(8, 12))
    flesh = lathe(curve([(0, -0.8), (0.4, -0.9), (0.95, -0.5), (1.1, 0.1), (0.85, 0.75), (0.4, 0.98), (0.1, 0.8),
                         (0, 0.7)], 26),
                  hue, corners=lobes * 6)
    body = ribbed(flesh, lobes, 0.2).scaled(y=flat).finished("mottled", 0.5, gloss=0.2)
    stalk = tube(curve([(0, flat * 0.7, 0), (0.02, flat + 0.1, 0), (0.12, flat + 0.32, 0.02),
                        (0.3, flat + 0.42, 0.05)], 9),
                 [0.26, 0.2, 0.16, 0.14, 0.13, 0.13, 0.13, 0.14, 0.15], mix(STALK, TWIG, 0.45), 8)
    t = np.linspace(0, 1, 26)
    curl = tube(np.stack([-0.15 - t * 0.7, flat * 0.98 + 0.1 * np.sin(t * 16), 0.35 + 0.1 * np.cos(t * 16)], -1),
                0.045, STALK, 6)
    return [body, stalk, curl, leaf(0.8, 0.36, FOLIAGE, -0.15, 0.07).turned("y", 125).moved(0.1, flat * 0.95)]


def tall_pumpkin(rng: Generator, hue: Color) -> list[Part]:
    return pumpkin(rng, hue, rng.uniform(0.98, 1.1))


def crown(rng: Generator, at: tuple[float, float, float], size: float, green: Color) -> list[Part]:
    """A head of broccoli: a ball set with smaller ones."""
    k = np.arange(15)
    y = 1 - 1.25 * (k + 0.5) / len(k)
    a = k * 2.4 + rng.uniform(0, 6)
    r = np.sqrt(1 - y * y)
    buds = [ball(size * 0.4, tuple(np.array(at) + size * 0.72 * np.array(d)), shade(green, rng.uniform(0.85, 1.12)), 10)
            for d in zip(r * np.sin(a), y, r * np.cos(a))]
    return [p.finished("foliage", size * 0.14) for p in (ball(size * 0.85, at, shade(green, 0.85), 14), *buds)]


def broccoli(rng: Generator, hue: Color, spread: float = 0.62, branches: int = 5) -> list[Part]:
    green, pale = mix((0.25, 0.46, 0.18), (0.36, 0.55, 0.22), rng.random()), (0.64, 0.74, 0.42)
    made = [tube([(0, -1.2, 0), (0, -1.15, 0), (0, -0.5, 0), (0, 0.1, 0)], [0.3, 0.36, 0.3, 0.34], pale, 14),
            *crown(rng, (0, 0.62, 0), 0.58, green)]
    for k in range(branches):
        a = 2 * np.pi * (k + 0.5) / branches
        x, z = spread * np.sin(a), spread * np.cos(a)
        made += [rod((0, -0.55, 0), (x, 0.1, z), 0.17, pale), *crown(rng, (x, 0.2, z), rng.uniform(0.42, 0.5), green)]
    return made


def broccoli_floret(rng: Generator, hue: Color) -> list[Part]:
    return broccoli(rng, hue, 0.5, 3)


def kernels(rng: Generator, long: float, first: int = 0) -> list[Part]:
    """Of an ear that stands on y = 0: rows of them around the cob."""
    rows, count, made = 13, 12, []
    for j in range(first, count):
        y = long * (j + 0.5) / count
        r = 0.46 * float(np.interp(j / count, [0, 0.3, 0.7, 1], [0.92, 1.0, 0.85, 0.45]))
        made += [ball((0.125 * r / 0.46, long / count * 0.56, 0.12), (0, y, r),
                      shade((0.97, 0.79, 0.26), rng.uniform(0.93, 1.15)), 6)
                 .turned("y", 360 * k / rows).glossy(0.4) for k in range(rows)]
    return [*made, lathe([(0.42, 0), (0.45, long * 0.4), (0.2, long * 0.97), (0, long * 1.02)], (0.93, 0.72, 0.22))]


def corn(rng: Generator, hue: Color) -> list[Part]:
    """Half in its husk."""
    green = mix((0.45, 0.62, 0.24), (0.36, 0.54, 0.20), rng.random())
    husks = [leaf(1.9 - 0.3 * (k % 2), 0.5, shade(green, 1 + 0.12 * (k % 2)), -0.14 - 0.12 * (k % 2),
                  0.05).turned("x", -86).moved(0, -0.3, 0.36).turned("y", a)
             for k, a in enumerate((70, 180, 290, 125, 235))]
    return [*kernels(rng, 2.2, 3), *husks,
            lathe(curve([(0.12, -0.75), (0.15, -0.45), (0.42, -0.15), (0.52, 0.3), (0.5, 0.7)], 10), green)]


def corn_cob(rng: Generator, hue: Color) -> list[Part]:
    """Lying, its husk pulled back."""
    green = mix((0.45, 0.62, 0.24), (0.36, 0.54, 0.20), rng.random())
    husks = [leaf(1.5, 0.3, shade(green, 1 + 0.12 * (k % 2)), -0.2,
                  0.06).turned("x", 42).moved(0, 0.05, 0.3).turned("y", 72 * k) for k in range(5)]
    return turned([*kernels(rng, 2.2), *husks, lathe([(0.12, -0.8), (0.14, -0.3), (0.42, -0.05), (0.44, 0.12)],
                                                     green)], "z", 65)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "tomato": (NONE, tomato, beef_tomato),
    "carrot": (NONE, carrot, stubby_carrot),
    "eggplant": (NONE, eggplant, round_eggplant),
    "pumpkin": (NONE, pumpkin, tall_pumpkin),
    "broccoli": (NONE, broccoli, broccoli_floret),
    "corn": (NONE, corn, corn_cob),
}
