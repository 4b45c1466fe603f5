"""A recipe by its name or path, with overrides, as plain dataclasses; or one line that says what is wrong, and where.

    the file's settings  <  its preset's  <  the command line's         (the later one counts)

settings.py knows what was written and where; recipe.py and the Config of each kind are OmegaConf's structured configs,
they say what may be written; schema.py has OmegaConf bring the two together. Nobody else sees a DictConfig.
"""

import warnings
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from guidance.ramp import Ramp

from ..errors import ConfigError
from . import registry
from .merging import merge
from .recipe import Recipe, because
from .registry import kind_of
from .renamed import hint, renamed
from .schema import Reader
from .settings import Setting, Tree, at, emit, flat, nearest, put, read, text, typed


def load(recipe: str | Path, overrides: list[str] | tuple[str, ...] = (), where: str = "command line",
         begun: bool = False) -> Recipe:
    """The recipe of that name or path, with ``dotted.key=value`` overrides (one may be ``preset=draft``).

    Args:
        where: the overrides were written, as an error says it.
        begun: it is that of a run, which goes on even where an earlier version took weights that its scene has no use for.

    Raises:
        ConfigError: one line.
    """
    path = find(recipe)
    shown = _shown(path)
    tree = read(path, shown)
    words = [typed(word, where) for word in overrides]
    presets = tree.pop("presets", {})
    chosen = [setting for key, setting in [("preset", tree.pop("preset", None)), *words] if key == "preset" and setting]
    old_names: dict[str, str] = {}
    tree = renamed(tree, old_names)
    if chosen:
        tree = renamed(merge(tree, _preset(chosen[-1], presets, shown)), old_names)
    for key, setting in words:
        if key != "preset":
            _check_place(tree, key, setting)
            _make_way(tree, key, setting)
            layer: Tree = {}
            put(layer, key, setting)
            tree = renamed(merge(tree, layer), old_names)
    if old_names:
        warnings.warn(hint(old_names), stacklevel=2)
    reader = Reader(tree, shown)
    reader.fill()
    left_out = _leave_out(reader, None if begun else where)
    if not begun and path.resolve() not in recipes().values():      # our recipes' weights are for the style that they set
        for sentence in left_out:
            warnings.warn(sentence, stacklevel=2)
    return reader.recipe()


def find(recipe: str | Path) -> Path:
    """The file of a recipe: a path, or a name in the recipes' folder; raises ConfigError."""
    name, path, known = str(recipe), Path(recipe), recipes()
    if name in known:
        return known[name]
    if path.is_file():
        return path
    if path.is_dir():
        hint = f"; `dreamgen resume {name}` goes on with it" if (path / "recipe.yaml").is_file() else ""
        raise ConfigError(f"{name}: a folder, not a recipe{hint}")
    if path.suffix in (".yaml", ".yml") or len(path.parts) > 1:
        raise ConfigError(f"{name}: no such file; by name there are {', '.join(known)}{nearest(path.stem, known)}")
    raise ConfigError(f"no recipe {name!r}; have {', '.join(known)}{nearest(name, known)}")


def recipes() -> dict[str, Path]:
    """The recipes that come with the program, by name: in a wheel beside this file, in a checkout beside its folder."""
    here = Path(__file__).parents[1]
    folder = next(folder for folder in (here / "configs", here.parent / "configs") if folder.is_dir())
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def presets(recipe: str | Path) -> list[str]:
    """The names of a recipe's presets; raises ConfigError."""
    path = find(recipe)
    given = read(path, _shown(path)).get("presets")
    return list(given) if isinstance(given, dict) else []


def dump(recipe: Recipe) -> str:
    """The recipe with all its defaults as YAML; ``load`` reads it back as it was."""
    return emit(plain(recipe))


