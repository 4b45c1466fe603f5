"""Skyscrapers; entrances towards +z, the ground is y = 0."""

from numpy.random import Generator

from .houses import LAMP, WHITEWASH, arch, bush, one_of, placed
from .palette import NONE
from .parts import STONE, Color, Part, box, four, lathe, rod, shade, turned

GLASSY = ((0.30, 0.48, 0.60), (0.24, 0.40, 0.46), (0.36, 0.44, 0.58), (0.46, 0.58, 0.64))


def glass_tower(rng: Generator, hue: Color) -> list[Part]:
    """Two slabs of glass of different heights, a lobby, a mast."""
    glass, high, frame = one_of(rng, *GLASSY), rng.uniform(2.3, 2.8), one_of(rng, (0.86, 0.88, 0.9), (0.26, 0.29, 0.33))
    made = []
    for x, z, wide, deep, tall in ((-0.12, 0, 0.62, 0.6, high), (0.3, 0.06, 0.42, 0.5, high * rng.uniform(0.68, 0.8))):
        made += [
            box((wide, tall, deep), (x, tall / 2, z), glass).finished("tiles", 0.14, frame, gloss=0.6),
            box((wide + 0.05, 0.06, deep + 0.05), (x, tall, z), frame, 0.1),
            box((wide * 0.5, 0.14, deep * 0.5), (x, tall + 0.08, z), shade(frame, 0.85), 0.1)
        ]
    return [
        *made,
        box((1.1, 0.3, 0.86), (0.04, 0.15, 0.02), shade(STONE, 1.15), 0.05),
        box((0.5, 0.22, 0.06), (0, 0.12, 0.44), LAMP).glossy(0.5),
        box((0.7, 0.05, 0.2), (0, 0.28, 0.5), frame, 0.2),
        *(box((0.03, 0.22, 0.08), (x, 0.12, 0.44), frame) for x in (-0.12, 0.0, 0.12)),
        rod((-0.12, high, 0), (-0.12, high + 0.5, 0), 0.035, frame, 0.015),
        box((1.3, 0.06, 1.06), (0.03, 0.0, 0.06), (0.55, 0.55, 0.56), 0.2)
    ]


def deco_tower(rng: Generator, hue: Color) -> list[Part]:
    """Stone piers that step back four times to a spire."""
    stone, glass = one_of(rng, (0.80, 0.74, 0.64), (0.72, 0.70, 0.68), (0.70, 0.52, 0.42)), (0.24, 0.32, 0.40)
    made, y, size = [], 0.0, 0.98
    for k, tall in enumerate((0.36, 0.5, 1.0 * rng.uniform(0.9, 1.25), 0.36, 0.2)):
        made += [
            box((size, tall, size), (0, y + tall / 2, 0), glass).finished("tiles", 0.095, shade(stone, 0.8), gloss=0.5)
        ]
        count = (6, 5, 4, 3, 2)[k]
        for turn in (0, 90, 180, 270):
            made += turned([
                box((size * 0.5 / count, tall + 0.05, 0.07),
                    (size * ((i + 0.5) / count - 0.5), y + tall / 2, size / 2), stone) for i in range(count)
            ], "y", turn)
        made += [
            box((size * 1.06, 0.06, size * 1.06), (0, y + tall, 0), shade(stone, 1.1)),
            *four(box((size * 0.09, tall + 0.08, size * 0.09), (size * 0.48, y + tall / 2, size * 0.48), stone))
        ]
        y, size = y + tall, size * 0.78
    spire = [(0.16, 0), (0.13, 0.16), (0.07, 0.2), (0.05, 0.45), (0.0, 0.85)]
    return [
        *made,
        lathe(spire, (0.74, 0.76, 0.78), (0, y, 0), 12).glossy(0.8),
        *placed([arch(0.3, 0.3, 0.1, shade(stone, 1.1)),
                 arch(0.2, 0.24, 0.14, LAMP)], 0, 0, 0.5)
    ]


def twisted_tower(rng: Generator, hue: Color) -> list[Part]:
    """Square floors, each turned a little further than the one below."""
    glass, floors, twist = one_of(rng, *GLASSY), int(rng.integers(17, 22)), rng.uniform(60, 110) * one_of(rng, -1, 1)
    made = []
    for k in range(floors):
        t = k / (floors - 1)
        size, a = 0.74 * (1 - 0.42 * t ** 1.4), twist * t
        made += [
            box((size, 0.115, size), (0, 0.2 + 0.13 * k, 0), shade(glass, 1 + 0.1 * (k % 2))).turned("y",
                                                                                                     a).glossy(0.6),
            box((size * 1.09, 0.035, size * 1.09), (0, 0.27 + 0.13 * k, 0), WHITEWASH).turned("y", a)
        ]
    top = 0.27 + 0.13 * floors
    return [
        *made,
        box((1.1, 0.16, 1.1), (0, 0.06, 0), (0.7, 0.7, 0.7), 0.2),
        box((0.3, 0.14, 0.06), (0, 0.16, 0.52), LAMP),
        rod((0, top - 0.1, 0), (0, top + 0.4, 0), 0.05, WHITEWASH, 0.015), *four(bush(0.46, 0.46, 0.09).moved(y=0.12))
    ]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "skyscraper": (NONE, glass_tower, deco_tower, twisted_tower),
}
