"""A run looked at from outside: plain pictures of its scene, previews, and what the prior itself says of them."""

from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

import numpy as np
import torch

from guidance.agreement import Agreement
from guidance.alike import UNSURE
from guidance.alike import likeness as compared
from renderers.camera import Camera, ring
from renderers.particles import each
from renderers.scene import Mirrored, Render, joined
from renderers.sheet import Sheet

from .. import cameras, page
from ..io import images
from ..io.report import Report
from ..io.rng import stream
from ..recipes.folders import REFERENCE
from .agreeing import agreeing
from .state import Work

SMALL = 128                     # pixels of a preview's edge
VERDICTS = 8                    # (picture, t, eps) triples that a verdict is a mean of
FLAT = 4                        # of a drawing, which has one view
SIDES = {0: "left and right", 2: "front and back"}       # by the axis across which they are images
NAMES = 7                       # that the prompt is told from; twice of both had cost a twentieth of a draft


def render(work: Work, camera: Camera | Sheet) -> Render:
    """Plain, repeatable pictures of the scene: all V of the first particle, then all of the next one."""
    return joined(renders(work, camera))


@torch.no_grad()
def renders(work: Work, camera: Camera | Sheet) -> list[Render]:
    """The same, particle by particle; view by view, as a batch of large ones would be the run's memory peak."""
    camera = camera.to(work.device)
    return [joined([decoded(work, particle.render(camera[i:i + 1])) for i in range(len(camera))])
            for particle in each(work.scene)]


def decoded(work: Work, render: Render) -> Render:
    """A render of latents as the pictures that they stand for; any other as it is."""
    if render.latent is None:
        return render
    rgb, opacity = work.prior.decode(render.latent.permute(0, 3, 1, 2))
    return Render(rgb, opacity, rgb)


def presented(work: Work) -> Iterator[Report]:
    """Say before an attempt's first step what is to be expected: whether the prior is sure of the words, and its reference,
    on the page and by a note. Before the first step of a later stage, that the scene was found to be its own image."""
    if work.position.step:
        return
    if work.position.stage:
        for axis in {one.symmetry.axis for one in each(work.scene) if isinstance(one, Mirrored) and one.symmetry.auto} - {None}:
            stages = [k for k, stage in enumerate(work.recipe.stages) if hasattr(stage.scene, "mirror")]
            apart = " ".join(f"stages.{k}.scene.mirror=none" for k in stages)
            yield work.note(f"{SIDES[axis]} are nearly alike: from here on one half is made, and mirrored. "
                            f"A new run with {apart} keeps them apart")
        return
    if work.alike is not None and work.alike < UNSURE:
        yield work.note(f"the prior is not sure what this looks like: its own samples are {work.alike:.0%} alike, those of "
                        f"words that it knows {UNSURE:.0%} and more")
    if work.reference is None and work.pinned is None:
        return
    page.write(work.folder, running=True)
    another = "" if work.recipe.reference.picture else "; another --seed draws another"
    yield work.note(f"{work.folder / REFERENCE}: what all views are to agree with{another}")


def preview(work: Work) -> Path:
    """Each particle's standing views in a row, as ``previews/<seed>-<stage>-<step>.png``; the page shows them at once."""
    rendered = renders(work, cameras.standing(work.stage.cameras, SMALL).camera)
    rows = [np.concatenate(list(views.rgb.cpu().numpy()), 1) for views in rendered]
    at = work.position
    path = work.folder / "previews" / f"{at.seed}-{at.stage}-{at.step:06d}.png"
    images.write(path, np.concatenate(rows))
    page.write(work.folder, running=True)
    return path


def judge(work: Work) -> float:
    """Of a candidate, 0 to 1: how like its reference it is; without one the prior's own agreement, 0 to 1, of the standing
    views with the prompt, against names that it knows."""
    return fmean(judgements(work)) if work.reference is None else likeness(work)


def likeness(work: Work) -> float:
    """The scene from the reference's camera against the reference, as guidance.alike compares; the mean over particles."""
    wanted = torch.cat(work.prior.decode(work.reference.x0), -1)                            # [1, S, S, 4]
    azimuth, elevation = (float(angle.rad2deg()) for angle in (work.reference.azimuth, work.reference.elevation))
    camera = ring(1, tuple(wanted.shape[1:3]), elevation, start_deg=azimuth)
    particles = [torch.cat([rendered.premultiplied, rendered.opacity], -1).clamp(0, 1) for rendered in renders(work, camera)]
    return fmean(float(compared(rgba.to(wanted), wanted)) for rgba in particles)


def judgements(work: Work) -> list[float]:
    """The same, particle by particle."""
    count, judged = len(each(work.scene)), verdict(work)
    return [0.5] * count if judged is None else [float(views.mean()) for views in judged.probability.view(count, -1)]


def verdict(work: Work) -> Agreement | None:
    """What the prior says of the standing views of all particles, one after the other; None without a list of words
    to tell the prompt from."""
    view = cameras.standing(work.stage.cameras, work.prior.resolution).to(work.device)
    rendered, count = render(work, view.camera), len(each(work.scene))
    azimuth, elevation = (None if angle is None else angle.repeat(count) for angle in (view.azimuth, view.elevation))
    draws = FLAT if isinstance(view.camera, Sheet) else max(VERDICTS // len(rendered.rgb), 1)
    return agreeing(work.prior, work.recipe, rendered, azimuth, elevation, stream(work.recipe.seed, "judge"), NAMES, draws)
