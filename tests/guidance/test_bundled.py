"""The border to diffusers: a tiny random network of the bundled family, loaded as any other."""

import json
import shutil
from math import cos, sin
from types import SimpleNamespace

import pytest
import torch
import torch.nn.functional as F
from diffusers import UNet2DConditionModel

from guidance import priors
from guidance.conditions import Condition
from guidance.methods.sds import SDS, Config
from guidance.priors.bundled.network import make, make_scheduler, sentence, write
from guidance.priors.bundled.sight import Sight
from guidance.priors.families import bundled
from guidance.priors.loading.files import write_card
from guidance.prompts import Prompts
from tests.tiny import STATES, make_prior

T = torch.tensor([50, 700])
ANGLES = torch.tensor([0.0, 1.0])


@pytest.fixture(scope="module")
def prior(made):
    return priors.load(made, precision="float32")


def noise(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def picture(*size, B=2):
    values = torch.rand(B, *size, 4, generator=torch.Generator().manual_seed(0))
    opacity = values[..., 3:].requires_grad_()
    premultiplied = (values[..., :3] * values[..., 3:]).detach().requires_grad_()
    return SimpleNamespace(rgb=None, premultiplied=premultiplied, opacity=opacity)


def test_eps_is_the_networks_v_unfolded_and_converted(prior):
    x_t, y = noise(2, 4, 16, 16), prior.condition(["a cat", ""], ANGLES, ANGLES)
    pooled = torch.stack([states[mask].mean(0) for states, mask in zip(y.text, y.mask, strict=True)])
    pooled = pooled / pooled.norm(dim=-1, keepdim=True) * STATES**0.5
    with torch.no_grad():
        nothing = torch.zeros(2, STATES)                    # the summary of no reference
        mu = prior.network.mean(torch.cat([pooled, nothing], -1), y.pose)
        shown = F.interpolate(mu, (8, 8), mode="bilinear", align_corners=False)
        v = prior.network.unet(torch.cat([F.pixel_unshuffle(x_t, 2), torch.zeros(2, 16, 8, 8), shown], 1), T,
                               encoder_hidden_states=y.text, encoder_attention_mask=y.mask,
                               class_labels=torch.cat([y.pose, pooled, nothing], -1)).sample
        got = prior.eps(x_t, T, y)
    assert mu.shape == (2, 4, 4, 4)
    cosine = torch.cos((torch.arange(1001, dtype=torch.float64) / 1000 + 0.008) / 1.008 * torch.pi / 2)
    abar = cosine**2                                        # Nichol and Dhariwal, arXiv:2102.09672, eq. 17
    abar = (abar[1:] / abar[0])[T].float().view(-1, 1, 1, 1)
    torch.testing.assert_close(got, abar.sqrt() * F.pixel_shuffle(v, 2) + (1 - abar).sqrt() * x_t, atol=1e-4, rtol=1e-4)
    assert (prior.size, prior.channels, prior.network.fold, len(prior.schedule)) == (16, 4, 2, 1000)


def shown(prior, prompts, reference, azimuth):
    """The conditions of ``prompts`` from the front, each with ``reference`` [B, 4, S, S], seen from ``azimuth`` [B]."""
    y = prior.condition(prompts, torch.zeros(len(prompts)), torch.zeros(len(prompts)))
    return y.showing(reference, prior.pose(azimuth, torch.zeros(len(prompts))))


def test_eps_with_a_reference_is_the_networks_v_of_its_tokens_and_its_summary(prior):
    x_t, network = noise(2, 4, 16, 16), prior.network
    y = shown(prior, ["a cat", "a dog"], noise(2, 4, 16, 16, seed=1), ANGLES)
    pooled = sentence(y)
    with torch.no_grad():
        folded = F.pixel_unshuffle(y.reference, 2)
        tokens, summary = network.sight(folded, y.reference_pose)
        mu = F.interpolate(network.mean(torch.cat([pooled, summary], -1), y.pose), (8, 8), mode="bilinear", align_corners=False)
        v = network.unet(torch.cat([F.pixel_unshuffle(x_t, 2), folded, mu], 1), T,
                         encoder_hidden_states=torch.cat([y.text, tokens], 1),
                         encoder_attention_mask=torch.cat([y.mask, torch.ones(2, 64, dtype=torch.bool)], 1),
                         class_labels=torch.cat([y.pose, pooled, summary], -1)).sample
        want = prior.schedule.eps_from("v_prediction", F.pixel_shuffle(v, 2), x_t, T)
        torch.testing.assert_close(prior.eps(x_t, T, y), want, atol=1e-5, rtol=1e-4)
    assert tokens.shape == (2, 64, STATES) and summary.shape == (2, STATES)


def test_a_prior_without_a_sight_answers_as_ever_and_sees_no_reference(tmp_path):
    prior = priors.load(make_prior(tmp_path, sighted=False), precision="float32")
    x_t, y, network = noise(2, 4, 16, 16), prior.condition(["a cat", ""], ANGLES, ANGLES), prior.network
    pooled = sentence(y)
    with torch.no_grad():
        mu = F.interpolate(network.mean(pooled, y.pose), (8, 8), mode="bilinear", align_corners=False)
        v = network.unet(torch.cat([F.pixel_unshuffle(x_t, 2), mu], 1), T, encoder_hidden_states=y.text,
                         encoder_attention_mask=y.mask, class_labels=torch.cat([y.pose, pooled], -1)).sample
        want = prior.schedule.eps_from("v_prediction", F.pixel_shuffle(v, 2), x_t, T)
        torch.testing.assert_close(prior.eps(x_t, T, y), want, atol=1e-5, rtol=1e-4)
        seeing = y.showing(noise(2, 4, 16, 16, seed=1), y.pose)
        assert network.sight is None and torch.equal(prior.eps(x_t, T, seeing), prior.eps(x_t, T, y))
        assert prior.sample(y, 2, 2.0).isfinite().all()


def test_a_network_is_written_as_it_was_made(tmp_path):
    """With a sight or without; one that is written over the other leaves a prior."""
    for sight in (True, False, True):
        with torch.random.fork_rng():
            made = make(16, 2, (8, 16), STATES, sight)
        write(tmp_path, made, make_scheduler(), {}, "")
        back = priors.load(tmp_path, precision="float32").network.state_dict()
        assert any(name.startswith("sight.") for name in back) == sight
        assert all(torch.equal(back[name], value.half().float()) for name, value in made.state_dict().items())


def test_a_reference_and_the_camera_that_saw_it_reach_the_network(prior):
    x_t, front = noise(1, 4, 16, 16), torch.zeros(1)
    pictures = [noise(1, 4, 16, 16, seed=seed) for seed in (1, 2)]
    asked = [prior.condition(["a cat"], front, front), shown(prior, ["a cat"], pictures[0], front),
             shown(prior, ["a cat"], pictures[1], front), shown(prior, ["a cat"], pictures[0], front + 1)]
    with torch.no_grad():
        seen = [prior.eps(x_t, T[:1], y) for y in asked]
        mean = [prior.network.mean_image(y) for y in asked]
    for values in (seen, mean):
        assert all((a - b).abs().max() > 1e-6 for i, a in enumerate(values) for b in values[:i])


def test_a_reference_from_no_camera_is_none(prior):
    """Whatever its pixels: rows without one share a batch with rows that have one."""
    x_t, pictures = noise(2, 4, 16, 16), noise(2, 4, 16, 16, seed=1)
    both = shown(prior, ["a cat", "a cat"], pictures, ANGLES)
    hidden = both.showing(pictures, both.reference_pose * torch.tensor([[0.0], [1.0]]))
    with torch.no_grad():
        full, got = prior.eps(x_t, T, both), prior.eps(x_t, T, hidden)
        none = prior.eps(x_t, T, both.showing(None, None))
        nobody = prior.eps(x_t, T, both.showing(pictures, torch.zeros(2, 4)))
    torch.testing.assert_close(nobody, none, atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(got[0], none[0], atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(got[1], full[1], atol=1e-5, rtol=1e-4)
    assert (full[0] - none[0]).abs().max() > 1e-4


def test_text_pose_and_mask_all_reach_the_network(prior):
    x_t, y = noise(1, 4, 16, 16), prior.condition(["a cat"], ANGLES[:1], ANGLES[:1])
    others = [prior.condition(["a big dog"], ANGLES[:1], ANGLES[:1]),
              prior.condition(["a cat"], ANGLES[1:], ANGLES[:1]),
              prior.condition(["a cat"]), Condition(y.text, torch.ones_like(y.mask), y.pose)]
    with torch.no_grad():
        eps = prior.eps(x_t, T[:1], y)
        assert all((prior.eps(x_t, T[:1], other) - eps).abs().max() > 1e-6 for other in others)


def test_what_lies_behind_the_mask_does_not_matter(prior):
    x_t, y = noise(1, 4, 16, 16), prior.condition(["a cat"])
    other = Condition(torch.where(y.mask[..., None], y.text, 7.0), y.mask, y.pose)
    with torch.no_grad():
        torch.testing.assert_close(prior.eps(x_t, T[:1], other), prior.eps(x_t, T[:1], y))


def test_the_pose_is_the_one_of_training_and_zero_where_unknown(prior):
    got = prior.condition(["a"], torch.tensor([0.5]), torch.tensor([0.2])).pose
    torch.testing.assert_close(got, torch.tensor([[1.0, sin(0.5), cos(0.5), sin(0.2)]]))
    assert not prior.condition(["a"]).pose.any()


def test_decode_undoes_encode(prior):
    p = picture(16, 16)
    premultiplied, opacity = prior.decode(prior.encode(p))
    torch.testing.assert_close(premultiplied, p.premultiplied)
    torch.testing.assert_close(opacity, p.opacity)


@pytest.mark.parametrize("size", [(16, 16), (48, 48), (8, 8), (40, 24)])
def test_pictures_of_any_size_arrive_at_the_priors_with_their_mean(prior, size):
    p = picture(*size)
    x0 = prior.encode(p)
    assert x0.shape == (2, 4, 16, 16) and x0.dtype == torch.float32
    means = torch.cat([p.premultiplied, p.opacity], -1).mean((1, 2)) * 2 - 1
    torch.testing.assert_close(x0.mean((2, 3)), means, atol=0.03, rtol=0)
    x0.sum().backward()
    assert (p.premultiplied.grad > 0).all() and (p.opacity.grad > 0).all()


def test_distillation_runs_from_angles_to_a_gradient_in_the_picture(prior):
    p, rng = picture(24, 24), torch.Generator().manual_seed(0)
    query = Prompts(prior, "a red cat", negative="fog", perp_neg=1.0)(ANGLES, ANGLES)
    losses = SDS(prior, Config()).losses(p, query, 0.5, rng)
    sum(losses.values()).backward()
    for grad in (p.premultiplied.grad, p.opacity.grad):
        assert grad.isfinite().all() and grad.abs().max() > 0
    assert all(w.grad is None for w in prior.network.parameters())


def test_bfloat16_is_close_to_float32(made, prior):
    low = priors.load(made, precision="bfloat16")
    x_t, y = noise(2, 4, 16, 16), prior.condition(["a cat", ""], ANGLES, ANGLES)
    with torch.no_grad():
        full, got = prior.eps(x_t, T, y), low.eps(x_t, T, y)
    assert (prior.precision, low.precision, got.dtype) == ("float32", "bfloat16", torch.float32)
    assert 0 < (got - full).norm() / full.norm() < 0.02


@pytest.mark.parametrize("ratio, taken", [(0.5, "bfloat16"), (1.0, "float32"), (3.0, "float32")])
def test_bfloat16_is_taken_where_it_is_faster(made, monkeypatch, ratio, taken):
    monkeypatch.setattr(bundled, "seconds", lambda network: ratio if network.dtype == torch.bfloat16 else 1.0)
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: "AVX512")
    assert priors.load(made).precision == taken
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: "AVX2")
    assert priors.load(made).precision == "float32", "bfloat16 is not tried where it is emulated"


def test_the_probe_runs_the_network(prior):
    assert 0 < bundled.seconds(prior.network) < 60


def test_an_unfolded_network_comes_through_the_same_door(folder):
    config = json.loads((folder / "unet/config.json").read_text()) | {"in_channels": 12, "out_channels": 4}
    UNet2DConditionModel.from_config(config).save_pretrained(folder / "unet")
    Sight(channels=4, size=8, states=STATES, pose=4).save_pretrained(folder / "sight")
    prior = priors.load(folder, precision="float32")
    assert (prior.network.fold, prior.size) == (1, 8)
    with torch.no_grad():
        for y in (prior.condition(["a cat"]), shown(prior, ["a cat"], noise(1, 4, 8, 8), ANGLES[1:])):
            assert prior.eps(noise(1, 4, 8, 8), T[:1], y).shape == (1, 4, 8, 8)


@pytest.mark.parametrize("sampler", ["sde-dpm++", "dpm++", "ddim", "ddpm"])
def test_samplers_draw_finite_pictures_that_the_stream_decides(prior, sampler):
    y = prior.condition(["a cat", "a dog"], ANGLES, ANGLES)
    a, b, c = (prior.sample(y, 4, 2.0, torch.Generator().manual_seed(seed), sampler) for seed in (0, 0, 1))
    assert a.shape == (2, 4, 16, 16) and a.isfinite().all()
    assert torch.equal(a, b) and not torch.equal(a, c)


@pytest.mark.parametrize(("steps", "usual", "other"), [(15, "dpm++", "sde-dpm++"), (16, "sde-dpm++", "dpm++")])
def test_the_usual_sampler_adds_noise_where_there_are_steps_enough(prior, steps, usual, other):
    y = prior.condition(["a cat"], ANGLES[:1], ANGLES[:1])
    drawn = {name: prior.sample(y, steps, 2.0, torch.Generator().manual_seed(0), name) for name in ("", usual, other)}
    assert torch.equal(drawn[""], drawn[usual]) and not torch.equal(drawn[""], drawn[other])


def test_low_levels_are_sampled_without_guidance(prior, monkeypatch):
    """Two rows a picture from GUIDED_FROM on, one below."""
    rows = []
    eps = prior.eps
    monkeypatch.setattr(prior, "eps", lambda x_t, t, y: rows.append((len(t), int(t[0]))) or eps(x_t, t, y))
    prior.sample(prior.condition(["a cat"], ANGLES[:1], ANGLES[:1]), 10, 3.0)
    assert {count for count, t in rows if t >= 400} == {2} and {count for count, t in rows if t < 400} == {1}


@pytest.mark.parametrize("part", ["unet", "mean", "sight"])
def test_the_id_follows_the_weights(folder, prior, part):
    assert priors.load(folder, precision="float32").id == prior.id
    path = folder / part / "diffusion_pytorch_model.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert priors.load(folder, precision="float32").id != prior.id


def test_the_id_follows_a_text_encoder_that_the_folder_brings(folder, prior):
    words = folder / "text" / "tokenizer.json"
    words.write_bytes(words.read_bytes() + b" ")
    ids = {prior.id, priors.load(folder, precision="float32").id}
    shutil.rmtree(folder / "text")
    assert len(ids | {priors.load(folder, precision="float32").id}) == 3


def test_the_card_names_the_words(folder):
    write_card(folder, {"words": ["red apple", "jack-o-lantern"], "colours": ["blue"]})
    prior = priors.load(folder, precision="float32")
    assert prior.unknown_words("A blue apple with a Zeppelin, jack-o-lantern zeppelin") == ["zeppelin"]
    (first, likeness), (second, less) = prior.nearest_words("red apple")
    assert (first, second) == ("red apple", "jack-o-lantern") and less < likeness == pytest.approx(1)
