"""xatlas in a process of its own, which can be killed: arrays come in on stdin and go out on stdout.

Run by path, so that it imports nothing of this program and starts in a fraction of a second.
"""

import io
import sys

import numpy as np
import xatlas

FIRST = 0.8             # of the free texel density: fits at once where there are few charts
SPARSEST = 0.2          # of it: before texels get larger than this, the gutter is halved
SLOPE = 1.2             # size, in textures, that a density of 1 adds; measured 1.1 to 1.4
ATTEMPTS = 20


def parametrize(vertices: np.ndarray, faces: np.ndarray, texture: int, gutter: int) -> dict[str, np.ndarray]:
    """{remap [N], faces [F, 3], uv [N, 2] in pixels of an atlas of ``size`` <= texture, gutter in those pixels}.

    xatlas sizes its texels as if there were no gutters; the true size is about p + q density, so the
    density is lowered until all fits.
    """
    a, b, c = vertices[faces].transpose(1, 0, 2)
    area = float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)
    free = np.sqrt(0.75 * texture**2 / area)
    density = FIRST
    for _ in range(ATTEMPTS):
        atlas = _pack(vertices, faces, gutter, density * free)
        size = max(atlas.width, atlas.height)
        if size <= texture:
            remap, indices, uv = atlas[0]
            uv = uv * [atlas.width, atlas.height]
            return {"remap": remap, "faces": indices, "uv": uv, "size": size, "gutter": gutter}
        density = max(0.01, min(0.97 * density, density - (size / texture - 1) / SLOPE))
        if density < SPARSEST and gutter > 1:
            density, gutter = FIRST, gutter // 2
    raise RuntimeError(f"{len(faces)} faces do not fit into {texture} px")


def _pack(vertices: np.ndarray, faces: np.ndarray, gutter: int, texels_per_metre: float) -> xatlas.Atlas:
    atlas, pack = xatlas.Atlas(), xatlas.PackOptions()
    pack.padding = -(-gutter // 2)          # around every chart: two of them are twice that apart
    pack.texels_per_unit, pack.resolution = texels_per_metre, 0         # 0: one atlas, as large as needed
    atlas.add_mesh(vertices, faces)
    atlas.generate(pack_options=pack)
    return atlas


if __name__ == "__main__":
    given = np.load(io.BytesIO(sys.stdin.buffer.read()))
    answer = io.BytesIO()
    np.savez(answer, **parametrize(given["vertices"], given["faces"], int(given["texture"]), int(given["gutter"])))
    sys.stdout.buffer.write(answer.getvalue())
