"""From the bakery, the corner stall and the cinema."""

import numpy as np
from numpy.random import Generator

from .fruit import strawberry
from .palette import ANY, NONE
from .pantry import (BERRY, BUTTER, CHOCOLATE, CRUMB, CRUST, FOLIAGE, IVORY, MEAT, TOAST, angle, crumbs, drips, halved, leaf, mix, plate,
                     puck, swirl, warped, wedge)
from .parts import Colour, Part, around, ball, box, curve, lathe, loft, moved, prism, ring, rod, shade, tube, turned

SAUCE, MOZZARELLA, SALAMI, NORI = (0.78, 0.24, 0.12), (0.98, 0.84, 0.50), (0.70, 0.20, 0.15), (0.13, 0.18, 0.15)
SALMON, RICE, FRY = (0.95, 0.50, 0.32), (0.96, 0.95, 0.91), (0.95, 0.76, 0.36)


def salami(x: float, z: float, y: float, size: float = 0.17) -> list[Part]:
    return [puck(size, 0.06, SALAMI, (x, y, z), 0.5, 16).finished("speckled", 0.06, (0.88, 0.48, 0.38), gloss=0.2),
            puck(size * 1.06, 0.045, shade(SALAMI, 0.75), (x, y, z), 0.4, 16)]


def sector(radius: float, start: float, end: float, high: float, colour: Colour, y: float) -> Part:
    """A piece of a disc, from ``start`` to ``end`` degrees, 0 at the right and 90 behind, its base at y."""
    if end - start >= 360:
        return puck(radius, high, colour, (0, y, 0), 0.2, 40)
    a = np.radians(np.linspace(start, end, 40))
    return prism([(0, 0), *zip(radius * np.cos(a), radius * np.sin(a))], high, (0, 0, 0), colour).turned("x", -90).moved(y=y + high / 2)


def pizza_of(rng: Generator, start: float, end: float) -> list[Part]:
    """Its toppings between two angles; lying."""
    a = np.radians(np.linspace(start, end, 48))
    bump = 0.115 + 0.018 * np.sin(np.arange(48) * 1.9)
    made = [tube(np.stack([0.95 * np.cos(a), 0.09 + 0 * a, -0.95 * np.sin(a)], -1), bump, CRUST, 12).finished("clouded", 0.18, TOAST),
            sector(0.96, start, end, 0.1, CRUST, 0), sector(0.87, start, end, 0.045, SAUCE, 0.09),
            sector(0.83, start, end, 0.06, MOZZARELLA, 0.1).finished("clouded", 0.2, (0.93, 0.60, 0.24), gloss=0.25)]
    for k, (r, b) in enumerate([(0.62, c) for c in np.arange(22, 360, 45)] + [(0.27, c) for c in (45, 165, 285)]):
        if start + 12 < b < end - 12:
            x, z = r * np.cos(np.radians(b)), -r * np.sin(np.radians(b))
            made += salami(x, z, 0.15)
    for b in np.arange(start + 22, end - 10, 61):
        x, z = 0.45 * np.cos(np.radians(b)), -0.45 * np.sin(np.radians(b))
        made += [leaf(0.26, 0.09, FOLIAGE, 0.25, 0.12).turned("y", rng.uniform(0, 360)).moved(x, 0.165, z)]
        x, z = x * 1.75, z * 1.75
        made.append(ring(0.06, 0.03, (x, 0.18, z), (0.16, 0.15, 0.14)))
    return made


def pizza(rng: Generator, hue: Colour) -> list[Part]:
    """Whole, leaning back to be seen."""
    return turned(pizza_of(rng, 0, 360), "x", rng.uniform(22, 40))


def cut_pizza(rng: Generator, hue: Colour) -> list[Part]:
    """One piece pulled out to the front."""
    piece = turned(pizza_of(rng, 0, 45), "y", -112.5)
    return turned([*turned(pizza_of(rng, 45, 360), "y", -112.5), *moved(piece, 0, 0.05, 0.45)], "x", 24)


