r"""What keeps curves a drawing while they are moved: projections of their points, and how much they bend.

    smooth joint j between handles a and b:     a, b <- j - |a - j| t,  j + |b - j| t,     t ~ (j - a) + (b - j), |t| = 1
    twins p and q about x = 1/2:                p <- (p + m(q)) / 2,  q <- m(p),           m(x, y) = (1 - x, y)
    bend = mean over cubics of (|p0 - 2 p1 + p2|^2 + |p1 - 2 p2 + p3|^2) / (|p1-p0| + |p2-p1| + |p3-p2|)^2

After each step of the optimiser the points are put back to where joints are smooth and mirror images are that: projected
gradient descent. A corner is a joint that was one at the beginning. Points are of the unit square, [P, 2].
"""

import numpy as np
import torch
from torch import Tensor

from ..drawing import Gradient, Paths

SMOOTH = np.cos(np.deg2rad(20.0))       # of the turn at a joint that is none
NEAR = 1e-4                             # canvases within which two points are each other's mirror image


def joints(points: np.ndarray, paths: Paths) -> np.ndarray:
    """[J, 3] int64: handle before, joint, handle after, of the joints of ``points`` [P, 2] that are smooth."""
    found = []
    for u in range(len(paths.closed)):
        rows = paths.segments[paths.subpaths[u]:paths.subpaths[u + 1]]
        after = np.roll(rows, -1, 0) if rows[-1, 3] == rows[0, 0] else rows[1:]
        for one, two in zip(rows, after, strict=False):
            a, j, b = one[2], one[3], two[1]
            into, out = points[j] - points[a], points[b] - points[j]
            size = np.linalg.norm(into) * np.linalg.norm(out)
            if one[3] == two[0] and len({a, j, b}) == 3 and size > 0 and into @ out >= SMOOTH * size:
                found.append((a, j, b))
    return np.array(found, np.int64).reshape(-1, 3)


def twins(points: np.ndarray, paths: Paths) -> np.ndarray:
    """[P] int64: the point that is each one's mirror image about x = 1/2, itself on the axis; -1 without any.

    All of a drawing's points have one or none has: half a symmetry would tear it.
    """
    mirror = points * [-1, 1] + [1, 0]
    away = np.linalg.norm(points[:, None] - mirror, axis=-1)                # [P, P]
    nearest = away.argmin(1)
    one_to_one = np.array_equal(nearest[nearest], np.arange(len(points)))
    found = len(points) and one_to_one and away[np.arange(len(points)), nearest].max() <= NEAR
    return nearest if found else np.full(len(points), -1)


def smoothed(points: Tensor, joints: Tensor) -> Tensor:
    """``points`` with the handles of smooth ``joints`` [J, 3] on one line through the joint, as long as they were."""
    if not len(joints):
        return points
    a, j, b = points[joints].unbind(1)
    before, after = (a - j).norm(dim=-1, keepdim=True), (b - j).norm(dim=-1, keepdim=True)
    way = torch.nn.functional.normalize((j - a) / before.clamp(min=1e-9) + (b - j) / after.clamp(min=1e-9), dim=-1)
    out = points.clone()
    out[joints[:, 0]], out[joints[:, 2]] = j - before * way, j + after * way
    return out


def mirrored(points: Tensor, twins: Tensor) -> Tensor:
    """``points`` with those that have ``twins`` [P] halfway to their twin's mirror image; the result is symmetric."""
    if not len(twins) or twins[0] < 0:
        return points
    other = points[twins] * points.new_tensor([-1, 1]) + points.new_tensor([1, 0])
    return (points + other) / 2


def pairs(twins: np.ndarray, paths: Paths) -> np.ndarray:
    """[N] int64: the path whose points are the ``twins`` [P] of each one's, often itself; itself where there are none."""
    first = paths.segments[paths.subpaths[paths.paths[:-1]], 0]
    if not len(twins) or twins[0] < 0:
        return np.arange(len(paths))
    owner = np.zeros(len(twins), np.int64)
    owner[paths.segments] = np.repeat(np.arange(len(paths)), np.diff(paths.subpaths[paths.paths]))[:, None]
    return owner[twins[first]] if (twins >= 0).all() else np.arange(len(paths))


def mirrored_frames(frames: Tensor, pairs: Tensor, kinds: Tensor) -> Tensor:
    """``frames`` [N, 2, 3] of gradients halfway to the mirror image of their pair's; of one alone, its own.

    q -> -q is the same ellipse, so of a radial one u keeps its side, where a linear one is turned round.
    """
    radial = (kinds == Gradient.RADIAL)[:, None]
    u, v, o = frames[pairs].unbind(-1)
    flip = frames.new_tensor([-1, 1])
    other = torch.stack([torch.where(radial, -flip, flip) * u, torch.where(radial, flip, -flip) * v, flip * o], -1)
    other[:, 0, 2] += 1
    return torch.where((kinds != Gradient.NONE)[:, None, None], (frames + other) / 2, frames)


def turned(u: Tensor) -> Tensor:
    """[..., 2] a quarter of a turn from +x to +y."""
    return torch.stack([-u[..., 1], u[..., 0]], -1)


def bend(cubics: Tensor) -> Tensor:
    """A scalar >= 0 of ``cubics`` [S, 4, 2]: 0 for straight lines with even handles, high for spikes and hooks."""
    second = cubics.diff(n=2, dim=1).square().sum((1, 2))
    length = cubics.diff(dim=1).norm(dim=-1).sum(1)
    return (second / (length.square() + 1e-12)).sum() / max(len(cubics), 1)
