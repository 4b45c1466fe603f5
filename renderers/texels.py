r"""Pictures on a surface, as parameters: texels of any number of square maps, and how a sample of a view reads them.

    color(u, v) = bilinear in level l of the map's pyramid,   l = round(log2(texels that the sample spans))

A level's texels are the means of four of the level before (Williams, Pyramidal Parametrics, 1983), so the gradient of a sample is
spread over all texels that it covers, and none is left between them. Two parameterisations:

    texels    theta are the texels: for priors over pixels (CasTex, arXiv:2504.06856, section 4)
    woven     texels = sigmoid(network_theta(z)), z fixed noise: convolutions give smooth pictures sooner than noisy ones, which
              a prior over latents would leave in texels (Deep Image Prior, arXiv:1711.10925; Paint-it, arXiv:2312.11360)

Differentiable in theta, not in the places.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

GREY = 0.5
WRAPS = {"clamp": 0, "repeat": 1, "mirror": 2}
SLOPE = 0.1             # of the leaky rectifiers
SMALLEST = 8            # edge down to which woven maps are halved


class Texels(nn.Module):
    """Maps that are their own parameters, sRGB in [0, 1].

    Args:
        edges: [K] of the maps, powers of 2.
    """

    rate = 1.0          # of learning, as a multiple of the recipe's

    def __init__(self, edges: list[int], rng: torch.Generator):
        super().__init__()
        sizes = sorted(set(edges))
        self.theta = nn.ParameterList(nn.Parameter(torch.full((edges.count(size), 3, size, size), GREY)) for size in sizes)

    def forward(self) -> list[Tensor]:
        """[n, 3, S, S] of the maps of each size, from the smallest size on, in the order of the maps."""
        return list(self.theta)

    @torch.no_grad()
    def settle(self, before: list[Tensor], visible: list[Tensor]) -> None:
        """After a step: what it did not show is as it was ``before``, whatever Adam's momentum says; the rest in range."""
        for now, was, shown in zip(self.theta, before, visible, strict=True):
            now.copy_(torch.where(shown, now, was).clamp(0, 1))


class Woven(nn.Module):
    """Maps that a small network of skips makes of noise; ``edges`` as Texels has them."""

    rate = 0.1

    def __init__(self, edges: list[int], rng: torch.Generator, width: int = 24, skips: int = 4):
        super().__init__()
        sizes = sorted(set(edges))
        depth = max(1, (max(sizes) // SMALLEST).bit_length() - 1)
        for i, size in enumerate(sizes):
            self.register_buffer(f"z{i}", 0.1 * torch.rand(edges.count(size), width, size, size, generator=rng))
        self.sizes, self.depth = sizes, depth

        def convolution(inputs: int, outputs: int, edge: int) -> nn.Conv2d:
            layer = nn.utils.skip_init(nn.Conv2d, inputs, outputs, edge, padding=edge // 2, padding_mode="reflect")
            bound = (3 / (inputs * edge**2)) ** 0.5
            with torch.no_grad():
                layer.weight.copy_(bound * (2 * torch.rand(layer.weight.shape, generator=rng) - 1))
                layer.bias.zero_()
            return layer

        self.down = nn.ModuleList(convolution(width, width, 3) for _ in range(depth))
        self.skip = nn.ModuleList(convolution(width, skips, 1) for _ in range(depth))
        self.up = nn.ModuleList(convolution(width + skips, width, 3) for _ in range(depth))
        self.last = convolution(width, 3, 1)

    def forward(self) -> list[Tensor]:
        return [self.picture(getattr(self, f"z{i}")) for i in range(len(self.sizes))]

    def picture(self, x: Tensor) -> Tensor:
        """[n, 3, S, S] in (0, 1) of noise [n, width, S, S]."""
        depth = max(1, min(self.depth, (x.shape[-1] // SMALLEST).bit_length() - 1))
        skips = []
        for down, skip in zip(self.down[:depth], self.skip[:depth], strict=True):
            skips.append(skip(x))
            x = normed(down(F.avg_pool2d(x, 2)))
        for up, beside in zip(reversed(self.up[:depth]), reversed(skips), strict=True):
            x = normed(up(torch.cat([F.interpolate(x, scale_factor=2, mode="bilinear"), beside], 1)))
        return self.last(x).sigmoid()

    def settle(self, before: list[Tensor], visible: list[Tensor]) -> None:
        """Nothing: every parameter acts on every texel."""


def normed(x: Tensor) -> Tensor:
    return F.leaky_relu(F.instance_norm(x), SLOPE)


class Pyramids:
    """Where each map's texels are in one table of all levels.

    Args:
        edges: [K] of the maps, powers of 2.
        wraps: [K] (along u, along v) of each: clamp, repeat or mirror.
    """

    def __init__(self, edges: list[int], wraps: list[tuple[str, str]]):
        self.edges = torch.tensor(edges)
        self.levels = self.edges.log2().round().long()                                  # coarsest one of each map
        self.wraps = torch.tensor([[WRAPS[u], WRAPS[v]] for u, v in wraps])             # [K, 2]
        self.start = torch.zeros(len(edges), int(self.levels.max()) + 1, dtype=torch.int64)     # [K, L] first row in the table
        base = 0
        for size in sorted(set(edges)):
            maps = [k for k, edge in enumerate(edges) if edge == size]
            for level in range(size.bit_length()):
                texels = (size >> level) ** 2
                self.start[maps, level] = base + texels * torch.arange(len(maps))
                base += texels * len(maps)

    def to(self, device: torch.device) -> "Pyramids":
        for name in ("edges", "levels", "wraps", "start"):
            setattr(self, name, getattr(self, name).to(device))
        return self

    @staticmethod
    def table(maps: list[Tensor]) -> Tensor:
        """[N, 3] rows of all levels of all maps, given as ``Texels`` returns them; differentiable."""
        rows = []
        for level in maps:
            while True:
                rows.append(level.permute(0, 2, 3, 1).reshape(-1, level.shape[1]))
                if level.shape[-1] == 1:
                    break
                level = F.avg_pool2d(level, 2)
        return torch.cat(rows)

    def at(self, table: Tensor, k: Tensor, uv: Tensor, span: Tensor) -> Tensor:
        """[M, 3] sRGB at ``uv`` [M, 2] of the maps ``k`` [M], for samples that span ``span`` [M] of a map's edge; differentiable
        in ``table``. The origin is at the map's top left."""
        level = (span * self.edges[k]).clamp(min=1).log2().round().long().minimum(self.levels[k])
        edge, wrap = self.edges[k] >> level, self.wraps[k]
        uv = torch.where(wrap == 2, 1 - (uv % 2 - 1).abs(), uv)
        x = torch.where(wrap == 1, uv % 1, uv.clamp(0, 1)) * edge[:, None] - 0.5
        first = x.floor()
        share, first = x - first, first.long()
        pair = torch.stack([first, first + 1], -1)                                      # [M, 2 axes, 2]
        last = (edge - 1)[:, None, None]
        pair = torch.where((wrap == 1)[..., None], pair % edge[:, None, None], pair.clamp(min=0).minimum(last))
        row = self.start[k, level][:, None, None] + pair[:, 1, :, None] * edge[:, None, None] + pair[:, 0, None, :]
        weight = torch.stack([1 - share, share], -1)
        weight = weight[:, 1, :, None] * weight[:, 0, None, :]                          # [M, 2 rows, 2 columns]
        return (weight.flatten(1)[..., None] * F.embedding(row.flatten(1), table)).sum(1)
