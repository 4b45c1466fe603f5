"""What one drinks from."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .pantry import BERRY, IVORY, angle, mix, puck, ribbed, warped
from .parts import GOLD, STEEL, Color, Part, ball, box, curve, lathe, ring, shade, tube

COFFEE, TEA, CORK, GLASS = (0.34, 0.20, 0.12), (0.62, 0.33, 0.12), (0.76, 0.58, 0.38), (0.80, 0.88, 0.92)


def vessel(profile, wall: float, color: Color, floor: float, corners: int = 36) -> Part:
    """Open at its top: the outside from its foot to its rim, then back inside down to ``floor``."""
    outside = np.asarray(profile, float)
    inside = outside[outside[:, 1] > floor][::-1] - (wall, 0)
    rim = [(outside[-1, 0] - wall * 0.15, outside[-1, 1] + wall * 0.35),
           (outside[-1, 0] - wall * 0.85, outside[-1, 1] + wall * 0.35)]
    return lathe([*outside, *rim, *inside, (inside[-1, 0] * 0.9, floor), (0, floor)], color, corners=corners)


def ear(wide: float, low: float, top: float, out: float, thick: float, color: Color) -> Part:
    """A handle on the right."""
    mid = (low + top) / 2
    return tube(curve([(wide - 0.06, top, 0), (wide + out * 0.8, top + 0.02, 0), (wide + out, mid, 0),
                       (wide + out * 0.65, low + 0.02, 0),
                       (wide - 0.06, low, 0)], 16), thick, color, 10)


def steam(y: float, high: float) -> list[Part]:
    t = np.linspace(0, 1, 12)
    return [tube(np.stack([x + 0.09 * np.sin(t * 7 + x * 9), y + t * high, 0 * t], -1),
                 0.075 * np.sin(np.pi * (0.15 + 0.85 * t)) + 0.012,
                 (0.97, 0.97, 0.96), 7) for x in (-0.18, 0.18)]


def coffee_mug(rng: Generator, hue: Color) -> list[Part]:
    """Straight, full of coffee."""
    wide, high = rng.uniform(0.52, 0.6), rng.uniform(1.05, 1.25)
    body = vessel([(wide * 0.85, 0), (wide * 0.96, 0.04), (wide, 0.12), (wide, high)], 0.08, hue, 0.12)
    return [p.glossy(0.5) for p in (body, ear(wide, high * 0.22, high * 0.8, 0.4, 0.095, hue),
                                    lathe([(wide - 0.07, high * 0.8), (wide - 0.07, high * 0.86)], COFFEE, corners=36))]


def round_mug(rng: Generator, hue: Color) -> list[Part]:
    """Bellied, light inside and at a band, foam on top."""
    fat = rng.uniform(0.62, 0.72)
    outside = curve([(0.4, 0), (fat * 0.92, 0.2), (fat, 0.55), (fat * 0.9, 0.95), (fat * 0.93, 1.08)], 16)
    body = vessel(outside, 0.08, IVORY, 0.15)
    glaze = lathe(outside[:10] + (0.02, 0), hue, corners=36)
    foam = lathe([(fat * 0.84, 0.9), (fat * 0.83, 0.97), (0, 1.0)], (0.93, 0.84, 0.70), corners=30)
    heart = [ball((0.16, 0.03, 0.16), (x, 0.99, -0.08), COFFEE, 12) for x in (-0.1, 0.1)]
    return [p.glossy(0.45) for p in (body, glaze, ear(fat * 0.95, 0.28, 0.88, 0.4, 0.1, hue), foam, *heart)] + [
        ball((0.19, 0.03, 0.22), (0, 0.99, 0.05), COFFEE, 12)]


def enamel_mug(rng: Generator, hue: Color) -> list[Part]:
    """A camper's: low and wide, with a dark rim."""
    wide, high, dark = rng.uniform(0.6, 0.66), rng.uniform(0.9, 1.0), shade(hue, 0.45) if max(hue) > 0.3 else IVORY
    body = vessel([(wide * 0.94, 0), (wide, 0.05), (wide, high)], 0.06, hue,
                  0.1).finished("speckled", 0.13, mix(hue, IVORY, 0.55), gloss=0.5)
    return [body, ring(wide - 0.02, 0.06, (0, high, 0), dark).glossy(0.4),
            ear(wide, high * 0.2, high * 0.82, 0.36, 0.085, hue).glossy(0.5),
            lathe([(wide - 0.05, high * 0.75), (wide - 0.05, high * 0.8)], COFFEE, corners=32).glossy(0.4)]


