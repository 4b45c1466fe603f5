"""The same run from Python: ``generate("a red armchair")`` returns the finished asset. Light to import."""

import json
import os
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import config, folders
from .mistakes import kept

if TYPE_CHECKING:
    from renderers.assets import Mesh


@dataclass(frozen=True)
class Asset:
    """What a run has made.

    Attributes:
        folder: of the run; `dreamgen view`, `export` and `resume` take it.
        files: the exported files, in the order of the recipe's formats; files[0] is the GLB unless told otherwise.
        mesh: its arrays, in metres, +y up, front +z.
        metrics: agreement with the prompt, silhouette_iou between run and mesh, ...; see run.json.
    """

    folder: Path
    files: list[Path]
    mesh: "Mesh"
    metrics: dict[str, Any]


def generate(prompt: str, *, preset: str = "standard", seed: int = 0, out: str | Path = "runs",
             prior: str | Path = "bundled", overrides: list[str] | tuple[str, ...] = (),
             recipe: str | Path = "text-to-3d", progress: bool = False) -> Asset:
    """Make what the words say, in a new folder under ``out``.

    Args:
        overrides: settings as on the command line, ["stages.0.optim.steps=800"].
        recipe: a name of `dreamgen recipes`, or a path.
        progress: draw the bar on standard error.

    Raises:
        ConfigError: a wrong setting, before anything heavy is loaded. PriorError, RunError, EmptyMesh, FileError,
            CheckpointError: one sentence each; the folder keeps the newest checkpoint.
    """
    given = {"prompt": prompt, "preset": preset, "seed": seed, "out": out, "prior": prior}
    loaded = config.load(recipe, [*(f"{key}={value}" for key, value in given.items()), *overrides])
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")         # read when torch is first imported; see __main__
    folder = folders.create(loaded)
    with kept(folder):
        from .finish import load
        from .run import run
        reports = run(loaded, folder)
        if progress:
            from .progress import show
            show(reports)
        else:
            deque(reports, maxlen=0)
        metrics = json.loads((folder / "run.json").read_text(encoding="utf-8"))["metrics"]
        return Asset(folder, [folder / f"asset.{name}" for name in loaded.export.formats], load(loaded, folder), metrics)
