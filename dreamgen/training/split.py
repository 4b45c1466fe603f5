"""The held-out views: pictures that are never trained on, for evaluation.

Of each object, and of each of its sides (front, side and back, by the borders of the view words) that is seen at least
HELD_FROM times, the view nearest to that side's middle is held out: 3 of 24 views. The choice depends only on
that side's views, so more data, other words or another seed do not change it. All pictures without a camera are used for
training, because an icon is the only picture of its object.
"""

from collections import defaultdict
from dataclasses import replace
from hashlib import sha256
from math import atan2, cos, hypot, radians, sin

from .captions import view_word
from .data import Data, Row

MIDDLES = {"front": radians(0), "side": radians(90), "back": radians(180)}      # azimuth, to the left or to the right
ELEVATION = radians(15)
HELD_FROM = 3           # views of a side; of fewer, none can be spared
RULE = "of each object the front, side and back view (dreamgen/training/split.py)"


def split(data: Data) -> tuple[Data, Data]:
    """The pictures to train on, and those held out, which may be none."""
    data, held = replace(data, rule=RULE), set(held_out(data.rows))
    return data.take([i for i in range(len(data.rows)) if i not in held]), data.take(sorted(held))


def held_out(rows: list[Row]) -> list[int]:
    """Indices of the views that are held out, one for each side of each object that can spare it."""
    views = defaultdict(list)
    for i, row in enumerate(rows):
        if row.object is not None and row.azimuth is not None:
            if (side := view_word(row.azimuth, row.elevation)) in MIDDLES:
                views[row.object, row.name, side].append(i)
    return [min(group, key=lambda i: (distance(rows[i], side), sha256(rows[i].file.encode()).digest()))
            for (_, _, side), group in views.items() if len(group) >= HELD_FROM]


def distance(row: Row, side: str) -> float:
    """Of a view from the middle of a side, radians; rounded, so that left and right are equally far."""
    around = abs(atan2(sin(row.azimuth), cos(row.azimuth)))
    return round(hypot(around - MIDDLES[side], row.elevation - ELEVATION), 3)
