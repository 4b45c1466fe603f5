"""The kinds that a recipe may ask for, and their Config, read from the source of their file without importing it.

A kind is a file: ``renderers/scenes/nerf.py`` is what ``scene: {kind: nerf}`` means, and its Config stands at the top
of it. Importing that file would import torch, which takes longer than the second within which a wrong key is to be
answered. So the file is parsed, and of it only these are executed: imports of ``dataclasses``, ``typing``, ``math`` and
``guidance.ramp``, the class ``Config``, and the constants that it names. The rest of the program takes what comes out
for the real Config (same fields, same checks); tests/dreamgen/test_kinds.py holds the two against each other.
"""

import ast
import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDERS = {"scene": "renderers.scenes", "guidance": "guidance.methods", "format": "dreamgen.exporters"}
LIGHT = {"dataclasses", "typing", "math", "ramp", "guidance.ramp"}      # what a Config may import; ramp is ``..ramp``


@dataclass(frozen=True)
class Kind:
    config: type                                # a dataclass
    penalties: tuple[str, ...] | None           # names of a scene's regularisers, None if the file does not list them


def kind_of(config: object) -> str:
    """The name of the file that ``config``, read here or imported, belongs to: ``nerf``."""
    return type(config).__module__.rpartition(".")[2]


def names(section: str) -> list[str]:
    """The kinds of a section of FOLDERS, sorted; raises FileNotFoundError if a foreign package stands in our place."""
    return sorted(path.stem for path in folder(section).glob("*.py") if not path.stem.startswith("_"))


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
    """What the file of ``kind``, one of ``names(section)``, says of itself."""
    path = folder(section) / f"{kind}.py"
    body = ast.parse(path.read_text(encoding="utf-8"), str(path)).body
    config = next(node for node in body if isinstance(node, ast.ClassDef) and node.name == "Config")
    wanted = {node.id for node in ast.walk(config) if isinstance(node, ast.Name)} | {"PENALTIES"}
    light = [node for node in body if node is config or _is_light(node) or _targets(node) & wanted]

    namespace = {"__name__": f"{FOLDERS[section]}.{kind}", "__package__": FOLDERS[section]}
    exec(compile(ast.Module(light, []), str(path), "exec"), namespace)
    return Kind(namespace["Config"], namespace.get("PENALTIES"))


def _is_light(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module in LIGHT or \
        isinstance(node, ast.Import) and all(alias.name in LIGHT for alias in node.names)


def _targets(node: ast.stmt) -> set[str]:
    """The names that a module-level assignment gives a value to."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}
