"""What dives, what sails under a black flag, and what flies between the stars; all go towards +z."""

import numpy as np
from numpy.random import Generator

from .aircraft import wing
from .coachwork import CHROME, PAINT, PANE, side
from .crafts import porthole
from .palette import ANY, NONE
from .parts import (
    CREAM,
    DARK,
    GOLD,
    WHITE,
    Color,
    Part,
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
    skin,
    tube,
)

IRON, OAK = (0.24, 0.25, 0.28), (0.50, 0.31, 0.17)


def screw(radius: float, z: float, y: float, color: Color) -> list[Part]:
    """A ship's propeller that faces -z."""
    blade = ball((radius * 0.26, radius * 0.5, 0.03), (0, radius * 0.55, 0), color, 12).turned("y", 25)
    return moved((*(blade.turned("z", 90 * k) for k in range(4)),
                  ball((radius * 0.25, radius * 0.25, radius * 0.3), (0, 0, 0), color, 12)), 0, y, z)


def round_submarine(rng: Generator, hue: Color) -> list[Part]:
    """A small fat one with portholes, a tower and a periscope."""
    long, trim = rng.uniform(0.95, 1.15), ((0.95, 0.76, 0.25), WHITE, (0.85, 0.4, 0.25))[rng.integers(3)]
    line = curve([(-long, 0, 0.05, 0.05), (-long * 0.85, 0, 0.22, 0.22), (-long * 0.4, 0, 0.44, 0.46),
                  (long * 0.3, 0, 0.5, 0.52), (long * 0.75, 0, 0.36, 0.38), (long, 0, 0.04, 0.04)], 26)
    made = [loft(line, hue).painted(lambda c: c[:, 1] < -0.24, shade(hue, 0.6)).glossy(0.5),
            loft([(-0.3, 0.62, 0.1, 0.2), (-0.22, 0.62, 0.19, 0.24), (0.2, 0.62, 0.22, 0.24), (0.34, 0.6, 0.12, 0.2)],
                 hue, 0.7).glossy(0.5), box((0.46, 0.07, 0.64), (0, 0.86, 0.02), trim, 0.4),
            tube([(0.0, 0.85, 0.0), (0.0, 1.22, 0.0), (0, 1.28, 0.03), (0, 1.3, 0.14), (0, 1.3, 0.24)],
                 [0.055, 0.055, 0.06, 0.075, 0.085],
                 trim).glossy(0.4), lathe([(0.07, 0), (0.05, 0.03)], PANE,
                                          corners=14).turned("x",
                                                             90).moved(0, 1.3, 0.235), *porthole(0.24,
                                                                      (0, 0.1, long * 0.84)),
            *screw(0.3, -long - 0.06, 0, GOLD), ring(0.34, 0.04, (0, 0, 0),
                                                     trim).turned("x", 90).moved(0, 0,
                                                                      -long - 0.02), side([(-long * 1.0, 0.28),
                                                                      (-long * 0.6, 0.3), (-long * 0.74, 0.62),
                                                                      (-long * 0.96, 0.62)], 0.08,
                                                                      trim), lathe([(0.16, 0.0), (0.16, 0.05),
                                                                      (0.1, 0.08)], trim, (0, 0.88, -0.16))]
    for z, x in ((0.4, 0.475), (0.0, 0.49), (-0.4, 0.42)):
        made += [s for p in porthole(0.14, (0, 0, 0)) for s in pair(p.turned("y", 90).moved(x, 0.1, z * long))]
    return made + pair(wing(0.3, 0.72, 0.36, 0.22, 0.05, trim, 0.1).moved(0, -0.05, long * 0.32),
                       wing(0.1, 0.5, 0.3, 0.2, 0.05, trim, 0.12).moved(0, 0, -long * 0.8),
                       box((0.08, 0.08, 0.3), (0.37, 0.44, 0.4), DARK, 0.4),
                       rod((0.3, -0.5, 0.35), (0.3, -0.5, -0.45), 0.06, IRON),
                       *(rod((0.24, -0.38, z), (0.3, -0.5, z), 0.04, IRON) for z in (0.2, -0.3)))


