r"""What a mesh scene is painted with: a color, or a metallic-roughness material, from a hash grid at each point in space.

    color        c(x) = sigmoid(y_1..3),  y = MLP(hashgrid(x))              seen as it is, or sometimes in Lambertian light
    pbr          base c(x),  roughness 0.08 + 0.92 sigmoid(y_4),  metal sigmoid(y_5)          seen in light (``reflection.py``)

y_0 is a field's density, which a mesh has no use for: so a field's layers can be copied. A material's light is the camera's
neighbour in training, at random, one a picture, and over the viewer's shoulder else; what is kept is the material without
light. Fantasia3D (arXiv:2303.13873, section 3.3) learns a material so, under a fixed environment of many lights.
"""

from typing import Any

import torch
from torch import Tensor
from torch.nn import Parameter
from torch.nn.functional import normalize

from . import color_fit, field_weights
from .camera import Camera
from .mirror import Symmetry
from .ops.field import field
from .ops.hashgrid import Layout
from .reflection import integrated, over_the_shoulder, shaded
from .scene import Mirrored
from .shading import lambert, random_light
from .srgb import decode, encode

COLOR = slice(1, 4)                 # of the outputs
ROUGH_METAL = slice(4, 6)
SMOOTHEST = 0.08                    # roughness at the least: a sharper highlight falls between the pixels (Fantasia3D)
DULL = (0.0, -2.0)                  # y_4 and y_5 at the start: half rough, hardly a metal
NAMES = ("table", "w1", "w2", "b2")


class Painted(torch.nn.Module):
    """``cfg`` is the scene's; see ``scenes/mesh.py``."""

    def __init__(self, cfg: Any, rng: torch.Generator):
        super().__init__()
        self.cfg, self.layout = cfg, Layout(cfg.levels, cfg.base, cfg.finest, cfg.log2_table)
        self.table, self.w1, w2 = field_weights.drawn(self.layout, cfg.hidden, rng)
        more = 2 if cfg.material == "pbr" else 0
        self.w2 = Parameter(torch.cat([w2.detach(), w2.new_zeros(more, cfg.hidden)]))
        self.b2 = Parameter(torch.cat([torch.zeros(4), torch.tensor(DULL)[:more]]))
        self.symmetry = Symmetry(cfg.mirror)
        self.register_load_state_dict_pre_hook(widened)

    def outputs(self, x: Tensor) -> Tensor:
        """[M, C] at points x [M, 3] in the world; differentiable in the table and the layers."""
        return field((self.symmetry.folded(x) + 0.5).clamp(0, 1), self.table, self.w1, self.w2, self.b2, self.layout)

    def evaluate(self, x: Tensor) -> Tensor:
        """sRGB [M, 3] at points x [M, 3] in the world, without light; differentiable as ``outputs``."""
        return self.outputs(x)[:, COLOR].sigmoid()

    @torch.no_grad()
    def color(self, points: Tensor) -> Tensor:
        """sRGB [N, 3] in [0, 1] at points [N, 3] in the world, without light."""
        return self.evaluate(points)

    @torch.no_grad()
    def material(self, points: Tensor) -> Tensor | None:
        """Roughness and metal [N, 2] in [0, 1] at points [N, 3] in the world; None of what has only a color."""
        return rough_metal(self.outputs(points)) if self.cfg.material == "pbr" else None

    def seen(self, x: Tensor, normal: Tensor, camera: Camera, view: Tensor, rng: torch.Generator | None) -> Tensor:
        """[M, 3] what the pictures show at points x [M, 3] in the world with unit normals, seen by cameras ``view`` [M]."""
        cfg = self.cfg
        if cfg.picture == "normal":
            if cfg.frame == "camera":
                normal = torch.einsum("mji,mj->mi", camera.c2w[view, :3, :3], normal)
            return (normal + 1) / 2
        if cfg.material == "pbr":
            light = over_the_shoulder(camera) if rng is None else normalize(random_light(camera, rng), dim=-1)
            y, away = self.outputs(x), normalize(camera.position[view] - x, dim=-1)
            rough, metal = rough_metal(y).split(1, -1)
            radiance = shaded(decode(y[:, COLOR].sigmoid()), normal, away, light[view], rough, metal, integrated)
            return encode(radiance.clamp(0, 1))
        color = self.evaluate(x)
        if rng is None or not torch.rand((), generator=rng) < cfg.shaded:
            return color
        light = random_light(camera, rng)[view]
        white = torch.rand((), generator=rng) < cfg.textureless
        return lambert(torch.ones_like(color) if white else color, normal, light - x)

    def paint(self, points: Tensor, rgb: Tensor) -> None:
        """Make the colors sRGB ``rgb`` [N, 3] at points [N, 3] in the world."""
        color_fit.fit_points([getattr(self, name) for name in NAMES], self.evaluate, points, rgb)

    def inherit(self, before: Any, surface: tuple[Tensor, Tensor] | None) -> None:
        """Take the colors of a field: its layers where they are of the same sizes and of both sides, or mirrored as these are;
        else fitted on a surface, vertices [V, 3] and faces [F, 3], where there is one."""
        mine, theirs = ({name: one for name, one in scene.state_dict().items() if name in NAMES} for scene in (self, before))
        mine |= {name: mine[name][:4] for name in ("w2", "b2")}
        axis = before.symmetry.axis if isinstance(before, Mirrored) else None
        same = all(name in theirs and theirs[name].shape == mine[name].shape for name in NAMES)
        if same and axis in (None, self.symmetry.axis):
            for name in NAMES:
                mine[name].copy_(theirs[name])
        elif surface is not None:
            color_fit.fit([getattr(self, name) for name in NAMES], self.evaluate, *surface, before.color)


def widened(scene: Painted, state: dict[str, Tensor], prefix: str, *_: Any) -> None:
    """Let a material follow a color: of the outputs that this has not, it keeps its own start."""
    for name in ("w2", "b2"):
        mine = getattr(scene, name)
        if (theirs := state.get(prefix + name)) is not None and len(theirs) < len(mine):
            state[prefix + name] = torch.cat([theirs, mine.detach()[len(theirs):]])


def rough_metal(y: Tensor) -> Tensor:
    """[M, 2] of the outputs [M, 6]."""
    return y[:, ROUGH_METAL].sigmoid() * y.new_tensor([1 - SMOOTHEST, 1]) + y.new_tensor([SMOOTHEST, 0])
