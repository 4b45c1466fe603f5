"""What is done for so many gigabytes, and that none of it changes what a prior says."""

import pytest
import torch
from torch import nn

from guidance import priors
from guidance.errors import MethodError
from guidance.methods.vsd import VSD, Config
from guidance.priors import Options, product
from guidance.priors.loading import encoders, registry
from guidance.priors.loading.memory import Int8Linear, Plan, dtype_for, plan, to_int8
from guidance.prompts import Prompts

T = torch.tensor([50, 700])


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("DREAMGEN_CACHE", str(tmp_path))


def noise(*shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(0))


def planned(name, memory, device="cuda"):
    entry = registry.ENTRIES[name]
    return plan(memory, device, entry.gigabytes("bfloat16"), min(entry.encoders, registry.T5_XXL) * 2 / 1e3)


@pytest.mark.parametrize("name, memory, want", [
    ("sd15", 0, Plan()), ("sd15", 8, Plan(False, True, True, "device")), ("sdxl", 8, Plan(True, True, True, "device")),
    ("sdxl", 12, Plan(False, True, True, "device")), ("if", 8, Plan(True, True, True, "int8")),
    ("if", 16, Plan(False, False, True, "device")), ("sd35", 12, Plan(False, True, True, "device")),
    ("flux", 16, Plan(True, False, True, "device")), ("flux", 24, Plan(True, False, False, "device")),
    ("flux", 48, Plan(False, False, False, "device"))])
def test_large_networks_are_moved_and_large_encoders_shrink(name, memory, want):
    assert planned(name, memory) == want


def test_what_stays_on_the_device_fits_its_budget():
    for name, entry in registry.ENTRIES.items():
        for memory in (8, 12, 16, 24, 48):
            p = planned(name, memory)
            network = 0 if p.offload else entry.gigabytes("bfloat16")
            encoder = {"device": 2, "int8": 1, "cpu": 0}[p.encoders] * min(entry.encoders, registry.T5_XXL) / 1e3
            assert network + 0.4 < 0.7 * memory and encoder <= 0.8 * memory, (name, memory)        # 0.4: the VAE


def test_a_cpu_offloads_nothing_and_keeps_its_encoders_to_itself():
    assert planned("flux", 8, "cpu") == Plan(False, True, True, "int8")


def test_precision_follows_the_device(monkeypatch):
    for amx, avx512 in ((True, False), (False, True), (False, False)):
        monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda amx=amx: amx)
        monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda avx512=avx512: avx512)
        assert dtype_for("auto", torch.device("cpu")) == (torch.bfloat16 if amx or avx512 else torch.float32)
        assert dtype_for("float32", torch.device("cpu")) == torch.float32
    assert dtype_for("auto", torch.device("cpu")) == dtype_for("auto", torch.device("mps")) == torch.float32
    assert dtype_for("float16", torch.device("cpu")) == torch.float16


def test_a_layer_in_int8_is_its_own_to_half_a_step():
    linear = nn.Linear(64, 16)
    low = Int8Linear(linear)
    step = linear.weight.abs().amax(1, keepdim=True) / 127
    assert low.weight.dtype == torch.int8
    assert ((low.weight * low.scale - linear.weight).abs() <= step / 2 + 1e-7).all()
    x = noise(8, 64)
    assert (low(x) - linear(x)).norm() / linear(x).norm() < 0.01
    assert Int8Linear(nn.Linear(64, 16, bias=False))(x.bfloat16()).dtype == torch.bfloat16
    inside = to_int8(nn.Sequential(nn.Linear(4, 4), nn.Sequential(nn.Linear(4, 4, bias=False), nn.LayerNorm(4))))
    assert [type(m).__name__ for m in inside.modules()][1:] == ["Int8Linear", "Sequential", "Int8Linear", "LayerNorm"]


def test_an_encoder_in_int8_says_nearly_the_same_and_is_kept_apart(pipes):
    tower = encoders.Tower(masked=True)
    full, low = (encoders.encode(pipes("deepfloyd")[1], tower, ["a red cat"], torch.device("cpu"), Plan(encoders=where))
                 for where in ("device", "int8"))
    assert 0 < (full.text - low.text).norm() / full.text.norm() < 0.05
    assert len(list((encoders.cache() / "prompts").iterdir())) == 2


