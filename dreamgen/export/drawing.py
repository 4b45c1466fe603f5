"""A flat scene of paths leaves a drawing: its files, the picture growing, and the run's picture beside the file's.

The SVG itself is what is kept: ``dreamgen export`` reads it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from guidance.ranges import not_negative, positive
from renderers.drawing import Drawing
from renderers.particles import each
from renderers.scene import Paths
from renderers.sheet import upright

from .. import formats, svg
from ..errors import ConfigError
from ..io import atomic, images, video
from ..io.report import Report
from ..recipes import folders
from ..state.health import saturation
from ..state.initial import began
from ..state.preview import render
from ..state.state import Work
from . import Kept, found, numbered

ASSET = "Drawing"
LARGE = 256                     # pixels of what is shown
KEPT = "asset.svg"


@dataclass
class Config:
    formats: list[str] = field(default_factory=lambda: ["svg", "png"])
    size: int = 512             # units of the canvas: the viewBox is 0 0 size size
    growing: int = 12           # pictures a second of growing.mp4, 0 = no video
    bytes: int = 0              # of the SVG at most: coarser coordinates, then without what is seen least; 0 = no limit

    def __post_init__(self):
        positive(size=self.size)
        not_negative(growing=self.growing, bytes=self.bytes)


@dataclass(frozen=True)
class Made:
    """The files of one particle's drawing, and numbers about it."""

    files: dict[str, bytes]
    paths: int
    dropped: dict[str, int]


def keep(work: Work) -> Iterator[Report]:
    """Returns Kept: asset.svg, of further particles asset-1.svg and so on, without those that show nothing. Raises FileError,
    and ConfigError where there is nothing to see: no file may be written."""
    export, folder, particles = work.recipe.export, work.folder, each(work.scene)
    yield work.note("writing the drawing")
    pictures = render(work, upright((LARGE, LARGE))).to("cpu")
    written, rows, numbers, ends = {}, [], [], list(pictures.rgb.numpy())
    for k, particle in enumerate(particles):
        one = yield from made(work, particle, len(numbers))
        if one is None:
            if len(particles) > 1:
                yield work.note(f"particle {k} shows nothing, and no file is written of it")
            continue
        name, in_run = numbered(KEPT, len(numbers)), pictures.rgb[k].numpy()
        in_file = svg.picture(svg.read(one.files[name], name).drawing, LARGE)
        over = images.over_white(in_file[..., :3] * in_file[..., 3:], in_file[..., 3:])
        begun = folder / "previews" / began(work.position.seed, k)
        row = {"from the prior": images.read(begun)} if begun.is_file() else {}
        rows.append(row | {"in the run": in_run, "the file": over})
        ends[k] = over
        numbers.append({"paths": one.paths, "bytes": len(one.files[name]), "color_error": float(np.abs(in_run - over).mean()),
                        "dropped": one.dropped})
        written |= one.files
    if not numbers:
        raise ConfigError(f"{folder}: the drawing is empty, none of its {particles[0].capacity} paths can be seen; "
                          "raise start.pictures or guidance.guidance_scale")
    paths = atomic.save(written, folder)
    captions = [f"particle {k}" for k in range(len(rows))] if len(rows) > 1 else None
    images.write(folder / "contact.png", images.contact_sheet([list(row.values()) for row in rows], captions, list(rows[0])))
    if export.growing:
        yield work.note("drawing the film of how it grew")
        video.write(folder / "growing.mp4", growth(folder, work.position.seed, np.concatenate(ends)), export.growing)
    more = {numbered("asset", k): about for k, about in enumerate(numbers) if k}
    return Kept(paths, numbers[0] | {"saturation": saturation(pictures)} | more)


def made(work: Work, particle: Paths, k: int) -> Iterator[Report]:
    """Returns what is written of ``particle`` as the k-th drawing; None where nothing can be seen of it."""
    export = work.recipe.export
    cleaned = svg.clean(replace(particle.drawing(export.size), title=work.recipe.prompt))
    drawing, wanted, count = cleaned.drawing, list(dict.fromkeys([*export.formats, "svg"])), len(cleaned.drawing.paths)
    if not count:
        return None
    if export.bytes:
        small, count = formats.within(drawing, export.bytes)
        if len(small) > export.bytes:
            yield work.note(f"export.bytes: {export.bytes} are too few, the one path that is left takes {len(small)}")
        shown = resized(svg.read(small, KEPT).drawing, drawing.size)        # the other formats show the same
        files = formats.write(shown, wanted, numbered("asset", k)) | {numbered(KEPT, k): small}
    else:
        files = formats.write(drawing, wanted, numbered("asset", k))
    left_out = len(drawing.paths) - count
    return Made(files, count, cleaned.dropped | ({"beyond the bytes": left_out} if left_out else {}))


def resized(drawing: Drawing, size: tuple[float, float]) -> Drawing:
    """``drawing`` in the units of a canvas of another ``size`` and the same form."""
    scale = np.float32(max(size) / max(drawing.size))
    return replace(drawing, points=drawing.points * scale, widths=drawing.widths * scale, frames=drawing.frames * scale,
                   size=size)


def growth(folder: Path, seed: int, last: np.ndarray) -> Iterator[np.ndarray]:
    """The previews of the attempt that was finished, in order, then the end, held for a while."""
    size = last.shape[0]
    for path in sorted((folder / "previews").glob(f"{seed}-[0-9]*.png")):
        yield images.thumbnail(images.read(path), size)
    yield from [images.to_uint8(last)] * 12


def load(folder: Path) -> list[Drawing]:
    """The drawings of a finished run on the canvas of its recipe, which a file within its bytes has in other units; raises
    ConfigError where there is none."""
    drawings = [svg.read(path.read_bytes(), str(path)).drawing for path in found(folder, KEPT)]
    size = float(folders.recipe(folder).export.size)
    return [drawing if max(drawing.size) == size else resized(drawing, (size, size)) for drawing in drawings]
