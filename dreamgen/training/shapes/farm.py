"""Animals of the farm; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .bodies import BLACK, ROSE, eyes, furry, hoof, iris, legs, limb, on, placed, slumped, smile, torso
from .palette import FUR, NONE, Color
from .parts import WHITE, Part, ball, box, curve, lathe, pair, rod, shade, tube

HORN, HOOF = (0.90, 0.82, 0.66), (0.24, 0.19, 0.17)
IVORY, SOOT = (0.95, 0.93, 0.88), (0.17, 0.16, 0.17)


def horse_head(hue: Color, mane: Color, rng: Generator) -> list[Part]:
    """Its nape at the origin; in the body's units."""
    made = [limb([(0, -0.02, 0.02), (0, -0.09, 0.18), (0, -0.24, 0.4), (0, -0.32, 0.5)], [0.15, 0.165, 0.115, 0.11],
                 hue, 9, 16),
            ball((0.105, 0.1, 0.1), (0, -0.33, 0.53), shade(hue, 0.6) if max(hue) > 0.3 else (0.3, 0.27, 0.26), 14),
            limb([(0, 0.16, -0.04), (0, 0.12, 0.14), (0, -0.01, 0.27)], [0.07, 0.075, 0.03], mane, 6)]
    if rng.random() < 0.6:
        made.append(limb([(0, 0.05, 0.25), (0, -0.1, 0.43)], [0.05, 0.04], IVORY, 4).scaled(x=1.1).moved(z=0.025))
    ear = limb([(0.075, 0.08, -0.02), (0.1, 0.25, 0.0)], [0.06, 0.025], hue, 5).turned("z", -3)
    nostril = ball((0.022, 0.03, 0.022), (0.06, -0.3, 0.61), BLACK, 8)
    eye = [ball((0.03, 0.056, 0.054), (0.136, -0.03, 0.2), iris(hue) or BLACK, 12),
           ball((0.03, 0.042, 0.04), (0.144, -0.03, 0.204), BLACK, 12).glossy(0.6), ball(0.017, (0.158, -0.012, 0.215),
           WHITE, 8)]
    return made + pair(ear, nostril, *eye)


def manes(hue: Color) -> Color:
    return shade(hue, 0.42) if 0.3 < max(hue) < 0.85 else (IVORY if max(hue) < 0.3 else (0.62, 0.56, 0.5))


def horse(rng: Generator, hue: Color) -> list[Part]:
    """Standing: long legs, an arched neck, a flowing mane and tail."""
    high, mane = rng.uniform(0.74, 0.86), manes(hue)
    y = high + 0.18
    body = torso([(-0.58, y + 0.02, 0.2, 0.21), (-0.45, y + 0.03, 0.26, 0.27), (-0.1, y - 0.02, 0.25, 0.24),
                  (0.25, y - 0.01, 0.24, 0.26), (0.48, y + 0.03, 0.2, 0.24)], hue)
    up = rng.uniform(0.55, 0.66)
    nape = 0, y + 0.1 + up, 0.82
    neck = limb([(0, y + 0.02, 0.42), (0, y + 0.3, 0.64), (0, nape[1] - 0.05, 0.82)], [0.25, 0.19, 0.14], hue, 8, 16)
    crest = [limb([(0, nape[1] + 0.08, 0.78), (0, y + up * 0.8, 0.6), (0, y + 0.42, 0.46), (0, y + 0.2, 0.28)],
                  [0.06, 0.12, 0.13, 0.06], mane, 9).scaled(x=0.75)]
    crest += [limb([(0.05, y + up * k + 0.24, 0.7 - 0.34 * (1 - k)), (0.16, y + up * k + 0.1, 0.68 - 0.34 * (1 - k)),
                    (0.19, y + up * k - 0.1, 0.66 - 0.34 * (1 - k))], [0.06, 0.07, 0.03], mane, 6, 8) for k in (0.95,
            0.72, 0.5, 0.28)]
    tail = limb([(0, y + 0.14, -0.72), (0, y + 0.12, -0.9), (0, y - 0.3, -1.0), (0, y - 0.68, -0.94)],
                [0.06, 0.09, 0.12, 0.03], mane, 10)
    stand = rng.uniform(-0.05, 0.05)
    made = [body, neck, *legs(hue, 0.14, y - 0.02, 0.42 + stand, -0.5, 0.082, 1.0, 0.9)]
    socks = [lathe([(0.08, 0), (0.098, 0.08), (0.09, 0.22)], IVORY if rng.random() < 0.5 else hue, (0.14, 0.05, z), 12)
             for z in (0.42 + stand, -0.53)]
    return furry(made, 0.12, 0.35) + crest + [tail] + placed(horse_head(hue, mane, rng), 1, nape) + pair(
        *socks, *(hoof(0.088, (0.14, 0, z), HOOF) for z in (0.425 + stand, -0.525)))


