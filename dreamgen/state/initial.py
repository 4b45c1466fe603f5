"""What a flat scene begins from: of a few pictures drawn from the prior, the one that agrees best with the prompt; of several
particles each from another one.

    K pictures ~ prior(prompt, view)  ->  argmax agreement  ->  traced, or read by the scene  ->  theta_0

A held scene (renderers/vector/held.py) begins from few whole shapes, others from LIVE's layers of paths. With
``start.views`` each picture shows the thing from another side, agreement counts times how much of the thing is seen
(drawn.py), and the run goes on with the side of the one that was taken.

VectorFusion's beginning (Jain et al., arXiv:2211.11319, section 4.1), with K = 4 judged by CLIP; here the prior judges.
A distillation then only has to move what is there, instead of finding it.
"""

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn.functional import pad

from renderers.particles import each
from renderers.scene import Render, Sketched, Traced
from renderers.vector.held import HeldDrawing

from .. import cameras
from ..errors import ConfigError
from ..io import images
from ..io.report import Report
from ..io.rng import stream
from ..recipes.folders import numbered
from ..recipes.recipe import Start
from ..recipes.registry import kind_of
from ..svg import tracing
from ..svg.vectorize import CUBICS, vectorize
from . import from_file
from .agreeing import OTHERS, agreeing
from .drawn import VIEWS, angles, draw, shown
from .state import Work

MANY = 4, OTHERS        # (t, eps) of a picture's verdict, and names that the prompt is told from
FEW = 2, 6              # the same where the pictures are of several views, which differ more than two samples do
TIE = 0.01              # how much the evidence against the best other name counts beside a probability that is often 1
SHOWN = 128             # pixels of a picture in previews/


def start(work: Work) -> Iterator[Report]:
    """Begin the first scene of an attempt, once; yields a note a phase. Nothing to do without ``start.pictures`` and
    ``start.file`` (from_file.py)."""
    position, cfg = work.position, work.recipe.start
    if position.started or not (cfg.pictures or cfg.file):
        return
    yield from (from_file.begin(work) if cfg.file else from_pictures(work))
    work.keep_source()
    position.started = True
    work.save()


def from_pictures(work: Work) -> Iterator[Report]:
    """Begin as those of the prior's pictures that agree best, a particle each."""
    position, cfg = work.position, work.recipe.start
    particles = each(work.scene)
    held = isinstance(particles[0], HeldDrawing)
    traced = isinstance(particles[0], Traced) and particles[0].traced and not held
    if traced and work.stage.scene.cubics != CUBICS:
        raise ConfigError(f"stages.0.scene.segments: need {CUBICS}, which a traced picture has, or start.pictures=0, "
                          f"got {work.stage.scene.cubics}")
    if not held and not traced and not isinstance(particles[0], Sketched):
        raise ConfigError(f"start.pictures: need 0 for {kind_of(work.stage.scene)}, which cannot begin from a picture, "
                          f"got {cfg.pictures}")
    drawn = sampled(work)
    scores = judged(work, drawn)
    views = viewed(cfg)
    chosen = best(scores * shown(drawn, views) if views else scores, views, len(particles))
    if views:
        work.look_from(VIEWS[views[chosen[0]]])
    rng = stream(position.seed, "begin")
    for k, (number, particle) in enumerate(zip(chosen, particles, strict=True)):
        who, view = f"particle {k}: " if len(particles) > 1 else "", f", {views[number]} view" if views else ""
        yield work.note(f"{who}picture {number + 1} of {cfg.pictures} drawn from the prior{view}, agreement {scores[number]:.2f}")
        picture = drawn[number] if held else calmed(drawn[number])
        preview = images.over_white(picture[..., :3].numpy(), picture[..., 3:].numpy())
        images.write(work.folder / "previews" / began(position.seed, k), images.thumbnail(preview, SHOWN))
        if held:
            yield from hold(work, particle, picture)
        elif traced:
            straight = torch.cat([picture[..., :3] / picture[..., 3:].clamp(min=1e-6), picture[..., 3:]], -1).clamp(0, 1)
            drawing = vectorize(straight.numpy(), particle.capacity, rng)
            particle.adopt(drawing)
            yield work.note(f"{who}traced with {len(drawing.paths)} paths")
        else:
            particle.begin(picture, rng)


def best(scores: Tensor, views: list[str], count: int) -> list[int]:
    """The pictures that ``count`` particles begin as: the best one and the next best of its view, again from the first when
    there are no more."""
    order = scores.argsort(descending=True, stable=True).tolist()
    alike = [k for k in order if not views or views[k] == views[order[0]]]
    return [alike[k % len(alike)] for k in range(count)]


