r"""Anisotropic 3D Gaussians, a few thousand of them, splatted (ops/splat).

    s = exp(log_scales),   o = sigmoid(opacity_logits),   c = 1/2 + Y0 colors, at least 0,   Sigma = R(q) diag(s)^2 R(q)^T

3D Gaussian Splatting (arXiv:2308.04079) as DreamGaussian (arXiv:2309.16653) distils into it, but for what depends on the
size of the loss: their number grows by a quantile and dead ones are relocated (``renderers/density_control.py``). It begins
from the surface of the stage before (a short NeRF does what Point-E and Shap-E do for GaussianDreamer, arXiv:2310.08529),
as a ball, as the Gaussians of a file, or on the surface of a mesh's.

Opacity compensation is always on: at the 64 pixels of a prior the blur of 0.3 pixels^2 would otherwise be a part of the
object, and a larger picture would show holes. Differentiable in all parameters.
"""

import math
import warnings
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import Parameter

from .. import density_control as control
from .. import gaussian_field, lit_points
from ..assets import Splats
from ..background import Background
from ..camera import Camera, rays
from ..ops.splat import splat
from ..ops.splat.reference import rotation
from ..rows import take
from ..scene import Field, Render
from ..splats import Y0
from ._config import fractions, not_negative, positive

CAMERA = "Camera"
ASSET = "Splats"
REGULARIZERS = ("opacity", "entropy", "anisotropy", "outside", "scale")
ROWS = ("positions", "log_scales", "quaternions", "opacity_logits", "colors")       # one of each Gaussian
WIDTH = 0.8             # scale at the start over the distance of neighbours; at half of them a surface is grainy
FAINTEST = 0.02         # opacity at the start, of those that begin in fog
INNER = 0.5 - 0.5 / gaussian_field.CELLS        # centre of the outermost voxels
ALONE = 3.0             # the largest scale at the start over the median
LONG = 4.0              # the largest scale over the middle one, from which on anisotropy is penalized


@dataclass
class Config:
    particles: int = 1              # sets of Gaussians that share the method; see renderers/particles.py
    count: int = 4000               # Gaussians at the start
    cap: int = 10000                # ... and at most
    radius: float = 0.25            # metres, of the ball that it begins as where no stage is before it
    opacity: float = 0.8            # at the start, from a surface; a ball begins with a quarter of that
    scales_rate: float = 5          # learning rates as multiples of the positions', which is the recipe's
    quaternions_rate: float = 5
    opacities_rate: float = 50
    colors_rate: float = 10
    positions_end: float = 1        # what is left of these rates at the end; they fall geometrically, besides optim.lr_end
    scales_end: float = 1
    quaternions_end: float = 1
    colors_end: float = 1
    every: int = 50                 # steps between changes of the number ...
    begin: float = 0.2              # ... from this progress ...
    finish: float = 0.8             # ... to this one
    split: float = 0.02             # share of them that is split each time, up to cap
    fill: float = 0.0               # share of them that is added each time where neighbours do not touch, up to cap
    background_rate: float = 0.1    # of a learned background
    background: Literal["random", "white", "black", "learned"] = "random"

    def __post_init__(self):
        positive(self, "particles", "count", "radius", "every")
        if self.cap < self.count:
            raise ValueError(f"cap: need >= count = {self.count}, got {self.cap}")
        if not 0 < self.opacity < 1:
            raise ValueError(f"opacity: need > 0 and < 1, as a sigmoid's is, got {self.opacity}")
        fractions(self, "begin", "finish", "split", "fill")
        if self.finish < self.begin:
            raise ValueError(f"finish: need >= begin = {self.begin}, got {self.finish}")
        not_negative(self, "scales_rate", "quaternions_rate", "opacities_rate", "colors_rate", "background_rate")
        positive(self, "positions_end", "scales_end", "quaternions_end", "colors_end")


