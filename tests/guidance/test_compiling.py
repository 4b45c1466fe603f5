"""A prior whose network is compiled says what it says otherwise, or why it cannot be compiled."""

from functools import partial
from types import SimpleNamespace

import pytest
import torch

from guidance import priors
from guidance.lora import sharing_copy
from guidance.priors import Options, PriorError
from guidance.priors.loading import compiling
from guidance.priors.loading.compiling import have_compiled
from guidance.priors.loading.memory import Plan
from tests.guidance.pipelines import save
from tests.tiny import make_prior

T = torch.tensor([300, 700])
COMPILED = Options(compile=True)


def answers(prior):
    """eps of two noised pictures, and the gradient of its sum in them."""
    rng = torch.Generator().manual_seed(0)
    x_t = torch.randn(2, prior.channels, prior.size, prior.size, generator=rng).requires_grad_()
    eps = prior.eps(x_t, T, prior.condition(["a ball", ""]))
    return eps, torch.autograd.grad(eps.sum(), x_t)[0]


def test_the_network_is_compiled_where_it_is_asked_for(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(torch.nn.Module, "compile", lambda self: asked.append(self))
    prior = priors.load(str(make_prior(tmp_path)), "cpu", "float32", COMPILED)
    assert asked == [prior.network.unet]
    priors.load(str(tmp_path), "cpu", "float32")
    assert len(asked) == 1


def test_what_cannot_be_compiled_is_refused_in_a_sentence(tmp_path, monkeypatch):
    moved = SimpleNamespace(name="flux", plan=Plan(offload=True))
    with pytest.raises(PriorError, match="prior 'flux': compile: cannot be used when prior_options.memory moves"):
        have_compiled(moved)
    folder = make_prior(tmp_path)
    monkeypatch.setattr(compiling, "find_spec", lambda name: None)
    assert compiling.lacking("cuda") == "needs Triton on a GPU, and it is not installed"
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PriorError, match=r"compile: needs a C\+\+ compiler, and none of c\+\+, "):
        priors.load(str(folder), "cpu", "float32", COMPILED)


def test_a_student_of_a_compiled_prior_is_not_compiled(tmp_path):
    prior = priors.load(str(make_prior(tmp_path)), "cpu", "float32", COMPILED)              # not before its first call
    assert prior.network.unet._compiled_call_impl is not None
    assert sharing_copy(prior.network).unet._compiled_call_impl is None


@pytest.mark.slow
@pytest.mark.parametrize("make", [make_prior, partial(save, "sd15"), partial(save, "sd3")], ids=["bundled", "sd", "sd3"])
def test_a_compiled_prior_says_the_same_to_rounding_and_so_does_its_gradient(make, tmp_path):
    """Slow for the compiler's sake."""
    make(folder := tmp_path / "prior")
    for plain, compiled in zip(answers(priors.load(str(folder), "cpu", "float32")),
                               answers(priors.load(str(folder), "cpu", "float32", COMPILED)), strict=True):
        assert (plain - compiled).norm() < 1e-4 * plain.norm()
