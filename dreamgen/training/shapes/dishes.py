"""What is cooked, baked and served."""

import numpy as np
from numpy.random import Generator

from .palette import NONE
from .pantry import (
    CRUMB,
    IVORY,
    MEAT,
    angle,
    halved,
    mix,
    puck,
    rippled,
    warped,
)
from .parts import (
    Color,
    Part,
    ball,
    box,
    curve,
    lathe,
    moved,
    prism,
    rod,
    shade,
    skin,
    tube,
    turned,
)

LETTUCE, KETCHUP, MUSTARD, CHEDDAR = (0.50, 0.67, 0.24), (0.75, 0.13, 0.10), (0.94, 0.74, 0.16), (0.97, 0.72, 0.20)


def domed_bun(rng: Generator, y: float, color: Color, high: float = 0.68) -> list[Part]:
    """With sesame."""
    line = curve([(0.9, 0), (1.04, 0.1), (1.0, high * 0.45), (0.7, high * 0.86), (0.3, high), (0, high * 1.02)], 14)
    top = lathe(line, color, corners=34).glossy(0.25)
    seeds = [ball((0.045, 0.03, 0.075), (0, 0, 0), (0.97, 0.91, 0.74),
                  6).turned("x", lean).moved(0, h, r).turned("y", a + shift)
             for r, h, lean, count, shift in ((0.02, high * 1.02, 0, 1, 0), (0.34, high * 0.99, 8, 5, 10),
                                              (0.66, high * 0.88, 32, 9, 30), (0.9, high * 0.66, 52, 11, 0))
             for a in np.arange(count) * 360 / count + rng.uniform(-8, 8, count)]
    return moved([top, *seeds], y=y)


def hamburger(rng: Generator, hue: Color, patties: int = 1) -> list[Part]:
    bun = mix((0.82, 0.53, 0.24), (0.90, 0.66, 0.36), rng.random())
    made, y = [puck(1.0, 0.32, bun, edge=0.45)], 0.3
    for k in range(patties):
        if k == 0:
            made.append(rippled(lathe([(0.8, 0), (1.1, 0.02), (1.16, 0.05), (1.1, 0.09), (0.6, 0.1), (0, 0.1)],
                                      LETTUCE, (0, 0, 0), 54), 9, 0.09, 1.1).moved(y=y + 0.02))
            y += 0.1
        made.append(puck(1.04, 0.3, MEAT, (0, y, 0), 0.5).finished("stone", 0.09, amount=1.6))
        made.append(cheese_slice(1.0).turned("y", 45 * k + rng.uniform(0, 40)).moved(y=y + 0.29))
        y += 0.36
    made += [puck(0.42, 0.11, shade(KETCHUP, 1.1), (0.5 * np.sin(a), y - 0.01, 0.5 * np.cos(a)), 0.4, 20).glossy(0.3)
             for a in (0.3, 2.4, 4.5)]
    made.append(puck(0.98, 0.1, shade(KETCHUP, 1.08), (0, y - 0.02, 0), 0.45).glossy(0.3))
    return [*made, *domed_bun(rng, y + 0.06, bun)]


def cheese_slice(half: float) -> Part:
    """Square, its corners hanging down."""
    t = np.linspace(-half, half, 9)
    edge = [*((x, -half) for x in t[:-1]), *((half, z) for z in t[:-1]), *((x, half) for x in t[:0:-1]),
            *((-half, z) for z in t[:0:-1])]
    rings = [np.array([(x * s, y - 0.3 * max(0, np.hypot(x, z) * s - half * 1.0) / half, z * s) for x, z in edge[::-1]])
             for s, y in ((0.02, 0), (0.55, 0), (0.8, 0), (1, 0), (1, 0.06), (0.8, 0.065), (0.55, 0.065),
                          (0.02, 0.065))]
    return skin(np.stack(rings), CHEDDAR).glossy(0.25)


def double_burger(rng: Generator, hue: Color) -> list[Part]:
    return hamburger(rng, hue, 2)


def party_burger(rng: Generator, hue: Color) -> list[Part]:
    """With an olive and a flag on a stick."""
    made = hamburger(rng, hue)
    top = max(p.vertices[:, 1].max() for p in made)
    flag = prism([(0, 0.62), (0.5, 0.48), (0, 0.34)], 0.06, (0.02, top, 0), hue)
    return [*made, rod((0, top - 0.2, 0), (0, top + 0.66, 0), 0.045, (0.85, 0.70, 0.46)),
            ball(0.15, (0, top + 0.1, 0), (0.50, 0.54, 0.20), 14).glossy(0.4), flag]


def bun_half(long: float, side: int, color: Color) -> Part:
    t = np.linspace(-1, 1, 18)
    r = 0.36 * np.clip(1 - t ** 6, 0.02, 1) ** 0.5
    return tube(np.stack([t * long, 0.04 + 0 * t, side * 0.27 + 0 * t], -1), r, color, 16).scaled(y=0.95).painted(
        lambda c: (c[:, 2] * side < 0.2) & (c[:, 1] > 0.1), CRUMB).glossy(0.2)


