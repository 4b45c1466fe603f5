r"""What does a reader see who is told nothing? ``python -m dreamgen.tools.blind make RUNS --out DIR``, then ``score``.

``words`` in place of ``make`` draws words of a prior, one sample each: which words, their noise and their order say the seed.

    right = how many names are those of the prompts,   rating = mean over what was rated, 0 to 10

``make`` shuffles finished runs and picture files into one sheet of numbered cells without captions. The order follows from
the seed and from what the pictures show, so a reader of one sheet learns nothing of another sheet of the same things:

    DIR/sheet.png       what the reader gets: four sides of a mesh or of Gaussians, or the picture, a cell
    DIR/answers.csv     to be filled in: number, name, rating; either may stay empty
    DIR.key.json        which is which; beside the folder, not in it, so that the folder can be handed over

``score`` compares the answers with the key (``names.verdict``). Each reading is kept, a line in
``benchmarks/blind/SHEET.jsonl``.
"""

import argparse
import csv
import json
import random
import sys
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from io import StringIO
from math import radians, sqrt
from pathlib import Path

import numpy as np
import torch

from guidance import priors
from guidance.errors import PriorError
from renderers.camera import ring
from renderers.splats import filtered

from ..errors import ConfigError, FileError
from ..export import mesh, splats
from ..formats import _mesh
from ..io import atomic, images
from ..io.rng import stream
from ..meshing.shade import draw
from ..training.ask import ELEVATION, known_words
from ..training.captions import described
from .names import verdict

SIDES, SIDE = 4, 128            # views of a mesh, two by two, and pixels of one
CELL, COLUMNS = 256, 6          # pixels of a cell, cells in a row
WORD, WORD_COLUMNS = 128, 10    # of a sheet of words
AZIMUTH = radians(40)           # they are seen from; the front right tells more than the front
PICTURES = (".png", ".jpg", ".jpeg", ".webp")
MODEL, FLAT = "asset.glb", "asset.png"      # what a run leaves; its contact sheet has captions
SOLID = splats.ARRAYS, mesh.ARRAYS, MODEL   # ... of a thing in space, the first that is there is drawn
HEAD = ("number", "name", "rating")
BEST = 10.0


@dataclass(frozen=True)
class Item:
    """A thing on the sheet: where it came from, and what it was to be."""

    source: str
    truth: str


@dataclass(frozen=True)
class Answer:
    """Of one number; "" and None where nothing was said. ``verdict`` is right, general, wrong or unsaid."""

    number: int
    source: str
    truth: str
    name: str
    rating: float | None
    verdict: str


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m dreamgen.tools.blind", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="make|words|score")
    making = commands.add_parser("make", help="a numbered, shuffled sheet without captions, and its key")
    making.add_argument("things", type=Path, nargs="+",
                        help="finished runs, pictures named by what they show (a-red-chair-1.png), or folders of such")
    making.add_argument("--out", type=Path, required=True, help="a new folder, which the reader may see")
    making.add_argument("--seed", type=int, default=0, help="of the order, which also follows from the pictures (0)")
    making.set_defaults(call=lambda args: make(args.things, args.out, args.seed))
    drawing = commands.add_parser("words", help="such a sheet of words that a prior knows, one sample each")
    drawing.add_argument("--out", type=Path, required=True, help="a new folder, which the reader may see")
    drawing.add_argument("--prior", default="bundled", help="bundled, or the folder of a prior (bundled)")
    drawing.add_argument("--count", type=int, default=100, help="words, drawn by the seed (100)")
    drawing.add_argument("--steps", type=int, default=20, help="of the sampler (20)")
    drawing.add_argument("--scale", type=float, default=4.0, help="guidance scale (4)")
    drawing.add_argument("--seed", type=int, default=0, help="of words, noise and order (0)")
    drawing.set_defaults(call=words)
    scoring = commands.add_parser("score", help="a filled-in answers.csv against the key")
    scoring.add_argument("answers", type=Path)
    scoring.add_argument("--key", type=Path, help="(the answers' folder with .key.json behind it)")
    scoring.add_argument("--reader", default="", help="who read the sheet, for the record")
    scoring.add_argument("--keep", type=Path, default=Path("benchmarks/blind"), help="folder of the record (benchmarks/blind)")
    scoring.set_defaults(call=lambda args: score(args.answers, args.key, args.reader, args.keep))
    args = parser.parse_args(argv)
    try:
        print(args.call(args))
    except (ConfigError, FileError, PriorError) as error:
        parser.error(str(error))
    return 0


