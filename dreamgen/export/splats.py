"""A scene of 3D Gaussians leaves its files, a mesh of the same object, a turntable and a contact sheet.

The Gaussians are kept as plain arrays beside the files, as they were optimised: ``dreamgen export`` bakes the 3D filter
into every format anew. The mesh is made from the scene's density as a NeRF's is; where the scene has none, or shows
nothing there, the Gaussians are kept without. Of several particles each leaves its own, asset.ply, asset-1.ply and so on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np
import torch

from renderers.assets import Splats
from renderers.camera import Camera, ring
from renderers.ops.splat import splat
from renderers.particles import each
from renderers.scene import Field, Render
from renderers.splats import filtered, opacities, rgb, scales

from .. import formats
from ..errors import EmptyMesh
from ..formats._npz import packed as packed_mesh
from ..formats._npz import unpacked as unpacked_mesh
from ..formats._npz_splats import packed, unpacked
from ..io import atomic, images, video
from ..io.report import Report
from ..meshing import mesh_asset
from ..state.health import saturation
from ..state.preview import SMALL, renders
from ..state.state import Work
from . import Kept, found, mesh, numbered

ASSET = "Splats"
SAMPLES = 8                     # along a pixel of the run, of the file's picture that is compared with it
ARRAYS, SURFACE = "splats.npz", "surface.npz"


@dataclass
class Config(mesh.Config):
    formats: list[str] = field(default_factory=lambda: ["ply", "glb"])
    surface: Literal["beside", "inside", "none"] = "beside"     # a mesh: asset-mesh.glb, in asset.glb, or not at all


def keep(work: Work) -> Iterator[Report]:
    """Returns Kept; raises FileError, and ValueError where nothing is left of a particle's Gaussians."""
    export, folder = work.recipe.export, work.folder
    clouds = [particle.splats() for particle in each(work.scene)]
    surfaced = [(None, {})] * len(clouds) if export.surface == "none" else (yield from meshes(work))
    surfaces = [surface for surface, _ in surfaced]
    if export.surface == "inside":
        clouds = [replace(cloud, surface=surface) for cloud, surface in zip(clouds, surfaces, strict=True)]

    yield work.note("writing files")
    written, beside = {}, {}
    for k, (cloud, surface) in enumerate(zip(clouds, surfaces, strict=True)):
        written |= formats.write(cloud, export.formats, numbered("asset", k))
        beside[numbered(ARRAYS, k)] = packed(cloud)
        if surface is not None and export.surface == "inside":
            beside[numbered(SURFACE, k)] = packed_mesh(surface)
        elif surface is not None:
            written |= formats.write(surface, ["glb"], numbered("asset-mesh", k))
    paths = atomic.save(written | beside, folder)

    sides, rows, captions, numbers = ring(len(mesh.SIDES), (mesh.LARGE, mesh.LARGE)), [], [], []
    for k, (in_run, cloud) in enumerate(zip(renders(work, sides), clouds, strict=True)):
        in_file = draw(filtered(cloud), sides)
        rows += [list(views.rgb.cpu().numpy()) for views in (in_run, in_file)]
        name = f"particle {k}, " if len(clouds) > 1 else ""
        captions += [f"{name}in the run", f"{name}the file"]
        numbers.append({"gaussians": len(cloud.positions), "saturation": saturation(in_run), "files": {
            path: len(data) for path, data in written.items() if path.partition(".")[0] == numbered("asset", k)}}
            | agreement(work, k, cloud) | surfaced[k][1])
    images.write(folder / "contact.png", images.contact_sheet(rows, captions, list(mesh.SIDES)))
    if export.turntable:
        yield work.note("drawing the turntable")
        video.write(folder / "turntable.mp4", turning(clouds, export.turntable))
    return Kept(paths, numbers[0] | {numbered("asset", k): more for k, more in enumerate(numbers) if k})


def meshes(work: Work) -> Iterator[Report]:
    """Returns (surface, numbers about it) of each particle, (None, {}) where it has none."""
    camera, found = mesh.held_out(SMALL), []
    for particle, rendered in zip(each(work.scene), renders(work, camera), strict=True):
        found.append((None, {}))
        if not isinstance(particle, Field):
            continue
        yield work.note("making the mesh")
        try:
            surface, about = mesh_asset(particle, camera.to(work.device), rendered.opacity, work.recipe.export)
            found[-1] = surface, {"silhouette_iou": about.iou, "triangles": about.triangles}
        except EmptyMesh as empty:
            yield work.note(f"the Gaussians are kept without a mesh: {empty}")
    return found


@torch.no_grad()
def draw(cloud: Splats, camera: Camera, antialiased: bool = False) -> Render:
    """``cloud`` as viewers draw it, over white, on the device of ``camera``; ``antialiased`` as the run does."""
    arrays = (cloud.positions, scales(cloud), cloud.quaternions, opacities(cloud), rgb(cloud))
    tensors = [torch.from_numpy(np.ascontiguousarray(array, np.float32)).to(camera.c2w.device) for array in arrays]
    drawn = splat(*tensors, camera, antialiased=antialiased)
    return Render(drawn.rgb, drawn.opacity, drawn.rgb).over(1.0)


def agreement(work: Work, k: int, cloud: Splats) -> dict[str, float]:
    """How far the file is from the run at the size of its pictures: mean |difference| of color times opacity.

    The file is drawn SAMPLES times finer and averaged; it is what a large screen shows, seen from afar.
    """
    edge = work.stage.cameras.size
    sides = ring(len(mesh.SIDES), (edge, edge))
    in_run = renders(work, sides)[k].premultiplied.cpu()
    return {"file_error": float((in_run - pooled(filtered(cloud), sides, SAMPLES)).abs().mean())}


def pooled(cloud: Splats, camera: Camera, samples: int) -> torch.Tensor:
    """[B, H, W, 3] color times opacity, drawn ``samples`` times finer and averaged over each pixel."""
    H, W = camera.size
    views = [draw(cloud, camera[i:i + 1].resized((H * samples, W * samples))).premultiplied for i in range(len(camera))]
    fine = torch.cat(views).permute(0, 3, 1, 2)
    return torch.nn.functional.avg_pool2d(fine, samples).permute(0, 2, 3, 1)


def turning(clouds: list[Splats], frames: int) -> Iterator[np.ndarray]:
    """Pictures of the files side by side, all around."""
    turn = ring(frames, (mesh.LARGE, mesh.LARGE), elevation_deg=20)
    shown = [filtered(cloud) for cloud in clouds]
    for i in range(frames):
        yield np.concatenate([draw(cloud, turn[i:i + 1]).rgb[0].numpy() for cloud in shown], 1)


def load(folder: Path) -> list[Splats]:
    """The Gaussians of a finished run, with a mesh that lies in the same file; raises ConfigError where there are none."""
    clouds = []
    for k, path in enumerate(found(folder, ARRAYS)):
        surface = path.with_name(numbered(SURFACE, k))
        clouds.append(replace(unpacked(path), surface=unpacked_mesh(surface) if surface.is_file() else None))
    return clouds
