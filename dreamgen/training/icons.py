"""Icons of Microsoft's Fluent Emoji 3D with the names of Emojibase: one view each, the camera unknown.

Both come as npm packages (.tgz). Of the groups of emoji only those that show things are taken: animals and plants,
food, places and vehicles, activities, objects. Objects drawn diagonally to fill the square are turned upright,
because a prior trained on diagonal carrots would make 3D models of diagonal carrots.
"""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from ..errors import ConfigError
from ..io import images
from .look import Look

GROUPS = {3: "animals", 4: "food", 5: "travel", 6: "activities", 7: "objects"}     # of Emojibase
SOURCE, CREATOR, LICENCE = "Fluent Emoji 3D", "Microsoft", "MIT"
UPRIGHT = {                 # degrees counter-clockwise that set it upright, or flat where that is how it lies
    45: ("rocket", "carrot", "guitar", "violin", "banjo", "pencil", "pen", "fountain pen", "black nib", "paintbrush",
         "crayon", "key", "old key", "dagger", "test tube", "syringe", "microphone", "feather", "magic wand", "razor",
         "crutch", "white cane", "flute", "plunger"),
    35: ("broom", "firecracker", "ear of corn"),
    25: ("hot pepper", "chopsticks"),
    -45: ("hot dog", "baguette bread", "american football", "rugby football", "skateboard", "pill", "peanuts",
          "croissant", "pea pod", "cucumber", "spoon", "kitchen knife", "hammer", "axe", "pick", "wrench",
          "screwdriver", "lollipop", "baby bottle", "bottle with popping cork", "burrito", "chocolate bar",
          "thermometer", "toothbrush", "closed umbrella", "flashlight", "eggplant"),
}
TURNS = {name: turn for turn, names in UPRIGHT.items() for name in names}


@dataclass(frozen=True)
class Icon:
    """One picture.

    Attributes:
        key: as "icons/1f34e".
        row: "name", "tags", "source", ...
        data: the bytes of its file.
    """

    key: str
    row: dict
    data: bytes
    origin: str = ""

    @property
    def digest(self) -> str:
        return sha256(self.data).hexdigest()

    def shots(self, look: Look) -> tuple[np.ndarray, list[dict]]:
        picture = images.decode_rgba(self.data)
        if turn := TURNS.get(self.row["name"]):
            picture = images.rotated(picture, turn)
        nobody_knows = {"azimuth": None, "elevation": None, "object": None}
        return images.resized(picture, (look.size, look.size))[None], [nobody_knows]


def icons(emoji: Path, emojibase: Path) -> Iterator[Icon]:
    """The icons that show things, in Emojibase's order.

    Args:
        emoji: the package @lobehub/fluent-emoji-3d.
        emojibase: the package emojibase-data.

    Raises:
        ConfigError: a file that is not that package.
    """
    files = members(emoji, ".webp", "@lobehub/fluent-emoji-3d")
    by_code = {bare(Path(name).stem): name for name in files}
    tables = members(emojibase, "/en/data.json", "emojibase-data")
    for entry in json.loads(next(iter(tables.values()))):
        name = by_code.get(bare(entry["hexcode"]))
        if entry.get("group") in GROUPS and name:
            row = {"name": entry["label"].lower(), "tags": entry.get("tags", []), "source": SOURCE,
                   "category": GROUPS[entry["group"]], "creator": CREATOR, "licence": LICENCE}
            yield Icon(f"icons/{entry['hexcode'].lower()}", row, files[name])


def members(package: Path, ending: str, called: str) -> dict[str, bytes]:
    """The files of an npm package whose names end so; raises ConfigError where there are none."""
    try:
        with tarfile.open(package) as files:
            found = {member.name: files.extractfile(member).read() for member in files
                     if member.isfile() and member.name.endswith(ending)}
    except (OSError, EOFError, tarfile.TarError) as error:
        raise ConfigError(f"{package}: not a whole package of npm's ({error})") from None
    if not found:
        raise ConfigError(f"{package}: no *{ending} in it; need the package {called}")
    return found


def bare(code: str) -> str:
    """A sequence of code points without variation selectors, in lower case."""
    return "-".join(part for part in code.lower().split("-") if part != "fe0f")
