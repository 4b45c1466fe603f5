r"""A picture as few regions of smooth color: piecewise smooth Mumford-Shah, by merging (Koepfler et al. 1994).

    E = sum_i E_i + BORDER * (length of all borders) + REGION * (number of regions)

E_i is what a quadratic in x and y leaves of the colors in i (shading.py). Two neighbours i and j are merged as long as
that lowers E, always the pair that lowers it most:

    dE = E_{i and j} - E_i - E_j - BORDER length_ij - REGION

so light that falls off over a round thing is no border, a step is, and a region lives while its contrast is worth the
curves that it costs. Beyond the budget, or below the least area, the cheapest merges go on at a loss. Colors are OKLab;
lightness counts less than hue (SHADE), as it is mostly light.
"""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from scipy.cluster.vq import kmeans2
from scipy.ndimage import binary_dilation, distance_transform_edt, gaussian_filter, label

from .mirror import mirrored
from .shading import moments

SHADE = 0.5                 # of a difference in lightness
SEEDS = 16                  # colors before the merging
AREA = 1 / 500              # of the picture's, below which a region is no shape
THIN = 0.02                 # of the picture's edge: radius of a disc that fits into any shape
FIRST = 1e9                 # so much sooner is a region merged that is too small
PALEST = 0.93               # OKLab's L of what lies on the paper: a light grey
SAME = 0.055                # OKLab: colors of the palette that are nearer are one
GREY = 0.04                 # OKLab's chroma below which lightness counts by SHADE there too: on white things it is light


@dataclass(frozen=True)
class Regions:
    """label: [E, E] int, 0 outside, 1 to N inside; lab: [N, 3] OKLab, a row a region, of a palette."""

    label: np.ndarray
    lab: np.ndarray


def segment(inside: np.ndarray, lab: np.ndarray, budget: int, border: float, region: float, blur: float,
            seed: int, symmetric: bool = False) -> Regions:
    """At most ``budget`` regions of the pixels ``inside`` [E, E] with colors ``lab`` [E, E, 3].

    Args:
        border, region: BORDER, per pixel, and REGION, in squared OKLab x pixels.
        blur: standard deviation by which borders are smoothed, pixels.
        seed: of the clustering that the merging begins from.
        symmetric: make the left half the mirror image of the right one.
    """
    scaled = lab * [SHADE, 1, 1]
    of = scaled[inside]
    seeds = min(SEEDS, len(np.unique(of, axis=0)))
    _, nearest = kmeans2(of, seeds, minit="++", rng=np.random.default_rng(seed), iter=15)
    parts = np.zeros(inside.shape, np.int64)
    parts[inside] = nearest + 1
    parts = smoothed(parts, inside, blur / 2)
    parts = merged(components(parts), scaled, budget, border, region, AREA * inside.size)
    parts = components(smoothed(without_thin(parts), inside, blur))
    parts = merged(parts, scaled, budget, border, region, AREA * inside.size)
    parts = components(without_thin(parts))
    parts = components(mirrored(parts)) if symmetric else parts
    means = np.array([lit(lab[parts == k]) for k in range(1, parts.max() + 1)])
    sizes = np.bincount(parts.ravel())[1:]
    return alike_joined(parts, palette(visible(parts, means), sizes))


def lit(lab: np.ndarray) -> np.ndarray:
    """[3] the color of a region's pixels ``lab`` [n, 3] where light falls on it: the median of the lighter half."""
    return np.median(lab[lab[:, 0] >= np.median(lab[:, 0])], 0)


def visible(parts: np.ndarray, lab: np.ndarray) -> np.ndarray:
    """[N, 3] the colors ``lab``, of those beside the outside none lighter than PALEST, which white paper would not show."""
    beside = np.unique(parts[binary_dilation(parts == 0) & (parts > 0)]) - 1
    out = lab.copy()
    out[beside, 0] = np.minimum(out[beside, 0], PALEST)
    return out


def smoothed(parts: np.ndarray, inside: np.ndarray, blur: float) -> np.ndarray:
    """Each pixel inside to the region whose blurred mask is highest there: round borders, no thin remains."""
    best, out = np.zeros(parts.shape), np.zeros_like(parts)
    for k in range(1, int(parts.max()) + 1):
        field = gaussian_filter((parts == k).astype(np.float64), blur)
        better = inside & (field > best)
        best[better], out[better] = field[better], k
    return out


