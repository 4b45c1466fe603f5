"""A data set that is being made: pictures and their rows, one object at a time, so that an interrupted run can go on.

A folder is extended: an object that it already has is kept if it is unchanged and replaced if it has changed. A file of
another folder is another object, also where it has the same name. A .zip is
made in a folder beside it (data.partial) and packed at the end, so that it is never incomplete.
"""

import json
import os
import shutil
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import numpy as np

from ..errors import ConfigError, FileError
from ..io import atomic
from ..io.images import webp
from .data import METADATA


class Album:
    """Rows by object, in the order in which they came.

    Attributes:
        rows: {object: its rows}, of all that is in the folder now.
    """

    def __init__(self, out: Path):
        """Open ``out``, a folder or a .zip to be; raises ConfigError where a .zip or something else stands already."""
        self.out, self.zipped = out, out.suffix.lower() == ".zip"
        if out.exists() and (self.zipped or not out.is_dir()):
            raise ConfigError(f"{out}: exists; give another name, or a folder, which can be added to")
        self.folder = out.with_suffix(".partial") if self.zipped else out
        self.rows: dict[str, list[dict]] = {}
        self.given: dict[str, tuple[str, str]] = {}     # {key: whose it is} since this album was opened
        if (self.folder / METADATA).is_file():
            self.recall()

    def recall(self) -> None:
        """Rows of earlier makings; a line cut short by a kill is no row."""
        for line in (self.folder / METADATA).read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                row = json.loads(line)
                self.rows.setdefault(key_of(row), []).append(row)
            except (ValueError, KeyError, AttributeError):
                continue

    def key_for(self, key: str, origin: str, digest: str) -> str:
        """The key of what was read from the file ``origin``: its own of an earlier making, or ``key`` with the next number
        that nothing else has. Rows from before origins were kept belong to whom ``digest`` says, or else to who asks first."""
        family = [key]
        while family[-1] in self.rows or family[-1] in self.given:
            family.append(f"{key}-{len(family) + 1}")
        mine = [each for each in family[:-1] if self.given.get(each, (origin, digest)) == (origin, digest)]
        known = {each: self.rows[each][0] for each in mine if each in self.rows}
        chosen = next(iter([each for each, row in known.items() if row.get("origin", "") == origin] or
                           [each for each, row in known.items() if row.get("digest") == digest] or
                           [each for each, row in known.items() if "origin" not in row]), family[-1])
        self.given[chosen] = origin, digest
        return chosen

    def has(self, key: str, digest: str) -> bool:
        """Whether all pictures of ``key`` are there, made of what ``digest`` says."""
        rows = self.rows.get(key, [])
        return bool(rows) and all(row.get("digest") == digest and row.get("views") == len(rows) and
                                  (self.folder / row["file"]).is_file() for row in rows)

    def add(self, key: str, images: np.ndarray, rows: list[dict]) -> None:
        """Write [B, S, S, 4] uint8 ``images`` as ``key``-00.webp ... and ``rows`` about them.

        Raises:
            FileError: the disk is full, the folder is not ours; what was there before is whole.
        """
        if key in self.rows:
            self.drop(key)
        names = [f"{key}-{i:02}.webp" if len(images) > 1 else f"{key}.webp" for i in range(len(images))]
        rows = [{"file": name, **row} for name, row in zip(names, rows, strict=True)]
        try:
            (self.folder / key).parent.mkdir(parents=True, exist_ok=True)
            for name, image in zip(names, images, strict=True):
                (self.folder / name).write_bytes(webp(image))
            with open(self.folder / METADATA, "a", encoding="utf-8") as file:
                file.write("".join(map(line, rows)))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise FileError(f"{self.folder / key}: cannot be written ({error.strerror or error})") from None
        self.rows[key] = rows

    def drop(self, key: str) -> None:
        """Take the rows of ``key`` out, and then its pictures."""
        gone = self.rows.pop(key)
        self.save_rows()
        atomic.discard([self.folder / row["file"] for row in gone])

    def save_rows(self) -> None:
        text = "".join(line(row) for rows in self.rows.values() for row in rows)
        atomic.save({METADATA: text.encode()}, self.folder)

    def close(self) -> Path:
        """The finished set: rows in order, who is to be credited, and the .zip if it is to be one."""
        self.save_rows()
        atomic.save({"ATTRIBUTION.md": attribution([row for rows in self.rows.values() for row in rows]).encode()},
                   self.folder)
        if not self.zipped:
            return self.out
        beside = atomic.partial(self.out)
        try:
            with ZipFile(beside, "w") as file:
                for path in sorted(self.folder.rglob("*")):
                    if path.is_file():
                        kind = ZIP_STORED if path.suffix == ".webp" else ZIP_DEFLATED
                        file.write(path, path.relative_to(self.folder).as_posix(), kind)
            os.replace(beside, self.out)
        except OSError as error:
            atomic.discard([beside])
            raise FileError(f"{self.out}: cannot be written ({error.strerror or error}); "
                                  f"the pictures are in {self.folder}") from None
        shutil.rmtree(self.folder)
        return self.out


def key_of(row: dict) -> str:
    """The object's, or else that of a picture alone: its file without the suffix."""
    return str(row.get("object") or PurePosixPath(row["file"]).with_suffix(""))


def line(row: dict) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def attribution(rows: list[dict]) -> str:
    """Markdown: every source with its licence and its authors, as a model card repeats it."""
    credit: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        source, licence = row.get("source") or "unknown source", row.get("licence") or "licence not given"
        credit.setdefault((source, licence), set()).add(row.get("creator") or "unknown author")
    lines = [f"- {source} ({licence}): {', '.join(sorted(authors))}"
             for (source, licence), authors in sorted(credit.items())]
    return "# Whose work these pictures show\n\n" + "\n".join(lines) + "\n"
