"""Coachwork: the rounded bodies, windows and wheels of what drives; all of it goes towards +z."""

import numpy as np

from .parts import DARK, TYRE, WHITE, Color, Part, ball, box, curve, lathe, moved, pair, prism, shade, skin

PANE, LAMP, CHROME = (0.24, 0.34, 0.42), (1.0, 0.96, 0.80), (0.78, 0.79, 0.81)
REAR, BLACK = (0.74, 0.10, 0.09), (0.20, 0.20, 0.22)
PAINT = 0.4                             # the gloss of a car


def side(outline, width: float, color: Color) -> Part:
    """A prism across x whose ``outline`` is [(z, y), ...]."""
    return prism(outline, width, (0, 0, 0), color).turned("y", -90)


def shell(sections, color: Color, corner: float = 0.08, lean: float = 0.0) -> Part:
    """Along z over [(z, low, high, half width), ...]: flat below, sides that lean in, rounded shoulders."""
    s, a, rings = np.asarray(sections, float), np.linspace(0, np.pi / 2, 5), []
    base, tall = s[:, 1].min(), s[:, 2].max() - s[:, 1].min()
    for z, low, high, half in s:
        c = min(corner, 0.49 * (high - low), 0.9 * half)
        y = np.array([low, (low + high - c) / 2, *(high - c + c * np.sin(a))])
        x = half * (1 - lean * (y - base) / tall) - np.array([0, 0, *(c * (1 - np.cos(a)))])
        right = np.stack([x, y, np.full(len(x), z)], -1)
        rings.append(np.concatenate([right, right[::-1] * (-1, 1, 1)]))
    return skin(np.stack(rings), color)


def eased(points, bend: float) -> np.ndarray:
    """The line through ``points`` [(z, y), ...], its corners rounded over the share ``bend`` of either side."""
    p, t = np.asarray(points, float), np.linspace(0, 1, 6)[:, None]
    corners = [(1 - t) ** 2 * (b + bend * (a - b)) + 2 * t * (1 - t) * b + t * t * (b + bend * (c - b))
               for a, b, c in zip(p, p[1:], p[2:])]
    return np.concatenate([p[:1], *corners, p[-1:]])


def glazed(part: Part, where, color: Color = PANE) -> Part:
    """``part`` in ``color`` where ``where(centres, normals)`` of its faces holds."""
    a, b, c = part.vertices[part.faces].transpose(1, 0, 2)
    n = np.cross(b - a, c - a)
    n /= np.maximum(np.linalg.norm(n, axis=1, keepdims=True), 1e-12)
    chosen = where((a + b + c) / 3, n)
    return part.painted(lambda _: chosen, color)


def bodywork(hue: Color, top, plan, wheels, r: float, floor: float = 0.2, doors=(), corner: float = 0.1,
             lean: float = 0.06, gap: float = 1.22) -> list[Part]:
    """A body under the line ``top`` [(z, y), ...] with half widths ``plan`` [(z, half), ...], arches over ``wheels``
    (z, ...) of radius ``r``, lines of doors at ``doors``; and the dark frame inside of it."""
    (tz, ty), (pz, pw) = curve(top, 50).T, curve(plan, 40).T
    arch, line = r * gap, 0.009
    z = [*np.linspace(top[0][0], top[-1][0], 22), *(d + s * line for d in doors for s in (-1, 1))]
    for w in wheels:
        z = [v for v in z if abs(v - w) > arch + 0.004] + [w + arch * k for k in np.cos(np.linspace(0, np.pi, 13))]
        z += [w - arch - 0.002, w + arch + 0.002]
    z = np.unique(np.round(z, 5))
    low = np.full(len(z), floor)
    for w in wheels:
        inside = np.abs(z - w) < arch + 0.001
        low[inside] = r + np.sqrt(np.maximum(arch**2 - (z[inside] - w) ** 2, 0))
    high = np.maximum(np.interp(z, tz, ty), low + 0.03)
    half = np.interp(z, pz, pw)
    body = shell(np.stack([z, low, high, half], -1), hue, corner, lean)
    for d in doors:
        body = glazed(body, lambda c, n, d=d: (np.abs(c[:, 2] - d) < line) & (np.abs(n[:, 0]) > 0.6), shade(hue, 0.45))
    inner, back, front = half.min() * 0.8, wheels[0] - arch - 0.01, wheels[-1] + arch + 0.01
    tall = float(min(np.interp((back, front), tz, ty))) - floor - 0.08
    frame = box((inner * 2, tall, front - back), (0, floor + 0.02 + tall / 2, (front + back) / 2), DARK)
    return [body.glossy(PAINT), frame]


def cabin(hue: Color, belt: float, roof: float, feet, top, half: float, pillars=(), lean: float = 0.18,
          corner: float = 0.09, glass: Color = PANE, roofed: Color | None = None, wide: float = 0.03,
          bend: float = 0.35) -> Part:
    """The upper body with its panes: ``feet`` (rear, front) where it meets the body, ``top`` (rear, front) of the roof,
    ``pillars`` (z, ...) upright between panes; ``bend`` up to 0.5 rounds the roof."""
    (back, front), (high_back, high_front) = feet, top
    line = eased([(back, belt), (high_back, roof - 0.03), ((high_back + high_front) / 2, roof),
                  (high_front, roof - 0.03),
                  (front, belt)], bend)
    z = np.unique(np.round([*line[:, 0], *(p + s * wide for p in pillars for s in (-1, 1))], 5))
    high = np.maximum(np.interp(z, *line.T), belt) + 0.0
    made = shell(np.stack([z, np.full(len(z), belt - 0.08), high + 0.001, np.full(len(z), half)], -1), hue, corner,
                 lean)
    if roofed:
        made = glazed(made, lambda c, n: c[:, 1] > roof - corner, roofed)

    def pane(c, n):
        windscreen = (np.abs(n[:, 0]) < 0.15) & ((c[:, 2] > high_front + 0.01) | (c[:, 2] < high_back - 0.01))
        windscreen &= (c[:, 1] < roof - 0.04) & (n[:, 1] > 0.05)
        sides = (np.abs(n[:, 0]) > 0.955) & (c[:, 2] > back + 0.06)
        for p in pillars:
            sides &= np.abs(c[:, 2] - p) > wide
        return windscreen | sides

    return glazed(made, pane, glass).glossy(PAINT + 0.1)


