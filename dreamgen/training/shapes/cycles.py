"""What is ridden on wheels, and engines on rails and tracks; all go towards +z."""

import numpy as np
from numpy.random import Generator

from .coachwork import CHROME, LAMP, PAINT, PANE, REAR, lamp, plate
from .palette import ANY
from .parts import (
    CREAM,
    DARK,
    GOLD,
    STEEL,
    TYRE,
    WHITE,
    WOOD,
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
    ring,
    rod,
    shade,
    tube,
)

TAN, IRON = (0.55, 0.34, 0.19), (0.24, 0.25, 0.28)


def hoop(radius: float, thick: float, z: float, spokes: int, metal: Color = CHROME, tyre: Color = TYRE) -> list[Part]:
    """A spoked wheel of a bicycle or a motorbike, standing on y = 0."""
    inner = radius - 1.9 * thick
    made = [ring(radius - thick, thick, (0, 0, 0), tyre), ring(inner, thick * 0.5, (0, 0, 0), metal).glossy(0.6),
            lathe([(radius * 0.16, -thick * 1.3), (radius * 0.16, thick * 1.3)], metal, corners=12).glossy(0.6),
            *around(rod((0, 0, 0), (0, 0, inner), radius * 0.032, metal, corners=5), spokes)]
    return moved((p.turned("z", 90) for p in made), 0, radius, z)


def cruiser(rng: Generator, hue: Color) -> list[Part]:
    """A motorbike that sits low, with a teardrop tank, high handlebars and long pipes."""
    gap, r, seat = rng.uniform(0.74, 0.84), 0.35, (TAN, DARK, DARK)[rng.integers(3)]
    head = (0, 0.92, gap - 0.3)
    guard = [tube(curve([(0, r + 0.40 * np.sin(t), z + 0.40 * np.cos(t)) for t in np.linspace(*ends, 7)], 12), 0.085,
                  hue).scaled(x=1.4).glossy(PAINT)
             for z, ends in ((gap, (0.5, 2.6)), (-gap, (0.5, 3.0)))]
    tank = loft([(-0.22, 0.8, 0.06, 0.06), (-0.1, 0.82, 0.13, 0.12), (0.12, 0.86, 0.19, 0.16), (0.3, 0.89, 0.15, 0.13),
                 (0.38, 0.9, 0.05, 0.05)], hue, 0.8).glossy(0.5)
    pipes = [tube(curve([(0.12, 0.55, 0.12), (0.2, 0.36, 0.2), (0.21, 0.26, 0.0), (0.22, 0.27, -gap - 0.2)], 14),
                  [0.045] * 8 + [0.06] * 6, CHROME).glossy(0.9),
             box((0.2, 0.16, 0.3), (0.2, 0.56, -gap + 0.08), seat, 0.4).finished("leather", 0.06)]
    cylinders = [lathe([(0.11, 0), (0.13, 0.04), (0.1, 0.08), (0.13, 0.12), (0.1, 0.16), (0.13, 0.2), (0.1, 0.26)],
                       STEEL, corners=14).turned("x", t).moved(0, 0.44, 0.0).glossy(0.8)
                 for t in (28, -28)]
    made = [*hoop(r, 0.085, gap, 9), *hoop(r, 0.1, -gap, 9), *guard, tank, *cylinders,
            box((0.3, 0.2, 0.46), (0, 0.38, 0), IRON, 0.35).glossy(0.6),
            box((0.3, 0.13, 0.46), (0, 0.73, -0.34), seat,
                0.5).finished("leather", 0.06), box((0.24, 0.12, 0.3), (0, 0.82, -0.66), seat,
                                                    0.5).finished("leather", 0.06),
            *moved(lamp(0.13, (0, 0, 0)), 0, 0.9, gap - 0.06), ball((0.13, 0.13, 0.12), (0, 0.9, gap - 0.14), CHROME,
                                                                    14).glossy(0.8), ball((0.06, 0.06, 0.05),
                                                                      (0, 0.62, -gap - 0.4), REAR, 10),
            rod((0, 0.75, -0.1), (0, 0.45, -gap * 0.6), 0.045, IRON)]
    bar = tube(curve([(0.0, 0.98, gap - 0.32), (0.14, 1.1, gap - 0.34), (0.34, 1.14, gap - 0.46),
                      (0.44, 1.1, gap - 0.62)], 10), [0.032] * 7 + [0.045] * 3, DARK)
    return made + pair(bar, *pipes, rod((0.12, r, gap), (0.1, 0.98, gap - 0.32), 0.042, CHROME),
                       rod((0.13, r, -gap), (0.14, 0.72, -0.3), 0.04, IRON), rod(head, (0.04, 0.42, 0.22), 0.035, IRON))


