"""Stools and benches; fronts face +z, the floor is y = 0, units are about metres."""

from numpy.random import Generator

from .joinery import BRASS, CHROME, IRON, WOODS, board, covered, cushion, pick, polished, spindle, wooden
from .palette import TIMBER
from .parts import Color, Part, around, curve, four, lathe, pair, prism, ring, rod, shade, tube


def milking_stool(rng: Generator, hue: Color) -> list[Part]:
    """A thick round seat on turned legs that stand out."""
    high, wide, legs = rng.uniform(0.34, 0.5), rng.uniform(0.17, 0.2), int(rng.integers(3, 5))
    seat = lathe(curve([(wide - 0.03, -0.05), (wide, -0.03), (wide, 0.0), (wide - 0.03, 0.015), (0, 0.0)], 12), hue)
    leg = spindle((0, 0, wide * 1.0), (0, high - 0.03, wide * 0.55), 0.028, hue, (0.7, 0.9, 1.1, 0.8, 1.0, 0.9))
    return [wooden(seat.moved(0, high, 0), "wood_x"), *around(leg, legs, 45)]


def bar_stool(rng: Generator, hue: Color) -> list[Part]:
    """A padded seat in color on a chromed column with a ring for the feet."""
    high, wide, metal = rng.uniform(0.62, 0.76), rng.uniform(0.18, 0.21), pick(rng, CHROME, CHROME, BRASS, IRON)
    pad = lathe(curve([(wide - 0.03, -0.05), (wide, -0.02), (wide, 0.02), (wide - 0.04, 0.055), (0, 0.06)], 12), hue)
    base = lathe(curve([(0.2, 0), (0.2, 0.02), (0.1, 0.045), (0.035, 0.1)], 9), metal)
    made = [
        rod((0, 0, 0), (0, high, 0), 0.028, metal), base,
        ring(0.14, 0.017, (0, high * 0.38, 0), metal),
        *around(rod((0, high * 0.38, 0), (0, high * 0.38, 0.14), 0.014, metal), 3),
        ring(wide - 0.004, 0.014, (0, high - 0.03, 0), metal)
    ]
    return covered([pad.moved(0, high + 0.02, 0)], pick(rng, "leather", "fabric"), 0.03) + [polished(p) for p in made]


def square_stool(rng: Generator, hue: Color) -> list[Part]:
    """Four straight legs with rails; the seat is of wood, or woven."""
    high, wide, thick = rng.uniform(0.45, 0.7), rng.uniform(0.32, 0.38), rng.uniform(0.036, 0.045)
    x, out, low = wide / 2 - 0.03, rng.uniform(0, 0.04), rng.uniform(0.2, 0.35) * high
    frame = shade(hue, 0.9) if rng.random() < 0.5 else pick(rng, *WOODS)
    rails = around(rod((-x - out * 0.7, low, x + out * 0.7), (x + out * 0.7, low, x + out * 0.7), 0.018, frame), 4)
    seat = (board((wide, 0.05, wide), (0, high, 0), hue, 0.4) if rng.random() < 0.5 else cushion(
        (wide, 0.11, wide), (0, high, 0), hue, 0.5, 0.25).finished("knit", 0.035))
    return [
        seat, *(wooden(p) for p in rails), *four(wooden(tube([(x + out, 0, x + out),
                                                              (x, high, x)], thick / 1.5, frame)))
    ]


def park_bench(rng: Generator, hue: Color) -> list[Part]:
    """Planks in color on two sides of cast iron with curled arms."""
    wide = rng.uniform(1.15, 1.5)
    made = [board((wide, 0.045, 0.11), (0, 0.45, 0.17 - 0.125 * k), hue, 0.25) for k in range(4)]
    made += [board((wide, 0.1, 0.04), (0, 0.57 + 0.125 * k, -0.26 - 0.035 * k), hue, 0.25) for k in range(3)]
    x = wide / 2 - 0.1
    leg = tube(
        curve([(x, 0, 0.26), (x, 0.16, 0.2), (x, 0.34, 0.22), (x, 0.43, 0.16), (x, 0.41, -0.1), (x, 0.43, -0.2),
               (x, 0.6, -0.3), (x, 0.9, -0.38)], 24), 0.03, IRON)
    back = tube(curve([(x, 0, -0.34), (x, 0.2, -0.24), (x, 0.42, -0.2)], 8), 0.03, IRON)
    arm = tube(
        curve([(x, 0.72, -0.33), (x, 0.68, -0.1), (x, 0.66, 0.16), (x, 0.6, 0.24), (x, 0.55, 0.2), (x, 0.58, 0.14)],
              18), 0.026, IRON)
    post = tube([(x, 0.42, 0.14), (x, 0.66, 0.12)], 0.022, IRON)
    return made + [p.glossy(0.3) for p in pair(leg, back, arm, post)]


def garden_bench(rng: Generator, hue: Color) -> list[Part]:
    """All of wood: upright slats, straight arms."""
    wide, high, count = rng.uniform(1.1, 1.4), rng.uniform(0.85, 0.95), int(rng.integers(7, 10))
    x = wide / 2 - 0.04
    made = [board((wide, 0.04, 0.13), (0, 0.44, 0.19 - 0.15 * k), hue, 0.2) for k in range(3)]
    slats = [
        board((0.06, high - 0.56, 0.03), (x * 1.75 * (k / (count - 1) - 0.5), (high + 0.5) / 2, -0.23), hue)
        for k in range(count)
    ]
    made += [
        *slats,
        board((wide, 0.09, 0.05), (0, high, -0.23), hue, 0.3),
        board((wide, 0.06, 0.045), (0, 0.52, -0.23), hue),
        board((wide - 0.06, 0.08, 0.04), (0, 0.37, 0.22), hue)
    ]
    return made + pair(board(
        (0.07, high, 0.07), (x, high / 2, -0.23), hue), board(
            (0.07, 0.66, 0.07), (x, 0.33, 0.22), hue), board(
                (0.09, 0.045, 0.56), (x, 0.67, 0.01), hue, 0.4), board((0.045, 0.06, 0.44), (x, 0.2, 0), hue))


def plank_bench(rng: Generator, hue: Color) -> list[Part]:
    """A board on two sloping ends, without a back."""
    wide, deep, high = rng.uniform(1.0, 1.3), rng.uniform(0.3, 0.36), rng.uniform(0.42, 0.48)
    x = wide / 2 - 0.17
    foot = prism([(-deep * 0.45, 0), (-deep * 0.18, 0), (0, 0.09), (deep * 0.18, 0), (deep * 0.45, 0),
                  (deep * 0.38, high - 0.03), (-deep * 0.38, high - 0.03)], 0.06, (0, 0, 0), shade(hue, 0.92))
    return [
        board((wide, 0.06, deep), (0, high, 0), hue, 0.3),
        board((2 * x, 0.12, 0.05), (0, high - 0.1, 0), shade(hue, 0.92)),
        *pair(wooden(foot.turned("y", 90)).turned("z", 6).moved(x, 0, 0))
    ]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "stool": (TIMBER, milking_stool, bar_stool, square_stool),
    "bench": (TIMBER, park_bench, garden_bench, plank_bench),
}
