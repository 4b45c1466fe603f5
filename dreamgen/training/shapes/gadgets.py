"""Devices: what has a screen, a lens or a cord; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY
from .parts import (
    CREAM,
    DARK,
    RED,
    STEEL,
    WHITE,
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    dot,
    lathe,
    loft,
    moved,
    pair,
    prism,
    ring,
    rod,
    shade,
    tube,
)

BRASS, SCREEN, INK = (0.88, 0.69, 0.28), (0.16, 0.24, 0.36), (0.17, 0.18, 0.2)
PASTEL = ((0.95, 0.52, 0.42), (0.98, 0.78, 0.36), (0.48, 0.75, 0.55), (0.42, 0.66, 0.88), (0.72, 0.58, 0.86))


def screen_saver(wide: float, high: float, rng: Generator) -> list[Part]:
    """A picture on a screen of this size around 0, to +z: windows, or hills under a sun."""
    if rng.random() < 0.5:
        sky, sun = ((0.45, 0.70, 0.92), (0.98, 0.86, 0.45))
        a = np.linspace(-0.5, 0.5, 15)
        hills = [prism([(-wide / 2, -high / 2), *((x * wide, high * (k + 0.12 * np.cos(x * 9 + d))) for x in a),
                        (wide / 2, -high / 2)], 0.01, (0, 0, z), c) for k, d, z,
                 c in ((-0.04, 0, 0.012, (0.35, 0.62, 0.5)), (-0.2, 2, 0.02, (0.24, 0.5, 0.42)))]
        return [box((wide, high, 0.012), (0, 0, 0), sky), *hills,
                lathe([(high * 0.12, 0), (high * 0.12, 0.02)], sun).turned("x", 90).moved(wide * 0.24, high * 0.26, 0)]
    tint = PASTEL[rng.integers(5)]
    return [box((wide, high, 0.012), (0, 0, 0), SCREEN), box((wide * 0.56, high * 0.6, 0.03), (-wide * 0.12, 0.03, 0),
                                                             WHITE),
            box((wide * 0.56, high * 0.1, 0.034), (-wide * 0.12, 0.03 + high * 0.25, 0), tint),
            *(box((wide * s, high * 0.05, 0.034), (-wide * 0.36 + wide * s / 2, high * y, 0), (0.6, 0.64, 0.7)) for s,
              y in ((0.4, 0.13), (0.3, 0.03), (0.36, -0.07))),
            box((wide * 0.26, high * 0.34, 0.04), (wide * 0.28, -high * 0.16, 0), tint)]


def laptop(rng: Generator, hue: Color) -> list[Part]:
    """Open: thin, a bright picture on its screen, keys, a pad; a mark on its lid."""
    wide, lean = rng.uniform(1.35, 1.55), rng.uniform(10, 26)
    high, frame = wide * 0.64, (INK, shade(hue, 0.6))[rng.integers(2)]
    picture = [p.moved(0, high * 0.51, 0.036) for p in screen_saver(wide * 0.9, high * 0.84, rng)]
    lid = [box((wide, high, 0.07), (0, high / 2, 0), hue, 0.4).glossy(0.4),
           box((wide * 0.95, high * 0.93, 0.03), (0, high / 2, 0.024), frame, 0.2), *picture,
           ball((0.12, 0.12, 0.02), (0, high / 2, -0.036), DARK if sum(hue) > 1.2 else WHITE, 14)]
    dark = INK if sum(hue) > 0.9 else (0.42, 0.43, 0.46)
    keys = [box((wide * 0.076, 0.035, 0.078), (wide * (0.09 * i - 0.405), 0.075, -0.31 + 0.105 * k), dark)
            for k in range(4) for i in range(10)]
    base = [box((wide, 0.085, 0.98), (0, 0.025, 0), hue, 0.4).glossy(0.4), *keys,
            box((wide * 0.4, 0.03, 0.075), (0, 0.075, 0.11), dark),
            box((wide * 0.32, 0.02, 0.24), (0, 0.064, 0.32), shade(hue, 0.8), 0.2)]
    return [*base, *moved((p.turned("x", -lean) for p in lid), 0, 0.05, -0.48),
            rod((-wide * 0.36, 0.06, -0.48), (wide * 0.36, 0.06, -0.48), 0.045, dark)]


def thick_laptop(rng: Generator, hue: Color) -> list[Part]:
    """A sturdy one: thick, with rubber corners."""
    wide, lean = rng.uniform(1.3, 1.4), rng.uniform(6, 18)
    high, bumper = wide * 0.72, ((0.93, 0.56, 0.2), (0.3, 0.55, 0.7), (0.35, 0.36, 0.38))[rng.integers(3)]
    picture = [p.moved(0, high * 0.53, 0.062) for p in screen_saver(wide * 0.82, high * 0.74, rng)]
    rubber = [box((0.2, 0.2, 0.14), (wide / 2 - 0.07, y, 0), bumper, 0.4) for y in (0.08, high - 0.07)]
    lid = [box((wide, high, 0.11), (0, high / 2, 0), hue, 0.3),
           box((wide * 0.88, high * 0.84, 0.04), (0, high * 0.52, 0.045), INK, 0.2), *picture, *pair(*rubber),
           box((0.5, 0.18, 0.03), (0, high / 2, -0.055), shade(hue, 0.7), 0.3)]
    keys = [box((wide * 0.085, 0.05, 0.09), (wide * (0.1 * i - 0.35), 0.14, -0.34 + 0.12 * k), (0.22, 0.23, 0.25))
            for k in range(4) for i in range(8)]
    base = [box((wide, 0.18, 1.0), (0, 0.05, 0), hue, 0.3), *keys,
            box((wide * 0.3, 0.03, 0.2), (0, 0.14, 0.3), shade(hue, 0.6), 0.2),
            *pair(box((0.2, 0.22, 0.2), (wide / 2 - 0.07, 0.05, 0.43), bumper, 0.4)),
            box((0.5, 0.08, 0.1), (0, 0.03, 0.53), (0.22, 0.23, 0.25), 0.4)]
    return [*base, *moved((p.turned("x", -lean) for p in lid), 0, 0.13, -0.46)]


def slr_camera(rng: Generator, hue: Color) -> list[Part]:
    """A body of leather and metal, a big lens, a prism hump, dials."""
    wide, metal = rng.uniform(1.15, 1.3), ((0.74, 0.75, 0.77), (0.24, 0.25, 0.27))[rng.integers(2)]
    lens = [lathe([(0.38, 0), (0.38, 0.16), (0.35, 0.18), (0.35, 0.4), (0.31, 0.43), (0.27, 0.43), (0.23, 0.34)], INK,
                  corners=32).glossy(0.3), lathe([(0.25, 0.3), (0.17, 0.37), (0, 0.4)], (0.28, 0.45, 0.62)).glossy(0.9),
            *(lathe([(0.385, y), (0.395, y + 0.03), (0.385, y + 0.06)], metal, corners=32).glossy(0.7)
              for y in (0.03, 0.22))]
    return [box((wide, 0.8, 0.42), (0, 0.4, 0), hue, 0.3).finished("leather", 0.05),
            box((wide + 0.02, 0.2, 0.44), (0, 0.72, 0), metal, 0.35).glossy(0.6),
            box((wide + 0.02, 0.08, 0.44), (0, 0.04, 0), metal, 0.35).glossy(0.6),
            prism([(-0.28, 0), (0.28, 0), (0.17, 0.22), (-0.17, 0.22)], 0.36, (0, 0.8, 0), metal).glossy(0.6),
            box((0.22, 0.1, 0.03), (0, 0.92, 0.18), (0.35, 0.5, 0.62), 0.2),
            *moved((p.turned("x", 90) for p in lens), 0, 0.38, 0.2),
            lathe([(0.07, 0), (0.07, 0.08)], RED, (-wide * 0.4, 0.8, 0),
                  14), *(lathe([(0.12, 0), (0.12, 0.1), (0.1, 0.11)], INK, (x, 0.8, 0), 16)
                         for x in (wide * 0.34, -wide * 0.26)), box((0.6, 0.42, 0.03), (0, 0.36, -0.21), SCREEN,
                                                                    0.1).glossy(0.5), *(dot((0.05, 0.05, 0.03),
                                                                      (wide * 0.4, 0.5 - 0.16 * k, -0.21), INK)
                                                                      for k in range(3)), *pair(ring(0.06, 0.022,
                                                                      (wide / 2 + 0.03, 0.7, 0), STEEL)), box((0.2, 0.2,
                                                                      0.03), (0, 0.95, -0.17), INK, 0.2)]


def instant_camera(rng: Generator, hue: Color) -> list[Part]:
    """A wedge with a rainbow and a picture that comes out below."""
    outline = [(-0.4, 0), (0.46, 0), (0.46, 0.34), (0.3, 0.44), (0.26, 0.86), (-0.3, 0.86), (-0.4, 0.7)]
    body = prism(outline, 1.15, (0, 0, 0), hue).turned("y", -90).glossy(0.3)
    lens = [lathe([(0.27, 0), (0.27, 0.1), (0.22, 0.13), (0.16, 0.09)], INK, corners=28),
            lathe([(0.17, 0.06), (0.1, 0.11), (0, 0.12)], (0.3, 0.48, 0.62)).glossy(0.9)]
    rainbow = [box((0.05, 0.36, 0.03), (-0.1 + 0.05 * k, 0.17, 0.455), PASTEL[k])
               for k in range(5)] if rng.random() < 0.6 else []
    return [body, *moved((p.turned("x", 86) for p in lens), 0, 0.63, 0.27),
            box((0.26, 0.16, 0.06), (0.38, 0.74, 0.27), CREAM, 0.2),
            box((0.22, 0.12, 0.03), (-0.4, 0.74, 0.27), (0.3, 0.45, 0.55), 0.2).glossy(0.6),
            ball((0.07, 0.07, 0.04), (-0.42, 0.54, 0.3), RED, 12), *rainbow,
            box((0.86, 0.06, 0.05), (0, 0.08, 0.46), INK, 0.2) if not rainbow
            else box((1.0, 0.05, 0.05), (0, 0.04, 0.46), INK, 0.2),
            box((0.66, 0.03, 0.42), (0, 0.05, 0.62), WHITE,
                0.1), box((0.52, 0.02, 0.26), (0, 0.066, 0.62),
                          (0.35, 0.55, 0.65)), box((0.4, 0.24, 0.1), (0.1, 0.7, -0.36), INK,
                                                   0.3), box((1.16, 0.06, 0.3), (0, 0.4, 0.26), shade(hue, 0.6), 0.2)]


def headphones(rng: Generator, hue: Color) -> list[Part]:
    """A padded band over two round cushioned cups."""
    wide, a = rng.uniform(0.66, 0.74), np.linspace(-0.12, np.pi + 0.12, 26)
    second, cushion = ((0.2, 0.21, 0.23), CREAM, (0.72, 0.73, 0.75),
                       shade(hue, 0.6))[rng.integers(4)], ((0.18, 0.18, 0.2), (0.5, 0.34, 0.22),
                                                           shade(hue, 0.45))[rng.integers(3)]
    band = tube(np.stack([wide * np.cos(a), 0.14 + 0.78 * np.sin(a), 0 * a], -1), 0.07, hue).scaled(z=1.5).glossy(0.4)
    b = np.linspace(0.6, np.pi - 0.6, 14)
    pad = tube(np.stack([(wide - 0.08) * np.cos(b), 0.14 + 0.70 * np.sin(b), 0 * b], -1), 0.075,
               cushion).scaled(z=1.6).finished("leather", 0.06)
    cup = [lathe([(0.24, 0), (0.33, 0.03), (0.34, 0.1), (0.28, 0.2), (0.2, 0.23), (0, 0.23)], hue,
                 corners=24).glossy(0.4), lathe([(0.19, 0.2), (0.19, 0.26), (0.14, 0.27)], second,
                                                corners=20).glossy(0.5),
           ring(0.25, 0.1, (0, -0.05, 0), cushion).finished("leather", 0.06), lathe([(0.2, -0.1), (0.2, 0.0)], INK)]
    cup = [p.turned("z", -90).scaled(y=1.15).moved(wide - 0.02, -0.05, 0) for p in cup]
    return [band, pad, *pair(*cup, box((0.08, 0.3, 0.16), (wide + 0.06, 0.22, 0), second, 0.4).glossy(0.5))]


def gaming_headset(rng: Generator, hue: Color) -> list[Part]:
    """Angular cups, a double band and a microphone before the mouth."""
    wide, a = 0.7, np.linspace(0.0, np.pi, 22)
    glow = ((0.3, 0.85, 0.95), (0.95, 0.4, 0.55), (0.6, 0.95, 0.4))[rng.integers(3)]
    bands = [tube(np.stack([wide * np.cos(a), 0.1 + s * np.sin(a), 0 * a], -1), r, c).scaled(z=1.6) for s, r,
             c in ((0.86, 0.06, hue), (0.7, 0.045, INK))]
    cup = [lathe([(0.3, 0), (0.36, 0.06), (0.33, 0.18), (0.22, 0.24)], hue, corners=6).glossy(0.3),
           lathe([(0.21, 0.2), (0.21, 0.26)], INK, corners=6), lathe([(0.12, 0.2), (0.12, 0.28)], glow, corners=6),
           ring(0.25, 0.1, (0, -0.05, 0), INK), lathe([(0.2, -0.1), (0.2, 0.0)], INK)]
    cup = [p.turned("z", -90).scaled(y=1.2).moved(wide - 0.02, -0.05, 0) for p in cup]
    mic = [tube(curve([(wide + 0.1, -0.2, 0.1), (wide + 0.1, -0.45, 0.4), (wide - 0.25, -0.5, 0.62)], 10), 0.035, INK),
           ball((0.11, 0.08, 0.08), (wide - 0.3, -0.5, 0.64), (0.3, 0.3, 0.32), 12)]
    return [*bands, *pair(*cup), *mic]


def smartphone(rng: Generator, hue: Color) -> list[Part]:
    """Upright: icons on its screen, cameras on its colored back."""
    wide, high = rng.uniform(0.66, 0.74), rng.uniform(1.36, 1.48)
    sky = ((0.30, 0.46, 0.75), (0.45, 0.35, 0.65), (0.2, 0.5, 0.55), (0.92, 0.62, 0.5))[rng.integers(4)]
    icons = [box((wide * 0.17, wide * 0.17, 0.03), (wide * (0.24 * i - 0.36), high * (0.28 - 0.13 * j), 0.07),
                 (*PASTEL, WHITE)[(i * 2 + j * 3) % 6], 0.4) for i in range(4) for j in range(3)]
    dock = [box((wide * 0.86, wide * 0.24, 0.02), (0, -high * 0.39, 0.064), shade(sky, 1.35), 0.3),
            *(box((wide * 0.17, wide * 0.17, 0.03), (wide * (0.24 * i - 0.36), -high * 0.39, 0.07), PASTEL[(i + 1) % 5],
                  0.4) for i in range(4))]
    cameras = [lathe([(0.075, 0), (0.075, 0.05), (0.06, 0.06)], INK,
                     corners=16).turned("x", -90).moved(wide * 0.3, high * y, -0.07).glossy(0.8) for y in (0.4, 0.29)]
    return [box((wide, high, 0.13), (0, 0, 0), hue, 0.5).glossy(0.4),
            box((wide * 0.94, high * 0.965, 0.02), (0, 0, 0.058), INK, 0.4).glossy(0.5),
            box((wide * 0.88, high * 0.92, 0.016), (0, 0, 0.064), sky), *icons, *dock,
            box((wide * 0.26, 0.05, 0.03), (0, high * 0.435, 0.066), INK, 0.4),
            box((0.2, 0.34, 0.04), (wide * 0.3, high * 0.345, -0.06), shade(hue, 0.75), 0.4), *cameras,
            box((0.03, 0.2, 0.05), (wide / 2, high * 0.16, 0), shade(hue, 0.7), 0.3),
            ball((0.09, 0.09, 0.015), (0, 0, -0.064), shade(hue, 0.7), 12)]


def dial_phone(rng: Generator, hue: Color) -> list[Part]:
    """An old telephone: a dial with holes, the receiver across its fork."""
    second = (shade(hue, 0.6), CREAM, BRASS)[rng.integers(3)]
    body = loft([(-0.55, 0.16, 0.5, 0.16), (-0.4, 0.3, 0.52, 0.3), (-0.1, 0.34, 0.44, 0.34), (0.2, 0.24, 0.5, 0.24),
                 (0.55, 0.12, 0.56, 0.12), (0.6, 0.1, 0.54, 0.1)], hue, 0.45).glossy(0.4)
    turning = [lathe([(0.34, 0), (0.34, 0.05), (0.3, 0.06)], second, corners=28).glossy(0.5),
               *around(lathe([(0.052, 0.055), (0.052, 0.075)], INK, (0, 0, 0.21), 10), 10),
               lathe([(0.13, 0.05), (0.13, 0.09)], CREAM, corners=18)]
    receiver = [tube(curve([(-0.56, 0.9, -0.2), (-0.3, 1.0, -0.2), (0.3, 1.0, -0.2), (0.56, 0.9, -0.2)], 14), 0.085,
                     hue).glossy(0.4), *pair(lathe([(0.17, -0.16), (0.2, -0.12), (0.17, 0.0), (0.09, 0.06)], hue,
                                                   (0.6, 0.9, -0.2), 20).glossy(0.4))]
    fork = pair(box((0.12, 0.2, 0.26), (0.26, 0.74, -0.2), second, 0.4),
                box((0.06, 0.16, 0.08), (0.38, 0.84, -0.08), second, 0.3))
    cord = tube(np.stack([-0.62 - 0.06 * np.cos(np.linspace(0, 44, 66)), np.linspace(0.76, 0.06, 66),
                          -0.2 + 0.06 * np.sin(np.linspace(0, 44, 66))], -1), 0.025, shade(hue, 0.55), 6)
    return [body, *moved((p.turned("x", 58) for p in turning), 0, 0.44, 0.26), *receiver, *fork, cord,
            box((1.14, 0.06, 1.24), (0, 0.02, 0), shade(hue, 0.6), 0.3)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "laptop": (("grey", "black", "white"), laptop, thick_laptop),
    "camera": (("black", "brown", "red", "grey"), slr_camera, instant_camera),
    "headphones": (ANY, headphones, gaming_headset),
    "phone": (ANY, smartphone, dial_phone),
}
