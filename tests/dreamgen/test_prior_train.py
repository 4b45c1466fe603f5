"""The training of a prior: it learns, it resumes exactly, and what it writes is a prior."""

import json
import shutil
import signal
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from shapes import CPU, SIZE, STEPS, TINY

from dreamgen.io import checkpoint
from dreamgen.io.rng import stream
from dreamgen.state.interrupt import ANSWER
from dreamgen.training import augment, config
from dreamgen.training.captions import Captions
from dreamgen.training.config import Config
from dreamgen.training.data import load
from dreamgen.training.processes import Processes
from dreamgen.training.state import State, in_bfloat16
from dreamgen.training.step import min_snr, reduced
from dreamgen.training.texts import encoded
from dreamgen.training.train import train
from guidance import priors
from guidance.priors import PriorError, bundled


def log(folder):
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def test_the_loss_falls(trained):
    losses = [line["loss"] for line in log(trained)]
    assert [line["step"] for line in log(trained)] == [3, 6, 9, 12, 15, 18, 20]
    assert np.mean(losses[-2:]) < 0.7 * losses[0]


def test_the_mean_picture_begins_before_and_learns_in_every_step(shapes, trained, tmp_path):
    assert checkpoint.read(trained / "checkpoints")[1]["mean_step"] == TINY.mean_first + STEPS
    data = load(shapes, SIZE)
    captions = Captions(data)
    texts = encoded(captions.texts, trained / "texts")
    draws = captions.draw(200, stream(1, "test"))
    draws = draws[draws.pose]
    small = augment.batch(reduced(data.pictures, SIZE // TINY.fold), draws)
    told = texts.condition(draws, augment.reference(data.pictures, draws))
    with torch.no_grad():
        fresh, learnt = (((network.mean_image(told) - small) ** 2).mean() for network in (
            State(TINY, tmp_path, texts.states.shape[-1], CPU).network, priors.load(trained, "cpu", "float32").network))
    assert learnt < 0.3 * fresh


def test_a_training_stopped_among_the_mean_pictures_goes_on_there(shapes, trained, tmp_path, monkeypatch):
    cfg, whole, broken = replace(TINY, mean_first=4, images=16), tmp_path / "whole", tmp_path / "broken"
    for folder in (whole, broken):
        shutil.copytree(trained / "texts", folder / "texts")
    list(train(shapes, whole, cfg, CPU))
    asked = iter([False, True])
    monkeypatch.setattr(Processes, "agree", lambda self, minutes, stop: (minutes, next(asked, stop)))
    with pytest.raises(KeyboardInterrupt):
        list(train(shapes, broken, cfg, CPU))
    assert [checkpoint.read(broken / "checkpoints")[1][name] for name in ("mean_step", "step")] == [2, 0]
    list(train(shapes, broken, config.read(broken), CPU, resume=True))
    (want, at), (got, position) = (checkpoint.read(folder / "checkpoints") for folder in (whole, broken))
    assert at["mean_step"] == position["mean_step"] == 4 + 2
    assert all(torch.equal(want[name], got[name]) for name in want)


def test_a_stopped_training_resumes_to_the_same_bits(shapes, trained, tmp_path):
    shutil.copytree(trained / "texts", tmp_path / "texts")          # saves reading the same captions again
    said = []
    with pytest.raises(KeyboardInterrupt):
        for report in train(shapes, tmp_path, TINY, CPU, tell=said.append):
            if report.step == 6:
                signal.raise_signal(signal.SIGINT)
    assert said == [ANSWER]                                         # at once, not after the step
    assert checkpoint.read(tmp_path / "checkpoints")[1]["step"] == 7 and priors.load(tmp_path, "cpu", "float32")
    list(train(shapes, tmp_path, config.read(tmp_path), CPU, resume=True))
    want, got = (checkpoint.read(folder / "checkpoints")[0] for folder in (trained, tmp_path))
    assert want.keys() == got.keys() and all(torch.equal(want[name], got[name]) for name in want)
    assert [{**line, "minutes": 0} for line in log(trained)] == [{**line, "minutes": 0} for line in log(tmp_path)]


def test_what_is_written_is_a_prior_that_samples(shapes, trained):
    prior = priors.load(trained, "cpu", "float32")
    assert prior.size == SIZE and prior.card["words"] == ["bush", "chair", "red apple"]
    assert prior.card["trained_on_pictures"] == TINY.images and prior.unknown_words("a blue horse") == ["horse"]
    average = {k.removeprefix("average."): v for k, v in checkpoint.read(trained / "checkpoints")[0].items()}
    assert all(torch.equal(v, average[k].half().float()) for k, v in prior.network.state_dict().items())
    x0 = prior.sample(prior.condition(["a chair"], torch.zeros(1), torch.zeros(1)), steps=3)
    assert x0.shape == (1, 4, SIZE, SIZE) and torch.isfinite(x0).all()
    card = (trained / "README.md").read_text(encoding="utf-8")
    assert "160 pictures in batches of 8" in card and "- shapes (licence not given), a test: bush, chair, red apple" in card


def test_a_prior_is_asked_what_it_was_trained_with(shapes, trained, tmp_path):
    data = load(shapes, SIZE)
    captions, prior = Captions(data), priors.load(trained, "cpu", "float32")
    draws = captions.draw(60, stream(0, "test"))
    draws = draws[draws.pose & (draws.reference >= 0)][:4]
    reference = augment.reference(data.pictures, draws)
    told = encoded(captions.texts, trained / "texts").condition(draws, reference)
    asked = prior.condition([captions.texts[k] for k in draws.caption], draws.azimuth, draws.elevation).showing(
        reference, prior.pose(draws.reference_azimuth, draws.reference_elevation))
    torch.testing.assert_close(told.reference_pose, asked.reference_pose)
    torch.testing.assert_close(told.text, asked.text, atol=2e-3, rtol=2e-3)         # kept in float16
    torch.testing.assert_close(told.pose, asked.pose)
    assert torch.equal(told.mask, asked.mask)


def test_a_kill_between_two_files_leaves_a_prior(trained, tmp_path, monkeypatch):
    state = State(TINY, tmp_path, 384, CPU)
    scheduler = bundled.network.make_scheduler()
    bundled.network.write(tmp_path, state.network, scheduler, {"words": ["old"]}, "old")
    with torch.no_grad():
        state.network.unet.conv_in.weight.add_(1)
    replaced = []

    def dies(here, there, replace=bundled.network.os.replace):
        if len(replaced) == 2:
            raise KeyboardInterrupt
        replaced.append(there)
        replace(here, there)

    monkeypatch.setattr(bundled.network.os, "replace", dies)
    with pytest.raises(KeyboardInterrupt):
        bundled.network.write(tmp_path, state.network, scheduler, {"words": ["new"]}, "new")
    assert priors.load(tmp_path, "cpu", "float32").size == SIZE
    monkeypatch.undo()
    bundled.network.write(tmp_path, state.network, scheduler, {"words": ["new"]}, "new")
    assert priors.load(tmp_path, "cpu", "float32").card["words"] == ["new"] and not (tmp_path / ".partial").exists()
    (tmp_path / "scheduler" / "scheduler_config.json").write_text("{}")
    with pytest.raises(PriorError, match="is not the file"):
        priors.load(tmp_path, "cpu", "float32")


def test_a_training_begins_with_the_weights_of_another(trained, tmp_path, monkeypatch):
    state = State(replace(TINY, origin=str(trained)), tmp_path, 384, CPU)
    want = priors.load(trained, "cpu", "float32").network.state_dict()
    assert all(torch.equal(want[k], v) for k, v in state.network.state_dict().items())
    assert all(weight.requires_grad for weight in state.network.parameters()) and state.network.training
    assert state.position.inherited == TINY.images and state.position.origin.endswith("(160 pictures)")
    with pytest.raises(PriorError, match="another size"):
        State(replace(TINY, origin=str(trained), widths=(8, 8)), tmp_path, 384, CPU)
    monkeypatch.setattr(priors, "load", lambda *args: SimpleNamespace(network=torch.nn.Linear(1, 1)))
    with pytest.raises(PriorError, match="need a prior of dreamgen's own kind"):
        State(replace(TINY, origin="sd14"), tmp_path, 384, CPU)


@pytest.mark.parametrize("sighted", [True, False])
def test_what_began_with_anothers_weights_is_resumed_without_it(shapes, trained, tmp_path, monkeypatch, sighted):
    """Stopped before anything was published, and again after that; the network is the other's, sight or none."""
    first, out = tmp_path / "first", tmp_path / "out"
    with torch.random.fork_rng():
        network = bundled.network.make(SIZE, TINY.fold, TINY.widths, 384, sighted)
    bundled.network.write(first, network, bundled.network.make_scheduler("sample"), {"trained_on_pictures": 500}, "")
    shutil.copytree(trained / "texts", out / "texts")
    cfg = replace(TINY, origin=str(first), mean_first=2, images=8)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Processes, "agree", lambda self, minutes, stop: (minutes, True))
        list(train(shapes, out, cfg, CPU))
    assert checkpoint.read(out / "checkpoints")[1]["mean_step"] == 1
    list(train(shapes, out, config.read(out), CPU, resume=True))
    first.rename(tmp_path / "elsewhere")
    list(train(shapes, out, replace(cfg, images=16), CPU, resume=True))
    position = checkpoint.read(out / "checkpoints")[1]
    assert (position["seen"], position["inherited"], position["mean_step"]) == (16, 500, 4)
    assert position["origin"].startswith("first ") and position["origin"].endswith("(500 pictures)")
    prior = priors.load(out, "cpu", "float32")
    assert (prior.network.sight is not None) == sighted and prior.card["trained_on_pictures"] == 516


def test_the_average_follows_the_weights(tmp_path):
    state = State(replace(TINY, ema=0.5), tmp_path, 384, CPU)
    before = state.average.unet.conv_in.weight.clone()
    state.position.step = 100
    state.set_lr(1e-3)
    with torch.no_grad():
        state.network.unet.conv_in.weight.add_(1)
    state.follow()
    torch.testing.assert_close(state.average.unet.conv_in.weight, before + 0.5)


def test_the_same_seed_makes_the_same_network_whatever_was_drawn_before(tmp_path):
    one = State(TINY, tmp_path, 384, CPU).network.state_dict()
    torch.rand(1)
    before = torch.get_rng_state()
    two = State(TINY, tmp_path, 384, CPU).network.state_dict()
    other = State(replace(TINY, seed=1), tmp_path, 384, CPU).network.state_dict()
    assert all(torch.equal(one[k], two[k]) for k in one) and torch.equal(before, torch.get_rng_state())
    assert not torch.equal(one["unet.conv_in.weight"], other["unet.conv_in.weight"])


def test_a_fresh_network_hears_the_pose_about_as_loudly_as_the_text(tmp_path):
    hears = State(TINY, tmp_path, 384, CPU).network.unet.class_embedding.linear_1.weight
    rng = stream(0, "test")
    turns = torch.rand(2, 500, generator=rng) * torch.tensor([[2 * torch.pi], [1.0]])
    text = torch.randn(500, 384, generator=rng)
    of_pose = (bundled.network.pose(*turns) @ hears[:, :4].T).std(0).mean()
    of_text = (text @ hears[:, 4:4 + 384].T).std(0).mean()
    assert 0.3 < of_pose / of_text < 3


def test_in_bfloat16_a_copy_computes_and_the_weights_stay_float32(shapes, tmp_path):
    """The losses are those of float32 to bfloat16's rounding, and small steps are not rounded away."""
    losses = {}
    for precision in ("float32", "bfloat16"):
        cfg = replace(TINY, precision=precision, images=40, mean_first=2)
        losses[precision] = [report.loss for report in train(shapes, tmp_path / precision, cfg, CPU) if report.loss]
        state = State(cfg, tmp_path / precision, 384, CPU)
        assert {weight.dtype for weight in state.network.parameters()} == {torch.float32}
        assert {weight.dtype for weight in state.working.parameters()} == {getattr(torch, precision)}
        weight = state.network.unet.conv_in.weight
        assert not torch.equal(weight, weight.bfloat16().float())
    assert losses["bfloat16"] == pytest.approx(losses["float32"], rel=0.03)


def test_min_snr_weighs_v_as_its_paper_says():
    schedule = bundled.network.schedule_of(bundled.network.make_scheduler().config)
    t = torch.tensor([0, 300, 900])
    snr = ((schedule.alpha[t] / schedule.sigma[t]) ** 2).float()
    assert torch.equal(min_snr(schedule, t, 0.0), torch.ones(3))
    torch.testing.assert_close(min_snr(schedule, t, 5.0), snr.clamp(max=5) / (snr + 1))
    assert min_snr(schedule, t, 5.0)[0] < 0.01


def test_auto_is_bfloat16_where_that_is_not_emulated(monkeypatch):
    cuda, mps = torch.device("cuda"), torch.device("mps")
    assert in_bfloat16("auto", cuda) and not in_bfloat16("auto", mps)
    for amx, avx512 in ((False, False), (True, False), (False, True)):
        monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda amx=amx: amx)
        monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda avx512=avx512: avx512)
        assert in_bfloat16("auto", CPU) == (amx or avx512)
        for device in (CPU, cuda, mps):
            assert in_bfloat16("bfloat16", device) and not in_bfloat16("float32", device)


