"""What food is put together from: pieces with soft edges, leaves, cuts, drips and swirls."""

from collections.abc import Callable
from dataclasses import replace
from math import pi, tau

import numpy as np

from .parts import Color, Part, Point, ball, lathe, loft, prism, tube

FOLIAGE, STALK, TWIG = (0.30, 0.50, 0.20), (0.48, 0.62, 0.26), (0.43, 0.29, 0.17)
CRUST, TOAST, CRUMB = (0.83, 0.58, 0.30), (0.70, 0.43, 0.19), (0.96, 0.87, 0.68)
IVORY, BUTTER, CHOCOLATE = (0.97, 0.93, 0.84), (0.97, 0.83, 0.42), (0.33, 0.19, 0.12)
CHINA, BERRY, MEAT = (0.95, 0.94, 0.91), (0.80, 0.16, 0.17), (0.40, 0.23, 0.14)


def mix(one: Color, other: Color, share: float) -> Color:
    """``share`` of the other."""
    return tuple(a + (b - a) * share for a, b in zip(one, other))


def warped(part: Part, bend: Callable[[np.ndarray], np.ndarray]) -> Part:
    """Its corners [V, 3] put elsewhere; the grain stays on them."""
    return replace(part, vertices=bend(part.vertices.copy()))


def angle(v: np.ndarray) -> np.ndarray:
    """Around the vertical axis, 0 in front."""
    return np.arctan2(v[:, 0], v[:, 2])


def ribbed(part: Part, count: int, deep: float) -> Part:
    """With ``count`` grooves from top to bottom, as a pumpkin has."""
    def bend(v):
        v[:, [0, 2]] *= (1 - deep * (1 - np.abs(np.sin(angle(v) * count / 2))) ** 2)[:, None]
        return v
    return warped(part, bend)


def rippled(part: Part, count: int, high: float, wide: float) -> Part:
    """A disc of radius ``wide`` with a wavy edge: lettuce."""
    def bend(v):
        out = (np.hypot(v[:, 0], v[:, 2]) / wide) ** 2
        v[:, 1] += high * out * np.sin(count * angle(v)) * (1 + 0.5 * np.sin(angle(v) * 3 + 1))
        return v
    return warped(part, bend)


def puck(radius: float, high: float, color: Color, at: Point = (0, 0, 0), edge: float = 0.3,
         corners: int = 32) -> Part:
    """A disc that stands on ``at``, its edges rounded by ``edge`` (at most 0.5) of its height."""
    a, e = np.linspace(0, pi / 2, 5), edge * high
    low = np.stack([radius - e + e * np.sin(a), e - e * np.cos(a)], -1)
    top = np.stack([radius - e + e * np.cos(a), high - e + e * np.sin(a)], -1)
    return lathe(np.concatenate([low, top]), color, at, corners)


def leaf(long: float, wide: float, color: Color = FOLIAGE, lift: float = 0.3, thick: float = 0.05) -> Part:
    """A pointed blade from the origin along +z, its tip ``lift`` of its length up (below 0: it hangs)."""
    t = np.linspace(0, 1, 9)
    width = wide * np.clip(np.sin(pi * t ** 0.85), 0.06, 1)
    y = lift * long * (t * 1.5 - 0.5 * t * t if lift > 0 else t * t)
    return loft(np.stack([t * long, y, width, thick * long * np.clip(np.sin(pi * t), 0.3, 1)], -1), color, corners=8)


def halved(part: Part, cut: Color) -> Part:
    """What is behind z = 0 of a part around it; the cut is in another color."""
    half = warped(part, lambda v: np.stack([v[:, 0], v[:, 1], np.minimum(v[:, 2], 0)], -1))
    return half.painted(lambda c: c[:, 2] > -1e-6, cut)


def bitten(part: Part, at: Point, radius: float, flesh: Color) -> Part:
    """With a hollow where a ball around ``at``, outside it, would be."""
    def bend(v):
        away = v - at
        far = np.linalg.norm(away, axis=1, keepdims=True)
        return np.where(far < radius, at + away / np.maximum(far, 1e-9) * radius, v)
    return warped(part, bend).painted(lambda c: np.linalg.norm(c - at, axis=1) < radius * 1.005, flesh)


def drips(radius: float, high: float, long: float, color: Color, count: int = 9, shift: float = 0.0) -> Part:
    """Icing poured on a disc: its top at y = ``high``, runs down the side from y = 0 by up to ``long``."""
    r = radius
    part = lathe([(r * 0.96, -1), (r * 1.02, -1.0), (r * 1.05, -0.9), (r * 1.05, -0.6), (r * 1.04, -0.2),
                  (r * 1.03, 0), (r * 1.0, high * 0.7), (r * 0.93, high), (0, high)], color, corners=count * 6)

    def bend(v):
        a = angle(v) * count + shift
        run = long * (0.32 + 0.3 * (1 + np.cos(a)) * (0.75 + 0.4 * np.sin(a / count * 3 + shift)))
        v[:, 1] = np.where(v[:, 1] < 0, v[:, 1] * run, v[:, 1])
        return v
    return warped(part, bend)


def swirl(radius: float, high: float, color: Color, turns: float = 3.2, thick: float = 0.36) -> list[Part]:
    """Whipped cream from a nozzle, standing on y = 0."""
    t = np.linspace(0, 1, int(turns * 16))
    r, a = radius * (1 - thick) * (1 - t) ** 0.85, t * turns * tau
    line = np.stack([r * np.sin(a), radius * thick * 0.6 + t * high, r * np.cos(a)], -1)
    core = lathe([(radius * 0.75, 0), (radius * 0.7, high * 0.2), (radius * 0.3, high * 0.75), (0, high)], color)
    return [tube(line, radius * thick * (1 - t * 0.9) ** 0.8 * np.clip(t * 12, 0.25, 1) ** 0.5 + 0.01, color, 9), core]


def plate(radius: float, color: Color = CHINA, at: Point = (0, 0, 0), thick: float = 0.07) -> Part:
    """Its hollow's floor at half of its height; glazed."""
    r, t = radius, thick * radius
    return lathe([(r * 0.5, 0), (r * 0.62, t * 0.3), (r * 0.95, t * 1.5), (r, t * 1.9), (r * 0.98, t * 2.3),
                  (r * 0.9, t * 2.1), (r * 0.66, t * 1.1), (0, t * 1.0)], color, at, 32).glossy(0.4)


def wedge(radius: float, high: float, degrees: float, color: Color, at: Point = (0, 0, 0)) -> Part:
    """A piece of a round cake, its tip at ``at``, towards +z, standing on its base."""
    a = np.radians(np.linspace(-degrees / 2, degrees / 2, 12))
    outline = [(0, 0), *zip(radius * np.sin(a), radius * np.cos(a))]
    return prism([(x, -z) for x, z in outline], high, (0, 0, 0), color).turned("x", -90).moved(
        at[0], at[1] + high / 2, at[2])


def crumbs(rng: np.random.Generator, count: int, size: Point, colors: tuple[Color, ...],
           place: Callable[[float, float], Point]) -> list[Part]:
    """Small balls at ``place(u, v)``, u and v spread evenly over [0, 1): sprinkles, seeds."""
    u = (np.arange(count) * 0.618034 + rng.random()) % 1
    v = (np.arange(count) + rng.uniform(0.2, 0.8, count)) / count
    return [ball(size, (0, 0, 0), colors[k % len(colors)], 6).turned("y", rng.uniform(0, 180)).moved(*place(*uv))
            for k, uv in enumerate(zip(u, v))]
