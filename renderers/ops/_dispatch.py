"""Pick the file of an operation's folder that runs.

A folder under ``ops/`` is one operation: ``__init__.py`` states its contract, ``reference.py`` defines it in plain
torch for any device, and each other ``<library>_<device>.py`` is a faster backend (``numba_cpu``, ``triton_cuda``,
``pydiffvg_any``). The folder is the registry: a backend exists because its file does. Of those whose library imports,
the highest ``RANK`` runs.
"""

import difflib
import importlib
import os
from functools import cache
from pathlib import Path
from types import ModuleType

from ..errors import BackendError

VARIABLE = "RENDERERS_BACKEND"      # environment: the backend to prefer in every operation that has it


def choose(op: str, device: str, name: str | None = None) -> ModuleType:
    """The module to run: ``name`` if given, else $RENDERERS_BACKEND where ``op`` has it, else the highest rank.

    Args:
        op: the operation's folder.
        device: a torch device type, "cpu" or "cuda" or ...
        name: the backend's file name without its device: "reference", "numba", ...

    Raises:
        BackendError: there is no such backend, or its library is missing.
    """
    options = backends(op, device)
    name = name or _preferred(op, device)
    if name is None:
        return next(module for module in options.values() if isinstance(module, ModuleType))
    if name not in options:
        raise BackendError(f"{op}: no backend {name!r} for {device}; have {_list(name, options)}")
    module = options[name]
    if isinstance(module, ImportError):
        raise BackendError(f"{op}: backend {name!r} needs a library that is missing ({module})")
    return module


@cache
def backends(op: str, device: str) -> dict[str, ModuleType | ImportError]:
    """What ``op`` has for ``device``, fastest first: the imported module, or why it does not import."""
    found: dict[str, ModuleType | ImportError] = {}
    for name, file in _files(op).items():
        if file != "reference" and file.rpartition("_")[2] not in (device, "any"):
            continue
        try:
            found[name] = importlib.import_module(f"{__package__}.{op}.{file}")
        except ImportError as missing:
            found[name] = missing
    return dict(sorted(found.items(), key=lambda item: -getattr(item[1], "RANK", 0)))


def operations() -> list[str]:
    """The names of all operations: the folders beside this file."""
    return sorted(contract.parent.name for contract in Path(__file__).parent.glob("*/__init__.py"))


def _files(op: str) -> dict[str, str]:
    """``op``'s backend files, {"numba": "numba_cpu", "reference": "reference"}, without importing one."""
    stems = sorted(path.stem for path in (Path(__file__).parent / op).glob("*.py") if not path.stem.startswith("_"))
    backend_files = [stem for stem in stems if stem == "reference" or "_" in stem]
    return {stem.rpartition("_")[0] or stem: stem for stem in backend_files}


def _preferred(op: str, device: str) -> str | None:
    """$RENDERERS_BACKEND if ``op`` has it; a name that no operation has is a typing error and is told."""
    name = os.environ.get(VARIABLE)
    if not name or name in backends(op, device):
        return name or None
    everywhere = {known for each in operations() for known in _files(each)}
    if name not in everywhere:
        raise BackendError(f"${VARIABLE}: no operation has a backend {name!r}; have {_list(name, everywhere)}")
    return None


def _list(name: str, options) -> str:
    near = difflib.get_close_matches(name, options, 1)
    return ", ".join(sorted(options)) + (f"; did you mean {near[0]!r}?" if near else "")