def pony(rng: Generator, hue: Color) -> list[Part]:
    """Small and round, a big head, thick legs, a bushy mane."""
    mane = manes(hue)
    y = rng.uniform(0.6, 0.68)
    body = torso([(-0.44, y, 0.22, 0.22), (-0.3, y, 0.29, 0.28), (0, y - 0.02, 0.3, 0.28), (0.28, y + 0.02, 0.26, 0.27),
                  (0.4, y + 0.05, 0.19, 0.2)], hue)
    neck = limb([(0, y + 0.06, 0.3), (0, y + 0.36, 0.46), (0, y + 0.52, 0.5)], [0.25, 0.2, 0.19], hue, 6, 16)
    nape = 0, y + 0.66, 0.46
    lumps = [ball((0.13, 0.15, 0.14), (0.03 * (-1) ** k, nape[1] + 0.1 - 0.15 * k, nape[2] - 0.14 - 0.07 * k), mane, 14)
             for k in range(5)]
    tail = limb([(0, y + 0.14, -0.56), (0, y + 0.16, -0.72), (0, y - 0.2, -0.84), (0, y - 0.48, -0.8)],
                [0.07, 0.13, 0.16, 0.05], mane, 9)
    made = furry([body, neck], 0.12, 0.35) + legs(hue, 0.17, y - 0.04, 0.28, -0.34, 0.11, 0.7)
    made += placed(horse_head(hue, mane, rng), 1.35, nape) + lumps + [tail]
    return made + pair(*(hoof(0.118, (0.17, 0, z), HOOF) for z in (0.28, -0.36)))


def rocking_horse(rng: Generator, hue: Color) -> list[Part]:
    """A toy of wood on two bows, with a saddle."""
    mane, wood = (0.93, 0.86, 0.7), (0.70, 0.48, 0.28)
    leather = ((0.66, 0.20, 0.18), (0.20, 0.34, 0.58), (0.24, 0.46, 0.32))[rng.integers(3)]
    y = 0.85
    body = torso([(-0.42, y, 0.18, 0.19), (0, y - 0.02, 0.21, 0.21), (0.4, y + 0.02, 0.18, 0.2)], hue)
    neck = limb([(0, y, 0.36), (0, y + 0.32, 0.54), (0, y + 0.5, 0.64)], [0.2, 0.16, 0.13], hue, 6, 16)
    crest = limb([(0, y + 0.62, 0.6), (0, y + 0.45, 0.42), (0, y + 0.16, 0.28)], [0.07, 0.12, 0.07], mane, 7)
    tail = limb([(0, y + 0.12, -0.56), (0, y + 0.08, -0.72), (0, y - 0.3, -0.76)], [0.06, 0.09, 0.05], mane, 7)
    seat = torso([(-0.2, y + 0.1, 0.17, 0.14), (0, y + 0.07, 0.19, 0.15), (0.18, y + 0.1, 0.17, 0.15)], leather,
                 9).finished(
        "leather", 0.06, gloss=0.25)
    limbs = [limb([(0.13, y - 0.05, 0.34), (0.18, 0.5, 0.48), (0.2, 0.2, 0.62)], [0.1, 0.075, 0.06], hue, 5),
             limb([(0.13, y - 0.05, -0.36), (0.18, 0.5, -0.48), (0.2, 0.2, -0.62)], [0.11, 0.075, 0.06], hue, 5)]
    bows = [tube([(0.24, 0.62 - 0.55 * np.cos(a), 1.25 * np.sin(a)) for a in np.linspace(-0.85, 0.85, 13)], 0.055,
                 wood, 8)]
    bars = [rod((-0.26, 0.18, z), (0.26, 0.18, z), 0.045, wood) for z in (0.62, -0.62)]
    made = [p.finished("wood_z", 0.07, amount=0.5, gloss=0.3) for p in [body, neck, *pair(*limbs)]]
    wooden = [p.finished("wood_z", 0.06, gloss=0.2) for p in pair(*bows) + bars]
    handle = rod((-0.24, y + 0.4, 0.6), (0.24, y + 0.4, 0.6), 0.04, wood)
    return made + wooden + [crest, tail, seat, handle] + placed(horse_head(hue, mane, rng), 0.92, (0, y + 0.56, 0.6))