def zigzag(long: float, y: float, wide: float, color: Color, waves: float = 5.5, z: float = 0.0) -> Part:
    x = np.linspace(-long, long, 60)
    return tube(np.stack([x, y + 0 * x, z + wide * np.sin(x / long * np.pi * waves)], -1), 0.06, color, 7).glossy(0.4)


def hot_dog(rng: Generator, hue: Color, filling: bool = False) -> list[Part]:
    long, bun = rng.uniform(1.05, 1.25), mix((0.82, 0.53, 0.24), (0.90, 0.66, 0.36), rng.random())
    x = np.linspace(-1, 1, 24)
    sausage = tube(np.stack([x * long * 1.2, 0.3 + 0.07 * x ** 2, 0 * x], -1),
                   0.25 * np.sqrt(np.clip(1 - x ** 8, 0.01, 1)), (0.70, 0.29, 0.17), 16).glossy(0.5)
    made = [bun_half(long, 1, bun), bun_half(long, -1, bun), sausage,
            box((long * 1.7, 0.3, 0.5), (0, -0.12, 0), bun, 0.5)]
    if filling:
        salad = [ball((0.2, 0.06, 0.16), (px, 0.33 + rng.uniform(-0.03, 0.04), s * 0.26),
                      shade(LETTUCE, rng.uniform(0.85, 1.2)), 8).turned("z", rng.uniform(-25, 25))
                 for px in np.linspace(-long * 0.85, long * 0.85, 9) for s in (-1, 1)]
        return [*made, *salad, zigzag(long, 0.58, 0.1, KETCHUP), zigzag(long, 0.6, -0.1, MUSTARD)]
    return [*made, zigzag(long, 0.58, 0.13, MUSTARD if rng.random() < 0.7 else KETCHUP)]


def loaded_hot_dog(rng: Generator, hue: Color) -> list[Part]:
    return hot_dog(rng, hue, True)


def hot_dog_in_tray(rng: Generator, hue: Color) -> list[Part]:
    """In a striped paper boat."""
    tray = warped(box((2.3, 0.5, 1.2), (0, 0, 0), KETCHUP, 0.1),
                  lambda v: v * np.stack([1 + 0.15 * (v[:, 1] > 0), 1 + 0 * v[:, 0], 1 + 0.2 * (v[:, 1] > 0)], -1))
    return [tray.finished("stripes_x", 0.16, IVORY).moved(y=-0.33), *hot_dog(rng, hue)]


def egg_shape(fat: float, color: Color, corners: int = 26) -> Part:
    return lathe(curve([(0, -0.78), (0.4, -0.68), (fat, -0.08), (fat * 0.78, 0.58), (0.34, 0.98), (0, 1.08)], corners),
                 color, corners=28)


def egg(rng: Generator, hue: Color) -> list[Part]:
    """In an egg cup."""
    shell = egg_shape(0.74, mix((0.93, 0.80, 0.66), IVORY, rng.random())).glossy(0.2)
    cup = lathe([*curve([(0.52, -1.6), (0.48, -1.5), (0.2, -1.34), (0.19, -1.15), (0.6, -0.72), (0.78, -0.2)], 16),
                 (0.8, -0.12), (0.74, -0.1), (0.66, -0.2), (0, -0.8)], hue, corners=32)
    return [shell, cup.glossy(0.4)]


def bare_egg(rng: Generator, hue: Color) -> list[Part]:
    """Standing alone, white or brown, perhaps speckled."""
    color = mix((0.80, 0.58, 0.42), IVORY, rng.random())
    shell = egg_shape(rng.uniform(0.74, 0.8), color)
    return [shell.finished("speckled", 0.11, shade(color, 0.72), gloss=0.2)
            if rng.random() < 0.5 else shell.finished("mottled", 0.4, amount=0.3, gloss=0.25)]


def fried_egg(rng: Generator, hue: Color) -> list[Part]:
    """White with a wavy edge, a round yolk."""
    shift, waves = rng.uniform(0, 6), int(rng.integers(3, 6))
    white = lathe(curve([(0.8, 0), (1.0, 0.03), (1.0, 0.11), (0.8, 0.2), (0.4, 0.24), (0, 0.25)], 14),
                  (0.97, 0.96, 0.93), corners=48)

    def wavy(v):
        v[:, [0, 2]] *= (1 + 0.1 * np.sin(waves * angle(v) + shift) + 0.06 * np.sin(2 * angle(v)))[:, None]
        return v
    rim = warped(lathe([(0.85, -0.02), (1.05, 0.0), (1.04, 0.06), (0.8, 0.08)], (0.85, 0.66, 0.40), corners=48), wavy)
    yolk = lathe(curve([(0.44, 0.15), (0.46, 0.28), (0.36, 0.44), (0.16, 0.52), (0, 0.53)], 10), (0.97, 0.70, 0.15),
                 (0.08, 0, 0.05), 28)
    return turned([rim, warped(white, wavy).glossy(0.3), yolk.glossy(0.6)], "x", rng.uniform(15, 35))


