"""An evaluation as text, as JSON, and as one line of a history."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import torch

from ...errors import ConfigError
from ...io import atomic
from ...io.machine import commit, cpu


@dataclass(frozen=True)
class Measure:
    """One number.

    Attributes:
        key: in the history.
        what: in the table; those that begin with two spaces are parts of the one above.
        value: a share in [0, 1], or a distance.
        of: how many were asked.
        real: what real pictures reach in place of samples, where that is known.
        chance: what guessing reaches.
    """

    key: str
    what: str
    value: float
    of: int
    real: float | None = None
    chance: float | None = None
    unit: str = "share"

    def numbers(self) -> dict:
        given = {"value": self.value, "real": self.real, "chance": self.chance}
        return {"of": self.of} | {name: round(value, 4) for name, value in given.items() if value is not None}

    def written(self, value: float | None) -> str:
        return "" if value is None else f"{value:.0%}" if self.unit == "share" else f"{value:.1f}"


def record(prior, asked: dict, data: str, rows: int, minutes: float, note: str, measures: list[Measure]) -> dict:
    """What goes into the history: the prior, how it was asked, on what machine, and every number."""
    card = prior.card
    text = json.dumps(card, sort_keys=True, ensure_ascii=False)
    return {"date": date.today().isoformat(), "commit": commit(), "prior": prior.name, "id": prior.id,
            "card": hashlib.sha256(text.encode()).hexdigest()[:16], "words": len(card.get("words", [])),
            "trained_on_pictures": card.get("trained_on_pictures"), "held_out_after": card.get("held_out_after"),
            "note": note, "data": data, "asked": asked, "rows": rows, "minutes": round(minutes, 2),
            "hardware": hardware(prior.network.device), "threads": torch.get_num_threads(),
            "precision": prior.precision,
            "measures": {m.key: m.numbers() for m in measures}}


def hardware(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else cpu()


def text(measures: list[Measure], record: dict, before: dict | None) -> str:
    """The table; ``before`` is an earlier record, whose values stand beside these."""
    lines = [["", "now", "of", "real", "chance"]]
    lines += [[m.what, m.written(m.value), str(m.of), m.written(m.real), m.written(m.chance)] for m in measures]
    if before:
        earlier_measures = before["measures"]
        earlier = [f"{before['prior']}, {before['date']}"]
        earlier += [m.written(earlier_measures.get(m.key, {}).get("value")) for m in measures]
        lines = [[*line, cell] for line, cell in zip(lines, earlier, strict=True)]
    wide = [max(len(line[k]) for line in lines) for k in range(len(lines[0]))]
    rows = ["  ".join([what.ljust(wide[0]), *(cell.rjust(w) for cell, w in zip(cells, wide[1:], strict=True))]).rstrip()
            for what, *cells in lines]
    return "\n".join([f"prior {record['prior']} {record['id']}, {held_out(record)}", *rows,
                      f"{record['rows']:,} rows of the network, {record['minutes']:.1f} minutes on {record['hardware']}, "
                      f"{record['precision']}"]) + "\n"


def held_out(record: dict) -> str:
    """Whether the prior can have learnt the pictures that it was judged by."""
    trained, after = record["trained_on_pictures"], record["held_out_after"]
    so_far = f"trained on {trained:,} pictures" if trained is not None else "its training unknown"
    if after is None:
        return f"{so_far}; SEEN: its card does not say that any view was held out from it"
    if after:
        return f"{so_far}; PARTLY SEEN: nothing was held out in the first {after:,} of them"
    return f"{so_far}; the views that judge it were held out"


def append(history: Path, record: dict) -> None:
    """One line more, whole or not at all."""
    before = history.read_bytes() if history.is_file() else b""
    line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
    atomic.save({history.name: before + line}, history.parent)


def last(history: Path | None) -> dict | None:
    """The latest record of a history; None before there is one. Raises ConfigError for a damaged file."""
    if history is None or not history.is_file():
        return None
    lines = history.read_text(encoding="utf-8").splitlines()
    try:
        record = json.loads(lines[-1]) if lines else None
        return record and {key: record[key] for key in ("prior", "date", "measures")}
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"--history {history}: its last line is no record ({error})") from None


def save(out: Path, measures: list[Measure], record: dict, before: dict | None) -> str:
    """``eval.txt`` and ``eval.json`` in ``out``; the table."""
    table = text(measures, record, before)
    whole = record | {"table": [asdict(m) for m in measures]}
    written = json.dumps(whole, indent=2, ensure_ascii=False)
    atomic.save({"eval.txt": table.encode(), "eval.json": written.encode()}, out)
    return table