def steaming_mug(rng: Generator, hue: Color) -> list[Part]:
    return [*coffee_mug(rng, hue), *steam(1.15, 0.65)]


def teapot(rng: Generator, hue: Color) -> list[Part]:
    """Round; its spout to the right."""
    fat, lid = rng.uniform(0.86, 0.98), shade(hue, 0.82)
    body = lathe(curve([(0.45, 0), (0.52, 0.04), (fat * 0.96, 0.38), (fat, 0.72), (0.7, 1.14), (0.42, 1.24)], 20), hue,
                 corners=34)
    spout = tube(curve([(0.6, 0.4, 0), (1.15, 0.55, 0), (1.32, 0.95, 0), (1.62, 1.2, 0)], 12),
                 np.interp(np.linspace(0, 1, 12), [0, 0.5, 1], [0.3, 0.19, 0.13]), hue, 12)
    handle = tube(curve([(-0.6, 1.05, 0), (-1.2, 1.12, 0), (-1.38, 0.7, 0), (-0.78, 0.3, 0)], 16), 0.105, hue, 10)
    knob = [lathe(curve([(0.5, 1.16), (0.47, 1.26), (0.25, 1.38), (0, 1.4)], 8), lid), ball(0.14, (0, 1.5, 0), lid, 14),
            lathe([(0.5, -0.06), (0.52, 0.03), (0.46, 0.08)], lid)]
    return [p.glossy(0.55) for p in (body, spout, handle, *knob)]


def flowered_teapot(rng: Generator, hue: Color) -> list[Part]:
    """Pear-shaped porcelain with a light band, and a gilded knob."""
    body = lathe(curve([(0.5, 0), (0.85, 0.3), (0.9, 0.6), (0.6, 1.2), (0.45, 1.45)], 24), hue, corners=34)
    band = lathe(curve([(0.88, 0.36), (0.93, 0.45), (0.92, 0.65), (0.85, 0.82), (0.8, 0.86)], 9), IVORY, corners=34)
    blossoms = [band]
    for a in range(0, 360, 72):
        petals = [ball((0.09, 0.09, 0.05), (0.1 * np.sin(b), 0.1 * np.cos(b), 0), hue, 8)
                  for b in np.arange(5) * 1.2566]
        blossoms += [p.moved(0, 0.62, 0.93).turned("y", a + 20) for p in (*petals, ball(0.06, (0, 0, 0.03), GOLD, 8))]
    spout = tube(curve([(0.6, 0.35, 0), (1.1, 0.5, 0), (1.2, 1.0, 0), (1.45, 1.35, 0)], 12),
                 np.interp(np.linspace(0, 1, 12), [0, 0.5, 1], [0.26, 0.16, 0.12]), hue, 12)
    handle = tube(curve([(-0.5, 1.3, 0), (-1.05, 1.45, 0), (-1.3, 1.0, 0), (-1.05, 0.6, 0), (-0.8, 0.45, 0)], 16),
                  0.095, hue, 10)
    lid = lathe(curve([(0.5, 1.4), (0.5, 1.48), (0.3, 1.66), (0.1, 1.72), (0, 1.72)], 10), hue)
    return [p.glossy(0.55) for p in (body, *blossoms, spout, handle, lid, ball(0.13, (0, 1.8, 0), GOLD, 14))]


