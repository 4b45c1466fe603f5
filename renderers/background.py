"""What a scene stands before: a color that changes, a fixed one, or one that is learned by direction.

A prior with an opacity channel never sees it; an RGB prior does, and a random color keeps the scene from painting its
own background into the volume (DreamFusion, App. A.2; the 50 % random augmentation of stable-dreamfusion).
"""

import torch
from torch import Tensor

from .draws import per_view

FIXED = {"white": 1.0, "black": 0.0}


class Background(torch.nn.Module):
    """``kind`` is random, white, black or learned. Random is a color a picture in training and white otherwise."""

    def __init__(self, kind: str, rng: torch.Generator, hidden: int = 16):
        super().__init__()
        self.kind = kind
        if kind == "learned":
            def uniform(*shape: int) -> torch.nn.Parameter:
                return torch.nn.Parameter((2 * torch.rand(*shape, generator=rng) - 1) * (3 / shape[-1]) ** 0.5)
            self.w1, self.w2 = uniform(hidden, 9), uniform(3, hidden)

    def forward(self, directions: Tensor, rng: torch.Generator | None) -> Tensor:
        """sRGB [B, H, W, 3] (or broadcastable to it) behind unit ``directions`` [B, H, W, 3]."""
        if self.kind == "learned":
            waves = torch.cat([directions, (torch.pi * directions).sin(), (torch.pi * directions).cos()], -1)
            return ((waves @ self.w1.T).relu() @ self.w2.T).sigmoid()
        if self.kind == "random" and rng is not None:
            return per_view(rng, len(directions), 1, 1, 3).to(directions)
        return directions.new_full((1, 1, 1, 3), FIXED.get(self.kind, 1.0))

    def param_groups(self) -> list[dict]:
        return [{"name": "background", "params": list(self.parameters()), "lr": 0.1}] if self.kind == "learned" else []
