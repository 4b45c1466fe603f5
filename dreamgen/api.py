"""The Python interface: ``generate("a red armchair")`` makes an asset and returns it. Importing this loads no torch."""

import json
import os
from base64 import b64encode
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .commands import svg, texture
from .commands.run import existing
from .errors import traceback_kept
from .recipes.overrides import Overrides, settings

if TYPE_CHECKING:
    from renderers.assets import Mesh
    from renderers.drawing import Drawing

    from .batch.manifest import Record


@dataclass(frozen=True)
class Asset:
    """The result of ``generate``.

    Attributes:
        folder: the run's folder, for `dreamgen view`, `export` and `resume`.
        files: the exported files in the order of the recipe's formats, by default the GLB alone; with several particles,
            the files of the first one come first.
        mesh: arrays in metres, +y up, front +z; with several particles, those of the first one.
        metrics: agreement with the prompt, silhouette_iou between run and mesh, and others; as in run.json.
    """

    folder: Path
    files: list[Path]
    mesh: "Mesh" = field(repr=False)
    metrics: dict[str, Any] = field(repr=False)

    def _repr_html_(self) -> str:
        """For notebooks: four sides of the scene and of the mesh, and the files' paths."""
        sheet, listed = self.folder / "contact.png", "<br>".join(escape(str(path)) for path in self.files)
        if not sheet.is_file():
            return listed
        return f'<img alt="" src="data:image/png;base64,{b64encode(sheet.read_bytes()).decode()}"><br>{listed}'


@dataclass(frozen=True)
class Vector:
    """The result of ``generate_svg``.

    Attributes:
        folder: the run's folder, for `dreamgen export` and `resume`.
        files: the exported files in the order of the recipe's formats, by default the SVG and a PNG.
        svg: the SVG's text.
        drawing: arrays in the file's units, +y down.
        metrics: agreement with the prompt, paths, bytes, and others; as in run.json.
    """

    folder: Path
    files: list[Path]
    svg: str = field(repr=False)
    drawing: "Drawing" = field(repr=False)
    metrics: dict[str, Any] = field(repr=False)

    def _repr_svg_(self) -> str:
        """For notebooks: the drawing."""
        return self.svg


def generate(prompt: str, *, image: str | Path | None = None, preset: str = "standard", seed: int = 0,
             out: str | Path = "runs", prior: str | Path = "bundled", overrides: Overrides = (),
             recipe: str | Path | None = None, progress: bool = False) -> Asset:
    """Make a 3D asset from words, in a new folder under ``out``.

    Args:
        prompt: what to make, as "a red armchair".
        image: a picture of it, cut out over transparency, seen from the front right; docs/image-to-3d.md.
        preset: one of the recipe's: draft, standard or quality.
        seed: another number, another asset; the same number, the same asset.
        out: where the run's folder is made.
        prior: a name, folder, .safetensors file or hub id; docs/priors.md.
        overrides: settings, {"stages.0.optim.steps": 800}, or as on the command line, ["stages.0.optim.steps=800"].
        recipe: a name listed by `dreamgen recipes`, or the path of a file; None: text-to-3d, or text-to-nerf where the prior
            cannot be shown a picture.
        progress: show a progress bar on standard error.

    Raises:
        ConfigError: a wrong setting; raised before torch is loaded.
        PriorError: a prior that cannot be found, read or trusted.
        RunError: a run that collapsed more often than the recipe allows.
        EmptyMesh: a scene without a surface.
        FileError: a file that cannot be written. After this error or the others above, the folder has the last checkpoint.
    """
    given = {"prompt": prompt, "preset": preset, "seed": seed, "out": out, "prior": prior}
    if image is not None:
        given["reference.picture"] = existing(image)
    words = [*(f"{key}={value}" for key, value in given.items()), *settings(overrides)]
    from .recipes.by_prior import by_prior
    folder, files, mesh, metrics = _run(recipe or by_prior(words), words, progress, "generate")
    return Asset(folder, files, mesh, metrics)


def generate_svg(prompt: str, *, style: str | None = None, paths: int | None = None, size: int = 512,
                 transparent: bool = False, preset: str = "standard", seed: int = 0, out: str | Path = "runs",
                 prior: str | Path = "bundled", overrides: Overrides = (),
                 recipe: str | Path = "text-to-svg", progress: bool = False) -> Vector:
    """Make a vector drawing from words, in a new folder under ``out``.

    The arguments that are not listed are those of ``generate``.

    Args:
        style: a style of the scene, as flat or sketch (docs/svg.md); None: the recipe's.
        paths: the largest number of paths; None: the style's.
        size: edge of the canvas (the viewBox) in the file's units.
        transparent: leave out the background.

    Raises:
        DreamgenError: as ``generate``.
    """
    words = svg.settings(prompt, style, paths, size, transparent, preset=preset, seed=seed, out=out, prior=prior)
    folder, files, drawing, metrics = _run(recipe, [*words, *settings(overrides)], progress, "generate_svg")
    return Vector(folder, files, (folder / "asset.svg").read_text(encoding="utf-8"), drawing, metrics)


