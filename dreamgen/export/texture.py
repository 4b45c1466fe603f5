"""A texture leaves the user's model with it on: where the model was, to the bit, with places and names as they were.

What no view has shown is filled in from what is near it, and colors reach over the charts' borders (``meshing.fill``).
Of several particles each leaves its own: asset.glb, asset-1.glb and so on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from guidance.ranges import not_negative
from renderers.assets import Mesh, Model
from renderers.camera import ring
from renderers.particles import each

from .. import formats
from ..formats._npz import packed, unpacked
from ..io import atomic, images, video
from ..io.report import Report
from ..meshing import draw
from ..meshing.fill import filled
from ..state.health import saturation
from ..state.preview import renders
from ..state.state import Work
from . import Kept, found, numbered
from .mesh import ARRAYS, LARGE, SIDES, turning

ASSET = "Model"

@dataclass
class Config:
    formats: list[str] = field(default_factory=lambda: ["glb"])
    turntable: int = 48                             # frames of turntable.mp4, 0 = none

    def __post_init__(self):
        not_negative(turntable=self.turntable)


def keep(work: Work) -> Iterator[Report]:
    """Returns Kept; raises FileError."""
    export, folder, scenes = work.recipe.export, work.folder, each(work.scene)
    yield work.note("writing files")
    models, shares = zip(*(filled(*scene.model()) for scene in scenes), strict=True)
    models = [replace(model, title=work.recipe.prompt) for model in models]
    written = {}
    for i, model in enumerate(models):
        written |= formats.write(model, export.formats, numbered("asset", i))
        written[numbered(ARRAYS, i)] = packed(model)
    paths = atomic.save(written, folder)

    sides, numbers = ring(len(SIDES), (LARGE, LARGE)), []
    every = [views.to("cpu") for views in renders(work, sides)]
    meshes = [standing(scene, model) for scene, model in zip(scenes, models, strict=True)]
    rows, captions = [list(draw(before(meshes[0]), sides).rgb.numpy())], ["the model as it was given"]
    for i, (scene, model, mesh, views) in enumerate(zip(scenes, models, meshes, every, strict=True)):
        name = f"particle {i}, " if len(scenes) > 1 else ""
        rows += [list(views.rgb.numpy()), list(draw(mesh, sides).rgb.numpy())]
        captions += [f"{name}in the run, lit", f"{name}its base colors in the file"]
        numbers.append({"saturation": saturation(views), "triangles": len(model.faces), "materials": len(model.worn),
                        "maps": sorted(scene.edges, reverse=True)[:8], "texels_shown": shares[i]})
    images.write(folder / "contact.png", images.contact_sheet(rows, captions, list(SIDES)))
    if export.turntable:
        yield work.note("drawing the turntable")
        video.write(folder / "turntable.mp4", turning(meshes, export.turntable))
    return Kept(paths, numbers[0] | {numbered("asset", i): more for i, more in enumerate(numbers) if i})


def standing(scene, model: Model) -> Mesh:
    """``model`` as the views see it: in the world's axes, its diagonal 1."""
    return replace(model, vertices=scene.vertices.cpu().numpy(), normals=scene.normals.cpu().numpy())


def before(mesh: Mesh) -> Mesh:
    """``mesh`` without its texture, shaded by vertex so that its shape is seen."""
    light = np.clip(0.35 + 0.3 * (mesh.normals @ np.float32([0.3, 0.8, 0.5])), 0.05, 1)
    return replace(mesh, materials=(), part=None, colors=np.rint(255 * light[:, None].repeat(3, 1)).astype(np.uint8))


def load(folder) -> list[Model]:
    """The arrays of a finished run; raises ConfigError where there are none."""
    return [unpacked(path, Model) for path in found(folder, ARRAYS)]
