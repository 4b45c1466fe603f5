"""What a run leaves behind: previews on the way; at the end a mesh, its files, a turntable, a contact sheet and the page.

The mesh is kept as plain arrays beside the files, so that ``dreamgen export`` writes another format of the same object.
"""

import json
import platform
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from io import BytesIO
from math import radians
from pathlib import Path

import numpy as np
import torch

from guidance.agreement import agreement
from renderers.assets import Mesh
from renderers.camera import Camera, ring
from renderers.scene import Render

from . import __version__, exporters, files, page, pictures, video
from .config import ConfigError
from .health import saturation
from .meshing import mesh_asset
from .meshing.shade import draw
from .report import Report, memory_mb
from .streams import stream
from .work import Work

SIDES = ("front", "right side", "back", "left side")
SMALL, LARGE = 128, 256         # pixels of previews and of what is kept
HELD_OUT = ((15.0, 8), (45.0, 4), (-10.0, 4))       # (elevation in degrees, cameras) that choose the mesh's threshold
OTHERS = 15                     # names of the prior's own that the prompt is told from
ARRAYS = "mesh.npz"


def preview(work: Work) -> Path:
    """Four sides of the scene as it is, as ``previews/<seed>-<stage>-<step>.png``; the page shows them at once."""
    sides = render(work, ring(4, (SMALL, SMALL)))
    at = work.position
    path = work.folder / "previews" / f"{at.seed}-{at.stage}-{at.step:06d}.png"
    pictures.write(path, np.concatenate(list(sides.rgb.cpu().numpy()), 1))
    page.write(work.folder, running=True)
    return path


def judge(work: Work) -> float:
    """The prior's own agreement, 0 to 1, of four sides of the scene with the prompt against other names that it knows."""
    camera = ring(4, (work.prior.size, work.prior.size))
    azimuth = torch.arange(4, device=work.device) * (torch.pi / 2)
    elevation = torch.full_like(azimuth, radians(15))
    known = [name for name in work.prior.card.get("words", []) if name not in work.recipe.prompt]
    if not known:
        return 0.5              # a prior without a list of words can tell the prompt from nothing
    rng = stream(work.recipe.seed, "judge")
    others = [f"a {known[i]}" for i in torch.randperm(len(known), generator=rng)[:OTHERS]]
    verdict = agreement(work.prior, render(work, camera), work.recipe.prompt, others, azimuth, elevation, rng)
    return float(verdict.probability.mean())


def finish(work: Work) -> Iterator[Report]:
    """Make and write the asset; yields a note a phase, and last the asset's path. Raises EmptyMesh, FileError."""
    export, folder = work.recipe.export, work.folder
    score = judge(work)
    yield work.note("mesh", score)
    camera = held_out(SMALL)
    mesh, report = mesh_asset(work.scene, camera.to(work.device), render(work, camera).opacity, export)

    yield work.note("files", score)
    arrays = BytesIO()
    np.savez_compressed(arrays, **{name: array for name, array in asdict(mesh).items() if array is not None})
    paths = files.save(exporters.write(mesh, export.formats) | {ARRAYS: arrays.getvalue()}, folder)
    sides = ring(4, (LARGE, LARGE))
    seen, kept = render(work, sides), draw(mesh, sides)
    rows = [list(views.rgb.cpu().numpy()) for views in (seen, kept)]
    pictures.write(folder / "contact.png", pictures.contact_sheet(rows, ["in the run", "the mesh"], list(SIDES)))
    if export.turntable:
        yield work.note("turntable", score)
        turn = ring(export.turntable, (LARGE, LARGE), elevation_deg=20)
        video.write(folder / "turntable.mp4", (draw(mesh, turn[i:i + 1]).rgb[0].numpy() for i in range(len(turn))))

    metrics = {"agreement": score, "silhouette_iou": report.iou, "saturation": saturation(seen), "triangles": report.triangles,
               "colour_error": float((seen.premultiplied.cpu() - kept.premultiplied).abs().mean()), "mesh": asdict(report)}
    write_run_json(work, metrics)
    page.write(folder)
    yield work.note(str(paths[0]), score)


def write_run_json(work: Work, metrics: dict | None = None) -> None:
    """What made the asset, and how it came out; ``metrics`` once there are some."""
    at = work.position
    run = {"prompt": work.recipe.prompt, "seed": at.seed, "prior": work.prior.name, "prior_id": work.prior.id,
           "precision": work.prior.precision, "device": str(work.device), "threads": torch.get_num_threads(),
           "platform": platform.platform(), "python": platform.python_version(),
           "versions": {"dreamgen": __version__, **{name: version(name) for name in ("torch", "numba", "diffusers")}},
           "seconds": round(at.seconds, 1), "memory_mb": round(memory_mb()), "seeds_tried": at.used,
           "candidates": at.scores, "metrics": metrics or {}}
    files.save({"run.json": json.dumps(run, indent=2, ensure_ascii=False).encode()}, work.folder)


def load_mesh(folder: Path) -> Mesh:
    """The arrays of a finished run; raises ConfigError where there are none."""
    path = folder / ARRAYS
    if not path.is_file():
        raise ConfigError(f"{folder}: no {ARRAYS}, the run is not finished; `dreamgen resume {folder}` goes on with it")
    with np.load(path, allow_pickle=False) as arrays:
        return Mesh(**{name: arrays[name] for name in arrays.files})


@torch.no_grad()
def render(work: Work, camera: Camera) -> Render:
    """Plain, repeatable pictures of the scene, camera by camera: a batch of large ones would be the run's memory peak."""
    camera = camera.to(work.device)
    views = [work.scene.render(camera[i:i + 1]) for i in range(len(camera))]
    return Render(*(torch.cat([getattr(view, name) for view in views]) for name in ("rgb", "opacity", "premultiplied", "depth")))


def held_out(size: int) -> Camera:
    """Cameras of no training step in particular, all around at three heights."""
    parts = [ring(count, (size, size), elevation, start_deg=22.5) for elevation, count in HELD_OUT]
    return Camera(torch.cat([c.c2w for c in parts]), torch.cat([c.fov_y for c in parts]), (size, size))
