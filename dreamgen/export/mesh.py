"""A scene in space leaves a mesh, its files, a turntable and a contact sheet.

The mesh is kept as plain arrays beside the files, so that ``dreamgen export`` writes another format of the same object.
Of several particles each leaves its own, asset.glb, asset-1.glb and so on, but for those that show nothing: they are
left out, unless none is left.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import torch

from guidance.ranges import not_negative, positive
from renderers.assets import Mesh
from renderers.camera import Camera, ring
from renderers.particles import each
from renderers.scene import Render

from .. import formats
from ..errors import EmptyMesh
from ..formats._npz import packed, unpacked
from ..io import atomic, images, video
from ..io.report import Report
from ..meshing import MeshReport, draw, mesh_asset
from ..meshing.lit import draw_lit, shiny
from ..state.health import saturation
from ..state.preview import SMALL, renders
from ..state.state import Work
from . import Kept, found, numbered

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
        positive(triangles=self.triangles, texture=self.texture, resolution=self.resolution)
        not_negative(turntable=self.turntable)


@dataclass(frozen=True)
class Made:
    """The mesh of one particle, and how it came about."""

    particle: int
    mesh: Mesh
    meshing: MeshReport


def keep(work: Work) -> Iterator[Report]:
    """Returns Kept; raises EmptyMesh, FileError."""
    export, folder, count = work.recipe.export, work.folder, len(each(work.scene))
    meshed = yield from meshes(work)

    yield work.note("writing files")
    written = {}
    for i, one in enumerate(meshed):
        mesh = replace(one.mesh, title=work.recipe.prompt)
        written |= formats.write(mesh, export.formats, numbered("asset", i))
        written[numbered(ARRAYS, i)] = packed(mesh)
    paths = atomic.save(written, folder)

    sides, rows, captions, numbers = ring(len(SIDES), (LARGE, LARGE)), [], [], []
    every = [views.to("cpu") for views in renders(work, sides)]
    for one in meshed:
        name = f"particle {one.particle}, " if count > 1 else ""
        in_run, in_file = every[one.particle], (draw_lit if shiny(one.mesh) else draw)(one.mesh, sides)
        rows += [list(views.rgb.numpy()) for views in (in_run, in_file)]
        captions += [f"{name}in the run", f"{name}the mesh"]
        numbers.append(metrics(one.meshing, in_run, in_file))
    images.write(folder / "contact.png", images.contact_sheet(rows, captions, list(SIDES)))
    if export.turntable:
        yield work.note("drawing the turntable")
        video.write(folder / "turntable.mp4", turning([one.mesh for one in meshed], export.turntable))

    left_out = sorted({*range(count)} - {one.particle for one in meshed})
    others = {numbered("asset", i): more for i, more in enumerate(numbers) if i}
    return Kept(paths, numbers[0] | others | ({"left_out": left_out} if left_out else {}))


def turning(objects: list[Mesh], frames: int) -> Iterator[np.ndarray]:
    """Pictures of the objects side by side, all around; lit, as the page shows them, where a material asks for light."""
    turn = ring(frames, (LARGE, LARGE), elevation_deg=20)
    for i in range(frames):
        views = [(draw_lit if shiny(mesh) else draw)(mesh, turn[i:i + 1]) for mesh in objects]
        yield np.concatenate([view.rgb[0].numpy() for view in views], 1)


def meshes(work: Work) -> Iterator[Report]:
    """Returns [Made] of those particles that show something; raises EmptyMesh where none does."""
    camera, particles, meshed = held_out(SMALL), each(work.scene), []
    for k, (particle, rendered) in enumerate(zip(particles, renders(work, camera), strict=True)):
        yield work.note("making the mesh" + (f" of particle {k}" if len(particles) > 1 else ""))
        try:
            meshed.append(Made(k, *mesh_asset(particle, camera.to(work.device), rendered.opacity, work.recipe.export)))
        except EmptyMesh as empty:
            if not meshed and k + 1 == len(particles):
                raise
            yield work.note(f"particle {k} is left out: {empty}")
    return meshed


def metrics(meshing: MeshReport, in_run: Render, in_file: Render) -> dict:
    """Of one particle, ``in_run``, and as it is ``in_file``."""
    how = asdict(meshing)
    return {"silhouette_iou": how.pop("iou"), "saturation": saturation(in_run), "triangles": how.pop("triangles"),
            "color_error": float((in_run.premultiplied - in_file.premultiplied).abs().mean()), "mesh": how}


def load(folder: Path) -> list[Mesh]:
    """The arrays of a finished run; raises ConfigError where there are none."""
    return [unpacked(path) for path in found(folder, ARRAYS)]


def held_out(size: int) -> Camera:
    """Cameras of no training step in particular, all around at three heights."""
    parts = [ring(count, (size, size), elevation, start_deg=22.5) for elevation, count in HELD_OUT]
    return Camera(torch.cat([c.c2w for c in parts]), torch.cat([c.fov_y for c in parts]), (size, size))
