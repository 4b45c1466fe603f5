"""Every operation, every backend, every case: the definition is right, and the fast ones agree with it.

An operation's cases are ``tests/cases/<op>.py``; those of a differentiable one hold leaves that require gradients, and
a case "small" for gradcheck.
"""

import importlib
from dataclasses import fields, is_dataclass

import numba
import pytest
import torch

from renderers.ops._dispatch import backends, operations
from tests.agree import assert_agree

TOL = 2e-4          # float32, elementwise; a tenth of it for the tensor as a whole
COARSE = {"fill": 1e-3,         # edges cross pixels at places that float32 knows to 1e-5, pixels differ by much from each other
          "splat": 5e-4}        # a Gaussian's gradient sums pixels of either sign, and what is behind it is a difference
CASES = {op: importlib.import_module(f"tests.cases.{op}").CASES for op in operations()}
FAST = [(op, name) for op in operations() for name, module in backends(op, "cpu").items()
        if getattr(module, "RANK", 0) > 0]      # below, what runs only by name: other projects' estimates
EVERY = [(op, name, case) for op, name in FAST for case in CASES[op]]
DIFFERENTIABLE = [op for op in operations() if "small" in CASES[op]]


def run(op, args, backend):
    """The outputs by name."""
    out = getattr(importlib.import_module(f"renderers.ops.{op}"), op)(*args, backend=backend)
    return {f.name: getattr(out, f.name) for f in fields(out)} if is_dataclass(out) else {"output": out}


def leaves(args):
    return [a for a in args if isinstance(a, torch.Tensor) and a.requires_grad]


def project(outputs, dtype=None):
    """A scalar, summed in ``dtype``: the outputs against random cotangents, the same for every backend."""
    rng = torch.Generator().manual_seed(7)
    return sum((out * torch.randn(out.shape, generator=rng).to(out)).sum(dtype=dtype) for out in outputs.values())


def values_and_gradients(op, case, backend, dtype=torch.float32):
    return computed(op, CASES[op][case](dtype), backend)


def computed(op, args, backend):
    """Outputs and gradients by name."""
    outputs = run(op, args, backend)
    if not leaves(args):
        return outputs
    gradients = torch.autograd.grad(project(outputs), leaves(args))
    return outputs | {f"gradient {i}": g for i, g in enumerate(gradients)}


def assert_same_bits(first, second):
    for name, value in first.items():
        assert torch.equal(value, second[name]), name


@pytest.mark.parametrize("op", DIFFERENTIABLE)
def test_the_definition_has_the_gradient_of_its_value(op):
    args = CASES[op]["small"](torch.float64)
    inputs = leaves(args)

    def function(*changed):
        new = iter(changed)
        return tuple(run(op, [next(new) if a is not None and any(a is b for b in inputs) else a for a in args],
                         "reference").values())

    assert torch.autograd.gradcheck(function, inputs)


@pytest.mark.parametrize(("op", "backend", "case"), EVERY)
def test_a_backend_agrees_with_the_definition(op, backend, case):
    got, want = (values_and_gradients(op, case, name) for name in (backend, "reference"))
    assert got.keys() == want.keys()
    for name in want:
        assert got[name].dtype == want[name].dtype
        assert_agree(got[name].nan_to_num(), want[name].nan_to_num(), COARSE.get(op, TOL), f"{op} {case}: {name}")


@pytest.mark.parametrize(("op", "backend"), [(op, name) for op, name in FAST if op in DIFFERENTIABLE])
def test_a_backends_gradient_predicts_a_small_step(op, backend):
    args = CASES[op]["typical"](torch.float32)
    inputs = leaves(args)
    gradients = torch.autograd.grad(project(run(op, args, backend)), inputs)
    rng = torch.Generator().manual_seed(3)
    for leaf, gradient in zip(inputs, gradients, strict=True):
        h = 1e-3 * leaf.detach().abs().mean()
        step = h * torch.where(torch.rand(leaf.shape, generator=rng) < 0.5, 1.0, -1.0) * gradient.sign().abs()
        step = step * (1 - 2 * ((step * gradient) < 0))         # uphill, so that the change is no small difference
        with torch.no_grad():
            high, low = (project(run(op, [a + s if a is leaf else a for a in args], backend), torch.float64)
                         for s in (step, -step))
        predicted = 2 * (step.double() * gradient.double()).sum()
        assert abs(high - low - predicted) < 0.02 * predicted


@pytest.mark.parametrize(("op", "backend", "case"), EVERY)
def test_the_same_input_gives_the_same_bits(op, backend, case):
    first, second = (values_and_gradients(op, case, backend) for _ in range(2))
    assert_same_bits({k: v.nan_to_num() for k, v in first.items()}, {k: v.nan_to_num() for k, v in second.items()})


@pytest.mark.parametrize("op", [op for op, name in FAST if name == "numba"])
def test_the_number_of_threads_does_not_change_a_bit(op):
    case = next(iter({"typical", "soup"} & CASES[op].keys()))
    before = numba.get_num_threads()
    many = values_and_gradients(op, case, "numba")
    numba.set_num_threads(1)
    try:
        assert_same_bits(values_and_gradients(op, case, "numba"), many)
    finally:
        numba.set_num_threads(before)


@pytest.mark.parametrize("op", DIFFERENTIABLE)
def test_numba_tells_who_takes_float64(op):
    with pytest.raises(ValueError, match=f"{op}: backend 'numba' needs float32, got torch.float64; backend='ref"):
        run(op, CASES[op]["small"](torch.float64), "numba")
