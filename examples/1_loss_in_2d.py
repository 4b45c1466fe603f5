r"""Example 1: a loss of your own, tried on a picture.

    python examples/1_loss_in_2d.py "a red apple" --steps 150

Score distillation moves a picture x0 along the gradient

    grad_x0 L = E_{t, eps} [ w(t) r(x_t, t, eps, y) ],      x_t = alpha_t x0 + sigma_t eps

and a loss is its residual r. Here r is that of SDS, with guidance in an interval of noise levels only and the plain
conditional prediction elsewhere (Kynkaanniemi et al., arXiv:2404.07724, who sample so):

    r = eps() + s(t) (eps(y) - eps()) - eps,        s(t) = s for low <= t / T <= high, else 1

The base class, ``Distillation``, draws t and eps, weights r and clips it. The file is also a kind of guidance, because
it exports ``Config`` and ``Method``: `dreamgen compare "a red apple" --methods sds,examples/1_loss_in_2d.py`.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch

from dreamgen.io import images
from dreamgen.io.rng import stream
from guidance import priors
from guidance.guided import predictions
from guidance.methods._base import Distillation
from guidance.methods._config import Distilling
from guidance.prompts import Prompts
from guidance.ranges import fraction, not_negative
from renderers.scenes import image
from renderers.sheet import upright

VIEWS = 4                           # noise levels that a step looks at


@dataclass
class Config(Distilling):
    guidance: float = 20.0          # s
    low: float = 0.2                # fractions of the schedule
    high: float = 0.8

    def __post_init__(self):
        super().__post_init__()
        not_negative(guidance=self.guidance)
        fraction(low=self.low, high=self.high)


class INTERVAL(Distillation):
    def residual(self, x_t, t, eps, query, extra):
        level = t / len(self.prior.schedule)                                            # [B]
        inside = (self.cfg.low <= level) & (level <= self.cfg.high)
        s = torch.where(inside, self.cfg.guidance, 1.0).to(x_t).view(-1, 1, 1, 1)
        eps_y, eps_0 = predictions(self.prior, x_t, t, [query.positive, query.negative])    # one call, 2 B rows
        return eps_0 + s * (eps_y - eps_0) - eps


Method = INTERVAL


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prompt", nargs="?", default="a red apple")
    parser.add_argument("--prior", default="bundled")
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("loss.png"))
    args = parser.parse_args()

    prior = priors.load(args.prior, precision="float32")
    prompts = Prompts(prior, args.prompt, view_words=False)
    method = INTERVAL(prior, Config())
    scene = image.Scene(image.Config(size=64, pyramid=4), stream(args.seed, "scene"))   # its pixels are its parameters
    adam = torch.optim.Adam(scene.parameters(), lr=0.02, betas=(0.9, 0.99), fused=True)
    angles = torch.zeros(VIEWS)                     # radians; a flat picture is seen from the front

    for step in range(args.steps):
        progress, rng = step / args.steps, stream(args.seed, "step", step)
        render = scene.render(upright((64, 64), VIEWS), progress, rng)
        losses = method.losses(render, prompts(angles, angles), progress, rng)
        adam.zero_grad()
        sum(losses.values()).backward()
        adam.step()
        scene.after_step(step, progress, rng)       # pixels back into [0, 1]

    with torch.no_grad():
        print(images.write(args.out, scene.render(upright((64, 64))).rgb[0].numpy()))


if __name__ == "__main__":
    main()
