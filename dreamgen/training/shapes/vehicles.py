"""What drives, flies and floats; all go towards +z, except that ships of the air and of space just stand upright."""

from numpy.random import Generator

from .palette import ANY
from .parts import (BROWN, CREAM, DARK, GLASS, GOLD, LIGHT, RED, STEEL, TYRE, WHITE, WOOD, Colour, Part, around, ball,
                    box, curve, dot, four, lathe, loft, moved, pair, prism, ring, rod, shade, stripes, tube)


def wheel(radius: float, width: float, at, hub: Colour = STEEL) -> list[Part]:
    """A tyre whose axle is along x."""
    x, y, z = at
    tyre = lathe([(radius * 0.9, -width / 2), (radius, -width * 0.3), (radius, width * 0.3), (radius * 0.9, width / 2)],
                 TYRE)
    return moved((tyre.turned("z", 90), lathe([(radius * 0.55, -width * 0.56), (radius * 0.55, width * 0.56)],
                                              hub).turned("z", 90)), x, y, z)


def side(outline, width: float, colour: Colour) -> Part:
    """A prism across x whose ``outline`` is [(z, y), ...]."""
    return prism(outline, width, (0, 0, 0), colour).turned("y", -90)


def car(rng: Generator, hue: Colour) -> list[Part]:
    long, wide, bonnet, roof = rng.uniform(1.9, 2.2), rng.uniform(0.86,
                                                                  0.95), rng.uniform(0.56, 0.64), rng.uniform(0.95, 1.1)
    z, hw = long / 2, wide / 2
    body = loft([(-z, 0.42, hw * 0.85, 0.14), (-z + 0.06, 0.42, hw, 0.2), (-z * 0.3, 0.44, hw * 1.03, 0.22),
                 (z * 0.4, 0.43, hw * 1.02, 0.22), (z - 0.12, 0.4, hw, 0.19), (z, 0.38, hw * 0.8, 0.13)], hue, 0.35)
    front, back = z * rng.uniform(0.3, 0.42), -z * rng.uniform(0.72, 0.85)
    glass = [(back + 0.05, bonnet), (front - 0.04, bonnet), (front - 0.33, roof - 0.07), (back + 0.22, roof - 0.07)]
    made = [body, side(glass, wide * 0.93, shade(GLASS, 0.65)),
            box((wide * 0.8, 0.08, front - back - 0.55), (0, roof - 0.04, (front + back) / 2 - 0.06), hue, 0.3),
            *pair(*(side([(a, bonnet), (a + 0.08, bonnet), (b + 0.08, roof - 0.03), (b, roof - 0.03)], 0.06,
                         hue).moved(wide * 0.445) for a, b in
                    ((back, back + 0.2), ((front + back) / 2 - 0.05, (front + back) / 2 - 0.05),
                     (front - 0.08, front - 0.4))))]
    made += pair(ball((0.1, 0.08, 0.05), (hw * 0.7, 0.46, z - 0.04), LIGHT),
                 box((0.16, 0.09, 0.04), (hw * 0.68, 0.47, -z + 0.01), RED),
                 *wheel(0.23, 0.17, (hw - 0.04, 0.23, z * 0.6)), *wheel(0.23, 0.17, (hw - 0.04, 0.23, -z * 0.6)))
    return [*made, box((wide * 0.9, 0.1, 0.06), (0, 0.29, z - 0.02), DARK),
            box((wide * 0.9, 0.1, 0.06), (0, 0.29, -z + 0.02), DARK)]


def bus(rng: Generator, hue: Colour) -> list[Part]:
    long, high, wide = rng.uniform(2.6, 3.0), rng.uniform(1.1, 1.25), 0.95
    made = [box((wide, high - 0.2, long), (0, high / 2 + 0.12, 0), hue, 0.12),
            box((wide * 0.9, 0.34, 0.03), (0, high * 0.68, long / 2), GLASS),
            box((wide * 0.7, 0.28, 0.03), (0, high * 0.7, -long / 2), shade(GLASS, 0.7)),
            box((wide + 0.01, 0.05, long - 0.1), (0, high * 0.42, 0), WHITE),
            box((wide * 0.9, 0.1, 0.06), (0, 0.26, long / 2), DARK)]
    for k in range(6):
        made += pair(box((0.03, 0.3, long * 0.12), (wide / 2, high * 0.7, -long * 0.4 + k * long * 0.155),
                         shade(GLASS, 0.8)))
    return made + pair(ball((0.08, 0.08, 0.04), (wide * 0.36, 0.4, long / 2), LIGHT),
                       box((0.12, 0.1, 0.03), (wide * 0.38, 0.42, -long / 2), RED),
                       *wheel(0.23, 0.16, (wide / 2 - 0.05, 0.23, long * 0.32)),
                       *wheel(0.23, 0.16, (wide / 2 - 0.05, 0.23, -long * 0.3)))


