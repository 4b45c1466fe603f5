"""From a recipe to the things that run: prior, prompts, scene, method, optimiser."""

from math import cos, pi
from pathlib import Path

import torch

from guidance import priors
from guidance.methods._base import Distillation
from guidance.prompts import Prompts
from guidance.reference import Reference
from renderers.assets import Model
from renderers.particles import Particles
from renderers.scene import Scene

from ..errors import ConfigError
from ..formats._npz import packed, unpacked
from ..io import atomic
from ..io.rng import stream
from ..meshing.given import given
from ..recipes import folders, registry
from ..recipes.recipe import Optim, Recipe, Stage
from ..recipes.registry import exported, kind_of


def device(name: str) -> torch.device:
    """``auto`` is the first of cuda, mps and cpu that is there; raises ConfigError for one that is not."""
    have = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name == "auto":
        return torch.device(next(kind for kind, there in have.items() if there))
    if not have.get(name.partition(":")[0], False):
        kinds = ", ".join(kind for kind, there in have.items() if there)
        raise ConfigError(f"device: no {name!r} here; have auto, {kinds}")
    return torch.device(name)


def prompts(recipe: Recipe, prior: priors.Prior, method: Distillation, reference: Reference | None = None) -> Prompts:
    """The recipe's words as questions to the prior, with those that the method asks besides."""
    words = recipe.prompts
    return Prompts(prior, recipe.words, words.negative, words.view_words, words.perp_neg, method.texts(),
                   views=words.views, reference=reference, texts=words.texts)


def scene(stage: Stage, seed: int, where: torch.device, folder: Path | None = None) -> Scene:
    """The stage's scene as it is before the first step, of one particle or several.

    Args:
        folder: of the run, which keeps what a scene is made on.
    """
    kind = kind_of(stage.scene)
    make, rng = exported("scene", kind, "Scene"), stream(seed, "scene")
    given = (model(stage.scene, folder),) if registry.read("scene", kind).asset == "Model" else ()
    try:
        particles = [make(stage.scene, rng, *given) for _ in range(stage.particles)]
    except ValueError as error:
        raise ConfigError(f"stages.0.scene: {error}") from None
    return (Particles(particles) if len(particles) > 1 else particles[0]).to(where)


def saved_scene(recipe: Recipe, folder: Path, where: torch.device, tensors: dict[str, torch.Tensor], position: dict) -> Scene:
    """The scene of a checkpoint of the run in ``folder``, as ``io.checkpoint.read`` gives it."""
    found = scene(recipe.stages[position["stage"]], position["seed"], where, folder)
    found.load_state_dict({name.removeprefix("scene."): value for name, value in tensors.items() if name.startswith("scene.")})
    return found


def model(cfg, folder: Path | None) -> Model:
    """The user's model that a scene is made on: as the run keeps it, else from its file, and then kept.

    A run goes on as it began, whatever has become of the file.
    """
    if folder is not None and (folder / folders.GIVEN).is_file():
        return unpacked(folder / folders.GIVEN, Model)
    if not cfg.mesh:
        raise ConfigError("stages.0.scene.mesh: need the file of a model, as stages.0.scene.mesh=chair.glb, got nothing")
    model = given(Path(cfg.mesh).expanduser(), cfg.places == "keep", cfg.texels)
    if folder is not None:
        atomic.save({folders.GIVEN: packed(model)}, folder)
    return model


def method(stage: Stage, prior: priors.Prior) -> Distillation:
    """Raises ConfigError for latents that are not the prior's."""
    latent = getattr(stage.scene, "latent", 0)
    if latent and (prior.pixels or latent != prior.channels):
        have = f"latents of {prior.channels} channels" if not prior.pixels else "pixels, latent: 0"
        raise ConfigError(f"scene.latent: the prior '{prior.name}' works on {have}, got {latent}")
    return exported("guidance", kind_of(stage.guidance), "Method")(prior, stage.guidance)


def optimizer(cfg: Optim, groups: list[dict]) -> torch.optim.Optimizer:
    """torch's fused dense Adam: with most rows touched every step, a sparse one was measured slower."""
    groups = [{"params": group["params"], **dict.fromkeys(("lr", "first"), group["lr"] * cfg.lr), "end": group.get("end", 1.0)}
              for group in groups]
    return torch.optim.Adam(groups, betas=cfg.betas, eps=cfg.eps, fused=True)


def set_rates(optimizer: torch.optim.Optimizer, cfg: Optim, progress: float) -> None:
    """Each group's learning rate at ``progress`` [0, 1): half a cosine from its first to ``lr_end`` of that, times what the
    group's own geometric fall to its ``end`` leaves."""
    left = cfg.lr_end + (1 - cfg.lr_end) * (1 + cos(pi * progress)) / 2
    for group in optimizer.param_groups:
        group["lr"] = left * group["first"] * group["end"] ** progress
