r"""A coloured model seen from many sides, as the pictures that a prior is trained on.

    colour = base * min(1, AMBIENT + sum_i strength_i max(0, n . l_i)),    base = color * colors * texture

n is the normal turned to the viewer, so that a mesh with faces of either winding is lit alike; the lights l_i move with
the camera. The box filter over samples x samples works on premultiplied colour. The camera is that of CONVENTIONS.md:
distance 1.55, vertical field of view 40 degrees, the model's bounding box centred, its diagonal 1.
"""

from dataclasses import dataclass
from math import radians

import numpy as np
import torch

from renderers.camera import Camera, orbit, project
from renderers.ops.rasterize import Fragments, rasterize

from .texture import Texture

DISTANCE, FOV_Y = 1.55, radians(40)
AMBIENT = 0.6
LIGHTS = (((0.3, 0.65, 0.7), 0.45), ((-0.5, 0.1, 0.85), 0.15))        # direction in the camera's axes, strength
LAYERS = 4                  # of glass and cut-out leaves, looked through from the front
CUT = 0.5                   # a texture's opacity below which there is a hole
OPAQUE = 0.98               # from here on, what is behind is not asked for
CHUNK = 4_000_000           # samples rasterised at once: about 100 MB
STEEPEST = radians(89)      # the camera's up is the world's, and lost straight above
FIXED = (0.0, 90.0, 180.0, 270.0)       # azimuths that every model of 8 views or more is seen from, at
FIXED_ELEVATION = 15.0
ELEVATION = 20.0, 18.0, -15.0, 70.0     # of the others: mean, deviation, least, most; degrees
OVERHEAD = 58.0, 86.0                   # of every EIGHTH of them, which would else hardly ever look down
EIGHTH = 8


@dataclass(frozen=True)
class Part:
    """A piece of a model, of one material. Axes are the world's: +y up, front +z; units are free.

    Attributes:
        vertices: [V, 3] float.
        faces: [F, 3] int into vertices, of either winding.
        color: sRGB in [0, 1]; a fourth number below 1 is glass, through which the model's other parts are seen.
        normals: [V, 3] by vertex or [F, 3, 3] by corner (``normals.creased``), or None for flat faces.
        colors: [V, 3] uint8 sRGB, multiplied with ``color``, or None.
        uv: [V, 2], origin at the texture's top left; repeats beyond [0, 1]. None without a texture.
        texture: [H, W, 3 or 4] uint8 sRGB, straight alpha; where alpha < 0.5 there is a hole.
    """

    vertices: np.ndarray
    faces: np.ndarray
    color: tuple[float, ...] = (0.8, 0.8, 0.8)
    normals: np.ndarray | None = None
    colors: np.ndarray | None = None
    uv: np.ndarray | None = None
    texture: np.ndarray | None = None


