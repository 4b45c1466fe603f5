"""Cars; all go towards +z."""

import numpy as np
from numpy.random import Generator

from .coachwork import (
    BLACK,
    CHROME,
    LAMP,
    PAINT,
    PANE,
    REAR,
    bodywork,
    bumper,
    cabin,
    disc_wheel,
    glazed,
    grille,
    handles,
    lamp,
    mirrors,
    plate,
    shell,
    siren,
    wheel,
)
from .palette import ANY, NONE
from .parts import CREAM, DARK, WHITE, Color, Part, ball, box, curve, dot, lathe, moved, pair, ring, rod, shade, tube

TAXI, FIRE = (0.96, 0.73, 0.12), (0.78, 0.12, 0.10)


def panes(rng: Generator) -> Color:
    return (PANE, shade(PANE, 0.7), (0.42, 0.58, 0.68))[rng.integers(3)]


def four_wheels(make, radius: float, width: float, x: float, *zs: float, **more) -> list[Part]:
    """Wheels at ``zs`` on both sides, their rims outwards."""
    return [p for z in zs for p in pair(*make(radius, width, (x, radius, z), **more))]


def hatchback(rng: Generator, hue: Color) -> list[Part]:
    """Small and friendly: short bonnet, steep back, round lamps."""
    long, w, roof, r = rng.uniform(0.86, 0.98), rng.uniform(0.45, 0.5), rng.uniform(1.08, 1.2), rng.uniform(0.2, 0.23)
    front, back = long * 0.62, -long * 0.62
    top = [(-long, 0.5), (-long * 0.96, 0.66), (0, 0.68), (long * 0.55, 0.66), (long * 0.9, 0.57), (long, 0.42)]
    plan = [(-long, w * 0.86), (-long * 0.85, w), (0, w * 1.02), (long * 0.7, w * 0.98), (long, w * 0.8)]
    roofed = (hue, hue, WHITE, BLACK)[rng.integers(4)]
    mid = -0.1 * long
    made = bodywork(hue, top, plan, (back, front), r, doors=(mid, long * 0.34))
    made += [cabin(hue, 0.66, roof, (-long * 0.96, long * 0.5), (-long * 0.74, long * 0.12), w * 0.93,
                   (mid, -long * 0.62),
                   0.2, 0.1, panes(rng), roofed)]
    made += [bumper(w * 1.75, (0, 0.29, long - 0.02), BLACK), bumper(w * 1.75, (0, 0.3, -long + 0.02), BLACK),
             *grille((w * 0.75, 0.1), (0, 0.44, long - 0.03), 2), plate((0, 0.3, long + 0.04)),
             plate((0, 0.42, -long - 0.0)), *mirrors(roofed, w * 0.95, 0.74, long * 0.36),
             *handles(w * 1.0, 0.58, mid + 0.12)]
    return made + pair(*lamp(0.11, (w * 0.66, 0.49, long - 0.05)),
                       box((0.12, 0.17, 0.06), (w * 0.7, 0.52, -long + 0.0), REAR, 0.3).glossy(0.4)) + \
        four_wheels(wheel, r, 0.17, w - 0.06, back, front, spokes=int(rng.integers(4, 7)))


def beetle(rng: Generator, hue: Color) -> list[Part]:
    """An old round one: a domed body, wings over the wheels, running boards."""
    long, roof, r, w = rng.uniform(0.96, 1.04), rng.uniform(1.06, 1.15), 0.23, 0.36
    front, back = long * 0.62, -long * 0.6
    top = [(-long, 0.36), (-long * 0.9, 0.6), (-long * 0.5, 0.76), (0, 0.72), (long * 0.45, 0.68), (long * 0.85, 0.56),
           (long, 0.34)]
    plan = [(-long, w * 0.6), (-long * 0.6, w * 0.95), (0, w * 1.05), (long * 0.6, w * 0.85), (long, w * 0.5)]
    hull = shell([(z, 0.24, h, p) for (z, h), (_, p) in zip(curve(top, 24), curve(plan, 24))], hue, 0.24)
    for d in (-long * 0.2, long * 0.28):
        hull = glazed(hull, lambda c, n, d=d: (np.abs(c[:, 2] - d) < 0.03) & (np.abs(n[:, 0]) > 0.9), shade(hue, 0.55))
    a = np.linspace(-0.25, np.pi + 0.15, 14)
    wing = [moved([tube(np.stack([0 * a, 0.2 + 0.285 * np.sin(a), 0.3 * np.cos(a)], -1),
                        0.075 + 0.075 * np.sin(a.clip(0, np.pi)), hue, 12).scaled(x=1.0)], 0.43, 0, z)[0].glossy(PAINT)
            for z in (front, back)]
    made = [hull.glossy(PAINT), cabin(hue, 0.66, roof, (-long * 0.84, long * 0.36), (-long * 0.44, long * 0.12),
                                      w * 0.98,
                                      (-long * 0.16, -long * 0.46), 0.2, 0.16, panes(rng), bend=0.5),
            bumper(0.86, (0, 0.26, long + 0.06), CHROME, 0.09,
                   0.08), bumper(0.86, (0, 0.26, -long - 0.06), CHROME, 0.09, 0.08),
            plate((0, 0.42, -long * 0.98))]
    made += [box((0.6, 0.03, 0.05), (0, y, z), DARK, 0.3) for y, z in ((0.56, -long * 0.95), (0.5, -long * 0.97))]
    return made + pair(*wing, box((0.16, 0.06, long * 0.8), (0.42, 0.24, 0), BLACK, 0.3),
                       *lamp(0.11, (0.42, 0.5, front + 0.27)), ball((0.06, 0.09, 0.05), (0.43, 0.42, back - 0.29),
                                                                    REAR)) + \
        handles(w * 1.05, 0.6, -0.1) + \
        four_wheels(disc_wheel, r, 0.16, 0.4, back, front, hub=(CHROME, CREAM)[rng.integers(2)])


