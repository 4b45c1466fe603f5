"""What leaves the program: one file a format, and this folder is the registry. A new format is a new file with

    ACCEPTS                                     the asset that it writes, a record of renderers.assets
    write(asset, name) -> {file name: bytes}    pure: the same asset gives the same bytes, and no file is touched

Writing to disk is ``dreamgen.files.save``: all of an asset's files or none.
"""

from difflib import get_close_matches
from importlib import import_module
from re import fullmatch

from renderers.assets import Mesh

from .. import kinds
from ..settings import ConfigError


def formats() -> list[str]:
    """Names of the formats, from the folder; imports none of them."""
    return kinds.names("format")


def check(name: str) -> str:
    """``name`` in lower case and without a dot, or ConfigError with the nearest guess; imports nothing heavy."""
    known, wanted = formats(), name.strip().lstrip(".").lower()
    if wanted in known:
        return wanted
    near = get_close_matches(wanted, known, n=1, cutoff=0.3)           # they are three letters long
    guess = f"; did you mean '{near[0]}'?" if near else ""
    raise ConfigError(f"export.formats: no '{name}'; have {', '.join(known)}{guess}")


def write(asset: Mesh, to: list[str], name: str = "asset") -> dict[str, bytes]:
    """The files of ``asset`` in every format of ``to``; ``name`` is their stem.

    Raises:
        ConfigError: an unknown format, a name that is not a plain file name (OBJ and MTL refer to each other by it, and
            neither can quote a space).
        ValueError: a format for another kind of asset; an empty or broken asset.
    """
    if not fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", name):
        raise ConfigError(f"export: the name is {name!r}, want letters, digits, '_', '-' and '.' only")
    files: dict[str, bytes] = {}
    for wanted in map(check, to):
        exporter = import_module(f"{__name__}.{wanted}")
        if not isinstance(asset, exporter.ACCEPTS):
            raise ValueError(f"{wanted}: writes a {exporter.ACCEPTS.__name__}, got a {type(asset).__name__}")
        files |= exporter.write(asset, name)
    return files