def kettle(rng: Generator, hue: Color) -> list[Part]:
    """Enamelled iron, a handle over its lid, a short spout."""
    body = lathe(curve([(0.8, 0), (1.0, 0.12), (1.02, 0.4), (0.75, 0.9), (0.45, 1.08), (0.4, 1.1)], 20), hue,
                 corners=34)
    spout = tube([(0.75, 0.5, 0), (1.05, 0.72, 0), (1.42, 1.02, 0)], [0.24, 0.19, 0.13], hue, 12)
    bow = curve([(-0.62, 0.85, 0), (-0.72, 1.45, 0), (0, 1.85, 0), (0.72, 1.45, 0), (0.62, 0.85, 0)], 20)
    grip = tube(bow[6:14], 0.12, (0.45, 0.28, 0.16), 10)
    return [body.glossy(0.5), spout.glossy(0.5), tube(bow, 0.075, (0.25, 0.25, 0.27)).glossy(0.4),
            grip.finished("wood_x", 0.1),
            lathe([(0.46, 1.04), (0.44, 1.13), (0.2, 1.2), (0, 1.21)],
                  shade(hue, 0.85)).glossy(0.5), ball(0.12, (0, 1.27, 0), (0.45, 0.28, 0.16), 12)]


def glass_with(bowl, level: float, drink: Color, foot: float) -> list[Part]:
    """A stemmed glass of opaque pale glass, filled to ``level``; ``bowl`` is its outside from the stem up."""
    outside = np.asarray(bowl, float)
    cup = vessel(outside, 0.05, GLASS, level - 0.06)
    low = outside[outside[:, 1] <= level]
    wine = lathe([(0, low[0, 1] - 0.03), *(low + (0.018, 0)), (low[-1, 0] - 0.03, level + 0.015), (0, level + 0.015)],
                 drink, corners=32)
    base = lathe(curve([(foot, 0), (foot, 0.05), (0.16, 0.12), (0.075, 0.26), (0.07, 0.7),
                        (outside[0, 0], outside[0, 1] + 0.04)], 18), GLASS, corners=30)
    return [p.glossy(0.6) for p in (cup, wine, base)]


def wine_glass(rng: Generator, hue: Color) -> list[Part]:
    """A red wine's: a wide bowl."""
    r = rng.uniform(0.5, 0.6)
    return glass_with(curve([(0.08, 0.88), (r * 0.7, 1.0), (r, 1.35), (r * 0.93, 1.7), (r * 0.76, 2.1)], 22),
                      rng.uniform(1.55, 1.75),
                      (0.52, 0.07, 0.16), 0.45)


def tulip_glass(rng: Generator, hue: Color) -> list[Part]:
    """A white wine's: narrow."""
    r = rng.uniform(0.4, 0.45)
    return glass_with(curve([(0.08, 0.95), (r * 0.75, 1.1), (r, 1.5), (r * 0.95, 1.85), (r * 0.82, 2.25)], 22),
                      rng.uniform(1.75, 1.95),
                      (0.93, 0.83, 0.45), 0.42)


def flute(rng: Generator, hue: Color) -> list[Part]:
    """Sparkling wine with pearls."""
    drink = (0.95, 0.80, 0.42) if rng.random() < 0.5 else (0.93, 0.62, 0.58)
    pearls = [ball(0.035, (0.3 * np.sin(a), y, 0.3 * np.cos(a)), (1.0, 0.96, 0.85), 6)
              for a, y in zip(np.arange(12) * 2.4, np.linspace(1.2, 2.0, 12))]
    return [*glass_with(curve([(0.07, 0.8), (0.22, 1.0), (0.31, 1.5), (0.32, 2.0), (0.29, 2.5)], 22), 2.25, drink,
                        0.4), *pearls]


def label(radius: float, low: float, top: float, color: Color, accent: Color) -> list[Part]:
    """Paper around a bottle: two lines, and an emblem in front."""
    r = radius * 1.025
    return [lathe([(r, low), (r, top)], color, corners=32), *(lathe([(r * 1.01, y), (r * 1.01, y + 0.045)], accent,
                                                                     corners=32)
            for y in (low + 0.05, top - 0.095)), ball((0.13, 0.13, 0.03), (0, (low + top) / 2, r), accent, 14)]


