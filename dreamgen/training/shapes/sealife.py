"""What lives in the sea: octopuses, whales and sharks; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .anatomy import BLACK, eyes, limb, smile, spike
from .characters import chosen
from .palette import ANY
from .parts import WHITE, Color, Part, ball, curve, lathe, loft, pair, prism, shade

SPRAY = (0.72, 0.86, 0.95)


def arm_of(angle: float, reach: float, lift: float, curl: float, thick: float, hue: Color, sucker: Color,
           start: float, y: float) -> list[Part]:
    """A tentacle on the floor, off at ``angle`` (0 to the front), its tip curled up and to the side."""
    way = np.array([(start * 0.5, y + 0.06, 0), (start + 0.16, y - 0.12, 0), (start + 0.34 * reach, 0.12, 0.02),
                    (start + 0.66 * reach, 0.1 + 0.3 * lift, 0.06 * curl), (start + 0.92 * reach, 0.12 + lift,
                                                                            0.16 * curl),
                    (start + 0.86 * reach, 0.2 + 1.3 * lift, 0.3 * curl)])
    a = np.radians(angle)
    out, side = np.array([np.sin(a), 0, np.cos(a)]), np.array([np.cos(a), 0, -np.sin(a)])
    path = curve(way[:, :1] * out + way[:, 2:] * side + way[:, 1:2] * np.array([0, 1, 0]), 15)
    radii = thick * np.linspace(1, 0.34, 15)
    made = [limb(path, radii, hue, 15, 12)]
    for k in (6, 8, 10, 12):
        made.append(ball(radii[k] * 0.5,
                         tuple(path[k] + (0.75 * radii[k]) * (out * (0.9 if k > 8 else 0.2) * -1 + (0, 0.5, 0)
                                                              + side * 0.6 * np.sign(curl))),
                         sucker, 8))
    return made


def friendly_octopus(rng: Generator, hue: Color) -> list[Part]:
    """A big round head with a face, eight arms that curl up around it."""
    head, sucker, lift = rng.uniform(0.56, 0.64), shade(hue, 1.55), rng.uniform(0.1, 0.22)
    y = 0.92
    made = [lathe(curve([(0, 0.16), (0.4, 0.22), (0.44, 0.4), (head * 0.96, 0.8), (head * 0.98, 1.16),
                         (head * 0.66, 1.5), (0, 1.62)], 20), hue
                  ).finished("speckled", 0.17, shade(hue, 0.78),
                             gloss=0.3), smile(y - 0.24, head * 0.93, 0.15, 0.08, 0.032, shade(hue, 0.3), 0.05)]
    for k in range(4):
        a = 22 + 45 * k + rng.uniform(-5, 5)
        made += pair(*arm_of(a, rng.uniform(0.66, 0.82), lift * rng.uniform(0.6, 1.6), rng.choice([-1, 1]), 0.19, hue,
                             sucker, 0.3, 0.36))
    cheek = ball((0.09, 0.06, 0.04), (0.38, y - 0.14, head * 0.82), shade(hue, 1.45), 10)
    return made + pair(cheek) + eyes(0.22, y + 0.06, head * 0.92, 0.15, chosen(rng, (WHITE, BLACK)), out=16, up=4)


def real_octopus(rng: Generator, hue: Color) -> list[Part]:
    """The mantle hangs back over long arms that spread on the floor; eyes on bumps."""
    sucker, long, light = shade(hue, 1.6), rng.uniform(0.95, 1.2), shade(hue, 1.35)
    made = [limb([(0, 0.34, 0.16), (0, 0.56, 0.08), (0, 0.84, -0.2), (0, 1.02, -0.52), (0, 1.0, -0.72)],
                 [0.34, 0.3, 0.4, 0.38, 0.22], hue, 16, 20
                 ).finished("speckled", 0.14, light, gloss=0.3)]
    for k in range(4):
        a = 20 + 46 * k + rng.uniform(-7, 7)
        for s in (-1, 1):
            made += arm_of(s * a, long * rng.uniform(0.85, 1.1), rng.uniform(0.02, 0.26),
                           s * rng.choice([-1, 1]) * rng.uniform(0.8, 2.0), 0.16, hue, sucker, 0.24, 0.34)
    made += pair(ball((0.14, 0.15, 0.15), (0.24, 0.66, 0.26), hue, 14),
                 limb([(0.2, 0.36, 0.34), (0.24, 0.36, 0.44)], [0.09, 0.06], light, 4, 8))
    return made + eyes(0.27, 0.7, 0.36, 0.1, (0.95, 0.82, 0.45), out=24)


def flukes(z: float, y: float, size: float, hue: Color, thick: float = 0.09) -> list[Part]:
    """The tail's two lobes, lying flat behind z."""
    half = curve([(0, 0.12), (0.2, 0.04), (0.55, -0.1), (0.86, -0.4), (0.7, -0.42), (0.38, -0.36), (0.0, -0.24)], 17)
    outline = np.concatenate([half, half[-2:0:-1] * (-1, 1)]) * size
    return [prism(outline, thick * size, (0, 0, 0), hue).turned("x", 90 - 16).moved(0, y, z)]