def racer(rng: Generator, hue: Color) -> list[Part]:
    """A fast motorbike in a full fairing, its tail high."""
    gap, r, second = rng.uniform(0.68, 0.76), 0.33, (WHITE, DARK, shade(hue, 0.6))[rng.integers(3)]
    fairing = loft([(-0.3, 0.56, 0.1, 0.16), (-0.05, 0.58, 0.19, 0.26), (0.25, 0.66, 0.22, 0.32),
                    (0.5, 0.78, 0.18, 0.24), (0.68, 0.8, 0.1, 0.12), (0.74, 0.78, 0.03, 0.04)], hue, 0.75)
    fairing = fairing.painted(lambda c: c[:, 1] < 0.52, second).glossy(0.5)
    tail = loft([(-0.98, 0.98, 0.05, 0.035), (-0.7, 0.9, 0.13, 0.09), (-0.4, 0.8, 0.15, 0.1), (-0.2, 0.76, 0.1, 0.08)],
                hue, 0.7).glossy(0.5)
    made = [*(p for z in (gap, -gap) for p in hoop(r, 0.095, z, 6, (GOLD, CHROME, DARK)[rng.integers(3)])), fairing,
            tail,
            loft([(-0.2, 0.84, 0.1, 0.08), (0.05, 0.9, 0.17, 0.15), (0.28, 0.92, 0.12, 0.1)],
                 hue).glossy(0.5), box((0.24, 0.1, 0.42), (0, 0.84, -0.36), DARK, 0.5),
            loft([(0.36, 1.02, 0.12, 0.05), (0.5, 0.98, 0.13, 0.1), (0.68, 0.86, 0.06, 0.05)], PANE).glossy(0.7),
            tube(curve([(0, r + 0.38 * np.sin(t), gap + 0.38 * np.cos(t)) for t in np.linspace(0.7, 2.5, 6)], 10),
                 0.075, hue).scaled(x=1.4).glossy(0.5),
            box((0.12, 0.06, 0.04), (0, 0.98, -0.97), REAR, 0.3), box((0.28, 0.3, 0.4), (0, 0.42, -0.02), IRON, 0.3)]
    return made + pair(ball((0.07, 0.045, 0.07), (0.08, 0.8, 0.68), LAMP, 12).glossy(0.6),
                       rod((0.13, r, gap), (0.12, 0.86, gap - 0.28), 0.045, CHROME),
                       rod((0.13, r, -gap), (0.12, 0.42, -0.05), 0.045,
                           STEEL), rod((0.12, 0.96, gap - 0.36), (0.36, 0.92, gap - 0.46), 0.035, DARK),
                       tube(curve([(0.14, 0.26, 0.2), (0.18, 0.26, -0.2), (0.2, 0.5, -0.62), (0.2, 0.62, -0.85)], 10),
                            [0.05] * 5 + [0.07] * 5, CHROME).glossy(0.9),
                       box((0.1, 0.07, 0.04), (0.3, 1.06, 0.3), hue, 0.4))


