"""Mirrors; they face +z, units are about metres."""

import numpy as np
from numpy.random import Generator

from .joinery import BRASS, LINEN, pick, polished, spindle, wooden
from .palette import ANY
from .parts import GOLD, Color, Part, ball, curve, dot, lathe, moved, pair, prism, rod, shade, tube
from .storage import MIRRORED


def standing_mirror(rng: Generator, hue: Color) -> list[Part]:
    """A long one that swings between two posts."""
    wide, high, tilt = rng.uniform(0.22, 0.27), rng.uniform(1.3, 1.5), rng.uniform(-10, -4)
    oval = rng.random() < 0.5
    square = 1.0 if oval else 0.25
    a = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    line = np.stack([np.sign(f(a)) * np.abs(f(a))**square for f in (np.cos, np.sin)], -1) * (wide, high * 0.4)
    glass = [
        wooden(prism(line * (0.96, 0.98), 0.05, (0, 0, -0.005), shade(hue, 0.8))),
        prism(line * (0.84, 0.91), 0.03, (0, 0, 0.025), MIRRORED).glossy(0.9), *frame(line, 0.036, hue)
    ]
    x = wide + 0.07
    made = [
        spindle((x, 0.06, 0), (x, high * 0.74, 0), 0.034, hue, (1.1, 0.9, 0.7, 1, 0.8, 0.7, 0.8, 1, 0.7, 1.1)),
        wooden(ball(0.042, (x, high * 0.76, 0), hue, 12)),
        wooden(tube(curve([(x, 0, 0.26), (x, 0.05, 0.2), (x, 0.12, 0), (x, 0.05, -0.2), (x, 0, -0.26)], 11), 0.032,
                    hue)),
        polished(rod((wide - 0.03, high * 0.53, 0), (x + 0.04, high * 0.53, 0), 0.026, BRASS))
    ]
    return (moved(
        (p.turned("x", tilt)
         for p in glass), 0, high * 0.53, 0) + pair(*made) + [wooden(rod((-x, 0.14, 0), (x, 0.14, 0), 0.028, hue))])


def frame(line: np.ndarray, thick: float, color: Color) -> list[Part]:
    """A moulding along a closed line [N, 2], two halves that overlap a little."""
    count = len(line) // 2
    round_it = np.column_stack([line, np.zeros(len(line))])
    halves = [np.roll(round_it, -start, 0)[:count + 2] for start in (0, count)]
    return [wooden(tube(half, thick, color, 8)) for half in halves]


def wall_mirror(rng: Generator, hue: Color) -> list[Part]:
    """Round or oval, in a broad moulded frame with a crest."""
    tall = rng.uniform(1.0, 1.35)
    gold = rng.random() < 0.3
    rim = lathe(curve([(1.0, -0.03), (1.14, 0.0), (1.1, 0.06), (0.98, 0.05), (0.92, 0.02)], 14), hue, corners=40)
    rim = rim.finished("metal", 0.1, gloss=0.8) if gold else wooden(rim, "wood_x", 0.1).glossy(0.3)
    made = [rim, lathe([(0.95, 0.02), (0.95, 0.035)], MIRRORED, corners=40).glossy(0.9)]
    made = [p.turned("x", 90).scaled(0.5, 0.5 * tall, 0.8) for p in made]
    a = np.radians(np.linspace(0, 360, int(rng.integers(14, 22)), endpoint=False))
    return made + [
        dot((0.04, 0.04, 0.03), (0.57 * np.sin(t), 0.57 * tall * np.cos(t), 0.02), shade(hue, 1.25)) for t in a
    ]


def hand_mirror(rng: Generator, hue: Color) -> list[Part]:
    """With a turned handle."""
    tall = rng.uniform(1.0, 1.2)
    made = [
        lathe(curve([(0.9, -0.1), (1.02, -0.05), (1.05, 0.04), (0.92, 0.08)], 10), hue, corners=36).glossy(0.5),
        lathe([(0.86, 0.06), (0.86, 0.1)], MIRRORED, corners=36).glossy(0.9)
    ]
    made = [p.turned("x", 90).scaled(0.3, 0.3 * tall, 0.4) for p in made]
    handle = tube([(0, -0.27 * tall - y, 0) for y in (0, 0.05, 0.1, 0.16, 0.26, 0.36, 0.42, 0.45)],
                  [0.05, 0.036, 0.055, 0.042, 0.055, 0.06, 0.05, 0.02], hue, 14)
    return [*made, handle.glossy(0.5), ball((0.05, 0.05, 0.03), (0, 0.3 * tall + 0.03, 0), pick(rng, GOLD, LINEN), 12)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "mirror": (ANY, standing_mirror, wall_mirror, hand_mirror),
}
