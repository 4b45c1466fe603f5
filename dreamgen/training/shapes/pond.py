"""Animals of the water; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .bodies import BLACK, eyes, limb, on, placed, smile, torso
from .palette import ANY, NONE, Color
from .parts import CREAM, WHITE, Part, ball, curve, lathe, pair, shade


def fin(points, radii, color: Color, thick: float = 0.2, count: int = 9) -> Part:
    """A limb pressed flat in x."""
    return limb(points, radii, color, count, 14).scaled(x=thick)


def goggles(x: float, y: float, z: float, r: float, out: float) -> list[Part]:
    """White eyes with dark pupils, on the flat sides of a head."""
    eye = [ball((r, r, r * 0.6), (0, 0, 0), WHITE, 16).glossy(0.4), ball((r * 0.62, r * 0.62, r * 0.3), (0, 0,
           r * 0.42), BLACK, 14).glossy(0.6),
           ball(r * 0.2, (0.18 * r, 0.26 * r, r * 0.68), WHITE, 8)]
    return pair(*(p.turned("y", out).moved(x, y, z) for p in eye))


def goldfish(rng: Generator, hue: Color) -> list[Part]:
    """Round, its fins long and soft."""
    high, veil = rng.uniform(0.44, 0.52), shade(hue, 1.3) if max(hue) > 0.3 else (0.42, 0.40, 0.44)
    body = torso([(-0.62, 0, 0.06, 0.1), (-0.4, 0, 0.18, 0.24), (0, 0, 0.32, high), (0.3, 0, 0.33, high * 0.95), (0.56,
                 -0.02, 0.2, high * 0.5), (0.62, -0.03, 0.13, 0.16)],
                 hue, 16, 28).finished("scales", 0.13, amount=1.3, gloss=0.3)
    lobe = [fin([(0, 0, -0.6), (0, s * 0.22, -0.9), (0, s * 0.42, -1.22)], [0.1, 0.2, 0.14], veil, 0.3) for s in (1,
            -1)]
    back = [fin([(0, high * 0.85, 0.25), (0, high + 0.1, 0.02), (0, high * 0.8, -0.34)], [0.08, 0.19, 0.08], veil,
                0.35),
            fin([(0, -high * 0.75, -0.12), (0, -high - 0.12, -0.36)], [0.1, 0.12], veil, 0.35, 5)]
    side = fin([(0, 0, 0.1), (0, -0.06, -0.1), (0, -0.14, -0.28)], [0.07, 0.12, 0.09], veil, 0.4, 7).turned("y",
            -32).moved(0.34, -0.12, 0.12)
    mouth = limb([(-0.08, -0.12, 0.76), (0, -0.1, 0.79), (0.08, -0.12, 0.76)], 0.045, shade(hue, 0.6), 5, 8)
    return [body, *lobe, *back, mouth] + pair(side) + goggles(0.25, 0.1, 0.48, 0.13, 58)


def reef_fish(rng: Generator, hue: Color) -> list[Part]:
    """Oval, with two white bands edged in black, as a clown fish."""
    high = rng.uniform(0.36, 0.42)
    line = [(-0.66, 0, 0.05, 0.1), (-0.45, 0, 0.14, 0.2), (-0.05, 0, 0.24, high), (0.3, 0, 0.25, high * 0.95), (0.58,
            -0.01, 0.18, high * 0.6), (0.66, -0.02, 0.12, high * 0.36)]
    body, dense = torso(line, hue, 16, 26).glossy(0.35), curve(line, 60)
    bands = []
    for z, wide in ((0.34, 0.09), (-0.12, 0.1), (-0.5, 0.06)):
        for grow, w, color in ((1.02, wide + 0.035, (0.12, 0.11, 0.12)), (1.045, wide, (0.96, 0.95, 0.93))):
            rows = dense[np.abs(dense[:, 0] - z) < w] * (1, 1, grow, grow)
            bands.append(torso(np.concatenate([rows[:1] * (1, 1, 0.9, 0.9), rows, rows[-1:] * (1, 1, 0.9, 0.9)]) +
                               np.array(
                [[-0.01, 0, 0, 0]] + [[0, 0, 0, 0]] * len(rows) + [[0.01, 0, 0, 0]]), color, 8, 26).glossy(0.3))
    tail = fin([(0, 0, -0.66), (0, 0, -0.9)], [0.1, 0.25], hue, 0.25, 6)
    back = [fin([(0, high * 0.9, 0.28), (0, high + 0.06, 0.05), (0, high * 0.85, -0.14), (0, high * 0.8, -0.36)],
                [0.06, 0.14, 0.1, 0.12], hue, 0.4),
            fin([(0, -high * 0.85, -0.1), (0, -high * 0.9, -0.3)], [0.09, 0.12], hue, 0.4, 5)]
    side = fin([(0, 0, 0.08), (0, -0.05, -0.16)], [0.07, 0.15], shade(hue, 0.85), 0.35, 6).turned("y", -34).moved(0.26,
            -0.06, 0.12)
    return [body, *bands, tail, *back, smile((0.15, 0.15, 0.19), (0, -0.04, 0.62), 50, -18, 14, 0.022, (0.25, 0.12,
            0.1))] + pair(side) + goggles(
        0.17, 0.09, 0.56, 0.1, 56)


def angelfish(rng: Generator, hue: Color) -> list[Part]:
    """Flat and tall, striped upright, with long fins above and below."""
    high, dark = rng.uniform(0.52, 0.6), shade(hue, 0.35) if 0.3 < max(hue) < 0.85 else ((0.2, 0.22,
            0.3) if max(hue) > 0.3 else (0.86, 0.78, 0.5))
    body = torso([(-0.5, 0, 0.05, 0.12), (-0.3, 0, 0.11, 0.36), (0, 0, 0.17, high), (0.25, 0, 0.18, high * 0.8), (0.5,
                 -0.03, 0.12, 0.26), (0.6, -0.05, 0.07, 0.12)],
                 hue, 16, 26).finished("stripes_z", rng.uniform(0.15, 0.2), dark, gloss=0.3)
    sweep = [fin([(0, s * high * 0.8, 0.1), (0, s * (high + 0.16), -0.2), (0, s * (high + 0.3), -0.52)], [0.2, 0.2,
             0.09], shade(hue, 0.85), 0.25) for s in (1, -1)]
    tail = fin([(0, 0, -0.48), (0, 0, -0.78), (0, 0, -0.96)], [0.1, 0.24, 0.32], shade(hue, 0.85), 0.22, 7)
    side = fin([(0, 0, 0.05), (0, -0.08, -0.2)], [0.06, 0.1], dark, 0.4, 5).turned("y", -30).moved(0.19, -0.1, 0.16)
    feeler = limb([(0.06, -high * 0.7, 0.22), (0.1, -high - 0.1, 0.1), (0.12, -high - 0.4, -0.08)], [0.045, 0.04,
                  0.03], shade(hue, 0.85), 6, 8)
    return [body, *sweep, tail] + pair(side, feeler) + goggles(0.115, 0.06, 0.42, 0.1, 66)


SKINS = ((0.52, 0.64, 0.32), (0.45, 0.60, 0.42), (0.66, 0.62, 0.36))
SHELLS = ((0.42, 0.30, 0.17), (0.28, 0.40, 0.20), (0.55, 0.38, 0.20), (0.24, 0.38, 0.34))


def horn(color: Color) -> Color:
    """Of a shell's plates: warmer and lighter than between them."""
    return tuple((0.5 * np.array(color) + 0.5 * np.array((0.80, 0.66, 0.36))).tolist())


