"""A contact sheet of shapes, to look at before any training: what is shown badly here, no prior will draw well.

    python -m dreamgen.training.shapes.sheet armchair sofa --out sheet.png [--variants 2] [--designs 1] [--size 128]

One row for each design and variant: from the front right (40 degrees), the front, the right, the back, from above.
"""

from argparse import ArgumentParser
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from ..render import draw
from . import NAMES, designs, make

VIEWS = ((40, 18), (0, 8), (90, 15), (180, 15), (-60, 50))       # azimuth, elevation in degrees
LABEL, BACKGROUND = 14, (244, 244, 244)


def row(name: str, design: int, variant: int, size: int, seed: int) -> np.ndarray:
    """[size, len(VIEWS) * size, 3] uint8."""
    shape = make(name, np.random.default_rng([seed, variant, *name.encode()]), design)
    azimuth, elevation = np.radians(VIEWS).T
    images = draw(shape.parts, azimuth, elevation, size, samples=2).astype(np.float32) / 255
    rgb = images[..., :3] * images[..., 3:] + np.array(BACKGROUND) / 255 * (1 - images[..., 3:])
    return np.rint(np.concatenate(list(rgb), 1) * 255).astype(np.uint8)


def sheet(names: list[str], variants: int = 1, size: int = 128, seed: int = 0, columns: int = 2,
          most: int | None = None) -> Image.Image:
    """The designs of ``names``, the first ``most`` of each name (None: all), ``variants`` of each design."""
    cells = [(name, design, variant) for name in names for design in range(len(designs(name)[:most]))
             for variant in range(variants)]
    wide, high = size * len(VIEWS), size + LABEL
    rows = -(-len(cells) // columns)
    page = Image.new("RGB", (columns * wide, rows * high), BACKGROUND)
    pen = ImageDraw.Draw(page)
    for k, (name, design, variant) in enumerate(cells):
        x, y = k % columns * wide, k // columns * high
        page.paste(Image.fromarray(row(name, design, variant, size, seed)), (x, y + LABEL))
        pen.text((x + 2, y + 1), f"{name} / {designs(name)[design].__name__} {variant}", fill=(60, 60, 60))
    return page


def main() -> None:
    parser = ArgumentParser(description="A contact sheet of dreamgen's own shapes.")
    parser.add_argument("names", nargs="*", help="of shapes; none: all")
    parser.add_argument("--out", type=Path, default=Path("sheet.png"))
    parser.add_argument("--variants", type=int, default=1)
    parser.add_argument("--designs", type=int, help="at most so many of each name (all)")
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--columns", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    page = sheet(args.names or list(NAMES), args.variants, args.size, args.seed, args.columns, args.designs)
    page.save(args.out)
    print(args.out)


if __name__ == "__main__":
    main()