def cow_head(hide: Color, rng: Generator, patch: Color | None) -> list[Part]:
    pink = (0.93, 0.70, 0.68)
    made = [limb([(0, 0.25, 0), (0, -0.1, 0.4), (0, -0.42, 0.72)], [0.78, 0.68, 0.56], hide, 8, 20),
            ball((0.66, 0.44, 0.42), (0, -0.5, 0.9), pink, 20),
            smile((0.66, 0.44, 0.42), (0, -0.5, 0.9), 42, -34, 18, 0.045, shade(pink, 0.55)),
            ball((0.3, 0.22, 0.24), (0, 0.98, 0.2), IVORY if patch else shade(hide, 0.75), 14)]
    if patch:
        made += [ball((0.4, 0.5, 0.4), (0.46, 0.32, 0.34), patch, 18), ball((0.4, 0.5, 0.4), (-0.46, 0.32, 0.34),
                 patch, 18)]
    ear = [limb([(0.6, 0.42, 0), (1.0, 0.42, 0), (1.36, 0.28, 0.04)], [0.14, 0.26, 0.1], patch or hide,
                7).scaled(z=0.6),
           limb([(0.7, 0.42, 0.1), (1.0, 0.42, 0.1), (1.26, 0.3, 0.12)], [0.06, 0.15, 0.06], ROSE, 6).scaled(z=0.7)]
    horn = limb([(0.42, 0.82, -0.05), (0.74, 1.0, -0.02), (0.8, 1.36, 0.06)], [0.16, 0.14, 0.05], HORN, 7)
    nostril = ball((0.11, 0.08, 0.06), (0.27, -0.36, 1.25), shade(pink, 0.5), 10)
    white = patch is not None
    eye = eyes((0.8, 0.8, 0.85), (0, 0.12, 0.22), 36, 14, 0.17)
    if white:
        eye = pair(*(ball((0.22, 0.25, 0.1), (0, 0, -0.02), WHITE, 14).turned("y", 30).moved(
            *on((0.8, 0.8, 0.85), (0, 0.12, 0.22), 36, 14, 0.99)),)) + eye
    return made + eye + pair(ear[0], ear[1], horn, nostril)


def udder(y: float, z: float, pink: Color = (0.93, 0.70, 0.68)) -> list[Part]:
    return [ball((0.16, 0.13, 0.17), (0, y, z), pink, 16),
            *(ball((0.035, 0.07, 0.035), (x, y - 0.12, z + k), pink, 8) for x in (-0.07, 0.07) for k in (-0.06, 0.07))]


def cow(rng: Generator, hue: Color) -> list[Part]:
    """Standing, dappled, horned, with an udder and a tufted tail."""
    dapple = ((0.13, 0.12, 0.12), (0.42, 0.26, 0.16))[rng.integers(2)]
    y = rng.uniform(0.74, 0.82)
    body = torso([(-0.66, y + 0.02, 0.22, 0.24), (-0.5, y + 0.02, 0.33, 0.33), (-0.1, y - 0.03, 0.36, 0.36),
                  (0.3, y + 0.01, 0.32, 0.34), (0.5, y + 0.05, 0.22, 0.27)], IVORY).finished("hide", rng.uniform(0.24,
            0.34), dapple)
    neck = limb([(0, y + 0.08, 0.42), (0, y + 0.3, 0.72)], [0.26, 0.2], IVORY, 5, 16)
    tail = limb([(0, y + 0.24, -0.86), (0, y - 0.05, -0.98), (0, y - 0.3, -0.96)], 0.042, IVORY, 7)
    tuft = ball((0.09, 0.15, 0.09), (0, y - 0.38, -0.96), dapple, 12)
    made = [body, neck, tail, tuft, *legs(IVORY, 0.2, y - 0.1, 0.36, -0.52, 0.1, 0.7), *udder(y - 0.34, -0.3)]
    made += placed(cow_head(IVORY, rng, dapple), 0.32, (0, y + 0.42, 0.84), 4)
    return made + pair(*(hoof(0.11, (0.2, 0, z), HOOF) for z in (0.36, -0.55)))


