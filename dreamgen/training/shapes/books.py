"""Books, closed and open; covers face +z."""

import numpy as np
from numpy.random import Generator

from .keepsakes import BRASS
from .palette import ANY
from .parts import CREAM, Color, Part, ball, box, curve, loft, pair, prism, shade, tube


def pages(wide: float, high: float, thick: float) -> Part:
    return box((wide, thick, high), (0, 0, 0), (0.95, 0.92, 0.84),
               0.05).finished("stripes", thick / 9, (0.84, 0.80, 0.70))


def closed_book(rng: Generator, hue: Color) -> list[Part]:
    """Standing, a little open to its side: a title and a sign on the cover, ribs on its round back."""
    wide, high, thick = rng.uniform(0.86, 1.0), rng.uniform(1.2, 1.4), rng.uniform(0.26, 0.36)
    gilt = (BRASS, CREAM, shade(hue, 0.5))[rng.integers(3)]
    covers = [box((wide, high, 0.06), (0, 0, s * thick / 2), hue, 0.3).finished("leather", 0.07, amount=0.5, gloss=0.2)
              for s in (1, -1)]
    spine = loft([(-high / 2, 0, thick * 0.32, thick / 2 + 0.03), (high / 2, 0, thick * 0.32, thick / 2 + 0.03)], hue,
                 0.8, 18).turned("x", 90).moved(-wide / 2, 0, 0)
    paper = box((wide * 0.95, high * 0.94, thick - 0.02), (0.0, 0, 0), (0.95, 0.92, 0.84),
                0.05).finished("stripes_z", 0.035, (0.84, 0.80, 0.70))
    ribs = [loft([(-0.03, 0, thick * 0.37, thick / 2 + 0.05), (0.03, 0, thick * 0.37, thick / 2 + 0.05)], gilt, 0.8,
                 18).turned("x", 90).moved(-wide / 2, high * y, 0) for y in (-0.32, 0.32, 0.16)]
    sign = [ball((0.17, 0.17, 0.02), (0.04, -0.1 * high, thick / 2 + 0.03), gilt, 14),
            box((wide * 0.6, 0.09, 0.02), (0.04, high * 0.28, thick / 2 + 0.035), gilt),
            box((wide * 0.4, 0.06, 0.02), (0.04, high * 0.17, thick / 2 + 0.035), gilt)]
    mark = box((0.1, 0.3, 0.03), (wide * 0.2, -high / 2 - 0.04, 0), (0.75, 0.17, 0.15))
    return [*covers, spine, paper, *ribs, *sign, mark]


def open_book(rng: Generator, hue: Color) -> list[Part]:
    """Lying open, its pages bent, lines of text on them."""
    wide, deep = rng.uniform(0.9, 1.0), rng.uniform(1.15, 1.3)
    t = np.linspace(0, 1, 12)
    rise = 0.2 * np.sin(np.pi * t ** 0.6) * (1 - 0.5 * t) + 0.1 - 0.05 * t
    outline = [*zip(t * wide, rise), (wide, 0.0), (0, 0.0)]
    page = prism(outline, deep, (0, 0.05, 0), (0.97, 0.95, 0.88)).finished("stripes", 0.03, (0.93, 0.9, 0.82))
    lines = []
    for k in range(7):
        z = -deep * 0.36 + k * deep * 0.12
        end = 0.85 if k % 3 else 0.6
        s = np.linspace(0.18, end, 7)
        y = np.interp(s, t, rise)
        lines += [prism([*zip(s * wide, y + 0.012), *zip(s[::-1] * wide, y[::-1] - 0.02)], 0.04, (0, 0.05, z),
                        (0.45, 0.43, 0.42))]
    cover = box((wide + 0.12, 0.08, deep + 0.26), (wide / 2 + 0.05, 0.02, 0), hue, 0.3).finished("leather", 0.07)
    ribbon = tube(curve([(0.04, 0.16, -deep * 0.3), (0.05, 0.2, deep * 0.3), (0.08, 0.1, deep * 0.54),
                         (0.12, 0.02, deep * 0.66)], 10), 0.028, (0.78, 0.18, 0.16), 6)
    return [*pair(page, cover, *lines), ribbon]


def book_stack(rng: Generator, hue: Color) -> list[Part]:
    """Three lying one on the other, the lowest and the top in color."""
    made, y, others = [], 0.0, ((0.85, 0.55, 0.35), (0.36, 0.5, 0.58), CREAM, (0.45, 0.55, 0.4))
    for k in range(3):
        wide, deep, thick = rng.uniform(1.15, 1.4) - 0.1 * k, rng.uniform(0.85, 1.0) - 0.05 * k, rng.uniform(0.2, 0.28)
        color, turn = (hue, others[rng.integers(4)], hue)[k], rng.uniform(-14, 14)
        back = loft([(-wide / 2, 0, thick * 0.3, thick / 2 + 0.03), (wide / 2, 0, thick * 0.3, thick / 2 + 0.03)],
                    color, 0.8, 14).turned("y", 90).moved(0, 0, deep / 2)
        one = [*(box((wide, 0.05, deep), (0, s * thick / 2, 0), color, 0.3) for s in (1, -1)), back,
               pages(wide * 0.96, deep * 0.95, thick - 0.02),
               *(box((0.05, thick * 1.06, 0.05), (x * wide, 0, deep / 2 + thick * 0.26), BRASS) for x in (-0.34, 0.34)),
               box((wide * 0.3, thick * 0.3, 0.04), (0, 0, deep / 2 + thick * 0.28), BRASS)]
        made += [p.turned("y", turn).moved(0, y + thick / 2, 0) for p in one]
        y += thick + 0.05
    return made


SHAPES = {                              # name: the colors that it comes in, and its designs
    "book": (ANY, closed_book, open_book, book_stack),
}