def shell(size, color: Color, plate: Color, rng: Generator) -> list[Part]:
    """A dome at the origin, with raised plates and a rim."""
    w, h, d = size
    dome = lathe(curve([(1.0, -0.06), (0.98, 0.2), (0.72, 0.72), (0.35, 0.95), (0, 1.0)], 12), color,
                 corners=32).scaled(w, h, d)
    made = [dome, lathe([(0.9, -0.12), (1.06, -0.08), (1.08, 0.02), (1.0, 0.1)], shade(color, 0.75),
                        corners=32).scaled(w, h, d)]
    for up, count, r in ((90, 1, 0.36), (46, 6, 0.33), (14, 9, 0.25)):
        for k in range(count):
            side = 360 * (k + 0.5 * (up < 40)) / count
            lean = 90 if up == 90 else np.degrees(np.arctan(np.tan(np.radians(up)) * (w + d) / 2 / h))
            made.append(ball((r * w, r * w, 0.075 * w), (0, 0, 0), shade(plate, rng.uniform(0.94, 1.08)),
                             14).turned("x", -lean).turned("y", side).moved(
                *on(size, (0, 0, 0), side, up, 0.985)))
    return made


def turtle_head(skin: Color) -> list[Part]:
    size = 0.95, 0.9, 1.05
    return [ball(size, (0, 0, 0), skin, 22), smile((0.96, 0.9, 1.06), (0, 0, 0), 56, -26, 18, 0.07, shade(skin, 0.45)),
            *pair(ball((0.06, 0.06, 0.05), on(size, (0, 0, 0), 10, 8), shade(skin, 0.5), 8))] + eyes(size, (0, 0, 0),
            42, 22, 0.25)


