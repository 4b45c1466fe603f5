"""A run's folder: ``<out>/<date>-<slug of the prompt>-<hash of the recipe>``.

A safe name on every platform for any prompt; the prompt itself is in recipe.yaml inside. The date in front also keeps
Windows' reserved names (``con``, ``nul``) away.
"""

import hashlib
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ..errors import ConfigError, FileError
from ..io import atomic
from ..io.lock import LOCK
from .load import dump, load
from .recipe import Recipe
from .settings import at, nearest, read
from .settings import text as text_of

RECIPE = "recipe.yaml"          # what makes a folder a run's
REFERENCE = "reference.png"       # drawn before the first step
PICTURE = "picture.png"         # the user's, that all views are to agree with, as it was when the run began
GIVEN = "given.npz"             # the model whose texture is made, as it was when the run began
RUNS = "runs"                   # where they are made if nobody says where
SLUG = 40                       # characters of the prompt
LISTED = 5                      # runs named in an error


@contextmanager
def begun(recipe: Recipe) -> Iterator[Path]:
    """A new folder as ``create`` makes it, gone again where the run is refused before it has begun."""
    folder = create(recipe)
    try:
        yield folder
    except Exception:
        forget_unbegun(folder)
        raise


def forget_unbegun(folder: Path) -> None:
    """Remove the folder of a run that was refused before it has begun."""
    if {path.name for path in folder.glob("*")} <= {RECIPE, LOCK, REFERENCE, PICTURE, GIVEN}:
        shutil.rmtree(folder, ignore_errors=True)


def create(recipe: Recipe) -> Path:
    """Make a new folder for a run of ``recipe`` under ``recipe.out``, with recipe.yaml in it; raises ConfigError, FileError."""
    text = dump(recipe)
    name = f"{date.today().isoformat()}-{slug(recipe.prompt)}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"
    out = Path(recipe.out).expanduser()
    again = 0
    while True:
        again += 1
        folder = out / (name if again == 1 else f"{name}-{again}")
        try:
            folder.mkdir(parents=True)
            break
        except FileExistsError as error:
            if not out.is_dir():
                raise ConfigError(f"out: {out} is in the way, it is not a folder ({error.strerror})") from None
        except OSError as error:
            raise ConfigError(f"out: cannot make {folder} ({error.strerror})") from None
    try:
        atomic.save({RECIPE: text.encode()}, folder)
    except FileError:
        shutil.rmtree(folder, ignore_errors=True)           # without a recipe it is no run's
        raise
    return folder


def slug(prompt: str) -> str:
    """At most 40 characters of [a-z0-9-]; "asset" for a prompt without a Latin letter or a digit."""
    ascii_only = unicodedata.normalize("NFKD", prompt).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", ascii_only))[:SLUG].strip("-") or "asset"


def find(name: str, out: str | None = None) -> Path:
    """The folder of a run: a path, "last" (the one begun last), or a part of a name that one run under ``out`` has.

    Without ``out`` in any folder of the working directory, because a run may have been told another one than "runs".

    Raises:
        ConfigError: there is none, or several.
    """
    path, runs = Path(name).expanduser(), listed(Path(out).expanduser() if out else None)
    out = out or f"{RUNS} or another folder here"
    if name == "last":
        if not runs:
            raise ConfigError(f"no run in {out}; `dreamgen 3d` makes one, and --out says where to look")
        return runs[0]
    if path.name == RECIPE and path.is_file():
        return path.parent
    if name and path.is_dir():
        if not (path / RECIPE).is_file():
            inside = ", ".join(sorted(p.name for p in path.iterdir())[:LISTED]) or "nothing"
            raise ConfigError(f"{name}: not a run's folder: no {RECIPE}, found {inside}")
        return path
    fit = [run for run in runs if name and name in run.name]
    if len(fit) == 1:
        return fit[0]
    if fit:
        some = ", ".join(run.name for run in fit[:LISTED])
        raise ConfigError(f"{len(fit)} runs in {out} have {name!r} in their name: {some}")
    names = [run.name for run in runs]
    raise ConfigError(f"no run {name!r} in {out}; have {', '.join(names[:LISTED]) or 'none'}{nearest(name, names)}")


def listed(out: Path | None) -> list[Path]:
    """The runs under ``out``, or under all folders of the working directory; the one begun last first."""
    files = out.glob(f"*/{RECIPE}") if out else Path().glob(f"*/*/{RECIPE}")
    return [path.parent for path in sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True)]


def recipe(folder: Path) -> Recipe:
    """The recipe of a run; raises ConfigError."""
    return load(folder / RECIPE, begun=True)


def numbered(name: str, k: int) -> str:
    """The name of the k-th particle's file: asset.png, asset-1.png, ..."""
    stem, dot, suffix = name.partition(".")
    return f"{stem}-{k}{dot}{suffix}" if k else name


def prompt(folder: Path) -> str:
    """What a run is to make, from the recipe in its folder, which is there before anything else; "?" of a broken one."""
    try:
        written = at(read(folder / RECIPE, RECIPE), "prompt")
    except ConfigError:
        return "?"
    return "?" if written is None else text_of(written) or "?"


def finished(folder: Path) -> bool:
    """Whether the run's asset has been made: there are numbers about it, and the page."""
    try:
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(isinstance(run, dict) and run.get("metrics")) and (folder / "index.html").is_file()