def make(things: list[Path], out: Path, seed: int) -> str:
    """Write the sheet, the form and the key; returns what to do next. Raises ConfigError, FileError."""
    found = sorted({path for thing in things for path in parts(thing)})
    if not found:
        raise ConfigError(f"{things[0]}: no finished run and no picture in it; pictures end in {', '.join(PICTURES)}")
    pictures = [picture(path) for path in found]
    order = shuffled(pictures, seed)
    items = {Item(str(found[k]), truth(found[k])): pictures[k] for k in order}
    return laid_out(items, out, seed, CELL, COLUMNS)


def shuffled(pictures: list[np.ndarray], seed: int) -> list[int]:
    """An order of ``pictures``, another for each seed and for each sheet: drawn by a digest of both."""
    shown = b"".join(images.to_uint8(picture).tobytes() for picture in pictures)
    return random.Random(sha256(b"%d " % seed + shown).digest()).sample(range(len(pictures)), len(pictures))


def words(args: argparse.Namespace) -> str:
    """The same of a prior's words. Raises ConfigError, FileError, PriorError."""
    if args.count < 1 or args.steps < 1:
        raise ConfigError(f"--count and --steps: need at least 1, got {args.count} and {args.steps}")
    prior = priors.load(args.prior, precision="float32")
    known = known_words(prior)
    if args.count > len(known):
        raise ConfigError(f"--count: prior '{prior.name}' knows {len(known)} words, got {args.count}")
    asked = random.Random(args.seed).sample(known, args.count)
    found = {}
    for at, word in enumerate(asked):
        y = prior.condition([described(word, None)], torch.tensor([AZIMUTH]), torch.tensor([ELEVATION]))
        rgb, opacity = prior.decode(prior.sample(y, args.steps, args.scale, stream(args.seed, "blind words", at)))
        item = Item(f"{prior.name} {prior.id}, {args.steps} steps, scale {args.scale:g}, noise {at}", word)
        found[item] = images.over_white(rgb[0].cpu().numpy(), opacity[0].cpu().numpy())
        print(f"{at + 1} of {len(asked)}", file=sys.stderr, flush=True)
    return laid_out(found, args.out, args.seed, WORD, WORD_COLUMNS)


def laid_out(found: dict[Item, np.ndarray], out: Path, seed: int, edge: int, columns: int) -> str:
    """Numbers the pictures in the order of ``found`` and writes the three files."""
    cells = [images.captioned(shown, str(k), edge) for k, shown in enumerate(found.values(), 1)]
    rows = [cells[at:at + columns] for at in range(0, len(cells), columns)]
    sheet = images.png(images.contact_sheet(rows, layout=images.SheetLayout(max(cells[0].shape))))
    name = sha256(sheet).hexdigest()[:8]
    form = StringIO()
    writer = csv.writer(form, lineterminator="\n")
    writer.writerows([HEAD, *((k, "", "") for k in range(1, len(found) + 1))])
    key = json.dumps({"sheet": name, "seed": seed, "items": list(map(asdict, found))}, indent=1, ensure_ascii=False)
    atomic.save({"sheet.png": sheet, "answers.csv": form.getvalue().encode()}, out)
    atomic.save({key_of(out).name: key.encode()}, out.parent)
    return f"{out / 'sheet.png'}: {len(found)} things; fill in {out / 'answers.csv'}, then score it; the key is {key_of(out)}"


def parts(thing: Path) -> list[Path]:
    """The finished runs and the pictures that ``thing`` is or holds; what lies in a run is the run's."""
    if thing.is_file():
        return [thing] if thing.suffix.lower() in PICTURES else []
    if (thing / "run.json").is_file():
        return [thing] if any((thing / name).is_file() for name in (*SOLID, FLAT)) else []
    if not thing.is_dir():
        raise ConfigError(f"{thing}: no such file or folder")
    return [part for inner in sorted(thing.iterdir()) for part in parts(inner)]


def picture(path: Path) -> np.ndarray:
    """[H, W, 3] of a run or a picture file, over white."""
    file = path / FLAT if path.is_dir() else path
    try:
        if path.is_dir() and (kept := next((name for name in SOLID if (path / name).is_file()), None)):
            views = sides(path, kept)
            return np.concatenate([np.concatenate(list(views[at:at + 2]), 1) for at in (0, 2)])
        rgba = images.decode_rgba(file.read_bytes()).astype(np.float32) / 255
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: {error}") from None
    return images.over_white(rgba[..., :3] * rgba[..., 3:], rgba[..., 3:])


