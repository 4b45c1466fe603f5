"""Before a run begins: what would fail after an hour fails now.

    a stage whose loss is new           a whole step, thrown away
    one that draws something new        its picture and the gradient, without the prior, which was tried before
    one that was tried                  nothing

Each at the stage's end, where it is largest. A run of few steps finds out by itself as soon.
"""

import time
from collections.abc import Callable, Iterator

from ..errors import RunError
from ..io.report import Report
from ..recipes.recipe import Stage
from ..recipes.registry import kind_of
from .health import Dead
from .state import Work

SHORT = 2                   # steps a trial, up to which a run is not worth one


def preflight(work: Work, step: Callable[[Work], Report]) -> Iterator[Report]:
    """Try every stage and begin anew; a note before each trial. Raises RunError for a stage that can make no step."""
    stages = work.recipe.stages
    trials = planned(stages)
    wanted = [i for i, trial in enumerate(trials) if trial]
    if not work.recipe.preflight or sum(stage.optim.steps for stage in stages) <= SHORT * len(wanted):
        return
    began = time.monotonic()
    for i in range(wanted[-1] + 1):
        if i:
            work.advance()
        if not trials[i]:
            continue
        if len(wanted) > 1:
            yield work.note(f"preflight: stage {i + 1} of {len(stages)}")
        work.position.step = work.stage.optim.steps - 1
        try:
            step(work) if trials[i] == "step" else draw(work)
        except Dead as dead:
            raise RunError(f"preflight: stage {i + 1}: {dead}") from None
    work.begin(work.recipe.seed)
    yield work.note(f"preflight: every stage runs ({time.monotonic() - began:.1f} s)")


def planned(stages: list[Stage]) -> list[str]:
    """Of each stage "step", "draw" or "" for nothing."""
    losses, pictures, trials = [], [], []
    for stage in stages:
        loss = (kind_of(stage.scene), getattr(stage.scene, "latent", 0), stage.particles, stage.cameras.views, stage.guidance)
        picture = (stage.scene, stage.cameras, sorted(stage.regularizers))
        trials.append("step" if loss not in losses else "draw" if picture not in pictures else "")
        losses.append(loss)
        pictures.append(picture)
    return trials


def draw(work: Work) -> None:
    """The pictures of one step and the gradient of their mean and of the regularizers, thrown away."""
    _, render = work.seen()
    loss = render.rgb.mean() + work.held(work.progress) + work.regularized(work.scene.regularizers(render), work.progress)
    with work.ranks.collapsing_together():
        work.health.look(render, loss.detach(), work.scene.failure_hints)
    loss.backward()