def pizza_slice(rng: Generator, hue: Colour) -> list[Part]:
    """Its tip down, strings of cheese at its edges."""
    t, a = np.radians(np.linspace(-26, 26, 18)), 1.5
    crust = tube(np.stack([a * np.sin(t), 0.1 + 0 * t, -a * np.cos(t)], -1), 0.17 + 0.02 * np.sin(np.arange(18) * 1.7), CRUST, 14).finished("clouded", 0.25, TOAST)
    made = [crust, *(p.turned("y", 180) for p in (wedge(1.5, 0.13, 52, CRUST), wedge(1.42, 0.06, 49, SAUCE, (0, 0.12, -0.01)),
            wedge(1.36, 0.09, 50, MOZZARELLA, (0, 0.13, -0.03)).finished("clouded", 0.3, (0.93, 0.60, 0.24), gloss=0.25)))]
    for x, z in ((0.25, -1.1), (-0.28, -0.98), (0.02, -0.58)):
        made += salami(x, z, 0.21, 0.2)
    made += [leaf(0.34, 0.12, FOLIAGE, 0.25, 0.12).turned("y", b).moved(x, 0.24, z) for x, z, b in ((-0.05, -1.25, 60), (0.18, -0.75, -30))]
    for side in (-1, 1):
        for r, long in ((0.55, 0.3), (0.95, 0.22), (1.2, 0.34)):
            b = np.radians(24.5) * side
            made.append(ball((0.09, long, 0.09), (r * np.sin(b), 0.12 - long * 0.4, -r * np.cos(b)), MOZZARELLA, 10).glossy(0.25))
    return turned(made, "x", rng.uniform(42, 58))


def bread(rng: Generator, hue: Colour, long: float = 1.25, wide: float = 0.62, high: float = 0.5, cuts: int = 4) -> list[Part]:
    """A loaf with cuts across it."""
    t = np.linspace(-1, 1, 22)
    share = np.sqrt(np.clip(1 - np.abs(t) ** 3.2, 0.004, 1))
    body = loft(np.stack([t * long, 0.1 * share, wide * share, high * share], -1), mix(CRUST, TOAST, rng.uniform(0.2, 0.7)), 0.85, 28)
    body = warped(body, lambda v: np.stack([v[:, 0], np.maximum(v[:, 1], -high * 0.6), v[:, 2]], -1)).finished("clouded", 0.45, TOAST, gloss=0.15)
    made = [body]
    for k in range(cuts):
        z = long * 1.35 * ((k + 0.5) / cuts - 0.5)
        s = float(np.interp(z / long, t, share))
        x = np.linspace(-0.75, 0.75, 12) * wide * s
        y = 0.1 * s + high * s * np.sqrt(np.clip(1 - (x / (wide * s)) ** 2, 0, 1))
        made.append(tube(np.stack([x, y - 0.03, z + x * 0.35], -1), 0.085 * np.sqrt(np.clip(1.02 - np.linspace(-1, 1, 12) ** 2, 0, 1)) + 0.005, CRUMB, 8))
    return turned(made, "y", 90)


def baguette(rng: Generator, hue: Colour) -> list[Part]:
    return turned(bread(rng, hue, rng.uniform(1.7, 1.9), 0.34, 0.32, 6), "y", rng.uniform(-20, 20))


def slice_outline(wide: float, high: float) -> np.ndarray:
    half = curve([(0, -high), (wide * 0.85, -high), (wide * 0.95, -high * 0.85), (wide * 0.9, 0.15 * high), (wide * 1.12, 0.5 * high),
                  (wide * 0.95, 0.9 * high), (wide * 0.5, high), (0, high * 1.02)], 22)
    return np.concatenate([half, (half * (-1, 1))[-2:0:-1]])


def sliced_bread(rng: Generator, hue: Colour) -> list[Part]:
    """For toast: a loaf, and slices leaning before it."""
    def piece(deep: float) -> list[Part]:
        return [prism(slice_outline(0.6, 0.6), deep, (0, 0, 0), CRUST).finished("clouded", 0.5, TOAST),
                prism(slice_outline(0.53, 0.53), deep + 0.04, (0, 0, 0), CRUMB).finished("speckled", 0.1, shade(CRUMB, 0.9))]
    made = moved(piece(1.3), 0, 0, -0.5)
    for k in range(int(rng.integers(1, 4))):
        made += moved(turned(piece(0.16), "x", -10 - 9 * k), 0, -0.02 * k, 0.33 + 0.28 * k)
    return turned(made, "y", rng.uniform(-30, 10))