def sides(run: Path, kept: str) -> np.ndarray:
    """[SIDES, SIDE, SIDE, 3] of what a run has ``kept``, one of SOLID, over white."""
    around = ring(SIDES, (SIDE, SIDE))
    if kept == splats.ARRAYS:
        return splats.draw(filtered(splats.load(run)[0]), around).rgb.numpy()
    return draw(mesh.load(run)[0] if kept == mesh.ARRAYS else _mesh.read(run / MODEL), around).rgb.numpy()


def truth(path: Path) -> str:
    """A run's prompt; the words of a picture's file name, without numbers."""
    if path.is_dir():
        return str(json.loads((path / "run.json").read_text(encoding="utf-8")).get("prompt", path.name))
    return " ".join(word for word in path.stem.replace("_", "-").replace(" ", "-").split("-") if word and not word.isdigit())


def key_of(out: Path) -> Path:
    return out.with_name(f"{out.name}.key.json")


def score(answers: Path, key: Path | None, reader: str, keep: Path) -> str:
    """Compare and keep; returns the table. Raises ConfigError, FileError."""
    path = key or key_of(answers.absolute().parent)
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        items, sheet = [Item(**item) for item in stored["items"]], stored["sheet"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: no key that `make` wrote ({error}); say --key") from None
    read = compared(items, filled_in(answers, len(items)))
    right, rating = summary(read)
    record = {"sheet": sheet, "date": date.today().isoformat(), "reader": reader, "right": right, "of": len(read),
              "rating": rating, "answers": [asdict(answer) for answer in read]}
    history = keep / f"{sheet}.jsonl"
    before = history.read_bytes() if history.is_file() else b""
    atomic.save({history.name: before + json.dumps(record, ensure_ascii=False).encode() + b"\n"}, keep)
    return table(read) + f"\nkept in {history}"


def filled_in(path: Path, count: int) -> dict[int, tuple[str, float | None]]:
    """(name, rating) by number; raises ConfigError for a line that cannot be meant, and for numbers that are missing."""
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"{path}: cannot be read ({error})") from None
    found: dict[int, tuple[str, float | None]] = {}
    for at, row in enumerate(lines, 1):
        cells = [*map(str.strip, row), "", "", ""][:3]
        if not any(cells) or [cell.lower() for cell in cells] == list(HEAD):
            continue
        number, name, rated = cells
        if not number.isdigit() or not 1 <= int(number) <= count or int(number) in found:
            raise ConfigError(f"{path}:{at}: need a number from 1 to {count}, each once, got {number!r}")
        try:
            rating = float(rated) if rated else None
        except ValueError:
            rating = -1.0
        if rating is not None and not 0 <= rating <= BEST:
            raise ConfigError(f"{path}:{at}: need a rating from 0 to {BEST:g}, or none, got {rated!r}")
        found[int(number)] = (name, rating)
    if missing := [str(k) for k in range(1, count + 1) if k not in found]:
        raise ConfigError(f"{path}: no line for {', '.join(missing)}; what nobody can tell has its number and nothing else")
    return found


def compared(items: list[Item], answers: dict[int, tuple[str, float | None]]) -> list[Answer]:
    return [Answer(k, item.source, item.truth, *answers[k], verdict(answers[k][0], item.truth))
            for k, item in enumerate(items, 1)]


def summary(read: list[Answer]) -> tuple[int, float | None]:
    """How many names are right, and the mean rating of what was rated."""
    rated = [answer.rating for answer in read if answer.rating is not None]
    return sum(answer.verdict == "right" for answer in read), round(sum(rated) / len(rated), 2) if rated else None


def interval(right: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95 % interval of a share: where it might lie, if as many things were drawn again."""
    p, n = right / of, of
    middle, half = (p + z**2 / (2 * n)) / (1 + z**2 / n), z / (1 + z**2 / n) * sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def table(read: list[Answer]) -> str:
    lines = [f"{a.number:3}  {a.verdict:8} {'' if a.rating is None else format(a.rating, 'g'):>4}  {a.truth}"
             + (f": {a.name!r}" if a.name else "") for a in read]
    right, rating = summary(read)
    low, high = interval(right, len(read))
    general = sum(answer.verdict == "general" for answer in read)
    rated = "" if rating is None else f"; mean rating {rating:g} of {BEST:g}"
    total = f"{right} of {len(read)} named right ({low:.0%} to {high:.0%}), {general} by a general name{rated}"
    return "\n".join([*lines, total])


if __name__ == "__main__":
    sys.exit(main())