def fin(points, thick: float, color: Color, count: int = 17) -> Part:
    """A smooth upright plate in the plane x = 0 around ``points`` [(z, y), ...]."""
    loop = curve([*points, points[0]], count)[:-1]
    return prism(loop, thick, (0, 0, 0), color).turned("y", -90)


def spout(y: float, z: float, size: float) -> list[Part]:
    """Water blown up: a stem and three falling jets."""
    made = [limb([(0, y - 0.05, z), (0, y + 0.3 * size, z)], [0.07 * size, 0.08 * size], SPRAY, 4, 10)]
    for a in (90, 210, 330):
        s, c = np.sin(np.radians(a)), np.cos(np.radians(a))
        made.append(limb([(0, y + 0.26 * size, z), (0.13 * size * s, y + 0.46 * size, z + 0.13 * size * c),
                          (0.3 * size * s, y + 0.42 * size, z + 0.3 * size * c),
                          (0.36 * size * s, y + 0.26 * size, z + 0.36 * size * c)],
                         [0.06 * size, 0.075 * size, 0.085 * size], SPRAY, 9, 10))
    return made


def round_whale(rng: Generator, hue: Color) -> list[Part]:
    """Like a drop: a huge smiling head, the tail up, a fountain."""
    belly, fat = (0.94, 0.94, 0.92), rng.uniform(0.6, 0.68)
    body = limb([(0, 1.0, -1.25), (0, 0.72, -1.05), (0, 0.56, -0.6), (0, fat * 0.95, -0.05), (0, fat, 0.24)],
                [0.1, 0.17, 0.38, fat, fat * 0.96], hue, 22, 26)
    under = limb([(0, 0.44, -0.6), (0, fat * 0.84, -0.05), (0, fat * 0.86, 0.24)], [0.3, fat * 0.93, fat * 0.9], belly,
                 14, 26).finished(
        "stripes_x", 0.075, shade(belly, 0.86))
    made = [body.glossy(0.3), under.scaled(y=0.86).moved(0, -0.02, 0.045),
            smile(fat * 0.78, 0.26 + fat * 0.95, 0.3, 0.13, 0.03, shade(hue, 0.35), 0.1)]
    made += [p.turned("x", 40).moved(0, 1.04, -1.22) for p in flukes(0, 0, 0.62, hue, 0.16)]
    if rng.random() < 0.75:
        made += spout(fat * 1.9, 0.1, rng.uniform(0.85, 1.1))
    flipper = ball((0.36, 0.07, 0.2), (0.3, 0, 0), hue, 16).turned("z", -32).turned("y", 20)
    flipper = flipper.moved(fat * 0.86, fat * 0.6, 0.1)
    return made + pair(flipper.glossy(0.3)) + eyes(fat * 0.7, fat * 1.02, 0.24 + fat * 0.62, 0.09,
                                                   chosen(rng, (BLACK, WHITE)), out=42)