def croissant(rng: Generator, hue: Colour, segments: int = 7) -> list[Part]:
    """A crescent of rolled layers, points to the front."""
    count = segments * 8
    t = (np.arange(count) + 0.5) / count * 2 - 1
    a, steps = t * rng.uniform(1.75, 2.05), np.abs(t) * segments / 2 + (0.5 if segments % 2 else 0)
    layer = 1 - steps % 1
    r = 0.43 * (1 - np.abs(t) ** 1.7 * 0.82) * (0.84 + 0.2 * layer ** 0.6)
    line = np.stack([0.95 * np.sin(a), 0.9 * r, -0.8 * np.cos(a)], -1)
    body = tube(line, r, mix(CRUST, (0.90, 0.62, 0.28), rng.random()), 18)
    body = body.painted(lambda c: np.isin(np.abs(np.linalg.norm(c[:, None, [0, 2]] - line[None, :, [0, 2]], axis=2)).argmin(1), np.flatnonzero(layer < 0.3)), TOAST)
    return turned([body.glossy(0.35)], "x", rng.uniform(5, 25))


def plump_croissant(rng: Generator, hue: Colour) -> list[Part]:
    """Nearly straight, with fewer and bigger layers."""
    count, segments = 40, 5
    t = (np.arange(count) + 0.5) / count * 2 - 1
    steps = np.abs(t) * segments / 2 + 0.5
    layer = 1 - steps % 1
    r = 0.5 * (1 - np.abs(t) ** 1.5 * 0.75) * (0.8 + 0.24 * layer ** 0.6)
    line = np.stack([1.25 * t, 0.85 * r, 0.65 * t * t], -1)
    body = tube(line, r, CRUST, 20).painted(lambda c: np.isin(np.abs(c[:, None, 0] - line[None, :, 0]).argmin(1), np.flatnonzero(layer < 0.25)), TOAST)
    return [body.glossy(0.35)]


def pancakes(rng: Generator, hue: Colour, count: int = 4, berries: bool = False) -> list[Part]:
    """Stacked on a plate, butter and syrup on top."""
    made, y, face = [plate(1.35)], 0.1, mix((0.80, 0.52, 0.24), (0.72, 0.43, 0.18), rng.random())
    x = z = 0.0
    for k in range(count):
        x, z, r = rng.uniform(-0.07, 0.07), rng.uniform(-0.07, 0.07), rng.uniform(0.9, 0.97)
        made += [puck(r, 0.2, (0.95, 0.80, 0.50), (x, y, z), 0.5), puck(r * 0.95, 0.215, face, (x, y - 0.006, z), 0.3).finished("clouded", 0.3, shade(face, 0.82))]
        y += 0.2
    syrup = drips(0.72, 0.05, 0.4, (0.55, 0.27, 0.07), 7, rng.uniform(0, 6)).scaled(1.28, 1, 1.28).moved(x, y + 0.03, z).glossy(0.6)
    made.append(syrup)
    if berries:
        made += [ball(0.14, (x + 0.33 * np.sin(a), y + 0.17, z + 0.33 * np.cos(a)), (0.25, 0.28, 0.50), 12).glossy(0.3) for a in (1.2, 2.6, 3.8)]
        fruit = [p.scaled(0.36, 0.36, 0.36).turned("x", 180).moved(x + 0.1, y + 0.26, z + 0.28) for p in strawberry(rng, BERRY)[:1]]
        return [*made, *fruit, *moved(swirl(0.3, 0.3, IVORY), x - 0.25, y + 0.06, z + 0.2)]
    return [*made, box((0.42, 0.17, 0.42), (0, 0, 0), BUTTER, 0.25).turned("y", 25).moved(x, y + 0.15, z)]


