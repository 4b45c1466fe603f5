r"""The texture of a mesh that stays as it is: explicit texels, seen from all around.

    picture = mean over S x S samples of   texel(u, v) * light(n, v)                      (texels.py, shading.py)
    opacity = share of the samples that the mesh covers

The texels are what is optimised, by the prior's gradient alone (CasTex, arXiv:2504.06856); the mesh's silhouette is given, so no
edge needs a gradient, and the opacity has none. A texel that a step does not show keeps its value. Maps have edges of powers of 2
by the area of what they are on. The mesh is seen in the box of the prior's pictures: centred, its diagonal 1, its own ``up``
upwards and its front to the front; what is exported lies where the file has it.

Differentiable in the texels, not in the camera.
"""

from dataclasses import dataclass, replace
from math import cos, radians, sin
from typing import Literal

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..assets import Material, Mesh, Model
from ..camera import Camera, project, rays
from ..draws import per_view
from ..ops.rasterize import rasterize
from ..scene import Render
from ..shading import studio
from ..texels import Pyramids, Texels, Woven
from ._config import fractions, positive

CAMERA = "Camera"
ASSET = "Model"
REGULARIZERS = ("variation",)
SMALLEST = 16                   # edge of a map, texels
PLANE = {"y": ((0, 0, 1), (0, 1, 0)), "z": ((0, -1, 0), (0, 0, 1)), "x": ((0, 0, 1), (1, 0, 0))}     # front and up


@dataclass
class Config:
    mesh: str = ""                  # the model's file: GLB, glTF, OBJ, PLY, STL or OFF; of a run, only until it has begun
    particles: int = 1              # textures that share the method; see renderers/particles.py
    up: Literal["x", "y", "z"] = "y"        # the file's axis that points up; its front is then +z (up y or x) or -y (up z)
    front_deg: float = 0.0          # azimuth of the model's front from there, counter-clockwise seen from above
    texels: int = 512               # edge of the largest map, a power of 2
    maps: Literal["texels", "woven"] = "texels"             # woven: for priors over latents
    places: Literal["keep", "new"] = "keep"                 # the file's UV where it has them, or an atlas of our own
    samples: int = 2                # S
    light: float = 1.0              # 0 draws the base colors as they are; 1 under the light of the bundled prior's pictures
    roughness: float = 0.8          # of the material that is exported
    metallic: float = 0.0           # ...
    background: Literal["random", "white", "black"] = "random"

    def __post_init__(self):
        positive(self, "particles", "samples")
        if self.texels < SMALLEST or self.texels & (self.texels - 1):
            raise ValueError(f"texels: need a power of 2 from {SMALLEST} on, got {self.texels}")
        fractions(self, "light", "roughness", "metallic")


