"""A folder (or .zip) of captioned pictures: ``metadata.jsonl``, one JSON object a line, and the RGBA files it names.

    {"file": "a/01.png", "name": "chair", "colour": "red", "tags": ["seat"], "azimuth": 90, "elevation": 15,
     "object": 7, "source": "my scans", "creator": "me"}

``file`` and ``name`` must be there. Angles are in degrees, null where the camera is unknown; rows of one ``object`` are
views of one model; a ``colour`` is said before the name, and its picture is never tinted; ``source``, ``creator`` and
``licence`` go onto the model card. A row that cannot be used is named in one sentence and left out; training goes on with
the rest.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from math import isfinite, radians
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..errors import ConfigError
from ..io import images
from ..recipes.settings import nearest

METADATA = "metadata.jsonl"
ENOUGH = 8              # times the pictures' edge, more of which need not be read
NEUTRAL = 0.22          # mean spread between the channels of a picture's color below which it takes a tint well
SOLID = 0.5             # opacity from which a pixel belongs to the object
WRONG = (KeyError, OSError, ValueError, BadZipFile)     # what reading and checking one row may raise


@dataclass(frozen=True)
class Row:
    """What is known of one picture; angles in radians."""

    file: str
    name: str
    azimuth: float | None
    elevation: float | None
    object: str | None
    source: str
    creator: str
    colour: str | None = None
    licence: str = "licence not given"


@dataclass(frozen=True)
class Data:
    """N pictures and what they show.

    Attributes:
        pictures: [N, 4, S, S] uint8: premultiplied red, green, blue; opacity.
        rows: N.
        neutral: N, whether the object is grey, white or black enough to be tinted.
        spoken: how a name is said in captions, where that is not the name itself.
        skipped: one sentence a row that could not be used.
    """

    pictures: Tensor
    rows: list[Row]
    neutral: list[bool]
    spoken: dict[str, str]
    skipped: list[str]
    key: str = ""           # what stands for the pictures in ``digest``, where there are too many of them to read
    rule: str = ""          # by which others of the set are held out, as a model card says it

    @property
    def names(self) -> list[str]:
        return sorted({row.name for row in self.rows})

    def take(self, rows: list[int]) -> "Data":
        """Some of the pictures, in this order."""
        return replace(self, pictures=self.pictures[rows], rows=[self.rows[i] for i in rows],
                       neutral=[self.neutral[i] for i in rows])

    def digest(self) -> str:
        """Hexadecimal; the same for the same pictures with the same rows in the same order."""
        hashed = sha256(self.key.encode() or self.pictures.numpy().tobytes())
        # What nobody gave is left out, so that a training from before it could be given goes on; a licence changes no picture.
        rows = [{key: value for key, value in vars(row).items() if value or key not in ("colour", "licence")}
                for row in (replace(row, licence="") for row in self.rows)]
        hashed.update(json.dumps([rows, sorted(self.spoken.items())]).encode())
        return hashed.hexdigest()[:16]


def load(source: Path, size: int, spoken: dict[str, str] | None = None) -> Data:
    """Read all usable pictures, scaled to ``size``.

    Args:
        spoken: only these names, and how they are said; None takes every name.

    Raises:
        ConfigError: no such folder, no metadata.jsonl, no usable picture, or a name in ``spoken`` that no row has.
    """
    read = opener(source)
    try:
        text = read(METADATA).decode("utf-8", errors="replace")
    except WRONG:
        raise ConfigError(f"{source}: no {METADATA}; it has one line a picture: "
                          '{"file": "a.png", "name": "red apple", "azimuth": null, "elevation": null}') from None
    parts, rows, neutral, skipped, known = [], [], [], [], set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        where = f"{METADATA}:{number}"
        try:
            row = parsed(line)
            where = row.file
            known.add(row.name)
            if spoken is not None and row.name not in spoken:
                continue
            picture = prepared(read(row.file), size)
        except WRONG as error:
            reason = "missing" if isinstance(error, KeyError | FileNotFoundError) else error
            skipped.append(f"{where}: {reason}")
            continue
        parts.append((picture * 255).round().to(torch.uint8))
        rows.append(row)
        neutral.append(spread(picture) < NEUTRAL)
    for name in spoken or {}:
        if name not in known:
            raise ConfigError(f"{source}: no picture is named {name!r}{nearest(name, known)}")
    if not rows:
        first = f"; the first of {len(skipped)} reasons: {skipped[0]}" if skipped else ""
        raise ConfigError(f"{source}: no usable picture{first}")
    return Data(torch.stack(parts), rows, neutral, spoken or {}, skipped)


def opener(source: Path) -> Callable[[str], bytes]:
    """``read(name) -> bytes`` within a folder or a .zip; raises ConfigError where there is neither."""
    if source.is_dir():
        return lambda name: (source / name).read_bytes()
    if not source.is_file():
        raise ConfigError(f"{source}: no such folder or .zip")
    try:
        return ZipFile(source).read
    except BadZipFile as error:
        raise ConfigError(f"{source}: neither a folder nor a whole .zip ({error})") from None


def parsed(line: str) -> Row:
    """Raises ValueError, one phrase."""
    try:
        given = json.loads(line)
    except ValueError as error:
        raise ValueError(f"not JSON ({error})") from None
    if not isinstance(given, dict) or not isinstance(given.get("file"), str) or not given["file"]:
        raise ValueError('need an object with "file", a path')
    name = given.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f'{given["file"]}: no caption; need "name", what the picture shows')
    azimuth, elevation = (angle(given, key) for key in ("azimuth", "elevation"))
    if (azimuth is None) != (elevation is None):
        raise ValueError(f"{given['file']}: need both azimuth and elevation, or neither")
    thing, color = given.get("object"), given.get("colour")
    if color is not None and (not isinstance(color, str) or not color.strip()):
        raise ValueError(f"{given['file']}: colour: need a word or null, got {color!r}")
    return Row(given["file"], " ".join(name.lower().split()), azimuth, elevation, None if thing is None else str(thing),
               str(given.get("source") or "unknown source"), str(given.get("creator") or "unknown author"),
               color and " ".join(color.lower().split()), str(given.get("licence") or Row.licence))


def angle(given: dict, key: str) -> float | None:
    """Radians of degrees."""
    value = given.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"{given['file']}: {key}: need degrees or null, got {value!r}")
    return radians(value)


def prepared(data: bytes, size: int) -> Tensor:
    """[4, S, S] float in [0, 1], premultiplied, letterboxed to a square; raises ValueError for what cannot be used."""
    straight = images.decode_rgba(data, ENOUGH * size)
    opacity = straight[..., 3]
    if not opacity.any():
        raise ValueError("shows nothing, every pixel is transparent")
    if opacity.min() == 255:
        raise ValueError("opaque everywhere; need the object cut out, RGBA over transparency")
    x = torch.from_numpy(images.letterboxed(straight).astype(np.float32) / 255).permute(2, 0, 1)
    x = torch.cat([x[:3] * x[3:], x[3:]])
    if x.shape[-1] != size:
        x = F.interpolate(x[None], (size, size), mode="bilinear", antialias=True, align_corners=False)[0]
    return x.clamp(0, 1)


def spread(picture: Tensor) -> float:
    """How colorful the solid part of [4, S, S] is: the mean difference of the largest and the smallest channel."""
    solid = picture[3] > SOLID
    if not solid.any():
        return 1.0
    color = picture[:3, solid] / picture[3:, solid]
    return float((color.amax(0) - color.amin(0)).mean())