def bottle(rng: Generator, hue: Color) -> list[Part]:
    """A wine's, with sloping shoulders and a cork."""
    fat, high = rng.uniform(0.36, 0.44), rng.uniform(1.15, 1.4)
    glass = lathe([(fat * 0.9, 0), (fat, 0.06), *curve([(fat, high), (fat * 0.9, high + 0.2), (0.19, high + 0.5),
                                                        (0.155, high + 0.75)], 12),
                   (0.155, high + 0.95), (0.19, high + 0.96), (0.19,
                                                               high + 1.06), (0.16, high + 1.08)], hue, corners=32)
    accent = GOLD if rng.random() < 0.5 else BERRY
    return [glass.glossy(0.6), *label(fat, 0.3, high * 0.8, IVORY, accent), puck(0.125, 0.2, CORK, (0, high + 1.02, 0))]


def milk_bottle(rng: Generator, hue: Color) -> list[Part]:
    """Short and wide-necked, a lid on it."""
    fat, high = rng.uniform(0.5, 0.56), rng.uniform(0.95, 1.1)
    glass = lathe([(fat * 0.85, 0), (fat, 0.1), *curve([(fat, high), (fat * 0.9, high + 0.22), (0.29, high + 0.5),
                                                        (0.27, high + 0.62)], 12),
                   (0.33, high + 0.66), (0.33, high + 0.76)], hue, corners=32)
    return [glass.glossy(0.5), *label(fat, high * 0.35, high * 0.85, IVORY, shade(hue, 0.7)),
            puck(0.36, 0.16, CORK, (0, high + 0.74, 0))]


def water_bottle(rng: Generator, hue: Color) -> list[Part]:
    """For sports: steel neck, a lid with a loop."""
    fat, high = rng.uniform(0.36, 0.42), rng.uniform(1.45, 1.6)
    body = lathe([(fat * 0.85, 0), (fat, 0.08), (fat, high), *curve([(fat, high), (fat * 0.85, high + 0.16),
                                                                     (fat * 0.62, high + 0.26)], 7)], hue, corners=32)
    dark = (0.20, 0.20, 0.22)
    loop = ring(0.16, 0.06, (0, 0, 0), dark).turned("x", 90).moved(0, high + 0.58, 0)
    return [body.glossy(0.45), lathe([(fat * 1.02, 0.3), (fat * 1.02, 0.42)], shade(hue, 1.5), corners=32),
            puck(fat * 0.66, 0.1, STEEL, (0, high + 0.22,
                                          0)).glossy(0.9), puck(fat * 0.75, 0.26, dark, (0, high + 0.28, 0), 0.2), loop]


def soda_can(rng: Generator, hue: Color) -> list[Part]:
    """Aluminium, a wave and drops on it."""
    high = rng.uniform(1.5, 1.75)
    wave, light = rng.uniform(0, 6), (0.96, 0.96, 0.95) if min(hue) < 0.8 else (0.80, 0.20, 0.20)
    body = lathe([(0.5, 0.14), (0.5, high - 0.12)], hue, corners=36).glossy(0.6)

    def waves(v):
        v[:, 1] += high * 0.5 + 0.16 * np.sin(angle(v) * 2 + wave)
        return v
    bands = [warped(lathe([(0.45, low), (0.508, low), (0.508, top), (0.45, top)], light, corners=48), waves).glossy(0.6)
             for low, top in ((-0.1, 0.16), (-0.26, -0.18))]
    ends = [lathe([(0.38, 0), (0.42, 0.02), (0.5, 0.15)], STEEL, corners=36),
            lathe([(0.5, high - 0.13), (0.43, high), (0.43, high + 0.05), (0.38, high + 0.05), (0.37, high),
                   (0, high)], STEEL, corners=36)]
    tab = [box((0.16, 0.05, 0.32), (0, high + 0.04, 0.05), (0.75, 0.76, 0.79), 0.4),
           ball((0.13, 0.02, 0.1), (0, high + 0.01, 0.22), (0.35, 0.36, 0.39), 12)]
    return [body, *bands, *(p.glossy(0.95) for p in ends), *(p.glossy(0.8) for p in tab)]


