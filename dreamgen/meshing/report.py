"""What a mesh may cost, and how it came about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol


class Budget(Protocol):
    """How fine the mesh is to be; an export's Config fits."""

    resolution: int         # of the density grid, cells along an edge
    triangles: int
    texture: int            # pixels, square


@dataclass(frozen=True)
class MeshReport:
    """How the mesh came about.

    Attributes:
        threshold: optical depth between the outside and the surface; 0 of one that was optimised as a mesh.
        blur: of its logarithm, voxels.
        iou: mean agreement of the finished mesh's silhouettes with the held-out views.
        triangles: how many there are.
        dropped: floaters left out.
        smoothed: whether smoothing was kept.
        unwrap: "xatlas" or "grid".
        reason: why not xatlas, or "".
        gutter: pixels between charts.
        seconds: of each phase, in order.
    """

    threshold: float
    blur: float
    iou: float
    triangles: int
    dropped: int
    smoothed: bool
    unwrap: str
    reason: str
    gutter: float
    seconds: dict[str, float]


@contextmanager
def timed(seconds: dict[str, float], phase: str) -> Iterator[None]:
    start = perf_counter()
    yield
    seconds[phase] = perf_counter() - start
