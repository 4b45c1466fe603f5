"""The command line, one file a command: ``add(commands)`` says what may be typed, and sets ``call`` to what is called.

A command's file imports nothing heavy at its top; what it needs is imported when its arguments are known to be right.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

FIRST = ("three_d", "svg", "run", "resume", "export", "view")          # in --help; the others follow by name


def every() -> list[ModuleType]:
    """The files of this folder, imported: what --help lists, in its order."""
    names = {each.name for each in iter_modules(__path__) if not each.name.startswith("_")}
    return [import_module(f"{__name__}.{name}") for name in [*FIRST, *sorted(names - {*FIRST})]]
