"""The loop: recipe -> scene -> camera -> render -> guidance -> step -> checkpoint -> export.

    theta <- Adam(theta, E_{t, eps, c} [ w(t) r(x_t, t, eps, y) dx/dtheta ] + sum_k lambda_k dP_k/dtheta)

``run`` is a generator of reports. It prints nothing, draws nothing and seeds nothing; a caller that stops asking stops
it. The same recipe and seed give the same parameters, on one machine at one thread count, however often the run was
killed and resumed: every draw is addressed by (seed, name, step).
"""

import time
from collections.abc import Callable, Iterator
from math import ceil, isfinite
from pathlib import Path

import torch
from torch import Tensor

from guidance import priors
from renderers.compiled import compiled
from renderers.ops._dispatch import chosen
from renderers.particles import each
from renderers.scene import Failing, Regrown
from renderers.threads import settle

from .errors import RunError
from .export import finish, write_run_json
from .io.lock import alone
from .io.report import Report, memory_mb
from .recipes.recipe import Recipe
from .state import build
from .state.health import Dead
from .state.initial import start
from .state.interrupt import Interrupt
from .state.preflight import preflight
from .state.preview import judge, presented, preview
from .state.ranks import joined
from .state.state import Work

REPORT_EVERY = 5            # steps between lines of history.jsonl


def run(recipe: Recipe, folder: Path | None, prior: priors.Prior | None = None,
        tell: Callable[[str], object] = str) -> Iterator[Report]:
    """Make the recipe's asset in ``folder``, from where its newest checkpoint left off.

    ``prior`` is the recipe's, where it is loaded already. ``tell`` hears what takes a while between two Reports, and the
    answer to Ctrl-C. Of several processes that torchrun has started the first has the folder, the others None; see
    state/ranks.py.

    Yields a Report a step and a few with a ``note``; the last one's note is the path of the asset. Raises RunError,
    CheckpointError, PriorError, EmptyMesh, FileError (one sentence each; the last one also where another process is at
    work in the folder) and KeyboardInterrupt: during steps after a checkpoint was saved, at other times at once.
    """
    settle()
    ranks, stop = joined(), Interrupt(tell)
    recipe = ranks.fitted(recipe)
    with ranks.folder(folder) as folder, alone(folder):
        work = Work(recipe, folder, prior, ranks, tell)
        yield work.note(f"prior {work.prior.name}, {work.prior.precision} on {work.device}; {chosen(work.device.type)}")
        if not compiled():
            yield work.note("the first run of a kind compiles its kernels before the first step: half a minute to two minutes")
        if work.position.step == 0 and work.position.stage == 0 and not work.position.scores:
            yield from preflight(work, step)
        write_run_json(work)
        while True:
            try:
                yield from presented(work)
                yield from start(work)
                with stop:
                    yield from distil(work, leg(work), stop)
            except Dead as dead:
                yield from retry(work, dead)
                continue
            if choosing(work):
                yield from next_candidate(work)
            elif work.position.stage + 1 < len(recipe.stages):
                work.advance()
            else:
                break
        work.save()
        if stop.asked:                                  # behind the last step
            raise KeyboardInterrupt
        if ranks.first:
            yield from finish(work)