def began(seed: int, k: int) -> str:
    """The file in previews/ of the picture that the k-th particle began as."""
    return numbered(f"{seed}-start.png", k)


@torch.no_grad()
def sampled(work: Work) -> Tensor:
    """[K, S, S, 4] premultiplied sRGB and opacity, on the CPU."""
    cfg, prior = work.recipe.start, work.prior
    if views := viewed(cfg):
        return draw(prior, depicted(work), views, cfg.steps, cfg.scale, cfg.calm, cfg.guided_from,
                    stream(work.position.seed, "start"))
    condition = prior.condition([depicted(work)], *seen_from(work)).expand(cfg.pictures)
    x0 = prior.sample(condition, cfg.steps, cfg.scale, stream(work.position.seed, "start"))
    return torch.cat(prior.decode(x0), -1).float().cpu()


def depicted(work: Work) -> str:
    """What the pictures are to show: the recipe's words, or what is to be made into that."""
    return edited(work) or work.recipe.words


def edited(work: Work) -> str:
    """The words for what a first stage that edits begins with; "" of one that does not edit, or does not say."""
    return getattr(work.stage.guidance, "source", "") if work.stage.guidance.edits else ""


def viewed(cfg: Start) -> list[str]:
    """The view of each picture; none where all are seen as the cameras see."""
    return [cfg.views[k % len(cfg.views)] for k in range(cfg.pictures)] if cfg.views else []


def hold(work: Work, scene: HeldDrawing, picture: Tensor) -> Iterator[Report]:
    """Begin ``scene`` as the whole shapes, or lines, of ``picture``; yields a note."""
    cfg = work.stage.scene
    try:
        given = picture.numpy(), cfg.budget, work.position.seed
        drawing, frame = tracing.shapes(*given, graded=True) if cfg.gradients else tracing.MAKERS[cfg.style](*given)
    except ValueError as error:
        raise ConfigError(f"start: {error}; raise start.pictures or start.scale") from None
    scene.adopt(drawing, torch.from_numpy(frame).float())
    scene.shade(picture)
    graded = int((drawing.paths.gradient > 0).sum())
    gradients = f", {graded} with a gradient" if cfg.gradients else ""
    yield work.note(f"traced as {len(drawing.paths)} of at most {cfg.budget} shapes{gradients}")


def calmed(picture: Tensor) -> Tensor:
    """[h, w, C] through the binomial filter [1 2 1] / 4 along both edges, which leaves nothing of a checkerboard.

    A prior over folded pixels, or a sampler of few steps, leaves one; a tracer would spend its paths on it.
    """
    planes = pad(picture.permute(2, 0, 1)[None], (1, 1, 1, 1), mode="replicate")
    planes = (planes[..., :-2] + 2 * planes[..., 1:-1] + planes[..., 2:]) / 4
    planes = (planes[..., :-2, :] + 2 * planes[..., 1:-1, :] + planes[..., 2:, :]) / 4
    return planes[0].permute(1, 2, 0)


def judged(work: Work, drawn: Tensor) -> Tensor:
    """[K] the prior's own agreement with the prompt, 0 to 1; all alike where it cannot tell."""
    alike = torch.full((len(drawn),), 0.5)
    if len(drawn) == 1:
        return alike
    premultiplied, opacity = drawn.to(work.device).split((3, 1), -1)
    rendered = Render(premultiplied, opacity, premultiplied).over(1.0)
    rng = stream(work.position.seed, "start/judge")
    views = viewed(work.recipe.start)
    draws, names = FEW if views else MANY
    seen_at = angles(views) if views else [each if each is None else each.expand(len(drawn)) for each in seen_from(work)]
    found = agreeing(work.prior, work.recipe, rendered, *seen_at, rng, names, draws, edited(work))
    if found is None:
        return alike
    evidence = found.errors[:, 1:].amin(1) - found.errors[:, 0]         # of the picture's log likelihood, up to a factor
    return ((1 - TIE) * found.probability + TIE * evidence / evidence.abs().max().clamp(min=1e-9)).cpu()


def seen_from(work: Work) -> tuple[Tensor | None, Tensor | None]:
    """The angles [1] by which the stage's plain view is named, or None."""
    view = cameras.standing(work.stage.cameras, work.prior.resolution)
    return view.azimuth, view.elevation
