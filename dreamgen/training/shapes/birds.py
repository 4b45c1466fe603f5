"""Birds; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .bodies import BLACK, eyes, furry, limb, pale, placed, torso
from .palette import ANY, FUR, NONE, Color
from .parts import WHITE, Part, ball, box, curve, lathe, pair, ring, rod, shade

BILL, FEET = (0.94, 0.60, 0.18), (0.90, 0.55, 0.20)
INK = (0.15, 0.16, 0.20)
SCARVES = ((0.72, 0.20, 0.18), (0.20, 0.40, 0.64), (0.26, 0.50, 0.36), (0.86, 0.60, 0.20))


def webbed(r: float, at, color: Color) -> list[Part]:
    """A flat foot with three toes."""
    x, y, z = at
    return [limb([(0, r * 0.35, -r * 0.4), (side * r * 0.55, r * 0.25, r), (side * r * 0.62, r * 0.22, r * 1.25)],
                 [r * 0.38, r * 0.36, r * 0.26], color, 5, 10).moved(x, y, z) for side in (-1, 0, 1)]


def beak(wide: float, long: float, color: Color, bent: float = 0.3) -> list[Part]:
    """Pointed, from the origin to +z, its mouth closed."""
    upper = limb([(0, 0, -0.1), (0, 0, long * 0.4), (0, -bent * long, long)], [wide, wide * 0.8, wide * 0.12], color,
                 8, 14)
    lower = limb([(0, -wide * 0.5, -0.1), (0, -wide * 0.6, long * 0.3), (0, -wide * 0.5 - bent * long * 0.6,
                 long * 0.7)],
                 [wide * 0.75, wide * 0.5, wide * 0.1], shade(color, 0.78), 7, 12)
    return [upper, lower]


def flipper(color: Color, out: float, at) -> Part:
    return limb([(0, 0.04, 0), (0.02, -0.3, 0), (0.06, -0.68, 0.02)], [0.13, 0.17, 0.06], color, 8,
                14).scaled(x=0.45).turned(
        "z", out).moved(*at)


def penguin(rng: Generator, hue: Color) -> list[Part]:
    """Of the emperor's kind: a white belly, gold at its neck, a long bill."""
    fat, dark = rng.uniform(0.44, 0.52), shade(INK, rng.uniform(0.9, 1.15))
    body = lathe(curve([(0, 0.06), (fat * 0.7, 0.1), (fat, 0.55), (fat * 0.86, 1.0), (0.3, 1.34), (0, 1.42)], 22),
                 dark, corners=28)
    belly = lathe(curve([(0, 0.08), (fat * 0.66, 0.12), (fat * 0.9, 0.55), (fat * 0.76, 0.98), (0.2, 1.28), (0, 1.32)],
                        18),
                  (0.96, 0.95, 0.93), corners=24).moved(0, 0, fat * 0.19)
    head = [ball((0.31, 0.3, 0.31), (0, 1.5, 0.03), dark, 24)]
    gold = ball((0.15, 0.19, 0.13), (0.21, 1.36, 0.1), (0.95, 0.72, 0.25), 16)
    bill = placed(beak(0.075, 0.3, (0.25, 0.22, 0.24), 0.2), 1, (0, 1.48, 0.3))
    stripe = limb([(0.062, 1.455, 0.34), (0.04, 1.435, 0.5)], [0.035, 0.025], BILL, 4, 8)
    tail = limb([(0, 0.18, -fat * 0.8), (0, 0.06, -fat - 0.14)], [0.14, 0.06], dark, 4).scaled(y=0.9)
    return [body, belly, *head, *bill, tail] + eyes((0.31, 0.3, 0.31), (0, 1.5, 0.03), 36, 10, 0.06, (0.86, 0.80,
                                                    0.70)) + pair(
        flipper(dark, rng.uniform(14, 30), (fat * 0.86, 1.06, 0.02)), gold, stripe, *webbed(0.17, (0.19, 0, 0.22),
            (0.32, 0.28, 0.28)))