def long_whale(rng: Generator, hue: Color) -> list[Part]:
    """A humpback: a long body, grooves under the jaw, very long flippers."""
    belly, fat = (0.90, 0.90, 0.88), rng.uniform(0.36, 0.42)
    body = loft([(z, y, w * fat, h * fat) for z, y, w,
                 h in curve([(-1.55, 0.6, 0.12, 0.12), (-1.2, 0.54, 0.26, 0.3), (-0.7, 0.5, 0.6, 0.66),
                             (-0.1, 0.5, 0.95, 0.98),
                                                                     (0.5, 0.5, 1.0, 0.98), (0.95, 0.5, 0.82, 0.74),
                             (1.25, 0.5, 0.5, 0.4), (1.38, 0.5, 0.1, 0.1)], 24)], hue, corners=26)
    under = loft([(z, y, w * fat, h * fat) for z, y, w,
                  h in curve([(-0.5, 0.38, 0.3, 0.3), (-0.1, 0.4, 0.86, 0.78), (0.5, 0.4, 0.97, 0.84),
                              (0.95, 0.38, 0.86, 0.68), (1.26, 0.42, 0.5, 0.34),
                                                                     (1.36, 0.45, 0.1, 0.08)], 16)], belly, corners=24)
    made = [body.finished("mottled", 0.3, gloss=0.3), under.finished("stripes_x", 0.06, shade(belly, 0.8)),
            fin([(-0.2, 0), (-0.36, 0.2), (-0.52, 0.22), (-0.56, 0)], 0.07, hue).moved(0, 0.5 + fat * 0.82, -0.2),
            *flukes(-1.5, 0.6, 0.62, hue, 0.12)]
    if rng.random() < 0.5:
        made += spout(0.5 + fat * 0.9, 0.62, 0.62)
    flipper = limb([(0, 0, 0), (0.36, -0.16, -0.1), (0.74, -0.2, -0.34)], [0.14, 0.13, 0.06], hue, 8,
                   12).scaled(y=0.5).moved(fat * 0.8, 0.34, 0.46)
    knob = [ball(0.03, (0.12 + 0.06 * k, 0.5 + fat * (0.62 - 0.2 * k), 1.1 - 0.12 * k), shade(hue, 1.3), 8)
            for k in range(2)]
    return made + pair(flipper, *knob) + eyes(fat * 0.88, 0.5, 0.82, 0.055, out=66)


def sperm_whale(rng: Generator, hue: Color) -> list[Part]:
    """A head like a box, a narrow jaw below with teeth, the tail high."""
    fat, y = rng.uniform(0.42, 0.5), 0.62
    body = loft([(z, y + h0, w * fat, h * fat) for z, h0, w,
                 h in curve([(-1.5, 0.24, 0.14, 0.14), (-1.15, 0.1, 0.28, 0.32), (-0.6, 0.0, 0.68, 0.7),
                             (0.0, 0, 0.98, 0.94), (0.6, 0.02, 0.96, 0.96),
                                                                          (0.96, 0.04, 0.84, 0.86),
                             (1.06, 0.04, 0.5, 0.5)], 22)], hue, 0.72, 26)
    jaw = loft([(z, y - fat * 0.98 + d, w, 0.08) for z, d, w in ((0.1, 0.06, 0.12), (0.3, 0.0, 0.2), (0.7, -0.02, 0.15),
                                                                 (0.92, 0.0, 0.06))], shade(hue, 1.3), 0.8, 16)
    made = [body.finished("mottled", 0.25, gloss=0.3), jaw, *flukes(-1.44, y + 0.26, 0.62, hue, 0.14),
            ball((0.16, 0.1, 0.2), (0, y + fat * 0.64, -0.55), hue, 12)]
    made += spout(y + fat * 0.94, 0.72, 0.66) if rng.random() < 0.6 else []
    flipper = ball((0.26, 0.06, 0.16), (0.22, 0, 0), hue, 14).turned("z", -36).turned("y", 24)
    flipper = flipper.moved(fat * 0.8, y - 0.22, 0.12)
    tooth = [spike((0.11 - 0.02 * k, y - fat * 0.94, 0.44 + 0.13 * k), (0.11 - 0.02 * k, y - fat * 0.94 + 0.12,
                                                                        0.44 + 0.13 * k), 0.035, WHITE)
             for k in range(3)]
    return made + pair(flipper, *tooth) + eyes(fat * 0.9, y - 0.12, 0.5, 0.08, out=74)