def suv(rng: Generator, hue: Color) -> list[Part]:
    """Tall and square, dark guards over big wheels, rails on the roof."""
    long, w, roof, r = rng.uniform(1.0, 1.12), rng.uniform(0.5, 0.54), rng.uniform(1.24, 1.36), rng.uniform(0.27, 0.3)
    front, back = long * 0.6, -long * 0.58
    top = [(-long, 0.56), (-long * 0.98, 0.8), (0, 0.82), (long * 0.5, 0.81), (long * 0.9, 0.77), (long, 0.52)]
    plan = [(-long, w * 0.92), (-long * 0.9, w), (long * 0.8, w), (long, w * 0.88)]
    mid = -long * 0.06
    made = bodywork(hue, top, plan, (back, front), r, 0.3, (mid, long * 0.34), 0.08)
    made += [cabin(hue, 0.8, roof, (-long * 0.99, long * 0.44), (-long * 0.9, long * 0.16), w * 0.95,
                   (mid, -long * 0.52, -long * 0.92), 0.14, 0.07, panes(rng)),
             bumper(w * 1.95, (0, 0.36, long - 0.0), BLACK,
                    0.16), bumper(w * 1.95, (0, 0.38, -long + 0.0), BLACK, 0.16),
             *grille((w * 0.95, 0.2), (0, 0.6, long - 0.03), 3), plate((0, 0.4, long + 0.06)),
             *mirrors(BLACK, w * 0.98, 0.9, long * 0.32), *handles(w * 1.0, 0.72, mid + 0.14, -long * 0.42)]
    if rng.random() < 0.5:
        made += [p.moved(0, 0.62, -long - 0.1) for p in (
            ring(0.17, 0.075, (0, 0, 0), DARK).turned("x", 90),
            lathe([(0.15, -0.08), (0.15, 0.04), (0.08, 0.07)], CHROME).turned("x", -90))]
    a = np.linspace(0.0, np.pi, 14)
    guards = [tube(np.stack([0 * a, r + r * 1.22 * np.sin(a), z + r * 1.22 * np.cos(a)], -1), 0.045, BLACK,
                   6).moved(w * 0.98) for z in (back, front)]
    return made + pair(*guards, box((0.07, 0.09, long * 0.55), (w, 0.32, 0), BLACK, 0.3),
                       tube([(w * 0.72, roof - 0.03, -long * 0.75), (w * 0.72, roof + 0.05, -long * 0.68),
                             (w * 0.72, roof + 0.05, 0.0), (w * 0.72, roof - 0.03, 0.06)], 0.024, BLACK),
                       box((0.17, 0.14, 0.06), (w * 0.74, 0.63, long - 0.03), LAMP, 0.3).glossy(0.5),
                       box((0.1, 0.24, 0.06), (w * 0.82, 0.68, -long + 0.0), REAR, 0.3).glossy(0.4)) + \
        four_wheels(wheel, r, 0.2, w - 0.06, back, front)