def scarfed_penguin(rng: Generator, hue: Color) -> list[Part]:
    """A chubby one with a white face, an orange bill and a scarf."""
    dark, scarf = (0.17, 0.19, 0.25), SCARVES[rng.integers(len(SCARVES))]
    fat = rng.uniform(0.5, 0.58)
    body = lathe(curve([(0, 0.05), (fat * 0.75, 0.1), (fat, 0.45), (fat * 0.84, 0.85), (0.3, 1.06), (0, 1.1)], 18),
                 dark, corners=28)
    made = [body, ball((fat * 0.8, 0.47, 0.34), (0, 0.52, fat * 0.58), (0.97, 0.96, 0.94), 24),
            ball((0.47, 0.42, 0.42), (0, 1.28, 0.02), dark, 24)]
    made += pair(ball((0.22, 0.27, 0.16), (0.16, 1.26, 0.28), (0.97, 0.96, 0.94), 18)) + [
        ball((0.26, 0.16, 0.15), (0, 1.12, 0.3), (0.97, 0.96, 0.94), 18)]
    made += placed(beak(0.11, 0.2, BILL, 0.25), 1, (0, 1.2, 0.4)) + eyes((0.42, 0.4, 0.42), (0, 1.27, 0.04), 25, 8,
            0.07)
    made += [ring(0.36, 0.1, (0, 0.92, 0.04), scarf).finished("knit", 0.09),
             box((0.19, 0.42, 0.1), (0, 0, 0), scarf, 0.4).finished("knit", 0.09).turned("x", -6).turned(
                 "z", 6).moved(0.22, 0.7, fat * 0.92)]
    return made + pair(flipper(dark, rng.uniform(25, 50), (fat * 0.82, 0.8, 0.04)), *webbed(0.18, (0.22, 0, 0.3), FEET))


def penguin_chick(rng: Generator, hue: Color) -> list[Part]:
    """Of grey down, with a black cap and a white mask."""
    down = shade((0.62, 0.64, 0.68), rng.uniform(0.9, 1.15))
    body = lathe(curve([(0, 0.05), (0.36, 0.08), (0.48, 0.42), (0.38, 0.8), (0.26, 0.98), (0, 1.0)], 18), down,
                 corners=28)
    made = furry([body, ball((0.36, 0.38, 0.24), (0, 0.46, 0.28), shade(down, 1.3), 20)], 0.09, 0.9)
    made += [ball((0.37, 0.35, 0.35), (0, 1.16, 0.02), INK, 24), *placed(beak(0.07, 0.16, (0.2, 0.18, 0.2), 0.2), 1,
             (0, 1.12, 0.36))]
    made += pair(ball((0.2, 0.21, 0.16), (0.17, 1.14, 0.2), (0.96, 0.95, 0.93), 18)) + eyes((0.36, 0.35, 0.36),
            (0, 1.16, 0.02), 26, 4, 0.06)
    return made + pair(*furry([flipper(down, rng.uniform(16, 40), (0.4, 0.78, 0.04)).scaled(1, 0.9, 1)]),
                       *webbed(0.15, (0.18, 0, 0.24), (0.25, 0.23, 0.24)))


def duckbill(size: float, at, hue: Color) -> list[Part]:
    """Broad, a little turned up, two halves; not of the duck's own color."""
    color = BILL if np.abs(np.subtract(hue, (0.91, 0.48, 0.13))).max() > 0.2 else (0.72, 0.26, 0.14)
    upper = limb([(0, 0, -0.2), (0, -0.03, 0.3), (0, 0.02, 0.75)], [0.36, 0.34, 0.36], color, 8, 16).scaled(y=0.5)
    lower = limb([(0, -0.2, -0.2), (0, -0.24, 0.3), (0, -0.2, 0.58)], [0.3, 0.27, 0.27], shade(color, 0.82), 7,
                 14).scaled(y=0.5)
    nostril = ball((0.05, 0.04, 0.08), (0.13, 0.11, 0.34), shade(color, 0.5), 8)
    return placed([upper, lower, *pair(nostril)], size, at)


