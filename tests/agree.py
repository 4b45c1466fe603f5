"""Does a fast backend agree with the reference, in value and in gradient?"""

import torch
from torch import Tensor

FLOOR = 1e-2        # an element's error is relative to its own size, or to this part of the largest, if that is more


def assert_agree(got: Tensor, want: Tensor, tol: float, what: str = "tensor") -> None:
    """``got`` is ``want``: each element to ``tol``, and all of them together to ``tol / 10``. Integers must be equal.

    Rounding averages out over a tensor and a mistake does not, so the second, tighter check finds a bias or a scale
    error that the first is too loose to see.
    """
    assert got.shape == want.shape, f"{what}: shape {list(got.shape)}, want {list(want.shape)}"
    if not want.is_floating_point():
        assert torch.equal(got, want), f"{what}: {int((got != want).sum())} of {want.numel()} differ"
        return
    wild = int((~got.isfinite()).sum())
    assert not wild, f"{what}: {wild} of {got.numel()} are not finite"
    if not want.numel():
        return

    g, w = got.detach().double().flatten(), want.detach().double().flatten()
    largest = w.abs().max()
    error = (g - w).abs() / (w.abs().clamp_min(FLOOR * largest) if largest else 1)
    worst = int(error.argmax())
    at = [int(i) for i in torch.unravel_index(torch.tensor(worst), want.shape)]
    assert error[worst] <= tol, \
        f"{what}{at}: {g[worst]:.6g}, want {w[worst]:.6g} (error {error[worst]:.1e} > {tol:.0e})"
    gain = (g @ w) / (w @ w) if largest else torch.tensor(1.0)
    assert abs(gain - 1) <= tol / 10, f"{what}: {gain:.6f} x the reference overall, want 1 to {tol / 10:.0e}"