def long_submarine(rng: Generator, hue: Color) -> list[Part]:
    """A navy's: a long dark cigar with a sail on it."""
    long = rng.uniform(1.4, 1.6)
    line = curve([(-long, 0.02, 0.03, 0.03), (-long * 0.7, 0, 0.17, 0.17), (-long * 0.3, 0, 0.29, 0.29),
                  (long * 0.6, 0, 0.3, 0.3), (long * 0.9, 0, 0.2, 0.2), (long, 0, 0.03, 0.03)], 30)
    made = [loft(line, hue).painted(lambda c: c[:, 1] < -0.1, shade(hue, 0.55)).glossy(0.4),
            box((0.3, 0.05, long * 1.1), (0, 0.28, 0), shade(hue, 0.75), 0.3),
            loft([(0.0, 0.5, 0.04, 0.25), (0.1, 0.5, 0.12, 0.27), (0.42, 0.5, 0.13, 0.27), (0.58, 0.48, 0.05, 0.24)],
                 shade(hue, 0.95), 0.75).glossy(0.4),
            box((0.14, 0.05, 0.05), (0, 0.68, 0.57), PANE), *(rod((x, 0.7, z), (x, high, z), r, IRON) for x, z, high,
                                                              r in ((0, 0.34, 1.1, 0.03), (0.04, 0.2, 0.96, 0.025),
                                                                    (-0.04, 0.44, 0.92, 0.025))), box((0.05, 0.05,
                                                                      0.12), (0, 1.1, 0.37), IRON, 0.3), *screw(0.24,
                                                                      -long - 0.03, 0.02, GOLD),
            *(loft([(-0.16, 0, 0.03, 0.28), (0.05, 0, 0.04, 0.4), (0.16, 0, 0.02, 0.3)], shade(hue, 0.8), 0.6,
                   12).turned("z", t).moved(0, 0.01, -long * 0.84) for t in (0, 90))]
    for z in np.linspace(-0.5, 0.75, 6):
        made += pair(dot((0.03, 0.045, 0.045), (0.29, 0.06, z * long), (0.95, 0.85, 0.5)))
    return made + pair(wing(0.08, 0.4, 0.22, 0.15, 0.035, shade(hue, 0.8)).moved(0, 0.56, 0.32),
                       box((0.02, 0.1, 0.1), (0.13, 0.52, 0.3), WHITE))


def square_sail(wide: float, high: float, at, belly: float, color: Color, trim: float = 0.86) -> Part:
    """Hung from above and blown towards +z; ``trim`` is its upper width over the lower."""
    u, rings = np.linspace(-1, 1, 9), []
    for v in np.linspace(0, 1, 8):
        w = wide / 2 * (1 + (trim - 1) * v)
        z = belly * (1 - u * u) * np.sin(np.pi * (0.15 + 0.75 * v))
        low = -0.06 * high * (1 - u * u) * (1 - v)
        front, back = (np.stack([w * u, v * high - low, z + d], -1) for d in (0.02, -0.02))
        rings.append(np.concatenate([front, back[::-1]]))
    return skin(np.stack(rings), color).moved(*at)


def skull(size: float) -> list[Part]:
    """A skull over crossed bones, flat, to +z."""
    s, bone = size, (0.95, 0.94, 0.9)
    return [ball((0.42 * s, 0.38 * s, 0.06 * s), (0, 0.12 * s, 0), bone, 12),
            box((0.4 * s, 0.26 * s, 0.1 * s), (0, -0.24 * s, 0), bone, 0.3),
            *pair(ball((0.12 * s, 0.13 * s, 0.06 * s), (0.17 * s, 0.08 * s, 0.04 * s), DARK, 8)),
            *(rod((-0.6 * s * d, -0.62 * s, -0.02), (0.6 * s * d, -0.14 * s, -0.02), 0.07 * s, bone, corners=6)
              for d in (1, -1))]