def boiled_egg(rng: Generator, hue: Color) -> list[Part]:
    """Two halves, the yolk in front."""
    half = [halved(egg_shape(0.76, (0.97, 0.96, 0.93)), (0.97, 0.96, 0.93)).glossy(0.3),
            ball((0.43, 0.43, 0.12), (0, -0.08, 0), (0.97, 0.72, 0.22), 22)]
    tilt = [p.turned("x", -30) for p in half]
    return [*moved([p.turned("z", 12).turned("y", 8) for p in tilt], -0.72, 0, 0),
            *moved([p.turned("z", -14).turned("y", -8) for p in tilt], 0.75, 0, 0.15)]


def cheese(rng: Generator, hue: Color) -> list[Part]:
    """A wedge with holes."""
    high, body = rng.uniform(0.75, 0.95), mix((0.97, 0.80, 0.34), (0.97, 0.70, 0.24), rng.random())
    slab = prism([(-1.15, 0.0), (0.75, -0.72), (0.92, -0.4), (1.0, 0), (0.92, 0.4), (0.75, 0.72)], high, (0, 0, 0),
                 body).turned("x", -90)
    rind = prism([(0.73, -0.72), (0.8, -0.72), (0.98, -0.4), (1.06, 0), (0.98, 0.4), (0.8, 0.72), (0.73, 0.72),
                  (0.9, 0.4), (0.97, 0), (0.9, -0.4)],
                 high * 1.02, (0, 0, 0), shade(body, 0.8)).turned("x", -90)
    dark, made = shade(body, 0.74), [slab.finished("mottled", 0.3, amount=0.5), rind]
    for side in (-1, 1):
        for along, y, r in ((0.86, 0.1, 0.17), (0.55, -0.2, 0.13), (0.6, 0.26, 0.09), (0.33, 0.08, 0.11)):
            x, z = -1.15 + 1.9 * along, side * 0.72 * along
            made.append(ball((r, r, 0.05), (0, 0, 0), dark,
                             14).turned("y", side * 20.7 + (180 if side < 0 else 0)).moved(x, y * side + 0.02, z))
    made += [ball((r, 0.05, r), (x, high / 2, z), dark, 14) for x, z,
             r in ((0.6, 0.2, 0.18), (0.1, -0.1, 0.13), (0.65, -0.35, 0.11), (-0.4, 0.05, 0.1))]
    return turned(made, "y", -50)


def cheese_wheel(rng: Generator, hue: Color) -> list[Part]:
    """Round, in wax, a piece cut out in front."""
    high, wax, body = rng.uniform(0.6, 0.8), ((0.72, 0.20, 0.16), (0.93, 0.68, 0.26),
                                              (0.84, 0.66, 0.36))[int(rng.integers(3))], (0.97, 0.82, 0.42)
    a = np.radians(np.linspace(30, 330, 36)) + np.radians(65)
    whole = prism([(0, 0), *zip(np.cos(a), np.sin(a))], high, (0, 0, 0), wax).turned("x", 90)
    faces = [box((0.9, high * 0.86, 0.05), (0.47, 0, 0), body, 0.3).turned("y", np.degrees(b)) for b in (-a[0], -a[-1])]
    holes = [ball((0.1, 0.1, 0.05), (x, y, 0), shade(body, 0.75), 12).turned("y", np.degrees(b))
             for b in (-a[0], -a[-1]) for x, y in ((0.3, 0.1), (0.62, -0.12), (0.75, 0.15))]
    return [whole.glossy(0.3), *faces, *holes]


def cheese_block(rng: Generator, hue: Color) -> list[Part]:
    """A Swiss block with two slices before it."""
    body = mix((0.98, 0.84, 0.44), (0.97, 0.74, 0.28), rng.random())
    dark, made = shade(body, 0.76), [box((1.7, 1.0, 0.8), (0, 0, -0.3), body, 0.12)]
    made += [box((1.6, 1.0, 0.13), (0.03 * k, 0, 0), shade(body, 1.08),
                 0.3).turned("x", -12 - 10 * k).moved(0, -0.06 * k, 0.32 + 0.26 * k) for k in range(2)]
    made += [ball((r, r, 0.09), (0, 0, 0), dark, 14).turned("x", -22).moved(x, y, 0.6 - 0.4 * (y + 0.06)) for x, y,
             r in ((-0.45, 0.2, 0.15), (0.3, -0.15, 0.17), (0.5, 0.28, 0.1), (-0.25, -0.28, 0.1))]
    made += [ball((r, 0.05, r), (x, 0.5, z), dark, 14) for x, z, r in ((0.4, -0.3, 0.16), (-0.3, -0.45, 0.13))]
    made += [ball((0.05, r, r), (side * 0.85, y, z), dark, 14) for side in (-1, 1) for y, z,
             r in ((0.15, -0.15, 0.15), (-0.2, -0.45, 0.12))]
    return turned(made, "y", -20)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "hamburger": (NONE, hamburger, double_burger, party_burger),
    "hot dog": (NONE, hot_dog, loaded_hot_dog, hot_dog_in_tray),
    "egg": (NONE, egg, bare_egg, fried_egg, boiled_egg),
    "cheese": (NONE, cheese, cheese_wheel, cheese_block),
}
