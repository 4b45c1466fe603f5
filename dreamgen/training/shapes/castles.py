"""Castles and fortresses, gates towards +z, the ground is y = 0."""

from numpy.random import Generator

from .buildings import DARKNESS, IRON, flag, stony, turret
from .houses import OAK, SLATE, arch, bush, gable, one_of, placed, window
from .palette import NONE
from .parts import Color, Part, box, curve, lathe, moved, pair, prism, rod, shade, turned

GRASSY = (0.42, 0.58, 0.28)


def battlement(long: float, color: Color, count: int) -> list[Part]:
    """Teeth along x, centred."""
    step = long / count
    return [box((step * 0.58, 0.13, 0.1), (-long / 2 + step * (k + 0.5), 0.06, 0), color) for k in range(count)]


def gate(wide: float, high: float, stone: Color) -> list[Part]:
    made = [
        stony(arch(wide * 1.4, high * 1.2, 0.1, shade(stone, 0.8)), stone, 0.1),
        arch(wide, high, 0.14, OAK).finished("staves", wide / 5)
    ]
    return [*made, *(box((wide * 0.96, 0.035, 0.16), (0, high * y, 0), IRON) for y in (0.25, 0.6))]


def castle(rng: Generator, hue: Color) -> list[Part]:
    """Four towers with pointed roofs around a keep, a gate, flags."""
    wide, wall, high = rng.uniform(0.62, 0.72), rng.uniform(0.55, 0.68), rng.uniform(0.95, 1.15)
    stone, roof = one_of(rng, (0.68, 0.67, 0.66), (0.80, 0.74, 0.62), (0.88, 0.86, 0.84)), one_of(
        rng, (0.24, 0.40, 0.62), (0.70, 0.26, 0.22), (0.42, 0.32, 0.55), SLATE)
    made = [stony(box((wide * 2, wall, wide * 2), (0, wall / 2, 0), stone), stone),
            stony(box((0.66, high + 0.1, 0.6), (0, high / 2, -0.18), shade(stone, 0.95)), stone),
            *placed(gate(0.36, 0.44, stone), 0, 0, wide), *moved(turret(0.22, high + 0.5, stone, roof), 0, 0, -0.18),
            *placed(battlement(0.66, stone, 4), 0, high + 0.12, 0.08), *flag(0, high + 1.16, -0.18, roof)]
    for x in (-1, 1):
        for z in (-1, 1):
            made += moved(turret(0.23, high * (1 if z > 0 else 1.12), stone, roof), x * wide, 0, z * wide)
    for turn in (0, 90, 180, 270):
        made += turned(moved(battlement(wide * 1.45, stone, 5), 0, wall, wide - 0.05), "y", turn)
    return made


def fortress(rng: Generator, hue: Color) -> list[Part]:
    """Square towers with teeth, a drawbridge, banners."""
    stone, banner = one_of(rng, (0.64, 0.62, 0.60), (0.76, 0.68, 0.55)), one_of(rng, (0.74, 0.20, 0.18),
                                                                                (0.20, 0.36, 0.60), (0.28, 0.48, 0.30))
    wide, high, wall = rng.uniform(0.7, 0.8), rng.uniform(0.95, 1.1), 0.62

    def square(x, z, size, tall):
        made = [stony(box((size, tall, size), (0, tall / 2, 0), stone, 0.02), stone),
                stony(box((size * 1.2, 0.2, size * 1.2), (0, tall, 0), shade(stone, 1.05), 0.05), stone, 0.1)]
        for turn in (0, 90, 180, 270):
            made += turned([*moved(battlement(size * 1.2, stone, 3), 0, tall + 0.1, size * 0.6 - 0.05),
                            arch(size * 0.22, size * 0.5, 0.06, DARKNESS).moved(0, tall * 0.62, size / 2)], "y", turn)
        return moved(made, x, 0, z)

    made = [
        stony(box((wide * 2, wall, wide * 1.7), (0, wall / 2, 0), stone), stone), *square(0, -0.15, 0.66, high + 0.5),
        *flag(0, high + 0.55, -0.15, banner), *placed(gate(0.4, 0.46, stone), 0, 0, wide * 0.87),
        box((0.42, 0.06, 0.42), (0, 0.03, wide * 0.87 + 0.24), OAK, 0.1).finished("wood_z", 0.08),
        *pair(rod((0.19, 0.05, wide * 0.87 + 0.42), (0.22, 0.52, wide * 0.87 + 0.02), 0.022, IRON))
    ]
    for x in (-1, 1):
        made += [*square(x * wide, wide * 0.72, 0.46, high), *square(x * wide, -wide * 0.72, 0.46, high)]
        made.append(
            prism([(-0.11, 0), (0.11, 0), (0.11, -0.4), (0, -0.5), (-0.11, -0.4)], 0.03,
                  (x * wide, high * 0.55, wide * 0.72 + 0.25), banner))
    for z, turn in ((wide * 0.8, 0), (-wide * 0.8, 180)):
        made += placed(battlement(wide * 1.3, stone, 5), 0, wall, z, turn)
    return made + pair(*placed(battlement(wide, stone, 4), wide - 0.05, wall, 0, 90))


def fairy_castle(rng: Generator, hue: Color) -> list[Part]:
    """Slim white towers of many heights on a rock."""
    stone, roof = one_of(rng, (0.95, 0.93, 0.90),
                         (0.96, 0.90, 0.86)), one_of(rng, (0.26, 0.45, 0.70), (0.86, 0.45, 0.55), (0.30, 0.55, 0.55),
                                                     (0.52, 0.38, 0.65))
    rock = lathe(curve([(0.95, -0.35), (1.0, -0.15), (0.86, 0.0), (0.7, 0.03)], 8), (0.50, 0.47, 0.44),
                 corners=14).finished("stone", 0.14)
    made = [
        rock,
        lathe([(0.9, -0.06), (0.86, 0.03), (0, 0.05)], GRASSY).finished("foliage", 0.1),
        stony(box((1.0, 0.5, 0.8), (0, 0.25, 0), stone, 0.03), stone),
        stony(box((0.56, 0.95, 0.5), (0, 0.48, -0.1), stone, 0.03), stone),
        *moved(gable(0.56, 0.5, 0.36, 0.05, roof, 0.1), 0, 0.95, -0.1), *placed(gate(0.3, 0.38, stone), 0, 0.02, 0.41),
        *placed(battlement(0.8, stone, 5), 0, 0.5, 0.36), *placed(window(0.16, 0.22, stone), 0, 0.72, 0.16)
    ]
    for x, z, r, high in ((0.52, 0.38, 0.16, 0.75), (-0.52, 0.38, 0.16, 0.75), (0.5, -0.38, 0.17, 1.05),
                          (-0.5, -0.38, 0.17, 1.2), (0.3, -0.12, 0.12, 1.5), (-0.24, -0.3, 0.15,
                                                                              rng.uniform(1.65, 1.85))):
        made += moved(turret(r, high, stone, roof), x, 0, z)
    return [*made, *flag(-0.24, 2.2, -0.3, roof), *pair(bush(0.72, 0.3, 0.13))]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "castle": (NONE, castle, fortress, fairy_castle),
}
