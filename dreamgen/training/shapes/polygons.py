"""Triangles of a polygon, by cutting off its ears (Meisters 1975)."""

import numpy as np


def ears(outline: np.ndarray) -> list[tuple[int, int, int]]:
    """Triangles of a simple counter-clockwise polygon [N, 2]; raises ValueError for one that crosses itself."""
    def turn(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    left, cut = list(range(len(outline))), []
    while len(left) > 3:
        for k in range(len(left)):
            corner = left[k - 1], left[k], left[(k + 1) % len(left)]
            a, b, c = outline[list(corner)]
            others = (outline[i] for i in left if i not in corner)
            if turn(a, b, c) > 0 and not any(min(turn(a, b, p), turn(b, c, p), turn(c, a, p)) >= 0 for p in others):
                break
        else:
            raise ValueError("prism: the outline crosses itself, or has no inside")
        cut.append(corner)
        left.pop(k)
    return [*cut, tuple(left)]