def truck(rng: Generator, hue: Colour) -> list[Part]:
    """A cab in colour, a light box behind it."""
    long, high = rng.uniform(1.3, 1.7), rng.uniform(1.15, 1.35)
    made = [box((0.95, high - 0.35, long), (0, high / 2 + 0.2, -long / 2 + 0.2), (0.88, 0.88, 0.86)),
            box((0.7, 0.1, long + 0.9), (0, 0.32, -long / 2 + 0.6), DARK),
            box((0.92, 0.78, 0.68), (0, 0.72, 0.62), hue, 0.14),
            box((0.8, 0.3, 0.04), (0, 0.88, 0.96), shade(GLASS, 0.8)), box((0.6, 0.16, 0.04), (0, 0.52, 0.96), DARK),
            box((0.94, 0.1, 0.08), (0, 0.33, 0.94), STEEL)]
    return made + pair(box((0.03, 0.28, 0.36), (0.46, 0.88, 0.66), shade(GLASS, 0.8)),
                       ball((0.07, 0.07, 0.04), (0.37, 0.47, 0.96), LIGHT),
                       *wheel(0.24, 0.17, (0.4, 0.24, 0.62)), *wheel(0.24, 0.17, (0.4, 0.24, -long * 0.2)),
                       *wheel(0.24, 0.17, (0.4, 0.24, -long * 0.2 - 0.52)))


def train(rng: Generator, hue: Colour) -> list[Part]:
    """A steam locomotive."""
    fat, y = rng.uniform(0.34, 0.4), 0.78
    boiler = lathe([(fat * 0.9, 0), (fat, 0.06), (fat, 1.35)], hue).turned("x", 90).scaled(z=-1).moved(0, y, 1.0)
    made = [boiler, lathe([(fat * 0.85, 0), (fat * 0.8, 0.1), (0.05, 0.14)], DARK).turned("x", 90).moved(0, y, 0.99),
            box((0.86, 0.12, 2.1), (0, 0.38, 0), shade(DARK, 1.1)),
            box((0.86, 0.9, 0.62), (0, 0.86, -0.68), shade(hue, 0.9)), box((1.0, 0.08, 0.8), (0, 1.34, -0.68), DARK),
            lathe([(0.11, 0), (0.11, 0.3), (0.2, 0.46), (0.2, 0.5)], DARK, (0, y + fat - 0.05, 0.72)),
            ball((0.16, 0.2, 0.16), (0, y + fat, 0.15), GOLD), box((0.86, 0.1, 0.08), (0, 0.38, 1.08), RED),
            ball((0.09, 0.09, 0.06), (0, y + 0.05, 1.14), LIGHT),
            prism([(-0.38, 0.06), (0.38, 0.06), (0.3, 0.34), (-0.3, 0.34)], 0.16, (0, 0, 1.1), shade(STEEL, 0.6))]
    made += pair(box((0.03, 0.32, 0.36), (0.43, 1.02, -0.68), shade(GLASS, 0.6)))
    for z, r in ((0.78, 0.2), (0.3, 0.26), (-0.26, 0.26), (-0.8, 0.26)):
        made += pair(*wheel(r, 0.1, (0.42, r, z), RED))
    return made


def tractor(rng: Generator, hue: Colour) -> list[Part]:
    made = [box((0.5, 0.42, 1.0), (0, 0.68, 0.42), hue, 0.2), box((0.6, 0.3, 0.7), (0, 0.6, -0.35), hue, 0.1),
            box((0.62, 0.1, 0.7), (0, 1.5, -0.36), hue, 0.3), box((0.5, 0.6, 0.55), (0, 1.1, -0.36), GLASS),
            rod((0.12, 0.85, 0.6), (0.12, 1.3, 0.6), 0.04, DARK), box((0.36, 0.26, 0.04), (0, 0.66, 0.92), DARK)]
    posts = [rod((0.27, 0.7, z), (0.27, 1.48, z), 0.035, hue) for z in (-0.06, -0.66)]
    return made + pair(*posts, *wheel(0.52, 0.28, (0.5, 0.52, -0.4), CREAM),
                       *wheel(0.28, 0.2, (0.4, 0.28, 0.66), CREAM), ball((0.06, 0.06, 0.03), (0.16, 0.82, 0.92), LIGHT))


