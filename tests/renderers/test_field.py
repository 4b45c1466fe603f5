"""What holds of the field beyond its agreement with the definition."""

import pytest
import torch

from renderers.ops._dispatch import backends
from renderers.ops.field import field, numba_cpu
from renderers.ops.hashgrid import hashgrid
from tests.cases.field import CASES, HALF

BACKENDS = pytest.mark.parametrize("backend", list(backends("field", "cpu")))


@BACKENDS
def test_a_second_backward_through_the_same_graph_gives_the_same(backend):
    args = CASES["typical"](torch.float32)
    out = field(*args, backend=backend)
    first, second = (torch.autograd.grad(out.square().sum(), args[:5], retain_graph=True) for _ in range(2))
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


def test_without_gradients_the_value_is_the_same_however_many_points(monkeypatch):
    args = CASES["typical"](torch.float32)
    monkeypatch.setattr(numba_cpu, "EVALUATE", 300)
    with torch.no_grad():
        assert torch.equal(field(*args, backend="numba"), numba_cpu._Field.apply(*args))


@BACKENDS
def test_only_what_asks_for_a_gradient_gets_one(backend):
    x, table, w1, w2, b2, *rest = CASES["typical"](torch.float32)
    out = field(x.detach(), table.detach(), w1, w2.detach(), b2.detach(), *rest, backend=backend)
    out.sum().backward()
    assert w1.grad is not None and x.grad is None and table.grad is None


@BACKENDS
def test_a_layer_of_the_wrong_width_is_told(backend):
    x, table, w1, *rest = CASES["typical"](torch.float32)
    with pytest.raises(ValueError, match=r"^field: w1 is \[16, 9\], want \[H, 10\]$"):
        field(x, table, w1[:, :-1], *rest, backend=backend)


def test_a_kernel_of_the_grid_alone_is_used_where_no_kernel_does_it_all(monkeypatch):
    """So a hash grid for another device is one file; the definition, asked for by name, stays the definition."""
    from renderers.ops import field as contract
    args, asked = CASES["small"](torch.float32), []
    monkeypatch.setattr(contract, "choose", lambda *which: contract.reference)
    monkeypatch.setattr(contract, "hashgrid", lambda *grid: asked.append(grid) or contract.reference.hashgrid(*grid))
    composed = contract.field(*args)
    assert len(asked) == 1 and torch.equal(composed, contract.field(*args, backend="reference")) and len(asked) == 1


def test_matrices_in_bfloat16_are_rounded_and_summed_in_float32():
    x, table, w1, w2, b2, layout, active, dtype = HALF["nerf"]()
    f, w1r, w2r = (a.detach().to(dtype).double() for a in (hashgrid(x, table, layout, active, backend="reference"), w1, w2))
    hidden = (f @ w1r.T).relu().float().to(dtype).double()
    want = (hidden @ w2r.T + b2).detach()
    got, plain = (field(x, table, w1, w2, b2, layout, active, *how, backend="reference").double() for how in ((dtype,), ()))
    assert (got - want).norm() / want.norm() < 2e-4                 # a hidden unit between two numbers may go either way
    assert (plain - want).norm() / want.norm() > 1e-3


def test_which_numbers_are_multiplied_is_told():
    args = CASES["small"](torch.float32)
    with pytest.raises(ValueError, match=r"^field: matrices is torch.float16, want torch.float32 or torch.bfloat16$"):
        field(*args, torch.float16)
    with pytest.raises(ValueError, match="^field: backend 'numba' multiplies in float32, got matrices torch.bfl"):
        field(*args, torch.bfloat16, backend="numba")