def brown_cow(rng: Generator, hue: Color) -> list[Part]:
    """Of one color and rounder, with a bell."""
    coat = ((0.60, 0.37, 0.20), (0.72, 0.52, 0.34), (0.40, 0.26, 0.17))[rng.integers(3)]
    y = 0.62
    body = torso([(-0.5, y, 0.28, 0.28), (-0.3, y, 0.36, 0.35), (0.1, y, 0.37, 0.36), (0.35, y + 0.03, 0.28, 0.3)],
                 coat)
    tail = limb([(0, y + 0.2, -0.74), (0.05, y - 0.05, -0.88), (0.1, y - 0.25, -0.86)], 0.045, coat, 7)
    made = furry([body, tail, *legs(coat, 0.21, y - 0.1, 0.24, -0.4, 0.125, 0.5)], 0.11, 0.4)
    made += [ball((0.095, 0.14, 0.095), (0.1, y - 0.32, -0.86), shade(coat, 0.55), 12), *udder(y - 0.33, -0.2)]
    made += placed(cow_head(coat, rng, None), 0.4, (0, y + 0.42, 0.56), 4)
    bell = lathe(curve([(0.13, 0), (0.1, 0.08), (0.09, 0.15), (0, 0.19)], 8), (0.88, 0.68, 0.24), (0, y - 0.16, 0.74),
                 16).glossy(0.8)
    return made + [bell] + pair(*(hoof(0.135, (0.21, 0, z), HOOF) for z in (0.24, -0.42)))


def sitting_cow(rng: Generator, hue: Color) -> list[Part]:
    """A dappled plush toy."""
    dapple = ((0.15, 0.14, 0.14), (0.42, 0.26, 0.16))[rng.integers(2)]
    made = slumped(IVORY, (0.95, 0.82, 0.78), HOOF, fat=rng.uniform(1.0, 1.1))
    tail = limb([(0, 0.2, -0.36), (0.25, 0.1, -0.56), (0.45, 0.2, -0.58)], 0.05, IVORY, 6)
    made = [p.finished("hide", 0.26, dapple) for p in (made[0], *made[2:6])] + [made[1], *made[6:]]
    return made + [tail, ball(0.1, (0.48, 0.24, -0.58), dapple, 12)] + placed(cow_head(IVORY, rng, dapple), 0.46,
            (0, 1.28, 0.1), 4)


def pig_head(skin: Color, rng: Generator) -> list[Part]:
    deep, size = shade(skin, 0.84), (1.0, 0.94, 0.9)
    snout = lathe(curve([(0.4, 0), (0.44, 0.2), (0.46, 0.36), (0.38, 0.45), (0, 0.46)], 12), deep).turned("x",
            86).scaled(y=0.86).moved(
        0, -0.2, 0.7)
    made = [ball(size, (0, 0, 0), skin, 24), snout, smile((0.8, 0.6, 0.86), (0, -0.2, 0), 34, -42, 16, 0.05,
                                                          shade(skin, 0.5))]
    fold = rng.uniform(8, 40)
    ear = limb([(0, 0, 0), (0, 0.35, 0), (0, 0.62, 0.12)], [0.26, 0.25, 0.07], deep, 7).scaled(z=0.5).turned("x",
            fold).turned(
        "z", -30).moved(0.6, 0.62, 0.1)
    return made + eyes(size, (0, 0, 0), 30, 18, 0.15) + pair(
        ear, ball((0.09, 0.14, 0.06), (0.16, -0.22, 1.17), shade(skin, 0.45), 10),
        ball((0.2, 0.14, 0.1), (0.62, -0.22, 0.68), (0.95, 0.55, 0.58), 12))


