"""What every mesh format needs: the asset checked once, and handed to trimesh, which no other folder imports."""

from pathlib import Path

import numpy as np
import trimesh
from trimesh.visual import ColorVisuals, TextureVisuals

from renderers.assets import Mesh


def checked(mesh: Mesh, where: str) -> Mesh:
    """``mesh`` as it is, or ValueError with the first thing that no reader could make sense of."""
    V, F = len(mesh.vertices), len(mesh.faces)
    if not V or not F:
        raise ValueError(f"{where}: the mesh is empty ({V} vertices, {F} faces), and an empty file helps nobody")
    wanted = {"vertices": (mesh.vertices, (V, 3)), "faces": (mesh.faces, (F, 3)), "normals": (mesh.normals, (V, 3)),
              "uv": (mesh.uv, (V, 2)), "colors": (mesh.colors, (V, 3))}
    for name, (array, shape) in wanted.items():
        if array is not None and array.shape != shape:
            raise ValueError(f"{where}: {name} is {list(array.shape)}, want {list(shape)}")
        if array is not None and not np.isfinite(array).all():
            rows = np.flatnonzero(~np.isfinite(array).all(axis=1))
            raise ValueError(f"{where}: {name} has {len(rows)} rows that are not finite, the first is row {rows[0]}")
    if mesh.faces.min() < 0 or mesh.faces.max() >= V:
        low, high = mesh.faces.min(), mesh.faces.max()
        raise ValueError(f"{where}: faces name the vertices {low} to {high}, want 0 to {V - 1}")
    if (mesh.uv is None) != (mesh.texture is None):
        given = "uv" if mesh.texture is None else "texture"
        raise ValueError(f"{where}: uv and texture come together, got only {given}")
    return mesh


def to_trimesh(mesh: Mesh, visual: TextureVisuals | ColorVisuals | None = None) -> trimesh.Trimesh:
    """The same vertices and faces in the same order, with unit normals; nothing is merged or repaired."""
    return trimesh.Trimesh(mesh.vertices, mesh.faces, vertex_normals=unit(mesh.normals), visual=visual, process=False)


def unit(normals: np.ndarray) -> np.ndarray:
    """Unit rows; a zero row, which no validator accepts, becomes +y."""
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.where(length > 1e-12, normals / np.maximum(length, 1e-12), np.float32([0, 1, 0])).astype(np.float32)


def uv_from_bottom(mesh: Mesh) -> np.ndarray:
    """[V, 2] with the origin at the texture's bottom left, as in OBJ and trimesh; double, where 1 - v loses nothing."""
    return np.stack([mesh.uv[:, 0], 1 - mesh.uv[:, 1].astype(np.float64)], axis=1)


def vertex_colors(mesh: Mesh) -> np.ndarray | None:
    """[V, 3] uint8 sRGB: the mesh's own, else the texel under each vertex, else None."""
    if mesh.colors is not None or mesh.texture is None:
        return mesh.colors
    H, W = mesh.texture.shape[:2]
    column, row = np.clip((mesh.uv * (W, H)).astype(int), 0, (W - 1, H - 1)).T
    return mesh.texture[row, column]


def read(path: Path) -> Mesh:
    """The one mesh of a GLB, OBJ, PLY or STL file, by trimesh's readers; raises ValueError if there is none in it."""
    try:
        model = trimesh.load(path, force="mesh", process=False, maintain_order=True)
    except (ValueError, KeyError, IndexError, OSError, NotImplementedError) as error:
        raise ValueError(f"{path}: not a mesh that can be read ({error})") from None
    visual, uv, texture, colors = model.visual, None, None, None
    if isinstance(visual, TextureVisuals) and visual.uv is not None:
        image = getattr(visual.material, "baseColorTexture", None) or getattr(visual.material, "image", None)
        if image is not None:
            uv = np.stack([visual.uv[:, 0], 1 - visual.uv[:, 1]], axis=1).astype(np.float32)
            texture = np.array(image.convert("RGB"))            # a copy: PIL's own bytes are read-only, and torch minds
    elif visual.kind == "vertex":
        colors = np.asarray(visual.vertex_colors[:, :3], np.uint8)
    return Mesh(vertices=model.vertices.astype(np.float32), faces=model.faces.astype(np.int32),
                normals=np.asarray(model.vertex_normals, np.float32), uv=uv, texture=texture, colors=colors)