class TexturedMesh(torch.nn.Module):
    """``mesh``: what is textured, with ``uv``, in its file's axes; it needs a face and an extent."""

    def __init__(self, cfg: Config, rng: torch.Generator, mesh: Mesh):
        super().__init__()
        self.cfg, self.mesh = cfg, mesh
        self.failure_hints = {"flat": "raise guidance.guidance_scale"}
        self.edges = edges(mesh, cfg.texels)
        self.maps = (Woven if cfg.maps == "woven" else Texels)(self.edges, rng)
        self.pyramids = Pyramids(self.edges, [material.wrap for _, material in mesh.worn])
        part = np.zeros(len(mesh.faces), np.int64)
        for k, (numbers, _) in enumerate(mesh.worn):
            part[numbers] = k
        faces = mesh.faces.astype(np.int64)
        turn = turned(cfg.up, cfg.front_deg)
        for name, array in (("vertices", fitted(mesh.vertices, faces) @ turn.T), ("normals", mesh.normals @ turn.T),
                            ("faces", faces), ("uv", mesh.uv), ("part", part)):
            self.register_buffer(name, torch.from_numpy(np.ascontiguousarray(
                array if array.dtype == np.int64 else array.astype(np.float32))), persistent=False)
        for i, maps in enumerate(self.maps()):
            self.register_buffer(f"seen{i}", torch.zeros_like(maps[:, :1], dtype=torch.bool))
        self.drawn: list[Tensor] = []                   # the maps of the step's training picture, and what they were
        self.before: list[Tensor] = []
        self.pull: Tensor | None = None                 # all of their numbers as the picture reads them, for its gradient alone

    def render(self, camera: Camera, progress: float = 1.0, rng: torch.Generator | None = None) -> Render:
        S, B, (H, W) = self.cfg.samples, len(camera), camera.size
        maps = self.maps()
        if rng is not None and torch.is_grad_enabled():
            self.drawn, self.before = maps, [each.detach().clone() for each in maps]
            self.pull = torch.cat([each.flatten() for each in maps])
            if self.pull.requires_grad:
                self.pull.retain_grad()
            maps = parted(self.pull, maps)
        fine = camera.resized((H * S, W * S))
        pixels, depths = project(fine, self.vertices)
        fragments = rasterize(pixels, depths, self.faces, fine.size)
        at = (fragments.face.flatten() >= 0).nonzero().squeeze(1)
        f, bary, view = fragments.face.flatten()[at].long(), fragments.bary.view(-1, 3)[at], at // (H * W * S * S)
        corners = self.faces[f]

        def blended(attribute: Tensor) -> Tensor:
            return torch.einsum("mk,mkc->mc", bary, attribute[corners])

        uv, screen = self.uv[corners], pixels[view[:, None], corners]
        span = (area(uv) / area(screen).clamp(min=1e-9)).sqrt()
        rgb = self.pyramids.to(at.device).at(self.pyramids.table(maps), self.part[f], blended(self.uv), span)
        if self.cfg.light:
            away = F.normalize(camera.position[view] - blended(self.vertices), dim=-1)
            light = studio(F.normalize(blended(self.normals), dim=-1), away)
            rgb = (rgb * (1 - self.cfg.light + self.cfg.light * light)).clamp(max=1)
        directions = rays(fine)[1].view(-1, 3)[at]
        along = -torch.einsum("mc,mc->m", directions, camera.c2w[view, :3, 2])
        distance = fragments.depth.flatten()[at] / along

        def pooled(values: Tensor) -> Tensor:
            """[B, H, W, C]: the mean over the samples of a pixel of ``values`` [M, C]."""
            planes = values.new_zeros(B * H * W * S * S, values.shape[1]).index_copy(0, at, values)
            return planes.view(B, H, S, W, S, -1).mean((2, 4))

        premultiplied = pooled(rgb)
        opacity, depth = pooled(torch.stack([torch.ones_like(distance), distance], -1)).split(1, -1)
        depth = depth / opacity.clamp(min=1e-6)
        random = rng is not None and self.cfg.background == "random"
        behind = per_view(rng, B, 1, 1, 3).to(rgb) if random else float(self.cfg.background != "black")
        return Render(premultiplied, opacity, premultiplied, depth).over(behind)

    def regularizers(self, render: Render) -> dict[str, Tensor]:
        """variation: the mean absolute difference of neighbouring texels."""
        maps = self.drawn or self.maps()
        total = sum(each.diff(dim=-1).abs().sum() + each.diff(dim=-2).abs().sum() for each in maps)
        return {"variation": total / sum(each.numel() for each in maps)}

    def param_groups(self) -> list[dict]:
        return [{"name": "maps", "params": list(self.maps.parameters()), "lr": self.maps.rate}]

    @torch.no_grad()
    def after_step(self, step: int, progress: float, rng: torch.Generator) -> None:
        """Keep what this step's picture has not shown as it was, the rest within [0, 1]."""
        if self.pull is None:
            return
        pulled = torch.zeros_like(self.pull) if self.pull.grad is None else self.pull.grad
        shown = [(each != 0).any(1, keepdim=True) for each in parted(pulled, self.drawn)]
        self.maps.settle(self.before, shown)
        for i, each in enumerate(shown):
            self.shown(i).logical_or_(each)
        self.drawn, self.before, self.pull = [], [], None

    def shown(self, i: int) -> Tensor:
        """[n, 1, S, S] bool of the i-th size: texels that any step has shown."""
        return getattr(self, f"seen{i}")

    @torch.no_grad()
    def model(self) -> tuple[Model, list[np.ndarray]]:
        """The mesh with its texture, in its file's axes and units, and [S, S] bool of each material: the texels that were shown.

        Of its materials stay normal maps, cut-outs, glass, wrapping and names; color, metal, roughness and glow are new.
        """
        pictures, shown = dict(enumerate(self.maps())), []
        rank, taken = {size: i for i, size in enumerate(sorted(set(self.edges)))}, {}
        materials, part = [], np.zeros(len(self.mesh.faces), np.int32)
        for k, (numbers, material) in enumerate(self.mesh.worn):
            i = rank[self.edges[k]]
            row = taken[i] = taken.get(i, -1) + 1
            texture = (pictures[i][row].clamp(0, 1) * 255).round().byte().permute(1, 2, 0).cpu().numpy()
            if material.alpha != "OPAQUE" and material.texture is not None and material.texture.shape[2] == 4:
                texture = np.dstack([texture, spread(material.texture[..., 3], texture.shape[:2])])
            shown.append(self.shown(i)[row, 0].cpu().numpy())
            materials.append(replace(material, texture=texture, color=(1.0, 1.0, 1.0, material.color[3]),
                                     metallic=self.cfg.metallic, roughness=self.cfg.roughness, metallic_roughness=None,
                                     emissive=Material.emissive, emissive_texture=None))
            part[numbers] = k
        unchanged = {name: value for name, value in vars(self.mesh).items()
                     if name not in ("texture", "colors", "materials", "part")}
        return Model(**unchanged, materials=tuple(materials), part=part if len(materials) > 1 else None), shown


