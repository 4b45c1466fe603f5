"""Beds and cradles; the foot faces +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .joinery import ACCENTS, BRASS, IRON, LINEN, WOODS, board, covered, cushion, pick, polished, sheet, spindle, wooden
from .palette import ANY, TIMBER
from .parts import CREAM, WHITE, Color, Part, ball, box, curve, dot, four, pair, prism, rod, shade, tube
from .seats import pillow


def bedding(rng: Generator, hue: Color, wide: float, long: float, y: float) -> list[Part]:
    """A mattress from the floor of the bed at ``y``, a quilt in color, its end folded back, and two pillows."""
    head, accent = -long / 2, pick(rng, WHITE, LINEN, shade(hue, 1.5))
    cover, fold = long * rng.uniform(0.62, 0.7), 0.3
    quilt = box((wide + 0.06, 0.24, cover), (0, y + 0.17, long / 2 - cover / 2 + 0.02), hue, 0.42)
    quilt = quilt.finished(
        *pick(rng, ("fabric", 0.06), ("plaid", 0.12, shade(hue, 1.4)), ("tiles", 0.22, shade(hue, 0.75))))
    made = [
        box((wide, 0.22, long - 0.06), (0, y + 0.11, 0), WHITE, 0.35), quilt,
        box((wide + 0.08, 0.1, fold), (0, y + 0.27, long / 2 - cover + 0.1), shade(hue, 1.35),
            0.5).finished("fabric", 0.06)
    ]
    for side in (-1, 1):
        made.append(
            cushion((wide * 0.44, 0.2, 0.4), (0, 0, 0), accent, 0.9,
                    0.35).turned("x", -28).moved(side * wide * 0.24, y + 0.33, head + 0.26))
    if rng.random() < 0.6:
        made.append(pillow(0.36, shade(hue, 0.7), 0, y + 0.4, head + 0.5, 58).finished("knit", 0.05))
    return made


def wooden_bed(rng: Generator, hue: Color) -> list[Part]:
    """A panelled headboard with a curved top between two posts with knobs."""
    wide, long, high, wood = rng.uniform(1.2, 1.6), rng.uniform(1.9, 2.05), rng.uniform(0.85, 1.1), pick(rng, *WOODS)
    x = np.linspace(-wide / 2, wide / 2, 17)
    made = bedding(rng, hue, wide - 0.1, long, 0.3)
    for z, top, rise in ((-long / 2, high, rng.uniform(0, 0.16)), (long / 2 + 0.04, 0.5, rng.uniform(0, 0.08))):
        line = top - 0.1 + rise * np.cos(np.pi * x / wide)
        outline = [*zip(x, line), (wide / 2, 0.18), (-wide / 2, 0.18)]
        made += [
            wooden(prism(outline, 0.06, (0, 0, z), shade(wood, 0.95)), "wood", 0.09),
            wooden(tube(np.stack([x, line, 0 * x + z], -1), 0.045, wood), "wood_x"),
            *pair(board((0.1, top, 0.1), (wide / 2 + 0.02, top / 2, z), wood, 0.25),
                  wooden(ball(0.07, (wide / 2 + 0.02, top + 0.04, z), wood, 12)))
        ]
    return made + pair(board((0.07, 0.2, long), (wide / 2, 0.27, 0), wood, 0.2))


def padded_bed(rng: Generator, hue: Color) -> list[Part]:
    """The frame and the tall headboard are upholstered, with buttons or upright channels; slim feet."""
    wide, long, high = rng.uniform(1.3, 1.65), rng.uniform(1.9, 2.05), rng.uniform(0.95, 1.15)
    cloth, z = pick(rng, hue, hue, (0.72, 0.69, 0.64)), -long / 2
    made = [box((wide + 0.06, 0.26, long + 0.04), (0, 0.25, 0.02), cloth, 0.3)]
    if rng.random() < 0.5:
        count = 7
        each = (wide + 0.08) / count
        made += [
            box((each * 1.02, high - 0.14, 0.16), ((k - 3) * each, high / 2 + 0.09, z - 0.04), cloth, 0.5)
            for k in range(count)
        ]
        buttons = []
    else:
        made.append(box((wide + 0.1, high - 0.12, 0.15), (0, high / 2 + 0.08, z - 0.04), cloth, 0.45))
        buttons = [
            dot((0.035, 0.035, 0.022), ((k - 2.5 + 0.5 * (row % 2)) * wide / 6.5, 0.66 + 0.16 * row, z + 0.035),
                shade(cloth, 0.65)) for row in range(int((high - 0.72) / 0.16) + 1) for k in range(6 - row % 2)
        ]
    feet = four(
        wooden(
            rod((wide / 2 - 0.05, 0, long / 2 - 0.07), (wide / 2 - 0.08, 0.14, long / 2 - 0.1), 0.028,
                pick(rng, *WOODS), 0.04)))
    return covered(made, "fabric", 0.05) + buttons + feet + bedding(rng, hue, wide - 0.1, long - 0.04, 0.36)


def iron_bed(rng: Generator, hue: Color) -> list[Part]:
    """Two arches of painted or brass tube with bars and balls."""
    wide, long, high, metal = rng.uniform(1.1,
                                          1.45), rng.uniform(1.9,
                                                             2.0), rng.uniform(1.0,
                                                                               1.15), pick(rng, BRASS, IRON, WHITE)
    made = [rod((s * wide / 2, 0.3, -long / 2), (s * wide / 2, 0.3, long / 2), 0.035, metal) for s in (-1, 1)]
    for z, top in ((-long / 2, high), (long / 2, 0.72)):
        a = np.linspace(0, np.pi, 17)
        made.append(tube(np.stack([wide / 2 * np.cos(a), top - 0.2 + 0.2 * np.sin(a), 0 * a + z], -1), 0.034, metal))
        made += [
            rod((x, 0.3, z), (x, top - 0.2 + 0.2 * np.sqrt(1 - (2 * x / wide)**2), z), 0.021, metal)
            for x in np.linspace(-0.36, 0.36, 5) * wide
        ]
        made += [rod((-wide / 2, y, z), (wide / 2, y, z), 0.026, metal) for y in (0.32, top - 0.22)]
        made += pair(rod((wide / 2, 0, z), (wide / 2, top - 0.14, z), 0.042, metal),
                     ball(0.06, (wide / 2, top - 0.12, z), BRASS, 12))
    return [polished(p, 0.4 if metal is WHITE else 0.8)
            for p in made] + bedding(rng, hue, wide - 0.12, long - 0.08, 0.32)


def cradle(rng: Generator, hue: Color) -> list[Part]:
    """A wooden tub on two runners, a hood over the head, a quilt and a pillow; the foot faces the front."""
    wide, deep, long, tint = 0.24, 0.32, rng.uniform(0.4, 0.46), pick(rng, *ACCENTS)
    low, top = 0.16, 0.16 + deep
    side = board((0.04, deep + 0.03, 2 * long), (0, 0, 0), hue, 0.3).turned("z",
                                                                            -16).moved(wide + 0.03, low + deep / 2, 0)
    made = [*pair(side), board((2 * wide - 0.02, 0.04, 2 * long), (0, low + 0.02, 0), shade(hue, 0.85))]
    for z, rise in ((long, 0.05), (-long, 0.24)):
        a = np.linspace(0, np.pi, 13)
        end = [(wide - 0.02, low), *zip((wide + 0.09) * np.cos(a), top + 0.02 + rise * np.sin(a)), (-wide + 0.02, low)]
        made += [
            wooden(prism(end, 0.05, (0, 0, z), hue), "wood_x"),
            dot((0.05, 0.05, 0.02), (0, top - 0.1, z + 0.03), shade(hue, 0.6))
        ]
    a = np.linspace(0, np.pi, 13)
    hood = np.stack([[((wide + 0.09) * np.cos(t), top + 0.02 + (0.24 + 0.03 * k) * np.sin(t), -long + 0.3 * k)
                      for t in a] for k in (0, 0.5, 1.0)])
    hood = wooden(sheet(hood[:, ::-1], 0.035, shade(hue, 1.08)), "wood_z")
    b = np.linspace(-1, 1, 13)
    runners = [
        wooden(tube(np.stack([(wide + 0.12) * b, 0.035 + 0.1 * b * b, 0 * b + z], -1), 0.035, hue), "wood_x")
        for z in (-long + 0.1, long - 0.1)
    ]
    posts = [board((2 * wide - 0.1, 0.13, 0.05), (0, 0.1, z), hue) for z in (-long + 0.1, long - 0.1)]
    bed = [
        cushion((2 * wide + 0.08, 0.2, long * 1.25), (0, top - 0.04, long * 0.3), tint, 0.5,
                0.25).finished(*pick(rng, ("knit", 0.05), ("tiles", 0.12, CREAM))),
        cushion((2 * wide, 0.12, 0.26), (0, top - 0.04, -long + 0.24), WHITE, 0.8, 0.35)
    ]
    return made + [hood, *runners, *posts, *bed]


def cot(rng: Generator, hue: Color) -> list[Part]:
    """A cradle of bars that hangs between two stands."""
    wide, long, low, top, tint = 0.26, 0.46, 0.36, 0.66, pick(rng, *ACCENTS)
    made = []
    for s in (-1, 1):
        made += [wooden(rod((s * wide, y, -long), (s * wide, y, long), 0.026, hue), "wood_z") for y in (low, top)]
        made += [
            wooden(rod((s * wide, low, z), (s * wide, top, z), 0.016, hue, corners=8))
            for z in np.linspace(-long, long, 9)[1:-1]
        ]
        x = np.linspace(-wide, wide, 11)
        rise = 0.1 if s > 0 else 0.22
        outline = [*zip(x, top + rise * np.cos(np.pi * x / 2 / wide)), (wide, low - 0.03), (-wide, low - 0.03)]
        made += [wooden(prism(outline, 0.045, (0, 0, s * long), hue), "wood_x")]
        z = s * (long + 0.07)
        made += [
            wooden(
                tube(curve([(-0.32, 0, z), (-0.16, 0.09, z), (0, 0.12, z), (0.16, 0.09, z), (0.32, 0, z)], 13), 0.032,
                     hue), "wood_x"),
            spindle((0, 0.1, z), (0, 0.74, z), 0.034, hue, (1.2, 0.8, 1, 0.7, 0.9, 1.1, 0.8)),
            polished(ball(0.045, (0, 0.6, z), BRASS, 10))
        ]
    made.append(wooden(rod((0, 0.15, -long), (0, 0.15, long), 0.026, hue), "wood_z"))
    return made + [
        board((2 * wide, 0.05, 2 * long), (0, low, 0), shade(hue, 0.9)),
        cushion((2 * wide - 0.03, 0.14, 2 * long - 0.06), (0, low + 0.1, 0), WHITE, 0.4, 0.2),
        cushion((2 * wide - 0.01, 0.16, long * 1.2),
                (0, low + 0.16, long * 0.32), tint, 0.5, 0.25).finished("knit", 0.05),
        cushion((2 * wide - 0.08, 0.12, 0.24), (0, low + 0.2, -long + 0.2), LINEN, 0.8, 0.35)
    ]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "bed": (ANY, wooden_bed, padded_bed, iron_bed),
    "cradle": (TIMBER, cradle, cot),
}
