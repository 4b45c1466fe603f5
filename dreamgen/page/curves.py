"""Curves of a run as inline SVG: each number of history.jsonl against the time since the run began."""

import math
from collections.abc import Iterable
from html import escape

from .meanings import MEANINGS

WIDTH, HEIGHT = 320, 150            # of a chart, in SVG's units
LEFT, RIGHT, TOP, BOTTOM = 62, 8, 8, 22     # left of it "-1.23e-05" at 6 a letter
POINTS = 400                        # more than a chart is wide
PLAIN = ("coverage", "saturation", "agreement", "gradient")
GROUPS = ("losses", "method")       # maps of such numbers
FLAT = 0.1                          # of the largest value: the least height of a chart, so that noise is no mountain
LOGARITHMIC = {"gradient"}          # numbers that live in decades

Curve = list[tuple[float, float]]   # (seconds, value)


def curves(rows: Iterable[dict]) -> dict[str, Curve]:
    """The curves by name, a loss as ``losses.<name>``, a method's number as ``method.<name>``; rows without ``seconds`` and
    values not finite are left out."""
    found: dict[str, Curve] = {}
    for row in rows:
        if not number(row.get("seconds")):
            continue
        inner = {f"{group}.{name}": value for group in GROUPS for name, value in row.get(group, {}).items()}
        flat = {**row, **inner}
        for name in (*PLAIN, *sorted(inner)):
            if number(flat.get(name)):
                found.setdefault(name, []).append((row["seconds"], flat[name]))
    return found


def changes(rows: Iterable[dict]) -> list[tuple[float, str]]:
    """(seconds, what) wherever another stage, counted from 1, or another seed begins."""
    found, before = [], None
    for row in rows:
        at = (row.get("stage"), row.get("seed"))
        if before not in (None, at) and number(row.get("seconds")):
            found.append((row["seconds"], f"stage {(at[0] or 0) + 1}, seed {at[1]}"))
        before = at
    return found


def chart(name: str, curve: Curve, marks: list[tuple[float, str]]) -> str:
    """One curve in an SVG element, with its range, its last value and a dashed line at each mark inside its time."""
    log = name in LOGARITHMIC and all(y > 0 for _, y in curve)
    values = [math.log10(y) if log else y for _, y in curve]
    (x0, x1), (y0, y1) = span([x for x, _ in curve]), span(values, FLAT)

    def place(x: float, y: float) -> str:
        return (f"{LEFT + (x - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT):.1f},"
                f"{TOP + (y1 - y) / (y1 - y0) * (HEIGHT - TOP - BOTTOM):.1f}")

    every = math.ceil(len(curve) / POINTS)
    drawn = sorted({*range(0, len(curve), every), len(curve) - 1})
    points = " ".join(place(curve[i][0], values[i]) for i in drawn)
    lines = "".join(f'<path class="change" d="M{place(x, y0)}L{place(x, y1)}"><title>{escape(what)}</title></path>'
                    for x, what in marks if x0 <= x <= x1)
    texts = "".join(f'<text x="{LEFT - 4}" y="{y}" text-anchor="end">{10 ** value if log else value:.3g}</text>'
                    for y, value in ((TOP + 9, y1), (HEIGHT - BOTTOM, y0)))
    box = f'x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" height="{HEIGHT - TOP - BOTTOM}"'
    about = f" ({escape(MEANINGS[name])})" if name in MEANINGS else ""
    return (f'<figure><figcaption>{escape(name)}: {curve[-1][1]:.4g}{", logarithmic" if log else ""}{about}</figcaption>'
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(name)} over time">'
            f'<rect class="frame" {box}/>{lines}<polyline class="curve" points="{points}"/>{texts}'
            f'<text x="{LEFT}" y="{HEIGHT - 6}">{x0:.0f} s</text>'
            f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end">{x1:.0f} s</text></svg></figure>')


def span(values: list[float], least: float = 0.0) -> tuple[float, float]:
    """The least and the largest, apart even where they are equal, and by ``least`` of the larger one at least."""
    low, high = min(values), max(values)
    apart = max(high - low, least * max(abs(low), abs(high))) or 2.0
    margin = (apart - (high - low)) / 2
    return low - margin, high + margin


def number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
