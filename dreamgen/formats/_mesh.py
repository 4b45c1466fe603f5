"""What every mesh format needs: the asset checked once, cut into parts, and handed to trimesh, which no other folder imports."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import trimesh
from trimesh.visual import ColorVisuals, TextureVisuals

from dreamgen import reading
from dreamgen.reading._colors import linear, srgb, to_bytes
from renderers.assets import Material, Mesh

WRAPS = {"clamp": lambda x: np.clip(x, 0, 1), "repeat": lambda x: x % 1.0, "mirror": lambda x: 1 - np.abs(x % 2.0 - 1)}
BEYOND_COLOR = {"metallic": "metalness", "metallic_roughness": "metalness", "roughness": "roughness",
                "normal": "normal map", "emissive": "glow", "emissive_texture": "glow", "alpha": "cut-outs and glass"}
FACTORS = ("color", "metallic", "roughness", "emissive", "cutoff")
CHANNELS = {"texture": (3, 4), "metallic_roughness": (3,), "normal": (3,), "emissive_texture": (3,)}


def checked(mesh: Mesh, where: str) -> Mesh:
    """``mesh`` as it is, or ValueError with the first thing that no reader could make sense of."""
    V, F = len(mesh.vertices), len(mesh.faces)
    if not V or not F:
        raise ValueError(f"{where}: the mesh is empty ({V} vertices, {F} faces), and an empty file helps nobody")
    wanted = {"vertices": (mesh.vertices, (V, 3)), "faces": (mesh.faces, (F, 3)), "normals": (mesh.normals, (V, 3)),
              "uv": (mesh.uv, (V, 2)), "colors": (mesh.colors, (V, 3)), "part": (mesh.part, (F,))}
    for name, (array, shape) in wanted.items():
        if array is not None and array.shape != shape:
            raise ValueError(f"{where}: {name} is {list(array.shape)}, want {list(shape)}")
        if array is not None and not np.isfinite(array).all():
            rows = np.flatnonzero(~np.isfinite(array.reshape(len(array), -1)).all(axis=1))
            raise ValueError(f"{where}: {name} has {len(rows)} rows that are not finite, the first is row {rows[0]}")
    if mesh.faces.min() < 0 or mesh.faces.max() >= V:
        low, high = mesh.faces.min(), mesh.faces.max()
        raise ValueError(f"{where}: faces name the vertices {low} to {high}, want 0 to {V - 1}")
    if mesh.materials and mesh.texture is not None:
        raise ValueError(f"{where}: got materials and a texture beside them, want one of the two")
    if mesh.part is not None and not 0 <= mesh.part.min() <= mesh.part.max() < len(mesh.materials):
        raise ValueError(f"{where}: part names the materials {mesh.part.min()} to {mesh.part.max()}, want 0 to "
                         f"{len(mesh.materials) - 1}")
    if not mesh.materials and (mesh.uv is None) != (mesh.texture is None):
        given = "uv" if mesh.texture is None else "texture"
        raise ValueError(f"{where}: uv and texture come together, got only {given}")
    for k, material in enumerate(mesh.materials):
        check_material(material, f"{where}: materials[{k}]")
        if material.pictures and mesh.uv is None:
            raise ValueError(f"{where}: materials[{k}] has the picture {next(iter(material.pictures))}, and the mesh no uv")
    return mesh


def check_material(material: Material, where: str) -> None:
    """Raises ValueError for a factor out of range and a picture of the wrong shape or type."""
    for name in FACTORS:
        values = np.asarray(getattr(material, name), float)
        if not ((values >= 0) & (values <= 1)).all():
            raise ValueError(f"{where}.{name} is {getattr(material, name)}, want 0 to 1")
    for name, picture in material.pictures.items():
        if picture.ndim != 3 or picture.shape[2] not in CHANNELS[name] or picture.dtype != np.uint8 or not picture.size:
            channels = " or ".join(map(str, CHANNELS[name]))
            raise ValueError(f"{where}.{name} is {list(picture.shape)} of {picture.dtype}, want [H, W, {channels}] of uint8")


def parts(mesh: Mesh) -> Iterator[tuple[Mesh, Material]]:
    """(mesh with the vertices of its own faces alone, material) for each material that is worn."""
    worn = mesh.worn
    if len(worn) == 1:
        yield mesh, worn[0][1]
        return
    for numbers, material in worn:
        used, faces = np.unique(mesh.faces[numbers], return_inverse=True)
        rows = {name: None if array is None else array[used] for name, array in
                (("vertices", mesh.vertices), ("normals", mesh.normals), ("uv", mesh.uv), ("colors", mesh.colors))}
        yield Mesh(faces=faces.reshape(-1, 3).astype(np.int32), materials=(material,), **rows), material


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
    """[V, 3] uint8 sRGB: the mesh's own, else the base color at each vertex, else None where no material says one."""
    if mesh.colors is not None or mesh.texture is None and not mesh.materials:
        return mesh.colors
    colors = np.zeros((len(mesh.vertices), 3), np.uint8)
    for numbers, material in mesh.worn:
        used = np.unique(mesh.faces[numbers])
        colors[used] = base_colors(material, None if mesh.uv is None else mesh.uv[used], len(used))
    return colors


def base_colors(material: Material, uv: np.ndarray | None, count: int) -> np.ndarray:
    """[count, 3] uint8 sRGB: the nearest texel at ``uv`` [count, 2] times the factor, in light."""
    factor = np.asarray(material.color[:3], np.float64)
    if material.texture is None:
        return np.tile(to_bytes(srgb(factor)), (count, 1))
    H, W = material.texture.shape[:2]
    inside = np.stack([WRAPS[wrap](axis) for wrap, axis in zip(material.wrap, uv.T, strict=True)], 1)
    column, row = np.clip((inside * (W, H)).astype(int), 0, (W - 1, H - 1)).T
    texel = material.texture[row, column, :3]
    return texel if (factor == 1).all() else to_bytes(srgb(linear(texel / 255) * factor))


def warn_of_loss(mesh: Mesh, where: str) -> None:
    """Warn of what its materials say and a format without materials cannot."""
    plain, lost = Material(), {}
    for material in mesh.materials:
        for name, words in BEYOND_COLOR.items():
            value = getattr(material, name)
            if isinstance(value, np.ndarray) or value != getattr(plain, name):
                lost[words] = None
    if lost:
        warnings.warn(f"{where}: has no materials; {', '.join(lost)} left out", stacklevel=3)


def read(path: Path) -> Mesh:
    """The model in a file as one mesh with its materials; raises ValueError where there is none in it."""
    try:
        return reading.mesh(reading.read(path, materials=True))
    except (ValueError, OSError) as error:
        raise ValueError(f"{path}: not a mesh that can be read ({error})") from None
