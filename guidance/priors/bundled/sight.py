r"""The encoder of a reference: another view of the object that the network draws, with its camera.

    x -> convolutions, three levels, + pose W_p -> 8 x 8 tokens of D features    keys and values of the cross-attention
    summary = W_s (tokens W_r)                                                   one vector of the whole, [D]

One picture says more than a caption: all views drawn with the same reference show one design. Zero-1-to-3 (Liu et al.,
arXiv:2303.11328) gives the reference to the network as channels beside x_t and as one CLIP vector. Here there is also a
grid of tokens, because the part that a pixel needs is elsewhere in another view.
"""

import torch
import torch.nn.functional as F
from diffusers import ConfigMixin, ModelMixin
from diffusers.configuration_utils import register_to_config
from torch import Tensor, nn

GRID = 8                        # tokens along an edge
WIDTHS = 64, 128, 256           # channels of the levels, the tokens' the last
GROUPS = 16
REDUCED = 32                    # features of a token in the summary


class Sight(ModelMixin, ConfigMixin):
    """[B, channels, size, size] references and [B, pose] cameras to tokens [B, GRID^2, D] and summaries [B, D].

    Args:
        channels, size: of the folded picture; size a multiple of GRID or a divisor of it.
        states: D.
        pose: features of a camera.
    """

    @register_to_config
    def __init__(self, channels: int = 64, size: int = 32, states: int = 384, pose: int = 4):
        super().__init__()
        a, b, c = WIDTHS
        self.enter = nn.Conv2d(channels, a, 3, padding=1)
        self.block_a = block(a)
        self.down_a = nn.Conv2d(a, b, 3, padding=1)
        self.block_b = block(b)
        self.down_b = nn.Conv2d(b, c, 3, padding=1)
        self.block_c = block(c)
        self.read = nn.Linear(c, states)
        self.where = nn.Parameter(torch.randn(GRID**2, states) * 0.02)
        self.turn = nn.Linear(pose, states)
        self.leave = nn.LayerNorm(states)
        self.reduce = nn.Linear(states, REDUCED)
        self.whole = nn.Linear(REDUCED * GRID**2, states)

    def forward(self, x: Tensor, pose: Tensor) -> tuple[Tensor, Tensor]:
        x = self.enter(x)
        x = self.down_a(halved(x + self.block_a(x)))
        x = self.down_b(halved(x + self.block_b(x)))
        x = F.interpolate(x, (GRID, GRID), mode="area") if x.shape[-1] != GRID else x
        x = x + self.block_c(x)
        tokens = self.leave(self.read(x.flatten(2).transpose(1, 2)) + self.where + self.turn(pose)[:, None])
        return tokens, self.whole(F.silu(self.reduce(tokens)).flatten(1))


def block(width: int) -> nn.Sequential:
    return nn.Sequential(nn.GroupNorm(GROUPS, width), nn.SiLU(), nn.Conv2d(width, width, 3, padding=1),
                         nn.GroupNorm(GROUPS, width), nn.SiLU(), nn.Conv2d(width, width, 3, padding=1))


def halved(x: Tensor) -> Tensor:
    return F.avg_pool2d(x, 2) if x.shape[-1] > GRID else x
