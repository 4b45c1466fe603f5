"""What a run leaves behind. An export is a file in this folder:

    Config, ASSET           its numbers, ``formats`` among them; the record of ``renderers.assets`` that it keeps
    keep(work)              make the asset of each of the scene's particles and write its files: yields notes, returns Kept
    load(folder)            -> the assets of a finished run, of which ``dreamgen export`` writes another format

The record of the run, run.json, and the page are the same for all.
"""

import json
import platform
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import count, takewhile
from pathlib import Path
from statistics import fmean
from typing import Any

import torch

from renderers.drawing import Drawing

from .. import __version__, formats, page
from ..errors import ConfigError
from ..io import atomic
from ..io.report import Report, memory_mb
from ..recipes.folders import numbered
from ..recipes.recipe import Recipe
from ..recipes.registry import exported, kind_of
from ..state.preview import judgements
from ..state.state import Work


@dataclass(frozen=True)
class Kept:
    """The files of an asset, the first one first, and numbers about it for run.json."""

    paths: list[Path]
    metrics: dict[str, Any]


def finish(work: Work) -> Iterator[Report]:
    """Make and write the asset; yields a note a phase, and last the asset's path. Raises EmptyMesh, FileError."""
    scores = judgements(work)
    score = fmean(scores)
    each = {"agreements": scores} if len(scores) > 1 else {}
    result = yield from exported("export", kind_of(work.recipe.export), "keep")(work)
    write_run_json(work, {"agreement": score, **each, **result.metrics})
    page.write(work.folder)
    yield work.note(str(result.paths[0]), score)


def load(recipe: Recipe, folder: Path) -> list:
    """The assets of a finished run of ``recipe``, one for each particle; raises ConfigError where there is none."""
    return exported("export", kind_of(recipe.export), "load")(folder)


def again(recipe: Recipe, folder: Path, to: list[str]) -> dict[str, bytes]:
    """The files of a finished run's assets in formats ``to``; a drawing's SVG, from which it is read, as the run wrote it.

    Raises ConfigError: the run is not finished, or its asset lacks what a format is made of.
    """
    files: dict[str, bytes] = {}
    for k, asset in enumerate(load(recipe, folder)):
        for one in to:
            path = folder / numbered(f"asset.{one}", k)
            as_it_is = isinstance(asset, Drawing) and one == "svg"
            try:
                files |= {path.name: path.read_bytes()} if as_it_is else formats.write(asset, [one], path.stem)
            except ValueError as error:
                raise ConfigError(f"{folder}: {error}") from None
    return files


def found(folder: Path, name: str) -> list[Path]:
    """The files of that name, one for each particle; raises ConfigError where there is none."""
    paths = list(takewhile(Path.is_file, (folder / numbered(name, k) for k in count())))
    if not paths:
        raise ConfigError(f"{folder}: no {name}, the run is not finished; `dreamgen resume {folder}` goes on with it")
    return paths


def write_run_json(work: Work, metrics: dict | None = None) -> None:
    """What made the asset, and how it came out; ``metrics`` once there are some."""
    at = work.position
    run = {"prompt": work.recipe.prompt, "seed": at.seed, "prior": work.prior.name, "prior_id": work.prior.id,
           "precision": work.prior.precision, "device": str(work.device), "threads": torch.get_num_threads(),
           "platform": platform.platform(), "python": platform.python_version(),
           "versions": {"dreamgen": __version__, **{name: version(name) for name in ("torch", "numba", "diffusers")}},
           "seconds": round(time.monotonic() - work.began, 1), "memory_mb": round(memory_mb()), "seeds_tried": at.used,
           "candidates": at.scores, "samples_alike": work.alike and round(work.alike, 3), "metrics": metrics or {}}
    atomic.save({"run.json": json.dumps(run, indent=2, ensure_ascii=False).encode()}, work.folder)
