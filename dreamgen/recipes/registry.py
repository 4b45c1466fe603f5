"""The kinds that a recipe can name, and their Config, read from the source of their file without importing it.

A kind is a file: ``scene: {kind: nerf}`` names ``renderers/scenes/nerf.py``, and its settings are that file's Config. A
file from anywhere is a kind as well, by its path: ``guidance: {kind: ./mine.py}``. It is read and imported as if it lay
in the folder, so its relative imports are those of its siblings.

Importing a kind imports torch, which takes longer than a wrong key may take to be answered. So the file is parsed, and
only the statements that define its Config are executed (``light.py``). The rest of the program uses the result as if it
were the Config of the imported module: it has the same fields and checks (tests/dreamgen/test_kinds.py compares both).
"""

import ast
import importlib
import importlib.util
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import ConfigError
from .light import bound, part

FOLDERS = {"scene": "renderers.scenes", "guidance": "guidance.methods", "cameras": "dreamgen.cameras",
           "export": "dreamgen.export", "format": "dreamgen.formats"}
EXPORTS = {"scene": ("Config", "Scene"), "guidance": ("Config", "Method"), "cameras": ("Config", "sample", "standing"),
           "export": ("Config", "keep", "load"), "format": ("ACCEPTS", "write")}         # what every file of a folder has
DEFAULTS = {"cameras": {"Camera": "orbit", "Sheet": "flat"},            # by what the scene is drawn from, and becomes
            "export": {"Mesh": "mesh", "Drawing": "drawing", "Raster": "picture",
                       "Splats": "splats"}}
CHANGED = "__changed__"                                                  # when the file of such a module was written
SUFFIX = ".py"                                                           # of a kind that is a file from anywhere
CONSTANTS = ("REGULARIZERS", "CAMERA", "ASSET")                               # constants by which a file says what it fits


@dataclass(frozen=True)
class Kind:
    """What a file says of itself; None where it does not say.

    Attributes:
        config: its dataclass.
        regularizers: names of a scene's regularizers.
        camera: the record that a scene is drawn from and that cameras make: Camera, Sheet.
        asset: the record of renderers.assets that a scene becomes and an export keeps: Mesh, Drawing.
    """

    config: type
    regularizers: tuple[str, ...] | None = None
    camera: str | None = None
    asset: str | None = None


def exported(section: str, kind: str, name: str) -> Any:
    """What the file of a kind, now imported, exports as ``name``; raises ConfigError where it does not."""
    module = module_of(section, Path(kind)) if is_file(kind) else importlib.import_module(f"{FOLDERS[section]}.{kind}")
    if not hasattr(module, name):
        raise ConfigError(f"{module.__file__}: has no {name!r}; a file of {FOLDERS[section]} exports "
                          f"{', '.join(EXPORTS[section])}")
    return getattr(module, name)


def module_of(section: str, path: Path) -> ModuleType:
    """A file from anywhere as a module of the section's folder; imported once, and again where it has changed."""
    known, changed = f"{FOLDERS[section]}.{path.stem}@{path}", path.stat().st_mtime_ns
    if known in sys.modules and vars(sys.modules[known])[CHANGED] == changed:
        return sys.modules[known]
    module = ModuleType(known)
    module.__file__, module.__package__ = str(path), FOLDERS[section]
    vars(module)[CHANGED] = changed
    sys.modules[known] = module                         # before it runs: dataclasses look their module up
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), vars(module))      # noqa: S102 the file that the user named
    except BaseException:
        del sys.modules[known]
        raise
    return module


def is_file(kind: str) -> bool:
    """Whether a kind is a file from anywhere, not one of our folder."""
    return kind.endswith(SUFFIX)


def kind_of(config: object) -> str:
    """The name of the file that ``config``, read here or imported, belongs to: ``nerf``; the path of one from anywhere."""
    module, _, path = type(config).__module__.partition("@")
    return path or module.rpartition(".")[2]


def names(section: str) -> list[str]:
    """The kinds of a section of FOLDERS, sorted; raises FileNotFoundError if a foreign package stands in our place."""
    return sorted(path.stem for path in folder(section).glob("*.py") if not path.stem.startswith("_"))


def fallback(section: str) -> str:
    """The kind of cameras or export where the kind of scene is not known: the first of DEFAULTS."""
    return next(iter(DEFAULTS[section].values()))


