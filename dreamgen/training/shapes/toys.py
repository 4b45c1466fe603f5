"""What one plays with, wears and wins; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE, TIMBER
from .parts import (BROWN, CREAM, DARK, GOLD, RED, STEEL, WHITE, WOOD, YELLOW, Colour, Part, around, ball, box, curve,
                    dot, lathe, moved, pair, prism, ring, rod, shade, stripes, tube)


def sphere(colour: Colour, corners: int = 48) -> Part:
    """Of radius 1, fine enough to be painted upon."""
    a = np.linspace(-np.pi / 2, np.pi / 2, corners // 2 + 1)
    return lathe(np.stack([np.cos(a), np.sin(a)], -1), colour, corners=corners)


def beach_ball(rng: Generator, hue: Colour) -> list[Part]:
    """Panels in colour and white around a tilted axis."""
    panels, tilt = int(rng.choice((3, 4))), rng.uniform(15, 40)
    skin = sphere(WHITE).painted(stripes(panels, 48), hue)
    return [part.turned("x", tilt) for part in (skin, *(ball((0.16, 0.03, 0.16), (0, y, 0), WHITE)
                                                        for y in (1.0, -1.0)))]


def plain_ball(rng: Generator, hue: Colour) -> list[Part]:
    """With or without a band."""
    skin = sphere(hue)
    if rng.random() < 0.4:
        skin = skin.painted(lambda c: np.abs(c[:, 1]) < 0.16, WHITE).turned("x", rng.uniform(10, 60))
    return [skin]


def soccer_ball(rng: Generator, hue: Colour) -> list[Part]:
    """Black pentagons around the corners of an icosahedron, with seams between them."""
    g = (1 + 5 ** 0.5) / 2
    corners = np.array([p for s in (1, -1) for t in (g, -g) for p in ((0, s, t), (s, t, 0), (t, 0, s))])
    corners /= (1 + g * g) ** 0.5
    turn, tilt = rng.uniform(0, 360), rng.uniform(0, 180)

    def black(c):
        near = c / np.linalg.norm(c, axis=1, keepdims=True) @ corners.T
        return near.max(1) > 0.92

    return [sphere(WHITE, 80).painted(black, shade(DARK, 0.5)).turned("x", tilt).turned("y", turn)]


def basketball(rng: Generator, hue: Colour) -> list[Part]:
    a = np.linspace(0, 2 * np.pi, 60)
    bow = np.stack([0.62 + 0.12 * np.cos(2 * a), np.sin(a), np.cos(a)], -1)
    bow = bow / np.linalg.norm(bow, axis=1, keepdims=True)
    turn, tilt = rng.uniform(0, 360), rng.uniform(-30, 30)
    lines = [ring(1.0, 0.035, (0, 0, 0), DARK), ring(1.0, 0.035, (0, 0, 0), DARK).turned("x", 90),
             *pair(tube(bow, 0.035, DARK, 6))]
    return [p.turned("z", tilt).turned("y", turn) for p in (sphere((0.90, 0.45, 0.13), 32), *lines)]


def balloon(rng: Generator, hue: Colour) -> list[Part]:
    long = rng.uniform(1.0, 1.15)
    skin = lathe(curve([(0, -1.15 * long), (0.16, -1.05 * long), (0.72, -0.5), (0.95, 0.15), (0.62, 0.8), (0, 1.0)],
                       22), hue)
    string = tube(curve([(0, -1.2, 0), (0.08, -1.6, 0.03), (-0.08, -2.0, -0.03), (0.04, -2.4, 0)], 14), 0.03,
                  shade(STEEL, 0.8), 6)
    return [skin, lathe([(0.15, -0.14), (0.03, 0)], hue, (0, -1.1 * long, 0)), string]


def gift_box(rng: Generator, hue: Colour) -> list[Part]:
    high, ribbon = rng.uniform(0.7, 1.05), (YELLOW, WHITE, RED, GOLD)[rng.integers(4)]
    if np.abs(np.subtract(ribbon, hue)).sum() < 0.5:
        ribbon = (0.2, 0.35, 0.85)
    bow = ring(0.17, 0.055, (0, 0, 0), ribbon).scaled(z=0.7).turned("x", 90).moved(0.2)
    bow = bow.turned("z", 24).moved(y=high + 0.15)
    return [box((1, high - 0.2, 1), (0, high / 2 - 0.1, 0), hue),
            box((1.08, 0.22, 1.08), (0, high - 0.1, 0), shade(hue, 1.1)),
            box((0.2, high + 0.02, 1.1), (0, high / 2, 0), ribbon),
            box((1.1, high + 0.02, 0.2), (0, high / 2, 0), ribbon), *pair(bow), ball(0.09, (0, high + 0.08, 0), ribbon)]


def dice(rng: Generator, hue: Colour) -> list[Part]:
    pip, made = (DARK if sum(hue) > 1.6 else WHITE), [box((1, 1, 1), (0, 0, 0), hue, 0.14)]
    q = 0.25
    spots = {1: [(0, 0)], 2: [(q, q), (-q, -q)], 3: [(q, q), (0, 0), (-q, -q)], 4: [(q, q), (-q, -q), (q, -q), (-q, q)],
             5: [(0, 0), (q, q), (-q, -q), (q, -q), (-q, q)], 6: [(x, y) for x in (q, -q) for y in (q, 0, -q)]}
    for count, axis, angle in ((1, "y", 0), (6, "y", 180), (2, "y", 90), (5, "y", -90), (3, "x", -90), (4, "x", 90)):
        made += [dot((0.105, 0.105, 0.03), (x, y, 0.49), pip).turned(axis, angle) for x, y in spots[count]]
    return made


def pawn(rng: Generator, hue: Colour) -> list[Part]:
    head = rng.uniform(0.26, 0.31)
    return [lathe([(0.5, 0), (0.5, 0.12), (0.42, 0.22), *curve([(0.36, 0.26), (0.2, 0.55), (0.16, 0.92)], 8),
                   (0.28, 0.98), (0.28, 1.05), (0.12, 1.1)], hue), ball(head, (0, 1.05 + head * 0.9, 0), hue)]


def guitar(rng: Generator, hue: Colour) -> list[Part]:
    """Upright, strings to the front."""
    outline = curve([(0, 0), (0.42, 0.06), (0.55, 0.38), (0.34, 0.72), (0.4, 1.05), (0.16, 1.24), (0, 1.26)], 20)
    both = np.concatenate([outline, (outline * (-1, 1))[-2:0:-1]])
    body = [prism(both, 0.24, (0, 0, 0), shade(hue, 0.7)), prism(both * 0.95 + (0, 0.03), 0.26, (0, 0, 0), hue)]
    hole = lathe([(0.17, 0), (0.17, 0.01)], (0.12, 0.08, 0.06)).turned("x", 90).moved(0, 0.8, 0.13)
    frets = [box((0.15, 0.02, 0.03), (0, 1.3 + 0.14 * k, 0.155), STEEL) for k in range(7)]
    pegs = [dot((0.06, 0.04, 0.04), (0.17, 2.38 + 0.1 * k, 0.08), WHITE) for k in range(3)]
    return [*body, hole, box((0.14, 1.4, 0.06), (0, 1.65, 0.13), shade(BROWN, 0.7)), *frets,
            box((0.24, 0.34, 0.06), (0, 2.48, 0.1), shade(BROWN, 0.9)), *pair(*pegs),
            box((0.34, 0.06, 0.05), (0, 0.36, 0.14), shade(BROWN, 0.6)),
            *(rod((x, 0.36, 0.175), (x, 2.4, 0.175), 0.008, WHITE) for x in (-0.04, 0, 0.04))]


def drum(rng: Generator, hue: Colour) -> list[Part]:
    """With sticks across it."""
    high = rng.uniform(0.75, 0.95)
    cords = [rod((0.72 * np.sin(a), 0.08, 0.72 * np.cos(a)), (0.72 * np.sin(b), high - 0.08, 0.72 * np.cos(b)), 0.018,
                 WHITE) for k in range(10)
             for a, b in ((k * 0.6283, (k + 0.5) * 0.6283), ((k + 1) * 0.6283, (k + 0.5) * 0.6283))]
    sticks = [part for side in (1, -1) for part in (rod((-0.8 * side, high + 0.06, 0.35),
                                                        (0.6 * side, high + 0.1, -0.3), 0.035, WOOD),
                                                    ball(0.075, (0.6 * side, high + 0.1, -0.3), WOOD))]
    return [lathe([(0.7, 0), (0.7, high)], hue), lathe([(0.75, 0), (0.75, 0.12)], GOLD),
            lathe([(0.75, high - 0.12), (0.75, high)], GOLD), lathe([(0.69, high), (0.69, high + 0.02)], CREAM), *cords,
            *sticks]


def crown(rng: Generator, hue: Colour) -> list[Part]:
    """Gold, jewels in colour."""
    points = int(rng.integers(5, 8))
    high = rng.uniform(0.75, 0.95)
    tooth = prism([(-0.42, 0), (0.42, 0), (0, high - 0.35)], 0.07, (0, 0.36, 0.72), GOLD).scaled(x=6 / points)
    band = lathe([(0.68, 0), (0.74, 0), (0.76, 0.4), (0.7, 0.4)], GOLD, closed=True)
    jewels = [dot((0.1, 0.12, 0.06), (0, 0.2, 0.76), hue), dot(0.085, (0, high + 0.02, 0.72), GOLD)]
    return [band, *around(tooth, points), *around(jewels[0], points), *around(jewels[1], points),
            ring(0.74, 0.05, (0, 0.03, 0), shade(GOLD, 0.85)),
            *(around(dot(0.05, (0, 0.2, 0.76), WHITE), points, 180 / points))]


def top_hat(rng: Generator, hue: Colour) -> list[Part]:
    """Black, its band in colour."""
    high, black = rng.uniform(0.8, 1.05), (0.11, 0.11, 0.12)
    brim = lathe([(0.5, 0.02), (0.85, 0.0), (0.92, 0.08), (0.86, 0.08), (0.52, 0.06)], black).scaled(z=1.08)
    return [brim, lathe([(0.52, 0.04), (0.5, high * 0.6), (0.58, high), (0.55, high + 0.03)], black),
            lathe([(0.54, 0.06), (0.525, 0.26)], hue)]


def trophy(rng: Generator, hue: Colour) -> list[Part]:
    wide = rng.uniform(0.48, 0.56)
    handle = tube(curve([(wide * 0.95, 1.62, 0), (wide + 0.28, 1.58, 0), (wide + 0.2, 1.2, 0), (wide * 0.62, 1.05, 0)],
                        12), 0.055, GOLD)
    cup = lathe([*curve([(0.08, 0.75), (wide * 0.7, 0.95), (wide, 1.35), (wide, 1.75)], 12), (wide - 0.06, 1.75),
                 (wide - 0.1, 1.4), (0, 1.2)], GOLD)
    return [box((0.75, 0.3, 0.75), (0, 0.15, 0), shade(BROWN, 0.6)), box((0.4, 0.14, 0.03), (0, 0.15, 0.38), GOLD),
            lathe([(0.3, 0.3), (0.26, 0.38), (0.08, 0.45), (0.08, 0.78)], GOLD), ball(0.13, (0, 0.58, 0), GOLD), cup,
            *pair(handle)]


def globe(rng: Generator, hue: Colour) -> list[Part]:
    """Blue seas and green land on a stand of wood."""
    shift = rng.uniform(0, 6)

    def land(c):
        x, y, z = c.T
        return np.sin(2.3 * x + shift) + np.sin(3.1 * z - 1.3 * shift) + np.sin(2.7 * y + 2 * x + shift) * 0.8 > 0.55

    earth = sphere((0.16, 0.42, 0.80), 64).painted(land, (0.28, 0.62,
                                                          0.25)).painted(lambda c: np.abs(c[:, 1]) > 0.93,
                                                                         WHITE).turned("z", -23)
    a = np.radians(np.linspace(-113, 67, 24))
    arc = tube(np.stack([1.14 * np.cos(a), 1.14 * np.sin(a), 0 * a], -1), 0.055, GOLD)
    return [earth, arc, rod((0, -1.65, 0), (0.0, -1.1, 0), 0.09, WOOD),
            lathe([(0.62, -1.78), (0.58, -1.68), (0.15, -1.58)], WOOD)]


def sword(rng: Generator, hue: Colour) -> list[Part]:
    """Point down; grip in colour."""
    long = rng.uniform(1.5, 1.8)
    blade = prism([(0, -long), (0.13, -long + 0.22), (0.15, 0), (-0.15, 0), (-0.13, -long + 0.22)], 0.07, (0, 0, 0),
                  shade(STEEL, 1.25))
    return [blade, box((0.04, long * 0.8, 0.09), (0, -long * 0.42, 0), shade(STEEL, 0.8)),
            box((0.85, 0.12, 0.18), (0, 0.05, 0), GOLD, 0.4), rod((0, 0.1, 0), (0, 0.5, 0), 0.085, hue),
            ball(0.13, (0, 0.58, 0), GOLD)]


def chest(rng: Generator, hue: Colour) -> list[Part]:
    """A treasure chest with iron bands and a lock."""
    wide, a = rng.uniform(1.2, 1.4), np.linspace(0, np.pi, 14)
    lid = [prism([*zip(0.4 * r * np.cos(a), 0.36 * r * np.sin(a))], w, (0, 0, 0), c).turned("y", 90).moved(x, 0.5, 0)
           for r, w, c, x in
           ((1.0, wide, WOOD, 0), *((1.06, 0.12, GOLD, s * wide * 0.36) for s in (1, -1)))]
    bands = pair(box((0.12, 0.53, 0.84), (wide * 0.36, 0.26, 0), GOLD))
    return [box((wide, 0.5, 0.8), (0, 0.25, 0), shade(WOOD, 0.85)), *lid, *bands,
            box((wide + 0.02, 0.06, 0.83), (0, 0.49, 0), GOLD), box((0.2, 0.24, 0.06), (0, 0.46, 0.42), GOLD),
            box((0.05, 0.1, 0.02), (0, 0.44, 0.455), DARK)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "ball": (ANY, plain_ball),
    "beach ball": (ANY, beach_ball),
    "soccer ball": (NONE, soccer_ball),
    "basketball": (NONE, basketball),
    "balloon": (ANY, balloon),
    "gift box": (ANY, gift_box),
    "dice": (ANY, dice),
    "chess pawn": (TIMBER, pawn),
    "guitar": (TIMBER, guitar),
    "drum": (ANY, drum),
    "crown": (NONE, crown),
    "top hat": (NONE, top_hat),
    "trophy": (NONE, trophy),
    "globe": (NONE, globe),
    "sword": (NONE, sword),
    "treasure chest": (NONE, chest),
}
