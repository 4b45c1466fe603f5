"""How much of the camera a training hears, and what else changes how fast it learns that: levels, and a compiler."""

from dataclasses import replace

import pytest
from shapes import CPU, SIZE, TINY, make

from dreamgen.errors import ConfigError
from dreamgen.training.captions import Captions
from dreamgen.training.config import Config
from dreamgen.training.data import load
from dreamgen.training.pose_accuracy import PoseAccuracy
from dreamgen.training.state import State
from dreamgen.training.texts import encoded
from dreamgen.training.train import train
from guidance import priors
from guidance.priors import bundled


def test_without_a_compiler_compile_is_refused_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match="--compile: needs a C.. compiler, and none of c.., g.."):
        State(replace(TINY, compile=True), tmp_path, 384, CPU)


@pytest.mark.slow
def test_a_compiled_network_learns_what_the_other_does_and_leaves_the_same_files(tmp_path):
    """Slow for the compiler's sake; in float32 the two differ by rounding."""
    folder, cfg = make(tmp_path / "set"), replace(TINY, images=16, precision="float32", lr=1e-3)
    losses = [[report.loss for report in train(folder, tmp_path / str(compiled), replace(cfg, compile=compiled), CPU)
               if report.loss is not None] for compiled in (False, True)]
    assert losses[0] and losses[1] == pytest.approx(losses[0], rel=1e-3)
    one, other = (priors.load(tmp_path / name).network.state_dict() for name in ("True", "False"))
    assert [*one] == [*other]


def test_more_of_the_noisy_levels_needs_a_positive_power():
    with pytest.raises(ConfigError, match="high_noise: need above 0, got 0"):
        Config(high_noise=0)


def test_hearing_is_what_the_camera_takes_off_the_error(tmp_path):
    """0 for a network deaf to the camera; above 0 for one that was handed it, below for one that is misled."""
    data = load(make(tmp_path / "set"), SIZE)
    captions = Captions(data)
    texts = encoded(captions.texts, tmp_path)
    schedule = bundled.network.schedule_of(bundled.network.make_scheduler().config)
    network = State(TINY, tmp_path, texts.states.shape[-1], CPU).network
    accuracy = PoseAccuracy(data, captions, texts, seed=0)
    assert 0 < len(accuracy.x0) == sum(row.azimuth is not None for row in data.rows)
    network.unet.class_embedding.linear_1.weight.data[:, :bundled.network.POSE] = 0
    network.mean.turn.weight.data.zero_()
    assert accuracy(network, schedule) == pytest.approx(0, abs=1e-6)
    for told, sign in ((0.5, 1), (2.0, -1)):
        accuracy.error = lambda network, schedule, y, told=told: told if y.pose.any() else 1.0
        assert accuracy(network, schedule) == pytest.approx(sign * abs(1 - told))
    assert PoseAccuracy(data.take([]), captions, texts, seed=0)(network, schedule) is None
