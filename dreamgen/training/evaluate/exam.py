"""The test pictures of an evaluation: held-out views, and icons turned as training never turns them.

They depend only on the data and the names, so that two priors are judged on the same pictures. Only the pictures that are
needed are read. Of pictures in plain arrays (``raw.py``) variant 0 of each name is held out, and only these are judged by.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from math import cos, radians, sin
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from ...errors import ConfigError
from ...recipes.settings import nearest
from .. import raw
from ..captions import view_word
from ..data import METADATA, WRONG, Row, opener, parsed, prepared
from ..split import MIDDLES, distance, held_out

TURN = radians(12)          # of an icon, to the left or to the right; training turns none
ICON_SCALE = 0.71           # the middle of those it was trained at
SHIFT = 0.03                # of the square's edge, to one side


@dataclass(frozen=True)
class Model:
    """An object whose front, side and back are held out.

    Attributes:
        name: of the object.
        held, trained: the rows of its front, side and back: those judged by, and the nearest of its other views.
    """

    name: str
    held: tuple[Row, Row, Row]
    trained: tuple[Row, Row, Row]


class Exam:
    """The pictures of a folder (or .zip) by which a prior is judged, for the given names.

    Args:
        spoken: {name: how it is said} of the names to take, as ``prior train --words`` reads them.
        most: of these, as many as are shown; which, their digests say.

    Raises:
        ConfigError: no metadata.jsonl and no held-out arrays, or none of the names in them.
    """

    def __init__(self, source: Path, spoken: dict[str, str], size: int, most: int):
        self.source = source
        rows, self.read = drawn_by_us(source, size) if raw.there(source) else of_files(source, size)
        have = {row.name for row in rows}
        self.spoken = {name: spoken[name] for name in picked(have & set(spoken), most)}
        if not self.spoken:
            first = min(spoken)
            raise ConfigError(f"{source}: shows none of the {len(spoken)} names to judge by, as {first!r}"
                              + nearest(first, have))
        rows = [row for row in rows if row.name in self.spoken]
        held = set(held_out(rows))
        self.held = [row for i, row in enumerate(rows) if i in held]
        self.icons = [row for row in rows if row.azimuth is None]
        self.trained = [row for i, row in enumerate(rows) if i not in held and row.azimuth is not None]

    def pictures(self, rows: list[Row]) -> Tensor:
        """[N, 4, S, S] float in [0, 1], premultiplied; icons turned. Raises ConfigError for one that cannot be used."""
        out = []
        for row in rows:
            try:
                x = self.read(row.file)
            except WRONG as error:
                raise ConfigError(f"{self.source}: {row.file}: {error}") from None
            out.append(turned(x, row.file) if row.azimuth is None else x)
        return torch.stack(out)

    def questions(self, count: int) -> list[Row]:
        """``count`` held-out views and icons, or as many as there are: every name alike, views before icons."""
        of: dict[str, tuple[list[Row], list[Row]]] = {name: ([], []) for name in self.spoken}
        for k, rows in enumerate((self.held, self.icons)):
            for row in sorted(rows, key=by_digest):
                of[row.name][k].append(row)
        queues = [[row for pair in zip_longest(*kinds) for row in pair if row] for kinds in of.values()]
        rounds = zip_longest(*queues)
        return [row for turn in rounds for row in turn if row][:count]

    def models(self) -> list[Model]:
        """Name by name, in the order of their digests, as the objects of a name."""
        sides: dict[tuple, dict[str, Row]] = defaultdict(dict)
        for row in self.held:
            sides[row.name, row.object][view_word(row.azimuth, row.elevation)] = row
        trained = defaultdict(list)
        for row in self.trained:
            trained[row.name, row.object].append(row)
        whole = [(key, tuple(held[side] for side in MIDDLES)) for key, held in sides.items()
                 if len(held) == len(MIDDLES)]
        whole.sort(key=lambda item: (digest(item[0][0]), by_digest(item[1][0])))
        return [Model(key[0], held, tuple(min(trained[key], key=lambda row: distance(row, side)) for side in MIDDLES))
                for key, held in whole]


def of_files(source: Path, size: int) -> tuple[list[Row], Callable[[str], Tensor]]:
    """The rows of a folder or .zip with a metadata.jsonl, and what reads the picture of one."""
    read = opener(source)
    try:
        lines = read(METADATA).decode("utf-8", errors="replace").splitlines()
    except WRONG:
        raise ConfigError(f"{source}: no {METADATA}, one line a picture") from None
    rows = []
    for line in filter(str.strip, lines):
        try:
            rows.append(parsed(line))
        except ValueError:
            continue                # ``prior train`` names it; a bad line is not held against the prior
    return rows, lambda file: prepared(read(file), size)


def drawn_by_us(source: Path, size: int) -> tuple[list[Row], Callable[[str], Tensor]]:
    """Of the parts that `prior data --arrays` drew: variant 0 of each name, which no training sees (``raw.py``), all views."""
    rows = raw.held_rows(source)
    if not rows:
        raise ConfigError(f"{source}: its first parts are missing, which are the held-out ones")
    return rows, lambda file: raw.picture(source, file, size)


def picked(words: set[str], most: int) -> list[str]:
    """Of the words, in alphabetical order, those with the smallest digests."""
    return sorted(sorted(words, key=digest)[:most])


def by_digest(row: Row) -> bytes:
    return digest(row.file)


def digest(text: str) -> bytes:
    return sha256(text.encode()).digest()


def turned(x: Tensor, file: str) -> Tensor:
    """An icon [4, S, S], smaller, turned and off its centre, to which side the digest of its file says."""
    ways = [1 if byte % 2 else -1 for byte in digest(file)[:3]]
    angle, right, down = (way * size for way, size in zip(ways, (TURN, 2 * SHIFT, 2 * SHIFT), strict=True))
    c, s = cos(angle) / ICON_SCALE, sin(angle) / ICON_SCALE
    grid = F.affine_grid(x.new_tensor([[[c, -s, right], [s, c, down]]]), (1, *x.shape), align_corners=False)
    return F.grid_sample(x[None], grid, align_corners=False)[0]
