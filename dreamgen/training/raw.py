"""Many pictures of dreamgen's own shapes, drawn by several processes and stored as plain arrays, which need no decoding.

    part-0000.npy [N, 4, S, S] uint8 premultiplied     part-0000.json: its rows     raw.json: what all of them are

Part k holds the next variant of some names, so that whenever the drawing stops, all names have been drawn about equally
often. Variant 0 is held out, to judge by: once there are more variants than a name has designs, it is a design that is
trained on, in other proportions and colors. A part is complete or absent; the same command again draws the missing ones. A
GPU draws about ten times as many pictures as a CPU in the same time.
"""

import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from multiprocessing import active_children, get_context
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ..errors import ConfigError, RunError
from ..io import atomic
from ..recipes.settings import nearest
from . import procedural
from .data import Data, Row
from .look import Look
from .render import bytes_of, drawn, joined, view_angles
from .shapes import NAMES, make

ABOUT = "raw.json"
NAMES_A_PART = 16
HELD = "part-0000-"
RULE = "of each name variant 0, all views: a design of later variants in other proportions and colors (dreamgen/training/raw.py)"


@dataclass(frozen=True)
class Job:
    """One part: variant ``variant`` of each of ``names``."""

    path: str               # without suffix
    names: tuple[str, ...]
    variant: int
    look: Look
    device: str


def jobs(folder: Path, variants: int, look: Look, device: str, names: tuple[str, ...] = NAMES) -> list[Job]:
    """Variant by variant, all names of one before the next."""
    listed = []
    for variant in range(variants):
        for k in range(0, len(names), NAMES_A_PART):
            path = folder / f"part-{variant:04}-{k // NAMES_A_PART:02}"
            listed.append(Job(str(path), names[k:k + NAMES_A_PART], variant, look, device))
    return listed


def write(folder: Path, variants: int, look: Look, device: str = "cpu", processes: int = 1, seconds: float = 0.0,
          names: tuple[str, ...] = NAMES) -> int:
    """Draw what is missing; ``seconds`` bounds the time, 0 does not. Returns the pictures that are there at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    about = {"look": asdict(look), "code": procedural.code(), "names": list(names)}
    known = read_about(folder) if (folder / ABOUT).is_file() else about
    listed = jobs(folder, variants, look, device, names)
    if about | known != about or "names" not in known and any(strangers(job) for job in listed):
        raise ConfigError(f"{folder}: holds pictures of other shapes, other words or another look; draw into another folder")
    atomic.save({ABOUT: json.dumps(known).encode()}, folder)
    missing = [job for job in listed if not Path(f"{job.path}.json").exists()]
    end = time.monotonic() + seconds if seconds else float("inf")
    if processes == 1:
        for job in missing:
            if time.monotonic() > end:
                break
            draw_part(job)
        return count(folder)
    others, pool = active_children(), ProcessPoolExecutor(processes, get_context("spawn"), torch.set_num_threads, (1,))
    try:
        waiting = [pool.submit(draw_part, job) for job in missing]
        for job, one in zip(missing, waiting, strict=True):
            try:
                one.result(max(0.0, end - time.monotonic()) if seconds else None)
            except TimeoutError:
                break
            except BrokenProcessPool:
                raise RunError(f"{folder}: a process of {processes} was killed (most often: out of memory); the same command "
                               "again goes on, with fewer --jobs if need be") from None
            except RuntimeError as error:       # as a device without memory: the others go on
                print(f"{job.path}: {str(error).splitlines()[0]}", file=sys.stderr, flush=True)
    finally:
        for process in {*active_children()} - {*others}:
            process.terminate()                 # at once, also in the middle of a part
        pool.shutdown(cancel_futures=True)
    return count(folder)


def draw_part(job: Job) -> None:
    pictures, rows = [], []
    for name in job.names:
        seed = [job.look.seed, job.variant, *name.encode()]
        azimuth, elevation = view_angles(job.look.views, np.random.default_rng([*seed, 1]))
        try:
            shape = make(name, np.random.default_rng(seed), job.variant)
            x = drawn(joined(shape.parts, job.device), azimuth, elevation, job.look.size, job.look.samples)
        except ValueError as error:             # a maker's outline that crosses itself, once in a thousand
            print(f"{name} {job.variant}: {error}", file=sys.stderr, flush=True)
            continue
        pictures.append(bytes_of(x).permute(0, 3, 1, 2).cpu().numpy())
        rows += [{"name": name, "colour": shape.color, "azimuth": float(a), "elevation": float(e),
                  "object": f"{name}-{job.variant}"} for a, e in zip(azimuth, elevation, strict=True)]
    if not pictures:
        return
    np.save(f"{job.path}.part.npy", np.concatenate(pictures))
    os.replace(f"{job.path}.part.npy", f"{job.path}.npy")
    atomic.save({Path(job.path).name + ".json": json.dumps(rows).encode()}, Path(job.path).parent)


def there(source: Path) -> bool:
    return (source / ABOUT).is_file()


def read_about(source: Path) -> dict:
    try:
        return json.loads((source / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{source / ABOUT}: damaged ({error})") from None


def parts(source: Path) -> int:
    """How many are complete; 0 where ``source`` is of another kind."""
    return len(complete(source))


def complete(source: Path) -> list[Path]:
    """The rows' file of each complete part; one that a kill has cut off (.partial.json) is none."""
    return sorted(source.glob("part-[0-9]*-[0-9][0-9].json"))


