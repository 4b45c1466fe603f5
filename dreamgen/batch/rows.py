"""A table of prompts as rows, each with its whole recipe. Light: no torch.

    .csv .tsv       a header with ``prompt`` in it; any key of the recipe is a column (seed, preset, stages.0.optim.steps)
    .jsonl          an object a line; maps in maps are keys with dots
    .txt            a prompt a line, # before a comment

An empty cell leaves the recipe's own value. Rows that differ only in prompt and seed share one reading of their recipe.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import ConfigError
from ..recipes import load
from ..recipes.by_prior import by_prior
from ..recipes.folders import slug
from ..recipes.overrides import settings
from ..recipes.recipe import Recipe
from ..recipes.settings import nearest

SHORT = {"style": "stages.0.scene.style", "paths": "stages.0.scene.paths", "image": "reference.picture"}
SUFFIXES = (".csv", ".tsv", ".jsonl", ".txt")
SHOWN = 20                          # wrong rows that an error names
Cells = dict[str, str]              # of a row: key -> value, as on the command line


class WrongRows(ConfigError):
    """Rows that cannot run; ``lines`` has a sentence for each, with its place."""

    def __init__(self, lines: list[str], total: int, source: str):
        self.lines, self.total, self.source = lines, total, source
        more = f"; and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
        super().__init__(f"{'; '.join(lines[:SHOWN])}{more}")


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes:
        place: where it stands, as ``prompts.csv:7``.
        base: the name or the path of the recipe that ``cells`` are put over.
        recipe: what comes of both.
        name: of its folder; the same for the same recipe, wherever the row stands.
    """

    place: str
    base: str
    cells: Cells
    recipe: Recipe
    name: str


def rows(source: Path | Iterable[str | Mapping[str, Any]], base: str | None, common: list[str], seeds: list[int] | None = None,
         readings: "Readings | None" = None) -> list[Row]:
    """Every row of a file, or of prompts and maps given in Python.

    Args:
        base: the recipe of rows without a ``recipe`` of their own; None chooses by each row's prior, as `dreamgen 3d` does.
        common: ``key=value`` for all rows; a row's own cells count more.
        seeds: make each row once with each of them.

    Raises:
        WrongRows: a ConfigError that names each wrong row. ConfigError: a file that cannot be read, or has no rows.
    """
    readings, wrong, found, total = readings or Readings(), [], {}, 0
    shown = str(source) if isinstance(source, Path) else "rows"
    for place, given in lines(source) if isinstance(source, Path) else listed(source):
        if isinstance(given, ConfigError):
            total += 1
            wrong.append(str(given))
            continue
        for seed in seeds or [None]:
            total += 1
            try:
                row = row_of(place, given, base, common, seed, readings)
                if (twin := found.get(row.name)) is not None:
                    raise ConfigError(f"{place}: the same as {twin.place}; give it another seed")
                found[row.name] = row
            except ConfigError as error:
                wrong.append(str(error))
    if wrong:
        raise WrongRows(wrong, total, shown)
    if not found:
        raise ConfigError(f"{shown}: no rows in it")
    return list(found.values())


def row_of(place: str, given: Cells, base: str | None, common: list[str], seed: int | None, readings: "Readings") -> Row:
    """The row of a line; raises ConfigError."""
    cells = {SHORT.get(key, key): value for key, value in given.items()}
    named = cells.pop("recipe", base)
    if "out" in cells:
        raise ConfigError(f"{place}: out: all rows of a batch go to --out")
    if seed is not None:
        if "seed" in cells:
            raise ConfigError(f"{place}: seed: the row has its own, so leave out --seeds")
        cells["seed"] = str(seed)
    if not cells.get("prompt", "").strip():
        raise ConfigError(f"{place}: prompt: need a word")
    mine = {word.partition("=")[0].strip(): word.partition("=")[2] for word in common}
    cells = {**{key: value for key, value in mine.items() if key not in cells}, **cells}
    base = named or by_prior(f"{key}={value}" for key, value in cells.items())
    recipe, rest = readings.recipe(base, cells, place)
    picture = recipe.reference.picture
    if picture and not Path(picture).expanduser().is_file():
        raise ConfigError(f"{place}: reference.picture: no such file, {picture}")
    digest = hashlib.sha256(json.dumps([recipe.prompt, recipe.seed, rest]).encode()).hexdigest()
    return Row(place, base, cells, recipe, f"{slug(recipe.prompt)}-{recipe.seed}-{digest[:8]}")


