"""dreamgen's own shapes (``shapes/``) as objects to draw: consistent from all sides, with known colors."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np

from . import shapes
from .assemble import Thing

SOURCE, CREATOR, LICENCE = "dreamgen's shapes", "dreamgen", "Apache-2.0"


def code() -> str:
    """A digest of all that makes a shape: other code makes other shapes."""
    return sha256(b"".join(path.read_bytes() for path in sorted(Path(shapes.__file__).parent.glob("*.py")))).hexdigest()


def procedural(variants: int, seed: int = 0) -> Iterator[Thing]:
    """``variants`` of every shape there is; a change of their code makes them anew."""
    digest = sha256((code() + repr(seed)).encode()).hexdigest()
    for name in shapes.NAMES:
        for k in range(variants):
            shape = shapes.make(name, np.random.default_rng([seed, k, *name.encode()]), k)
            row = {"name": name, "tags": [], "colour": shape.color, "source": SOURCE, "category": "shapes",
                   "creator": CREATOR, "licence": LICENCE}
            yield Thing(f"shapes/{name.replace(' ', '-')}-{k:02}", row, digest, lambda shape=shape: shape.parts)