def airplane(rng: Generator, hue: Colour) -> list[Part]:
    """A small airliner: white body, wings and tail in colour."""
    long, span, fat = rng.uniform(2.1, 2.5), rng.uniform(1.0, 1.2), rng.uniform(0.24, 0.29)
    z, s = long / 2, span
    line = [(-z, 0.12, 0.03, 0.03), (-z * 0.7, 0.05, fat * 0.6, fat * 0.65), (-z * 0.3, 0, fat, fat),
            (z * 0.6, 0, fat, fat), (z * 0.88, -0.02, fat * 0.7, fat * 0.7), (z, -0.05, 0.03, 0.03)]
    wing = prism([(fat * 0.5, 0.3), (s, -0.28), (s, -0.48), (fat * 0.5, -0.3)], 0.08, (0, 0, 0),
                 hue).turned("x", 90).moved(0, -0.06, 0.08)
    tail = prism([(0.05, 0.14), (0.46, -0.1), (0.46, -0.24), (0.05, -0.12)], 0.06, (0, 0, 0),
                 hue).turned("x", 90).moved(0, 0.1, -z * 0.86)
    engine = loft([(-0.2, 0, 0.06, 0.06), (0.16, 0, 0.1, 0.1), (0.2, 0, 0.09, 0.09)], DARK).moved(s * 0.42, -0.17, 0.15)
    fin = side([(-z, 0.1), (-z * 0.66, 0.15), (-z * 0.9, 0.58), (-z * 1.04, 0.58)], 0.05, hue)
    made = [loft(line, WHITE), fin, *pair(wing, tail, engine),
            box((fat * 1.2, 0.07, 0.12), (0, 0.1, z * 0.8), shade(GLASS, 0.5))]
    for k in range(7):
        made += pair(box((0.02, 0.05, 0.06), (fat, 0.05, -z * 0.3 + k * z * 0.13), shade(GLASS, 0.6)))
    return made


def helicopter(rng: Generator, hue: Colour) -> list[Part]:
    blade = box((0.95, 0.035, 0.12), (0.48, 0.98, 0), DARK)
    turn = rng.uniform(0, 90)
    body = loft([(-0.6, 0.5, 0.1, 0.1), (-0.35, 0.45, 0.3, 0.32), (0.1, 0.42, 0.36, 0.38), (0.4, 0.38, 0.3, 0.3),
                 (0.58, 0.33, 0.06, 0.08)], hue)
    boom = loft([(-1.5, 0.62, 0.05, 0.06), (-0.5, 0.5, 0.14, 0.18)], hue)
    made = [body.painted(lambda c: (c[:, 2] > 0.12) & (c[:, 1] > 0.36), shade(GLASS, 0.8)), boom,
            *around(blade, 4, turn), rod((0, 0.7, 0), (0, 1.02, 0), 0.05, STEEL),
            side([(-1.42, 0.55), (-1.25, 0.6), (-1.45, 0.98), (-1.58, 0.98)], 0.05, hue),
            rod((0.02, 0.62, -1.48), (0.09, 0.62, -1.48), 0.26, shade(STEEL, 0.8)),
            box((0.5, 0.04, 0.14), (0, 0.62, -1.2), hue)]
    return made + pair(rod((0.3, 0.02, -0.5), (0.3, 0.02, 0.55), 0.035, DARK),
                       *(rod((0.16, 0.2, z), (0.3, 0.02, z), 0.025, DARK) for z in (-0.22, 0.28)))