def bath_duck(rng: Generator, hue: Color) -> list[Part]:
    """Of rubber, for the bath tub."""
    r = rng.uniform(0.36, 0.42)
    body = torso([(-0.5, 0.42, 0.16, 0.16), (-0.32, 0.4, 0.4, 0.34), (0.05, 0.38, 0.48, 0.37), (0.32, 0.4, 0.34,
                 0.33)], hue, 14, 26)
    tail = limb([(0, 0.45, -0.45), (0, 0.6, -0.72), (0, 0.8, -0.86)], [0.24, 0.16, 0.06], hue, 7, 14)
    neck = limb([(0, 0.55, 0.2), (0, 0.85, 0.24)], [0.3, 0.27], hue, 4, 20)
    head = ball(r, (0, 0.72 + r, 0.26), hue, 28)
    wing = limb([(0, 0, 0.3), (0, -0.02, 0), (0, 0.14, -0.36)], [0.19, 0.24, 0.07], shade(hue, 0.9), 8,
                14).scaled(x=0.5).turned(
        "y", 8).moved(0.45, 0.48, -0.02)
    made = [body, tail, neck, head, *pair(wing)]
    return [p.glossy(0.35) for p in made] + duckbill(0.34, (0, 0.68 + r, 0.26 + r), hue) + eyes(
        (r,) * 3, (0, 0.72 + r, 0.26), 32, 18, 0.075)


def standing_duck(rng: Generator, hue: Color) -> list[Part]:
    """On its webbed feet, with a long neck and feathers."""
    light, dark = pale(hue), shade(hue, 0.72)
    up = rng.uniform(0.95, 1.1)
    body = torso([(-0.62, 0.62, 0.06, 0.06), (-0.45, 0.56, 0.22, 0.18), (-0.1, 0.5, 0.34, 0.3), (0.22, 0.54, 0.3, 0.29),
                  (0.36, 0.6, 0.2, 0.2)], hue, 16, 26)
    neck = limb([(0, 0.62, 0.3), (0, 0.84, 0.4), (0, up + 0.14, 0.34)], [0.2, 0.14, 0.15], hue, 8, 16)
    head = ball((0.22, 0.22, 0.25), (0, up + 0.2, 0.38), hue, 22)
    band = ring(0.145, 0.035, (0, 0, 0), (0.94, 0.92, 0.88)).turned("x", 6).moved(0, 0.9, 0.4)
    feathers = [limb([(0, 0.02, 0.2), (0, 0, -0.1), (0, 0.02, -0.5)], [0.12, 0.16, 0.04], c, 7,
                     12).scaled(x=0.5).turned("y", -10).moved(
        0.3 + out, 0.58 - drop, 0.08 - back) for c, drop, back, out in ((dark, 0.0, 0.0, 0.0), (shade(hue, 0.85), 0.1,
            -0.06, 0.02))]
    curl = limb([(0, 0.62, -0.6), (0, 0.72, -0.72), (0, 0.84, -0.68)], [0.1, 0.07, 0.05], dark, 6)
    made = [body, neck, head, band, curl, ball((0.22, 0.22, 0.2), (0, 0.5, 0.32), light, 18)]
    return made + duckbill(0.24, (0, up + 0.17, 0.6), hue) + eyes((0.22, 0.22, 0.25), (0, up + 0.2, 0.38), 48, 18,
                                                                  0.05) + pair(
        *feathers, rod((0.15, 0.3, 0), (0.15, 0.05, 0.02), 0.05, FEET), *webbed(0.14, (0.15, 0, 0.05), FEET))


def duckling(rng: Generator, hue: Color) -> list[Part]:
    """A ball of down with a big head and stub wings."""
    r = rng.uniform(0.4, 0.46)
    made = furry([ball((0.46, 0.42, 0.5), (0, 0.56, -0.04), hue, 26), ball(r, (0, 1.14, 0.12), hue, 26),
                  limb([(0, 0.6, -0.4), (0, 0.74, -0.62)], [0.14, 0.05], hue, 4)], 0.08, 0.5)
    wing = limb([(0, 0, 0.1), (0, -0.08, -0.1), (0, 0, -0.3)], [0.12, 0.16, 0.06], shade(hue, 0.88),
                7).scaled(x=0.5).turned("z", 20)
    tuft = [limb([(0, 1.1 + r, 0.12), (s * 0.06, 1.2 + r, 0.06), (s * 0.14, 1.24 + r, 0)], [0.05, 0.04, 0.025], hue, 5,
                 8) for s in (-1, 0.3, 1)]
    return made + tuft + duckbill(0.27, (0, 1.07, 0.12 + r * 0.94), hue) + eyes((r,) * 3, (0, 1.14, 0.12), 30, 10,
            0.075) + pair(
        wing.moved(0.44, 0.66, 0.02), rod((0.17, 0.25, 0), (0.17, 0.05, 0.02), 0.055, FEET), *webbed(0.15, (0.17, 0,
            0.05), FEET))


