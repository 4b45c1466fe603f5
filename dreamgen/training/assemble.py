"""Draw named objects from all sides into an album. An object that cannot be drawn is reported; the others are drawn."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from math import degrees
from typing import Protocol

import numpy as np

from .album import Album
from .look import Look
from .render import Part, draw, view_angles


class Subject(Protocol):
    """What an album's pictures are of.

    Attributes:
        key: where they go, as "furniture/scopia-lamp"; of one thing alone in a set.
        row: what stands in each of their rows: "name" and, as far as known, "tags", "source", "creator", "licence", ...
        digest: of what it is made from; another one makes the pictures anew.
        origin: the file that it is read from, where files of other folders may have the same key; else "".
    """

    key: str
    row: dict
    digest: str
    origin: str

    def shots(self, look: Look) -> tuple[np.ndarray, list[dict]]:
        """[B, size, size, 4] uint8 straight alpha, and each one's azimuth, elevation (degrees or None) and object.

        Raises:
            ValueError: one phrase, where it cannot be drawn.
        """


@dataclass(frozen=True)
class Thing:
    """A model, which is read when it is drawn: ``parts`` raises ValueError, one phrase, where it cannot be."""

    key: str
    row: dict
    digest: str
    parts: Callable[[], list[Part]]
    origin: str = ""

    def shots(self, look: Look) -> tuple[np.ndarray, list[dict]]:
        seed = int(sha256(self.key.encode()).hexdigest()[:16], 16)
        azimuth, elevation = view_angles(look.views, np.random.default_rng([look.seed, seed]))
        images = draw(self.parts(), azimuth, elevation, look.size, look.samples)
        return images, [{"azimuth": round(degrees(a), 2), "elevation": round(degrees(e), 2), "object": self.key}
                        for a, e in zip(azimuth, elevation, strict=True)]


@dataclass
class Tally:
    """What became of the subjects."""

    drawn: int = 0          # now
    earlier: int = 0        # drawn earlier
    pictures: int = 0       # now
    skipped: list[str] = field(default_factory=list)        # a sentence each

    @property
    def subjects(self) -> int:
        return self.drawn + self.earlier + len(self.skipped)


def assemble(album: Album, subjects: Iterable[Subject], look: Look, tally: Tally) -> Iterator[str]:
    """Draw every subject that ``album`` does not have; yields a sentence for each that is skipped, "" for the others.

    Raises:
        FileError: the disk is full.
    """
    for subject in subjects:
        digest = sha256(repr((subject.digest, subject.row, look)).encode()).hexdigest()[:16]
        subject = replace(subject, key=album.key_for(subject.key, subject.origin, digest))
        if album.has(subject.key, digest):
            tally.earlier += 1
            yield ""
            continue
        try:
            images, angles = subject.shots(look)
            if not images[..., 3].any():
                raise ValueError("shows nothing: its faces have no area, or all are transparent")
        except Exception as error:          # of one file of many; what is not a phrase is named, and the rest goes on
            if not isinstance(error, ValueError):
                error = f"cannot be drawn ({type(error).__name__}: {' '.join(str(error).split())})"
            tally.skipped.append(f"{subject.key}: {error}")
            yield tally.skipped[-1]
            continue
        kept = {"digest": digest, "views": len(images)} | ({"origin": subject.origin} if subject.origin else {})
        album.add(subject.key, images, [{**subject.row, **angle, **kept} for angle in angles])
        tally.drawn += 1
        tally.pictures += len(images)
        yield ""