def texture_mesh(mesh: str | Path, prompt: str, *, up: str | None = None, front: float | None = None, preset: str = "standard",
                 seed: int = 0, out: str | Path = "runs", prior: str | Path = "bundled", overrides: Overrides = (),
                 recipe: str | Path = "texture", progress: bool = False) -> Asset:
    """Paint a model of yours as the words say, in a new folder under ``out``; its triangles, places and axes stay.

    Args:
        mesh: a GLB, glTF, OBJ, PLY, STL or OFF file.
        up: its axis that points up, "x", "y" or "z"; the recipe's own, "y", without one.
        front: from where its front is seen, degrees around ``up``, counter-clockwise from +z (from -y with up "z").
        overrides: as ``generate``'s.
        recipe: the same.
        progress: the same.

    Raises:
        ConfigError: also a file that is not there, or that cannot be textured. The others as ``generate``.
    """
    given = {"prompt": prompt, "preset": preset, "seed": seed, "out": out, "prior": prior}
    words = [*(f"{key}={value}" for key, value in given.items()), *texture.settings(mesh, up, front)]
    folder, files, model, metrics = _run(recipe, [*words, *settings(overrides)], progress, "texture_mesh")
    return Asset(folder, files, model, metrics)


def generate_many(rows: str | Path | Iterable[str | Mapping[str, Any]], *, out: str | Path = "assets",
                  recipe: str | Path | None = None, overrides: Overrides = (), seeds: list[int] | None = None,
                  on: str = "local", workers: int | None = None, threads: int | None = None, gpus: str | None = None,
                  gpu_share: float | None = None, memory_gb: float | None = None, progress: bool = False) -> list["Record"]:
    """Make an asset for each row, several at a time, as `dreamgen batch` does; the same call again makes what is left.

    Args:
        rows: a file (.csv, .tsv, .jsonl, .txt), or prompts and maps: [{"prompt": "a red apple", "seed": 3}, "a sofa"].
        out: a folder, or a URL of object storage, "s3://bucket/assets".
        recipe: of rows that name none; None chooses by each row's prior, as ``generate`` does.
        overrides: settings of all rows, as ``generate``'s; a row's own count more.
        seeds: make each row with each of these.
        on: "local", "ray" or "ray://host:10001"; workers, threads, gpus, gpu_share, memory_gb as the command's.
        progress: draw the bar on standard error.

    Returns:
        A record for each row, in their order: ``name`` of its folder under ``out``, ``files``, ``metrics``, ``seconds``,
        and ``error``, why it failed, "" for one that is done. A row that fails stops no other and raises nothing.

    Raises:
        ConfigError: rows that cannot run, each named, before the first one runs. FileError, RunError: no row can run.
    """
    from .batch.make import Where, batch
    given = Path(rows) if isinstance(rows, str | Path) else list(rows)
    where = Where(on, workers, threads, gpus, gpu_share, memory_gb)
    running = batch(given, str(out), None if recipe is None else str(recipe), list(settings(overrides)), seeds, where)
    if progress:
        from .show.rows import show
        show(running.reports)
    else:
        deque(running.reports, maxlen=0)
    return running.records()


def _run(recipe: str | Path, overrides: list[str], progress: bool,
         door: str) -> tuple[Path, list[Path], Any, dict[str, Any]]:
    """The folder of a run that has ended, its exported files, its first asset and its metrics."""
    from .recipes import folders
    from .recipes.load import load as load_recipe
    loaded = load_recipe(recipe, overrides, door)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")         # read when torch is first imported; see __main__
    with folders.begun(loaded) as folder, traceback_kept(folder):
        from .export import load, numbered
        from .run import run
        reports = run(loaded, folder)
        if progress:
            from .show.progress import show
            show(reports)
        else:
            deque(reports, maxlen=0)
        metrics = json.loads((folder / "run.json").read_text(encoding="utf-8"))["metrics"]
        assets, formats = load(loaded, folder), loaded.export.formats
        written = [folder / numbered(f"asset.{name}", k) for k in range(len(assets)) for name in formats]
        return folder, written, assets[0], metrics