def without_thin(parts: np.ndarray) -> np.ndarray:
    """Regions that no disc of radius THIN fits into, given to what is nearest: mixed colors along an edge."""
    thick = [k for k in range(1, int(parts.max()) + 1)
             if distance_transform_edt(np.pad(parts == k, 1)).max() >= THIN * len(parts)]
    keep = np.isin(parts, thick)
    if not keep.any():
        return parts
    nearest = distance_transform_edt(~keep, return_distances=False, return_indices=True)
    return np.where(parts > 0, parts[tuple(nearest)], 0)


def components(parts: np.ndarray) -> np.ndarray:
    """Connected regions, numbered from 1."""
    out, count = np.zeros_like(parts), 0
    for k in np.unique(parts[parts > 0]):
        found, n = label(parts == k)
        out[found > 0] = found[found > 0] + count
        count += n
    return out


def merged(parts: np.ndarray, colors: np.ndarray, budget: int, border: float, region: float,
           least: float) -> np.ndarray:
    """The regions that are left, numbered from 1."""
    N = int(parts.max())
    size = np.bincount(parts.ravel(), minlength=N + 1)[1:].astype(np.float64)
    smooth = moments(parts, colors)
    alone = [smooth.error(k) for k in range(N)]
    shared: list[dict[int, float]] = [{} for _ in range(N)]
    for a, b in ((parts[:, 1:], parts[:, :-1]), (parts[1:], parts[:-1])):
        touching = (a != b) & (a > 0) & (b > 0)
        pairs, lengths = np.unique(np.stack([a[touching], b[touching]], 1) - 1, axis=0, return_counts=True)
        for (i, j), length in zip(pairs.tolist(), lengths.tolist(), strict=True):
            shared[i][j] = shared[i].get(j, 0) + length
            shared[j][i] = shared[j].get(i, 0) + length
    into, alive = np.arange(N), int((size > 0).sum())

    def entry(i: int, j: int) -> tuple[float, int, int, int, int]:
        gain = smooth.error(i, j) - alone[i] - alone[j] - border * shared[i][j] - region
        return gain - FIRST * (min(size[i], size[j]) < least), i, j, version[i], version[j]

    version = [0] * N
    heap = [entry(i, j) for i in range(N) for j in shared[i] if i < j]
    heapify(heap)
    while heap and (heap[0][0] <= 0 or alive > budget):
        _, i, j, *versions = heappop(heap)
        if versions != [version[i], version[j]]:
            continue                                    # one of them has changed since, or is no more
        smooth.join(i, j)
        alone[i] = smooth.error(i)
        size[i] += size[j]
        for k, length in shared[j].items():
            shared[k].pop(j)
            if k != i:
                shared[i][k] = shared[k][i] = shared[i].get(k, 0) + length
        shared[j], size[j] = {}, 0
        version[i], version[j] = version[i] + 1, -1
        into[into == j] = i
        alive -= 1
        for k in shared[i]:
            heappush(heap, entry(i, k))
    _, number = np.unique(into, return_inverse=True)
    return np.where(parts > 0, number[np.maximum(parts, 1) - 1] + 1, 0)


def palette(lab: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """[N, 3] the colors ``lab``, those nearer than SAME replaced by their mean, by ``sizes``; the nearest first."""
    groups = [[i] for i in range(len(lab))]

    def mean(group: list[int]) -> np.ndarray:
        return np.average(lab[group], 0, sizes[group])

    while len(groups) > 1:
        means = np.array([mean(group) for group in groups])
        grey = np.hypot(means[:, 1], means[:, 2]) < GREY
        apart = means[:, None] - means
        apart[grey[:, None] & grey, 0] *= SHADE
        apart = np.linalg.norm(apart, axis=-1) + 1e9 * np.eye(len(groups))
        i, j = divmod(int(apart.argmin()), len(groups))
        if apart[i, j] > SAME:
            break
        groups[i] += groups.pop(j) if j > i else []
        if j < i:
            groups[j] += groups.pop(i)
    out = lab.copy()
    for group in groups:
        out[group] = mean(group)
    return out


def alike_joined(parts: np.ndarray, lab: np.ndarray) -> Regions:
    """Neighbours of one color as one region."""
    colors, which = np.unique(lab, axis=0, return_inverse=True)
    joined = components(np.where(parts > 0, which.reshape(-1)[np.maximum(parts, 1) - 1] + 1, 0))
    first = [int(np.flatnonzero(joined.ravel() == k)[0]) for k in range(1, int(joined.max()) + 1)]
    return Regions(joined, lab[parts.ravel()[first] - 1])
