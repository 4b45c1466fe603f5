"""What leaves the program: one file a format, and this folder is the registry. A new format is a new file with

    ACCEPTS                                     a tuple of the records that it is written from: Mesh, Splats, Drawing, Raster
    write(asset, name) -> {file name: bytes}    pure: the same asset gives the same bytes, and no file is touched

Writing to disk is ``dreamgen.io.atomic.save``: all of an asset's files or none.
"""

from difflib import get_close_matches
from re import fullmatch

from renderers.assets import Mesh, Raster, Splats
from renderers.drawing import Drawing

from ..errors import ConfigError
from ..recipes import registry


def formats(record: str | None = None) -> list[str]:
    """Names of the formats, of all or of those for a ``record`` such as "Mesh"; imports none of them."""
    return [name for name in registry.names("format") if record is None or record in registry.accepts(name)]


def check(name: str) -> str:
    """``name`` in lower case and without a dot, or ConfigError with the nearest guess; imports nothing heavy."""
    known, wanted = formats(), name.strip().lstrip(".").lower()
    if wanted in known:
        return wanted
    near = get_close_matches(wanted, known, n=1, cutoff=0.3)           # they are three to five letters long
    guess = f"; did you mean '{near[0]}'?" if near else ""
    raise ConfigError(f"export.formats: no '{name}'; have {', '.join(known)}{guess}")


def write(asset: Mesh | Splats | Drawing | Raster, to: list[str], name: str = "asset") -> dict[str, bytes]:
    """The files of ``asset`` in every format of ``to``; ``name`` is their stem.

    Raises:
        ConfigError: an unknown format, one for another kind of asset, a name that is not a plain file name (OBJ and MTL
            refer to each other by it, and neither can quote a space).
        ValueError: an empty or broken asset.
    """
    if not fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", name):
        raise ConfigError(f"export: the name is {name!r}, want letters, digits, '_', '-' and '.' only")
    wanted, record = list(map(check, to)), type(asset).__name__
    for one in wanted:
        if record not in registry.accepts(one):
            have = f"; for a {record} have {', '.join(formats(record))}" if formats(record) else ""
            raise ConfigError(f"{one}: writes a {' or a '.join(registry.accepts(one))}, got a {record}{have}")
    files: dict[str, bytes] = {}
    for one in wanted:
        files |= registry.exported("format", one, "write")(asset, name)
    return files


def within(drawing: Drawing, most: int) -> tuple[bytes, int]:
    """An SVG file of at most ``most`` bytes, as like ``drawing`` as it can be, and how many of its visible paths it has.

    It has more bytes only where a single path takes more.
    """
    from . import _svg_small
    return _svg_small.write(drawing, most)