class Readings:
    """Recipes that have been read, by all that was said but prompt and seed: to read one takes a fifth of a second."""

    def __init__(self):
        self.read: dict[tuple, tuple[Recipe, str]] = {}

    def recipe(self, base: str, cells: Cells, where: str) -> tuple[Recipe, str]:
        """``base`` with ``cells`` over it, and a digest of all that it says but prompt, seed and where it goes.

        Recipes of one reading share their stages. Raises ConfigError, whose sentence begins with ``where``.
        """
        key = base, "seed" in cells, tuple(sorted((key, value) for key, value in cells.items() if key not in ("prompt", "seed")))
        seed = cells["seed"].strip() if "seed" in cells else str(self.read[key][0].seed) if key in self.read else ""
        if key in self.read and seed.isascii() and seed.isdigit():
            recipe, rest = self.read[key]
            return replace(recipe, prompt=cells["prompt"], seed=int(seed)), rest
        try:
            recipe = load.load(base, [f"{name}={value}" for name, value in cells.items()], where)
        except ConfigError as error:
            message = str(error)
            raise ConfigError(message if message.startswith(where) else f"{where}: {message}") from None
        rest = json.dumps(load.plain(replace(recipe, prompt="x", seed=0, out="")), sort_keys=True)
        self.read[key] = recipe, hashlib.sha256(rest.encode()).hexdigest()
        return self.read[key]


def listed(given: Iterable[str | Mapping[str, Any]]) -> Iterator[tuple[str, Cells | ConfigError]]:
    """(place, cells) of prompts and maps given in Python, counted from 0."""
    for i, each in enumerate(given):
        place = f"rows[{i}]"
        if not isinstance(each, str | Mapping):
            yield place, ConfigError(f"{place}: need a prompt or a map, got {type(each).__name__}")
        else:
            yield place, {"prompt": each} if isinstance(each, str) else cells_of(each)


def cells_of(given: Mapping[str, Any]) -> Cells:
    """The cells of a map, which may hold maps; what is None is left to the recipe."""
    words = settings({key: value for key, value in given.items() if value is not None})
    return dict(word.split("=", 1) for word in words)


def lines(path: Path) -> Iterator[tuple[str, Cells | ConfigError]]:
    """(``file:line``, cells or what is wrong with the line) of a file; raises ConfigError where it is no table."""
    if path.suffix.lower() not in SUFFIXES:
        raise ConfigError(f"{path}: need one of {', '.join(SUFFIXES)}, got {path.suffix or 'no suffix'!r}")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text") from None
    yield from {".jsonl": objects, ".txt": plain}.get(path.suffix.lower(), table)(text, str(path))


def plain(text: str, shown: str) -> Iterator[tuple[str, Cells]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield f"{shown}:{number}", {"prompt": line.strip()}


def objects(text: str, shown: str) -> Iterator[tuple[str, Cells | ConfigError]]:
    for number, line in enumerate(text.split("\n"), 1):
        place = f"{shown}:{number}"
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except ValueError as error:
            yield place, ConfigError(f"{place}: not JSON: {error}")
            continue
        if isinstance(given, str | dict):
            yield place, {"prompt": given} if isinstance(given, str) else cells_of(given)
        else:
            yield place, ConfigError(f'{place}: need an object, as {{"prompt": "a red apple"}}, got {line.strip()[:40]}')


def table(text: str, shown: str) -> Iterator[tuple[str, Cells | ConfigError]]:
    """Of comma-, semicolon- or tab-separated values: whichever the header has most of."""
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        twice = sorted({column for column in header if header.count(column) > 1})
        if "prompt" not in header or twice or "" in header:
            why = f"the column {twice[0]!r} is there twice" if twice else "a column without a name" if "prompt" in header \
                else f"need a header with the column 'prompt', got {', '.join(header)[:80] or 'nothing'}"
            near = nearest("prompt", header) if "prompt" not in header else ""
            raise ConfigError(f"{shown}:1: {why}{near.replace('did you mean', 'is it')}")
        before = reader.line_num
        for cells in reader:
            place, before = f"{shown}:{before + 1}", reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                yield place, ConfigError(f"{place}: need {len(header)} cells, as the header has, got {len(cells)}; "
                                         'a prompt with a comma stands in "quotes"')
                continue
            yield place, {column: cell.strip() for column, cell in zip(header, cells, strict=True) if cell.strip()} | {
                "prompt": cells[header.index("prompt")].strip()}
    except csv.Error as error:
        raise ConfigError(f"{shown}:{reader.line_num}: not a table: {error}") from None
