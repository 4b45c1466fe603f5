"""Every backend of a GPU against the definition, on the GPU. What of this has run on one is in docs/gpu.md.

Ours must agree as closely as the CPU's kernels do; other projects' libraries, where they are installed, as closely as their
files say. The definition's values come from the CPU, where the tests of ``tests/renderers`` hold them.
"""

import gc
from dataclasses import fields, is_dataclass, replace
from types import ModuleType

import pytest
import torch

from renderers.camera import Camera
from renderers.ops._dispatch import _files, backends, operations
from tests.agree import assert_agree
from tests.cases.field import HALF
from tests.renderers.test_ops import CASES, COARSE, TOL, computed, leaves, project, run, values_and_gradients

pytestmark = pytest.mark.gpu
DEVICE = "cuda"
ON_GPU = [(op, name) for op in operations() for name, file in _files(op).items() if file.endswith("_cuda")]
OURS = [(op, name) for op, name in ON_GPU if name == "triton"]
THEIRS = [(op, name) for op, name in ON_GPU if name != "triton"]
UNLIKE = 0.05           # at most, as a share of the whole, where another project draws by other rules


def every(pairs):
    return [(op, name, case) for op, name in pairs for case in CASES[op]]


def moved(value):
    """A tensor on the GPU, a leaf if it was one; a camera or a record of tensors (shadow's lamps) likewise; all else as it is."""
    if isinstance(value, Camera):
        return value.to(DEVICE)
    if is_dataclass(value):
        return replace(value, **{part.name: moved(getattr(value, part.name)) for part in fields(value)})
    if not isinstance(value, torch.Tensor):
        return value
    return value.detach().to(DEVICE).requires_grad_(value.requires_grad)


def on_gpu(op, case, backend, cases=CASES):
    """Outputs and gradients by name, as ``values_and_gradients`` gives them, computed on the GPU."""
    found = backends(op, DEVICE)[backend]
    if not isinstance(found, ModuleType):
        pytest.skip(f"{backend}: {found}")
    args = [moved(value) for value in cases[op][case](torch.float32)]
    outputs = run(op, args, backend)
    if leaves(args):
        gradients = torch.autograd.grad(project(outputs), leaves(args))
        outputs = outputs | {f"gradient {i}": g for i, g in enumerate(gradients)}
    return {name: value.detach().cpu() for name, value in outputs.items()}


@pytest.fixture
def poisoned():
    """Memory that was never written holds NaN."""
    gc.collect()
    for size in (2**27, 2**20, 2**18):
        filled = [torch.full((size // 4,), torch.nan, device=DEVICE) for _ in range(4)]
        del filled


@pytest.mark.parametrize(("op", "backend", "case"), every(OURS))
def test_a_kernel_agrees_with_the_definition(op, backend, case, poisoned):
    got, want = on_gpu(op, case, backend), values_and_gradients(op, case, "reference")
    assert got.keys() == want.keys()
    for name in want:
        assert got[name].dtype == want[name].dtype
        assert_agree(got[name].nan_to_num(), want[name].nan_to_num(), COARSE.get(op, TOL), f"{op} {case}: {name}")


@pytest.mark.parametrize("case", HALF)
def test_a_field_in_bfloat16_agrees_with_the_definition(case, poisoned):
    got = on_gpu("field", case, "triton", {"field": {case: lambda dtype: HALF[case]()}})
    for name, value in computed("field", HALF[case](), "reference").items():
        assert (got[name] - value).norm() / value.norm() < 2**-8, name


@pytest.mark.parametrize(("op", "backend", "case"), every(OURS))
def test_a_kernel_has_no_race(op, backend, case):
    """Twice the same but for the order of atomic additions."""
    first, second = on_gpu(op, case, backend), on_gpu(op, case, backend)
    for name, value in first.items():
        assert_agree(second[name].nan_to_num(), value.nan_to_num(), 1e-4, f"{op} {case}: {name}")


@pytest.mark.parametrize(("op", "case"), [(op, case) for op in operations() for case in CASES[op]])
def test_the_definition_is_the_same_on_a_gpu(op, case, poisoned):
    got, want = on_gpu(op, case, "reference"), values_and_gradients(op, case, "reference")
    for name in want:
        if want[name].is_floating_point():
            assert_agree(got[name].nan_to_num(), want[name].nan_to_num(), COARSE.get(op, TOL), f"{op} {case}: {name}")
        else:
            assert (got[name] != want[name]).double().mean() < UNLIKE, f"{op} {case}: {name}"


@pytest.mark.parametrize(("op", "backend", "case"), every(THEIRS))
def test_a_library_agrees_with_the_definition(op, backend, case):
    got, want = on_gpu(op, case, backend), values_and_gradients(op, case, "reference")
    assert got.keys() == want.keys()
    for name, value in want.items():
        if not value.is_floating_point():
            assert (got[name] != value).double().mean() < UNLIKE, f"{op} {case}: {name}"
            continue
        off = (got[name].double() - value.double()).nan_to_num().norm() / value.double().nan_to_num().norm().clamp(min=1e-9)
        assert off < (TOL if backend == "tinycudann" else UNLIKE), f"{op} {case}: {name} differs by {off:.1e}"
