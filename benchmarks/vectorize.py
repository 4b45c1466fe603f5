"""How like a picture its N paths are: ``dreamgen vectorize`` against vtracer, PSNR over white in dB; a Markdown table.

    pip install vtracer resvg-py
    dreamgen prior data --emoji fluent-emoji-3d-1.1.0.tgz --emojibase emojibase-data-17.0.0.tgz --size 64 --out icons.zip
    python benchmarks/vectorize.py icons.zip

`dreamgen prior data --help` says where the two packages are. The pictures: every 42nd icon, in the order of ``metadata.jsonl``,
the first 20 of them, 64x64. Both sides' files are drawn by resvg. vtracer has no budget of paths, so it is asked with
all of SETTINGS, on the picture over white (it has no half transparency), as it is and at four times its size, and the
best of its files with at most N paths counts.
"""

import argparse
import io
import json
import re
import time
import zipfile
from itertools import product

import numpy as np
import resvg_py
import vtracer
from PIL import Image

from dreamgen import formats
from dreamgen.io.rng import stream
from dreamgen.svg.vectorize import vectorize
from dreamgen.training.icons import SOURCE

BUDGETS = 8, 16, 32, 64
SCALES = 1, 4
SETTINGS = {"filter_speckle": (2, 4, 8, 16), "color_precision": (4, 6, 8), "layer_difference": (8, 16, 32, 64, 96)}
EVERY, COUNT = 42, 20


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("data", help="the .zip with metadata.jsonl and the icons that it names")
    icons = read(options.parse_args().data)
    print("| picture |" + "".join(f" {who} {N} |" for N in BUDGETS for who in ("ours", "vtracer")))
    print("|---" * (1 + 2 * len(BUDGETS)) + "|")
    rows, began = [], time.process_time()
    for name, image in icons.items():
        traced = tracings(image)
        row = []
        for N in BUDGETS:
            svg = formats.write(vectorize(image, N, stream(0, "vectorize")), ["svg"])["asset.svg"].decode()
            row += [psnr(drawn(svg), image), max((quality for paths, quality in traced if paths <= N), default=np.nan)]
        rows.append(row)
        print(line(name, row), flush=True)
    print(line("**mean**", np.nanmean(rows, 0)))
    print(f"\n{(time.process_time() - began) / len(rows):.1f} CPU seconds a picture, all of the table's row")


def read(path: str) -> dict[str, np.ndarray]:
    """[64, 64, 4] straight floats by name."""
    with zipfile.ZipFile(path) as data:
        rows = [json.loads(row) for row in data.read("metadata.jsonl").decode().splitlines()]
        chosen = [row for row in rows if row["source"] == SOURCE][::EVERY][:COUNT]
        return {row["name"]: opened(data.read(row["file"])) for row in chosen}


def tracings(image: np.ndarray) -> list[tuple[int, float]]:
    """(paths, PSNR) of vtracer's files."""
    found = []
    for scale in SCALES:
        picture = Image.fromarray(np.rint(over_white(image) * 255).astype(np.uint8)).convert("RGBA")
        picture = picture.resize((scale * picture.width, scale * picture.height), Image.Resampling.BICUBIC)
        pixels = [tuple(pixel) for pixel in np.asarray(picture).reshape(-1, 4).tolist()]
        box = f'viewBox="0 0 {picture.width} {picture.height}" width="{image.shape[1]}" height="{image.shape[0]}"'
        for values in product(*SETTINGS.values()):
            svg = vtracer.convert_pixels_to_svg(pixels, picture.size, **dict(zip(SETTINGS, values, strict=True)))
            paths = svg.count("<path")
            if paths <= max(BUDGETS):
                found.append((paths, psnr(drawn(re.sub(r'width="\d+" height="\d+"', box, svg, count=1)), image)))
    return found


def drawn(svg: str) -> np.ndarray:
    return opened(bytes(resvg_py.svg_to_bytes(svg_string=svg)))


def opened(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA")) / np.float32(255)


def psnr(got: np.ndarray, want: np.ndarray) -> float:
    return float(-10 * np.log10(np.square(over_white(got) - over_white(want)).mean()))


def over_white(rgba: np.ndarray) -> np.ndarray:
    return rgba[..., :3] * rgba[..., 3:] + 1 - rgba[..., 3:]


def line(name: str, values) -> str:
    return f"| {name} |" + "".join(f" {value:.1f} |" if np.isfinite(value) else " none |" for value in values)


if __name__ == "__main__":
    main()