def sailboat(rng: Generator, hue: Colour) -> list[Part]:
    """The hull in colour, white sails."""
    high, long = rng.uniform(1.7, 2.1), rng.uniform(0.8, 0.95)
    hull = loft([(-long, 0.2, 0.24, 0.16), (-long * 0.5, 0.17, 0.33, 0.2), (0.1, 0.17, 0.34, 0.21),
                 (long * 0.6, 0.2, 0.2, 0.19), (long, 0.28, 0.01, 0.1)], hue, 0.7)
    deck = loft([(-long * 0.97, 0.34, 0.2, 0.03), (-long * 0.5, 0.34, 0.29, 0.03), (0.1, 0.35, 0.3, 0.03),
                 (long * 0.6, 0.37, 0.16, 0.03), (long * 0.9, 0.37, 0.02, 0.01)], WOOD)
    main = side([(0.02, 0.55), (0.02, high), (-0.1, high), (-long * 0.95, 0.55)], 0.04, WHITE)
    jib = side([(long * 0.95, 0.48), (0.12, high * 0.88), (0.1, 0.5)], 0.04, CREAM)
    way = rng.choice((-1, 1)) * rng.uniform(26, 36)         # let out, so that they are seen from the front
    sails = [sail.moved(z=-0.06).turned("y", way).moved(z=0.06) for sail in (main, jib)]
    return [hull, deck, *sails, rod((0, 0.2, 0.06), (0, high + 0.05, 0.06), 0.03, BROWN),
            rod((0, 0.5, 0), (0, 0.5, -long), 0.025, BROWN).turned("y", way).moved(z=0.06),
            box((0.28, 0.14, 0.36), (0, 0.42, -0.45), WHITE, 0.2)]


def hot_air_balloon(rng: Generator, hue: Colour) -> list[Part]:
    other, panels = (WHITE, (0.95, 0.8, 0.2), shade(hue, 0.6))[rng.integers(3)], int(rng.choice((3, 4, 6)))
    bag = lathe([*curve([(0.22, 0), (0.5, 0.3), (0.95, 0.95), (0.85, 1.6), (0.45, 1.93), (0, 2.0)], 18)],
                hue).painted(stripes(panels), other)
    basket = [box((0.4, 0.3, 0.4), (0, -0.5, 0), (0.62, 0.42, 0.22)),
              box((0.44, 0.06, 0.44), (0, -0.36, 0), shade(BROWN, 0.8))]
    return [bag, *basket, *four(rod((0.17, -0.36, 0.17), (0.15, 0.06, 0.15), 0.02, BROWN))]


def rocket(rng: Generator, hue: Colour) -> list[Part]:
    """White body, nose and fins in colour, a round window to the front."""
    high, fat = rng.uniform(1.7, 2.2), rng.uniform(0.36, 0.46)
    line = curve([(fat * 0.72, 0), (fat, high * 0.3), (fat * 0.98, high * 0.55), (fat * 0.62, high * 0.82), (0, high)],
                 22)
    body = lathe(line, WHITE).painted(lambda c: (c[:, 1] > high * 0.7) | (c[:, 1] < high * 0.07), hue)
    fin = prism([(fat * 0.75, 0.1), (fat * 1.75, -0.3), (fat * 1.8, 0.05), (fat * 0.9, high * 0.36)], 0.08, (0, 0, 0),
                hue)
    window = [lathe([(0.19, -0.05), (0.19, 0.05), (0.15, 0.07)], STEEL),
              lathe([(0.13, 0), (0.12, 0.1)], shade(GLASS, 0.9))]
    flame = lathe(curve([(0, -0.62), (0.12, -0.4), (0.24, -0.16), (0.2, -0.04)], 10), (0.98, 0.6, 0.1))
    made = [body, *around(fin, 4 if rng.random() < 0.5 else 3, 90),
            lathe([(fat * 0.6, -0.12), (fat * 0.68, 0.02)], DARK),
            *moved((p.turned("x", 84) for p in window), 0, high * 0.56, fat * 0.94)]
    return made + ([flame] if rng.random() < 0.5 else [])


def ufo(rng: Generator, hue: Colour) -> list[Part]:
    """A flying saucer: a disc in colour, a glass dome, lights around the rim."""
    disc = lathe([(0.25, -0.22), (0.6, -0.16), (1.2, 0.0), (1.2, 0.05), (0.6, 0.2), (0.4, 0.22)], hue)
    lights = around(dot(0.1, (0, 0.09, 0.98), (LIGHT, (0.4, 0.95, 0.5))[rng.integers(2)]), 8)
    return [disc, ball((0.5, rng.uniform(0.45, 0.58), 0.5), (0, 0.18, 0), GLASS), *lights,
            *around(rod((0.5, -0.12, 0), (0.75, -0.5, 0), 0.04, STEEL), 3, 90)]


