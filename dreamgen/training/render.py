r"""A colored model seen from many sides, as the pictures that a prior is trained on.

    color = base * light(n, p) + shine + glow,    base = color * colors * texture, with the part's finish on it

The light stands still in the world and is the same to the left and to the right (lighting.py), so that all views of a
model agree, mirrored ones too. n is the normal turned to the viewer, so that a mesh with faces of either winding is lit
alike. The box filter over samples x samples works on premultiplied color. The camera is that of
renderers/framing.py, the model's bounding box centred, its diagonal 1.

Everything is torch, on any device; on a CPU triangles are drawn by numba.
"""

from dataclasses import dataclass
from math import radians

import numpy as np
import torch
from torch import Tensor

from renderers.camera import Camera, orbit, project
from renderers.framing import DISTANCE, FOV_DEG
from renderers.ops.rasterize import Fragments, rasterize

from .finishes import PLAIN, Finish, colored
from .lighting import Lighting, lit
from .texture import Texture

FOV_Y = radians(FOV_DEG)
LAYERS = 4                  # of glass and cut-out leaves, looked through from the front
CUT = 0.5                   # a texture's opacity below which there is a hole
OPAQUE = 0.98               # from here on, what is behind is not asked for
CHUNK = {"cpu": 4_000_000}  # samples rasterised at once: 100 MB by numba ...
CHUNK_ELSEWHERE = 1_200_000             # ... and 1 GB by torch alone
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
        uv: [V, 2], origin at the textures' top left. None without a texture.
        texture: [H, W, 3 or 4] uint8 sRGB, straight alpha; where alpha < 0.5 there is a hole. Or None.
        finish: a solid texture over the color, and the gloss.
        grain: [V, 3] the points at which the finish is asked; None: the vertices.
        wrap: what the textures are beyond [0, 1], along u and v (``Texture``).
        glow: sRGB in [0, 1], seen without any light.
        glow_texture: [H, W, 3] uint8 sRGB, multiplied with ``glow``, at the same uv; or None.
    """

    vertices: np.ndarray
    faces: np.ndarray
    color: tuple[float, ...] = (0.8, 0.8, 0.8)
    normals: np.ndarray | None = None
    colors: np.ndarray | None = None
    uv: np.ndarray | None = None
    texture: np.ndarray | None = None
    finish: Finish = PLAIN
    grain: np.ndarray | None = None
    wrap: tuple[str, str] = ("repeat", "repeat")
    glow: tuple[float, float, float] = (0.0, 0.0, 0.0)
    glow_texture: np.ndarray | None = None


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
def draw(parts: list[Part], azimuth: np.ndarray, elevation: np.ndarray, size: int = 64, samples: int = 3,
         device: str | torch.device = "cpu") -> np.ndarray:
    """B views of a model, fitted to the training camera; not differentiable.

    Args:
        parts: at least one with a face; all of them are one model.
        azimuth, elevation: [B] radians; elevation within [-pi/2, pi/2].
        size: pixels of an edge.
        samples: of a pixel along each axis.
        device: where it is computed.

    Returns:
        [B, size, size, 4] uint8 RGBA, straight alpha. Glass is solid here where it is in front of nothing of the model:
        what is distilled from the pictures is to be a thing, not a haze.

    Raises:
        ValueError: nothing to draw: no faces, a vertex in use that is not finite, or no extent.
    """
    premultiplied = drawn(joined(parts, device), azimuth, elevation, size, samples)
    rgb = premultiplied[..., :3] / premultiplied[..., 3:].clamp(min=1e-6)
    return bytes_of(torch.cat([rgb, premultiplied[..., 3:]], -1)).cpu().numpy()


@torch.no_grad()
def drawn(model: "Model", azimuth: np.ndarray, elevation: np.ndarray, size: int, samples: int) -> Tensor:
    """[B, size, size, 4] float32 premultiplied color and opacity, on the model's device; see ``draw``."""
    edge, B = size * samples, len(azimuth)
    angles = (torch.as_tensor(angle, dtype=torch.float32) for angle in (azimuth, elevation))
    azimuth, elevation = (angle.to(model.vertices.device) for angle in angles)
    cameras = orbit(azimuth, elevation.clamp(-STEEPEST, STEEPEST), torch.full_like(azimuth, DISTANCE),
                    torch.full_like(azimuth, FOV_Y), (edge, edge))
    step = max(1, CHUNK.get(model.vertices.device.type, CHUNK_ELSEWHERE) // edge ** 2)
    lighting = Lighting(model.vertices, model.faces)
    return torch.cat([views_at(model, lighting, cameras[i:i + step], samples) for i in range(0, B, step)])


def bytes_of(x: Tensor) -> Tensor:
    return (x.clamp(0, 1) * 255).round().to(torch.uint8)


@dataclass(frozen=True)
class Model:
    """Parts in one, with everything at its place: [V, ...] by vertex, [F] by face, [P, ...] by part."""

    vertices: Tensor        # [V, 3] float32, fitted
    faces: Tensor           # [F, 3] int64
    normals: Tensor         # [F, 3, 3] float32 of the corners, zero where faces are flat
    colors: Tensor          # [V, 3] float32 in [0, 1]
    uv: Tensor              # [V, 2] float32
    grain: Tensor           # [V, 3] float32
    flat: Tensor            # [F, 3] float32 unit normals of the faces
    part: Tensor            # [F] int64
    color: Tensor           # [P, 4] float32 in [0, 1]
    gloss: Tensor           # [P] float32
    glow: Tensor            # [P, 3] float32 in [0, 1]
    textures: list[Texture | None]      # [P]
    glow_textures: list[Texture | None]     # [P]
    finishes: list[Finish]              # [P]
    solid: bool             # whether the nearest surface is all that a pixel sees


def joined(parts: list[Part], device: str | torch.device = "cpu") -> Model:
    """Raises ValueError as ``draw`` does."""
    start = np.cumsum([0, *(len(part.vertices) for part in parts)])
    faces = np.concatenate([np.asarray(part.faces, np.int64).reshape(-1, 3) + at for part, at in zip(parts, start, strict=False)])
    if not len(faces):
        raise ValueError("no faces")
    vertices = fitted(np.concatenate([np.asarray(part.vertices, np.float64) for part in parts]), faces)
    corners = vertices[faces]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-20)

    def by_vertex(name: str, width: int, otherwise: float) -> np.ndarray:
        rows = [getattr(part, name) for part in parts]
        return np.concatenate([np.full((len(part.vertices), width), otherwise, np.float32) if row is None else
                               np.asarray(row, np.float32) for part, row in zip(parts, rows, strict=True)])

    grain = np.concatenate([np.asarray(part.vertices if part.grain is None else part.grain, np.float32)
                            for part in parts])
    pyramids: dict[tuple, Texture] = {}                 # of pictures that several parts share

    def texture(part: Part, picture: np.ndarray | None) -> Texture | None:
        if picture is None or part.uv is None:
            return None
        key = id(picture), part.wrap
        if key not in pyramids:
            pyramids[key] = Texture(picture, device, part.wrap)
        return pyramids[key]

    textures = [texture(part, part.texture) for part in parts]
    color = np.array([(*part.color, 1.0)[:4] for part in parts], np.float32)
    return Model(*(torch.as_tensor(array).to(device) for array in (
        vertices.astype(np.float32), faces, np.concatenate(list(map(corner_normals, parts))),
        by_vertex("colors", 3, 255.0) / 255, by_vertex("uv", 2, 0.0), grain, flat.astype(np.float32),
        np.repeat(np.arange(len(parts)), [len(part.faces) for part in parts]), color,
        np.array([part.finish.gloss for part in parts], np.float32),
        np.array([part.glow for part in parts], np.float32))), textures,
        [texture(part, part.glow_texture) for part in parts], [part.finish for part in parts],
        bool((color[:, 3] >= 1).all()) and not any(t and t.holes for t in textures))


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


