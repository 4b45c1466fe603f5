"""A texture atlas for a mesh, always and in bounded time.

xatlas makes good charts, but on broken meshes it can run for hours (its cost grows faster than the number of charts).
So it runs in a process that is killed at a time limit; then, or when it fails or is missing, every triangle gets half a
cell of a regular grid: every edge is a seam, but no two triangles overlap and nothing can go wrong.
"""

import io
import subprocess
import sys
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path

import numpy as np

GUTTER = 8              # px from chart to chart; each owns the half on its side, in its own colors
SECONDS = 30.0          # 20,000 triangles take 1 to 4
WORKER = Path(__file__).with_name("xatlas_worker.py")


@dataclass(frozen=True)
class Atlas:
    """Where each triangle lies in the texture.

    Attributes:
        remap: [N] the mesh's vertex that each of the atlas's is a copy of.
        faces: [F, 3] int32 into the N, in the mesh's order of triangles.
        uv: [N, 2] float32 in [0, 1], origin at the texture's top left.
        gutter: px between charts that hold.
        method: "xatlas" or "grid".
        reason: why not xatlas, one line; "" if it was.
    """

    remap: np.ndarray
    faces: np.ndarray
    uv: np.ndarray
    gutter: float
    method: str
    reason: str = ""


def unwrap(vertices: np.ndarray, faces: np.ndarray, texture: int, gutter: int = GUTTER,
           seconds: float = SECONDS) -> Atlas:
    """The atlas of ``vertices`` [V, 3], ``faces`` [F, 3], F > 0, for a square ``texture`` of so many pixels.

    Where the triangles are too many for the gutter it narrows, down to 1 px (xatlas) or a quarter of a cell (grid).
    ``seconds`` bounds xatlas; the grid takes milliseconds.
    """
    try:
        return _xatlas(vertices, faces, texture, gutter, seconds)
    except subprocess.TimeoutExpired:
        reason = f"xatlas took more than {seconds:g} s"
    except subprocess.CalledProcessError as failure:
        lines = failure.stderr.decode(errors="replace").strip().splitlines() or [f"exit status {failure.returncode}"]
        reason = f"xatlas failed ({lines[-1]})"
    except (OSError, ValueError) as failure:
        reason = f"xatlas could not be used ({failure})"
    return _grid(faces, texture, gutter, reason)


def _xatlas(vertices: np.ndarray, faces: np.ndarray, texture: int, gutter: int, seconds: float) -> Atlas:
    question = io.BytesIO()
    np.savez(question, vertices=vertices.astype(np.float32), faces=faces.astype(np.uint32), texture=texture,
             gutter=gutter)
    done = subprocess.run([sys.executable, "-P", str(WORKER)], input=question.getvalue(), capture_output=True,
                          check=True, timeout=seconds)
    answer = np.load(io.BytesIO(done.stdout))
    uv = np.clip(answer["uv"] / answer["size"], 0, 1).astype(np.float32)
    if answer["faces"].shape != faces.shape or not np.isfinite(uv).all():
        raise ValueError(f"its answer has {len(answer['faces'])} faces for {len(faces)}")
    return Atlas(answer["remap"].astype(np.int64), answer["faces"].astype(np.int32), uv,
                 float(answer["gutter"]) * texture / float(answer["size"]), "xatlas")


def _grid(faces: np.ndarray, texture: int, gutter: int, reason: str) -> Atlas:
    r"""Two right triangles in each square cell, the gutter between their long sides too.

        +---------+      c = texture / columns, m = half the gutter, at most c / 8
        | |\  ___ |      legs = c - (2 + sqrt 2) m, so that the long sides are 2 m apart
        | |_\ \ | |
        +------\|-+
    """
    cell = texture / ceil(sqrt(ceil(len(faces) / 2)))
    margin = min(gutter / 2, cell / 8)
    leg = cell - (2 + sqrt(2)) * margin
    lower = np.array([[0, 0], [leg, 0], [0, leg]]) + margin
    halves = np.stack([lower, cell - lower])                                    # [2, 3, 2], the right angle first

    f = np.arange(len(faces))
    columns = round(texture / cell)
    corner = np.stack([f // 2 % columns, f // 2 // columns], 1) * cell
    uv = (corner[:, None] + halves[f % 2]) / texture
    return Atlas(faces.ravel().astype(np.int64), np.arange(faces.size, dtype=np.int32).reshape(-1, 3),
                 np.clip(uv.reshape(-1, 2), 0, 1).astype(np.float32), 2 * margin, "grid", reason)
