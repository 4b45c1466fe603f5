"""Where the meshes of a glTF file are: nodes, instances, skins and morph targets, at rest.

    global = global of the parent @ T R S
    skinned: p' = sum_j w_j G_j B_j p   (G: the joints' globals, B: inverse bind matrices; the mesh's own node is ignored)
    morphed: p' = p + sum_k w_k d_k
"""

import numpy as np

from ._gltf_data import Gltf
from .piece import Refused

INSTANCING = "EXT_mesh_gpu_instancing"
MOST_INSTANCES = 100_000


def globals_of(file: Gltf) -> dict[int, np.ndarray]:
    """[4, 4] of every node; raises ValueError where nodes are their own ancestors or have two parents."""
    nodes = file.tree.get("nodes", [])
    children = {child for node in nodes for child in node.get("children", [])}
    found: dict[int, np.ndarray] = {}
    stack = [(index, np.eye(4)) for index in range(len(nodes)) if index not in children]
    while stack:
        index, above = stack.pop()
        if index in found:
            raise ValueError(f"node {index} has two parents")
        node = file.entry("nodes", index)
        found[index] = above @ local(node)
        stack += [(child, found[index]) for child in node.get("children", [])]
    if len(found) < len(nodes):
        raise ValueError("a node is its own ancestor")
    return found


def local(node: dict) -> np.ndarray:
    if "matrix" in node:
        return np.array(node["matrix"], np.float64).reshape(4, 4).T
    return placed(np.array([node.get("translation", (0, 0, 0))], np.float64),
                  np.array([node.get("rotation", (0, 0, 0, 1))], np.float64),
                  np.array([node.get("scale", (1, 1, 1))], np.float64))[0]


def placed(translation: np.ndarray, rotation: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """[N, 4, 4] of [N, 3], [N, 4] as xyzw, [N, 3]."""
    x, y, z, w = (rotation / np.maximum(np.linalg.norm(rotation, axis=1, keepdims=True), 1e-30)).T
    turn = np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                     [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                     [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]]).transpose(2, 0, 1)
    matrix = np.tile(np.eye(4), (len(translation), 1, 1))
    matrix[:, :3, :3] = turn * scale[:, None]
    matrix[:, :3, 3] = translation
    return matrix


def shown(file: Gltf) -> list[int]:
    """The nodes of the scene that is shown, whole trees, without hidden ones."""
    nodes, scenes = file.tree.get("nodes", []), file.tree.get("scenes", [])
    if scenes:
        roots = file.entry("scenes", file.tree.get("scene", 0)).get("nodes", [])
    else:
        children = {child for node in nodes for child in node.get("children", [])}
        roots = [index for index in range(len(nodes)) if index not in children]
    found, stack = [], list(reversed(roots))
    while stack:
        index = stack.pop()
        node = file.entry("nodes", index)
        if node.get("extensions", {}).get("KHR_node_visibility", {}).get("visible", True):
            found.append(index)
            stack += reversed(node.get("children", []))
    return found


def places(file: Gltf, node: dict, matrix: np.ndarray) -> np.ndarray:
    """[N, 4, 4]: once, or at every place of the node's instances."""
    attributes = node.get("extensions", {}).get(INSTANCING, {}).get("attributes")
    if not attributes:
        return matrix[None]
    rows = {name: file.accessor(attributes[name], (width,)).astype(np.float64) for name, width in
            (("TRANSLATION", 3), ("ROTATION", 4), ("SCALE", 3)) if name in attributes}
    count = max(map(len, rows.values()), default=1)
    if count > MOST_INSTANCES:
        raise Refused(f"{count:,} instances, at most {MOST_INSTANCES:,} are read")
    return matrix @ placed(rows.get("TRANSLATION", np.zeros((count, 3))),
                           rows.get("ROTATION", np.tile([0.0, 0.0, 0.0, 1.0], (count, 1))),
                           rows.get("SCALE", np.ones((count, 3))))


def morphed(file: Gltf, primitive: dict, weights: list[float], vertices: np.ndarray) -> np.ndarray:
    for target, weight in zip(primitive.get("targets", []), weights, strict=False):
        if not weight:
            continue
        if other := next((name for name in target if name.startswith(("TEXCOORD", "COLOR"))), None):
            raise Refused(f"its morph targets move {other}, which is not read")
        if "POSITION" in target:
            moved = file.accessor(target["POSITION"], (3,))
            if len(moved) != len(vertices):
                raise ValueError("a morph target has another number of vertices")
            vertices = vertices + weight * moved
    return vertices


def joints(file: Gltf, skin: dict, world: dict[int, np.ndarray]) -> np.ndarray:
    """[J, 4, 4], from the mesh at rest to the world."""
    matrices = np.stack([world[joint] for joint in skin["joints"]])
    if "inverseBindMatrices" in skin:
        inverse = file.accessor(skin["inverseBindMatrices"], (16,))
        if len(inverse) < len(matrices):
            raise ValueError("a skin has fewer matrices than joints")
        matrices = matrices @ inverse[:len(matrices)].reshape(-1, 4, 4).transpose(0, 2, 1)
    return matrices


def skinned(file: Gltf, attributes: dict, matrices: np.ndarray, vertices: np.ndarray) -> np.ndarray:
    total, weight, k = np.zeros_like(vertices), np.zeros((len(vertices), 1)), 0
    while f"JOINTS_{k}" in attributes and f"WEIGHTS_{k}" in attributes:
        which = file.accessor(attributes[f"JOINTS_{k}"], (4,)).astype(np.int64)
        share = file.accessor(attributes[f"WEIGHTS_{k}"], (4,)).astype(np.float64)
        if len(which) != len(vertices) or len(share) != len(vertices):
            raise ValueError("a skin has another number of vertices")
        if (which[share != 0] >= len(matrices)).any():
            raise ValueError("a vertex hangs at a joint that its skin does not have")
        which = np.where(share != 0, which, 0)
        for column in range(4):
            turn = matrices[which[:, column]]
            moved = np.einsum("vij,vj->vi", turn[:, :3, :3], vertices) + turn[:, :3, 3]
            total += share[:, column:column + 1] * moved
            weight += share[:, column:column + 1]
        k += 1
    if not k:
        raise ValueError("a mesh with a skin has no joints")
    return total / weight               # not finite where it hangs at no joint, which does not matter without a face
