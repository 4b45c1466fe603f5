"""What N bytes can show: ``dreamgen vectorize``, vtracer and potrace on icons, PSNR and curves at equal sizes; a Markdown table.

    pip install vtracer resvg-py
    apt-get install potrace
    npm pack @twemoji/svg
    python benchmarks/equal_bytes.py twemoji-svg-15.0.0.tgz

The pictures: 40 of the package's icons, evenly through the list of its names in order, drawn by resvg at 64 pixels over
white; none was used in tuning. Ours is the file of ``vectorize --bytes N``. The others' files are shortened as by
``svg-clean --keep``, so that their way of writing does not count. All are drawn by resvg. vtracer and potrace have no budget
of bytes: of the files of all of VTRACER's and POTRACE's settings the one of most PSNR that fits is taken. potrace knows
black and white only; as is usual it traces each color of a palette, over those that are below. A curve is a closed
subpath. Nothing of the icons or of the others' output is kept.
"""

import argparse
import io
import re
import subprocess
import tarfile
from collections.abc import Iterator
from itertools import product

import numpy as np
import resvg_py
import vtracer
from PIL import Image

from dreamgen import formats
from dreamgen.commands.vectorize import paths_within
from dreamgen.io.rng import stream
from dreamgen.svg import tidy
from dreamgen.svg.vectorize import vectorize

COUNT, EDGE = 40, 64
BUDGETS = 1000, 2000                # bytes
VTRACER = {"filter_speckle": (4, 8, 16), "color_precision": (6,), "layer_difference": (16, 32, 64),
           "length_threshold": (4.0, 8.0)}
POTRACE = {"colors": (2, 3, 4, 6, 8, 12), "turdsize": (2, 8), "opttolerance": (0.4,)}
SCALES = 1, 4                       # of the picture that is traced: the two see no half covered pixels


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("icons", help="the package of npm, a .tgz")
    options.add_argument("--count", type=int, default=COUNT, help=f"of icons ({COUNT})")
    given = options.parse_args()
    icons = read(given.icons, given.count)
    scores: dict[tuple[int, str], list[tuple[float, int]]] = {}
    for name, image in icons.items():
        others = {"vtracer": list(by_vtracer(image)), "potrace": list(by_potrace(image))}
        for most in BUDGETS:
            scores.setdefault((most, "ours"), []).append(judged([ours(image, most)], image, most))
            for who, files in others.items():
                scores.setdefault((most, who), []).append(judged(files, image, most))
        print(name, *(f"{who} {most}: {scores[most, who][-1][0]:.1f}" for most, who in scores), flush=True)
    print("\n| bytes | ours dB | curves | vtracer dB | curves | potrace dB | curves | ours is best |")
    print("|---|---|---|---|---|---|---|---|")
    for most in BUDGETS:
        rows = np.array([scores[most, who] for who in ("ours", "vtracer", "potrace")])          # [3, icons, 2]
        best = int((rows[0, :, 0] > np.nanmax(rows[1:, :, 0], 0, initial=0)).sum())
        means = np.nanmean(rows, 1)
        fits = [f"{np.isfinite(row[:, 0]).sum()}" for row in rows]
        print(f"| {most:,} |" + "".join(f" {mean[0]:.1f} ({n}) | {mean[1]:.0f} |" for mean, n in zip(means, fits, strict=True))
              + f" {best} of {len(icons)} |")
    print("\n(In brackets: of how many icons a file fitted; the mean is of those.)")


def read(path: str, count: int) -> dict[str, np.ndarray]:
    """[64, 64, 3] in [0, 1] by name."""
    with tarfile.open(path) as data:
        names = sorted(name for name in data.getnames() if name.endswith(".svg"))
        chosen = [names[i] for i in np.linspace(0, len(names) - 1, count).round().astype(int)]
        return {name.rpartition("/")[2]: drawn(data.extractfile(name).read()) for name in chosen}


def drawn(svg: bytes) -> np.ndarray:
    png = resvg_py.svg_to_bytes(svg_string=svg.decode(), width=EDGE, height=EDGE)
    rgba = np.asarray(Image.open(io.BytesIO(bytes(png))).convert("RGBA"), np.float32) / 255
    return rgba[..., :3] * rgba[..., 3:] + 1 - rgba[..., 3:]


def short(svg: bytes) -> bytes:
    return tidy(svg, "svg")[0]


def judged(files: list[bytes], image: np.ndarray, most: int) -> tuple[float, int]:
    """PSNR and curves of the best of ``files`` with at most so many bytes; nan for none."""
    found = [(psnr(drawn(file), image), curves(file)) for file in files if len(file) <= most]
    return max(found, default=(np.nan, np.nan))


def psnr(one: np.ndarray, two: np.ndarray) -> float:
    return float(-10 * np.log10(max(np.square(one - two).mean(), 1e-10)))


def curves(svg: bytes) -> int:
    return sum(len(re.findall(rb"[Mm]", data)) for data in re.findall(rb' d="([^"]*)"', svg)) + svg.count(b"<rect")


def ours(image: np.ndarray, most: int) -> bytes:
    drawing = vectorize(image, paths_within(most), stream(0, "vectorize"))
    return formats.within(drawing, most)[0]


def enlarged(image: np.ndarray, scale: int) -> Image.Image:
    picture = Image.fromarray(np.rint(image * 255).astype(np.uint8))
    return picture.resize((scale * EDGE, scale * EDGE), Image.Resampling.BICUBIC)


def by_vtracer(image: np.ndarray) -> Iterator[bytes]:
    for scale in SCALES:
        picture = enlarged(image, scale).convert("RGBA")
        pixels = [tuple(pixel) for pixel in np.asarray(picture).reshape(-1, 4).tolist()]
        box = f'viewBox="0 0 {picture.width} {picture.height}"'
        for values in product(*VTRACER.values()):
            svg = vtracer.convert_pixels_to_svg(pixels, picture.size, path_precision=1 if scale == 1 else 0,
                                                **dict(zip(VTRACER, values, strict=True)))
            yield short(re.sub(r'width="\d+" height="\d+"', box, svg, count=1).encode())


def by_potrace(image: np.ndarray) -> Iterator[bytes]:
    """Each color of a palette, the commonest below, with all those above it so that no gap is left."""
    for scale, (colors, turdsize, tolerance) in product(SCALES, product(*POTRACE.values())):
        palette = enlarged(image, scale).quantize(colors, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        index, rgb = np.asarray(palette), np.array(palette.getpalette()[:3 * colors]).reshape(-1, 3)
        order = np.argsort(-np.bincount(index.ravel(), minlength=len(rgb)))
        order = order[np.isin(order, index)]
        layers = []
        for at, k in enumerate(order):
            bits = io.BytesIO()
            Image.fromarray(~np.isin(index, order[at:])).convert("1").save(bits, "PPM")
            made = subprocess.run(["potrace", "-b", "svg", "--flat", "-t", str(turdsize), "-O", str(tolerance), "-o", "-", "-"],
                                  input=bits.getvalue(), capture_output=True, check=True).stdout.decode()
            group = re.search(r"<g transform=\"([^\"]*)\".*?>\s*(.*?)\s*</g>", made, re.DOTALL)
            fill = "#" + bytes(rgb[k].tolist()).hex()
            layers.append(f'<g transform="{group[1]}" fill="{fill}">{group[2]}</g>')
        side = scale * EDGE
        yield short(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">{"".join(layers)}</svg>'.encode())


if __name__ == "__main__":
    main()
