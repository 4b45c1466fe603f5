"""Other projects' libraries give what the definition gives, as far as their stand-ins (tests/rivals.py) can tell."""

import sys
from importlib import import_module

import pytest
import torch

from dreamgen.tools.doctor import OPTIONAL
from renderers.errors import BackendError
from renderers.ops import _dispatch
from renderers.ops._dispatch import backends, choose
from renderers.ops.hashgrid import Layout
from renderers.ops.rasterize import rasterize
from tests.agree import assert_agree
from tests.renderers.test_ops import CASES, COARSE, TOL, run, values_and_gradients
from tests.rivals import RIVALS

ADAPTERS = {"hashgrid": "tinycudann", "composite": "nerfacc", "splat": "gsplat", "rasterize": "nvdiffrast",
            "antialias": "nvdiffrast"}
TIES = ("grid", "degenerate")           # of rasterize: centres on edges, whose side the rounding of homogeneous positions decides
EVERY = [(op, name, case) for op, name in ADAPTERS.items() for case in CASES[op] if op != "rasterize" or case not in TIES]


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    """The stand-ins in the libraries' places, and their adapters on the CPU, by name."""
    monkeypatch.delenv(_dispatch.VARIABLE, raising=False)
    for modules in RIVALS.values():
        for name, made in modules.items():
            monkeypatch.setitem(sys.modules, name, made)
    for op, name in ADAPTERS.items():
        module = f"renderers.ops.{op}.{name}_cuda"
        monkeypatch.delitem(sys.modules, module, raising=False)
        monkeypatch.setitem(backends(op, "cpu"), name, import_module(module))
    yield
    for op, name in ADAPTERS.items():
        sys.modules.pop(f"renderers.ops.{op}.{name}_cuda", None)


@pytest.mark.parametrize(("op", "backend", "case"), EVERY)
def test_an_adapter_agrees_with_the_definition(op, backend, case):
    got, want = (values_and_gradients(op, case, name) for name in (backend, "reference"))
    assert got.keys() == want.keys()
    for name in want:
        assert got[name].dtype == want[name].dtype
        assert_agree(got[name].nan_to_num(), want[name].nan_to_num(), COARSE.get(op, TOL), f"{op} {case}: {name}")


@pytest.mark.parametrize("case", TIES)
def test_on_edges_another_triangle_may_be_seen(case):
    got, want = (run("rasterize", CASES["rasterize"][case](torch.float32), name)["face"] for name in ("nvdiffrast", "reference"))
    assert (got != want).float().mean() < 0.05 and (want >= 0).any()


@pytest.mark.parametrize("op", ADAPTERS)
def test_an_adapter_runs_where_it_is_named_and_nowhere_else(op):
    _dispatch.backends.cache_clear()
    found = backends(op, "cuda")
    assert found[ADAPTERS[op]].RANK < 0
    assert choose(op, "cuda").__name__.rpartition(".")[2] != f"{ADAPTERS[op]}_cuda"
    assert choose(op, "cuda", ADAPTERS[op]) is found[ADAPTERS[op]]
    _dispatch.backends.cache_clear()


def test_a_checkpoint_of_tinycudann_is_a_table_and_back():
    from renderers.ops.hashgrid.tinycudann_cuda import params_of, table_of
    layout = Layout(3, 4, 12, 8)
    params = torch.randn(2 * layout.rows, generator=torch.Generator().manual_seed(0)).half()
    table = table_of(params, layout)
    assert table.dtype == torch.float32 and torch.equal(params_of(table), params.float())
    first = layout.offsets[1]                                           # of the second level
    assert torch.equal(table[first], params[2 * first:2 * first + 2].float())
    with pytest.raises(ValueError, match=rf"hashgrid: \[7\] parameters, want \[{2 * layout.rows}\] for Layout"):
        table_of(params[:7], layout)


def test_an_encoding_of_another_size_is_refused(monkeypatch):
    from renderers.ops.hashgrid import tinycudann_cuda
    tinycudann_cuda._encoding.cache_clear()

    def shorter(*args, **options):
        made = RIVALS["tinycudann"]["tinycudann"].Encoding(*args, **options)
        made.params = torch.nn.Parameter(made.params[:-2])
        return made
    monkeypatch.setattr(tinycudann_cuda, "tinycudann", type("other", (), {"Encoding": staticmethod(shorter)}))
    with pytest.raises(BackendError, match="its version orders the table otherwise"):
        run("hashgrid", CASES["hashgrid"]["small"](torch.float32), "tinycudann")
    tinycudann_cuda._encoding.cache_clear()


def test_a_layer_behind_another_is_refused():
    pixels, depths, faces = torch.tensor([[[1.0, 1], [7, 1], [1, 7]]]), torch.ones(1, 3), torch.tensor([[0, 1, 2]])
    with pytest.raises(BackendError, match="rasterize: backend 'nvdiffrast' draws the nearest layer only"):
        rasterize(pixels, depths, faces, (8, 8), behind=torch.full((1, 8, 8), 0.5), backend="nvdiffrast")


def test_the_doctor_says_that_a_licence_forbids_commercial_use():
    (licence,) = [licence for name, _, licence, _ in OPTIONAL if name == "nvdiffrast"]
    assert "non-commercial" in licence
