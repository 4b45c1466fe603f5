"""Behind every door the same: what all families answer alike, and the few things that one of them has of its own."""

import copy
import shutil
import weakref

import pytest
import torch

from guidance import priors
from guidance.conditions import Query
from guidance.methods.vsd import VSD, Config
from guidance.priors import Options, PriorError
from guidance.priors.loading import encoders
from guidance.prompts import Prompts
from tests.guidance.pipelines import MAKERS, OPTIONS, PIXELS, PROMPT, T, noise, picture

ALIKE = ("sd21", "lcm", "flux_schnell", "pixart_sigma")     # as another family, but for a formula that is tested
FAMILIES = [pytest.param(f, marks=[pytest.mark.slow] * (f in ALIKE)) for f in MAKERS]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_takes_a_step_of_variational_distillation(load, family):
    prior = load(family)
    shown, rng = picture(20), torch.Generator().manual_seed(0)
    query = Prompts(prior, PROMPT, "blurry")(torch.tensor([0.0, 1.5]), torch.tensor([0.2, 0.2]))
    method = VSD(prior, Config())
    before = {name: weight.clone() for name, weight in method.student.weights.items()}
    for step in range(2):           # in the second, A moves as well: B is no longer 0
        sum(method.losses(shown, query, step / 2, rng).values()).backward()
    grad = shown.rgb.grad
    assert grad.shape == shown.rgb.shape and grad.isfinite().all() and grad.abs().max() > 0
    moved = [name for name, weight in method.student.weights.items() if not torch.equal(weight, before[name])]
    assert len(moved) > 0.9 * len(before) and all(weight.isfinite().all() for weight in method.student.weights.values())
    assert not any("lora" in name for name, _ in prior.network.named_parameters())      # the prior stays as it is


@pytest.mark.parametrize("family", MAKERS)
def test_shapes_and_types_are_the_same_behind_every_door(load, family):
    prior = load(family)
    x0 = prior.encode(picture(20))
    y = prior.condition([PROMPT, ""], torch.zeros(2), torch.zeros(2))
    eps_x = prior.eps(x0, T, y.seeing(prior.control(picture(20), Query(y, y), torch.Generator().manual_seed(0))))
    assert x0.shape == eps_x.shape == (2, prior.channels, prior.size, prior.size)
    assert x0.dtype == eps_x.dtype == y.text.dtype == torch.float32 and y.mask.dtype == torch.bool
    rgb, opacity = prior.decode(x0.detach())
    assert rgb.shape == (2, prior.resolution, prior.resolution, 3)
    assert torch.equal(opacity, torch.ones_like(rgb[..., :1]))
    assert rgb.min() >= 0 and rgb.max() <= 1
    assert prior.pixels == (family in PIXELS) and not prior.opacity and len(prior.id) == 16
    assert prior.precision == "float32" and len(prior.schedule) == 1000
    assert y.pose.tolist() == [[1, 0, 1, 0]] * 2 and not prior.condition([PROMPT]).pose.any()
    assert prior.unknown_words(PROMPT) == [] and prior.nearest_words(PROMPT) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_samples_are_finite_and_decided_by_the_stream(load, family):
    prior = load(family)
    y = prior.condition([PROMPT], torch.zeros(1), torch.zeros(1))
    if family == "deepfloyd2":
        with pytest.raises(PriorError, match="refines pictures, and draws none"):
            prior.sample(y, 2)
        return
    a, b, c = (prior.sample(y, 2, 2.0, torch.Generator().manual_seed(seed)) for seed in (0, 0, 1))
    assert a.shape == (1, prior.channels, prior.size, prior.size) and a.isfinite().all()
    assert torch.equal(a, b) and not torch.equal(a, c)


@pytest.mark.parametrize("family", FAMILIES)
@torch.no_grad()
def test_half_precision_is_close_and_comes_out_in_float32(pipes, load, family):
    low = priors.load(pipes(family)[1], precision="bfloat16", options=OPTIONS.get(family))
    full = load(family)
    assert low.precision == "bfloat16" and next(low.network.parameters()).dtype == torch.bfloat16
    if not low.pixels:
        assert next(low.vae.parameters()).dtype == torch.float32
    x_t = noise(2, full.channels, full.size, full.size)
    y = full.condition([PROMPT, ""])
    y = y.seeing(full.control(picture(20), Query(y, y), torch.Generator().manual_seed(0)))
    a, b = full.eps(x_t, T, y), low.eps(x_t, T, y)
    assert b.dtype == torch.float32 and 0 < (a - b).norm() / a.norm() < 0.05


