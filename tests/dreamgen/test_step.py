r"""One step of the loop on a scene of three numbers, whose loss has a gradient that is known.

    loss = slope . theta + lambda(progress) |theta|^2 / 2,     gradient = slope + lambda(progress) theta
"""

from types import SimpleNamespace

import pytest
import torch

from dreamgen.cameras.orbit import Config as Cameras
from dreamgen.recipes.recipe import Optim, Stage
from dreamgen.run import next_candidate, step
from dreamgen.state import build
from dreamgen.state.health import Dead, Health
from dreamgen.state.ranks import ALONE
from dreamgen.state.state import Work
from guidance.prompts import Prompts
from guidance.ramp import Ramp
from renderers.scene import Render
from tests.ideal import IdealPrior

SLOPE, BEGUN = torch.tensor([3.0, 4.0, 0.0]), torch.tensor([1.0, 2.0, -2.0])


class Numbers(torch.nn.Module):
    """A scene of three numbers, whose pictures show nothing of them."""

    failure_hints: dict = {}

    def __init__(self):
        super().__init__()
        self.theta, self.after = torch.nn.Parameter(BEGUN.clone()), []

    def render(self, camera, progress=1.0, rng=None):
        half = torch.full((len(camera), *camera.size, 3), 0.5)
        return Render(half, half[..., :1], half)

    def regularizers(self, render):
        return {"size": self.theta.square().sum() / 2, "unasked": 1e6 * self.theta.sum()}

    def param_groups(self):
        return [{"params": [self.theta], "lr": 0.5}]

    def after_step(self, step, progress, rng):
        self.after.append((step, progress))


class One(SimpleNamespace):
    """What a step asks of a run."""

    progress, rng, seen, held, regularized = Work.progress, Work.rng, Work.seen, Work.held, Work.regularized


def work(slope=SLOPE, begun=0, regularizers=None, seed=0, **optim):
    scene = Numbers()
    stage = Stage(None, None, Cameras(views=2, size=4), Optim(**{"steps": 10, "clip": 0.0, **optim}), regularizers or {})

    def losses(render, query, progress, rng, source):
        return {"distill": (slope * scene.theta).sum(), "more": 0 * scene.theta.sum()}

    return One(
        stage=stage, recipe=SimpleNamespace(stages=[stage]), scene=scene, source=None, pinned=None, device="cpu", ranks=ALONE,
        position=SimpleNamespace(step=begun, stage=0, seed=seed, seconds=0.0), prompts=Prompts(IdealPrior(), "it"),
        method=SimpleNamespace(losses=losses, metrics={"t": torch.tensor(0.5)}), health=Health(),
        optimizer=build.optimizer(stage.optim, scene.param_groups()))


def gradient(of):
    return of.scene.theta.grad


@pytest.mark.parametrize("begun, weight", [(0, 0.0), (5, 1.0), (9, 1.8)])
def test_a_regularizers_weight_follows_the_progress(begun, weight):
    one = work(begun=begun, regularizers={"size": Ramp(0.0, 2.0)})
    report = step(one)
    torch.testing.assert_close(gradient(one), SLOPE + weight * BEGUN)
    assert report.method == {"t": 0.5} and report.row()["method"] == {"t": 0.5}
    assert report.losses == {"size": 4.5, "unasked": 1e6} and report.step == begun + 1 and report.steps == 10
    assert one.scene.after == [(begun, begun / 10)]


def test_a_regularizer_that_the_scene_does_not_have_this_time_is_passed_over():
    one = work(regularizers={"orient": Ramp(1.0, 1.0)})
    step(one)
    torch.testing.assert_close(gradient(one), SLOPE)


@pytest.mark.parametrize("clip, norm", [(0.0, 5.0), (10.0, 5.0), (1.0, 1.0), (0.1, 0.1)])
def test_the_gradient_is_no_longer_than_clip_and_the_report_says_what_it_was(clip, norm):
    one = work(clip=clip)
    report = step(one)
    torch.testing.assert_close(gradient(one), SLOPE * norm / 5, rtol=1e-4, atol=0)
    assert report.gradient == pytest.approx(5.0)


@pytest.mark.parametrize("begun, left", [(0, 1.0), (5, 0.55), (9, 0.1 + 0.9 * (1 - 0.9510565) / 2)])
def test_the_rate_falls_along_half_a_cosine(begun, left):
    """Adam's first step is the rate itself, in the direction of the gradient's sign."""
    one = work(begun=begun, lr=0.2, lr_end=0.1)
    step(one)
    torch.testing.assert_close(one.scene.theta.detach(), BEGUN - 0.2 * 0.5 * left * SLOPE.sign())
    build.set_rates(one.optimizer, one.stage.optim, 1.0)
    assert one.optimizer.param_groups[0]["lr"] == pytest.approx(0.2 * 0.5 * 0.1)


def test_a_step_forgets_the_gradient_of_the_one_before():
    one = work()
    step(one)
    one.position.step = 1
    step(one)
    torch.testing.assert_close(gradient(one), SLOPE)


def test_a_gradient_that_is_not_finite_moves_nothing():
    one = work(slope=torch.tensor([1e38, 1e38, 1e38]) * 10)
    with pytest.raises(Dead, match="not a number"):
        step(one)
    assert torch.equal(one.scene.theta.detach(), BEGUN)


def test_each_step_and_each_seed_looks_from_elsewhere_and_the_same_one_from_the_same_place():
    seen = []
    for seed, begun in ((0, 0), (0, 0), (0, 1), (1, 0)):
        one = work(seed=seed, begun=begun)
        one.scene.render = lambda camera, *rest: seen.append(camera.c2w) or Numbers().render(camera)
        step(one)
    assert torch.equal(seen[0], seen[1]) and not torch.equal(seen[0], seen[2]) and not torch.equal(seen[0], seen[3])


@pytest.mark.parametrize("verdicts, best", [((0.2, 0.9, 0.4), "1"), ((0.9, 0.2, 0.4), "0"), ((0.1, 0.2, 0.4), "2")])
def test_the_best_candidate_goes_on(monkeypatch, verdicts, best):
    recalled, position = [], SimpleNamespace(seed=0, scores={}, used=1, chosen=False)

    def begin(seed):
        position.seed = seed

    one = SimpleNamespace(ranks=ALONE, position=position, recipe=SimpleNamespace(candidates=3, seed=0), begin=begin, note=str,
                          save=lambda *given, **keep: None, recall=lambda where, name: recalled.append((where, name)))
    monkeypatch.setattr("dreamgen.run.judge", lambda work: verdicts[work.position.seed])
    notes = [note for _ in range(3) for note in next_candidate(one)]
    assert recalled == [("checkpoints/candidates", best)] and position.chosen and notes[-1] == f"seed {best} goes on"
    assert position.scores == dict(zip("012", verdicts, strict=True))
