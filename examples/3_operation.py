r"""Example 3: an operation with a fast backend: a recursive filter along rows.

    python examples/3_operation.py

    y_i = x_i + a y_{i-1},      y_0 = x_0,      0 <= a < 1

In ``renderers/ops`` an operation is a folder with three files, which are three sections here:

    __init__.py         the contract: shapes, ranges, what is differentiable; picks a backend
    reference.py        the definition: plain torch, any device and dtype, as close to the equation as can be
    numba_cpu.py        a backend: fast, with a backward pass of its own

and a file ``tests/cases/<operation>.py`` with inputs. ``tests/renderers/test_ops.py`` then holds every backend against the
definition as ``main`` does here: in value, and in gradient under one random cotangent.

The gradient. With g_i = dL/dy_i and h_i = dL/dx_i, x_i reaches y_i directly and everything later through y_i:

    h_i = g_i + a h_{i+1},      dL/da = sum_i h_i y_{i-1}

so the backward pass is the same filter, run from the end.
"""

import time

import numpy as np
import torch
from numba import njit, prange
from torch import Tensor
from torch.autograd.function import once_differentiable

from renderers.checks import check

# The contract (__init__.py). In the package, ``choose("recursive", device, backend)`` picks the backend.


def recursive(x: Tensor, a: Tensor, backend: str = "numba") -> Tensor:
    """y [R, N], differentiable in ``x`` and ``a``.

    Args:
        x: [R, N] rows.
        a: [R] in [0, 1), one factor a row.

    Raises:
        ValueError: shapes that do not fit.
    """
    check("recursive", "x [R N], a [R]", x, a)
    return {"reference": reference, "numba": numba_cpu}[backend](x, a)


# The definition (reference.py): y_i = sum_{j <= i} a^(i-j) x_j, as a matrix for each row. O(N^2), and obviously right.


def reference(x: Tensor, a: Tensor) -> Tensor:
    i = torch.arange(x.shape[1], device=x.device)
    power = (i[:, None] - i).to(x)                                                      # [N, N]
    matrix = torch.where(power >= 0, a[:, None, None] ** power.clamp(min=0), 0.0)       # [R, N, N]
    return (matrix @ x[..., None])[..., 0]


# The backend (numba_cpu.py): O(N), a thread for some rows.


def numba_cpu(x: Tensor, a: Tensor) -> Tensor:
    return _Recursive.apply(x, a)


class _Recursive(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, a):
        y = torch.empty_like(x, memory_format=torch.contiguous_format)
        _forward(x.detach().contiguous().numpy(), a.detach().contiguous().numpy(), y.numpy())
        ctx.save_for_backward(a, y)
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        a, y = ctx.saved_tensors
        g_x, g_a = torch.empty_like(y), torch.empty_like(a)
        _backward(g.contiguous().numpy(), a.detach().contiguous().numpy(), y.detach().numpy(), g_x.numpy(), g_a.numpy())
        return g_x, g_a


@njit(parallel=True, cache=True)
def _forward(x, a, y):
    for r in prange(x.shape[0]):
        last = x.dtype.type(0)
        for i in range(x.shape[1]):
            last = x[r, i] + a[r] * last
            y[r, i] = last


@njit(parallel=True, cache=True)
def _backward(g, a, y, g_x, g_a):
    for r in prange(g.shape[0]):
        after, total = g.dtype.type(0), g.dtype.type(0)
        for i in range(g.shape[1] - 1, -1, -1):
            after = g[r, i] + a[r] * after
            g_x[r, i] = after
            if i > 0:
                total += after * y[r, i - 1]
        g_a[r] = total


def main() -> None:
    rng = torch.Generator().manual_seed(0)
    x = torch.randn(64, 300, generator=rng, dtype=torch.float64).requires_grad_()
    a = (0.99 * torch.rand(64, generator=rng, dtype=torch.float64)).requires_grad_()
    cotangent = torch.randn(x.shape, generator=rng, dtype=torch.float64)
    results, seconds = {}, {}
    for name in ("reference", "numba"):
        recursive(x, a, name).backward(cotangent)               # once before the clock: numba compiles here
        x.grad = a.grad = None
        began = time.perf_counter()
        y = recursive(x, a, name)
        y.backward(cotangent)
        seconds[name] = time.perf_counter() - began
        results[name] = y.detach(), x.grad, a.grad
        x.grad = a.grad = None
    for what, want, got in zip(("y", "dL/dx", "dL/da"), results["reference"], results["numba"], strict=True):
        error = float((got - want).abs().max() / want.abs().max())
        print(f"{what:6} numba and the definition differ by {error:.1e} of the largest")
        np.testing.assert_array_less(error, 1e-12)
    print(f"numba is {seconds['reference'] / seconds['numba']:.0f} times as fast, forwards and backwards")


if __name__ == "__main__":
    main()