def test_a_text_encoder_is_gone_once_it_has_encoded(load, monkeypatch):
    made, encoder = [], encoders.encoder
    monkeypatch.setattr(encoders, "encoder", lambda *given: made.append(weakref.ref(it := encoder(*given))) or it)
    load("sd3").condition(["a text that nobody asked for yet"])
    assert len(made) == 3 and not any(reference() for reference in made)


def test_a_text_is_encoded_once_and_then_read_from_the_disk(pipes, monkeypatch):
    asked, fresh = [], encoders.fresh
    monkeypatch.setattr(encoders, "fresh", lambda folder, tower, texts, *rest: asked.append(texts) or fresh(
        folder, tower, texts, *rest))
    folder = pipes("sd15")[1]
    first = priors.load(folder, precision="float32").condition(["a lonely word", "a lonely word", "another"])
    assert asked == [["a lonely word", "another"]]
    again = priors.load(folder, precision="float32").condition(["another", "a lonely word"])
    assert len(asked) == 1 and torch.equal(first.text[[2, 0]], again.text)
    for file in (encoders.cache() / "prompts").iterdir():
        file.write_bytes(file.read_bytes()[:100])           # as after a kill, or on a full disk
    damaged = priors.load(folder, precision="float32").condition(["another"])
    assert len(asked) == 2 and torch.equal(first.text[2:], damaged.text)


def test_a_long_prompt_loses_its_middle_and_keeps_its_view(load):
    prior = load("sd15")
    with pytest.warns(UserWarning, match="this prior reads 77 tokens"):
        long = prior.condition([("very " * 80) + "red cat, front view", ("very " * 80) + "red cat, back view"])
    assert not torch.equal(long.text[0], long.text[1])


def test_sdxls_empty_prompt_is_zero_and_its_words_are_not(load):
    y = load("sdxl").condition(["", PROMPT])
    assert not y.text[0].any() and not y.pooled[0].any() and y.text[1].any() and y.pooled[1].any()


def test_sd3_without_its_t5_hears_zeros_instead(pipes, tmp_path, load):
    shutil.copytree(pipes("sd3")[1], tmp_path / "sd3", ignore=shutil.ignore_patterns("text_encoder_3", "tokenizer_3"))
    y, whole = priors.load(tmp_path / "sd3", precision="float32").condition([PROMPT]), load("sd3").condition([PROMPT])
    assert torch.equal(y.text[:, :77], whole.text[:, :77]) and not y.text[:, 77:].any() and whole.text[:, 77:].any()


def test_pixels_decide_the_size_of_latents(pipes):
    prior = priors.load(pipes("sd15")[1], precision="float32", options=Options(pixels=32))
    assert (prior.size, prior.resolution) == (16, 32) and prior.encode(picture(20)).shape == (2, 4, 16, 16)


def test_guidance_that_is_an_input_is_heard(pipes, load):
    for family in ("lcm", "flux"):
        options = copy.copy(OPTIONS.get(family) or Options())
        options.guidance = 2.0
        prior, usual = priors.load(pipes(family)[1], precision="float32", options=options), load(family)
        x_t, y = noise(2, prior.channels, 8, 8), usual.condition([PROMPT] * 2)
        with torch.no_grad():
            assert (prior.eps(x_t, T, y) - usual.eps(x_t, T, y)).abs().max() > 1e-6


@pytest.mark.parametrize("family, options, words", [
    ("sd3", Options(guidance=2), "has no option 'guidance', has pixels, lora, words"),
    ("deepfloyd", Options(pixels=64), "has no option 'pixels', has lora, words")])
def test_an_option_that_a_family_lacks_is_named(pipes, family, options, words):
    with pytest.raises(PriorError, match=words):
        priors.load(pipes(family)[1], options=options)
