"""What is packed and carried; fronts face +z."""

from numpy.random import Generator

from .palette import ANY
from .parts import BROWN, CREAM, DARK, STEEL, Color, Part, box, curve, lathe, pair, shade, tube

LEATHER, BRASS = (0.45, 0.28, 0.16), (0.87, 0.68, 0.28)


def trunk_case(rng: Generator, hue: Color) -> list[Part]:
    """An old suitcase, upright: leather straps, metal corners, a handle."""
    wide, high, deep = rng.uniform(1.2, 1.45), rng.uniform(0.85, 1.0), rng.uniform(0.38, 0.46)
    strap = (LEATHER, shade(BROWN, 0.7), (0.72, 0.5, 0.3))[rng.integers(3)]
    handle = tube(curve([(-0.2, high - 0.02, 0), (-0.17, high + 0.17, 0), (0.17, high + 0.17, 0),
                         (0.2, high - 0.02, 0)], 12), 0.05, strap)
    corner = [box((0.22, 0.22, 0.16), (wide / 2 - 0.08, y, s * (deep / 2 - 0.05)), strap, 0.4)
              for y in (0.085, high - 0.085) for s in (1, -1)]
    return [box((wide, high, deep), (0, high / 2, 0), hue, 0.22).finished("leather", 0.08, gloss=0.2),
            box((wide + 0.02, high + 0.02, 0.035), (0, high / 2, 0.05), shade(hue, 0.55), 0.3), handle,
            box((0.5, 0.04, 0.14), (0, high, 0), strap, 0.3),
            *pair(box((0.13, high + 0.04, deep + 0.04), (wide * 0.27, high / 2, 0), strap,
                      0.15).finished("leather", 0.06),
                  box((0.18, 0.15, 0.05), (wide * 0.27, high * 0.7, deep / 2 + 0.02), BRASS, 0.2).glossy(0.8),
                  box((0.1, 0.07, 0.06), (wide * 0.27, high * 0.7, deep / 2 + 0.03), strap, 0.1),
                  *(p.glossy(0.2) for p in corner)), *pair(box((0.13, 0.1, 0.08), (0.3, high - 0.04, deep * 0.3), BRASS,
                                                               0.3).glossy(0.8))]


def trolley_case(rng: Generator, hue: Color) -> list[Part]:
    """A hard one on wheels, ribbed, its bar pulled out."""
    wide, high, deep, out = rng.uniform(0.72, 0.84), rng.uniform(1.05, 1.2), 0.42, rng.uniform(0.3, 0.5)
    ribs = [box((wide * 0.075, high * 0.84, 0.05), (wide * k, 0.14 + high / 2, s * (deep / 2 + 0.005)),
                shade(hue, 0.86), 0.45).glossy(0.4) for k in (-0.32, -0.16, 0, 0.16, 0.32) for s in (1, -1)]
    bar = tube([(wide * 0.26, high, -0.12), (wide * 0.26, high + out, -0.12), (wide * 0.2, high + out + 0.06, -0.12),
                (-wide * 0.2, high + out + 0.06, -0.12), (-wide * 0.26, high + out, -0.12),
                (-wide * 0.26, high, -0.12)], 0.035, STEEL).glossy(0.7)
    wheels = [lathe([(0.05, -0.035), (0.08, -0.025), (0.08, 0.025), (0.05, 0.035)], DARK,
                    corners=14).turned("z", 90).moved(x * wide * 0.38, 0.08, z * 0.14) for x in (1, -1)
              for z in (1, -1)]
    return [box((wide, high, deep), (0, 0.14 + high / 2, 0), hue, 0.35).glossy(0.45), *ribs,
            box((wide + 0.015, high + 0.015, 0.035), (0, 0.14 + high / 2, 0), shade(hue, 0.5), 0.3), bar,
            box((wide * 0.44, 0.07, 0.08), (0, high + out + 0.06, -0.12), DARK, 0.4),
            box((wide * 0.4, 0.06, 0.12), (0, high + 0.18, 0.06), DARK, 0.45), *wheels,
            *pair(box((0.1, 0.1, 0.2), (wide * 0.38, 0.15, 0.1), DARK, 0.3)),
            box((0.12, 0.12, 0.05), (wide * 0.5 - 0.1, high * 0.62, deep / 2 + 0.0), BRASS, 0.2)]