def curly_tail(skin: Color, y: float, z: float) -> Part:
    return limb([(0.09 * np.sin(t), y + 0.09 * np.cos(t), z - 0.026 * t) for t in np.linspace(0, 9, 9)], 0.04, skin,
                18, 8)


def pinks(rng: Generator) -> Color:
    return shade((0.93, 0.66, 0.66), rng.uniform(0.95, 1.2))


def pig(rng: Generator, hue: Color) -> list[Part]:
    """Standing, stout."""
    skin, y = pinks(rng), rng.uniform(0.5, 0.56)
    body = torso([(-0.42, y, 0.3, 0.3), (-0.2, y, 0.39, 0.38), (0.15, y, 0.38, 0.37), (0.32, y + 0.02, 0.3, 0.3)], skin)
    made = [body, curly_tail(skin, y + 0.1, -0.7), *legs(skin, 0.21, y - 0.1, 0.24, -0.32, 0.115, 0.4)]
    made += placed(pig_head(skin, rng), 0.34, (0, y + 0.22, 0.58), 2)
    return made + pair(*(hoof(0.12, (0.21, 0, z), (0.45, 0.30, 0.28)) for z in (0.24, -0.34)))


def sitting_pig(rng: Generator, hue: Color) -> list[Part]:
    """On its bottom, as a toy."""
    skin = pinks(rng)
    made = slumped(skin, shade(skin, 1.3), shade(skin, 0.8), fat=rng.uniform(1.0, 1.12))
    return made + [curly_tail(skin, 0.2, -0.42)] + placed(pig_head(skin, rng), 0.48, (0, 1.3, 0.08), 2)


def piggy_bank(rng: Generator, hue: Color) -> list[Part]:
    """Of glazed china: a ball on four stubs, a slot and a coin in it."""
    skin = pinks(rng)
    made = [ball((0.48, 0.46, 0.54), (0, 0.58, 0), skin, 28), curly_tail(skin, 0.66, -0.52)]
    made += pair(*(lathe(curve([(0.12, 0), (0.14, 0.05), (0.15, 0.3), (0.12, 0.36)], 8), skin, (0.24, 0, z),
                         16) for z in (0.24, -0.26)))
    made = [p.glossy(0.5) for p in made + placed(pig_head(skin, rng), 0.3, (0, 0.68, 0.42), 2)]
    coin = lathe([(0.13, -0.03), (0.16, -0.02), (0.16, 0.02), (0.13, 0.03)], (0.93, 0.72, 0.25),
                 corners=20).turned("z", 90).turned(
        "y", 90).moved(0, 1.1, -0.08).glossy(0.9)
    return made + [box((0.3, 0.05, 0.09), (0, 1.035, -0.08), (0.25, 0.14, 0.15), 0.2), coin]


def sheep_head(face: Color, wool: Color, rng: Generator) -> list[Part]:
    dark = max(face) < 0.5
    made = [limb([(0, 0.2, 0), (0, -0.15, 0.4), (0, -0.42, 0.62)], [0.68, 0.6, 0.42], face, 8, 20),
            limb([(-0.12, -0.42, 1.0), (0, -0.5, 1.02), (0.12, -0.42, 1.0)], 0.045, BLACK if not dark else (0.6, 0.5,
                 0.5), 5, 6)]
    made += [ball(0.34, (0.48 * np.sin(a), 0.78 + 0.12 * np.cos(2 * a), 0.12 + 0.36 * np.cos(a)), wool, 12) for a in
             np.linspace(0, 2 * np.pi, 7)[:-1]] + [ball(0.38, (0, 0.98, 0.15), wool, 12)]
    ear = limb([(0.5, 0.28, 0), (0.86, 0.18, 0), (1.12, -0.02, 0.02)], [0.13, 0.23, 0.1], face, 7).scaled(z=0.6)
    white = [ball((0.19, 0.21, 0.12), on((0.68, 0.66, 0.72), (0, 0.08, 0.24), 34, 16), WHITE, 14)] if dark else []
    return made + pair(ear, *white) + eyes((0.68, 0.66, 0.72 + 0.1 * dark), (0, 0.08, 0.24), 33, 15,
                                           0.14 if dark else 0.16)


