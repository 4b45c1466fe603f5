"""Fixed prompts x fixed seeds, every one shown: ``python -m dreamgen.tools.gallery --seeds 0,1 --out docs/gallery``.

Each run is ``dreamgen 3d PROMPT --preset P --seed S``, with ``--as mesh,nerf,gaussians`` one of each kind, or with ``--styles
flat,lowpoly,sketch`` a ``dreamgen svg PROMPT --style ...`` a style, in a process of its own, one after the other, timed from
outside. The pictures are of what was written, read back and drawn again: of a GLB or Gaussians four sides, of an SVG itself.
What is finished is not run again, what was broken off is resumed, and what failed is shown as failed. With ``--from FOLDERS``
nothing is run: the runs are those that ``dreamgen batch`` has made there.

    OUT/README.md           the command, the sheets, and a table with a line for every run
    OUT/sheet-1.png ...     six prompts each; all in one with --as
    OUT/*.svg               the drawings themselves
"""

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from ..batch.manifest import Manifest
from ..io import atomic, images
from ..page.meanings import MEANINGS
from ..recipes import folders
from ..recipes.registry import kind_of

SIDES = ("front", "right", "back", "left")
SHEET = 6                   # prompts on a sheet
CELL = 104                  # pixels: twelve prompts x two seeds stay under 1.5 MB
ELEVATION_DEG = 15.0
OUTCOME, LOG = "outcome.json", "log.txt"
GAUSSIANS = "gaussians"
HEAD = """# Gallery

Made by `{command}` on {cores} CPU cores ({machine}); the times add up to {minutes:.0f} minutes.
All {runs} runs are here; none was chosen, none left out. Each picture is the exported {file}, read back and drawn anew.
Time is of the whole {timed}, memory is the process's peak. Agreement is {agreement}. {rest}
"""
SILHOUETTES = "IoU is between the silhouettes of the run and of its mesh."
REST = {"asset.glb": f"It is the mean of four views; it says little of quality. {SILHOUETTES}",
        "file": f"It is the mean of four views; it says little of quality. {SILHOUETTES} Gaussians have a mesh beside them.",
        "asset.svg": "It says little of quality. Error is the mean difference between the run's picture and the file's, of 1."}
COLUMNS = {         # of the table: title, key of run.json's metrics, format
    "asset.glb": (("agreement", "agreement", ".2f"), ("IoU", "silhouette_iou", ".3f"), ("triangles", "triangles", "d")),
    "file": (("agreement", "agreement", ".2f"), ("IoU", "silhouette_iou", ".3f"), ("triangles", "triangles", ",d"),
             ("Gaussians", "gaussians", ",d")),
    "asset.svg": (("agreement", "agreement", ".2f"), ("paths", "paths", "d"), ("bytes", "bytes", "d"),
                  ("error", "color_error", ".4f"))}


@dataclass(frozen=True)
class Job:
    prompt: str
    seed: int
    preset: str
    runs: Path              # where the runs of all jobs are
    style: str = ""         # of a drawing; "" is an object in space
    kind: str = ""          # --as of an object; "" is the command's choice
    made: Path | None = None            # the run's folder, if `dreamgen batch` has made it

    @property
    def place(self) -> Path:
        """Its own folder, which holds the run's folder, log.txt and outcome.json."""
        digest = hashlib.sha256(self.prompt.encode()).hexdigest()[:6]       # "a cat" and "a, cat" are two prompts
        what = "-".join(filter(None, (self.preset, self.style, self.kind)))
        return self.runs / f"{what}-{folders.slug(self.prompt)}-{digest}-{self.seed}"

    @property
    def asset(self) -> str:
        """The name of the file that it makes."""
        return "asset.svg" if self.style else "asset.ply" if self.kind == GAUSSIANS else "asset.glb"

    @property
    def sort(self) -> str:
        """What its page tells of its runs: a key of COLUMNS."""
        return "file" if self.kind else self.asset

    @property
    def folder(self) -> Path | None:
        """The run's folder, once it has begun."""
        return self.made or next(iter(folders.listed(self.place)), None)


@dataclass(frozen=True)
class Outcome:
    """How a run went; ``error`` is the last line of one that failed, else ""."""

    seconds: float          # from the first letter typed to the prompt's return, over all attempts
    error: str


