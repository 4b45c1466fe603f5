"""PLY of 3D Gaussian Splatting, as trainers and editors write it: formats/_ply_splats.py has the columns.

    f_rest_0 ...            spherical harmonics of degree 1 and more: noted, dropped
    without scale_2         2D Gaussian Splatting: the third axis has no thickness
    other columns and elements  noted
"""

import re

import numpy as np

from renderers.assets import Splats
from renderers.splats import rdf

from .._beside import Beside
from .._ply_rows import elements
from ..piece import Refused
from ._limits import at_most, harmonics

POSITION, COLOR, ROTATION = ("x", "y", "z"), ("f_dc_0", "f_dc_1", "f_dc_2"), ("rot_0", "rot_1", "rot_2", "rot_3")
SCALE = ("scale_0", "scale_1", "scale_2")
NORMALS = {"nx", "ny", "nz"}            # zeros, out of habit
THIN = -16.0                            # log scale of no thickness


def read(data: bytes, beside: Beside) -> tuple[Splats, list[str]]:
    declared = re.search(rb"(?:^|[\r\n])element[ \t]+vertex[ \t]+(\d+)", data[:65536])
    if declared:
        at_most(int(declared.group(1)))
    found, _ = elements(data)
    if "chunk" in found:
        raise Refused("is a compressed PLY, which is not read; `npx @playcanvas/splat-transform` makes a plain one of it")
    vertex = found.get("vertex")
    have = set(vertex.columns) if vertex is not None else set()
    needed = [*POSITION, *COLOR, "opacity", *SCALE[:2], *ROTATION]
    if missing := [name for name in needed if name not in have]:
        points = have and len(missing) > len(needed) // 2
        raise Refused(f"no Gaussians{': its points have' if points else ','} no {', '.join(missing)}")

    def rows(names: tuple[str, ...]) -> np.ndarray:
        return np.stack([vertex.columns[name] for name in names], 1).astype(np.float32)

    rest = sum(name.startswith("f_rest_") for name in have)
    degree = {0: 0, 9: 1, 24: 2, 45: 3, 72: 4}.get(rest)
    if degree is None:
        raise Refused(f"has {rest} columns f_rest, want 0, 9, 24, 45 or 72")
    notes = harmonics(degree)
    flat = SCALE[2] not in have
    log_scales = rows(SCALE[:2] if flat else SCALE)
    if flat:
        log_scales = np.concatenate([log_scales, np.full((len(log_scales), 1), THIN, np.float32)], 1)
        notes.append("no scale_2: its Gaussians are flat")
    used = {*needed, *SCALE, *NORMALS}
    other = sorted(name for name in [*have, *vertex.lists] if name not in used and not name.startswith("f_rest_"))
    other += [f"element {name}" for name, element in found.items() if element is not vertex and element.count]
    if other:
        notes.append(f"not used: {', '.join(other[:8])}{' ...' if len(other) > 8 else ''}")
    splats = Splats(rows(POSITION), log_scales, rows(ROTATION), vertex.columns["opacity"].astype(np.float32), rows(COLOR))
    return rdf(splats), notes