def ship(rng: Generator, wood: Color, trim: Color, cloth: Color, masts, long: float, fat: float) -> list[Part]:
    """A wooden ship with a high stern and a castle in front; ``masts`` are (z, height, width of the sails)."""
    line = curve([(-long, 0.52, fat * 0.78, 0.34), (-long * 0.7, 0.36, fat * 0.95, 0.36), (0, 0.28, fat, 0.3),
                  (long * 0.6, 0.36, fat * 0.8, 0.34), (long * 0.92, 0.5, fat * 0.3, 0.26),
                  (long * 1.05, 0.6, 0.03, 0.12)], 26)
    body = loft(line, wood, 0.6).painted(lambda c: c[:, 1] < 0.12,
                                         shade(wood, 0.6)).finished("planks", 0.085, gloss=0.1)
    made = [body, loft([(-long * 0.6, 0.56, fat * 0.86, 0.05), (long * 0.5, 0.58, fat * 0.78, 0.05)],
                       (0.72, 0.53, 0.33), 0.3).finished("wood_z", 0.07),
            box((fat * 1.6, 0.46, long * 0.5), (0, 0.98, -long * 0.76), wood, 0.08).finished("planks", 0.085),
            box((fat * 1.75, 0.07, long * 0.58), (0, 1.22, -long * 0.76), trim, 0.4),
            box((fat * 1.76, 0.07, 0.06), (0, 0.78, -long * 1.01), trim,
                0.3), box((fat * 1.1, 0.24, long * 0.3), (0, 0.78, long * 0.62), wood,
                          0.1).finished("planks", 0.085), box((fat * 1.2, 0.06, long * 0.34), (0, 0.92, long * 0.62),
                                                              trim,
                                                              0.4), rod((0, 0.72, long * 0.9), (0, 1.08, long * 1.5),
                                                                      0.045, OAK, 0.03), ball((0.09, 0.13, 0.1),
                                                                      (0, 0.62, long * 1.08), GOLD, 12),
            *moved((lathe([(0.05, 0), (0.08, 0.05), (0.06, 0.16), (0, 0.2)], (1.0, 0.85, 0.45), corners=8),), 0, 1.26,
                   -long * 1.0)]
    made += [*(box((0.17, 0.2, 0.04), (x, 0.98, -long * 1.01), (0.98, 0.82, 0.45), 0.2) for x in (-0.26, 0, 0.26)),
             *(box((0.22, 0.25, 0.03), (x, 0.98, -long * 1.005), GOLD) for x in (-0.26, 0, 0.26))]
    for z in np.linspace(-0.45, 0.5, 4):
        made += pair(box((0.06, 0.15, 0.16), (fat * (0.97 - 0.14 * max(z, 0)), 0.36, z * long), DARK, 0.1),
                     rod((fat * 0.8, 0.36, z * long), (fat * 1.14, 0.37, z * long), 0.05, IRON))
    top = curve([(-long * 0.52, 0.68, fat * 0.95), (0, 0.58, fat), (long * 0.5, 0.68, fat * 0.84)], 12)
    made += pair(tube([(x, y, z) for z, y, x in top], 0.04, trim, 6))
    for z, high, wide in masts:
        made += [rod((0, 0.5, z), (0, high, z), 0.05, OAK, 0.035),
                 lathe([(0.08, 0), (0.13, 0.1), (0.13, 0.13)], OAK, (0, high - 0.3, z), 12)]
        for share, tall in ((1.0, 0.46), (0.76, 0.3)):
            base = 0.9 + (high - 0.9) * (0.06 if share == 1.0 else 0.56)
            size = (high - 0.9) * tall
            made += [square_sail(wide * share, size, (0, base, z + 0.06), 0.16, cloth),
                     rod((-wide * share * 0.5, base + size, z + 0.04), (wide * share * 0.5, base + size, z + 0.04),
                         0.03, OAK, corners=8)]
    return made