def shark_body(hue: Color, belly: Color, fat: float, nose: float) -> list[Part]:
    y = 0.62
    ways = curve([(-1.5, 0.1, 0.1, 0.1), (-1.15, 0.06, 0.22, 0.26), (-0.6, 0, 0.6, 0.64), (0.0, 0, 0.96, 0.98),
                  (0.5, 0, 0.94, 0.9), (0.95, 0.03, 0.62, 0.6), (1.25, 0.07, 0.3, 0.28 * nose),
                  (1.36, 0.08, 0.06, 0.06)], 24)
    body = loft([(z, y + d, w * fat, h * fat) for z, d, w, h in ways], hue, corners=28)
    return [body.painted(lambda c: c[:, 1] < y - 0.3 * fat - 0.02 * c[:, 2], belly).glossy(0.3),
            fin([(-1.36, -0.04), (-1.62, 0.34), (-1.84, 0.6), (-1.86, 0.46), (-1.66, 0.08), (-1.74, -0.16),
                 (-1.86, -0.34), (-1.66, -0.26)], 0.09, hue, 25).moved(0, y + 0.1, 0)]


def great_shark(rng: Generator, hue: Color) -> list[Part]:
    """A white shark: pointed nose, rows of teeth, gills, a fin like a sail."""
    fat, belly, tall, y = rng.uniform(0.34, 0.4), (0.94, 0.94, 0.93), rng.uniform(0.42, 0.54), 0.62
    made = shark_body(hue, belly, fat, 1.0)
    made += [fin([(0.34, 0), (0.1, tall * 0.6), (-0.16, tall), (-0.2, tall * 0.8), (-0.14, 0.2), (-0.22, 0)], 0.09,
                 hue).moved(0, y + fat * 0.84, 0.0),
             fin([(-0.78, 0), (-0.98, 0.18), (-1.0, 0.0)], 0.06, hue, 9).moved(0, y + fat * 0.5, 0.06)]
    mouth = [ball((0.2, 0.085, 0.16), (0, y - 0.2, 0.96), (0.50, 0.16, 0.18), 18)]
    for k in range(5):
        a = np.radians(-64 + 32 * k)
        mouth += [spike((0.18 * np.sin(a), y - 0.14, 0.97 + 0.16 * np.cos(a)),
                        (0.18 * np.sin(a), y - 0.25, 0.96 + 0.17 * np.cos(a)), 0.045, WHITE)]
    flipper = prism(curve([(0, 0.2), (0.34, 0.06), (0.7, -0.26), (0.6, -0.3), (0.26, -0.16), (0, -0.14), (0, 0.2)],
                          16)[:-1], 0.07, (0, 0, 0), hue).turned("x", 90).turned(
        "z", -26).moved(fat * 0.72, y - 0.14, 0.34)
    gills = [limb([(fat * (0.965 - 0.03 * k), y - 0.1, 0.44 + 0.11 * k), (fat * (0.93 - 0.03 * k), y + 0.1,
                                                                          0.42 + 0.11 * k)], [0.022], shade(hue, 0.45),
                  4, 6) for k in range(3)]
    return made + mouth + pair(flipper, *gills) + eyes(fat * 0.67, y + 0.1, 0.94, 0.062, BLACK, out=64)