def main(argv: list[str] | None = None) -> int:
    """Run what is left to run, then write the sheets and the table. Exit code 1 if a run failed."""
    parser = argparse.ArgumentParser(prog="python -m dreamgen.tools.gallery", description=__doc__.splitlines()[0])
    parser.add_argument("--prompts", type=Path, default=Path("docs/gallery/prompts.txt"), help="one a line; # comments")
    parser.add_argument("--seeds", type=seed_list, default=[0, 1], help="as 0,1")
    parser.add_argument("--preset", default="draft")
    parser.add_argument("--styles", type=lambda text: text.split(","), default=[""], metavar="STYLES",
                        help="draw instead, in each of these: flat,lowpoly,sketch")
    parser.add_argument("--as", dest="kinds", type=lambda text: text.split(","), default=[""], metavar="KINDS",
                        help="make each of these, beside each other: mesh,nerf,gaussians")
    parser.add_argument("--from", dest="batches", type=Path, nargs="+", metavar="FOLDER",
                        help="make nothing: show the runs that `dreamgen batch` has made in these folders")
    parser.add_argument("--out", type=Path, default=Path("docs/gallery"))
    parser.add_argument("--runs", type=Path, default=Path("runs/gallery"), help="where the runs themselves are kept")
    args = parser.parse_args(argv)
    if args.styles != [""] and args.kinds != [""]:
        parser.error("--styles are of drawings and --as of objects; need one of them")
    try:
        prompts = read_prompts(args.prompts)
    except (OSError, ValueError) as error:
        parser.error(f"--prompts {args.prompts}: {getattr(error, 'strerror', None) or error}")

    jobs = [Job(prompt, seed, args.preset, args.runs, style, kind)
            for prompt in prompts for style in args.styles for kind in args.kinds for seed in args.seeds]
    try:
        done = batched(jobs, args.batches) if args.batches else made(jobs)
    except LookupError as error:
        parser.error(f"--from: {error.args[0]}")
    rows = SHEET if args.kinds == [""] else len(prompts)
    parts = [prompts[i:i + rows] for i in range(0, len(prompts), rows)]
    sheets = {f"sheet-{i}.png": sheet(part, done) for i, part in enumerate(parts, 1)}
    drawings = {drawn(job): (job.folder / job.asset).read_bytes()
                for job, outcome in done if job.style and not outcome.error}
    command = f"python -m dreamgen.tools.gallery --preset {args.preset} --seeds {','.join(map(str, args.seeds))}" \
        + (f" --styles {','.join(args.styles)}" if args.styles != [""] else "") \
        + (f" --as {','.join(args.kinds)}" if args.kinds != [""] else "") \
        + (f" --from {' '.join(path.name for path in args.batches)}" if args.batches else "")
    atomic.save(sheets | drawings | {"README.md": report(done, list(sheets), command).encode("utf-8")}, args.out)
    return int(any(outcome.error for _, outcome in done))


def seed_list(text: str) -> list[int]:
    return [int(word) for word in text.split(",")]


def read_prompts(path: Path) -> list[str]:
    """The lines that are neither empty nor comments; raises ValueError where there are none, or one twice."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    prompts = [line for line in lines if line and not line.startswith("#")]
    twice = {prompt for prompt in prompts if prompts.count(prompt) > 1}
    if not prompts or twice:
        raise ValueError(f"given twice: {', '.join(sorted(twice))}" if twice else "no prompts in it")
    return prompts


def made(jobs: list[Job]) -> list[tuple[Job, Outcome]]:
    """Make each, unless it is there, and say how it went."""
    done = []
    for number, job in enumerate(jobs, 1):
        print(f"{number}/{len(jobs)} {', '.join(filter(None, (job.prompt, job.style, job.kind)))}, seed {job.seed}", flush=True)
        done.append((job, finished(job) or attempt(job)))
        print(f"    {done[-1][1].error or f'{done[-1][1].seconds:.0f} s'}", flush=True)
    return done


def batched(jobs: list[Job], batches: list[Path]) -> list[tuple[Job, Outcome]]:
    """Each with its row of a batch; raises LookupError where there is none."""
    found = {}
    for batch in batches:
        for name, record in Manifest(batch).records.items():
            stage = folders.recipe(batch / name).stages[-1]
            found[record.prompt, record.seed, kind_of(stage.scene), getattr(stage.scene, "style", "")] = (
                batch / name, Outcome(record.seconds, record.error))
    done = []
    for job in jobs:
        fits = [row for (prompt, seed, kind, style), row in found.items()
                if (prompt, seed) == (job.prompt, job.seed) and job.kind in ("", kind) and job.style == style]
        if not fits:
            what = ", ".join(filter(None, (job.prompt, job.kind or job.style, f"seed {job.seed}")))
            raise LookupError(f"no row of {what} in {', '.join(map(str, batches))}")
        done.append((replace(job, made=fits[0][0]), fits[0][1]))
    return done


def finished(job: Job) -> Outcome | None:
    """The outcome of an earlier call if that run came to its end."""
    earlier = last_outcome(job)
    return earlier if earlier and not earlier.error and job.folder and (job.folder / job.asset).is_file() else None


def last_outcome(job: Job) -> Outcome | None:
    path = job.place / OUTCOME
    if not path.is_file():
        return None
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Outcome(stored["seconds"], stored.get("error", stored.get("said", "")))          # said: until November 2026


def attempt(job: Job) -> Outcome:
    """Run, or resume; the outcome is also kept beside the run."""
    begun, earlier, start = job.folder, last_outcome(job), time.monotonic()
    kind = ["svg", job.prompt, "--style", job.style] if job.style else ["3d", job.prompt] + ["--as", job.kind] * bool(job.kind)
    words = ["resume", str(begun)] if begun else [*kind, "--preset", job.preset, "--seed", str(job.seed),
                                                  "--out", str(job.place)]
    command = [sys.executable, "-m", "dreamgen", *words]
    job.place.mkdir(parents=True, exist_ok=True)
    with open(job.place / LOG, "ab") as log:
        code = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT).returncode
    seconds = time.monotonic() - start + (earlier.seconds if earlier and begun else 0.0)
    lines = (job.place / LOG).read_text(encoding="utf-8", errors="replace").split("\n")
    failure = next((line.strip() for line in reversed(lines) if line.strip()), f"exit code {code}") if code else ""
    outcome = Outcome(round(seconds, 1), failure)
    atomic.save({OUTCOME: json.dumps(asdict(outcome)).encode()}, job.place)
    return outcome


def drawn(job: Job) -> str:
    """The name under which a drawing is kept beside the page."""
    return f"{folders.slug(job.prompt)}-{job.style}-{job.seed}.svg"


def sheet(prompts: list[str], done: list[tuple[Job, Outcome]]) -> bytes:
    """A PNG: a row a prompt, its runs beside each other, of an object four sides; a failed run's cells are empty."""
    of = {prompt: [(job, outcome) for job, outcome in done if job.prompt == prompt] for prompt in prompts}
    rows = [[cell for job, outcome in runs for cell in cells(job, outcome)] for runs in of.values()]
    captions = [", ".join(filter(None, (view, job.kind, f"seed {job.seed}"))) for job, _ in of[prompts[0]]
                for view in ([job.style] if job.style else SIDES)]
    return images.png(images.contact_sheet(rows, prompts, captions, images.SheetLayout(cell=CELL, text=11)))


