r"""The mean image of a caption and a camera: the best answer of a denoiser to pure noise, learnt by regression.

    mu(y, s, c) = E[x0 | y, s, c], which minimises E |mu - x0|^2;       s: summary of a reference, or 0;  c: the camera
    at t = T, x_t = eps and v = alpha eps - sigma x0, so                E[v | x_t, y, c] = -mu(y, c)

Under much noise, the layout, the colors and the visible side can only follow from the condition. A UNet of this size
that received the camera only through its scales and shifts did not learn to draw the requested side within 426,528
pictures, because noise dominates that part of the gradient. Without noise the same task is a small regression. The UNet
receives mu beside x_t and only has to copy it (results: benchmarks/README.md). CARD (Han et al., arXiv:2206.07275) also
learns a conditional mean first and gives it to the denoiser, there for the numbers of a regression.

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
    """From captions [B, D] (a sentence's features and a reference's summary) and poses [B, 4] to mu [B, channels, size, size].

    Args:
        states: D; a sentence's features have unit variance.
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

    def forward(self, caption: Tensor, pose: Tensor) -> Tensor:
        a_1, b_1, a_2, b_2 = self.read(caption).chunk(4, -1)
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
