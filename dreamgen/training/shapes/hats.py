"""What one wears on the head; fronts face +z."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import (
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    dot,
    finished,
    lathe,
    loft,
    pair,
    plate,
    ring,
    shade,
    skin,
    tube,
)
from .toys import INK, accent
from .treasures import BRONZE, GILT, JEWELS, PAPER, SILVER, jewel, star

BLACK, TAN = (0.15, 0.15, 0.17), (0.66, 0.45, 0.27)


def circlet(high, low: float, wide: float, color: Color, thick: float = 0.06, flare: float = 0.08) -> Part:
    """A band around the vertical axis from y = 0 up to ``high(angle)``."""
    rings = []
    for a in np.linspace(0, 2 * np.pi, 120, endpoint=False):
        y = high(a)
        section = [(wide, 0), (wide, low), (wide + flare, y), (wide + flare + thick, y), (wide + thick, low),
                   (wide + thick, 0)]
        rings.append([(r * np.sin(a), h, r * np.cos(a)) for r, h in section])
    return skin(np.array(rings), color, closed=True)


def crown(rng: Generator, hue: Color) -> list[Part]:
    """Points with beads on them, and jewels."""
    points, metal, stone = int(rng.integers(5, 9)), (GILT, GILT, SILVER)[rng.integers(3)], jewel(rng)
    high, sharp = rng.uniform(0.8, 1.05), rng.uniform(0.9, 1.5)

    def tip(a):
        return 0.42 + (high - 0.42) * abs(2 * ((a * points / (2 * np.pi)) % 1) - 1) ** sharp

    band = [circlet(tip, 0.34, 0.7, metal, 0.07, 0.1), *(ring(0.75, 0.06, (0, y, 0), metal) for y in (0.05, 0.34))]
    return [*[p.glossy(0.95) for p in (*band, *around(ball(0.085, (0, high + 0.05, 0.83), metal, 12), points))],
            *[p.glossy(0.6) for p in (*around(ball((0.1, 0.1, 0.06), (0, 0.2, 0.77), stone, 12), points),
                                      *around(dot((0.05, 0.05, 0.04), (0, 0.2, 0.77), PAPER), points, 180 / points))]]


def royal_crown(rng: Generator, hue: Color) -> list[Part]:
    """Arches over a velvet cap, an orb and a cross on top, fur below."""
    velvet, arches = ((0.55, 0.10, 0.16), (0.36, 0.16, 0.44),
                      (0.16, 0.22, 0.50))[rng.integers(3)], int(rng.choice((4, 6)))
    arch = tube(curve([(0, 0.4, 0.78), (0, 0.8, 0.88), (0, 1.12, 0.62), (0, 1.1, 0.16), (0, 1.02, 0)], 14), 0.075, GILT)
    beads = [ball(0.07, (0, y, z), PAPER, 8).glossy(0.4) for y, z in ((0.66, 0.92), (0.96, 0.86), (1.17, 0.62))]
    cap = ball((0.74, 0.66, 0.74), (0, 0.38, 0), velvet, 28).finished("fabric", 0.08)
    metal = [lathe([(0.72, 0.2), (0.8, 0.2), (0.8, 0.46), (0.72, 0.46)], GILT, closed=True, corners=36),
             *around(arch, arches), ball(0.15, (0, 1.2, 0), GILT, 16), box((0.09, 0.34, 0.09), (0, 1.46, 0), GILT, 0.2),
             box((0.26, 0.09, 0.09), (0, 1.48, 0), GILT, 0.2)]
    fur = lathe([(0.68, 0), *curve([(0.84, 0.0), (0.92, 0.1), (0.84, 0.22)], 7), (0.68, 0.22)], (0.95, 0.94, 0.92),
                closed=True, corners=36).finished("speckled", 0.13, INK)
    jewels = [p for k in range(8) for p in [ball((0.09, 0.08, 0.05), (0, 0.33, 0.8), JEWELS[k % 2], 10).turned("y",
                                                                                                               45 * k)]]
    return [fur, cap, *(p.glossy(0.95) for p in metal), *(p for b in beads for p in around(b, arches)),
            *(p.glossy(0.6) for p in jewels)]


def brim(wide: float, hole: float, color: Color, curl: float, thick: float = 0.07) -> Part:
    """Flat, round, its left and right sides curled up by ``curl``."""
    flat = lathe([(hole, 0), (wide - 0.05, 0), (wide, thick / 2), (wide - 0.05, thick), (hole, thick)], color,
                 corners=36,
                 closed=True)
    x, y, z = flat.scaled(z=1.12).vertices.T
    return replace(flat, vertices=np.stack([x, y + curl * (x / wide) ** 4 - 0.4 * curl * (z / wide) ** 4, z], -1))


def silk_hat(high: float, waist: float, wide: float, color: Color, curl: float = 0.14) -> list[Part]:
    top = lathe([(0.54, 0), *curve([(0.52, 0.1), (waist, high * 0.5), (0.58, high * 0.94)], 9), (0.59, high),
                 (0.55, high + 0.03), (0, high + 0.02)], color, corners=36)
    return [brim(wide, 0.5, color, curl), top]


def top_hat(rng: Generator, hue: Color) -> list[Part]:
    """Black silk with a band in color."""
    band = (*JEWELS, (0.62, 0.62, 0.64))[rng.integers(5)]
    return [*(p.glossy(0.35) for p in silk_hat(rng.uniform(0.85, 1.1), rng.uniform(0.48, 0.53), 0.95, BLACK)),
            lathe([(0.56, 0.05), (0.55, 0.28)], band, corners=36)]


def goggled_hat(rng: Generator, hue: Color) -> list[Part]:
    """Of brown leather, with goggles around it."""
    lens = ((0.40, 0.62, 0.62), (0.80, 0.52, 0.22))[rng.integers(2)]
    side = [lathe([(0.14, 0), (0.17, 0.02), (0.17, 0.12), (0.13, 0.13)], BRONZE, corners=20).glossy(0.9),
            lathe([(0.12, 0.1), (0.11, 0.14)], lens, corners=18).glossy(0.6)]
    goggles = pair(*(p.turned("x", 85).turned("y", 22).moved(0.21, 0.36, 0.5) for p in side))
    return [*finished(silk_hat(rng.uniform(0.8, 0.95), 0.5, 1.0, (0.40, 0.26, 0.17), 0.2), "leather", 0.12, gloss=0.15),
            lathe([(0.565, 0.05), (0.56, 0.16)], (0.24, 0.15, 0.11), corners=36),
            lathe([(0.55, 0.3), (0.55, 0.42)], (0.24, 0.15, 0.11), corners=36), *goggles]


def buckled_hat(rng: Generator, hue: Color) -> list[Part]:
    """Of green felt, tall and wider above, with a belt and a buckle."""
    felt, high = shade((0.18, 0.42, 0.26), rng.uniform(0.85, 1.2)), rng.uniform(0.95, 1.15)
    frame = [box(s, (x, 0.22 + y, 0.6), GILT, 0.2).glossy(0.9) for s, x, y in
             (((0.34, 0.07, 0.06), 0, 0.12), ((0.34, 0.07, 0.06), 0, -0.12), ((0.07, 0.3, 0.06), 0.14, 0),
              ((0.07, 0.3, 0.06), -0.14, 0))]
    return [*finished(silk_hat(high, 0.5, 0.98, felt, 0.06), "fabric", 0.07), lathe([(0.57, 0.1), (0.565, 0.34)], INK,
                                                                                    corners=36),
            *frame]


def cowboy(color: Color, curl: float) -> list[Part]:
    """A brim rolled up at its sides, a crown dented along its middle and pinched in front."""
    top = lathe([(0.56, 0), *curve([(0.54, 0.1), (0.5, 0.45), (0.42, 0.68), (0.2, 0.76), (0, 0.76)], 12)], color,
                corners=36)
    x, y, z = top.scaled(z=1.2).vertices.T
    dent = 0.24 * np.exp(-(x / 0.16) ** 2) * (y / 0.76) ** 3
    pinch = 1 - 0.35 * np.clip(z, 0, 1) * (y / 0.76) ** 2
    return [brim(1.08, 0.48, color, curl), replace(top, vertices=np.stack([x * pinch, y - dent, z], -1))]


def band(color: Color, low: float = 0.05, high: float = 0.2) -> Part:
    return lathe([(0.585, low), (0.57, high)], color, corners=36).scaled(z=1.2)


def cowboy_hat(rng: Generator, hue: Color) -> list[Part]:
    """Of felt, with a band and a buckle or a star."""
    dark = shade(hue, 0.45) if sum(hue) > 0.8 else TAN
    badge = plate(star(0.17, 0.08), 0.06, (0, 0.2, 0.68), GILT, 0.02) if rng.random() < 0.5 else (
        box((0.2, 0.19, 0.06), (0, 0.13, 0.69), SILVER, 0.3))
    return [*finished(cowboy(hue, rng.uniform(0.42, 0.6)), "leather", 0.12), band(dark), badge.glossy(0.9)]


def straw_hat(rng: Generator, hue: Color) -> list[Part]:
    """Woven, its edge bound, a cord around it."""
    trim = accent(rng, hue)
    return [*finished(cowboy(hue, rng.uniform(0.25, 0.4)), "knit", 0.09, amount=1.6), band(trim, 0.04, 0.13),
            *(dot(0.08, (x, 0.09, 0.68), trim) for x in (-0.06, 0.06))]


def motor_helmet(rng: Generator, hue: Color) -> list[Part]:
    """It covers the whole head; a dark visor, a stripe."""
    trim = accent(rng, hue)
    stripe = rng.choice((0.0, 0.16))
    shell = ball((0.86, 0.92, 1.0), (0, 0, 0), hue, 40).painted(lambda c: np.abs(c[:, 0]) < stripe, trim)
    visor = ball((0.83, 0.4, 0.82), (0, 0.06, 0.24), (0.14, 0.16, 0.19), 36).glossy(0.8)
    chin = loft(curve([(0.2, -0.48, 0.8, 0.36), (0.6, -0.48, 0.74, 0.35), (0.9, -0.47, 0.54, 0.31),
                       (1.03, -0.46, 0.3, 0.25), (1.07, -0.46, 0.1, 0.12)], 10), hue, 0.8)
    vents = [box((0.24, 0.09, 0.1), (0, -0.48, 1.05), INK, 0.4),
             *pair(box((0.14, 0.08, 0.1), (0.32, -0.48, 0.98), INK, 0.4))]
    hinge = pair(lathe([(0.17, 0), (0.15, 0.08)], trim, corners=18).turned("z", -90).moved(0.8, 0.06, 0.12))
    neck = lathe([(0.52, -0.93), (0.6, -0.88), (0.6, -0.7)], INK, corners=32).scaled(z=1.12)
    return [shell.glossy(0.5), visor, chin.glossy(0.5), *vents, *hinge, neck]


def hard_hat(rng: Generator, hue: Color) -> list[Part]:
    """For builders: three ribs, a peak in front."""
    dome = lathe([(0.8, 0), (0.8, 0.06), *curve([(0.79, 0.12), (0.74, 0.45), (0.5, 0.76), (0, 0.88)], 10)], hue,
                 corners=36)
    peak = loft([(z, 0.03, w, 0.05) for z, w in ((0.2, 0.84), (0.7, 0.78), (1.02, 0.6), (1.16, 0.3))], hue)
    a = np.linspace(np.radians(12), np.radians(168), 16)
    ribs = [tube(np.stack([0 * a + x, r * 0.9 * np.sin(a) + 0.02, r * 0.84 * np.cos(a)], -1), 0.075, hue,
                 8).scaled(z=1.12)
            for x, r in ((0, 1.0), (0.26, 0.95), (-0.26, 0.95))]
    rim = lathe([(0.7, 0), (0.86, 0), (0.9, 0.04), (0.86, 0.08), (0.7, 0.08)], hue, corners=36, closed=True)
    inner = lathe([(0.76, -0.09), (0.78, -0.05), (0.74, 0.05)], INK, corners=32)
    badge = ball((0.17, 0.15, 0.06), (0, 0.34, 0.89), accent(rng, hue), 16)
    return [p.glossy(0.4) for p in (*(q.scaled(z=1.12) for q in (dome, rim, inner)), peak, *ribs, badge)]


def cycle_helmet(rng: Generator, hue: Color) -> list[Part]:
    """For cyclists: long, with slots over a dark lining, and straps."""
    trim = accent(rng, hue)
    inner = ball((0.66, 0.6, 0.92), (0, 0, 0), INK, 28)
    bars = []
    for x in (-0.9, -0.45, 0.0, 0.45, 0.9):
        a = np.linspace(np.radians(4), np.radians(176), 14)
        y, z = 0.66 * np.sin(a), 0.98 * np.cos(a)
        bars.append(tube(np.stack([np.sin(x) * 0.78 * np.sin(a) ** 0.6, y * np.cos(x * 0.8), z], -1), 0.12,
                         hue if abs(x) > 0.1 else trim, 8))
    rim = ring(0.74, 0.13, (0, 0.04, 0), hue).scaled(z=1.3)
    straps = pair(tube([(0.68, 0.0, 0.3), (0.6, -0.35, 0.16), (0.1, -0.72, 0.2), (0, -0.74, 0.2)], 0.05, INK, 6),
                  tube([(0.68, 0.0, -0.4), (0.6, -0.35, 0.12)], 0.05, INK, 6))
    return [inner, *(p.glossy(0.4) for p in (*bars, rim)), *straps]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "crown": (NONE, crown, royal_crown),
    "top hat": (NONE, top_hat, goggled_hat, buckled_hat),
    "cowboy hat": ((*ANY, *("brown",) * 4, *("black",) * 2), cowboy_hat, straw_hat),
    "helmet": (ANY, motor_helmet, hard_hat, cycle_helmet),
}
