"""Model files of somebody else's (GLB, glTF, OBJ, PLY, STL, OFF) as coloured parts, by trimesh's readers.

What cannot be drawn as its author meant it is refused in one phrase, and so is a file whose material or texture is
missing: a chair that has lost its colours would teach that chairs are grey. trimesh itself keeps silent about either.
Colours become sRGB; the factors and the vertex colours of glTF are linear.
"""

import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import trimesh
from trimesh.resolvers import Resolver
from trimesh.visual import ColorVisuals
from trimesh.visual.material import PBRMaterial

from ..io.images import decode_rgba
from .normals import creased
from .render import Part

SUFFIXES = (".glb", ".gltf", ".obj", ".ply", ".stl", ".off")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tga", ".gif", ".tif", ".tiff")
LARGEST_FILE = 1 << 30      # bytes
MOST_FACES = 2_000_000
GREY = (0.75, 0.75, 0.75)   # of what has no colour of its own


def load(path: Path, turn: np.ndarray | None = None, plain: bool = False) -> list[Part]:
    """The parts of a model in the world's axes.

    Args:
        turn: [3, 3] by ``look.turned``, from the file's axes; None where they are the world's (glTF's are).
        plain: where a texture is missing, take the material's plain colour instead of refusing.

    Raises:
        ValueError: one phrase: not a mesh, damaged, too large, a vertex that is no number, a material or a texture that
            is not there.
    """
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        raise ValueError(f"not a mesh file; have {', '.join(SUFFIXES)}")
    if (size := path.stat().st_size) > LARGEST_FILE:
        raise ValueError(f"{size / 2**30:.1f} GiB large, at most {LARGEST_FILE >> 30} are read")
    beside = Beside(path.parent)
    try:
        if kind == ".glb":
            check_images(path.read_bytes())
        scene = trimesh.load_scene(path, process=False, resolver=beside)
        turn = np.eye(3) if turn is None else turn
        parts = [part for part in pieces(scene, turn, kind in (".glb", ".gltf")) if len(part.faces)]
    except Exception as error:          # readers of damaged files raise whatever they stumble over
        why = next(iter(beside.lacks.values()), None) or " ".join(str(error).split()) or type(error).__name__
        raise ValueError(f"cannot be read ({why})") from None
    if not plain and (missed := beside.missed(scene)):
        raise ValueError(missed)
    faces = sum(len(part.faces) for part in parts)
    if not faces:
        raise ValueError("no faces")
    if faces > MOST_FACES:
        raise ValueError(f"{faces:,} faces, at most {MOST_FACES:,} are drawn")
    return parts