def _preset(chosen: Tree | Setting, known: Tree | Setting, shown: str) -> Tree:
    """What the chosen preset sets."""
    if isinstance(chosen, dict):
        raise ConfigError(f"{next(flat(chosen))[1].where}: preset: need a name, got a map")
    name = text(chosen) or ""
    if not isinstance(known, dict) or not known:
        others = [other for other in recipes() if name in presets(other)]
        hint = f"; {name!r} is one of {', '.join(others)}" if others else ""
        raise ConfigError(f"{chosen.where}: preset: {shown} has no presets{hint}; what --show prints has the numbers "
                          "of its preset already")
    if name not in known:
        raise ConfigError(f"{chosen.where}: preset: no {name!r}; have {', '.join(known)}{nearest(name, known)}")
    preset = known[name]
    return preset if isinstance(preset, dict) else {}


def _check_place(tree: Tree, key: str, setting: Setting) -> None:
    """An override may change a stage, not add one: ``stages.3.optim.steps`` of a recipe with one stage is a slip."""
    head, _, rest = key.partition(".")
    stages = tree.get("stages")
    if head == "stages" and rest and isinstance(stages, dict) and rest.split(".")[0] not in stages:
        raise ConfigError(f"{setting.where}: {key}: no stage {rest.split('.')[0]!r}; have {', '.join(stages)}")


def _make_way(tree: Tree, key: str, setting: Setting) -> None:
    """Where another method, scene or kind of cameras is chosen, take out the recipe's settings that it does not have; warns."""
    section, _, last = key.rpartition(".")
    folder, kind, written = section.rpartition(".")[2], text(setting), at(tree, section)
    if last != "kind" or folder not in ("guidance", "scene", "cameras") or not isinstance(written, dict):
        return
    if kind is None or not (registry.is_file(kind) or kind in registry.names(folder)):
        return                                          # answered later, as is a file that is no kind
    try:
        known = {"kind", *(each.name for each in fields(registry.read(folder, kind).config))}
    except ConfigError:
        return
    if gone := [name for name, given in written.items()
                if name not in known and next(flat(given))[1].where != setting.where]:
        for name in gone:
            del written[name]
        warnings.warn(f"{section}: {kind} has no {', '.join(gone)}; what the recipe says is left out", stacklevel=3)


def _leave_out(reader: Reader, where: str | None) -> list[str]:
    """Take out weights of regularizers that a scene lacks where the overrides, written ``where``, have set what makes it so, and
    not the weight; all such weights for None. Those that stay are refused. Returns a sentence about each."""
    def given(key: str) -> bool:
        return any(setting.where == where for _, setting in flat(at(reader.tree, key) or {}))

    said = []
    for i, stage in enumerate(reader.schema.stages):
        key = f"stages.{i}.regularizers"
        for name, settings in getattr(reader.make(stage.scene, f"stages.{i}.scene"), "lacks", {}).items():
            changed = any(given(f"stages.{i}.scene.{setting}") for setting in settings)
            spared = where is None or changed and not given(f"{key}.{name}")
            if spared and name in stage.regularizers and any(reader.make(stage.regularizers[name], f"{key}.{name}").values):
                del stage.regularizers[name]
                said.append(f"{key}.{name}: there is none {because(settings)}; what the recipe says is left out")
    return said


def plain(value: Any) -> Any:
    """A recipe or a part of it as maps, lists and values, as it may be written."""
    if isinstance(value, Ramp) and value == Ramp(value.start, value.start):
        return value.start
    if isinstance(value, Ramp) and not value.at:        # a straight one needs no corners
        return {name: inner for name, inner in vars(value).items() if name not in ("at", "via")}
    if isinstance(value, Enum):
        return value.name
    if is_dataclass(value):
        return {field.name: chosen(getattr(value, field.name)) if field.type is Any else plain(getattr(value, field.name))
                for field in fields(value)}
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, Path) else value


def chosen(config: Any) -> dict | None:
    """A section whose dataclass was chosen by its ``kind:``."""
    return config and {"kind": kind_of(config)} | plain(config)


def _shown(path: Path) -> str:
    """The path as an error shows it: from here if it is below here."""
    absolute = path.absolute()
    return str(absolute.relative_to(Path.cwd())) if absolute.is_relative_to(Path.cwd()) else str(path)