def default(section: str, scene: str | None = None) -> str | None:
    """The kind of cameras or export of a kind of scene whose recipe names none.

    That of its record in DEFAULTS, else the only one that fits, else None; without a scene ``fallback``.
    """
    if scene is None:
        return fallback(section)
    of_scene = read("scene", scene)
    usual = DEFAULTS[section].get(str(of_scene.camera if section == "cameras" else of_scene.asset))
    if usual and fits(section, read(section, usual), of_scene):         # without reading the others' files
        return usual
    fit = {"cameras": cameras, "export": exports}[section](scene)
    return fit[0] if len(fit) == 1 else None


def cameras(scene: str) -> list[str]:
    """The kinds of cameras from which a kind of scene can be drawn."""
    return [kind for kind in names("cameras") if fits("cameras", read("cameras", kind), read("scene", scene))]


def exports(scene: str) -> list[str]:
    """The kinds of export that keep what a kind of scene becomes."""
    return [kind for kind in names("export") if fits("export", read("export", kind), read("scene", scene))]


def fits(section: str, kind: Kind, scene: Kind) -> bool:
    """Whether a kind of ``section``, "cameras" or "export", is made for a kind of scene."""
    return kind.camera == scene.camera if section == "cameras" else kind.asset == scene.asset


def formats(export: str) -> list[str]:
    """The file formats of what a kind of export keeps, by the records that their ACCEPTS names."""
    return [name for name in names("format") if read("export", export).asset in accepts(name)]


def fitting(section: str, kind: str, scene: str | None) -> Kind:
    """``read``; raises ConfigError also for cameras or an export that do not fit the kind of scene."""
    found, have = read(section, kind), {"cameras": cameras, "export": exports}.get(section)
    if have and scene and not fits(section, found, read("scene", scene)):
        raise ConfigError(f"{kind} does not fit {scene}; have {', '.join(have(scene))}")
    return found


@cache
def accepts(format: str) -> tuple[str, ...]:
    """The records that a file format is written from: ("Mesh",)."""
    body = ast.parse((folder("format") / f"{format}.py").read_text(encoding="utf-8")).body
    return tuple(part.id for node in body if "ACCEPTS" in _targets(node) for part in ast.walk(node)
                 if isinstance(part, ast.Name) and part.id != "ACCEPTS")


def folder(section: str) -> Path:
    package, _, inner = FOLDERS[section].partition(".")
    spec = importlib.util.find_spec(package)            # a top-level package is found without being run
    places = spec.submodule_search_locations if spec else []
    found = next((Path(place) / inner for place in places or [] if (Path(place) / inner).is_dir()), None)
    if found is None:
        where = next(iter(places or ["no place"]))
        raise FileNotFoundError(f"the package {package!r} at {where} is not dreamgen's; see `dreamgen doctor`")
    return found


def read(section: str, kind: str) -> Kind:
    """What the file of ``kind``, one of ``names(section)`` or a path, says of itself; raises ConfigError where it cannot
    be read, or lacks what every file of the folder exports."""
    path = Path(kind).expanduser().absolute() if is_file(kind) else folder(section) / f"{kind}.py"
    if not path.is_file():
        raise ConfigError(f"{kind}: no such file")
    return parsed(section, path, is_file(kind), path.stat().st_mtime_ns)


@cache
def parsed(section: str, path: Path, foreign: bool, changed: int) -> Kind:
    """``read`` of a file as it was when last ``changed``; the module of a ``foreign`` one has its path in its name."""
    name = f"{FOLDERS[section]}.{path.stem}" + f"@{path}" * foreign
    wanted = {"Config", "PENALTIES", *CONSTANTS}
    found = part(path, FOLDERS[section], wanted, name=name, folder=folder(section) if foreign else path.parent)
    config = found.get("Config")
    if not (isinstance(config, type) and "__dataclass_fields__" in vars(config)):
        raise ConfigError(f"{path}: has no dataclass Config; write `@dataclass` and `class Config:` with its settings")
    if foreign:
        if "PENALTIES" in found:
            raise ConfigError(f"{path}: PENALTIES is called REGULARIZERS now, and a scene's penalties() regularizers()")
        has = {name for node in ast.parse(path.read_text(encoding="utf-8")).body for name in bound(node)}
        if missing := [name for name in EXPORTS[section] if name not in has]:
            raise ConfigError(f"{path}: has no {missing[0]!r}; a file of {FOLDERS[section]} exports "
                              f"{', '.join(EXPORTS[section])}")
    return Kind(config, *(found.get(name) for name in CONSTANTS))


def _targets(node: ast.stmt) -> set[str]:
    """The names that a module-level assignment gives a value to."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}
