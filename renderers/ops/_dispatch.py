"""Pick the file of an operation's folder that runs.

A folder under ``ops/`` is one operation: ``__init__.py`` states its contract, ``reference.py`` defines it in plain
torch for any device, and each other ``<library>_<device>.py`` is a faster backend (``numba_cpu``, ``triton_cuda``,
``pydiffvg_any``). The folder is the registry: a backend exists because its file does. Of those whose library imports,
the highest ``RANK`` runs; our own kernels have 1, the definition 0, and other projects' libraries, which differ from the
definition by more than rounding or by their licence, -1: they run where they are named.
"""

import difflib
import importlib
import os
from functools import cache
from pathlib import Path
from types import ModuleType

from ..errors import BackendError

VARIABLE = "RENDERERS_BACKEND"      # environment: backends to prefer, "tinycudann,nerfacc": each operation takes the first it has


def choose(op: str, device: str, name: str | None = None) -> ModuleType:
    """The module to run: ``name`` if given, else the first of $RENDERERS_BACKEND that ``op`` has, else the highest rank.

    Args:
        op: the operation's folder.
        device: a torch device type, "cpu" or "cuda" or ...
        name: the backend's file name without its device: "reference", "numba", ...

    Raises:
        BackendError: there is no such backend, or its library is missing; or none can be imported, the definition neither.
    """
    options = backends(op, device)
    name = name or _preferred(op, device)
    if name is None:
        for found in options.values():
            if isinstance(found, ModuleType):
                return found
        raise BackendError(f"{op}: no backend for {device} can be imported; " + "; ".join(
            f"{each}: {type(why).__name__}: {why}" for each, why in options.items()))
    if name not in options:
        raise BackendError(f"{op}: no backend {name!r} for {device}; have {_list(name, options)}")
    module = options[name]
    if isinstance(module, Exception):
        raise BackendError(f"{op}: backend {name!r} needs a library that is missing ({module})")
    return module


@cache
def backends(op: str, device: str) -> dict[str, ModuleType | Exception]:
    """What ``op`` has for ``device``, fastest first: the imported module, or why it does not import."""
    found: dict[str, ModuleType | Exception] = {}
    for name, file in _files(op).items():
        if file != "reference" and file.rpartition("_")[2] not in (device, "any"):
            continue
        try:
            found[name] = importlib.import_module(f"{__package__}.{op}.{file}")
        except Exception as missing:            # tinycudann, for one, raises an OSError where there is no GPU
            found[name] = missing
    return dict(sorted(found.items(), key=lambda item: -getattr(item[1], "RANK", 0)))


def chosen(device: str) -> str:
    """Which backends run on ``device``, in words: "operations by numba", "composite, march by triton, others by reference"."""
    by: dict[str, list[str]] = {}
    for op in operations():
        module = choose(op, device)
        by.setdefault(next(name for name, found in backends(op, device).items() if found is module), []).append(op)
    most = max(by, key=lambda name: len(by[name]))
    rest = [f"{', '.join(ops)} by {name}" for name, ops in by.items() if name != most]
    return ", ".join([*rest, f"{'others' if rest else 'operations'} by {most}"])


def operations() -> list[str]:
    """The names of all operations: the folders beside this file."""
    return sorted(contract.parent.name for contract in Path(__file__).parent.glob("*/__init__.py"))


def _files(op: str) -> dict[str, str]:
    """``op``'s backend files, {"numba": "numba_cpu", "reference": "reference"}, without importing one."""
    stems = sorted(path.stem for path in (Path(__file__).parent / op).glob("*.py") if not path.stem.startswith("_"))
    backend_files = [stem for stem in stems if stem == "reference" or "_" in stem]
    return {stem.rpartition("_")[0] or stem: stem for stem in backend_files}


def _preferred(op: str, device: str) -> str | None:
    """The first of $RENDERERS_BACKEND that ``op`` has; a name that no operation has is a typing error and is told."""
    names = [name.strip() for name in os.environ.get(VARIABLE, "").split(",") if name.strip()]
    for name in names:
        if name not in _everywhere():
            raise BackendError(f"${VARIABLE}: no operation has a backend {name!r}; have {_list(name, _everywhere())}")
    return next((name for name in names if name in backends(op, device)), None)


@cache
def _everywhere() -> frozenset[str]:
    """The backends that some operation has."""
    return frozenset(name for op in operations() for name in _files(op))


def _list(name: str, options) -> str:
    near = difflib.get_close_matches(name, options, 1)
    return ", ".join(sorted(options)) + (f"; did you mean {near[0]!r}?" if near else "")