def view_angles(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Azimuth and elevation [count], radians: spread around with jitter; of 8 or more, the last four straight on."""
    fixed = len(FIXED) if count >= 2 * len(FIXED) else 0
    free = count - fixed
    azimuth = (np.arange(free) + rng.uniform(-0.5, 0.5, free)) * (360 / max(free, 1)) % 360
    mean, deviation, least, most = ELEVATION
    elevation = rng.normal(mean, deviation, free).clip(least, most)
    down = np.arange(EIGHTH // 2, free, EIGHTH)
    elevation[down] = rng.uniform(*OVERHEAD, len(down))
    return (np.radians(np.concatenate([azimuth, FIXED[:fixed]])),
            np.radians(np.concatenate([elevation, np.full(fixed, FIXED_ELEVATION)])))


@torch.no_grad()
def draw(parts: list[Part], azimuth: np.ndarray, elevation: np.ndarray, size: int = 64,
         samples: int = 3) -> np.ndarray:
    """B views of a model, fitted to the training camera; not differentiable.

    Args:
        parts: at least one with a face; all of them are one model.
        azimuth, elevation: [B] radians; elevation within [-pi/2, pi/2].
        size: pixels of an edge.
        samples: of a pixel along each axis.

    Returns:
        [B, size, size, 4] uint8 RGBA, straight alpha. Glass is solid here where it is in front of nothing of the model:
        what is distilled from the pictures is to be a thing, not a haze.

    Raises:
        ValueError: nothing to draw: no faces, a vertex in use that is not finite, or no extent.
    """
    model = joined(parts)
    edge, B = size * samples, len(azimuth)
    cameras = orbit(torch.as_tensor(azimuth, dtype=torch.float32),
                    torch.as_tensor(elevation, dtype=torch.float32).clamp(-STEEPEST, STEEPEST),
                    torch.full((B,), DISTANCE), torch.full((B,), FOV_Y), (edge, edge))
    step = max(1, CHUNK // edge ** 2)
    return np.concatenate([seen(model, cameras[i:i + step], samples) for i in range(0, B, step)])


@dataclass(frozen=True)
class Model:
    """Parts in one, with everything at its place: [V, ...] by vertex, [F] by face, [P, ...] by part."""

    vertices: np.ndarray        # [V, 3] float32, fitted
    faces: np.ndarray           # [F, 3] int32
    normals: np.ndarray         # [F, 3, 3] float32 of the corners, zero where faces are flat
    colors: np.ndarray          # [V, 3] float32 in [0, 1]
    uv: np.ndarray              # [V, 2] float32
    flat: np.ndarray            # [F, 3] float32 unit normals of the faces
    part: np.ndarray            # [F] int64
    color: np.ndarray           # [P, 4] float32 in [0, 1]
    textures: list[Texture | None]      # [P]

    @property
    def solid(self) -> bool:
        """Whether the nearest surface is all that a pixel sees."""
        return bool((self.color[:, 3] >= 1).all()) and not any(t and t.holes for t in self.textures)


def joined(parts: list[Part]) -> Model:
    start = np.cumsum([0, *(len(part.vertices) for part in parts)])
    faces = np.concatenate([np.asarray(part.faces, np.int64).reshape(-1, 3) + at for part, at in zip(parts, start)])
    if not len(faces):
        raise ValueError("no faces")
    vertices = fitted(np.concatenate([np.asarray(part.vertices, np.float64) for part in parts]), faces)
    corners = vertices[faces]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-20)

    def by_vertex(name: str, width: int, otherwise: float) -> np.ndarray:
        rows = [getattr(part, name) for part in parts]
        return np.concatenate([np.full((len(part.vertices), width), otherwise, np.float32) if row is None else
                               np.asarray(row, np.float32) for part, row in zip(parts, rows)])

    return Model(vertices.astype(np.float32), faces.astype(np.int32), np.concatenate(list(map(corner_normals, parts))),
                 by_vertex("colors", 3, 255.0) / 255, by_vertex("uv", 2, 0.0), flat.astype(np.float32),
                 np.repeat(np.arange(len(parts)), [len(part.faces) for part in parts]),
                 np.array([(*part.color, 1.0)[:4] for part in parts], np.float32),
                 [None if part.uv is None else Texture(part.texture) for part in parts])


def corner_normals(part: Part) -> np.ndarray:
    """[F, 3, 3] float32, zero where there are none."""
    if part.normals is None:
        return np.zeros((len(part.faces), 3, 3), np.float32)
    normals = np.asarray(part.normals, np.float32)
    return normals if normals.ndim == 3 else normals[part.faces]


def fitted(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """``vertices`` with the centre of their bounding box at the origin and its diagonal 1; those in use count."""
    used = vertices[np.unique(faces)]
    low, high = used.min(0), used.max(0)
    diagonal = float(np.linalg.norm(high - low))
    if not np.isfinite(diagonal):
        raise ValueError("a vertex is not finite")
    if not diagonal > 0:
        raise ValueError("no extent, all vertices are at one point")
    return (vertices - (low + high) / 2) / diagonal


def seen(model: Model, cameras: Camera, samples: int) -> np.ndarray:
    """[B, size, size, 4] uint8 RGBA, straight alpha."""
    pixels, depths = project(cameras, torch.from_numpy(model.vertices))
    faces = torch.from_numpy(model.faces)
    fragments = rasterize(pixels, depths, faces, cameras.size)
    total = shaded(model, fragments, pixels, cameras)           # premultiplied colour and opacity
    for _ in range(0 if model.solid else LAYERS - 1):
        more = (fragments.depth > 0) & torch.from_numpy(total[..., 3] < OPAQUE)
        if not more.any():
            break
        behind = torch.where(more, fragments.depth, torch.inf)
        fragments = rasterize(pixels, depths, faces, cameras.size, behind=behind)
        total += (1 - total[..., 3:]) * shaded(model, fragments, pixels, cameras)
    seen = total[..., 3:] > 0
    total /= np.where(seen, total[..., 3:], 1)                  # solid
    B, edge = len(cameras), cameras.size[0]
    cells = total.reshape(B, edge // samples, samples, edge // samples, samples, 4).mean((2, 4))
    rgb = cells[..., :3] / np.maximum(cells[..., 3:], 1e-6)
    return np.rint(np.concatenate([rgb, cells[..., 3:]], -1).clip(0, 1) * 255).astype(np.uint8)


def shaded(model: Model, fragments: Fragments, pixels: torch.Tensor, cameras: Camera) -> np.ndarray:
    """[B, H, W, 4] float32 premultiplied colour and opacity of each sample's surface."""
    face, bary = fragments.face.numpy(), fragments.bary.numpy()
    out = np.zeros((*face.shape, 4), np.float32)
    at = np.flatnonzero(face >= 0)
    f, weights = face.ravel()[at], bary.reshape(-1, 3)[at]
    corners = model.faces[f]
    view = at // (face.shape[1] * face.shape[2])

    def blended(attribute: np.ndarray) -> np.ndarray:
        return np.einsum("nk,nkc->nc", weights, attribute[corners])

    part = model.part[f]
    rgba = model.color[part]
    rgba[:, :3] *= blended(model.colors)
    uv = blended(model.uv)
    for index, texture in enumerate(model.textures):
        if texture is not None and (here := part == index).any():
            uv_corners, screen = model.uv[corners[here]], pixels.numpy()[view[here, None], corners[here]]
            texel = texture.at(uv[here], texels_spanned(texture, uv_corners, screen))
            rgba[here, :3] *= texel[:, :3]
            rgba[here, 3] *= texel[:, 3] >= CUT

    # The face's own normal says which side is seen; the smooth one is turned to the same side.
    c2w = cameras.c2w.numpy()
    position = blended(model.vertices)
    flat = model.flat[f]
    flat *= np.sign(np.einsum("nc,nc->n", flat, c2w[view, :3, 3] - position))[:, None]
    smooth = np.einsum("nk,nkc->nc", weights, model.normals[f])
    smooth *= np.sign(np.einsum("nc,nc->n", smooth, flat))[:, None]
    length = np.linalg.norm(smooth, axis=1, keepdims=True)
    normal = np.where(length > 1e-6, smooth / np.maximum(length, 1e-6), flat)
    light = np.full(len(at), AMBIENT, np.float32)
    for direction, strength in LIGHTS:
        towards = c2w[:, :3, :3] @ (np.array(direction, np.float32) / np.linalg.norm(direction))
        light += strength * np.einsum("nc,nc->n", normal, towards.astype(np.float32)[view]).clip(0)
    rgba[:, :3] *= light.clip(0, 1)[:, None]
    rgba[:, :3] *= rgba[:, 3:]
    out.reshape(-1, 4)[at] = rgba
    return out


def texels_spanned(texture: Texture, uv: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """[N] texels along an edge of a sample, of triangles with ``uv`` and ``corners`` on the screen [N, 3, 2] each."""
    texels, samples = area(uv * texture.size), area(corners)
    return np.sqrt(texels / np.maximum(samples, 1e-12))


def area(triangles: np.ndarray) -> np.ndarray:
    """[N], twice that of [N, 3, 2]."""
    a, b = triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    return np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])
