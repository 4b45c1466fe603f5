r"""A neural radiance field: hash grid, one hidden layer, an occupancy grid, front-to-back compositing.

    (raw, c_raw) = MLP(hashgrid(x)),    sigma(x) = per_metre f(raw + blob g(|x|)),    c(x) = sigmoid(c_raw)
    C(ray) = sum_i T_i (1 - exp(-sigma_i delta)) c_i                                      (ops/composite)

    f = exp(z), cut at 11; trunc_exp: exp, its gradient alone cut, at 15; softplus: log(1 + exp(z))
    g = 1 - r / radius, linear: Magic3D, arXiv:2211.10440; exp(-r^2 / 2 radius^2), gaussian: DreamFusion, arXiv:2209.14988

The blob is at the start a soft ball in the middle, the same for every prompt; its numbers belong to their f. The field
lives in the box [-0.5, 0.5]^3, and samples are taken only in cells of the occupancy grid, which follows the density
(Instant-NGP, arXiv:2201.05989, sec. 5.3).

Differentiable in the table and the layers; not in the camera, nor in where the samples lie.
"""

import warnings
from dataclasses import dataclass
from math import isfinite, log
from typing import Literal

import torch
from torch import Tensor
from torch.nn import Parameter

from .. import field_weights
from ..background import Background
from ..camera import Camera, rays
from ..draws import normal_per_view, per_view
from ..mirror import Symmetry
from ..occupancy import Occupancy
from ..ops.composite import composite
from ..ops.field import field
from ..ops.hashgrid import Layout
from ..ops.march import Samples, march, ray_of
from ..scene import Render
from ..shading import lambert, random_light
from ._config import GRID, fractions, not_negative, positive, within

CAMERA = "Camera"
ASSET = "Mesh"
REGULARIZERS = ("opacity", "entropy", "z_variance", "orient")


@dataclass
class Config:
    particles: int = 1              # fields that share the method; see renderers/particles.py
    levels: int = 12                # of the hash grid, 2 features each
    base: int = 16                  # cells along an edge of the box, coarsest level
    finest: int = 256               # ... and finest level
    log2_table: int = 15            # rows of a level at most, log2
    hidden: int = 32                # width of the one hidden layer
    first_levels: float = 6         # in use at the start; finer ones fade in one by one ...
    all_levels: float = 0.4         # ... until progress has come this far (0: all from the start)
    density: Literal["exp", "trunc_exp", "softplus"] = "exp"        # f
    per_metre: float = 1.0          # sigma / f: 2 where a metre is two of the lengths in which the numbers were given
    blob: float = 4.0               # what the starting blob adds to raw at the origin
    blob_shape: Literal["linear", "gaussian"] = "linear"
    radius: float = 0.35            # metres, where a linear blob is 0; a gaussian's standard deviation
    bias: float = -1.0              # raw of the untrained network
    mirror: Literal["none", "x", "z", "auto"] = "none"          # across which axis it is its own image; see mirror.py
    mirror_from: float = 0.6        # auto: progress at which that is looked for
    noise: float = 0.0              # standard deviation of what is added to raw in training pictures
    samples: int = 128              # across an edge of the box; the step is 1 / samples metres
    capacity: int = 0               # samples of a step at most, with which a GPU is not waited for; 0: as many as there are
    cells: int = 64                 # of the occupancy grid along an edge
    refresh: int = 16               # steps between refreshes of the occupancy grid
    opaque: float = 0.004           # a cell whose samples would have less opacity than this is skipped
    shaded: float = 0.0             # probability of a Lambertian training picture ...
    shaded_from: float = 0.2        # ... from this progress on
    textureless: float = 0.5        # ... and then, of a white one
    normals: Literal["shaded", "all"] = "shaded"        # the training pictures with normals, which alone have orient
    layers_rate: float = 0.3        # learning rate of the layers, as a share of the grid's
    background_rate: float = 0.1    # ... and of a learned background
    background: Literal["random", "white", "black", "learned"] = "random"

    def __post_init__(self):
        positive(self, "particles", "hidden", "samples", "cells", "refresh", "radius", "per_metre")
        if self.hidden % 4:
            raise ValueError(f"hidden: need a multiple of 4, got {self.hidden}")
        if self.finest < self.base:
            raise ValueError(f"finest: need >= base = {self.base}, got {self.finest}")
        within(self, **GRID)
        fractions(self, "all_levels", "mirror_from", "opaque", "shaded", "shaded_from", "textureless")
        not_negative(self, "first_levels", "capacity", "noise", "layers_rate", "background_rate")
        for name in ("blob", "bias"):
            if not isfinite(getattr(self, name)):
                raise ValueError(f"{name}: need a finite number, got {getattr(self, name)}")

    @property
    def lacks(self) -> dict[str, dict[str, object]]:
        """The regularizers that it does not have, and with which settings: without normals no orient."""
        if self.normals == "all" or self.shaded and self.shaded_from < 1:
            return {}
        return {"orient": {"normals": self.normals, **({"shaded_from": 1} if self.shaded else {"shaded": 0})}}