def saloon(rng: Generator, hue: Color, belt: Color | None = None, roofed: Color | None = None) -> list[Part]:
    """Three boxes: bonnet, cabin, boot; ``belt`` is the color of its doors."""
    long, w, roof, r = rng.uniform(1.14, 1.24), rng.uniform(0.47, 0.5), rng.uniform(0.98, 1.05), rng.uniform(0.2, 0.22)
    front, back = long * 0.62, -long * 0.6
    top = [(-long, 0.42), (-long * 0.96, 0.6), (-long * 0.6, 0.64), (0, 0.63), (long * 0.5, 0.6), (long * 0.9, 0.53),
           (long, 0.38)]
    plan = [(-long, w * 0.86), (-long * 0.8, w), (0, w * 1.02), (long * 0.7, w * 0.98), (long, w * 0.82)]
    mid, ends = -long * 0.08, (-long * 0.42, long * 0.3)
    made = bodywork(hue, top, plan, (back, front), r, 0.18, (mid, *ends))
    if belt:
        made[0] = glazed(made[0], lambda c, n: (c[:, 2] > ends[0]) & (c[:, 2] < ends[1]) & (np.abs(n[:, 0]) > 0.5),
                         belt)
    made += [cabin(hue, 0.6, roof, (-long * 0.72, long * 0.42), (-long * 0.42, long * 0.06), w * 0.94,
                   (mid, -long * 0.46),
                   0.2, 0.09, panes(rng), roofed),
             bumper(w * 1.85, (0, 0.27, long - 0.02), CHROME), bumper(w * 1.85, (0, 0.27, -long + 0.02), CHROME),
             *grille((w * 0.8, 0.11), (0, 0.42, long - 0.04), 3), plate((0, 0.28, long + 0.05)),
             plate((0, 0.44, -long - 0.0)), *mirrors(hue, w * 0.95, 0.68, long * 0.28),
             *handles(w * 1.02, 0.52, mid + 0.1, ends[0] + 0.1)]
    return made + pair(box((0.2, 0.12, 0.08), (w * 0.68, 0.44, long - 0.07), LAMP, 0.35).glossy(0.5),
                       box((0.22, 0.1, 0.06), (w * 0.64, 0.5, -long + 0.02), REAR, 0.3).glossy(0.4)) + \
        four_wheels(wheel, r, 0.17, w - 0.05, back, front)


def police_saloon(rng: Generator, hue: Color) -> list[Part]:
    """Black and white, with a bar of lights."""
    dark = ((0.13, 0.14, 0.17), (0.12, 0.2, 0.45))[rng.integers(2)]
    made = saloon(rng, dark, WHITE, (WHITE, dark)[rng.integers(2)])
    return made + siren(1.0, -0.15, 0.62)


def police_hatchback(rng: Generator, hue: Color) -> list[Part]:
    """White with a blue band and blue lights."""
    made = hatchback(rng, WHITE)
    made[0] = glazed(made[0], lambda c, n: (np.abs(n[:, 0]) > 0.9) & (np.abs(c[:, 1] - 0.36) < 0.16),
                     (0.12, 0.28, 0.66))
    return made + siren(1.13, -0.2, 0.6, ((0.12, 0.32, 0.88), (0.12, 0.32, 0.88)))


def taxi_sign(y: float, z: float) -> list[Part]:
    return [box((0.36, 0.14, 0.14), (0, y + 0.07, z), CREAM, 0.3).glossy(0.3),
            box((0.26, 0.07, 0.15), (0, y + 0.07, z), DARK)]


def checked(y: float, half: float, start: float, end: float) -> list[Part]:
    """A band of dark checks along both sides."""
    zs = np.arange(start, end, 0.13)
    return pair(*(box((0.02, 0.055, 0.066), (half, y + dy, z + dz), DARK) for z in zs
                  for dy, dz in ((0.027, 0), (-0.027, 0.065))))


def taxi_saloon(rng: Generator, hue: Color) -> list[Part]:
    return [*saloon(rng, TAXI), *taxi_sign(1.0, -0.15), *checked(0.42, 0.5, -0.42, 0.36)]


def taxi_hatchback(rng: Generator, hue: Color) -> list[Part]:
    return [*hatchback(rng, TAXI), *taxi_sign(1.13, -0.15), *checked(0.46, 0.49, -0.34, 0.33)]