class GAUSSIANS(torch.nn.Module):
    failure_hints = {"empty": "all Gaussians are transparent or out of sight: lower optim.lr or regularizers.opacity",
                     "full": "raise regularizers.scale or lower scene.scales_rate", "flat": "raise guidance.guidance_scale"}

    def __init__(self, cfg: Config, rng: torch.Generator):
        super().__init__()
        self.cfg, self.pull = cfg, None             # pull [B, N, 2]: screen-space positions of the newest training picture
        direction = torch.nn.functional.normalize(torch.randn(cfg.count, 3, generator=rng), dim=1)
        positions = cfg.radius * torch.rand(cfg.count, 1, generator=rng) ** (1 / 3) * direction
        gray = 0.1 * torch.randn(cfg.count, 3, generator=rng) / Y0
        self.background = Background(cfg.background, rng)
        self.draw = int(torch.randint(2**31, (), generator=rng))        # what ``follow`` draws from
        self.register_buffer("pixel", torch.zeros(()))                  # metres, of the newest training picture
        self.place(positions, gray, cfg.opacity / 4)

    def place(self, positions: Tensor, colors: Tensor, most: float, density: Tensor | None = None) -> None:
        """Begin as round Gaussians of WIDTH times the mean distance of the three nearest neighbours, but for lone ones.

        Their opacity is ``most``, or what light loses in a field of ``density`` [N], 1 / metre, on a ray through the middle of
        the Gaussian, if that is less: fog begins as fog.
        """
        N = len(positions)
        apart = control.nearest(positions, control.NEIGHBOURS)[0].mean(1).nan_to_num(0.1)           # of a single one
        scale = (WIDTH * apart).clamp(1e-4, control.LARGEST / 2)
        scale = scale.clamp(max=ALONE * float(scale.median())).log()
        unit = torch.tensor([1.0, 0, 0, 0], device=positions.device)
        opacity = torch.full_like(scale, most)
        if density is not None:
            opacity = opacity.minimum(-torch.expm1(-math.sqrt(2 * math.pi) * density * scale.exp())).clamp(min=FAINTEST)
        self.hold((positions, scale[:, None].expand(N, 3), unit.expand(N, 4), opacity.logit(), colors))

    def hold(self, values: tuple[Tensor, ...]) -> None:
        """Have these ROWS; parameters that there are stay the same objects, which an optimizer knows."""
        for name, value in zip(ROWS, values, strict=True):
            if name in self._parameters:
                getattr(self, name).data = value.contiguous().clone()
            else:
                setattr(self, name, Parameter(value.contiguous().clone()))
        N, device = len(values[0]), values[0].device
        self.register_buffer("pulled", torch.zeros(N, device=device))               # sums over views of |gradient|
        self.register_buffer("views", torch.zeros(N, device=device))                # ... of so many

    def appearance(self) -> tuple[Tensor, ...]:
        """Positions, scales, quaternions, opacities, colors, as ``splat`` takes them."""
        return (self.positions, self.log_scales.exp(), self.quaternions, self.opacity_logits.sigmoid(),
                (0.5 + Y0 * self.colors).clamp(min=0))

    def render(self, camera: Camera, progress: float = 1.0, rng: torch.Generator | None = None) -> Render:
        shift = None
        if rng is not None:
            shift = self.pull = torch.zeros(len(camera), len(self.positions), 2, device=self.positions.device,
                                            requires_grad=torch.is_grad_enabled())
            self.pixel.copy_((camera.position.norm(dim=1) / camera.focal).mean())
        out = splat(*self.appearance(), camera, shift)
        behind = self.background(rays(camera)[1], rng)
        return Render(out.rgb, out.opacity, out.rgb, out.depth / out.opacity.clamp(min=1e-6)).over(behind)

    def regularizers(self, render: Render) -> dict[str, Tensor]:
        """opacity and entropy per pixel, as of a NeRF; anisotropy, outside and scale (metres) per Gaussian."""
        a = render.opacity.clamp(1e-4, 1 - 1e-4)
        ordered = self.log_scales.sort(1).values
        return {"opacity": (render.opacity.square() + 0.01).sqrt().mean(),
                "entropy": -(a * a.log() + (1 - a) * (1 - a).log()).mean(),
                "anisotropy": ((ordered[:, 2] - ordered[:, 1]).exp() - LONG).clamp(min=0).mean(),
                "outside": (self.positions.abs() - 0.5).clamp(min=0).sum(1).mean(),
                "scale": self.log_scales.exp().mean()}

    def param_groups(self) -> list[dict]:
        cfg = self.cfg
        rates = (1.0, cfg.scales_rate, cfg.quaternions_rate, cfg.opacities_rate, cfg.colors_rate)
        ends = (cfg.positions_end, cfg.scales_end, cfg.quaternions_end, 1.0, cfg.colors_end)
        return [*({"name": name, "params": [getattr(self, name)], "lr": rate, "end": end}
                  for name, rate, end in zip(ROWS, rates, ends, strict=True)),
                *({**group, "lr": cfg.background_rate} for group in self.background.param_groups())]

    @torch.no_grad()
    def after_step(self, step: int, progress: float, rng: torch.Generator) -> None:
        """Count the screen-space gradients of the step, once: a particle that the next one does not show has none."""
        if self.pull is not None and self.pull.grad is not None:
            size = self.pull.grad.norm(dim=-1)                          # [B, N]
            self.pulled += size.sum(0)
            self.views += (size > 0).sum(0)
        self.pull = None

    @torch.no_grad()
    def change_rows(self, optimizer: torch.optim.Optimizer, step: int, progress: float, rng: torch.Generator) -> None:
        """Relocate, split, fill and remove, every ``every`` steps; see density_control.py."""
        cfg, parameters = self.cfg, [getattr(self, name) for name in ROWS]
        if (step + 1) % cfg.every or not cfg.begin <= progress <= cfg.finish:
            return
        _, scale, _, opacity, _ = self.appearance()
        pulled, views = self.pulled, self.views
        keep = (scale.amax(1) <= control.LARGEST).nonzero()[:, 0]
        if 0 < len(keep) < len(opacity):
            self.take(optimizer, parameters, keep, torch.zeros_like(keep, dtype=torch.bool))
            scale, opacity, pulled, views = scale[keep], opacity[keep], pulled[keep], views[keep]
        N, device = len(opacity), opacity.device
        dead, live = (opacity < control.DEAD).nonzero()[:, 0], (opacity >= control.DEAD).nonzero()[:, 0]
        if not len(live):
            return                                                      # the run's health ends it
        index, fresh = torch.arange(N, device=device), torch.zeros(N, dtype=torch.bool, device=device)
        alone = ~fresh
        if len(dead):
            area = scale.sort(1).values[:, 1:].prod(1)
            index[dead] = live[control.targets((opacity * area)[live], len(dead), rng)]
            count = index.bincount(minlength=N)                         # at the place of each; none at a dead one's
            several, alone = count > 1, count == 1
            o, s = control.shared(opacity[several], scale[several], count[several].clamp(max=control.MOST))
            opacity[several], scale[several] = o.clamp(control.DEAD / 2, 1 - 1e-4), s
            fresh = several[index]
        room = min(cfg.cap - N, N)
        parents = control.largest(pulled, views, cfg.split, room) if room > 0 else index[:0]
        parents = parents[alone[parents]]
        index, fresh = torch.cat([index, parents]), torch.cat([fresh, torch.ones_like(parents, dtype=torch.bool)])
        fresh[parents] = True
        scale[parents] /= control.SHRINK
        self.take(optimizer, parameters, index, fresh)
        self.log_scales.copy_(scale[index].log())
        self.opacity_logits.copy_(opacity[index].clamp(1e-6, 1 - 1e-6).logit())
        both = torch.cat([parents, torch.arange(N, len(index), device=device)])
        noise = torch.randn(len(both), 3, generator=rng).to(self.positions) * control.SHRINK * self.log_scales[both].exp()
        self.positions[both] += (rotation(self.quaternions[both]) @ noise[:, :, None])[..., 0]
        self.fill(optimizer, parameters)

    def fill(self, optimizer: torch.optim.Optimizer, parameters: list[Parameter]) -> None:
        """Put a round one into each of the largest gaps, with the color and the opacity of one beside it."""
        N = len(self.positions)
        room = min(int(self.cfg.fill * N), self.cfg.cap - N)
        if room <= 0:
            return
        beside, middle, scale = control.gaps(self.positions, self.log_scales.exp(), self.quaternions, room)
        index = torch.cat([torch.arange(N, device=beside.device), beside])
        self.take(optimizer, parameters, index, torch.arange(len(index), device=beside.device) >= N)
        self.positions[N:], self.log_scales[N:] = middle, scale.log()[:, None]

    def take(self, optimizer: torch.optim.Optimizer, parameters: list[Parameter], index: Tensor, fresh: Tensor) -> None:
        take(optimizer, parameters, index, fresh)
        self.pulled, self.views = (torch.zeros_like(fresh, dtype=torch.float32) for _ in range(2))

    @torch.no_grad()
    def failure(self) -> str | None:
        """Not a number, dead or exploding: these show in pictures late, or as something else."""
        N = len(self.positions)
        broken = ~torch.cat([getattr(self, name).view(N, -1) for name in ROWS], 1).isfinite().all(1)
        live = self.opacity_logits.sigmoid() >= control.DEAD
        huge = self.log_scales.amax(1) > math.log(control.LARGEST)
        broken, live, huge = torch.stack([broken.sum(), live.sum(), huge.sum()]).tolist()
        if broken:
            return (f"not a number: {broken:,} of {N:,} Gaussians have no finite position, scale, rotation, opacity or color; "
                    "lower optim.lr")
        if not live:
            return (f"dead: none of {N:,} Gaussians is more opaque than {control.DEAD}; lower scene.opacities_rate or "
                    "regularizers.opacity")
        if huge > N / 2:
            return (f"exploding: {huge:,} of {N:,} Gaussians are larger than {control.LARGEST} m, a fifth of the box; lower "
                    "scene.scales_rate or raise regularizers.scale")
        return None

    def begin_stage(self) -> None:
        """``scene.Staged``: the gradients of another guidance do not count; more Gaussians than ``cap`` stay, with a warning."""
        for of_stage in (self.pulled, self.views):
            of_stage.zero_()
        if (N := len(self.positions)) > self.cfg.cap:
            warnings.warn(f"the stage before leaves {N:,} Gaussians, and scene.cap is {self.cfg.cap:,}: none will be added",
                          stacklevel=2)

    @torch.no_grad()
    def follow(self, before: object) -> None:
        """Begin where a field takes light from the outside, with its colors; raises ValueError for another scene or an empty
        field. A surface gets most of them, and fog, as thin parts of a short NeRF are, its share."""
        if not isinstance(before, Field):
            raise ValueError(f"{type(before).__name__} is no field: Gaussians follow a NeRF or their own kind")
        rng = torch.Generator().manual_seed(self.draw)
        points, density = lit_points.drawn(before, self.cfg.count, rng, self.positions.device)
        self.place(points, (before.color(points) - 0.5) / Y0, self.cfg.opacity, density)

    def assume(self, splats: Splats) -> None:
        """Begin as these; raises ValueError for more than ``cap``."""
        if len(splats.positions) > self.cfg.cap:
            raise ValueError(f"{len(splats.positions):,} Gaussians; raise scene.cap, which is {self.cfg.cap:,}")
        self.hold(tuple(torch.from_numpy(getattr(splats, name)).to(self.positions) for name in ROWS))

    def cover(self, points: Tensor, rgb: Tensor) -> None:
        """Begin on points [N, 3] of a surface, of sRGB [N, 3] in [0, 1]."""
        self.place(points.to(self.positions), (rgb.to(self.positions) - 0.5) / Y0, self.cfg.opacity)

    def splats(self) -> Splats:
        quaternions = torch.nn.functional.normalize(self.quaternions, dim=1)
        arrays = (self.positions, self.log_scales, quaternions, self.opacity_logits, self.colors)
        return Splats(*(a.detach().cpu().numpy().copy() for a in arrays), pixel=float(self.pixel))

    def grid(self) -> Tensor:
        """[4, R, R, R], made once for parameters as they are."""
        key = [(p.data_ptr(), p._version) for p in (getattr(self, name) for name in ROWS)]
        if getattr(self, "cached", (None,))[0] != key:
            *shape, colors = self.appearance()
            self.cached = key, gaussian_field.grid(*shape, colors.clamp(max=1))
        return self.cached[1]

    @torch.no_grad()
    def density(self, points: Tensor) -> Tensor:
        """sigma [N], 1 / metre, at points [N, 3] in the world; see gaussian_field.py."""
        return gaussian_field.sampled(self.grid()[:1], points)[:, 0]

    @torch.no_grad()
    def color(self, points: Tensor) -> Tensor:
        """sRGB [N, 3] in [0, 1] at points [N, 3] in the world."""
        return gaussian_field.sampled(self.grid()[1:], points.clamp(-INNER, INNER)).clamp(0, 1)

    def _load_from_state_dict(self, state_dict, prefix, *rest):
        """Take the number of Gaussians that was saved, then the values."""
        for name in (*ROWS, "pulled", "views"):
            if prefix + name in state_dict:
                mine = getattr(self, name)
                mine.data = mine.data.new_empty(state_dict[prefix + name].shape)
        super()._load_from_state_dict(state_dict, prefix, *rest)


Scene = GAUSSIANS
