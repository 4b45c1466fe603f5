r"""Methods side by side: one recipe, the same prompts and seeds, only the method of score distillation differs.

    saturation    mean HSV saturation of what is opaque
    agreement     how often the prompt explains the result better to the prior than another name does; 0.5 is chance
    margin        how much lower the prompt's denoising error is than the best other name's, as a share of it
    diversity     root mean square difference of two variants (seeds, particles) of one prompt, from the same side

Agreement and margin are the same prior's that was distilled: they tell whether a method reaches what its prior wants,
not whether people like it. The runs are those of ``run.run``, in the same steps, without files.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from torch import Tensor, nn

from guidance.priors import Prior

from .. import __version__, cameras
from ..io import atomic, images
from ..io.report import Report
from ..recipes.recipe import Recipe
from ..run import distil
from ..state.health import Dead, saturation
from ..state.initial import start
from ..state.interrupt import Interrupt
from ..state.preview import render, verdict
from ..state.state import Work

CELL = 96                       # pixels of a picture on the sheet
SIDES = ("front", "right", "back", "left")
HEADS = {"seconds": "{:.0f}", "cpu_seconds": "{:.0f}", "evaluations": "{:.1f}", "saturation": "{:.2f}",
         "agreement": "{:.3f}", "margin": "{:.3f}", "diversity": "{:.3f}"}      # of the table; how a number is written


@dataclass(frozen=True)
class Cell:
    """One run; ``died`` is why there are no pictures, else empty.

    Attributes:
        pictures: [K, V, S, S, 4] float32 premultiplied sRGB and opacity: K particles from V sides.
        seconds, cpu_seconds: of the distillation alone: of the clock, and of all threads of this process.
        evaluations: rows of the prior's network, for each picture of each step; a student's count as well.
    """

    prompt: str
    method: str
    seed: int
    pictures: np.ndarray | None = None
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    evaluations: float = 0.0
    saturation: float = 0.0
    agreement: float = 0.0
    margin: float = 0.0
    died: str = ""

    def row(self) -> dict:
        """For JSON."""
        return {name: round(value, 4) if isinstance(value, float) else value
                for name, value in vars(self).items() if name != "pictures"}


class Comparison:
    """All ``recipes`` by the name of their method, for each prompt and seed; ``cells`` fill while ``run`` is asked."""

    def __init__(self, recipes: dict[str, Recipe], prompts: list[str], seeds: list[int], prior: Prior):
        self.recipes, self.prompts, self.seeds, self.prior = recipes, prompts, seeds, prior
        self.cells: list[Cell] = []

    def run(self) -> Iterator[Report]:
        """Yields a Report a step, and a note a run; raises ConfigError, and KeyboardInterrupt at once: a run that has not
        ended leaves nothing."""
        jobs = [(prompt, seed, method) for prompt in self.prompts for seed in self.seeds for method in self.recipes]
        with counted(self.prior.network) as counter:
            for k, (prompt, seed, method) in enumerate(jobs):
                recipe = replace(self.recipes[method], prompt=prompt, seed=seed)
                with TemporaryDirectory() as folder:
                    work = Work(recipe, Path(folder), self.prior)
                    yield work.note(f"{k + 1} of {len(jobs)}: {method}, {prompt!r}, seed {seed}")
                    cell = yield from distilled(work, method, counter)
                    self.cells.append(cell)
                    yield work.note(f"died: {cell.died}" if cell.died else f"agreement {cell.agreement:.3f}")

    def summary(self) -> list[dict]:
        """For each method the means over its cells; diversity is that of the variants of one prompt."""
        rows = []
        for method in self.recipes:
            tried = [cell for cell in self.cells if cell.method == method]
            cells = [cell for cell in tried if not cell.died]
            row = {"method": method, "runs": len(cells), "died": len(tried) - len(cells)}
            if cells:
                row |= {name: float(np.mean([getattr(cell, name) for cell in cells])) for name in HEADS
                        if name != "diversity"}
                row["diversity"] = self.diversity(method)
            rows.append(row)
        return rows

    def diversity(self, method: str) -> float | None:
        """Mean over the prompts that have more than one variant; None if none has."""
        each = []
        for prompt in self.prompts:
            cells = [cell for cell in self.cells if (cell.prompt, cell.method) == (prompt, method) and not cell.died]
            variants = [picture for cell in cells for picture in cell.pictures]
            each += [np.mean([rms(a, b) for a, b in combinations(variants, 2)])] if len(variants) > 1 else []
        return float(np.mean(each)) if each else None

    def sheet(self) -> np.ndarray:
        """[H, W, 3] uint8: a row for each prompt, seed and particle; a column for each method and side."""
        shape = next((cell.pictures.shape for cell in self.cells if not cell.died), (1, 1))
        sides = SIDES[:shape[1]] if shape[1] > 1 else ("",)
        heads = [f"{method} {side}".strip() for method in self.recipes for side in sides]
        rows, captions = [], []
        for prompt in self.prompts:
            for seed in self.seeds:
                found = {cell.method: cell for cell in self.cells if (cell.prompt, cell.seed) == (prompt, seed)}
                for k in range(shape[0] if found else 0):
                    strips = [self.strip(found.get(method), k, shape[1]) for method in self.recipes]
                    rows.append([picture for strip in strips for picture in strip])
                    captions.append(f"{prompt}, seed {seed}" + (f", particle {k}" if shape[0] > 1 else ""))
        return images.contact_sheet(rows, captions, heads, images.SheetLayout(CELL))

    @staticmethod
    def strip(cell: Cell | None, k: int, views: int) -> list[np.ndarray | None]:
        """The sides of one particle over white; empty for a run that died or is still to come."""
        if cell is None or cell.died:
            return [None] * views
        return [images.over_white(x[..., :3], x[..., 3:]) for x in cell.pictures[k]]

    def save(self, out: Path, settings: dict) -> list[Path]:
        """Write the sheet so far to ``out`` and all numbers beside it, as JSON; raises FileError."""
        record = {**settings, "prior": self.prior.name, "prior_id": self.prior.id, "precision": self.prior.precision,
                  "dreamgen": __version__, "torch": torch.__version__, "threads": torch.get_num_threads(),
                  "methods": self.summary(), "runs": [cell.row() for cell in self.cells]}
        return atomic.save({out.name: images.png(self.sheet()),
                           f"{out.stem}.json": json.dumps(record, indent=1, ensure_ascii=False).encode()}, out.parent)


def distilled(work: Work, method: str, counter: "Counter") -> Iterator[Report]:
    """Distil ``work`` through all its stages; yields what the loop does, returns the Cell."""
    at = work.position
    yield from start(work)
    counter.rows, cpu, steps = 0, time.process_time(), 0
    try:
        while True:
            yield from distil(work, work.stage.optim.steps, Interrupt())
            steps += work.stage.optim.steps * work.stage.cameras.views
            if work.position.stage + 1 == len(work.recipe.stages):
                break
            work.advance()
    except Dead as dead:
        return Cell(work.recipe.prompt, method, work.recipe.seed, died=str(dead))
    cpu, rows = time.process_time() - cpu, counter.rows
    standing = cameras.standing(work.stage.cameras, work.prior.resolution).camera
    rendered, judged = render(work, standing), verdict(work)
    rgba = torch.cat([rendered.premultiplied, rendered.opacity], -1).cpu().numpy()
    agreement = (0.5, 0.0) if judged is None else (float(judged.probability.mean()), float(judged.margin.mean()))
    return Cell(work.recipe.prompt, method, work.recipe.seed, rgba.reshape(-1, len(standing), *rgba.shape[1:]),
                at.seconds, cpu, rows / steps, saturation(rendered), *agreement)


class Counter:
    rows = 0


@contextmanager
def counted(network: nn.Module) -> Iterator[Counter]:
    """Rows that ``network`` and the copies made of it answer meanwhile."""
    counter = Counter()

    def add(module: nn.Module, given: tuple, answer) -> None:
        counter.rows += len(answer if isinstance(answer, Tensor) else answer[0])        # diffusers' come in a record

    factors = network if isinstance(network, nn.ModuleList) else [network]          # of a product: it calls those
    hooks = [factor.register_forward_hook(add) for factor in factors]
    try:
        yield counter
    finally:
        for hook in hooks:
            hook.remove()


def rms(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.sqrt(np.square(a - b).mean()))


def table(summary: list[dict]) -> str:
    """The summary as aligned text."""
    rows = [["method", "runs", *HEADS]]
    for row in summary:
        numbers = ["-" if row.get(name) is None else form.format(row[name]) for name, form in HEADS.items()]
        rows.append([row["method"], f"{row['runs']}" + (f" (+{row['died']} died)" if row["died"] else ""), *numbers])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(word.rjust(width) if i else word.ljust(width)
                               for i, (word, width) in enumerate(zip(row, widths, strict=True))).rstrip() for row in rows)