def motor_scooter(rng: Generator, hue: Color) -> list[Part]:
    """An Italian one: a leg shield, a round behind, small wheels."""
    gap, r, seat = rng.uniform(0.56, 0.62), 0.2, (TAN, DARK, CREAM)[rng.integers(3)]
    second = (hue, CREAM)[rng.integers(2)]
    shield = loft([(-0.03, 0, 0.3, 0.34), (0.03, 0, 0.28, 0.33)], hue, 0.6).turned("x", -14).moved(0, 0.62, gap - 0.24)
    body = loft([(-gap - 0.26, 0.5, 0.06, 0.08), (-gap, 0.52, 0.25, 0.2), (-gap + 0.35, 0.54, 0.22, 0.22),
                 (-gap + 0.52, 0.5, 0.12, 0.2)], hue)
    made = [*(p for z in (gap, -gap) for p in (ring(r - 0.07, 0.08, (0, r, z),
                                                    TYRE).moved(0, -r, -z).turned("z", 90).moved(0, r, z),
                                               *pair(lathe([(0.11, 0), (0.11, 0.05), (0.05, 0.09)], CHROME,
                                                           corners=14).turned("z", -90).moved(0.0, r, z).glossy(0.7)))),
            shield.glossy(PAINT), body.glossy(PAINT), box((0.44, 0.07, 0.6), (0, 0.3, 0.06), second,
                                                          0.4), ball((0.13, 0.16, 0.26), (0, 0.36, gap + 0.02), hue,
                                                                     16).glossy(PAINT),
            box((0.3, 0.11, 0.64), (0, 0.79, -gap + 0.18), seat,
                0.5).finished("leather", 0.06), rod((0, 0.3, gap - 0.1), (0, 1.06, gap - 0.34), 0.05, hue),
            ball((0.14, 0.12, 0.15), (0, 1.08, gap - 0.32), hue,
                 14).glossy(PAINT), *lamp(0.09,
                                          (0, 1.08, gap - 0.17)), rod((-0.4, 1.1, gap - 0.38), (0.4, 1.1, gap - 0.38),
                                                                      0.03, CHROME),
            ball((0.07, 0.05, 0.04), (0, 0.58, -gap - 0.24), REAR,
                 10), box((0.3, 0.03, 0.03), (0, 0.62, gap - 0.18), CHROME), plate((0, 0.42, -gap - 0.24))]
    return made + pair(rod((0.28, 1.1, gap - 0.38), (0.44, 1.1, gap - 0.4), 0.045, DARK),
                       rod((0.3, 1.1, gap - 0.36), (0.38, 1.3, gap - 0.32), 0.018, CHROME),
                       ball((0.08, 0.08, 0.03), (0.39, 1.33, gap - 0.32), CHROME,
                            12).glossy(0.6), ball((0.06, 0.15, 0.22), (0.2, 0.46, -gap + 0.06), second,
                                                  14).glossy(PAINT))


def kick_scooter(rng: Generator, hue: Color) -> list[Part]:
    """To stand on: a deck, a tall bar with two grips."""
    long, r, high = rng.uniform(0.56, 0.66), 0.13, rng.uniform(1.05, 1.25)
    top = (0, high, long - 0.2)
    made = [*(p for z in (long, -long) for p in (lathe([(r * 0.7, -0.05), (r, -0.04), (r, 0.04), (r * 0.7, 0.05)], TYRE,
                                                       corners=20).turned("z", 90).moved(0, r, z),
                                                 lathe([(r * 0.62, -0.06), (r * 0.62, 0.06)],
                                                       (WHITE, hue)[rng.integers(2)],
                                                       corners=16).turned("z", 90).moved(0, r, z))),
            box((0.26, 0.07, long * 1.5), (0, 0.17, -0.1), hue,
                0.4).glossy(0.3), box((0.2, 0.02, long * 1.1), (0, 0.21, -0.12),
                                      DARK).finished("speckled", 0.03, (0.4, 0.4, 0.42)),
            tube(curve([(0, 0.18, long * 0.5), (0, 0.24, long * 0.75), (0, 0.4, long - 0.04)], 8), 0.055,
                 hue), rod((0, r, long), (0, 0.45, long - 0.06), 0.05, CHROME).glossy(0.7),
            rod((0, 0.34, long - 0.04), top, 0.045,
                CHROME).glossy(0.7), rod((0, 0.34, long - 0.04), (0, high * 0.62, long - 0.11), 0.06,
                                         hue), rod((-0.2, high, long - 0.2), (0.2, high, long - 0.2), 0.04,
                                                   CHROME).glossy(0.7),
            tube(curve([(0, 0.17, -long + 0.2), (0, 0.28, -long), (0, 0.24, -long - 0.15)], 8), 0.05,
                 hue).scaled(x=1.5)]
    return made + pair(rod((0.18, high, long - 0.2), (0.4, high, long - 0.2), 0.055, (DARK, hue)[rng.integers(2)]),
                       box((0.06, 0.16, 0.16), (0.07, r + 0.02, long), shade(hue, 0.8), 0.3))