def pirate_ship(rng: Generator, hue: Color) -> list[Part]:
    """Dark wood, black or pale sails, a skull on the main one, the flag on top."""
    black = rng.random() < 0.5
    cloth = (0.2, 0.2, 0.22) if black else (0.92, 0.87, 0.76)
    wood = ((0.46, 0.28, 0.16), (0.36, 0.23, 0.15), (0.55, 0.34, 0.18))[rng.integers(3)]
    long, high = rng.uniform(1.0, 1.15), rng.uniform(2.1, 2.4)
    made = ship(rng, wood, ((0.80, 0.6, 0.25), (0.62, 0.18, 0.14), shade(wood, 0.6))[rng.integers(3)], cloth,
                ((long * 0.48, high * 0.88, 0.95), (-long * 0.12, high, 1.15)), long, 0.45)
    flag = [box((0.04, 0.26, 0.42), (0, high - 0.06, -long * 0.12 - 0.24), (0.13, 0.13, 0.15)),
            *pair(*(p.scaled(0.9, 0.9, 0.9).turned("y", 90).moved(0.025, high - 0.04, -long * 0.12 - 0.24)
                    for p in skull(0.2)))]
    if black:
        made += moved(skull(0.5), 0, 0.9 + (high * 0.88 - 0.9) * 0.3, long * 0.48 + 0.24)
    else:
        made += [p.painted(lambda c: c[:, 1] > -9, (0.16, 0.16, 0.18)) if k < 2 or k > 3
                 else p.painted(lambda c: c[:, 1] > -9, cloth) for k,
                 p in enumerate(moved(skull(0.5), 0, 0.9 + (high * 0.88 - 0.9) * 0.3, long * 0.48 + 0.24))]
    return made + flag


def pirate_sloop(rng: Generator, hue: Color) -> list[Part]:
    """A toy-like one: short and fat, a single mast with one large striped sail."""
    wood, long, high = ((0.58, 0.36, 0.19), (0.5, 0.31, 0.17))[rng.integers(2)], 0.85, rng.uniform(2.0, 2.25)
    made = ship(rng, wood, shade(wood, 0.62), CREAM, (), long, 0.5)
    second = ((0.72, 0.17, 0.15), (0.2, 0.2, 0.22), (0.2, 0.3, 0.45))[rng.integers(3)]
    made += [rod((0, 0.5, 0), (0, high, 0), 0.06, OAK, 0.045),
             square_sail(1.3, 0.85, (0, 0.92, 0.08), 0.22, (0.94, 0.9, 0.8), 0.9).finished("stripes_x", 0.163, second),
             rod((-0.64, 1.78, 0.05), (0.64, 1.78, 0.05), 0.04, OAK),
             lathe([(0.11, 0), (0.19, 0.12), (0.19, 0.17)], OAK, (0, high - 0.22, 0), 14).finished("staves", 0.06)]
    return made + [box((0.46, 0.3, 0.04), (0.26, high + 0.14, 0), (0.13, 0.13, 0.15)),
                   *moved(skull(0.24), 0.27, high + 0.15, 0.03),
                   *(p.turned("y", 180) for p in moved(skull(0.24), -0.27, high + 0.15, 0.03)),
                   rod((0, high, 0), (0, high + 0.32, 0), 0.035, OAK)]


