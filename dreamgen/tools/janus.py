"""Are there faces on all sides? ``python -m dreamgen.tools.janus RUNS --out DIR`` looks at finished runs from four.

    counts[s][v] = how often the rendered side s (front, side, back) is taken by the prior for v (evaluate/sides.py)
    twice      = 1 - mean |front - back| where either is solid, the back as it is or mirrored, the likelier of the two

An object with one face has its renders on the diagonal of ``counts``. One whose front stands on both sides has backs that
are taken for fronts, and ``twice`` near 1; so has one that is the same from all sides, as an apple should be: the sheet
shows which. The judge is a prior, and errs: ``dreamgen prior eval`` says how often, on real views.

    DIR/janus.png       front, right, back and left of every run
    DIR/janus.json      the numbers, run by run and in all
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from guidance import priors
from guidance.priors import PriorError
from renderers.camera import ring
from renderers.scene import Render

from ..errors import ConfigError, FileError
from ..export import mesh
from ..io import atomic, images
from ..io.rng import stream
from ..meshing.shade import draw
from ..state import build
from ..training.evaluate.sides import side_of
from ..training.split import MIDDLES

SHOWN, RIGHT = ("front", "right", "back", "left"), (0, 1, 2, 1)      # what is drawn, and its index in MIDDLES
SIZE = 128
SEEN = 0.05                 # opacity from which a pixel is part of either silhouette


@dataclass(frozen=True)
class Verdict:
    """One run: its prompt and seed, what the prior takes each of SHOWN for, and how alike front and back are."""

    run: str
    prompt: str
    seed: int
    sides: list[str]
    twice: float


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m dreamgen.tools.janus", description=__doc__.splitlines()[0])
    parser.add_argument("runs", type=Path, nargs="+", help="folders of finished runs, or folders that hold such")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--prior", default="bundled", help="the judge (bundled)")
    parser.add_argument("--device", default="auto")
    args = parser.parse_args(argv)
    try:
        runs = [folder for path in args.runs for folder in finished(path)]
        if not runs:
            raise ConfigError(f"{args.runs[0]}: no finished run in it")
        prior = priors.load(args.prior, build.device(args.device))
        views = {folder: look(folder) for folder in runs}
        verdicts = [judge(prior, folder, sides) for folder, sides in views.items()]
        write(args.out, verdicts, list(views.values()), prior)
    except (ConfigError, PriorError, FileError) as error:
        parser.error(str(error))
    print(table(verdicts), end="")
    return 0


def finished(path: Path) -> list[Path]:
    """The runs with a mesh, ``path`` itself or anywhere in it."""
    return sorted(found.parent for found in path.rglob(mesh.ARRAYS) if (found.parent / "run.json").is_file())


def look(folder: Path) -> Render:
    """The four sides of a run's (first) mesh, at the elevation that held-out views have."""
    return draw(mesh.load(folder)[0], ring(len(SHOWN), (SIZE, SIZE)))


def judge(prior, folder: Path, sides: Render) -> Verdict:
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    x0 = prior.encode(sides.to(prior.network.device))
    taken = side_of(prior, x0, run["prompt"], stream(0, "janus"))
    return Verdict(folder.name, run["prompt"], run["seed"], [list(MIDDLES)[k] for k in taken], twice(sides))


def twice(sides: Render) -> float:
    front, back = sides.rgb[0], sides.rgb[2]
    alike = []
    for other, opacity in ((back, sides.opacity[2]), (back.flip(1), sides.opacity[2].flip(1))):
        either = (torch.maximum(sides.opacity[0], opacity) > SEEN).squeeze(-1)
        alike.append(1 - float((front - other).abs().mean(-1)[either].mean()) if either.any() else 0.0)
    return round(max(alike), 4)


def confusion(verdicts: list[Verdict]) -> np.ndarray:
    """[3, 3] counts: the rendered front, side, back; taken for front, side, back."""
    counts = np.zeros((len(MIDDLES), len(MIDDLES)), int)
    for verdict in verdicts:
        for side, side_taken in zip(RIGHT, verdict.sides, strict=True):
            counts[side, list(MIDDLES).index(side_taken)] += 1
    return counts


def table(verdicts: list[Verdict]) -> str:
    counts, names = confusion(verdicts), list(MIDDLES)
    lines = [f"{verdict.prompt}, seed {verdict.seed}: taken for {' '.join(verdict.sides)}; front and back alike "
             f"{verdict.twice:.0%}" for verdict in verdicts]
    lines += ["", "rendered   taken for " + " ".join(f"{name:>6}" for name in names)]
    lines += [f"{name:15} " + " ".join(f"{n:6}" for n in row) for name, row in zip(names, counts, strict=True)]
    return "\n".join([*lines, f"{np.trace(counts)} of {counts.sum()} sides right"]) + "\n"


def write(out: Path, verdicts: list[Verdict], views: list[Render], prior) -> None:
    captions = [f"{v.prompt}, seed {v.seed}: {' '.join(v.sides)}; {v.twice:.0%} alike" for v in verdicts]
    sheet = images.contact_sheet([list(sides.rgb.numpy()) for sides in views], captions, list(SHOWN))
    record = {"judge": prior.name, "id": prior.id, "sides": list(MIDDLES), "confusion": confusion(verdicts).tolist(),
               "runs": [asdict(verdict) for verdict in verdicts]}
    atomic.save({"janus.png": images.png(sheet), "janus.json": json.dumps(record, indent=2).encode()}, out)


if __name__ == "__main__":
    sys.exit(main())
