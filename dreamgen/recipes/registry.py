"""The kinds that a recipe may ask for, and their Config, read from the source of their file without importing it.

A kind is a file: ``renderers/scenes/nerf.py`` is what ``scene: {kind: nerf}`` means, and its Config stands at the top
of it. Importing that file would import torch, which takes longer than the second within which a wrong key is to be
answered. So the file is parsed, and only what its Config is made of is executed (``light.py``). The rest of the program
takes what comes out for the real Config (same fields, same checks); tests/dreamgen/test_kinds.py holds the two against
each other.
"""

import ast
import importlib
import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import ConfigError
from .light import part

FOLDERS = {"scene": "renderers.scenes", "guidance": "guidance.methods", "cameras": "dreamgen.cameras",
           "export": "dreamgen.export", "format": "dreamgen.formats"}
EXPORTS = {"scene": ("Config", "Scene"), "guidance": ("Config", "Method"), "cameras": ("Config", "sample", "standing"),
           "export": ("Config", "keep", "load"), "format": ("ACCEPTS", "write")}         # what every file of a folder has
DEFAULTS = {"cameras": {"Camera": "orbit", "Sheet": "flat"},            # by what the scene is drawn from, and becomes
            "export": {"Mesh": "mesh", "Drawing": "drawing", "Raster": "picture"}}
SAID = ("PENALTIES", "CAMERA", "ASSET")                                  # constants by which a file says what it fits


@dataclass(frozen=True)
class Kind:
    """What a file says of itself; None where it does not say.

    Attributes:
        config: its dataclass.
        penalties: names of a scene's regularisers.
        camera: the record that a scene is drawn from and that cameras make: Camera, Sheet.
        asset: the record of renderers.assets that a scene becomes and an export keeps: Mesh, Drawing.
    """

    config: type
    penalties: tuple[str, ...] | None = None
    camera: str | None = None
    asset: str | None = None


def exported(section: str, kind: str, name: str) -> Any:
    """What the file of a kind, now imported, exports as ``name``; raises ConfigError where it does not."""
    module = importlib.import_module(f"{FOLDERS[section]}.{kind}")
    if not hasattr(module, name):
        raise ConfigError(f"{module.__file__}: has no {name!r}; a file of {FOLDERS[section]} exports {', '.join(EXPORTS[section])}")
    return getattr(module, name)


def kind_of(config: object) -> str:
    """The name of the file that ``config``, read here or imported, belongs to: ``nerf``."""
    return type(config).__module__.rpartition(".")[2]


def names(section: str) -> list[str]:
    """The kinds of a section of FOLDERS, sorted; raises FileNotFoundError if a foreign package stands in our place."""
    return sorted(path.stem for path in folder(section).glob("*.py") if not path.stem.startswith("_"))


def default(section: str, scene: str | None = None) -> str | None:
    """The kind of cameras or export that a kind of scene has where its recipe names none: that of its record in
    DEFAULTS, else the only one that fits, else None. Without a scene the first of DEFAULTS."""
    if scene is None:
        return next(iter(DEFAULTS[section].values()))
    said, fit = read("scene", scene), {"cameras": cameras, "export": exports}[section](scene)
    usual = DEFAULTS[section].get(said.camera if section == "cameras" else said.asset)
    return usual if usual in fit else fit[0] if len(fit) == 1 else None


def cameras(scene: str) -> list[str]:
    """The kinds of cameras from which a kind of scene can be drawn."""
    return [kind for kind in names("cameras") if read("cameras", kind).camera == read("scene", scene).camera]


def exports(scene: str) -> list[str]:
    """The kinds of export that keep what a kind of scene becomes."""
    return [kind for kind in names("export") if read("export", kind).asset == read("scene", scene).asset]


def formats(export: str) -> list[str]:
    """The file formats of what a kind of export keeps, by the records that their ACCEPTS names."""
    return [name for name in names("format") if read("export", export).asset in accepts(name)]


@cache
def accepts(format: str) -> tuple[str, ...]:
    """The records that a file format is written from: ("Mesh",)."""
    body = ast.parse((folder("format") / f"{format}.py").read_text(encoding="utf-8")).body
    return tuple(part.id for node in body if "ACCEPTS" in _targets(node) for part in ast.walk(node.value)
                 if isinstance(part, ast.Name))


def folder(section: str) -> Path:
    package, _, inner = FOLDERS[section].partition(".")
    spec = importlib.util.find_spec(package)            # a top-level package is found without being run
    places = spec.submodule_search_locations if spec else []
    found = next((Path(place) / inner for place in places or [] if (Path(place) / inner).is_dir()), None)
    if found is None:
        where = next(iter(places or ["no place"]))
        raise FileNotFoundError(f"the package {package!r} at {where} is not dreamgen's; see `dreamgen doctor`")
    return found


@cache
def read(section: str, kind: str) -> Kind:
    """What the file of ``kind``, one of ``names(section)``, says of itself; raises ConfigError where it cannot be read."""
    path = folder(section) / f"{kind}.py"
    found = part(path, FOLDERS[section], {"Config", *SAID})
    config = found.get("Config")
    if not (isinstance(config, type) and "__dataclass_fields__" in vars(config)):
        raise ConfigError(f"{path}: has no dataclass Config; write `@dataclass` and `class Config:` with its settings")
    return Kind(config, *(found.get(name) for name in SAID))


def _targets(node: ast.stmt) -> set[str]:
    """The names that a module-level assignment gives a value to."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}
