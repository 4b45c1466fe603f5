"""OUT/manifest.jsonl: a JSON line for each row that has ended, done or failed; the newest line of a row counts.

The line is also kept in the row's folder (``outcome.json``), written there last of all: a driver that died before it
wrote the line finds it there. A line that a kill has cut off is dropped.
"""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from ..io import atomic

MANIFEST, OUTCOME = "manifest.jsonl", "outcome.json"


@dataclass(frozen=True)
class Record:
    """How a row ended.

    Attributes:
        name: of its folder under OUT.
        place: where the row stood, as ``prompts.csv:7``.
        error: why it failed, one sentence; "" for a row that is done.
        seconds: in the worker, in the session that ended it; ``loading`` of them until the prior was there.
        files: bytes of each file of the asset, by its path in the folder.
        metrics, versions: as in its run.json.
        licence: of the prior, as its card or the registry states it.
        thumb: a picture in the folder, "" where there is none.
    """

    name: str
    place: str
    prompt: str
    seed: int
    error: str = ""
    seconds: float = 0.0
    loading: float = 0.0
    threads: int = 0
    host: str = ""
    prior: str = ""
    prior_id: str = ""
    licence: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    thumb: str = ""

    @property
    def done(self) -> bool:
        return not self.error

    def line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def parsed(text: str | bytes) -> Record | None:
    """The record of a line; None for what is none."""
    try:
        given = json.loads(text)
        given.setdefault("error", given.get("said", ""))            # its name until November 2026
        return Record(**{each.name: given[each.name] for each in fields(Record) if each.name in given})
    except (ValueError, TypeError, AttributeError):
        return None


class Manifest:
    """The records of a batch by name, and the file that grows with them."""

    def __init__(self, folder: Path):
        self.path = folder / MANIFEST
        text = self.path.read_text(encoding="utf-8", errors="replace") if self.path.is_file() else ""
        found = [parsed(line) for line in text.splitlines()]
        self.records = {record.name: record for record in found if record}
        whole = "".join(record.line() + "\n" for record in self.records.values())
        if whole != text:
            atomic.save({MANIFEST: whole.encode()}, folder)

    def add(self, record: Record) -> None:
        self.records[record.name] = record
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(record.line() + "\n")