def wheel(radius: float, width: float, at, hub: Color = CHROME, spokes: int = 5, tyre: float = 0.62) -> list[Part]:
    """A tyre whose axle is along x, and its rim to +x; ``tyre`` is where the rim ends."""
    r, w, t = radius, width / 2, tyre * radius
    rubber = lathe([(t, w * 0.9), (t, w * 0.96), (r * 0.86, w), (r * 0.97, w * 0.72), (r, w * 0.2), (r, -w * 0.6),
                    (r * 0.9, -w), (t, -w)][::-1], TYRE, corners=28)
    dish = lathe([(0, w * 0.6), (t * 0.8, w * 0.6), (t * 0.86, w * 1.05), (t * 1.02, w * 1.05), (t * 1.02, w * 0.5),
                  (0, w * 0.5)][::-1], hub).painted(lambda c: c[:, 0]**2 + c[:, 2]**2 < (t * 0.8)**2, shade(hub, 0.45))
    arms = [box((t * 0.24, w * 0.4, t * 0.9), (0, w * 0.78, t * 0.42), hub).turned("y", 360 * k / spokes)
            for k in range(spokes)]
    cap = lathe([(t * 0.3, w * 0.5), (t * 0.3, w * 1.08), (t * 0.16, w * 1.2)], hub, corners=12)
    metal = [p.glossy(0.6) for p in (dish, *arms, cap)]
    return moved((p.turned("z", -90) for p in (rubber, *metal)), *at)


def disc_wheel(radius: float, width: float, at, hub: Color = CHROME, tyre: float = 0.6) -> list[Part]:
    """A wheel with a closed, domed cap: of a bus or of an old car."""
    r, w, t = radius, width / 2, tyre * radius
    rubber = lathe([(t, -w), (r * 0.9, -w), (r, -w * 0.6), (r, w * 0.4), (r * 0.95, w * 0.8), (r * 0.86, w),
                    (t, w * 0.96)], TYRE, corners=28)
    cap = lathe([(t * 1.02, w * 0.5), (t * 1.02, w * 1.05), (t * 0.86, w * 1.05), (t * 0.8, w * 0.86),
                 (t * 0.45, w * 0.95), (t * 0.4, w * 1.2), (0, w * 1.3)], hub).glossy(0.6)
    return moved((p.turned("z", -90) for p in (rubber, cap)), *at)


def lamp(size: float, at, color: Color = LAMP, squeeze: float = 1.0) -> list[Part]:
    """A round headlight in a chrome rim, to +z."""
    rim = lathe([(size, -0.05), (size, 0.02), (size * 0.86, 0.03)], CHROME, corners=16).glossy(0.5)
    bulb = ball((size * 0.84, 0.045, size * 0.84), (0, 0.012, 0), color, 12).glossy(0.5)
    return moved((p.turned("x", 90).scaled(y=squeeze) for p in (rim, bulb)), *at)


def grille(size, at, bars: int = 3, color: Color = CHROME) -> list[Part]:
    """A dark opening with bright bars, to +z."""
    (w, h), (x, y, z) = size, at
    return [box((w, h, 0.05), at, DARK, 0.2),
            *(box((w * 0.96, h * 0.34 / bars, 0.02), (x, y + h * ((k + 0.5) / bars - 0.5), z + 0.03), color)
              for k in range(bars))]


def bumper(width: float, at, color: Color, high: float = 0.1, deep: float = 0.12) -> Part:
    return box((width, high, deep), at, color, 0.35).glossy(0.3)


def plate(at) -> Part:
    return box((0.24, 0.075, 0.03), at, WHITE, 0.1)


def mirrors(hue: Color, x: float, y: float, z: float) -> list[Part]:
    return pair(box((0.1, 0.09, 0.07), (x + 0.06, y, z), hue, 0.4), box((0.08, 0.03, 0.03), (x, y - 0.02, z), DARK))


def handles(x: float, y: float, *zs: float, color: Color = CHROME) -> list[Part]:
    return pair(*(box((0.04, 0.03, 0.11), (x, y, z), color, 0.3).glossy(0.5) for z in zs))


def siren(y: float, z: float, width: float = 0.5, colors=((0.85, 0.12, 0.12), (0.12, 0.3, 0.85))) -> list[Part]:
    """A bar of lights across a roof."""
    left, right = colors
    return [box((width, 0.04, 0.15), (0, y, z), DARK), box((width * 0.2, 0.08, 0.13), (0, y + 0.05, z), WHITE, 0.2),
            box((width * 0.4, 0.1, 0.14), (-width * 0.3, y + 0.06, z), left, 0.3).glossy(0.5),
            box((width * 0.4, 0.1, 0.14), (width * 0.3, y + 0.06, z), right, 0.3).glossy(0.5)]