def fighter(rng: Generator, hue: Color) -> list[Part]:
    """A small spaceship: a sharp nose, swept wings with guns, two glowing engines."""
    long, trim, glow = rng.uniform(1.1, 1.3), (WHITE, IRON,
                                               shade(hue, 0.5))[rng.integers(3)], ((0.45, 0.85, 1.0),
                                                                      (1.0, 0.65, 0.25))[rng.integers(2)]
    line = curve([(-long * 0.8, 0.06, 0.26, 0.2), (-long * 0.4, 0.06, 0.32, 0.25), (0, 0.02, 0.28, 0.22),
                  (long * 0.6, -0.04, 0.15, 0.12), (long, -0.08, 0.03, 0.03)], 22)
    body = loft(line, (0.88, 0.89, 0.9)).painted(lambda c: (c[:, 2] > long * 0.6) | (np.abs(c[:, 0]) < 0.1)
                                                 & (c[:, 1] > 0) & (c[:, 2] < -long * 0.1), hue).glossy(PAINT)
    engine = [lathe([(0.14, -0.42), (0.2, -0.2), (0.2, 0.16), (0.13, 0.26), (0.06, 0.24)],
                    hue).turned("x", 90).moved(0.34, 0.06, -long * 0.55).glossy(PAINT),
              lathe([(0.15, 0), (0.17, 0.08), (0.12, 0.1)],
                    IRON).turned("x", -90).moved(0.34, 0.06, -long * 0.55 - 0.38),
              lathe([(0.12, 0), (0.07, 0.1), (0, 0.13)], glow).turned("x", -90).moved(0.34, 0.06, -long * 0.55 - 0.45)]
    blade = wing(0.2, rng.uniform(0.95, 1.1), 0.75, 0.34, 0.055, hue, 0.45, -0.14, trim).moved(0, 0.02, -0.18)
    gun = [rod((0.94, -0.08, -0.75), (0.94, -0.08, 0.2), 0.05, IRON, 0.035),
           rod((0.94, -0.08, 0.2), (0.94, -0.08, 0.34), 0.045, trim)]
    return [body, loft([(-0.28, 0.2, 0.1, 0.06), (-0.08, 0.24, 0.17, 0.14), (0.22, 0.18, 0.15, 0.12),
                        (0.5, 0.06, 0.06, 0.06)], PANE).glossy(0.8),
            *pair(*engine, blade, *gun, side([(-long * 0.9, 0.2), (-long * 0.4, 0.22), (-long * 0.72, 0.66),
                                              (-long * 0.94, 0.68)], 0.07,
                                             hue).turned("z", -14).moved(0.3, 0, 0).glossy(PAINT)),
            box((0.3, 0.2, 0.1), (0, 0.06, -long * 0.8), IRON, 0.3)]


def shuttle(rng: Generator, hue: Color) -> list[Part]:
    """A rounded one in color with delta wings and a dark belly."""
    long, glow = rng.uniform(1.05, 1.2), (0.5, 0.85, 1.0)
    line = curve([(-long, 0.1, 0.3, 0.28), (-long * 0.6, 0.08, 0.36, 0.33), (long * 0.3, 0.04, 0.34, 0.3),
                  (long * 0.75, -0.02, 0.22, 0.19), (long, -0.08, 0.05, 0.05)], 24)
    body = loft(line, hue, 0.85).painted(lambda c: c[:, 1] < -0.1,
                                         (0.25, 0.26,
                                          0.3)).painted(lambda c: (c[:, 2] > long * 0.45) & (c[:, 2] < long * 0.72)
                                                        & (c[:, 1] > 0.06),
                                                        PANE).painted(lambda c: np.abs(c[:, 2] + long * 0.3) < 0.09,
                                                                      WHITE).glossy(0.5)
    delta = wing(0.2, 1.0, 1.2, 0.4, 0.06, hue, 0.42, outer=WHITE).moved(0, -0.12, -0.4)
    engines = [p for x, y, r in ((0, 0.22, 0.15), (0.18, -0.02, 0.15), (-0.18, -0.02, 0.15))
               for p in (lathe([(r * 0.6, -0.1), (r, 0.14), (r * 0.8, 0.14)], IRON).turned("x", -90).moved(x, y, -long),
                         lathe([(r * 0.75, 0), (r * 0.4, 0.1), (0, 0.12)],
                               glow).turned("x", -90).moved(x, y, -long - 0.1))]
    made = [body, *engines,
            *pair(delta,
                  *(s for z in (0.0, -0.28, -0.56)
                    for s in [lathe([(0.08, -0.02), (0.08, 0.03), (0.06, 0.04)], CHROME,
                                    corners=14).turned("z", -90).moved(0.345, 0.1, z)]))]
    return made + [side([(-long * 1.0, 0.3), (-long * 0.45, 0.34), (-long * 0.82, 0.84), (-long * 1.04, 0.86)], 0.09,
                        hue).painted(lambda c: c[:, 1] > 0.7, WHITE).glossy(PAINT)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "submarine": (ANY, round_submarine, long_submarine),
    "pirate ship": (NONE, pirate_ship, pirate_sloop),
    "spaceship": (ANY, fighter, shuttle),
}