def owl_body(hue: Color, light: Color, fat: float) -> list[Part]:
    body = lathe(curve([(0, 0.08), (fat * 0.7, 0.12), (fat, 0.5), (fat * 0.95, 0.9), (fat * 0.9, 1.15), (0.2, 1.4),
                        (0, 1.42)], 22),
                 hue, corners=28)
    breast = ball((fat * 0.76, 0.42, 0.2), (0, 0.52, fat * 0.8), light, 24).finished("scales", 0.13, amount=1.2)
    tail = limb([(0, 0.3, -fat * 0.8), (0, 0.02, -fat - 0.08)], [0.2, 0.16], shade(hue, 0.7), 4, 14)
    return [body.finished("fur", 0.09, amount=0.5), breast, tail]


def folded_wing(hue: Color, at, out: float = 10) -> list[Part]:
    """Three feathers, one over the other."""
    return [limb([(0, 0.1, 0.02), (0, -0.22, 0), (0, -0.5 - k * 0.12, -0.1 - k * 0.1)], [0.17, 0.2, 0.06], shade(hue,
            tone), 8, 14).scaled(
        x=0.45).turned("z", out).moved(at[0] - 0.015 * k, at[1], at[2] - 0.1 * k) for k, tone in enumerate((0.74, 0.64,
            0.55))]


def talons(x: float, z: float) -> list[Part]:
    return [limb([(x + k * 0.07, 0.08, z - 0.05), (x + k * 0.09, 0.07, z + 0.1), (x + k * 0.1, 0.03, z + 0.15)],
                 [0.055, 0.05, 0.03],
                 FEET, 5, 8) for k in (-1, 0, 1)]


def owl(rng: Generator, hue: Color) -> list[Part]:
    """Horned, with wide yellow eyes, on a branch."""
    fat, light = rng.uniform(0.46, 0.52), pale(hue)
    made = owl_body(hue, light, fat)
    face = [ball((0.26, 0.27, 0.09), (0, 0, 0), light, 20), ball((0.17, 0.17, 0.08), (-0.01, 0, 0.06), (0.95, 0.75,
            0.25), 18).glossy(0.5),
            ball((0.1, 0.105, 0.06), (-0.015, 0, 0.115), BLACK, 14).glossy(0.6), ball(0.032, (0.02, 0.045, 0.165),
            WHITE, 8)]
    horn = limb([(0.2, 1.28, 0.12), (0.33, 1.46, 0.1), (0.42, 1.62, 0.06)], [0.15, 0.1, 0.03], shade(hue,
                0.7) if max(hue) > 0.3 else (0.3, 0.28, 0.28), 7)
    brow = limb([(0.03, 1.14, fat * 0.98), (0.2, 1.3, fat * 0.82), (0.4, 1.42, fat * 0.4)], [0.05, 0.06, 0.05],
                shade(hue, 0.7) if max(
        hue) > 0.3 else (0.3, 0.28, 0.28), 7)
    bill = placed(beak(0.08, 0.2, BILL, 0.1), 1, (0, 0.98, fat * 0.92), 62)
    branch = limb([(-0.75, 0.0, 0.16), (-0.2, 0.02, 0.2), (0.3, -0.02, 0.18), (0.78, 0.03, 0.14)], [0.085, 0.1, 0.095,
                  0.07], (0.42, 0.29, 0.19), 9).finished(
        "bark", 0.07)
    return made + bill + [branch] + pair(*(p.turned("y", 20).moved(0.2, 1.05, fat * 0.84) for p in face), horn, brow,
                                         *folded_wing(hue, (fat * 0.94, 0.86, 0.02)), *talons(0.17, 0.25))