def distil(work: Work, until: int, stop: Interrupt) -> Iterator[Report]:
    """Steps of the current stage up to ``until``; raises Dead when the run collapses."""
    position, steps = work.position, work.stage.optim.steps
    before, last_save = time.monotonic(), time.monotonic()
    while position.step < until:
        report, stopping = step(work), work.ranks.asked(stop.asked)
        position.step += 1
        work.ranks.check_alike(work.scene, position.step)
        now = time.monotonic()
        position.seconds, before = position.seconds + now - before, now
        picture = None
        if position.step % max(steps // max(work.recipe.previews, 1), 1) == 0 and work.recipe.previews:
            picture = preview(work)
        if position.step % REPORT_EVERY == 0 or position.step == until:
            work.history.add(report.row())
        if stopping or now - last_save > work.recipe.checkpoint_seconds:
            work.save()
            last_save = now
        if stopping:
            raise KeyboardInterrupt
        yield Report(**{**vars(report), "seconds": position.seconds, "preview": picture})


def step(work: Work) -> Report:
    """One step of the current stage; of several processes each draws its share of the views."""
    stage, position, ranks, progress = work.stage, work.position, work.ranks, work.progress
    view, render = work.seen()
    source = None if work.source is None else work.source.render(view.camera, progress, ranks.portion(work.rng("render")))
    losses = ranks.losses(work.method, render, view.query(work.prompts), progress, work.rng("noise"), source)
    regularizers = work.scene.regularizers(render)
    loss = work.held(progress) + sum(losses.values()) + work.regularized(regularizers, progress)
    with ranks.collapsing_together():
        work.health.look(render, loss.detach(), work.scene.failure_hints)

    build.set_rates(work.optimizer, stage.optim, progress)
    work.optimizer.zero_grad(set_to_none=True)
    loss.backward()
    ranks.average_scene(work.scene)
    norm = torch.nn.utils.clip_grad_norm_(work.scene.parameters(), stage.optim.clip or torch.inf)
    regularizers, metrics, read = numbers(regularizers, work.method.metrics, {"gradient": norm})
    if not isfinite(read["gradient"]):
        raise Dead("not a number: a gradient is no longer finite; lower stages.*.optim.lr or raise the regularizers")
    work.optimizer.step()
    work.scene.after_step(position.step, progress, work.rng("after"))
    draws = work.rng("rows")
    for particle in each(work.scene):
        if isinstance(particle, Regrown):
            particle.change_rows(work.optimizer, position.step, progress, draws)
        if isinstance(particle, Failing) and (failure := particle.failure()):
            raise Dead(failure)
    return Report(position.stage, position.step + 1, stage.optim.steps, position.seed, position.seconds, regularizers, metrics,
                  coverage=work.health.coverage, saturation=work.health.saturation, gradient=read["gradient"],
                  memory_mb=memory_mb(), stages=len(work.recipe.stages))


def numbers(*groups: dict[str, Tensor]) -> list[dict[str, float]]:
    """Groups of values [] as numbers; a GPU is waited for once."""
    values = iter(torch.stack([value.detach().float() for group in groups for value in group.values()]).tolist())
    return [{name: next(values) for name in group} for group in groups]


def choosing(work: Work) -> bool:
    return work.recipe.candidates > 1 and not work.position.chosen


def leg(work: Work) -> int:
    """How far the current stage goes before something else must be decided."""
    steps = work.stage.optim.steps
    return ceil(work.recipe.candidate_steps * steps) if choosing(work) else steps


def next_candidate(work: Work) -> Iterator[Report]:
    """Judge the candidate that has just ended its short first stage; go on with the next one, or with the best."""
    position = work.position
    [score] = work.ranks.mean(judge(work))
    position.scores[str(position.seed)] = score
    work.save("checkpoints/candidates", str(position.seed), keep=work.recipe.candidates)
    yield work.note(f"candidate {len(position.scores)} of {work.recipe.candidates}: seed {position.seed}, "
                    f"agreement {score:.3f}")
    if len(position.scores) < work.recipe.candidates:
        work.begin(fresh_seed(work))
        return
    best = max(position.scores, key=position.scores.get)
    work.recall("checkpoints/candidates", best)
    work.position.chosen = True
    yield work.note(f"seed {best} goes on")


def retry(work: Work, dead: Dead) -> Iterator[Report]:
    """Begin anew with the next seed, or raise RunError when the recipe's ``retries`` are used up."""
    position = work.position
    position.deaths += 1
    if position.deaths > work.recipe.retries:
        raise RunError(f"step {position.step}: {dead}; that was seed {position.seed}, "
                       f"the last of {position.deaths}") from None
    work.begin(fresh_seed(work))
    yield work.note(f"seed {position.seed} died at step {position.step}: {dead}; trying seed {work.position.seed}")


def fresh_seed(work: Work) -> int:
    work.position.used += 1
    return work.recipe.seed + work.position.used - 1
