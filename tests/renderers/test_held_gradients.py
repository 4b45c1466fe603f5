"""A held drawing's gradients: taken over, learnt or left, symmetric where they were, and absent from old checkpoints."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from test_held import rng, scene, shaken, two_eyes

from renderers.drawing import Gradient
from renderers.scenes.svg import Config, Scene
from renderers.sheet import upright
from renderers.vector.smooth import mirrored_frames, pairs, turned

STOPS = np.float32([[0, 1, 1, 1, 1], [1, 0, 0, 0.5, 1]])


def lit(light=0.5):
    """``two_eyes`` with a radial gradient on the face, its light at x = ``light``, and linear ones on the eyes."""
    drawing = two_eyes()
    frames = np.zeros((3, 2, 3), np.float32)
    frames[0] = [[40, 0, 100 * light], [0, 40, 40]]
    frames[1], frames[2] = [[8, -3, 60], [3, 8, 40]], [[-8, -3, 40], [3, -8, 40]]
    kinds = np.array([Gradient.RADIAL, Gradient.LINEAR, Gradient.LINEAR], np.int8)
    return replace(drawing, paths=replace(drawing.paths, gradient=kinds), frames=frames, stops=np.stack([STOPS] * 3))


def test_gradients_are_taken_over_and_handed_on():
    drawing = scene(lit(0.3)).drawing(100.0)
    assert drawing.paths.gradient.tolist() == [2, 1, 1]
    assert np.allclose(drawing.frames, lit(0.3).frames, atol=1e-4) and np.allclose(drawing.stops, lit().stops)


@pytest.mark.parametrize("learnt", [False, True])
def test_gradients_are_learnt_only_if_they_are_asked_for(learnt):
    made = scene(lit(), gradients=learnt)
    assert {"frames", "shades"} <= {group["name"] for group in made.param_groups()} or not learnt
    render = made.render(upright((32, 32)), 0.5, rng())
    render.rgb.square().sum().backward()
    assert made.frames.grad[:, :, 2].abs().sum() > 0 and made.shades.grad.abs().sum() > 0
    before = made.frames.detach().clone()
    assert torch.equal(shaken(made).frames, before) != learnt


def test_light_that_is_symmetric_stays_so_and_light_from_one_side_stays_there():
    made = shaken(scene(lit(), gradients=True))
    frames, p = made.frames.detach(), made.pairs
    assert p.tolist() == [0, 2, 1]
    assert torch.allclose(mirrored_frames(frames, p, made.gradient), frames, atol=1e-6)
    assert torch.allclose(frames[0, 0, 2], torch.tensor(0.5)) and torch.equal(made.shades[1], made.shades[2])
    assert torch.allclose(turned(frames[..., 0]), frames[..., 1]) and 0 <= made.shades.min() and made.shades.max() <= 1
    aside = shaken(scene(lit(0.3), gradients=True))
    assert not len(aside.pairs) and aside.frames[0, 0, 2] < 0.45


def test_a_checkpoint_has_its_own_gradients_and_an_old_one_none():
    state = scene(lit(), gradients=True).state_dict()
    fresh = Scene(Config(style="flat", gradients=True), rng(1))
    fresh.load_state_dict(state)
    size = upright((32, 32))
    assert torch.equal(fresh.render(size).rgb, scene(lit()).render(size).rgb)
    old = {name: value for name, value in scene().state_dict().items()
           if name not in ("gradient", "frames", "shades", "stops", "pairs", "upright")}
    fresh = Scene(Config(style="flat"), rng(1))
    fresh.load_state_dict(old)
    assert torch.equal(fresh.render(size).rgb, scene().render(size).rgb)
    assert not fresh.drawing(100.0).paths.gradient.any()


def test_a_path_without_a_twin_is_its_own_pair():
    drawing = two_eyes()
    assert pairs(np.full(len(drawing.points), -1), drawing.paths).tolist() == [0, 1, 2]


@pytest.mark.parametrize("wrong", [{"style": "outline"}, {"style": "painting"}, {"style": "flat", "hold": False}])
def test_styles_without_gradients_refuse_them(wrong):
    with pytest.raises(ValueError, match="gradients: need style flat and hold"):
        Config(gradients=True, **wrong)