def school_backpack(rng: Generator, hue: Color) -> list[Part]:
    """Rounded, with a big pocket to the front, zips, and straps at the back."""
    high, second = rng.uniform(1.15, 1.35), (shade(hue, 0.72), shade(hue, 0.55), (0.3, 0.32, 0.38),
                                             (0.72, 0.52, 0.32))[rng.integers(4)]
    zip_, cloth = ((0.95, 0.78, 0.3), CREAM, STEEL)[rng.integers(3)], shade(hue, 0.6)
    strap = tube(curve([(0.22, high * 0.92, -0.2), (0.3, high * 0.88, -0.44), (0.34, high * 0.5, -0.47),
                        (0.3, high * 0.12, -0.24)], 14), 0.075, cloth, 8)
    over = tube(curve([(-0.42, high * 0.56, 0.16), (-0.36, high * 0.88, 0.18), (0, high * 0.965, 0.19),
                       (0.36, high * 0.88, 0.18), (0.42, high * 0.56, 0.16)], 20), 0.026, zip_, 6)
    return [box((0.92, high, 0.52), (0, high / 2, 0), hue, 0.5).finished("fabric", 0.05), over,
            box((0.7, high * 0.44, 0.3), (0, high * 0.27, 0.24), second, 0.45).finished("fabric", 0.05),
            tube(curve([(-0.3, high * 0.38, 0.36), (0, high * 0.42, 0.395), (0.3, high * 0.38, 0.36)], 8), 0.026, zip_,
                 6), box((0.06, 0.13, 0.04), (0.24, high * 0.34, 0.4), zip_, 0.3),
            box((0.34, 0.2, 0.05), (0, high * 0.64, 0.25), second,
                0.3), *pair(strap, box((0.2, high * 0.34, 0.32), (0.47, high * 0.24, 0), second,
                                       0.45).finished("fabric",
                                                      0.05)), tube(curve([(-0.13, high * 0.97, -0.1),
                                                                      (-0.11, high + 0.13, -0.1),
                                                                      (0.11, high + 0.13, -0.1),
                                                                      (0.13, high * 0.97, -0.1)], 10), 0.045, cloth)]


def hiking_backpack(rng: Generator, hue: Color) -> list[Part]:
    """A flap with two buckled straps, side pockets, a rolled mat on top."""
    high, strap_c = rng.uniform(1.15, 1.3), (LEATHER, DARK, (0.74, 0.54, 0.32))[rng.integers(3)]
    mat = ((0.55, 0.6, 0.35), (0.85, 0.55, 0.3), (0.4, 0.5, 0.62), CREAM)[rng.integers(4)]
    strap = tube(curve([(0.2, high * 0.92, -0.2), (0.3, high * 0.86, -0.44), (0.34, high * 0.5, -0.46),
                        (0.28, high * 0.1, -0.22)], 14), 0.075, strap_c, 8)
    roll = [lathe([(0.18, -0.6), (0.18, 0.6)], mat).turned("z", 90).moved(0, high + 0.15, 0),
            *pair(lathe([(0.11, 0), (0.11, 0.02)], shade(mat, 0.6)).turned("z", -90).moved(0.59, high + 0.15, 0),
                  lathe([(0.195, -0.04), (0.195, 0.04)], strap_c).turned("z", 90).moved(0.32, high + 0.15, 0))]
    buckles = [box((0.1, high * 0.46, 0.05), (0.2, high * 0.62, 0.3), strap_c, 0.2),
               box((0.15, 0.11, 0.05), (0.2, high * 0.46, 0.33), BRASS, 0.2).glossy(0.8)]
    return [box((0.88, high, 0.52), (0, high / 2, 0), hue, 0.4).finished("fabric", 0.05),
            box((0.94, high * 0.46, 0.58), (0, high * 0.79, 0.01), shade(hue, 0.8), 0.4).finished("fabric", 0.05),
            box((0.6, high * 0.34, 0.24), (0, high * 0.24, 0.28), shade(hue, 0.86), 0.4).finished("fabric", 0.05),
            *pair(*buckles, strap, box((0.22, high * 0.42, 0.34), (0.48, high * 0.28, 0), shade(hue, 0.8),
                                       0.45).finished("fabric", 0.05)), *roll]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "suitcase": (ANY, trunk_case, trolley_case),
    "backpack": (ANY, school_backpack, hiking_backpack),
}