def count(folder: Path) -> int:
    return sum(len(json.loads(path.read_text(encoding="utf-8"))) for path in complete(folder))


def strangers(job: Job) -> set[str]:
    """Names in a job's part that are not the job's: how a folder from before ``names`` were kept shows other words."""
    path = Path(f"{job.path}.json")
    return {row["name"] for row in json.loads(path.read_text(encoding="utf-8"))} - {*job.names} if path.is_file() else set()


def load(source: Path, size: int, spoken: dict[str, str] | None = None, held: bool = False) -> Data:
    """The parts to train on, or those ``held`` out: variant 0 of each shape. Raises ConfigError as ``data.load`` does."""
    about = read_about(source)
    if (drawn_at := about["look"]["size"]) != size:
        raise ConfigError(f"--size: the pictures in {source} are of {drawn_at} pixels, got {size}")
    paths = [path for path in complete(source) if path.name.startswith(HELD) == held]
    arrays, rows, have = [], [], set()
    for path in paths:
        given = rows_of(path)
        have |= {row.name for row in given}
        chosen = [k for k, row in enumerate(given) if spoken is None or row.name in spoken]
        if chosen:
            array = np.load(path.with_suffix(".npy"), mmap_mode="r")
            arrays.append(array if len(chosen) == len(given) else array[chosen])
            rows += [given[k] for k in chosen]
    for name in spoken or {}:
        if name not in have:
            raise ConfigError(f"{source}: no picture is named {name!r}{nearest(name, have)}")
    if not rows:
        raise ConfigError(f"{source}: no usable picture")
    pictures = np.empty((len(rows), *arrays[0].shape[1:]), np.uint8)
    at = 0
    for k, array in enumerate(arrays):
        pictures[at:at + len(array)] = array
        at, arrays[k] = at + len(array), None
    key = sha256(json.dumps([about, [path.name for path in paths], sorted(spoken or {})]).encode()).hexdigest()
    return Data(torch.from_numpy(pictures), rows, [False] * len(rows), spoken or {}, [], key, RULE)


def rows_of(path: Path) -> list[Row]:
    """Of one part's .json; the file of picture k is PART/k."""
    known = Row("", "", None, None, None, procedural.SOURCE, procedural.CREATOR, licence=procedural.LICENCE)
    given = json.loads(path.read_text(encoding="utf-8"))
    return [replace(known, file=f"{path.stem}/{k}", **row) for k, row in enumerate(given)]


def held_rows(source: Path) -> list[Row]:
    """Of every picture that is held out."""
    return [row for path in complete(source) if path.name.startswith(HELD) for row in rows_of(path)]


def picture(source: Path, file: str, size: int) -> torch.Tensor:
    """[4, size, size] float in [0, 1], premultiplied, of one row's ``file``; larger and smaller ones are scaled."""
    part, k = file.split("/")
    x = torch.from_numpy(np.load(source / f"{part}.npy", mmap_mode="r")[int(k)].astype(np.float32) / 255)
    if x.shape[-1] == size:
        return x
    return F.interpolate(x[None], (size, size), mode="bilinear", antialias=True, align_corners=False)[0].clamp(0, 1)
