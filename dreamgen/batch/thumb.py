"""The small picture of a finished row that the gallery shows: of the asset itself, read back from its files."""

from pathlib import Path

import numpy as np

from ..io import images
from ..recipes.recipe import Recipe

EDGE, SIDES, ELEVATION_DEG = 128, 4, 15.0


def thumb(recipe: Recipe, folder: Path, name: str) -> str:
    """Write ``folder``/``name``, a PNG: of a mesh four sides in a row, of a picture or a drawing itself, of anything else
    the run's contact sheet made small. Returns the name, "" where there is nothing to show."""
    from renderers.assets import Mesh, Raster
    from renderers.drawing import Drawing

    from .. import export, svg
    asset = export.load(recipe, folder)[0]
    if isinstance(asset, Mesh):
        from renderers.camera import ring

        from ..meshing import draw
        picture = np.concatenate(list(draw(asset, ring(SIDES, (EDGE, EDGE), ELEVATION_DEG)).rgb.numpy()), 1)
    elif isinstance(asset, Drawing | Raster):
        rgba = svg.picture(asset, EDGE) if isinstance(asset, Drawing) else asset.rgba
        picture = images.over_white(rgba[..., :3] * rgba[..., 3:], rgba[..., 3:])
        picture = images.thumbnail(images.to_uint8(picture), EDGE)
    elif (sheet := folder / "contact.png").is_file():
        picture = images.thumbnail(images.read(sheet), EDGE * SIDES)
    else:
        return ""
    images.write(folder / name, picture)
    return name