def tortoise(rng: Generator, hue: Color) -> list[Part]:
    """A high dome on four stout legs."""
    skin, brown = SKINS[rng.integers(3)], SHELLS[rng.integers(4)]
    high = rng.uniform(0.46, 0.56)
    made = [p.moved(0, 0.3, 0) for p in shell((0.58, high, 0.66), brown, horn(brown), rng)]
    made += [lathe(curve([(0, 0.14), (0.48, 0.18), (0.56, 0.3), (0, 0.36)], 9), (0.86, 0.76, 0.5),
                   corners=24).scaled(z=1.12),
             limb([(0, 0.34, 0.5), (0, 0.44, 0.72), (0, 0.58, 0.84)], [0.14, 0.13, 0.13], skin, 6),
             limb([(0, 0.24, -0.62), (0, 0.16, -0.88)], [0.09, 0.03], skin, 4)]
    for z in (0.42, -0.42):
        made += pair(limb([(0.36, 0.28, z * 0.9), (0.46, 0.08, z * 1.12)], [0.16, 0.14], skin, 4).finished("scales",
                     0.08),
                     *(ball(0.04, (0.46 + s * 0.09, 0.04, z * 1.12 + 0.13), CREAM, 8) for s in (-1, 0, 1)))
    return made + placed(turtle_head(skin), 0.2, (0, 0.68, 0.9), 4)


def sea_turtle(rng: Generator, hue: Color) -> list[Part]:
    """Swimming: a flat shell and long flippers."""
    skin, back = SKINS[rng.integers(2)], SHELLS[rng.integers(4)]
    tilt = rng.uniform(-4, 10)
    made = shell((0.52, 0.24, 0.66), back, horn(back), rng)
    made += [lathe(curve([(0, -0.16), (0.4, -0.13), (0.52, 0), (0, 0.05)], 9), (0.90, 0.83, 0.62),
                   corners=24).scaled(z=1.22),
             limb([(0, 0, 0.5), (0, 0.05, 0.8)], [0.15, 0.13], skin, 4, 14), limb([(0, 0, -0.6), (0, -0.02, -0.86)],
            [0.09, 0.03], skin, 4)]
    front = limb([(0.3, 0, 0.42), (0.66, 0.02, 0.5), (0.98, 0.02, 0.22), (1.12, 0.02, -0.12)], [0.13, 0.17, 0.14,
                 0.05], skin, 9, 14).scaled(y=0.42)
    rear = limb([(0.28, 0, -0.5), (0.46, 0, -0.76), (0.52, 0, -0.98)], [0.1, 0.14, 0.07], skin, 6, 12).scaled(y=0.45)
    made += pair(*(p.turned("z", tilt).finished("scales", 0.09) for p in (front, rear)))
    return placed(made + placed(turtle_head(skin), 0.2, (0, 0.12, 0.92), -8), 1, (0, 0, 0), rng.uniform(8, 22))


def little_turtle(rng: Generator, hue: Color) -> list[Part]:
    """A toy: a big head and a round shell."""
    skin, back = SKINS[rng.integers(3)], SHELLS[rng.integers(4)]
    made = [p.turned("x", -14).moved(0, 0.26, -0.1) for p in shell((0.46, 0.42, 0.5), back, horn(back), rng)]
    made += [ball((0.4, 0.2, 0.44), (0, 0.26, 0), (0.90, 0.83, 0.60), 20), limb([(0, 0.3, 0.32), (0, 0.56, 0.5)],
             [0.15, 0.14], skin, 4),
             limb([(0, 0.16, -0.5), (0, 0.1, -0.68)], [0.08, 0.03], skin, 4)]
    made += pair(*(limb([(0.28, 0.24, z), (0.38, 0.09, z * 1.3)], [0.13, 0.125], skin, 4) for z in (0.3, -0.3)))
    return made + placed(turtle_head(skin), 0.32, (0, 0.84, 0.58), 2)