def slim_can(rng: Generator, hue: Color) -> list[Part]:
    """Tall and slim, dots rising."""
    high, light = rng.uniform(1.9, 2.1), (0.96, 0.96, 0.95) if min(hue) < 0.8 else (0.25, 0.50, 0.75)
    bubbles = [ball((s, s, 0.03), (0, y, 0.42), light, 12).turned("y", a) for a, y, s in
               zip(np.arange(14) * 137.5, np.linspace(0.35, high * 0.82, 14), np.tile([0.12, 0.07, 0.1, 0.06], 4))]
    body = lathe([(0.42, 0.14), (0.42, high - 0.14)], hue, corners=36).glossy(0.6)
    ends = [lathe([(0.3, 0), (0.34, 0.02), (0.42, 0.15)], STEEL, corners=36),
            lathe([(0.42, high - 0.15), (0.35, high), (0.35, high + 0.05), (0.3, high + 0.05), (0.29, high),
                   (0, high)], STEEL, corners=36)]
    tab = box((0.15, 0.05, 0.28), (0, high + 0.04, 0.05), (0.75, 0.76, 0.79), 0.4)
    return [body, *bubbles, *(p.glossy(0.95) for p in ends), tab.glossy(0.8)]


def saucer(radius: float, color: Color) -> Part:
    r = radius
    return lathe([(r * 0.5, -0.02), (r * 0.6, 0.02), (r * 0.97, 0.14), (r, 0.18), (r * 0.96, 0.21), (r * 0.6, 0.1),
                  (r * 0.4, 0.07), (0, 0.07)],
                 color, corners=36)


def tea_cup(rng: Generator, hue: Color) -> list[Part]:
    """On its saucer, tea in it."""
    r = rng.uniform(0.62, 0.7)
    cup = vessel(curve([(0.3, 0.05), (0.32, 0.14), (r * 0.75, 0.28), (r * 0.95, 0.6), (r * 1.04, 0.95)], 18), 0.06,
                 hue, 0.3)
    return [p.glossy(0.55) for p in (saucer(1.05, hue), cup, lathe([(r * 0.95, 0.76), (r * 0.95, 0.8)], TEA,
                                                                   corners=36),
                                     ear(r * 0.96, 0.42, 0.84, 0.32, 0.07,
                                         hue), ring(r * 1.01, 0.045, (0, 0.96, 0), GOLD))]


def porcelain_cup(rng: Generator, hue: Color) -> list[Part]:
    """Fluted, with a light saucer and a tea bag's tag."""
    r = rng.uniform(0.66, 0.74)
    cup = ribbed(vessel(curve([(0.34, 0.05), (0.5, 0.2), (r * 0.95, 0.45), (r * 0.98, 0.85)], 16), 0.07, hue, 0.25,
                        48), 12, 0.05)
    thread = tube(curve([(r * 0.6, 0.86, r * 0.62), (r * 0.72, 0.9, r * 0.74), (r * 0.74, 0.6, r * 0.8)], 8), 0.03,
                  IVORY, 6)
    tag = box((0.26, 0.3, 0.05), (0, 0, 0), IVORY, 0.2).turned("y", 42).moved(r * 0.75, 0.45, r * 0.82)
    return [p.glossy(0.5) for p in (saucer(1.1, IVORY), ring(1.08, 0.05, (0, 0.19, 0), hue), cup,
                                    lathe([(r * 0.89, 0.68), (r * 0.89, 0.72)], TEA,
                                          corners=36), ear(r * 0.95, 0.35, 0.75, 0.34, 0.08, hue))] + [thread, tag]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "coffee mug": (ANY, coffee_mug, round_mug, enamel_mug, steaming_mug),
    "teapot": (ANY, teapot, flowered_teapot, kettle),
    "wine glass": (NONE, wine_glass, tulip_glass, flute),
    "bottle": (ANY, bottle, milk_bottle, water_bottle),
    "soda can": (ANY, soda_can, slim_can),
    "tea cup": (ANY, tea_cup, porcelain_cup),
}
