"""glTF 2.0 with KHR_gaussian_splatting; formats/_glb_splats.py has the attributes. Meshes beside the Gaussians are left.

    Sigma' = M C C^T M^T,    C = R diag(s),    M C = U diag(s') V^T   =>   the new rotation is U and the new scale s'

M is the upper 3 x 3 of the node's global matrix.
"""

import numpy as np

from renderers.assets import Splats
from renderers.splats import Y0, logits, rotations

from .._beside import Beside
from .._colors import srgb
from .._gltf_data import Gltf
from .._gltf_scene import globals_of, shown
from ..piece import Refused
from ._limits import at_most, harmonics

NAME = "KHR_gaussian_splatting"
LINEAR, ENCODED = "lin_rec709_display", "srgb_rec709_display"


def read(data: bytes, beside: Beside) -> tuple[Splats, list[str]]:
    file = Gltf(data, beside)
    if unknown := [name for name in file.tree.get("extensionsRequired", []) if name != NAME]:
        raise Refused(f"needs {', '.join(unknown)}, which is not read")
    world, found, notes = globals_of(file), [], {}
    for index in shown(file):
        node = file.entry("nodes", index)
        for primitive in file.entry("meshes", node["mesh"])["primitives"] if "mesh" in node else ():
            if NAME in primitive.get("extensions", {}):
                splats, remarks = at_rest(file, primitive)
                found.append(placed(splats, world[index]))
                notes |= dict.fromkeys(remarks)
            else:
                notes["a mesh beside the Gaussians is left out"] = None
    if not found:
        raise Refused(f"no Gaussians: no primitive has {NAME}")
    at_most(sum(len(one.positions) for one in found))
    parts = ("positions", "log_scales", "quaternions", "opacity_logits", "colors")
    return Splats(*(np.concatenate([getattr(one, part) for one in found]) for part in parts)), list(notes)


def at_rest(file: Gltf, primitive: dict) -> tuple[Splats, list[str]]:
    about, attributes = primitive["extensions"][NAME], primitive["attributes"]
    if (kernel := about["kernel"]) != "ellipse" or primitive.get("mode") != 0:
        raise Refused(f"has Gaussians of kernel {kernel!r} and mode {primitive.get('mode')}; 'ellipse' and 0 are read")
    if (space := about["colorSpace"]) not in (LINEAR, ENCODED):
        raise Refused(f"has colors in {space!r}; {ENCODED} and {LINEAR} are read")

    def rows(name: str, width: int) -> np.ndarray:
        return file.accessor(attributes[name], (width,)).astype(np.float64)

    positions, scale = rows("POSITION", 3), rows(f"{NAME}:SCALE", 3)
    q, opacity, colors = rows(f"{NAME}:ROTATION", 4), rows(f"{NAME}:OPACITY", 1), rows(f"{NAME}:SH_DEGREE_0_COEF_0", 3)
    at_most(len(positions))
    if wrong := next((len(part) for part in (scale, q, opacity, colors) if len(part) != len(positions)), None):
        raise ValueError(f"{wrong} rows of an attribute for {len(positions)} positions")
    if (scale < 0).any():
        raise Refused("has negative scales: logarithms, as drafts of the extension had them; write it anew")
    notes = harmonics(max(int(name.removeprefix(f"{NAME}:SH_DEGREE_").split("_")[0]) for name in attributes
                          if name.startswith(f"{NAME}:SH_DEGREE_")))
    if space == LINEAR:
        colors = (srgb(0.5 + Y0 * colors) - 0.5) / Y0
        notes.append("linear colors are encoded one by one, so that what overlaps looks a little different")
    return Splats(positions, np.log(scale), np.roll(q, 1, axis=1), logits(opacity[:, 0]), colors), notes


def placed(splats: Splats, matrix: np.ndarray) -> Splats:
    """Gaussians of a node where the node is."""
    if np.array_equal(matrix, np.eye(4)):
        return splats
    length = np.maximum(np.linalg.norm(splats.quaternions, axis=1, keepdims=True), 1e-30)
    axes = matrix[:3, :3] @ rotations(splats.quaternions / length) * np.exp(splats.log_scales)[:, None]
    good = np.isfinite(axes).all((1, 2))
    U, s, _ = np.linalg.svd(np.where(good[:, None, None], axes, 0))
    U *= np.linalg.det(U)[:, None, None]                        # a mirror of an ellipsoid is an ellipsoid
    positions = splats.positions @ matrix[:3, :3].T + matrix[:3, 3]
    return Splats(np.where(good[:, None], positions, np.nan), np.log(s), quaternions(U), splats.opacity_logits, splats.colors)


def quaternions(R: np.ndarray) -> np.ndarray:
    """[N, 4] w x y z of rotations [N, 3, 3], by the column of 4 q q^T that is largest (Shepperd 1978)."""
    a, b, c = R[:, 0], R[:, 1], R[:, 2]
    t = [1 + a[:, 0] + b[:, 1] + c[:, 2], 1 + a[:, 0] - b[:, 1] - c[:, 2],
         1 - a[:, 0] + b[:, 1] - c[:, 2], 1 - a[:, 0] - b[:, 1] + c[:, 2]]
    wx, wy, wz = c[:, 1] - b[:, 2], a[:, 2] - c[:, 0], b[:, 0] - a[:, 1]
    xy, xz, yz = a[:, 1] + b[:, 0], a[:, 2] + c[:, 0], b[:, 2] + c[:, 1]
    table = np.array([[t[0], wx, wy, wz], [wx, t[1], xy, xz], [wy, xy, t[2], yz], [wz, xz, yz, t[3]]])
    q = table[np.argmax(t, axis=0), :, np.arange(len(R))]
    return q / np.linalg.norm(q, axis=1, keepdims=True)