def toes(color: Color, long: float, tip: float) -> list[Part]:
    """Three, spread to the front, with round tips."""
    made = []
    for a in (-38, 0, 38):
        x, z = np.sin(np.radians(a)) * long, np.cos(np.radians(a)) * long
        made += [limb([(0, 0.045, 0), (x, 0.04, z)], 0.045, color, 3, 8), ball((tip, tip * 0.75, tip), (x, tip * 0.75,
                 z), color, 10)]
    return made


def frog_head(hue: Color, light: Color, iris: Color, wide: float) -> list[Part]:
    size = wide, 0.27, 0.38
    made = [ball(size, (0, 0, 0), hue, 24), ball((wide * 0.96, 0.2, 0.36), (0, -0.085, 0.015), light, 24),
            smile((wide * 1.0, 0.27, 0.395), (0, 0, 0), 68, -20, 16, 0.03, shade(hue, 0.35))]
    x, y = wide * 0.58, 0.22
    eye = [ball(0.165, (0, 0, 0), hue, 18), ball((0.13, 0.135, 0.1), (0, 0.01, 0.085), iris, 16).glossy(0.4),
           ball((0.09, 0.075, 0.05), (0, 0.01, 0.16), BLACK, 12).glossy(0.6), ball(0.03, (0.035, 0.045, 0.2), WHITE, 8)]
    return made + pair(*(p.turned("y", 20).moved(x, y, 0.06) for p in eye), ball((0.025, 0.02, 0.02), (0.07, 0.1,
                       0.355), shade(hue, 0.45), 8))


def frog(rng: Generator, hue: Color) -> list[Part]:
    """Sitting: bulging eyes on a wide head, the hind legs folded at both sides."""
    wide, light = rng.uniform(0.42, 0.48), (0.90, 0.90, 0.66)
    spots = shade(hue, 0.66)
    body = limb([(0, 0.24, -0.44), (0, 0.36, -0.18), (0, 0.5, 0.08), (0, 0.62, 0.2)], [0.26, 0.38, 0.38, 0.3], hue, 10,
                20).finished("clouded", 0.16, spots)
    made = [body, ball((0.3, 0.32, 0.22), (0, 0.38, 0.24), light, 20)]
    thigh = limb([(0.26, 0.22, -0.42), (0.46, 0.34, -0.16), (0.5, 0.4, 0.06)], [0.16, 0.2, 0.15], hue, 7,
                 14).finished("clouded", 0.16, spots)
    shin = limb([(0.52, 0.38, 0.04), (0.52, 0.14, -0.22), (0.5, 0.07, -0.2)], [0.12, 0.09, 0.08], hue, 6)
    foot = limb([(0.5, 0.06, -0.24), (0.56, 0.05, 0.1)], [0.075, 0.07], shade(hue, 0.85), 4)
    arm = limb([(0.26, 0.5, 0.18), (0.38, 0.28, 0.28), (0.3, 0.06, 0.42)], [0.13, 0.1, 0.075], hue, 7)
    made += pair(thigh, shin, foot, arm, *placed(toes(shade(hue, 0.85), 0.17, 0.06), 1, (0.56, 0, 0.1)),
                 *placed(toes(shade(hue, 0.85), 0.15, 0.055), 1, (0.3, 0, 0.43)))
    return made + placed(frog_head(hue, light, (0.92, 0.76, 0.26), wide), 1, (0, 0.78, 0.24))