@dataclass(frozen=True)
class NerfRender(Render):
    """A Render with what the regularizers need: the samples it was made of."""

    samples: Samples | None = None          # M samples on the B * H * W rays
    weights: Tensor | None = None           # [M] their share of the ray's color
    facing: Tensor | None = None            # [M] normal . ray direction, > 0 looks away; None if no normals were made


class NERF(torch.nn.Module):
    failure_hints = {"empty": "lower regularizers.opacity or raise scene.blob", "flat": "raise guidance.guidance_scale",
                     "full": "raise regularizers.opacity or regularizers.entropy"}

    def __init__(self, cfg: Config, rng: torch.Generator):
        super().__init__()
        self.cfg = cfg
        self.layout = Layout(cfg.levels, cfg.base, cfg.finest, cfg.log2_table)
        self.table, self.w1, self.w2 = field_weights.drawn(self.layout, cfg.hidden, rng)
        self.b2 = Parameter(torch.tensor([cfg.bias, 0.0, 0.0, 0.0]))
        self.background = Background(cfg.background, rng)
        self.symmetry = Symmetry(cfg.mirror)
        self.occupancy = Occupancy(cfg.cells)
        self.levels_in_use = float(cfg.levels)
        self.found: Tensor | None = None                # samples of a step, where they have a capacity

    def render(self, camera: Camera, progress: float = 1.0, rng: torch.Generator | None = None) -> NerfRender:
        cfg = self.cfg
        B, (H, W) = len(camera), camera.size
        self.levels_in_use = self.active(progress)
        origins, directions = (r.reshape(-1, 3) for r in rays(camera))
        jitter = per_view(rng, len(origins)).to(origins) if rng else torch.full_like(origins[:, 0], 0.5)
        capacity = cfg.capacity if rng and cfg.capacity else None               # other pictures than a step's are larger
        samples = march(origins, directions, self.occupancy.cells, 1 / cfg.samples, jitter, self.occupancy.steady / cfg.samples,
                        capacity)
        self.found = samples.found if capacity else None

        noise = None
        if rng is not None and cfg.noise:
            begin = samples.offsets[:-1:H * W]                  # of each view's samples
            counts = begin.diff(append=begin.new_tensor([len(samples.x)])).tolist()
            noise = cfg.noise * normal_per_view(rng, counts).to(samples.x)
        log_sigma, rgb = self.evaluate(samples.x, noise)
        facing = None
        shaded = rng is not None and progress >= cfg.shaded_from and bool(torch.rand((), generator=rng) < cfg.shaded)
        if shaded or rng is not None and cfg.normals == "all":
            normal = self.normals(samples.x)                                        # [M, 3]
            ray = ray_of(samples).clamp(max=B * H * W - 1)      # a row that is no ray's weighs nothing
            facing = (normal * directions[ray]).sum(-1)
        if shaded:
            light = random_light(camera, rng)[ray // (H * W)]                       # [M, 3]
            white = torch.rand((), generator=rng) < cfg.textureless
            rgb = lambert(torch.ones_like(rgb) if white else rgb, normal, light - (samples.x - 0.5))

        out = composite(self.sigma(log_sigma), rgb, samples.t, 1 / cfg.samples, samples.offsets)
        premultiplied, opacity = out.rgb.view(B, H, W, 3), out.opacity.view(B, H, W, 1)
        behind = self.background(directions.view(B, H, W, 3), rng)
        depth = out.depth.view(B, H, W, 1) / opacity.clamp(min=1e-6)
        return NerfRender(premultiplied, opacity, premultiplied, depth, samples=samples, weights=out.weights,
                          facing=facing).over(behind)

    def active(self, progress: float) -> float:
        """Levels of the hash grid in use, a fraction fades the last one in: coarse shape first, detail later."""
        first, last = min(self.cfg.first_levels, self.cfg.levels), self.cfg.levels
        return last if progress >= self.cfg.all_levels else first + (last - first) * progress / self.cfg.all_levels

    def evaluate(self, x: Tensor, noise: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """log sigma [M] and sRGB color [M, 3] at x [M, 3] in the unit cube; ``noise`` [M] is added to raw."""
        x = self.symmetry.folded(x, middle=0.5)
        out = field(x, self.table, self.w1, self.w2, self.b2, self.layout, self.levels_in_use)
        r = (x - 0.5).square().sum(-1).sqrt()       # torch's own norm over three numbers is ten times slower on a CPU
        g = r / self.cfg.radius
        g = 1 - g if self.cfg.blob_shape == "linear" else (-0.5 * g.square()).exp()
        z = out[:, 0] + self.cfg.blob * g
        if noise is not None:
            z = z + noise
        if self.cfg.density == "softplus":
            z = log_softplus(z)
        return z + log(self.cfg.per_metre), out[:, 1:].sigmoid()

    def sigma(self, log_sigma: Tensor) -> Tensor:
        """Density from its logarithm: 6e4 per metre is opaque within any step, and exp's gradient must stay finite."""
        if self.cfg.density != "trunc_exp":
            return log_sigma.clamp(max=11).exp()
        here = log_sigma.detach()
        return here.clamp(max=80).exp() + here.clamp(max=15).exp() * (log_sigma - here)

    def normals(self, x: Tensor) -> Tensor:
        """Outward unit normals [M, 3]: minus the gradient of log sigma, by differences over a tetrahedron's corners.

        First order in the parameters (four more field evaluations), where autograd's normal would need a second backward.
        """
        corners = x.new_tensor([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
        h = 1 / self.cfg.samples
        near = (x[None] + h / 3**0.5 * corners[:, None]).clamp(0, 1)                # [4, M, 3]
        log_sigma = self.evaluate(near.reshape(-1, 3))[0].view(4, -1)
        return torch.nn.functional.normalize(-(log_sigma[..., None] * corners[:, None]).sum(0), dim=-1, eps=1e-6)

    def regularizers(self, render: NerfRender) -> dict[str, Tensor]:
        """opacity and entropy per pixel (DreamFusion App. A.2; Latent-NeRF), z_variance and orient per ray (HiFA; Ref-NeRF)."""
        a = render.opacity.clamp(1e-4, 1 - 1e-4)
        out = {"opacity": (render.opacity.square() + 0.01).sqrt().mean(),
               "entropy": -(a * a.log() + (1 - a) * (1 - a).log()).mean(),
               "z_variance": z_variance(render)}
        if render.facing is not None:
            out["orient"] = (render.weights.detach() * render.facing.clamp(min=0).square()).sum() / a.numel()
        return out

    def param_groups(self) -> list[dict]:
        return [{"name": "table", "params": [self.table], "lr": 1.0},
                {"name": "layers", "params": [self.w1, self.w2, self.b2], "lr": self.cfg.layers_rate},
                *({**group, "lr": self.cfg.background_rate} for group in self.background.param_groups())]

    @torch.no_grad()
    def after_step(self, step: int, progress: float, rng: torch.Generator) -> None:
        self.levels_in_use = self.active(progress)          # also where this step has shown other particles
        if progress >= self.cfg.mirror_from:
            self.symmetry.look(self.density, self.table.device)
        if step % self.cfg.refresh == 0:
            self.look_for_room()
            self.occupancy.refresh(lambda x: self.sigma(self.evaluate(x)[0]), self.cfg.opaque * self.cfg.samples, rng)

    def look_for_room(self) -> None:
        """Warn where a step's samples were more than ``capacity``, so that its last rays have lost theirs."""
        if self.found is not None and (found := int(self.found)) > self.cfg.capacity:
            warnings.warn(f"nerf: a step has {found} samples, and scene.capacity is {self.cfg.capacity}: the last rows of the "
                          "pictures are empty; raise it", stacklevel=2)

    @torch.no_grad()
    def density(self, points: Tensor) -> Tensor:
        """sigma [N], 1 / metre, at points [N, 3] in the world; 0 outside the box and in skipped cells, as it is drawn."""
        x = points + 0.5
        return self.sigma(self.evaluate(x.clamp(0, 1))[0]) * self.occupancy.holds(x)

    @torch.no_grad()
    def color(self, points: Tensor) -> Tensor:
        """sRGB [N, 3] in [0, 1] at points [N, 3] in the world."""
        return self.evaluate((points + 0.5).clamp(0, 1))[1]


def log_softplus(z: Tensor) -> Tensor:
    """log log(1 + exp(z)), which is z itself, to float32, where exp(z) is lost beside 1."""
    return torch.where(z < -20, z, torch.nn.functional.softplus(z.clamp(min=-20)).log())


def z_variance(render: NerfRender) -> Tensor:
    """Mean over the rays that hit something of sum_i w_i (t_i - mean)^2 / sum_i w_i, square metres (HiFA, arXiv:2305.18766)."""
    w, t = render.weights, render.samples.t
    R, ray = len(render.samples.offsets) - 1, ray_of(render.samples)
    total, first, second = (torch.zeros(R + 1, device=w.device).index_add(0, ray, v)[:R] for v in (w, w * t, w * t * t))
    hit = total.detach() > 0.5
    total = torch.where(hit, total, 1)
    variance = (second / total - (first / total).square()).clamp(min=0)
    return torch.where(hit, variance, 0).sum() / hit.sum().clamp(min=1)


Scene = NERF
