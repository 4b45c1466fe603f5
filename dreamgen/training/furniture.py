"""Models of the Sweet Home 3D furniture libraries: named, their front to +z, and free to learn from.

A library (.sh3f) is a zip of OBJ models and of a catalogue, Java properties with an index: ``name#7=Armchair``.
Debian's package sweethome3d-furniture (.deb: an ar archive that holds a tar) has five of them. Doors, windows and
staircases are left out: they are parts of houses.
"""

import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

import numpy as np

from ..errors import ConfigError
from .assemble import Thing
from .meshes import load
from .render import Part

CATALOGUE = "PluginFurnitureCatalog.properties"
ENTRY = re.compile(r"^(\w+)#(\d+)[ \t]*=[ \t]*(.*)$", re.MULTILINE)
LEFT_OUT = ("doors and windows", "staircases")
LICENCES = {"BlendSwap-CC-0": "CC0 1.0", "BlendSwap-CC-BY": "CC BY 3.0", "KatorLegaz": "CC BY 3.0 US",
            "Reallusion": "CC BY 3.0 US", "Scopia": "CC BY 3.0"}        # of the five libraries, from their LICENSE.TXT
AR_MAGIC, AR_HEADER = b"!<arch>\n", 60


def furniture(path: Path) -> Iterator[Thing]:
    """The models of a .deb or .sh3f file, in the catalogues' order; raises ConfigError where it is neither."""
    try:
        if path.suffix.lower() == ".deb":
            for name, data in libraries(path.read_bytes()):
                yield from library(name, BytesIO(data))
        else:
            yield from library(path.stem, BytesIO(path.read_bytes()))
    except (OSError, ValueError, KeyError, BadZipFile, tarfile.TarError) as error:
        if isinstance(error, ConfigError):
            raise
        raise ConfigError(f"{path}: not a whole .deb or .sh3f of furniture ({error})") from None


def libraries(deb: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each .sh3f in a Debian package."""
    if not deb.startswith(AR_MAGIC):
        raise ValueError("no Debian package")
    at, found = len(AR_MAGIC), False
    while at + AR_HEADER <= len(deb):
        name, size = deb[at:at + 16].decode().strip(), int(deb[at + 48:at + 58])
        at += AR_HEADER
        if name.startswith("data.tar"):
            with tarfile.open(fileobj=BytesIO(deb[at:at + size])) as files:
                for member in files:
                    if member.isfile() and member.name.endswith(".sh3f"):
                        found = True
                        yield PurePosixPath(member.name).stem, files.extractfile(member).read()
        at += size + size % 2
    if not found:
        raise ValueError("no .sh3f in it")


def library(name: str, data: BytesIO) -> Iterator[Thing]:
    archive = ZipFile(data)
    for entry in entries(archive.read(CATALOGUE).decode("latin-1")):
        if entry.get("category", "").lower() not in LEFT_OUT and "model" in entry and "name" in entry:
            yield thing(name, archive, entry)


def entries(properties: str) -> list[dict[str, str]]:
    """Each model's properties, by their index."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for key, index, value in ENTRY.findall(properties):
        value = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), value)
        found[int(index)][key] = re.sub(r"\\(.)", r"\1", value).strip()
    return [found[index] for index in sorted(found)]


def thing(name: str, archive: ZipFile, entry: dict[str, str]) -> Thing:
    model = PurePosixPath(entry["model"].lstrip("/"))
    beside = [info for info in archive.infolist()
              if PurePosixPath(info.filename).is_relative_to(model.parent) and not info.is_dir()]
    rotation = np.array(entry.get("modelRotation", "1 0 0 0 1 0 0 0 1").split(), float).reshape(3, 3)

    def parts() -> list[Part]:
        with TemporaryDirectory() as folder:
            archive.extractall(folder, beside)
            return load(Path(folder) / model, rotation, plain=True)     # as Sweet Home 3D does

    identity = entry.get("id", str(model)).rpartition("#")[2]
    tags = [tag.lower() for tag in re.split(r"\s*,\s*", entry.get("tags", "")) if tag]
    row = {"name": entry["name"].lower(), "tags": tags, "source": f"Sweet Home 3D, {name}",
           "category": entry.get("category", "").lower(), "creator": entry.get("creator") or "unknown author",
           "licence": LICENCES.get(name, "see its LICENSE.TXT")}
    digest = repr(([(info.filename, info.CRC) for info in beside], rotation.tolist()))
    return Thing(f"furniture/{name}-{re.sub('[^A-Za-z0-9_-]+', '-', identity)}", row, digest, parts)