def test_bfloat16_learns_what_float32_does_and_keeps_its_weights_in_float32(shapes, trained, tmp_path):
    losses = []
    for precision in ("bfloat16", "float32"):
        folder = tmp_path / precision
        shutil.copytree(trained / "texts", folder / "texts")
        reports = train(shapes, folder, replace(TINY, images=16, report_steps=1, precision=precision), CPU)
        losses.append([report.loss for report in reports if report.loss is not None])
        tensors = checkpoint.read(folder / "checkpoints")[0]
        assert all(v.dtype == torch.float32 for k, v in tensors.items() if k.startswith(("network.", "average.")))
    assert losses[0] != losses[1] and losses[0] == pytest.approx(losses[1], rel=0.05)


def test_an_older_training_says_its_numbers(tmp_path):
    """Also what has another default today."""
    old = {"size": 64, "fold": 2, "widths": [64, 96, 160, 192], "batch": 24, "minutes": 90.0, "images": 0,
           "precision": "bfloat16"}
    (tmp_path / config.FILE).write_text(json.dumps(old))
    assert config.read(tmp_path) == Config(size=64, fold=2, widths=(64, 96, 160, 192), precision="bfloat16")
    config.write(TINY, tmp_path)
    assert config.read(tmp_path) == TINY


def test_the_learning_rate_warms_up_stays_and_falls():
    cfg = replace(TINY, lr=1.0, warmup=10, flat=0.5, lr_end=0.1)
    assert [cfg.lr_at(0, 0.0), cfg.lr_at(9, 0.1), cfg.lr_at(99, 0.49)] == [0.1, 1.0, 1.0]
    assert cfg.lr_at(99, 0.75) == pytest.approx(0.55) and cfg.lr_at(99, 1.0) == pytest.approx(0.1)