def skateboard(rng: Generator, hue: Color) -> list[Part]:
    """Its nose and tail bent up; the wheels in another color."""
    long, wide, thick = rng.uniform(0.9, 1.05), rng.uniform(0.25, 0.3), 0.028
    t = np.linspace(-1, 1, 25)
    lift = 0.24 + 0.2 * np.maximum(np.abs(t) - 0.66, 0) / 0.34 * 1.0
    w = wide * np.sqrt(np.maximum(1 - np.maximum((np.abs(t) - 0.72) / 0.28, 0) ** 2, 0.012))
    sections = np.stack([t * long, lift, w, np.full(25, thick)], -1)
    grip = sections * (0.97, 1, 0.95, 0.6) + (0, 0.022, 0, 0)
    wheels = (CREAM, (0.93, 0.45, 0.2), (0.2, 0.6, 0.6), (0.95, 0.8, 0.25))[rng.integers(4)]
    tyre = lathe([(0.07, -0.06), (0.1, -0.05), (0.1, 0.05), (0.07, 0.06)], wheels, corners=18).glossy(0.3)
    made = [loft(sections, hue, 0.5, 16).glossy(0.3),
            loft(grip, shade(hue, 0.42) if rng.random() < 0.6 else shade(hue, 1.25), 0.5,
                 16).finished("speckled", 0.03, (0.45, 0.45, 0.47))]
    for z in (0.52, -0.52):
        made += [*pair(*(p.turned("z", 90).moved(wide * 0.82, 0.1, z * long)
                         for p in (tyre, lathe([(0.045, -0.075), (0.045, 0.075)], STEEL, corners=10)))),
                 rod((-wide * 0.8, 0.1, z * long), (wide * 0.8, 0.1, z * long), 0.035,
                     STEEL), box((0.14, 0.1, 0.2), (0, 0.17, z * long), STEEL, 0.3),
                 *(dot((0.02, 0.014, 0.02), (x, 0.285, z * long + d), STEEL) for x in (-0.05, 0.05)
                   for d in (-0.06, 0.06))]
    return made


def longboard(rng: Generator, hue: Color) -> list[Part]:
    """A pointed flat board with a stripe, set up on its tail to show it: no, lying, as it is ridden."""
    long, wide = 1.15, rng.uniform(0.26, 0.3)
    t = np.linspace(-1, 1, 21)
    w = wide * np.maximum(1 - np.abs(t) ** 3.2, 0.02) ** 0.7
    board = np.stack([t * long, 0.26 - 0.03 * (1 - t * t), w, np.full(21, 0.03)], -1)
    stripe = board * (0.9, 1, 0.3, 0.9) + (0, 0.012, 0, 0)
    tyre = lathe([(0.08, -0.07), (0.12, -0.06), (0.12, 0.06), (0.08, 0.07)], (0.95, 0.9, 0.8), corners=18).glossy(0.3)
    made = [loft(board, hue, 0.6, 16).glossy(0.3), loft(stripe, (CREAM, DARK, WOOD)[rng.integers(3)], 0.6, 12)]
    for z in (0.66, -0.66):
        made += [*pair(tyre.turned("z", 90).moved(0.23, 0.12, z * long),
                       lathe([(0.05, 0), (0.05, 0.1)], STEEL, corners=10).turned("z", -90).moved(0.22, 0.12, z * long)),
                 rod((-0.22, 0.12, z * long), (0.22, 0.12, z * long), 0.04,
                     STEEL), box((0.14, 0.1, 0.2), (0, 0.19, z * long), STEEL, 0.3)]
    return made


def crossbar(rng: Generator, hue: Color) -> list[Part]:
    """A bicycle with a straight frame; its tubes are thicker than life, so that they show."""
    return bicycle(rng, hue, 0.9, (DARK, TAN)[rng.integers(2)], basket=False)


def step_through(rng: Generator, hue: Color) -> list[Part]:
    """A city bicycle: a low curved frame, guards, a basket before it."""
    return bicycle(rng, hue, 0.66, TAN, basket=True)