def views_at(model: Model, lighting: Lighting, cameras: Camera, samples: int) -> Tensor:
    """[B, size, size, 4] float32 premultiplied color and opacity."""
    pixels, depths = project(cameras, model.vertices)
    fragments = rasterize(pixels, depths, model.faces, cameras.size)
    total = shaded(model, lighting, fragments, pixels, cameras)         # premultiplied color and opacity
    for _ in range(0 if model.solid else LAYERS - 1):
        more = (fragments.depth > 0) & (total[..., 3] < OPAQUE)
        if not more.any():
            break
        behind = torch.where(more, fragments.depth, torch.inf)
        fragments = rasterize(pixels, depths, model.faces, cameras.size, behind=behind)
        total += (1 - total[..., 3:]) * shaded(model, lighting, fragments, pixels, cameras)
    total = total / torch.where(total[..., 3:] > 0, total[..., 3:], 1)  # solid
    B, edge = len(cameras), cameras.size[0]
    return total.view(B, edge // samples, samples, edge // samples, samples, 4).mean((2, 4))


def shaded(model: Model, lighting: Lighting, fragments: Fragments, pixels: Tensor, cameras: Camera) -> Tensor:
    """[B, H, W, 4] float32 premultiplied color and opacity of each sample's surface."""
    at = (fragments.face.flatten() >= 0).nonzero().squeeze(1)
    f, weights = fragments.face.flatten()[at].long(), fragments.bary.view(-1, 3)[at]
    corners = model.faces[f]
    view = at // (cameras.size[0] * cameras.size[1])

    def blended(attribute: Tensor) -> Tensor:
        return torch.einsum("nk,nkc->nc", weights, attribute[corners])

    def texels(texture: Texture, here: Tensor) -> Tensor:
        uv_corners, screen = model.uv[corners[here]], pixels[view[here, None], corners[here]]
        uv = torch.einsum("nk,nkc->nc", weights[here], uv_corners)
        return texture.at(uv, texels_spanned(texture, uv_corners, screen))

    part = model.part[f]
    rgba, glow = model.color[part], model.glow[part]
    rgba[:, :3] *= blended(model.colors)
    for index, (texture, glowing, finish) in enumerate(zip(model.textures, model.glow_textures, model.finishes, strict=True)):
        if texture is None and glowing is None and finish.kind == PLAIN.kind:
            continue
        here = (part == index).nonzero().squeeze(1)
        if not len(here):
            continue
        if texture is not None:
            texel = texels(texture, here)
            rgba[here, :3] *= texel[:, :3]
            rgba[here, 3] *= (texel[:, 3] >= CUT).to(rgba)
        if glowing is not None:
            glow[here] *= texels(glowing, here)[:, :3]
        if finish.kind != PLAIN.kind:
            p = model.grain[corners[here]]
            normal = torch.linalg.cross(p[:, 1] - p[:, 0], p[:, 2] - p[:, 0])
            rgba[here, :3] = colored(finish, rgba[here, :3], torch.einsum("nk,nkc->nc", weights[here], p), normal)

    # The face's own normal says which side is seen; the smooth one is turned to the same side.
    position = blended(model.vertices)
    away = torch.nn.functional.normalize(cameras.position[view] - position, dim=-1)
    flat = model.flat[f]
    flat = flat * torch.where((flat * away).sum(-1, keepdim=True) < 0, -1.0, 1.0)
    smooth = torch.einsum("nk,nkc->nc", weights, model.normals[f])
    smooth = smooth * torch.where((smooth * flat).sum(-1, keepdim=True) < 0, -1.0, 1.0)
    length = smooth.norm(dim=-1, keepdim=True)
    normal = torch.where(length > 1e-6, smooth / length.clamp(min=1e-6), flat)
    rgba[:, :3] = lit(lighting, rgba[:, :3], position, normal, flat, away, model.gloss[part])
    rgba[:, :3] = (rgba[:, :3] + glow).clamp(max=1)
    rgba[:, :3] *= rgba[:, 3:]
    out = rgba.new_zeros(fragments.face.numel(), 4)
    out[at] = rgba
    return out.view(*fragments.face.shape, 4)


def texels_spanned(texture: Texture, uv: Tensor, corners: Tensor) -> Tensor:
    """[N] texels along an edge of a sample, of triangles with ``uv`` and ``corners`` on the screen [N, 3, 2] each."""
    texels, samples = area(uv * uv.new_tensor(texture.size)), area(corners)
    return (texels / samples.clamp(min=1e-12)).sqrt()


def area(triangles: Tensor) -> Tensor:
    """[N], twice that of [N, 3, 2]."""
    a, b = triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    return (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).abs()
