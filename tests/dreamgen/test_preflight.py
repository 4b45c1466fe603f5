"""What is tried before a run begins: each loss once, each picture once, and nothing where a run is as short."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch

from dreamgen.cameras.orbit import Config as Orbit
from dreamgen.recipes.recipe import Optim, Stage
from dreamgen.state.preflight import draw, planned, preflight
from dreamgen.state.ranks import ALONE
from guidance.methods.sds import Config as SDS
from guidance.methods.vsd import Config as VSD
from renderers.scene import Render
from renderers.scenes.nerf import Config as NeRF

SMALL, LARGE = Stage(NeRF(), SDS(), Orbit(views=2)), Stage(NeRF(hidden=64), SDS(), Orbit(views=2))


@pytest.mark.parametrize("stages, trials", [
    ([SMALL], ["step"]), ([SMALL, SMALL], ["step", ""]), ([SMALL, LARGE, LARGE], ["step", "draw", ""]),
    ([SMALL, replace(SMALL, optim=Optim(steps=7))], ["step", ""]),
    ([SMALL, replace(SMALL, guidance=VSD())], ["step", "step"]),
    ([SMALL, replace(SMALL, guidance=SDS(guidance_scale=1.0))], ["step", "step"])])
def test_each_loss_is_tried_once_and_each_picture_once(stages, trials):
    assert planned(stages) == trials


class Work:
    """What preflight asks of a run."""

    def __init__(self, steps, **more):
        stages = [replace(SMALL, optim=Optim(steps=n), guidance=SDS(guidance_scale=float(n + i))) for i, n in enumerate(steps)]
        self.recipe = SimpleNamespace(**{"stages": stages, "preflight": True, "seed": 3} | more)
        self.position, self.begun = SimpleNamespace(stage=0, step=0), []

    @property
    def stage(self):
        return self.recipe.stages[self.position.stage]

    def advance(self):
        self.position.stage += 1

    def begin(self, seed):
        self.begun.append(seed)

    def note(self, text):
        return text


@pytest.mark.parametrize("steps, more, tried", [
    ((5, 9), {}, [(0, 4), (1, 8)]), ((1,), {}, []), ((2, 2), {}, []), ((5, 9), {"preflight": False}, [])])
def test_a_trial_is_the_last_step_and_a_short_run_has_none(steps, more, tried):
    work, steps_made = Work(steps, **more), []
    notes = list(preflight(work, lambda work: steps_made.append((work.position.stage, work.position.step))))
    assert steps_made == tried and work.begun == [3] * bool(tried)
    assert [note.partition(" (")[0] for note in notes] == (
        ["preflight: stage 1 of 2", "preflight: stage 2 of 2", "preflight: every stage runs"] if tried else [])


def test_a_picture_that_is_tried_has_its_gradient_and_that_of_the_regularizers():
    theta, looked = torch.ones(3, requires_grad=True), []
    rgb = theta.expand(2, 4, 4, 3)
    draw(SimpleNamespace(
        seen=lambda: (None, Render(rgb, rgb[..., :1], rgb)), progress=0.9, held=lambda progress: 0.0, ranks=ALONE,
        scene=SimpleNamespace(regularizers=lambda render: {"size": theta.sum()}, failure_hints={}),
        regularized=lambda terms, progress: progress * terms["size"],
        health=SimpleNamespace(look=lambda render, loss, hints: looked.append(float(loss)))))
    torch.testing.assert_close(theta.grad, torch.full((3,), 1 / 3 + 0.9))
    assert looked == pytest.approx([1 + 0.9 * 3])