def fleece(wool: Color, size, at, count: int, curl: float, rng: Generator) -> list[Part]:
    """Curls, evenly over an ellipsoid (the golden angle)."""
    made, x, y, z = [ball(size, at, wool, 16)], *at
    for k in range(count):
        up, a = 1 - 2 * (k + 0.5) / count, 2.4 * k
        flat = np.sqrt(1 - up * up)
        made.append(ball(curl * rng.uniform(0.9, 1.12), (x + size[0] * flat * np.sin(a), y + size[1] * up, z +
                                                         size[2] * flat * np.cos(a)),
                         shade(wool, rng.uniform(0.95, 1.0)), 12))
    return made


def sheep(rng: Generator, hue: Color) -> list[Part]:
    """Standing in curls."""
    y, wool = 0.62, IVORY
    face = ((0.20, 0.18, 0.18), (0.30, 0.24, 0.21), (0.85, 0.72, 0.62))[rng.integers(3)]
    made = fleece(wool, (0.3, 0.27, 0.42), (0, y, -0.05), 34, 0.17, rng) + [ball(0.13, (0, y + 0.06, -0.66), wool, 12)]
    made += placed(sheep_head(face, wool, rng), 0.3, (0, y + 0.3, 0.56), 4)
    return made + pair(*(limb([(0.17, y - 0.2, z), (0.17, 0.1, z)], [0.085, 0.075], face, 4) for z in (0.24, -0.32)),
                       *(hoof(0.085, (0.17, 0, z), SOOT) for z in (0.24, -0.32)))


def woolly_sheep(rng: Generator, hue: Color) -> list[Part]:
    """A smooth knitted round one, on short legs."""
    wool, y = shade((0.95, 0.93, 0.88), rng.uniform(0.92, 1.0)), 0.6
    face = ((0.24, 0.21, 0.20), (0.86, 0.74, 0.64))[rng.integers(2)]
    body = torso([(-0.4, y, 0.3, 0.3), (-0.15, y, 0.42, 0.4), (0.2, y, 0.4, 0.39), (0.38, y, 0.28, 0.3)], wool, 18,
                 28).finished("knit", 0.1, amount=1.4)
    made = [body, ball((0.14, 0.12, 0.12), (0, y + 0.1, -0.72), wool, 12)]
    made += placed(sheep_head(face, wool, rng), 0.36, (0, y + 0.3, 0.58), 2)
    return made + pair(*(limb([(0.22, y - 0.2, z), (0.22, 0.1, z)], [0.11, 0.1], face, 4) for z in (0.24, -0.28)))


def lamb(rng: Generator, hue: Color) -> list[Part]:
    """Sitting, a young one in curls, its hoofs to the front."""
    face = ((0.86, 0.74, 0.64), (0.28, 0.24, 0.22))[rng.integers(2)]
    made = fleece(IVORY, (0.33, 0.36, 0.28), (0, 0.46, -0.02), 30, 0.15, rng)
    made += pair(limb([(0.24, 0.18, 0.12), (0.32, 0.14, 0.4), (0.36, 0.13, 0.58)], [0.13, 0.11, 0.1], face, 6),
                 ball((0.11, 0.11, 0.08), (0.37, 0.13, 0.66), SOOT, 14),
                 limb([(0.3, 0.66, 0.14), (0.4, 0.48, 0.28), (0.34, 0.34, 0.42)], [0.1, 0.1, 0.09], face, 6),
                 ball((0.09, 0.08, 0.09), (0.33, 0.28, 0.45), SOOT, 14))
    return made + placed(sheep_head(face, IVORY, rng), 0.44, (0, 1.06, 0.14), 2)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "horse": (FUR[:5], horse, pony, rocking_horse),
    "cow": (NONE, cow, brown_cow, sitting_cow),
    "pig": (NONE, pig, sitting_pig, piggy_bank),
    "sheep": (NONE, sheep, woolly_sheep, lamb),
}