def bicycle(rng: Generator, hue: Color, back_joint: float, leather: Color, basket: bool) -> list[Part]:
    gap, r, t = rng.uniform(0.58, 0.64), 0.37, 0.038
    crank, saddle, head, low = (0, 0.34, -0.06), (0, 0.9, -0.22), (0, 0.92, gap - 0.2), (0, 0.74, gap - 0.14)
    tyre = (TYRE, TYRE, (0.86, 0.78, 0.62))[rng.integers(3)]
    joint = np.array(crank) + (np.array(saddle) - crank) * (0.88 if not basket else 0.4)
    made = [*hoop(r, 0.04, gap, 10, STEEL, tyre), *hoop(r, 0.04, -gap, 10, STEEL, tyre), rod(crank, saddle, t, hue),
            rod(head, low, t * 1.15, hue),
            tube(curve([crank, (0, 0.42, 0.16), low], 8) if basket else [crank, low], t, hue),
            tube(curve([joint, (0, 0.56, 0.14), head], 8) if basket else [joint, head], t,
                 hue), tube(curve([low, (0, 0.6, gap - 0.09), (0, r, gap)], 6), t, hue),
            rod(low, (0, 1.05, gap - 0.24), t * 0.8,
                CHROME), box((0.2, 0.08, 0.2), (0, 0.94, -0.3), leather,
                             0.5).finished("leather", 0.05), box((0.1, 0.06, 0.24), (0, 0.94, -0.16), leather, 0.5),
            lathe([(0.12, -0.02), (0.12, 0.02)], CHROME,
                  corners=16).turned("z", 90).moved(0.07, 0.34,
                                                    -0.06), *pair(rod((0.06, 0.34, -0.06), (0.05, r, -gap), t * 0.7,
                                                                      hue), rod((0.05, 0.78, -0.19), (0.05, r, -gap),
                                                                      t * 0.65, hue))]
    made += [rod((0.1, 0.34, -0.06), (0.13, 0.18, 0.04), 0.025, CHROME),
             rod((-0.1, 0.34, -0.06), (-0.13, 0.5, -0.16), 0.025, CHROME),
             box((0.15, 0.04, 0.1), (0.19, 0.17, 0.04), DARK,
                 0.3), box((0.15, 0.04, 0.1), (-0.19, 0.51, -0.16), DARK, 0.3)]
    rise, drop = (0.1, 0.2) if basket else (0.0, 0.02)
    made += pair(tube(curve([(0, 1.05, gap - 0.24), (0.18, 1.06 + rise, gap - 0.2),
                             (0.3, 1.06 + rise, gap - 0.24 - drop)], 8), t * 0.8, CHROME),
                 rod((0.26, 1.06 + rise, gap - 0.22 - drop * 0.8), (0.38, 1.06 + rise, gap - 0.32 - drop), 0.042,
                     leather))
    if basket:
        weave = lathe([(0.15, 0), (0.2, 0.24), (0.22, 0.24), (0.22, 0.27), (0.17, 0.27), (0.13, 0.03)],
                      (0.72, 0.52, 0.3), corners=16, closed=True).finished("checks", 0.035, (0.5, 0.34, 0.18))
        made += [weave.scaled(x=1.1).moved(0, 0.84, gap + 0.08),
                 lathe([(0.15, 0), (0.15, 0.03)], (0.5, 0.34, 0.18)).moved(0, 0.85, gap + 0.08)]
        made += [tube(curve([(0, r + 0.43 * np.sin(a), z + 0.43 * np.cos(a)) for a in np.linspace(*ends, 8)], 12), 0.03,
                      hue).scaled(x=1.8) for z, ends in ((gap, (0.7, 2.4)), (-gap, (0.8, 2.9)))]
        made += [box((0.2, 0.03, 0.4), (0, 0.86, -gap - 0.06), STEEL),
                 *pair(rod((0.08, 0.86, -gap - 0.2), (0.06, r, -gap), 0.02, STEEL))]
    return made + [ball((0.05, 0.05, 0.04), (0, 0.72 if basket else 0.8, -gap - 0.3 if basket else -0.3), REAR, 10),
                   ball((0.06, 0.06, 0.05), (0, 0.76, gap - 0.06), LAMP, 10)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "motorbike": (ANY, cruiser, racer),
    "scooter": (ANY, motor_scooter, kick_scooter),
    "bike": (ANY, crossbar, step_through),
    "skateboard": (ANY, skateboard, longboard),
}
