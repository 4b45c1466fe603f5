"""A scene that is a picture leaves its particles as picture files, each as large as it was made."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from renderers.assets import Raster
from renderers.sheet import upright

from .. import formats
from ..io import atomic, images
from ..io.report import Report
from ..state.health import saturation
from ..state.preview import render
from ..state.state import Work
from . import Kept, found, numbered

ASSET = "Raster"


@dataclass
class Config:
    formats: list[str] = field(default_factory=lambda: ["png"])


def keep(work: Work) -> Iterator[Report]:
    """Returns Kept: asset.png, of further particles asset-1.png and so on; raises FileError."""
    yield work.note("writing the picture")
    edge = work.stage.scene.size
    rendered = render(work, upright((edge, edge))).to("cpu")
    premultiplied, opacity = rendered.premultiplied.numpy(), rendered.opacity.numpy()
    straight = np.concatenate([premultiplied / opacity.clip(1e-6), opacity], -1).clip(0, 1)
    written = {}
    for k, picture in enumerate(straight):
        written |= formats.write(Raster(picture), work.recipe.export.formats, numbered("asset", k))
    over = list(images.over_white(premultiplied, opacity))
    heads = [f"particle {k}" for k in range(len(over))]
    images.write(work.folder / "contact.png", images.contact_sheet([over], None, heads))
    return Kept(atomic.save(written, work.folder), {"particles": len(over), "saturation": saturation(rendered)})


def load(folder: Path) -> list[Raster]:
    """The particles of a finished run; raises ConfigError where there are none."""
    return [Raster(images.decode_rgba(path.read_bytes()).astype(np.float32) / 255)
            for path in found(folder, "asset.png")]