def tall_pancakes(rng: Generator, hue: Colour) -> list[Part]:
    return pancakes(rng, hue, int(rng.integers(6, 8)))


def berry_pancakes(rng: Generator, hue: Colour) -> list[Part]:
    return pancakes(rng, hue, 3, True)


def fries(rng: Generator, wide: float, deep: float, foot: float, columns: int, rows: int) -> list[Part]:
    made = []
    for i in range(columns):
        for j in range(rows):
            x, z = ((i + 0.5) / columns * 2 - 1) * wide, ((j + 0.5) / rows * 2 - 1) * deep
            high = rng.uniform(1.0, 1.5) - 0.25 * abs(x / wide) + 0.12 * (rows - j - 1)
            stick = box((0.155, high, 0.155), (0, high / 2, 0), mix(FRY, (0.90, 0.64, 0.26), rng.uniform(0, 0.6)))
            made.append(stick.turned("y", rng.uniform(-20, 20)).turned("z", -x / wide * 16 + rng.uniform(-5, 5)).turned("x", z / deep * 7)
                        .moved(x * 0.8, foot, z * 0.85))
    return made


def french_fries(rng: Generator, hue: Colour) -> list[Part]:
    """In a carton, low in front."""
    red = mix((0.76, 0.12, 0.11), (0.84, 0.20, 0.13), rng.random())
    t = np.linspace(-1, 1, 14)
    front = prism([(-0.5, -0.9), (0.5, -0.9), *zip(0.74 * t[::-1], 0.3 - 0.3 * (1 - t[::-1] ** 2))], 0.09, (0, 0, 0), red).turned("x", 7).moved(z=0.3)
    back = prism([(-0.5, -0.9), (0.5, -0.9), *zip(0.74 * t[::-1], 0.42 + 0.22 * (1 - t[::-1] ** 2))], 0.09, (0, 0, 0), shade(red, 0.9)).turned("x", -7).moved(z=-0.3)
    core = warped(box((1.0, 1.15, 0.5), (0, -0.33, 0), red, 0.08), lambda v: v * np.stack([1 + 0.36 * (v[:, 1] > -0.33), 0 * v[:, 0] + 1, 1 + 0.3 * (v[:, 1] > -0.33)], -1))
    badge = ball((0.27, 0.27, 0.05), (0, -0.42, 0.335), (0.97, 0.82, 0.35), 20)
    return [front, back, core, badge, *fries(rng, 0.6, 0.24, -0.55, 6, 3)]


def fries_in_a_cup(rng: Generator, hue: Colour) -> list[Part]:
    """In a striped paper cup."""
    cup = lathe([(0.42, -0.9), (0.62, 0.12), (0.57, 0.12), (0.45, -0.2), (0, -0.2)], IVORY, corners=40).painted(lambda c: np.sin(angle(c) * 10) > 0, (0.78, 0.17, 0.14))
    return [cup, *fries(rng, 0.5, 0.46, -0.55, 5, 4)]


def rice_block(long: float, wide: float) -> Part:
    t = np.linspace(-1, 1, 12)
    s = np.sqrt(np.clip(1 - t ** 4, 0.02, 1))
    return loft(np.stack([t * long, 0 * t, wide * s, 0.3 * s], -1), RICE, 0.7, 22).turned("y", 90).finished("speckled", 0.085, shade(RICE, 0.86), amount=2)


def nigiri(rng: Generator, hue: Colour, colour: Colour = SALMON, band: bool = True) -> list[Part]:
    """Fish on a block of rice."""
    t = np.linspace(-1, 1, 16)
    s = np.clip(1 - t ** 6, 0.05, 1) ** 0.5
    fish = loft(np.stack([t * 1.18, 0.36 - 0.34 * t ** 4 * np.abs(t), 0.5 * s, 0.13 * s], -1), colour, 0.75, 22).turned("y", 90)
    lines = [loft(np.array([(-0.5, 0, 0.045, 0.02), (0.5, 0, 0.045, 0.02)]), mix(colour, IVORY, 0.7), 1.0, 8).turned("y", 28).scaled(1, 1, 0.85)
             .moved(x, 0.485 - 0.1 * x ** 4, 0) for x in np.linspace(-0.75, 0.75, 5)]
    made = [rice_block(1.0, 0.46).moved(y=-0.02), fish.glossy(0.4), *lines]
    return [*made, box((0.3, 0.85, 1.05), (0, 0.1, 0), NORI, 0.25)] if band else made


