"""A scene in space leaves a mesh, its files, a turntable and a contact sheet.

The mesh is kept as plain arrays beside the files, so that ``dreamgen export`` writes another format of the same object.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
import torch

from renderers.assets import Mesh
from renderers.camera import Camera, ring

from .. import exporters, files, pictures, video
from ..config import ConfigError
from ..health import saturation
from ..looks import SMALL, render
from ..meshing import mesh_asset
from ..meshing.shade import draw
from ..report import Report
from ..work import Work
from . import Kept

ASSET = "Mesh"
SIDES = ("front", "right side", "back", "left side")
LARGE = 256                     # pixels of what is kept
HELD_OUT = ((15.0, 8), (45.0, 4), (-10.0, 4))       # (elevation in degrees, cameras) that choose the mesh's threshold
ARRAYS = "mesh.npz"


@dataclass
class Config:
    formats: list[str] = field(default_factory=lambda: ["glb"])
    triangles: int = 20_000                         # budget after decimation
    texture: int = 1024                             # pixels, square
    resolution: int = 128                           # marching-cubes cells along an edge of the box
    turntable: int = 48                             # frames of turntable.mp4, 0 = none

    def __post_init__(self):
        for name in ("triangles", "texture", "resolution"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name}: need > 0, got {getattr(self, name)}")
        if self.turntable < 0:
            raise ValueError(f"turntable: need >= 0, got {self.turntable}")


def keep(work: Work) -> Iterator[Report]:
    """Returns Kept; raises EmptyMesh, FileError."""
    export, folder = work.recipe.export, work.folder
    yield work.note("mesh")
    camera = held_out(SMALL)
    mesh, report = mesh_asset(work.scene, camera.to(work.device), render(work, camera).opacity, export)

    yield work.note("files")
    arrays = BytesIO()
    np.savez_compressed(arrays, **{name: array for name, array in asdict(mesh).items() if array is not None})
    paths = files.save(exporters.write(mesh, export.formats) | {ARRAYS: arrays.getvalue()}, folder)
    sides = ring(len(SIDES), (LARGE, LARGE))
    seen, kept = render(work, sides), draw(mesh, sides)
    rows = [list(views.rgb.cpu().numpy()) for views in (seen, kept)]
    pictures.write(folder / "contact.png", pictures.contact_sheet(rows, ["in the run", "the mesh"], list(SIDES)))
    if export.turntable:
        yield work.note("turntable")
        turn = ring(export.turntable, (LARGE, LARGE), elevation_deg=20)
        video.write(folder / "turntable.mp4", (draw(mesh, turn[i:i + 1]).rgb[0].numpy() for i in range(len(turn))))

    return Kept(paths, {
        "silhouette_iou": report.iou, "saturation": saturation(seen), "triangles": report.triangles,
        "colour_error": float((seen.premultiplied.cpu() - kept.premultiplied).abs().mean()), "mesh": asdict(report)})


def load(folder: Path) -> Mesh:
    """The arrays of a finished run; raises ConfigError where there are none."""
    path = folder / ARRAYS
    if not path.is_file():
        raise ConfigError(f"{folder}: no {ARRAYS}, the run is not finished; `dreamgen resume {folder}` goes on with it")
    with np.load(path, allow_pickle=False) as arrays:
        return Mesh(**{name: arrays[name] for name in arrays.files})


def held_out(size: int) -> Camera:
    """Cameras of no training step in particular, all around at three heights."""
    parts = [ring(count, (size, size), elevation, start_deg=22.5) for elevation, count in HELD_OUT]
    return Camera(torch.cat([c.c2w for c in parts]), torch.cat([c.fov_y for c in parts]), (size, size))
