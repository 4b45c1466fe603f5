"""Inputs of ``splat`` by name: ``CASES[name](dtype) -> (positions, scales, quaternions, opacities, colors, camera, shift)``."""

import torch

from renderers.camera import Camera, ring


def cloud(dtype, N, size=(20, 24), views=1, seed=0, scale=0.05, spread=0.2, shift=True):
    """Gaussians of all shapes around the middle of the box."""
    rng = torch.Generator().manual_seed(seed)
    normal, uniform = (lambda *shape: torch.randn(*shape, generator=rng)), (lambda *shape: torch.rand(*shape, generator=rng))
    parts = (spread * normal(N, 3), scale * (0.5 * normal(N, 3)).exp(), normal(N, 4), 0.1 + 0.8 * uniform(N), uniform(N, 3))
    parts = [part.to(dtype).requires_grad_() for part in parts]
    camera = ring(views, size)
    camera = Camera(camera.c2w.to(dtype), camera.fov_y.to(dtype), size)
    return *parts, camera, (0.3 * normal(views, N, 2)).to(dtype).requires_grad_() if shift else None


def changed(dtype, N, **change):
    """A cloud with some of its parts put in place of what was drawn."""
    parts = list(cloud(dtype, N))
    for k, name in enumerate(("positions", "scales", "quaternions", "opacities")):
        if name in change:
            parts[k] = change[name](parts[k].detach().clone()).requires_grad_()
    return tuple(parts)


def behind(positions):
    positions[::2, 2] += 3              # behind the camera, which stands at z = 1.55, and looks back
    return positions


def flat(scales):
    scales[:, 2] = 1e-6                 # some seen edge on: the compensation is cut
    return scales


def broken(positions):
    positions[1], positions[3, 0] = torch.nan, torch.inf
    return positions


def non_contiguous(dtype):
    positions, scales, quaternions, opacities, colors, camera, shift = cloud(dtype, 12)
    turned = [p.detach().t().contiguous().t().requires_grad_() for p in (positions, scales, quaternions)]
    return *turned, opacities.detach()[:, None].repeat(1, 2)[:, 0].requires_grad_(), colors, camera, shift


CASES = {
    "small": lambda dtype: cloud(dtype, 4, (5, 6), 2, scale=0.1),
    "typical": lambda dtype: cloud(dtype, 400, (50, 37), 2, scale=0.02),
    "no shift": lambda dtype: cloud(dtype, 20, shift=False),
    "empty": lambda dtype: cloud(dtype, 0),
    "one element": lambda dtype: cloud(dtype, 1),
    "beside the picture": lambda dtype: cloud(dtype, 60, spread=1.0, scale=0.2),
    "behind the camera": lambda dtype: changed(dtype, 30, positions=behind),
    "opaque wall": lambda dtype: changed(dtype, 200, opacities=torch.ones_like, scales=lambda s: 4 * s),
    "transparent": lambda dtype: changed(dtype, 10, opacities=torch.zeros_like),
    "flat": lambda dtype: changed(dtype, 40, scales=flat),
    "points": lambda dtype: changed(dtype, 20, scales=torch.zeros_like),
    "not finite": lambda dtype: changed(dtype, 6, positions=broken),
    "ties in depth": lambda dtype: changed(dtype, 8, positions=lambda p: p * p.new_tensor([1, 1, 0])),
    "non-contiguous": non_contiguous,
}