def motorbike(rng: Generator, hue: Colour) -> list[Part]:
    gap, r = rng.uniform(0.66, 0.75), 0.34
    tyre = [ring(r - 0.08, 0.085, (0, 0, 0), TYRE).turned("z", 90),
            lathe([(0.14, -0.06), (0.14, 0.06)], STEEL).turned("z", 90),
            *(box((0.03, 0.46, 0.04), (0, 0, 0), STEEL).turned("x", a) for a in (0, 60, 120))]
    made = [*moved(tyre, 0, r, gap), *moved(tyre, 0, r, -gap), ball((0.2, 0.17, 0.34), (0, 0.84, 0.2), hue),
            box((0.26, 0.12, 0.7), (0, 0.8, -0.38), DARK, 0.45),
            box((0.22, 0.12, 0.3), (0, 0.82, -0.74), hue, 0.4),
            box((0.3, 0.36, 0.46), (0, 0.48, 0.06), shade(STEEL, 0.7), 0.2),
            ball((0.13, 0.13, 0.1), (0, 0.95, gap - 0.1), hue), ball((0.1, 0.1, 0.05), (0, 0.95, gap - 0.02), LIGHT),
            rod((-0.36, 1.1, gap - 0.34), (0.36, 1.1, gap - 0.34), 0.03, DARK),
            tube(curve([(0, r * 2.1, gap + 0.22), (0, r * 2.16, gap), (0, r * 1.9, gap - 0.3)], 8), 0.07, hue),
            tube(curve([(0, r * 2.0, -gap + 0.2), (0, r * 2.12, -gap), (0, r * 1.75, -gap - 0.3)], 8), 0.07, hue),
            ball((0.05, 0.06, 0.04), (0, 0.8, -0.9), RED)]
    return made + pair(rod((0.09, r, gap), (0.09, 1.1, gap - 0.32), 0.03, STEEL),
                       rod((0.1, r, -gap), (0.1, 0.5, 0.0), 0.035, hue),
                       rod((0.16, 0.28, 0.1), (0.18, 0.34, -gap - 0.15), 0.05, STEEL),
                       rod((0.1, 0.5, -0.1), (0.1, 0.8, -0.5), 0.03, DARK))


def bike(rng: Generator, hue: Colour) -> list[Part]:
    """A bicycle; tubes are thicker than life, so that they show."""
    gap, r, t = rng.uniform(0.56, 0.62), 0.36, 0.035
    rim = [ring(r - 0.03, 0.035, (0, 0, 0), TYRE).turned("z", 90), rod((-0.05, 0, 0), (0.05, 0, 0), 0.05, STEEL),
           *(rod((0, -r + 0.03, 0), (0, r - 0.03, 0), 0.009, STEEL).turned("x", a) for a in (0, 45, 90, 135))]
    crank, seat, head, low = (0, 0.34, -0.05), (0, 0.86, -0.2), (0, 0.9, gap - 0.18), (0, 0.72, gap - 0.13)
    made = [*moved(rim, 0, r, gap), *moved(rim, 0, r, -gap), rod(crank, seat, t, hue),
            rod((0, 0.78, -0.18), low, t, hue), rod(crank, low, t, hue), rod(head, low, t, hue),
            tube([low, (0, 0.6, gap - 0.08), (0, r, gap)], t, hue), rod(crank, (0, r, -gap), t * 0.8, hue),
            rod((0, 0.76, -0.18), (0, r, -gap), t * 0.8, hue), box((0.17, 0.07, 0.28), (0, 0.91, -0.22), DARK, 0.45),
            rod(low, (0, 1.02, gap - 0.22), t, STEEL), lathe([(0.11, -0.025), (0.11, 0.025)],
                                                             STEEL).turned("z", 90).moved(0.06, 0.34, -0.05)]
    bar = tube(curve([(0, 1.02, gap - 0.22), (0.18, 1.05, gap - 0.2), (0.28, 1.05, gap - 0.36)], 8), 0.028, DARK)
    return made + pair(bar) + [box((0.12, 0.03, 0.08), (0.16, 0.2, 0.05), DARK),
                               box((0.12, 0.03, 0.08), (-0.16, 0.48, -0.15), DARK)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "car": (ANY, car),
    "bus": (ANY, bus),
    "truck": (ANY, truck),
    "train": (ANY, train),
    "tractor": (ANY, tractor),
    "airplane": (ANY, airplane),
    "helicopter": (ANY, helicopter),
    "sailboat": (ANY, sailboat),
    "hot air balloon": (ANY, hot_air_balloon),
    "rocket": (ANY, rocket),
    "ufo": (ANY, ufo),
    "motorbike": (ANY, motorbike),
    "bike": (ANY, bike),
}
