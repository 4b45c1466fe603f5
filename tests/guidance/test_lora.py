"""A prior's trainable twin: it begins as the prior, shares its weights, and hears the camera."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from guidance import priors
from guidance.errors import MethodError
from guidance.lora import ATTENTION, Student, sharing_copy, time_embedding

T = torch.tensor([100, 700])


@pytest.fixture(params=["float32", "bfloat16"])
def prior(request, made):
    return priors.load(made, precision=request.param)


def student(prior, everywhere=False, rank=2):
    return Student(prior, rank, everywhere, torch.Generator().manual_seed(0))


def ask(prior):
    x_t = torch.randn(2, 4, 16, 16, generator=torch.Generator().manual_seed(0))
    y = prior.condition(["a cat", "a dog"], torch.tensor([0.0, 2.0]), torch.zeros(2))
    return x_t, T, y.showing(x_t.flip(0), y.pose.flip(0))


def test_it_begins_as_the_prior(prior):
    with torch.no_grad():
        assert torch.equal(student(prior).eps(*ask(prior)), prior.eps(*ask(prior)))


def test_its_frozen_weights_are_the_priors_tensors_and_its_modules_are_not(prior):
    twin = sharing_copy(prior.network)
    assert all(a is b for a, b in zip(twin.parameters(), prior.network.parameters(), strict=True))
    assert all(a is not b for a, b in zip(twin.modules(), prior.network.modules(), strict=True))


def test_the_prior_has_no_additions(prior):
    student(prior)
    assert not any("lora" in name for name, _ in prior.network.named_modules())
    assert not any(weight.requires_grad for weight in prior.network.parameters())


def test_what_learns_is_float32_and_small(prior):
    few, many = student(prior), student(prior, everywhere=True)
    assert all(weight.dtype == torch.float32 and weight.requires_grad for weight in many.weights.values())
    lora = {name for name in few.weights if not name.startswith("camera.")}
    assert lora and all(any(f".{part}." in name for part in ATTENTION) for name in lora)
    assert len(few.weights) < len(many.weights)


@pytest.mark.parametrize("everywhere", [False, True])
def test_every_weight_gets_a_gradient_once_b_is_not_zero(prior, everywhere):
    twin = student(prior, everywhere)
    with torch.no_grad():
        for weight in twin.weights.values():
            weight.add_(0.05 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(1)))
    twin.eps(*ask(prior)).square().sum().backward()
    assert [name for name, weight in twin.weights.items() if weight.grad is None or not weight.grad.any()] == []


def test_the_camera_is_heard_through_the_time_embedding(prior):
    """A network deaf to poses: its twin tells cameras apart once it has learnt to, and not where they are unknown."""
    twin = student(prior)
    x_t, t, condition = ask(prior)
    deaf = replace(condition[:1].expand(2), pose=torch.zeros(2, 4))
    x_t = x_t[:1].expand(2, -1, -1, -1)
    with torch.no_grad():
        twin.weights["camera.2.weight"].normal_(generator=torch.Generator().manual_seed(1))
        same = twin.eps(x_t, T[:1].expand(2), deaf)
        assert (same[0] - same[1]).abs().max() < 1e-4
        hook = twin.camera.register_forward_pre_hook(lambda module, given: (condition.pose.float(),))
        told = twin.eps(x_t, T[:1].expand(2), deaf)
        hook.remove()
        assert (told[0] - told[1]).abs().max() > 1e-3


def test_one_draw_gives_one_student(prior):
    one, two = student(prior, True), student(prior, True)
    assert all(torch.equal(weight, two.weights[name]) for name, weight in one.weights.items())


def test_making_one_leaves_torchs_random_numbers_to_others(prior):
    torch.manual_seed(3)
    want = torch.rand(3)
    torch.manual_seed(3)
    student(prior)
    assert torch.equal(torch.rand(3), want)


def test_a_network_without_attention_is_told_what_to_do():
    class Plain:
        network = nn.Sequential(nn.Linear(2, 2))

    with pytest.raises(MethodError, match="adapt: need 'all' for Sequential, which has no attention of a known name"):
        student(Plain())
    assert time_embedding(Plain.network) is None


@pytest.mark.parametrize("rank", [1, 3])
def test_an_addition_is_b_times_a_and_no_less_at_any_rank(rank):
    """W x + B A x, unscaled: what peft calls lora_alpha is the rank."""
    class Plain:
        network, name = nn.Sequential(nn.Linear(5, 7, bias=False)), "plain"

        def eps(self, x_t, t, condition):
            return self.network(x_t)

    twin = student(Plain(), everywhere=True, rank=rank)
    (A,), (B,) = ([weight for name, weight in twin.weights.items() if part in name] for part in ("lora_A", "lora_B"))
    assert A.shape == (rank, 5) and B.shape == (7, rank)
    x = torch.randn(2, 5, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        B.normal_(generator=torch.Generator().manual_seed(1))
        torch.testing.assert_close(twin.eps(x, None, None), x @ (Plain.network[0].weight + B @ A).T)


@pytest.mark.parametrize("rank", [2, 4])
def test_a_begins_as_in_diffusers_or_as_torchs_layers_do(prior, rank):
    """N(0, 1 / rank^2), which the official student has, or U(-1, 1) / sqrt(in); B is 0 in both."""
    for drawn in ("normal", "uniform"):
        twin = Student(prior, rank, False, torch.Generator().manual_seed(0), drawn)
        first = torch.cat([weight.detach().flatten() * (rank if drawn == "normal" else weight.shape[1] ** 0.5)
                           for name, weight in twin.weights.items() if "lora_A" in name])
        assert float(first.std()) == pytest.approx(1 if drawn == "normal" else 3**-0.5, rel=0.1)
        assert bool(first.abs().max() > 1) is (drawn == "normal")
        assert not any(weight.any() for name, weight in twin.weights.items() if "lora_B" in name)
