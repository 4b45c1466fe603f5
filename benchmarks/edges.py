"""How sharp are finished runs? The width of their silhouettes' edges, from 10 to 90 % opacity, beside what run.json says.

    python benchmarks/edges.py RUNS         folders of runs, or folders of such: a row for each run with a mesh, and means

    width = area(0.1 < opacity < 0.9) / length(opacity = 0.5)           pixels, at 512 x 512, the mean of four sides

of the scene that was optimized, as its last checkpoint has it, and of the file's mesh. An edge that a pixel's box filters has a
width of about 0.8 to 1; a NeRF's edge is fog. The IoU is that of the file's silhouettes and the run's, from views held out.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean

import torch
from skimage.measure import find_contours

sys.path.insert(0, str(Path(__file__).parents[1]))

from dreamgen import export
from dreamgen.io import checkpoint
from dreamgen.meshing.shade import draw
from dreamgen.recipes import folders
from dreamgen.recipes.registry import kind_of
from dreamgen.state import build
from renderers.camera import ring
from renderers.particles import each

SIDES, SIZE = 4, 512
COLUMNS = ("width in the run", "width in the file", "IoU", "triangles", "kB")


def width(opacity: torch.Tensor) -> float:
    """Mean width in pixels of the edges of ``opacity`` [B, H, W, 1]."""
    length = sum(float(torch.from_numpy(line).diff(dim=0).norm(dim=1).sum())
                 for picture in opacity[..., 0] for line in find_contours(picture.numpy(), 0.5))
    return float(((opacity > 0.1) & (opacity < 0.9)).sum()) / max(length, 1)


@torch.no_grad()
def measured(run: Path) -> tuple[str, dict[str, float]]:
    """The kind of scene that ``run`` ended with, and its numbers."""
    recipe = folders.recipe(run)
    scene = build.saved_scene(recipe, run, torch.device("cpu"), *checkpoint.read(run / "checkpoints"))
    around, metrics = ring(SIDES, (SIZE, SIZE)), json.loads((run / "run.json").read_text(encoding="utf-8"))["metrics"]
    size = sum(path.stat().st_size for path in run.glob("asset*") if path.suffix in (".glb", ".ply"))
    in_run = torch.cat([each(scene)[0].render(camera).opacity for camera in (around[k:k + 1] for k in range(SIDES))])
    numbers = {"width in the run": width(in_run), "IoU": metrics["silhouette_iou"], "triangles": metrics["triangles"],
               "kB": size / 1e3}
    kept = export.load(recipe, run)[0]
    if hasattr(kept, "faces"):
        numbers["width in the file"] = width(draw(kept, around).opacity)
    return kind_of(recipe.stages[-1].scene), numbers


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("runs", nargs="+", type=Path)
    found = defaultdict(list)
    print(f"| run | kind | {' | '.join(COLUMNS)} |\n|---|---|{'---|' * len(COLUMNS)}")
    for given in options.parse_args().runs:
        told = sorted(path for path in given.glob("**/run.json") if "silhouette_iou" in path.read_text(encoding="utf-8"))
        for run in (path.parent for path in told):
            kind, numbers = measured(run)
            found[kind].append(numbers)
            print(row(run.name, kind, numbers), flush=True)
    for kind, rows in found.items():
        cells = {c: [one[c] for one in rows if c in one] for c in COLUMNS}
        print(row(f"mean of {len(rows)}", kind, {c: mean(cell) for c, cell in cells.items() if cell}))


def row(name: str, kind: str, numbers: dict[str, float]) -> str:
    return f"| {name} | {kind} | {' | '.join(f'{numbers[c]:.4g}' if c in numbers else '' for c in COLUMNS)} |"


if __name__ == "__main__":
    main()
