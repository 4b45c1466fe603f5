"""A run looked at from outside: plain pictures of its scene, previews, and what the prior itself says of them."""

from pathlib import Path

import numpy as np
import torch

from guidance.agreement import Agreement, agreement
from renderers.camera import Camera
from renderers.scene import Render
from renderers.sheet import Sheet

from . import cameras, page, pictures
from .streams import stream
from .work import Work

SMALL = 128                     # pixels of a preview's edge
OTHERS = 15                     # names of the prior's own that the prompt is told from
VERDICTS = 16                   # (picture, t, eps) triples that a verdict is a mean of


@torch.no_grad()
def render(work: Work, camera: Camera | Sheet) -> Render:
    """Plain, repeatable pictures of the scene, view by view: a batch of large ones would be the run's memory peak."""
    camera = camera.to(work.device)
    views = [decoded(work, work.scene.render(camera[i:i + 1])) for i in range(len(camera))]
    made = [name for name in ("rgb", "opacity", "premultiplied", "depth") if getattr(views[0], name) is not None]
    return Render(**{name: torch.cat([getattr(view, name) for view in views]) for name in made})


def decoded(work: Work, render: Render) -> Render:
    """A render of latents as the pictures that they stand for; any other as it is."""
    if (latent := getattr(render, "latent", None)) is None:
        return render
    rgb, opacity = work.prior.decode(latent.permute(0, 3, 1, 2))
    return Render(rgb, opacity, rgb)


def preview(work: Work) -> Path:
    """The scene's standing views in a row, as ``previews/<seed>-<stage>-<step>.png``; the page shows them at once."""
    views = render(work, cameras.standing(work.stage.cameras, SMALL).camera)
    at = work.position
    path = work.folder / "previews" / f"{at.seed}-{at.stage}-{at.step:06d}.png"
    pictures.write(path, np.concatenate(list(views.rgb.cpu().numpy()), 1))
    page.write(work.folder, running=True)
    return path


def judge(work: Work) -> float:
    """The prior's own agreement, 0 to 1, of the scene's standing views with the prompt, against names that it knows."""
    seen = verdict(work)
    return 0.5 if seen is None else float(seen.probability.mean())


def verdict(work: Work) -> Agreement | None:
    """What the prior says of the scene's standing views; None without a list of words to tell the prompt from."""
    names = others(work)
    if not names:
        return None
    view = cameras.standing(work.stage.cameras, work.prior.resolution).to(work.device)
    seen = render(work, view.camera)
    draws = max(VERDICTS // len(seen.rgb), 1)
    return agreement(work.prior, seen, work.recipe.prompt, names, view.azimuth, view.elevation,
                     stream(work.recipe.seed, "judge"), draws)


def others(work: Work) -> list[str]:
    """Names that the prior knows and that are not the prompt's, the same ones for the whole run."""
    known = [name for name in work.prior.card.get("words", []) if name not in work.recipe.prompt]
    rng = stream(work.recipe.seed, "others")
    return [f"a {known[i]}" for i in torch.randperm(len(known), generator=rng)[:OTHERS]]