def cells(job: Job, outcome: Outcome) -> list[np.ndarray | None]:
    """Pictures [CELL, CELL, 3] of what a run wrote, over white: the drawing, or four sides of the GLB or of the Gaussians."""
    if outcome.error:
        return [None] * (1 if job.style else len(SIDES))
    if job.style:
        from .. import svg
        rgba = svg.picture(svg.read((job.folder / job.asset).read_bytes(), job.asset).drawing, CELL)
        return [images.over_white(rgba[..., :3] * rgba[..., 3:], rgba[..., 3:])]
    from renderers.camera import ring  # torch: not in this process's memory while the runs go on

    around = ring(len(SIDES), (CELL, CELL), ELEVATION_DEG)
    if job.kind == GAUSSIANS:
        from ..export import splats
        from ..reading.splats import read as cloud
        return list(splats.draw(cloud(job.folder / job.asset)[0], around).rgb.numpy())
    from ..formats._mesh import read
    from ..meshing import draw
    return list(draw(read(job.folder / job.asset), around).rgb.numpy())


def report(done: list[tuple[Job, Outcome]], sheets: list[str], command: str) -> str:
    """The Markdown page: how it was made, what it looks like, and every run."""
    minutes = sum(outcome.seconds for _, outcome in done) / 60
    sort = done[0][0].sort
    what = "file" if sort == "file" else sort.rpartition(".")[2].upper()
    head = HEAD.format(agreement=MEANINGS["agreement"], command=command, cores=os.cpu_count(), machine=platform.machine(),
                       minutes=minutes, runs=len(done), file=what,
                       timed="row of the batch" if done[0][0].made else "command", rest=REST[sort])
    shown = [line for name in sheets for line in (f"![all prompts, all seeds]({name})", "")]
    return "\n".join([head, *shown, *table(done)]) + "\n"


def table(done: list[tuple[Job, Outcome]]) -> Iterator[str]:
    first = done[0][0]
    columns, named = COLUMNS[first.sort], "style | " if first.style else "kind | " if first.kind else ""
    names = " | ".join(name for name, *_ in columns) + " | files, kB" * bool(first.kind)
    yield f"| prompt | {named}seed | time, s | memory, MB | {names} | |"
    yield "|---|" + "---|" * bool(named) + "---:|" * (3 + len(columns)) + "---|" * (1 + bool(first.kind))
    for job, outcome in done:
        run = {} if outcome.error else json.loads((job.folder / "run.json").read_text(encoding="utf-8"))
        metrics = run.get("metrics", {})
        metrics.setdefault("color_error", metrics.get("colour_error"))                    # its name until November 2026
        numbers = [figure(metrics.get(key), form) for _, key, form in columns]
        of = [job.kind] if job.kind else [job.style if outcome.error else f"[{job.style}]({drawn(job)})"] if job.style else []
        sizes = ["" if outcome.error else files(job.folder)] if job.kind else []
        line = [cell(job.prompt), *of, str(job.seed), f"{outcome.seconds:.0f}", figure(run.get("memory_mb"), ".0f"),
                *numbers, *sizes, cell(outcome.error)]
        yield f"| {' | '.join(line)} |"


def files(folder: Path) -> str:
    """What a run has made, with sizes."""
    return ", ".join(f"{path.name} {path.stat().st_size / 1000:,.0f}" for path in sorted(folder.glob("asset*")))


def cell(text: str) -> str:
    """Text that a Markdown table can hold."""
    return " ".join(text.replace("|", "\\|").split())


def figure(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)


if __name__ == "__main__":
    sys.exit(main())