def coupe(rng: Generator, hue: Color) -> list[Part]:
    """Low and wide, a wedge with a spoiler."""
    long, w, roof, r = rng.uniform(1.12, 1.22), rng.uniform(0.53, 0.57), rng.uniform(0.8, 0.86), 0.235
    front, back = long * 0.6, -long * 0.6
    top = [(-long, 0.46), (-long * 0.94, 0.6), (-long * 0.6, 0.62), (0, 0.54), (long * 0.45, 0.53), (long * 0.8, 0.42),
           (long, 0.27)]
    plan = [(-long, w * 0.9), (-long * 0.6, w * 1.04), (-long * 0.05, w * 0.93), (long * 0.6, w * 1.0),
            (long * 0.92, w * 0.8),
            (long, w * 0.62)]
    made = bodywork(hue, top, plan, (back, front), r, 0.13, (-long * 0.2, long * 0.3), 0.12, gap=1.12)
    dark = shade(PANE, 0.6)
    made += [cabin(hue, 0.54, roof, (-long * 0.86, long * 0.44), (-long * 0.24, -long * 0.02), w * 0.8, (-long * 0.24,),
                   0.26, 0.1, dark), box((w * 1.5, 0.06, 0.22), (0, 0.15, long * 0.9), BLACK, 0.3),
             box((w * 1.7, 0.12, 0.06), (0, 0.22, -long + 0.02), BLACK, 0.3),
             box((w * 0.9, 0.09, 0.05), (0, 0.24, long * 0.99), DARK, 0.3), plate((0, 0.38, -long - 0.01)),
             *mirrors(hue, w * 0.86, 0.6, long * 0.24)]
    if rng.random() < 0.7:
        made += [box((w * 1.9, 0.045, 0.2), (0, 0.76, -long * 0.92), (hue, BLACK)[rng.integers(2)], 0.4).glossy(PAINT),
                 *pair(box((0.05, 0.2, 0.12), (w * 0.6, 0.66, -long * 0.9), BLACK, 0.2))]
    return made + pair(ball((0.1, 0.05, 0.16), (w * 0.68, 0.41, long * 0.82), LAMP, 12).glossy(0.6),
                       box((0.26, 0.07, 0.06), (w * 0.62, 0.5, -long + 0.0), REAR, 0.3).glossy(0.4),
                       box((0.05, 0.13, 0.2), (w * 0.96, 0.42, -long * 0.3), DARK, 0.3),
                       rod((w * 0.3, 0.22, -long), (w * 0.3, 0.22, -long - 0.07), 0.045, CHROME)) + \
        four_wheels(wheel, r, 0.22, w - 0.07, back, front, tyre=0.7)


def roadster(rng: Generator, hue: Color) -> list[Part]:
    """Open, with a long bonnet, two seats and a low windscreen."""
    long, w, r = rng.uniform(1.1, 1.2), rng.uniform(0.46, 0.5), 0.23
    front, back = long * 0.62, -long * 0.58
    top = [(-long, 0.36), (-long * 0.9, 0.53), (-long * 0.5, 0.6), (0, 0.56), (long * 0.5, 0.57), (long * 0.85, 0.5),
           (long, 0.34)]
    plan = [(-long, w * 0.7), (-long * 0.6, w * 1.02), (0, w * 0.96), (long * 0.6, w), (long, w * 0.6)]
    made = bodywork(hue, top, plan, (back, front), r, 0.16, (-long * 0.26, long * 0.14), 0.16, gap=1.14)
    leather = ((0.55, 0.33, 0.2), CREAM, BLACK, (0.5, 0.16, 0.14))[rng.integers(4)]
    seat = box((0.3, 0.34, 0.12), (0.2, 0.68, -long * 0.24), leather, 0.45).finished("leather", 0.06)
    screen = box((w * 1.6, 0.26, 0.03), (0, 0, 0), (0.62, 0.78, 0.86), 0.3).glossy(0.7)
    made += [box((w * 1.5, 0.05, long * 0.36), (0, 0.58, -long * 0.06), shade(leather, 0.5), 0.4),
             screen.turned("x", -28).moved(0, 0.7, long * 0.16),
             tube([(-w * 0.84, 0.55, long * 0.2), (-w * 0.82, 0.83, long * 0.11), (w * 0.82, 0.83, long * 0.11),
                   (w * 0.84, 0.55, long * 0.2)], 0.025, CHROME),
             ring(0.11, 0.02, (0, 0, 0), BROWN_WHEEL).turned("x", 68).moved(0.2, 0.68, long * 0.06),
             *grille((w * 0.62, 0.14), (0, 0.37, long - 0.04), 3), bumper(w * 1.4, (0, 0.25, long), CHROME, 0.07),
             bumper(w * 1.6, (0, 0.28, -long), CHROME, 0.07), *mirrors(CHROME, w * 0.88, 0.64, long * 0.2)]
    made += [p.moved(0, 0.52, -long * 0.98) for p in (plate((0, -0.08, -0.03)),)]
    return made + pair(seat, ball((0.1, 0.07, 0.09), (0.2, 0.62, -long * 0.42), hue, 12).glossy(PAINT),
                       *lamp(0.1, (w * 0.7, 0.48, long * 0.88)), dot((0.07, 0.07, 0.05), (w * 0.6, 0.44, -long * 0.97),
                                                                     REAR)) + \
        four_wheels(wheel, r, 0.17, w - 0.05, back, front, spokes=8)


BROWN_WHEEL = (0.36, 0.2, 0.1)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "car": (ANY, hatchback, beetle, suv, saloon),
    "sports car": (ANY, coupe, roadster),
    "police car": (NONE, police_saloon, police_hatchback),
    "taxi": (NONE, taxi_saloon, taxi_hatchback),
}