def barn_owl(rng: Generator, hue: Color) -> list[Part]:
    """Slim, its face a white heart, dark eyes, a pale breast."""
    light = (0.95, 0.92, 0.86)
    body = lathe(curve([(0, 0.1), (0.24, 0.14), (0.36, 0.5), (0.37, 0.85), (0.25, 1.08), (0, 1.14)], 18), hue,
                 corners=26).finished(
        "speckled", 0.1, shade(hue, 0.6) if max(hue) > 0.3 else (0.5, 0.47, 0.44))
    breast = ball((0.28, 0.46, 0.18), (0, 0.62, 0.25), light, 22).finished("speckled", 0.09, (0.72, 0.6, 0.45))
    head = ball((0.42, 0.38, 0.34), (0, 1.32, 0.03), hue, 24)
    cheek = ball((0.24, 0.3, 0.1), (0, 0, 0), light, 20).turned("z", -18).turned("y", 16).moved(0.15, 1.33, 0.3)
    rim = ball((0.27, 0.33, 0.09), (0, 0, 0), shade(hue, 0.62) if max(hue) > 0.3 else (0.45, 0.38, 0.32),
               20).turned("z", -18).turned("y", 16).moved(0.155, 1.33, 0.27)
    bill = placed(beak(0.06, 0.16, (0.9, 0.78, 0.6), 0.1), 1, (0, 1.26, 0.38), 60)
    tail = limb([(0, 0.35, -0.26), (0, 0.05, -0.4)], [0.15, 0.12], shade(hue, 0.75), 4, 12)
    feet = [rod((0.13, 0.2, 0.08), (0.13, 0.06, 0.1), 0.06, light), *talons(0.13, 0.14)]
    return [body, breast, head, tail] + bill + eyes((0.4, 0.36, 0.39), (0, 1.34, 0.02), 25, 3, 0.075) + pair(
        rim, cheek, *folded_wing(hue, (0.36, 0.84, 0.0), 6), *feet)


def owlet(rng: Generator, hue: Color) -> list[Part]:
    """Small, round, all head; its wings half spread."""
    light = pale(hue)
    r, dark = rng.uniform(0.56, 0.62), shade(hue, 0.68) if max(hue) > 0.3 else (0.3, 0.28, 0.28)
    made = [ball((r, r * 0.98, r * 0.9), (0, r + 0.08, 0), hue, 28).finished("fur", 0.1, amount=0.5),
            ball((r * 0.66, r * 0.5, 0.2), (0, r * 0.6 + 0.06, r * 0.66), light, 22).finished("scales", 0.12)]
    face = [ball((0.25, 0.26, 0.1), (0, 0, 0), light, 20), ball((0.16, 0.17, 0.08), (-0.01, 0, 0.07), (0.95, 0.72,
            0.22), 18).glossy(0.5),
            ball((0.105, 0.115, 0.06), (-0.015, 0, 0.115), BLACK, 14).glossy(0.6), ball(0.036, (0.025, 0.05, 0.17),
            WHITE, 8)]
    ear = limb([(r * 0.42, r * 1.8, 0.1), (r * 0.66, r * 2.12, 0.04)], [0.14, 0.03], dark, 4)
    wing = [limb([(0, 0, 0), (0.22, -0.02 - 0.12 * k, 0), (0.42 - 0.06 * k, 0.08 - 0.22 * k, -0.02)], [0.1, 0.1, 0.05],
                 shade(dark, 1 + 0.08 * k), 6).scaled(
        z=0.6).moved(r * 0.88, r * 1.0, -0.03 * k) for k in range(3)]
    bill = placed(beak(0.075, 0.18, BILL, 0.1), 1, (0, r * 1.12, r * 0.92), 60)
    return made + bill + pair(*(p.turned("y", 18).moved(0.22, r * 1.28, r * 0.78) for p in face), ear, *wing,
                              *talons(0.2, 0.26))


SHAPES = {                              # name: the colors that it comes in, and its designs
    "penguin": (NONE, penguin, scarfed_penguin, penguin_chick),
    "duck": (("yellow", "yellow", *ANY), bath_duck, standing_duck, duckling),
    "owl": (FUR, owl, barn_owl, owlet),
}