def parted(numbers: Tensor, maps: list[Tensor]) -> list[Tensor]:
    """``numbers`` [N] of all ``maps``, one after the other, in their shapes."""
    parts = numbers.split([each.numel() for each in maps])
    return [part.view_as(each) for part, each in zip(parts, maps, strict=True)]


def spread(plane: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """[H, W] of another size, by the nearest."""
    rows, columns = (np.arange(n) * m // n for n, m in zip(size, plane.shape, strict=True))
    return plane[rows[:, None], columns]


def edges(mesh: Mesh, largest: int) -> list[int]:
    """Of each worn material's map: the largest for the largest, the others by the root of their share of its area."""
    corners = mesh.vertices.astype(np.float64)[mesh.faces]
    areas = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    shares = np.array([areas[numbers].sum() for numbers, _ in mesh.worn])
    shares = np.sqrt(shares / max(shares.max(), 1e-300))
    return [int(min(largest, max(SMALLEST, 2 ** round(np.log2(max(largest * share, 1)))))) for share in shares]


def fitted(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """[V, 3] float64 with the centre of the bounding box of what ``faces`` use at the origin, and its diagonal 1.

    Raises:
        ValueError: it has no extent.
    """
    used = vertices[np.unique(faces)].astype(np.float64)
    low, high = used.min(0), used.max(0)
    diagonal = float(np.linalg.norm(high - low))
    if not diagonal > 0:
        raise ValueError("scene.mesh: has no extent, all its vertices are at one point")
    return (vertices - (low + high) / 2) / diagonal


def turned(up: str, front_deg: float) -> np.ndarray:
    """[3, 3] from the file's axes to the world's."""
    front, above = (np.array(axis, np.float64) for axis in PLANE[up])
    a = radians(front_deg)
    about = np.array([[cos(a), 0, -sin(a)], [0, 1, 0], [sin(a), 0, cos(a)]])            # brings azimuth a to the front
    return about @ np.stack([np.cross(above, front), above, front])


def area(triangles: Tensor) -> Tensor:
    """[M], twice that of [M, 3, 2]."""
    a, b = triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    return (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).abs()


Scene = TexturedMesh
