"""Model files of a user's own as things to draw: which files, and what each is called.

    chairs/garden_chair-02.glb  -> "garden chair"       red apple v3.obj -> "red apple"
    TeddyBear.obj               -> "teddy bear"         armchair/scene.gltf -> "armchair"
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import numpy as np

from ..errors import ConfigError
from ..recipes.settings import nearest
from .assemble import Thing
from .meshes import SUFFIXES, load

SAYS_NOTHING = {"scene", "model", "mesh", "object", "untitled", "source", "export", "asset", "textured", "copy"}
NUMBER = re.compile(r"v?\d+")
NAMES_OTHERS = (".obj", ".gltf", ".ply")
NAMING = re.compile(rb'^[ \t]*mtllib\b.*|^comment[ \t]+texturefile\b.*|"uri"\s*:\s*"[^"]{1,999}"', re.MULTILINE | re.IGNORECASE)


def models(paths: list[Path], row: dict, names: dict[str, str], turn: np.ndarray, plain: bool) -> Iterator[Thing]:
    """A thing for each mesh file of ``paths``, which are files and folders, in order of their names.

    Args:
        row: what is said of all of them: "source", "creator", "licence", and "name" if they are all of one.
        names: file name, with or without folder and suffix -> what it shows; asked before the file's own name.
        turn, plain: as ``meshes.load`` takes them.

    Raises:
        ConfigError: a folder without a mesh, a name for no file.
    """
    files = list(found(paths))
    asked = {key: [path for path, shown in files if key in ways_to_say(shown)] for key in names}
    for key, matches in asked.items():
        if not matches:
            raise ConfigError(f"--names: no mesh file is {key!r}{nearest(key, [shown.name for _, shown in files])}")
    given = {path: names[key] for key, matches in asked.items() for path in matches}
    for path, shown in files:
        name = given.get(path) or row.get("name") or name_of(shown)
        yield thing(path, {**row, "name": name}, shown.as_posix(), turn, plain)


def found(paths: list[Path]) -> Iterator[tuple[Path, Path]]:
    """(file, its path from the folder that was given) of every mesh; no file twice."""
    known = set()
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
            if not inside:
                raise ConfigError(f"{path}: no mesh in this folder; have {', '.join(SUFFIXES)}")
        else:
            inside = [path]
        for file in inside:
            if file.resolve() not in known:
                known.add(file.resolve())
                yield file, path.resolve().name / file.relative_to(path) if path.is_dir() else Path(file.name)


def ways_to_say(shown: Path) -> set[str]:
    inside = Path(*shown.parts[1:]) if shown.parts[1:] else shown
    return {way.as_posix() for path in (shown, inside, Path(shown.name)) for way in (path, path.with_suffix(""))}


def name_of(shown: Path) -> str:
    """Words of a file's name without numbers; its folder's where that says nothing; "" where neither does."""
    for text in (shown.stem, shown.parent.name):
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|\W|_", " ", text).lower().split()
        words = [word.rstrip("0123456789") for word in spaced if not NUMBER.fullmatch(word)]
        if set(words) - SAYS_NOTHING:
            return " ".join(words)
    return ""


def thing(path: Path, row: dict, key: str, turn: np.ndarray, plain: bool) -> Thing:
    def parts():
        if not row["name"]:
            raise ValueError("its name says nothing; give it one by --name or --names")
        return load(path, turn, plain)

    stamps = [(stat.st_size, stat.st_mtime_ns) for stat in (file.stat() for file in [path, *named_by(path)])]
    digest = sha256(repr((*stamps[0], turn.tolist(), plain, *stamps[1:])).encode()).hexdigest()
    return Thing(key, row, digest, parts, str(path.resolve()))


def named_by(path: Path) -> list[Path]:
    """The files beside a model, or a folder below, that it names or its material files do: buffers, materials, pictures."""
    near = sorted({*path.parent.glob("*"), *path.parent.glob("*/*")} - {path}) if path.suffix.lower() in NAMES_OTHERS else []

    def named(text: bytes) -> list[Path]:
        words = unquote(text.decode("utf-8", errors="replace")).lower()
        return [file for file in near if file.name.lower() in words and file.is_file()]

    try:
        first = named(b"\n".join(NAMING.findall(path.read_bytes()))) if near else []
        return first + [each for file in first if file.suffix.lower() == ".mtl" for each in named(file.read_bytes())]
    except OSError:                             # told when it is drawn
        return []