@pytest.mark.parametrize("family", ["sd15", "sdxl", "sd3", "unidiffuser"])
def test_slices_and_second_computations_change_no_number(pipes, family):
    plain = priors.load(pipes(family)[1], precision="float32")
    small = priors.load(pipes(family)[1], precision="float32", options=Options(memory=8))
    assert small.plan == Plan(False, True, True, "device") and plain.plan == Plan()
    x_t, y = noise(2, plain.channels, 8, 8), plain.condition(["a red cat", ""])
    with torch.no_grad():
        torch.testing.assert_close(small.eps(x_t, T, y), plain.eps(x_t, T, y), atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(small.decode(x_t)[0], plain.decode(x_t)[0], atol=1e-5, rtol=1e-4)
    grads = []
    for prior in (plain, small):
        rgb = torch.rand(2, 16, 16, 3, generator=torch.Generator().manual_seed(0)).requires_grad_()
        x0 = prior.encode(type("Picture", (), {"rgb": rgb}))
        (x0 * noise(*x0.shape)).sum().backward()
        grads.append(rgb.grad)
    torch.testing.assert_close(grads[1], grads[0], atol=1e-5, rtol=1e-3)


def test_a_network_that_is_offloaded_layer_by_layer_says_the_same(pipes, monkeypatch):
    """Between two places of one CPU: that the hooks are right, not that memory is saved, which needs a GPU to see."""
    from guidance.priors.families import _frozen

    whole = priors.load(pipes("sd15")[1], precision="float32")
    monkeypatch.setattr(_frozen, "plan", lambda *sizes: Plan(offload=True))
    parts = priors.load(pipes("sd15")[1], precision="float32", options=Options(memory=8))
    assert parts.plan.offload
    x_t, y = noise(2, 4, 8, 8), whole.condition(["a red cat", ""])
    with torch.no_grad():
        torch.testing.assert_close(parts.eps(x_t, T, y), whole.eps(x_t, T, y))


def test_no_student_is_trained_through_a_network_that_comes_layer_by_layer(pipes, monkeypatch):
    from guidance.priors.families import _frozen

    monkeypatch.setattr(_frozen, "plan", lambda *sizes: Plan(offload=True))
    parts = priors.load(pipes("sd15")[1], precision="float32", options=Options(memory=8))
    for prior in (parts, product.Product([parts, parts], [0.5, 0.5])):
        with pytest.raises(MethodError, match="guidance.kind: vsd trains its student through the whole network, which "
                                              "prior_options.memory brings to the device a layer at a time; give "):
            VSD(prior, Config())


@pytest.mark.parametrize("family", ["sd15", "sdxl", "sd3"])
def test_a_student_learns_the_same_in_slices(pipes, family):
    """What memory=8 does on a CPU, of the network and the VAE; a student of several steps, its B no longer 0."""
    found = []
    for memory in (0, 8):
        prior = priors.load(pipes(family)[1], precision="float32", options=Options(memory=memory))
        method, query = VSD(prior, Config(lora_steps=3, lr=0.01)), Prompts(prior, "a red cat")(torch.zeros(2), torch.zeros(2))
        rgb = torch.rand(2, 16, 16, 3, generator=torch.Generator().manual_seed(0)).requires_grad_()
        for step in range(2):
            losses = method.losses(type("Picture", (), {"rgb": rgb}), query, 0.5, torch.Generator().manual_seed(step))
        losses["distill"].backward()
        found.append((rgb.grad, torch.cat([weight.detach().flatten() for weight in method.student.weights.values()])))
    (plain, taught), (sliced, taught_too) = found
    torch.testing.assert_close(taught_too, taught, atol=1e-3, rtol=1e-2)
    torch.testing.assert_close(sliced, plain, atol=1e-3 * float(plain.abs().max()), rtol=1e-2)


@pytest.mark.gpu
def test_an_offloaded_network_is_not_on_the_gpu_when_it_rests(pipes, monkeypatch):
    from guidance.priors.families import _frozen

    monkeypatch.setattr(_frozen, "plan", lambda *sizes: Plan(offload=True))
    prior = priors.load(pipes("sd15")[1], "cuda", "float32", Options(memory=8))
    assert all(weight.device.type == "cpu" for weight in prior.network.parameters())
    y = prior.condition(["a red cat", ""])
    with torch.no_grad():
        eps = prior.eps(noise(2, 4, 8, 8).cuda(), T.cuda(), y)
    assert eps.isfinite().all() and all(weight.device.type == "cpu" for weight in prior.network.parameters())
