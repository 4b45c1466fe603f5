"""The Triton kernels without a GPU: in Triton's interpreter they are the definition, and they compile for three of NVIDIA's GPUs.

Skipped where Triton is not installed; ``.ci/run`` installs it.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import torch

from renderers.errors import BackendError
from renderers.ops import _dispatch
from renderers.ops._dispatch import operations
from tests.agree import assert_agree
from tests.cases.field import HALF
from tests.interpreted import LONG
from tests.renderers.test_ops import CASES, COARSE, TOL, computed, values_and_gradients

ROOT = Path(__file__).parents[2]
KERNELS = [op for op in operations() if (ROOT / "renderers" / "ops" / op / "triton_cuda.py").exists()]
NEAR = {"splat": 2e-5, "varying": 5e-5}     # of each output and gradient as a whole, relative; else 1e-5. Differences: of one
                                            # Gaussian's opacity, of depths in slivers
SPILLED, SHARED = 0, 48 * 1024          # bytes at most, of registers to memory and of memory that a program's threads share

needs_triton = pytest.mark.skipif(importlib.util.find_spec("triton") is None, reason="needs triton: pip install triton")


def python(*line: str, **environment: str) -> str:
    done = subprocess.run([sys.executable, *line], cwd=ROOT, capture_output=True, text=True, timeout=800,
                          env=os.environ | {"OMP_NUM_THREADS": "1"} | environment)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_there_are_kernels():
    assert {"hashgrid", "field", "march", "composite", "splat", "rasterize", "antialias", "varying", "fill"} <= set(KERNELS)


@pytest.fixture(scope="module")
def interpreted(tmp_path_factory):
    """The folder in which one process has left what the kernels compute: to import torch and Triton takes longer than most do."""
    folder = tmp_path_factory.mktemp("interpreted")
    python("-m", "tests.interpreted", str(folder), *KERNELS, TRITON_INTERPRET="1")
    return folder


@pytest.fixture(scope="module")
def compiled():
    return json.loads(python("benchmarks/kernels_compile.py", "--json"))


@needs_triton
@pytest.mark.timeout(850)       # the first one waits for all
@pytest.mark.parametrize("op", KERNELS)
def test_a_kernel_is_its_definition_in_the_interpreter(op, interpreted):
    """Values, and gradients by a random cotangent: each element as test_ops asks, and each tensor to NEAR as a whole."""
    got = torch.load(interpreted / f"{op}.pt", weights_only=True)
    assert got.keys() == CASES[op].keys() - LONG
    for case, outputs in got.items():
        want = values_and_gradients(op, case, "reference")
        assert outputs.keys() == want.keys()
        for name, value in want.items():
            assert outputs[name].dtype == value.dtype and outputs[name].shape == value.shape
            found, value = outputs[name].nan_to_num(), value.nan_to_num()
            assert_agree(found, value, COARSE.get(op, TOL), f"{op} {case}: {name}")
            error = (found.double() - value.double()).norm() / value.double().norm().clamp(min=1e-12)
            assert error < NEAR.get(op, 1e-5), f"{op} {case}: {name} differs by {error:.1e}"


@needs_triton
@pytest.mark.timeout(850)
@pytest.mark.parametrize("case", HALF)
def test_a_field_in_bfloat16_is_its_definition_but_for_a_rounding(case, interpreted):
    """The value sums the same rounded numbers; a gradient is rounded once more than in the definition, or once less."""
    got = torch.load(interpreted / "field-half.pt", weights_only=True)[case]
    want, exact = (computed("field", args, "reference") for args in (HALF[case](), HALF[case]()[:-1]))
    for name, value in want.items():
        error, rounding = ((other - value).norm() / value.norm() for other in (got[name], exact[name]))
        assert error < (1e-5 if name == "output" else 2**-8), f"{name} differs by {error:.1e}"
        assert rounding > 2**-10 or name == "gradient 4", f"{name} is that of float32"         # 4: of b2, a plain sum


@needs_triton
@pytest.mark.timeout(850)
@pytest.mark.parametrize("op", KERNELS)
def test_a_kernel_compiles_without_spilling(op, compiled):
    rows = [row for row in compiled if row["op"] == op]
    assert {row["target"] for row in rows} == {"sm_80", "sm_89", "sm_90"}
    for row in rows:
        assert row["spilled"] <= SPILLED and 0 < row["registers"] <= 255 and row["shared"] <= SHARED, row


@needs_triton
@pytest.mark.parametrize("op", [op for op in KERNELS if "small" in CASES[op]])
def test_another_number_than_float32_is_refused(op, interpreted):
    """In the interpreter's process, since the kernels of this one are not for the CPU."""
    assert (interpreted / f"{op}.txt").read_text() == (
        f"{op}: backend 'triton' needs float32, got torch.float64; backend='reference' takes any dtype")


@pytest.fixture
def forgetful():
    _dispatch.backends.cache_clear()
    yield
    _dispatch.backends.cache_clear()


def test_a_library_that_cannot_be_loaded_is_missing_and_says_why(forgetful, monkeypatch):
    """Whatever it raises: tinycudann refuses to be imported without a GPU by an OSError."""
    def fails(name):
        if name.endswith("triton_cuda"):
            raise OSError("no driver")
        return original(name)
    original = _dispatch.importlib.import_module
    monkeypatch.setattr(_dispatch.importlib, "import_module", fails)
    assert _dispatch.choose("hashgrid", "cuda").__name__.endswith("reference")
    with pytest.raises(BackendError, match=r"hashgrid: backend 'triton' needs a library that is missing \(no driver\)"):
        _dispatch.choose("hashgrid", "cuda", "triton")


@pytest.mark.parametrize(("compiler", "header", "said"), [(None, True, "a C compiler"), ("/usr/bin/gcc", False, "Python.h")])
def test_a_machine_without_a_compiler_runs_the_definitions(forgetful, monkeypatch, tmp_path, compiler, header, said):
    (tmp_path / "Python.h").touch() if header else None
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.delenv("TRITON_INTERPRET", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: compiler)
    monkeypatch.setattr("sysconfig.get_paths", lambda *scheme: {"include": str(tmp_path)})
    for module in ("renderers.ops._launch", *(f"renderers.ops.{op}.triton_cuda" for op in KERNELS)):
        monkeypatch.delitem(sys.modules, module, raising=False)
    triton = ModuleType("triton")                                           # there, as far as an import can tell
    triton.language = ModuleType("triton.language")
    monkeypatch.setitem(sys.modules, "triton", triton)
    monkeypatch.setitem(sys.modules, "triton.language", triton.language)
    found = _dispatch.backends("composite", "cuda")
    assert said in str(found["triton"])
    assert _dispatch.choose("composite", "cuda").__name__.endswith("reference")