def toy_shark(rng: Generator, hue: Color) -> list[Part]:
    """Short and chubby, a wide grin full of teeth."""
    fat, belly, y = rng.uniform(0.54, 0.6), (0.94, 0.94, 0.92), 0.66
    body = limb([(0, y + 0.12, -1.1), (0, y + 0.04, -0.8), (0, y, -0.3), (0, y, 0.15), (0, y + 0.04, 0.5),
                 (0, y + 0.1, 0.72)], [0.12, 0.22, 0.46, fat, fat * 0.8, fat * 0.46], hue, 20, 28)
    made = [body.painted(lambda c: c[:, 1] < y - 0.3, belly).glossy(0.3),
            fin([(0.3, 0), (0.1, 0.3), (-0.14, 0.5), (-0.2, 0.36), (-0.2, 0)], 0.13,
                hue).moved(0, y + fat * 0.88, 0.02),
            fin([(-1.0, -0.05), (-1.24, 0.3), (-1.44, 0.5), (-1.44, 0.34), (-1.28, 0.06), (-1.34, -0.16), (-1.42, -0.3),
                 (-1.24, -0.22)], 0.14, hue, 25).moved(0, y + 0.14, 0)]
    made += [ball((0.36, 0.17, 0.2), (0, y - 0.18, 0.64), (0.52, 0.16, 0.19), 20),
             ball((0.22, 0.07, 0.12), (0, y - 0.27, 0.76), (0.88, 0.45, 0.47), 12)]
    for k in range(6):
        a = np.radians(-62 + 24.8 * k)
        x, z = 0.34 * np.sin(a), 0.63 + 0.22 * np.cos(a)
        made += [spike((x, y - 0.07, z), (x, y - 0.19, z + 0.01), 0.055, WHITE)]
    flipper = ball((0.36, 0.075, 0.18), (0.3, 0, -0.04), hue, 16).turned("z", -34).turned("y", 24)
    flipper = flipper.moved(fat * 0.8, y - 0.14, 0.16)
    gills = [limb([(fat * (0.99 - 0.02 * abs(k)), y - 0.06, 0.16 - 0.1 * k),
                   (fat * (0.96 - 0.02 * abs(k)), y + 0.14, 0.14 - 0.1 * k)], [0.028],
                  shade(hue, 0.5), 4, 6) for k in (0, 1)]
    return made + pair(flipper, *gills) + eyes(0.36, y + 0.2, 0.62, 0.12, WHITE, out=34)


def hammerhead(rng: Generator, hue: Color) -> list[Part]:
    """Its head a bar with an eye at either end."""
    fat, belly, wide, y = rng.uniform(0.32, 0.37), (0.93, 0.93, 0.91), rng.uniform(0.52, 0.64), 0.62
    made = shark_body(hue, belly, fat, 1.1)
    made += [ball((wide, 0.11, 0.2), (0, y + 0.04, 1.16), hue, 22).glossy(0.3),
             smile(y - 0.1, 1.08, 0.15, -0.05, 0.03, shade(hue, 0.35), 0.14),
             fin([(0.3, 0), (0.12, 0.34), (-0.1, 0.58), (-0.14, 0.46), (-0.1, 0.14), (-0.18, 0)], 0.09,
                 hue).moved(0, y + fat * 0.84, 0.06),
             fin([(-0.78, 0), (-0.98, 0.18), (-1.0, 0.0)], 0.06, hue, 9).moved(0, y + fat * 0.5, 0.06)]
    flipper = prism(curve([(0, 0.2), (0.34, 0.06), (0.66, -0.24), (0.56, -0.28), (0.24, -0.16), (0, -0.14), (0, 0.2)],
                          16)[:-1], 0.07, (0, 0, 0), hue).turned("x", 90).turned(
        "z", -26).moved(fat * 0.72, y - 0.14, 0.3)
    return made + pair(flipper,
                       ball((0.1, 0.13, 0.13), (wide * 0.96, y + 0.05, 1.16), hue,
                            14)) + eyes(wide + 0.03, y + 0.07, 1.2, 0.075, WHITE, out=58)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "octopus": (("red", "orange", "purple", "pink", *ANY), friendly_octopus, real_octopus),
    "whale": (("blue", "blue", "blue", "grey", "grey", "black", "purple", "pink"), round_whale, long_whale,
              sperm_whale),
    "shark": (("grey", "grey", "grey", "blue", "blue", "black", "green"), great_shark, toy_shark, hammerhead),
}
