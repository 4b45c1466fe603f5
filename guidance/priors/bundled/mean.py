r"""The mean picture of a text and a camera: what a denoiser of pure noise must answer, learnt for its own sake.

    mu(y, s, c) = E[x0 | y, s, c]      by least squares: min E |mu - x0|^2; s the summary of a reference, or 0
    at t = T, x_t = eps:               v = alpha eps - sigma x0,     E[v | x_t, y, c] = -mu(y, c)

Of a picture under much noise, layout, colour and the side that is seen can only be taken from what is said. A UNet of
this size, told the camera through its scales and shifts, did not learn in 426,528 pictures to draw the side that was
asked for: at those levels the noise drowns that part of the gradient. Without noise it is a small regression, and the
UNet, which is shown mu beside x_t, has only to copy it (benchmarks/README.md has what that changed). A conditional mean
that is learnt first and then shown to the denoiser: Han et al., CARD, arXiv:2206.07275, there of a regression's numbers.

    f(c) = (1, cos k az, sin k az)_{k <= 4} x (1, sin el, sin^2 el)        zeros where the camera is unknown
    h_1 = f W_1 * (1 + a_1(y)) + b_1(y),     h_2 = h_1 + silu(h_1) W_2 * (1 + a_2(y)) + b_2(y),     mu = silu(h_2) W_3
"""

import torch
import torch.nn.functional as F
from diffusers import ConfigMixin, ModelMixin
from diffusers.configuration_utils import register_to_config
from torch import Tensor, nn

TURNS, POWERS = 4, 3                        # harmonics of the azimuth; powers of sin(elevation), from 0
FEATURES = (1 + 2 * TURNS) * POWERS


class Mean(ModelMixin, ConfigMixin):
    """What is said [B, D] (a sentence and the summary of a reference) and poses [B, 4] to [B, channels, size, size].

    Args:
        states: D; the sentence comes at unit variance.
        channels, size: of the picture.
        width: of the hidden layers.
    """

    @register_to_config
    def __init__(self, states: int = 384, channels: int = 4, size: int = 32, width: int = 384):
        super().__init__()
        self.read = nn.Sequential(nn.Linear(states, width), nn.SiLU(), nn.Linear(width, 4 * width))
        self.turn = nn.Linear(FEATURES, width)
        self.mix = nn.Linear(width, width)
        self.draw = nn.Linear(width, channels * size**2)

    def forward(self, told: Tensor, pose: Tensor) -> Tensor:
        a_1, b_1, a_2, b_2 = self.read(told).chunk(4, -1)
        h = self.turn(features(pose)) * (1 + a_1) + b_1
        h = h + self.mix(F.silu(h)) * (1 + a_2) + b_2
        size = self.config.size
        return self.draw(F.silu(h)).view(len(h), self.config.channels, size, size)


def features(pose: Tensor) -> Tensor:
    """[B, 27] of (1, sin azimuth, cos azimuth, sin elevation) [B, 4]; zeros where that is zero."""
    known, sin, cos, up = pose.unbind(-1)
    turns, s, c = [known], sin, cos
    for _ in range(TURNS):
        turns += [2**0.5 * c, 2**0.5 * s]
        s, c = s * cos + c * sin, c * cos - s * sin
    powers = torch.stack([up**power for power in range(POWERS)], -1)
    return (torch.stack(turns, -1)[:, :, None] * powers[:, None]).flatten(1)
