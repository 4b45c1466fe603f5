r"""Example 2: a scene of your own, a picture made of soft discs.

    python examples/2_scene.py "a red apple" --steps 150

N discs, painted in order, each with a centre c, a radius r, a color and an opacity o. Disc n covers a point p by

    a_n(p) = o_n sigmoid((r_n - |p - c_n|) / soft),         premultiplied <- (1 - a_n) premultiplied + a_n color_n
                                                            opacity       <- (1 - a_n) opacity       + a_n

which is differentiable in everything, the edge included. A scene is a module with the methods of
``renderers.scene.Scene``. The file is a kind of scene, because it exports ``Config`` and ``Scene``; so a recipe takes its
path, and the loop, the checkpoints and the export are those of every other run:

    dreamgen run text-to-image prompt="a red apple" stages.0.scene.kind=examples/2_scene.py
"""

import argparse
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import Parameter

import dreamgen
from renderers.scene import Render
from renderers.sheet import Sheet, places

CAMERA = "Sheet"                    # what it is drawn from: views of a flat picture
ASSET = "Raster"                    # what it becomes: see dreamgen/export/picture.py
REGULARIZERS = ("size",)               # names of its regularizers, which a recipe may weight


@dataclass
class Config:
    discs: int = 64
    soft: float = 0.02              # half-width of an edge; the picture is 2 wide
    radius: float = 0.25            # mean radius at the start
    size: int = 64                  # pixels of the edge of the exported picture
    particles: int = 1              # scenes that share a run

    def __post_init__(self):
        for name in ("discs", "soft", "radius", "size", "particles"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name}: need > 0, got {getattr(self, name)}")


class DISCS(torch.nn.Module):
    def __init__(self, cfg: Config, rng: torch.Generator):
        super().__init__()
        self.cfg = cfg
        self.failure_hints = {"empty": "raise guidance.guidance_scale or scene.radius"}     # what a run that fails so says
        self.center = Parameter(1.6 * torch.rand(cfg.discs, 2, generator=rng) - 0.8)             # [N, 2] in [-1, 1], +y down
        self.radius = Parameter(cfg.radius * (0.5 + torch.rand(cfg.discs, generator=rng)))       # [N]
        self.color = Parameter(torch.rand(cfg.discs, 3, generator=rng))                          # [N, 3] sRGB
        self.opacity = Parameter(torch.full((cfg.discs,), 0.5))                                  # [N]

    def render(self, camera: Sheet, progress: float = 1.0, rng: torch.Generator | None = None) -> Render:
        p = places(camera).to(self.center)                                      # [B, H, W, 2] in the picture
        distance = (p[..., None, :] - self.center).square().sum(-1).add(1e-12).sqrt()           # [B, H, W, N]
        cover = self.opacity.clamp(0, 1) * torch.sigmoid((self.radius - distance) / self.cfg.soft)
        behind = torch.cat([torch.ones_like(cover[..., :1]), (1 - cover.flip(-1)).cumprod(-1)[..., :-1]], -1).flip(-1)
        weight = cover * behind                                                 # [B, H, W, N] share of each disc
        premultiplied = weight @ self.color.clamp(0, 1)
        return Render(premultiplied, weight.sum(-1, keepdim=True), premultiplied).over(1.0)

    def regularizers(self, render: Render) -> dict[str, Tensor]:
        """size: the mean area, in units of the picture's."""
        return {"size": (torch.pi * self.radius.square() / 4).mean()}

    def param_groups(self) -> list[dict]:
        rates = {"center": 0.5, "radius": 0.25, "color": 1.0, "opacity": 1.0}   # multiples of the recipe's rate
        return [{"name": name, "params": [getattr(self, name)], "lr": rate} for name, rate in rates.items()]

    @torch.no_grad()
    def after_step(self, step: int, progress: float, rng: torch.Generator) -> None:
        self.radius.clamp_(min=self.cfg.soft)
        self.color.clamp_(0, 1)
        self.opacity.clamp_(0, 1)


Scene = DISCS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prompt", nargs="?", default="a red apple")
    parser.add_argument("--prior", default="bundled")
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--out", default="runs")
    args = parser.parse_args()
    asset = dreamgen.generate(args.prompt, recipe="text-to-image", preset="sds", prior=args.prior, out=args.out, progress=True,
                              overrides={"stages.0.scene": {"kind": __file__, "discs": 64},
                                         "stages.0.regularizers.size": 0.01, "stages.0.optim.steps": args.steps})
    print(asset.files[0])


if __name__ == "__main__":
    main()
