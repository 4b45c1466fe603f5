"""history.jsonl, the curves of a run: a line a report, as many as the newest checkpoint knows of."""

import json
from pathlib import Path

from ..io.atomic import save


class History:
    """history.jsonl: a line a report, cut back on resume to what the checkpoint had seen."""

    def __init__(self, path: Path, rows: int):
        self.path, self.rows, self.pending = path, rows, []
        if path.exists():
            text = path.read_text(encoding="utf-8")
            lines = text.splitlines()[:rows]
            known = "".join(line + "\n" for line in lines)
            if known != text:
                save({path.name: known.encode()}, path.parent)
            self.rows = len(lines)

    def add(self, row: dict) -> None:
        self.pending.append(json.dumps(row))

    def sync(self) -> int:
        """Write what is pending; returns the number of lines in the file."""
        with open(self.path, "a", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in self.pending)
        self.rows, self.pending = self.rows + len(self.pending), []
        return self.rows
