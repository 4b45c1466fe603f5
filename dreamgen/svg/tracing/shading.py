r"""Color that varies smoothly over a region, as light on a round thing does: a quadratic in x and y, by least squares.

    q(p) = B b(p),   b = (1, x, y, x^2, x y, y^2)
    E = min_B sum_{p in i} |c_p - B b(p)|^2 + LEAST |B without its constant|^2
      = sum c c^T - y^T (A + LEAST)^-1 y,      A = sum b b^T,   y = sum b c^T

A, y and sum c c^T of two regions that are joined are the sums of theirs, so any merge is judged without looking at pixels
again. Coordinates go from -1 to 1 over the picture's longer side.
"""

from dataclasses import dataclass

import numpy as np

TERMS = 6
LEAST = 20.0                # pixels: what a change of one OKLab over half the picture costs


@dataclass
class Moments:
    """of N regions: A [N, 6, 6], y [N, 6, 3], square [N] = sum |c|^2. Changed in place by ``join``."""

    A: np.ndarray
    y: np.ndarray
    square: np.ndarray

    def error(self, *regions: int) -> float:
        """E of ``regions`` as one."""
        rows = list(regions)
        A, y = self.A[rows].sum(0), self.y[rows].sum(0)
        return float(max(self.square[rows].sum() - (y * np.linalg.solve(A + RIDGE, y)).sum(), 0.0))

    def join(self, i: int, j: int) -> None:
        """Region i becomes i and j; j is nothing."""
        for each in (self.A, self.y, self.square):
            each[i] += each[j]
            each[j] = 0


RIDGE = LEAST * np.diag([1e-9, 1, 1, 1, 1, 1])


def basis(shape: tuple[int, int]) -> np.ndarray:
    """[h, w, 6] b of each pixel."""
    h, w = shape
    y, x = (np.mgrid[:h, :w] + 0.5 - np.array([h, w]).reshape(2, 1, 1) / 2) * 2 / max(h, w)
    return np.stack([np.ones(shape), x, y, x * x, x * y, y * y], -1)


def moments(parts: np.ndarray, colors: np.ndarray) -> Moments:
    """Of the regions 1 to N of ``parts`` [h, w] with ``colors`` [h, w, 3]."""
    N, inside = int(parts.max()), parts > 0
    b, c, which = basis(parts.shape)[inside], colors[inside], parts[inside] - 1

    def summed(values: np.ndarray) -> np.ndarray:
        return np.bincount(which, values, N)

    A = np.array([[summed(b[:, k] * b[:, m]) for m in range(TERMS)] for k in range(TERMS)])
    y = np.array([[summed(b[:, k] * c[:, m]) for m in range(3)] for k in range(TERMS)])
    return Moments(np.moveaxis(A, -1, 0).copy(), np.moveaxis(y, -1, 0).copy(), summed(np.square(c).sum(1)))