def maki(rng: Generator, filling: Colour, other: Colour) -> list[Part]:
    """A roll, its cut upwards."""
    return [lathe([(0.52, 0), (0.55, 0.05), (0.55, 0.72), (0.51, 0.76), (0.46, 0.7)], NORI, corners=32), puck(0.49, 0.76, RICE, (0, 0.01, 0), 0.06).finished("speckled", 0.085, shade(RICE, 0.86), amount=2),
            puck(0.2, 0.8, filling, (-0.08, 0, 0.03), 0.1, 16).glossy(0.3), box((0.18, 0.8, 0.3), (0.14, 0.4, -0.06), other, 0.2)]


def maki_rolls(rng: Generator, hue: Colour) -> list[Part]:
    """Three: two standing, one lying and showing its cut."""
    green = (0.55, 0.68, 0.30)
    lying = [p.moved(y=-0.38).turned("x", 75).moved(0.05, 0.5, 0.75) for p in maki(rng, SALMON, green)]
    return [*moved(maki(rng, SALMON, green), -0.6, 0, -0.25), *moved(maki(rng, (0.80, 0.25, 0.24), (0.97, 0.82, 0.40)), 0.6, 0, -0.25), *lying]


def sushi_board(rng: Generator, hue: Colour) -> list[Part]:
    """A nigiri and two rolls on a wooden board."""
    board = [box((3.4, 0.16, 2.2), (0, -0.42, 0), (0.62, 0.42, 0.25), 0.3).finished("wood_x", 0.3), *(box((0.3, 0.3, 2.0), (x, -0.62, 0), (0.52, 0.34, 0.20), 0.2) for x in (-1.1, 1.1))]
    rolls = [*moved(maki(rng, SALMON, (0.55, 0.68, 0.30)), 0.95, -0.34, 0.45), *moved(maki(rng, (0.80, 0.25, 0.24), (0.97, 0.82, 0.40)), -0.3, -0.34, 0.5)]
    return [*board, *moved(nigiri(rng, hue), -0.2, 0, -0.5), *rolls, ball((0.22, 0.17, 0.22), (-1.2, -0.25, 0.6), (0.60, 0.72, 0.34), 12)]


def taco(rng: Generator, hue: Colour, lean: float = 15) -> list[Part]:
    """Its fold down, filled to the brim."""
    a = np.linspace(0, np.pi, 26)
    outline = [*zip(1.1 * np.cos(a), 1.0 * np.sin(a) ** 0.85), (-1.0, -0.08), (-0.6, -0.16), (0.6, -0.16), (1.0, -0.08)]
    shell = mix((0.93, 0.73, 0.36), (0.88, 0.62, 0.28), rng.random())
    made = [prism(outline, 0.09, (0, 0, 0), shell).finished("clouded", 0.25, TOAST).turned("x", side * lean).moved(z=side * 0.13) for side in (-1, 1)]
    made.append(tube([(-1.02, -0.1, 0), (-0.9, -0.14, 0), (0.9, -0.14, 0), (1.02, -0.1, 0)], [0.08, 0.17, 0.17, 0.08], shell, 12))
    made.append(ball((0.98, 0.82, 0.22), (0, 0.1, 0), MEAT, 18))
    for k, b in enumerate(np.linspace(0.35, np.pi - 0.35, 15)):
        for j, (colour, size) in enumerate((((0.52, 0.68, 0.26), (0.2, 0.07, 0.17)), (((0.80, 0.20, 0.15), (0.97, 0.76, 0.26), MEAT)[k % 3], (0.12, 0.11, 0.11)))):
            r = 0.93 + 0.1 * j + rng.uniform(-0.05, 0.07)
            made.append(ball(size, (0, 0, 0), shade(colour, rng.uniform(0.88, 1.12)), 8).turned("z", rng.uniform(-40, 40))
                        .moved(1.05 * r * np.cos(b), 0.96 * r * np.sin(b), rng.uniform(-0.17, 0.17)))
    return made