class Beside(Resolver):
    """Finds what a model file refers to, in its folder, and remembers what is not there or cannot be read."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.lacks: dict[str, str] = {}         # name: a phrase
        self.textures: dict[str, str] = {}      # a material of an .mtl file: its texture

    def get(self, name: str) -> bytes:
        path = self.folder / name.strip().strip('"').replace("\\", "/")
        try:
            data = path.read_bytes()
            if path.suffix.lower() in PICTURES:
                decode_rgba(data)
        except OSError:
            self.lacks[name] = f"{name}, which it needs, is missing"
            raise
        except ValueError as error:
            self.lacks[name] = f"{name}, which it needs: {error}"
            raise
        if path.suffix.lower() == ".mtl":
            for block in re.split(r"(?m)^\s*newmtl\s+", data.decode("utf-8", errors="replace"))[1:]:
                if texture := re.search(r"(?mi)^\s*map_kd(.*)$", block):
                    self.textures[" ".join(block.split("\n", 1)[0].split())] = texture[1].strip()
        return data

    def missed(self, scene: trimesh.Scene) -> str | None:
        """A phrase if ``scene`` lacks something that it shows; many .mtl files name textures that no face wears."""
        worn = {self.textures.get(getattr(getattr(mesh.visual, "material", None), "name", None))
                for mesh in scene.geometry.values()}
        spare = set(self.textures.values()) - worn
        return next((why for name, why in self.lacks.items() if name not in spare), None)

    def keys(self) -> list[str]:
        return [path.name for path in self.folder.iterdir()]

    def namespaced(self, namespace: str) -> "Beside":
        return Beside(self.folder / namespace)

    def write(self, name: str, data: bytes) -> None:
        raise NotImplementedError("models are read, not written")


def check_images(data: bytes) -> None:
    """Raise ValueError where a picture within a GLB file is damaged; trimesh would leave it out."""
    if data[:4] != b"glTF" or len(data) < 20:
        raise ValueError("no GLB file")
    length = struct.unpack_from("<I", data, 12)[0]
    tree, binary = json.loads(data[20:20 + length]), data[28 + length:]
    for i, image in enumerate(tree.get("images", [])):
        if "bufferView" in image:
            view = tree["bufferViews"][image["bufferView"]]
            start = view.get("byteOffset", 0)
            try:
                decode_rgba(binary[start:start + view["byteLength"]])
            except ValueError as error:
                raise ValueError(f"its texture {image.get('name', i)}: {error}") from None


def pieces(scene: trimesh.Scene, turn: np.ndarray, linear: bool) -> Iterator[Part]:
    """Every mesh at every place that the scene has it; ``linear``: whether its plain colours are."""
    for node in scene.graph.nodes_geometry:
        place, name = scene.graph[node]
        mesh = scene.geometry[name]
        if isinstance(mesh, trimesh.Trimesh):           # and not points or lines
            vertices = (mesh.vertices @ place[:3, :3].T + place[:3, 3]) @ turn.T
            if not np.isfinite(vertices[mesh.faces]).all():
                raise ValueError("a vertex is not finite")
            vertices = np.where(np.isfinite(vertices), vertices, 0.0)           # those of no face do not matter
            yield piece(mesh, vertices, linear)


def piece(mesh: trimesh.Trimesh, vertices: np.ndarray, linear: bool) -> Part:
    faces, visual = np.asarray(mesh.faces), mesh.visual
    normals = creased(vertices, faces)
    if isinstance(visual, ColorVisuals):
        if visual.kind == "face":
            colors, vertices = np.repeat(visual.face_colors[:, :3], 3, axis=0), vertices[faces].reshape(-1, 3)
            return Part(vertices, np.arange(len(vertices)).reshape(-1, 3), (1.0, 1.0, 1.0), normals, colors)
        if visual.kind == "vertex":
            return Part(vertices, faces, (1.0, 1.0, 1.0), normals, srgb_bytes(visual.vertex_colors[:, :3], linear))
        return Part(vertices, faces, GREY, normals)
    color, image = base(visual.material, visual.uv is not None)
    colors = visual.vertex_attributes.get("color")
    if colors is not None:
        colors = srgb_bytes(np.asarray(colors)[:, :3], linear)
    if image is None:
        return Part(vertices, faces, color, normals, colors)
    if len(visual.uv) != len(vertices):
        raise ValueError(f"{len(visual.uv)} places in the texture for {len(vertices)} vertices")
    uv = np.stack([visual.uv[:, 0], 1 - visual.uv[:, 1]], axis=1)
    uv = np.where(np.isfinite(uv), uv, 0.0)
    return Part(vertices, faces, color, normals, colors, uv, np.asarray(image))


def base(material, textured: bool):
    """(colour, picture or None) of trimesh's material; sRGB, the picture in PIL's form with alpha where it counts.

    A picture counts only where a mesh is ``textured``, has coordinates in it.
    """
    if isinstance(material, PBRMaterial):
        factor = np.ones(4) if material.baseColorFactor is None else np.asarray(material.baseColorFactor) / 255
        image, mode = material.baseColorTexture, material.alphaMode or "OPAQUE"
        color = (*srgb(factor[:3]).tolist(), float(factor[3]) if mode == "BLEND" else 1.0)
        return color, image.convert("RGB" if mode == "OPAQUE" else "RGBA") if textured and image else None
    if textured and material.image is not None and material.image.format:   # it has none where trimesh made it up
        # Exporters differ on whether Kd tints the picture, and many leave it black: the picture alone was meant.
        return (1.0, 1.0, 1.0, opacity(material)), material.image.convert("RGBA")
    if "kd" not in material.kwargs:
        return (*GREY, opacity(material)), None
    return (*(np.asarray(material.diffuse)[:3] / 255).tolist(), opacity(material)), None


def opacity(material) -> float:
    """``d`` of an MTL file, or 1 - ``Tr``."""
    dissolve, transparency = (material.kwargs.get(key) for key in ("d", "tr"))
    try:
        value = float(dissolve[-1]) if dissolve else 1 - float(transparency[-1]) if transparency else 1.0
    except ValueError:
        return 1.0
    return min(max(value, 0.0), 1.0)


def srgb(linear: np.ndarray) -> np.ndarray:
    """IEC 61966-2-1."""
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def srgb_bytes(colors: np.ndarray, linear: bool) -> np.ndarray:
    """[V, 3] uint8 sRGB of uint8 or of floats in [0, 1]."""
    scaled = colors / 255 if colors.dtype == np.uint8 else np.asarray(colors, np.float64)
    return np.rint((srgb(scaled) if linear else np.clip(scaled, 0, 1)) * 255).astype(np.uint8)