def tree_frog(rng: Generator, hue: Color) -> list[Part]:
    """Slim, with red eyes and orange fingers, on a water lily's leaf."""
    finger, light = (0.93, 0.55, 0.18), (0.94, 0.93, 0.80)
    body = limb([(0, 0.2, -0.5), (0, 0.3, -0.2), (0, 0.36, 0.1)], [0.16, 0.27, 0.26], hue, 8, 20)
    flank = pair(limb([(0.17, 0.2, -0.34), (0.235, 0.26, -0.04)], [0.07, 0.09], (0.24, 0.44, 0.72), 4))
    thigh = limb([(0.16, 0.18, -0.44), (0.4, 0.22, -0.28), (0.52, 0.26, -0.08)], [0.1, 0.12, 0.09], hue, 7)
    shin = limb([(0.52, 0.24, -0.06), (0.5, 0.08, -0.36), (0.56, 0.06, -0.3)], [0.075, 0.065, 0.06], hue, 7)
    arm = limb([(0.2, 0.3, 0.16), (0.38, 0.2, 0.22), (0.4, 0.06, 0.38)], [0.08, 0.07, 0.06], hue, 6)
    made = [body, ball((0.2, 0.16, 0.2), (0, 0.24, 0.14), light, 16), *flank] + pair(
        thigh, shin, arm, *placed(toes(finger, 0.17, 0.06), 1, (0.57, 0, -0.26)), *placed(toes(finger, 0.15, 0.055), 1,
            (0.4, 0, 0.38)))
    made += placed(frog_head(hue, light, (0.78, 0.18, 0.13), rng.uniform(0.34, 0.38)), 0.92, (0, 0.5, 0.26))
    a = np.radians(np.linspace(200, 520, 30))
    pad = lathe([(0, -0.07), (0.82, -0.05), (0.86, 0), (0.8, 0.02), (0, 0.0)], (0.36, 0.50, 0.24), corners=36)
    veins = [limb([(0.1 * np.sin(k), 0.005, 0.1 * np.cos(k)), (0.74 * np.sin(k), 0.02, 0.74 * np.cos(k))], 0.025,
                  (0.52, 0.64, 0.34), 3, 6).scaled(y=0.6) for k in a[::5]]
    return made + [pad, *veins]


def toy_frog(rng: Generator, hue: Color) -> list[Part]:
    """Round as a ball, a crown on its head or a bow tie under its chin."""
    light = (0.92, 0.92, 0.70)
    r = rng.uniform(0.46, 0.52)
    made = [ball((r, r * 0.92, r * 0.88), (0, r * 0.9, 0), hue, 26), ball((r * 0.72, r * 0.62, 0.2), (0, r * 0.74,
            r * 0.62), light, 22)]
    made += pair(limb([(r * 0.7, r * 0.5, -0.05), (r * 1.05, r * 0.4, 0.14), (r * 0.95, 0.13, 0.3)], [0.17, 0.18,
                 0.12], hue, 7),
                 limb([(r * 0.7, r * 0.95, 0.2), (r * 0.75, r * 0.6, 0.46)], [0.1, 0.09], hue, 5), *placed(toes(hue,
            0.17, 0.075), 1, (r * 0.95, 0, 0.36)))
    made += placed(frog_head(hue, light, (0.96, 0.95, 0.90), r * 0.98), 1.06, (0, r * 1.72, 0.06))
    if rng.random() < 0.6:
        crown = lathe([(0.17, 0), (0.2, 0.14), (0.16, 0.14), (0.13, 0.03)], (0.94, 0.74, 0.24), corners=20,
                      closed=True).glossy(0.8)
        spikes = [lathe([(0.055, 0), (0, 0.14)], (0.94, 0.74, 0.24), corners=10).moved(0.18 * np.sin(k), 0.13,
                  0.18 * np.cos(k)).glossy(0.8)
                  for k in np.linspace(0, 2 * np.pi, 6)[:-1]]
        return made + placed([crown, *spikes], 1, (0, r * 1.72 + 0.24, 0.0))
    loop = limb([(0.04, 0, 0), (0.2, 0, 0)], [0.05, 0.12], (0.72, 0.20, 0.18), 5).scaled(z=0.6)
    return made + placed([ball(0.075, (0, 0, 0.02), (0.6, 0.15, 0.14), 10), *pair(loop)], 1, (0, r * 1.32, r * 0.86))


SHAPES = {                              # name: the colors that it comes in, and its designs
    "fish": (ANY, goldfish, reef_fish, angelfish),
    "turtle": (NONE, tortoise, sea_turtle, little_turtle),
    "frog": (NONE, frog, tree_frog, toy_frog),
}