def wide_taco(rng: Generator, hue: Colour) -> list[Part]:
    """Lying on its back half, open to the front."""
    return turned(taco(rng, hue, 22), "x", -28)


def popped(rng: Generator, count: int, place) -> list[Part]:
    """Grains at ``place(u, v)``: four puffs each."""
    made = []
    for k in range(count):
        at, turn = np.array(place((k * 0.618034) % 1, (k + 0.5) / count)), rng.uniform(0, 6)
        colour = mix((0.98, 0.94, 0.82), (0.96, 0.82, 0.50), rng.uniform(0, 0.6))
        made += [ball(rng.uniform(0.09, 0.12), tuple(at + 0.095 * np.array([np.sin(turn + b), 0.35 * np.cos(b * 2), np.cos(turn + b)])), colour, 8) for b in (0, 2.1, 4.2)]
        made.append(ball(0.075, tuple(at + (0, 0.09, 0)), (0.93, 0.72, 0.36) if k % 3 == 0 else colour, 6))
    return made


def popcorn(rng: Generator, hue: Colour) -> list[Part]:
    """A striped bucket, heaped."""
    red, high = mix((0.76, 0.13, 0.12), (0.84, 0.22, 0.15), rng.random()), rng.uniform(1.2, 1.45)
    bucket = lathe([(0.5, 0), (0.74, high), (0.7, high), (0.6, high * 0.6), (0, high * 0.6)], IVORY, corners=48).painted(lambda c: np.sin(angle(c) * 8) > 0, red)
    heap = popped(rng, 46, lambda u, v: (0.68 * np.sqrt(v) * np.sin(6.283 * u), high + 0.36 * (1 - v) - 0.02, 0.68 * np.sqrt(v) * np.cos(6.283 * u)))
    return [bucket, ring(0.73, 0.045, (0, high, 0), red), ball((0.66, 0.36, 0.66), (0, high - 0.06, 0), (0.94, 0.80, 0.50), 14), *heap]


def popcorn_box(rng: Generator, hue: Colour) -> list[Part]:
    """A square box, zigzag at its rim."""
    red, high = mix((0.76, 0.13, 0.12), (0.84, 0.22, 0.15), rng.random()), 1.4
    carton = warped(box((1.1, high, 0.9), (0, high / 2, 0), IVORY, 0.06), lambda v: v * np.stack([0.82 + 0.26 * v[:, 1] / high, 1 + 0 * v[:, 0], 0.82 + 0.26 * v[:, 1] / high], -1))
    teeth = [(x, high + (0.12 if k % 2 else 0)) for k, x in enumerate(np.linspace(-0.6, 0.6, 11))]
    walls = [prism([(-0.6, high - 0.2), (0.6, high - 0.2), *teeth[::-1]], 0.06, (0, 0, side * 0.46), red) for side in (-1, 1)]
    heap = popped(rng, 40, lambda u, v: (0.52 * np.sqrt(v) * np.sin(6.283 * u) * 1.05, high + 0.32 * (1 - v) + 0.04, 0.42 * np.sqrt(v) * np.cos(6.283 * u)))
    return [carton.finished("stripes_x", 0.14, red), *walls, ball((0.5, 0.32, 0.4), (0, high, 0), (0.94, 0.80, 0.50), 14), *heap]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "pizza": (NONE, pizza, cut_pizza, pizza_slice),
    "bread": (NONE, bread, baguette, sliced_bread),
    "croissant": (NONE, croissant, plump_croissant),
    "pancakes": (NONE, pancakes, tall_pancakes, berry_pancakes),
    "french fries": (NONE, french_fries, fries_in_a_cup),
    "sushi": (NONE, nigiri, maki_rolls, sushi_board),
    "taco": (NONE, taco, wide_taco),
    "popcorn": (NONE, popcorn, popcorn_box),
}
